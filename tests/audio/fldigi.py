"""fldigi: the real fldigi, set to MFSK32, shows what it reads in recordings, many times faster than they would sound.

It listens to a sound server's source that is a pipe, on a display that is not there, in a network of its own: it opens its control
port to everybody. Run as a program, it is what runs inside that network: paths on standard input, texts on standard output.
"""
import contextlib
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import wave
import xmlrpc.client

PORT = 7362
CARRIER_HZ = 1500
START_S, IDLE_S, LIMIT_S = 60, 0.3, 300
FASTER = 40  # than the sound itself; a fast machine could do 60
PIECE_S, TAIL_S = 0.1, 3  # silence behind a recording brings the last letters out
PIPE_BYTES = 4096
IDLE_PART = 0.2  # of a core
CONFIG = "<FLDIGI_DEFS>\n<AUDIOIO>2</AUDIOIO>\n<MYCALL>N0CALL</MYCALL>\n</FLDIGI_DEFS>\n"


class Fldigi:
    """Recordings in, texts out; rate_hz is that of all recordings. Use it with `with`."""

    def __init__(self, rate_hz):
        share = ["unshare", "-n"] if os.getuid() == 0 else ["unshare", "-rn"]
        self.child = subprocess.Popen([*share, sys.executable, os.path.abspath(__file__), str(rate_hz)], text=True,
                                      stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def hear(self, path):
        self.child.stdin.write(path + "\n")
        self.child.stdin.flush()
        line = self.child.stdout.readline()
        if not line:
            raise OSError("fldigi could not be run: see above")
        return json.loads(line)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.child.stdin.close()
        self.child.wait()
        self.child.stdout.close()


class Station:
    """Sound server, display and fldigi; all end with it."""

    def __init__(self, folder, rate_hz):
        self.folder, self.rate_hz = folder, rate_hz
        self.environment = dict(os.environ, HOME=folder, XDG_RUNTIME_DIR=f"{folder}/run",
                                PULSE_SERVER=f"unix:{folder}/run/sound")
        self.log = open(f"{folder}/log", "ab")
        self.children = []
        self.line = threading.Lock()  # who writes to the pipe

    def begin(self):
        folder, pipe = self.folder, f"{self.folder}/pipe"
        os.makedirs(f"{folder}/run", mode=0o700)
        os.makedirs(f"{folder}/fldigi")
        with open(f"{folder}/fldigi/fldigi_def.xml", "w", encoding="utf-8") as out:
            out.write(CONFIG)
        self.environment["DISPLAY"] = self.start_display()
        self.start("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1",
                   "-L", f"module-pipe-source source_name=air file={pipe} rate={self.rate_hz} format=s16le channels=1",
                   "-L", "module-null-sink sink_name=nobody",
                   "-L", f"module-native-protocol-unix socket={folder}/run/sound auth-anonymous=1")
        self.wait_for(lambda: os.path.exists(pipe) and os.path.exists(f"{folder}/run/sound"))
        self.pipe = os.open(pipe, os.O_WRONLY)
        fcntl.fcntl(self.pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        self.program = self.start("fldigi", "--config-dir", f"{folder}/fldigi", "--xmlrpc-server-address", "127.0.0.1",
                                  "--xmlrpc-server-port", str(PORT))
        self.fldigi = xmlrpc.client.ServerProxy(f"http://127.0.0.1:{PORT}")
        threading.Thread(target=self.keep_silent, daemon=True).start()
        self.wait_for(lambda: self.fldigi.fldigi.version())
        self.fldigi.modem.set_by_name("MFSK32")
        self.fldigi.main.set_squelch(False)

    def start(self, *argv, **more):
        child = subprocess.Popen(argv, env=self.environment, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
                                 start_new_session=True, **more)
        self.children.append(child)
        return child

    def start_display(self):
        """One that is free; its name."""
        said, says = os.pipe()
        self.start("Xvfb", "-displayfd", str(says), "-screen", "0", "1024x768x24", "-nolisten", "tcp", pass_fds=[says])
        os.close(says)
        with open(said, encoding="ascii") as number:
            name = number.readline().strip()
        if not name:
            raise SystemExit("Xvfb did not start")
        return f":{name}"

    def wait_for(self, ready):
        end = time.monotonic() + START_S
        while time.monotonic() < end:
            try:
                if ready():
                    return
            except OSError:
                pass
            time.sleep(0.1)
        raise SystemExit("sound server, display or fldigi did not start")

    def keep_silent(self):
        """Between recordings: it stands still unless sound comes."""
        with contextlib.suppress(BrokenPipeError):  # the sound server has ended
            while True:
                with self.line:
                    os.write(self.pipe, self.silence(PIECE_S))
                time.sleep(PIECE_S)

    def silence(self, seconds):
        return bytes(2 * round(seconds * self.rate_hz))

    def play(self, sound):
        begun, piece = time.monotonic(), len(self.silence(PIECE_S))
        with self.line:
            for i in range(0, len(sound), piece):
                time.sleep(max(begun + i / piece * PIECE_S / FASTER - time.monotonic(), 0))
                os.write(self.pipe, sound[i:i + piece])

    def busy_s(self):
        """Seconds that fldigi's threads ran or waited for a core."""
        total = 0
        for task in os.listdir(f"/proc/{self.program.pid}/task"):
            with open(f"/proc/{self.program.pid}/task/{task}/schedstat", encoding="ascii") as times:
                ran, waited, _ = times.read().split()
                total += int(ran) + int(waited)
        return total / 1e9

    def wait_idle(self):
        """Until it has taken all that was played."""
        end = time.monotonic() + LIMIT_S
        before = self.busy_s()
        while time.monotonic() < end:
            time.sleep(IDLE_S)
            now = self.busy_s()
            if now - before < IDLE_PART * IDLE_S:
                return
            before = now
        raise SystemExit("fldigi never came to rest")

    def hear(self, path):
        with wave.open(path) as file:
            if (file.getframerate(), file.getnchannels(), file.getsampwidth()) != (self.rate_hz, 1, 2):
                raise SystemExit(f"{path} is of another kind")
            sound = file.readframes(file.getnframes())
        self.fldigi.modem.set_carrier(CARRIER_HZ)
        self.fldigi.text.clear_rx()
        self.play(sound + self.silence(TAIL_S))
        self.wait_idle()
        self.wait_idle()
        return bytes(self.fldigi.text.get_rx(0, self.fldigi.text.get_rx_length()).data).decode("ascii", "replace")

    def stop(self):
        for child in reversed(self.children):
            child.terminate()
            try:
                child.wait(5)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        self.log.close()


def main():
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    folder = tempfile.mkdtemp(prefix="dabyl-fldigi-")
    station = Station(folder, int(sys.argv[1]))
    try:
        station.begin()
        for line in sys.stdin:
            print(json.dumps(station.hear(line.rstrip("\n"))), flush=True)
    finally:
        station.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    main()
