"""rivals: gammu-smsd, smstools and Kannel as Debian packages them, as fast as their settings allow, on emulated modems.

Each gateway is made for a folder and some ttys, started, and given texts to send. Where there is a setting, a text that failed is
tried again soon and often, and the network has ANSWER_S to accept one.
"""
import gzip
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import urllib.error
import urllib.parse
import urllib.request

import measure
from measure import site

GAMMU_SCHEMA = "/usr/share/doc/gammu-smsd/examples/sqlite.sql"
STOP_S = 10
ANSWER_S = 20
SMSTOOLS_READ_S = 2  # it multiplies: 24 s for the answer to a text
RETRIES, RETRY_S = 10, 5
HTTP_S = 5


def schema():
    """Debian compresses documentation now and then."""
    if os.path.exists(GAMMU_SCHEMA):
        with open(GAMMU_SCHEMA, encoding="utf-8") as source:
            return source.read()
    with gzip.open(GAMMU_SCHEMA + ".gz", "rt", encoding="utf-8") as source:
        return source.read()


def command_line(pid):
    """Empty if the process is gone."""
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as line:
            return line.read()
    except OSError:
        return b""


def free_ports(count):
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


class Rival:
    def __init__(self, folder, devices):
        self.folder, self.devices, self.children = folder, devices, []

    def run(self, *argv):
        self.children.append(subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                              stderr=subprocess.DEVNULL, start_new_session=True,
                                              preexec_fn=site.end_with_parent))

    def kill(self):
        """kill -9 of all its processes; start() goes on with what its disk says."""
        for pid in measure.descendants([child.pid for child in self.children]):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        for child in self.children:
            child.wait()
        self.children = []

    def stop(self):
        left = measure.descendants([child.pid for child in self.children])
        for child in self.children:
            child.terminate()
        for child in self.children:
            try:
                child.wait(STOP_S)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        for pid in left & measure.descendants(left):
            if self.folder.encode() in command_line(pid):
                os.kill(pid, signal.SIGKILL)


class Gammu(Rival):
    """One gammu-smsd a modem, all on one SQLite queue: its own way to use several modems."""
    name = "gammu-smsd"
    program = "gammu-smsd"

    def __init__(self, folder, devices):
        super().__init__(folder, devices)
        self.queue = f"{folder}/smsd.db"
        base = sqlite3.connect(self.queue)
        base.executescript(schema())
        base.commit()
        base.close()

    def fill(self, count, text):
        base = sqlite3.connect(self.queue, timeout=30)
        base.executemany("INSERT INTO outbox (DestinationNumber, TextDecoded, Coding, CreatorID, DeliveryReport) "
                         "VALUES (?, ?, 'Default_No_Compression', 'bench', 'no')",
                         [(f"+7701{i:07d}", text) for i in range(count)])
        base.commit()
        base.close()

    def waiting(self):
        """Texts that it still means to send."""
        base = sqlite3.connect(self.queue, timeout=30)
        count = base.execute("SELECT count(*) FROM outbox").fetchone()[0]
        base.close()
        return count

    def start(self):
        for i, device in enumerate(self.devices, 1):
            path = f"{self.folder}/smsd{i}.rc"
            with open(path, "w", encoding="utf-8") as out:
                out.write(f"[gammu]\ndevice = {device}\nconnection = at115200\n[smsd]\nservice = sql\ndriver = sqlite3\n"
                          f"dbdir = {self.folder}/\ndatabase = smsd.db\nphoneid = modem{i}\n"
                          f"logfile = {self.folder}/smsd{i}.log\ndebuglevel = 0\ncommtimeout = 1\nloopsleep = 0\n"
                          "statusfrequency = 0\nresetfrequency = 0\nhardresetfrequency = 0\nchecksecurity = 0\n"
                          "checksignal = 0\ncheckbattery = 0\ncheckstatus = 0\nreceivefrequency = 3600\n"
                          f"sendtimeout = {ANSWER_S}\nmaxretries = {RETRIES}\nretrytimeout = {RETRY_S}\n"
                          "send = yes\nreceive = no\n")
            self.run("gammu-smsd", "-c", path)


class Smstools(Rival):
    """One smsd; its modem processes are its own children."""
    name = "smstools"
    program = "smsd"
    folders = ("outgoing", "checked", "incoming", "failed", "sent", "report", "stats")

    def __init__(self, folder, devices):
        super().__init__(folder, devices)
        for name in self.folders:
            os.makedirs(f"{folder}/{name}", exist_ok=True)

    def fill(self, count, text):
        for i in range(count):
            with open(f"{self.folder}/aside", "w", encoding="ascii") as out:
                out.write(f"To: 7701{i:07d}\n\n{text}\n")
            os.rename(f"{self.folder}/aside", f"{self.folder}/outgoing/{i:07d}")

    def waiting(self):
        """Texts that it still means to send."""
        return sum(name.isdigit() for folder in ("outgoing", "checked") for name in os.listdir(f"{self.folder}/{folder}"))

    def start(self):
        names = [f"GSM{i}" for i in range(1, len(self.devices) + 1)]
        path = f"{self.folder}/smsd.conf"
        with open(path, "w", encoding="utf-8") as out:
            out.write(f"devices = {','.join(names)}\nlogfile = {self.folder}/smsd.log\nloglevel = 3\n")
            for name in self.folders:
                out.write(f"{name} = {self.folder}/{name}\n")
            out.write("stats_interval = 3600\ndelaytime = 0\ndelaytime_mainprocess = 0\n"
                      f"errorsleeptime = 1\nblocktime = {RETRY_S}\npidfile = {self.folder}/pid\ninfofile = {self.folder}/info\n")
            for name, device in zip(names, self.devices):
                out.write(f"[{name}]\ndevice = {device}\nincoming = no\nreport = no\nbaudrate = 115200\nsend_delay = 0\n"
                          f"rtscts = no\ncheck_memory_method = 1\nread_timeout = {SMSTOOLS_READ_S}\n"
                          f"send_retries = {RETRIES}\n")
        self.run("smsd", "-c", path, "-t")


class Kannel(Rival):
    """bearerbox with its driver for AT modems, and smsbox, which takes texts by HTTP; both on the loopback only."""
    name = "Kannel"
    program = "bearerbox"

    def __init__(self, folder, devices):
        super().__init__(folder, devices)
        self.admin, self.boxes, self.web = free_ports(3)
        os.makedirs(f"{folder}/store", exist_ok=True)

    def conf(self):
        yield ("core", f"admin-port = {self.admin}\nadmin-interface = 127.0.0.1\nadmin-password = bench\n"
               f"admin-allow-ip = 127.0.0.1\nsmsbox-port = {self.boxes}\nsmsbox-interface = 127.0.0.1\n"
               f"box-allow-ip = 127.0.0.1\nlog-file = {self.folder}/bearerbox.log\nlog-level = 1\nstore-type = spool\n"
               f"store-location = {self.folder}/store\nsms-resend-freq = 1\nsms-resend-retry = -1\n")
        yield ("modems", "id = emulated\nname = emulated\nspeed = 115200\nenable-hwhs = AT\nno-pin = true\n"
               "sendline-sleep = 0\ninit-string = AT\n")
        for i, device in enumerate(self.devices, 1):
            yield ("smsc", f"smsc = at\nsmsc-id = modem{i}\nmodemtype = emulated\ndevice = {device}\nspeed = 115200\n"
                   "reconnect-delay = 1\n")
        yield ("smsbox", f"bearerbox-host = 127.0.0.1\nsendsms-port = {self.web}\nsendsms-interface = 127.0.0.1\n"
               f"log-file = {self.folder}/smsbox.log\nlog-level = 1\n")
        yield ("sendsms-user", "username = bench\npassword = bench\nmax-messages = 1\nfaked-sender = bench\n")

    def get(self, port, path, **words):
        url = f"http://127.0.0.1:{port}/{path}?{urllib.parse.urlencode(words)}"
        with urllib.request.urlopen(url, timeout=HTTP_S) as answer:
            return answer.read().decode("utf-8", "replace")

    def answers(self, port, path):
        try:
            return self.get(port, path, password="bench")
        except urllib.error.HTTPError as refused:
            return refused.reason
        except OSError:
            return None

    def fill(self, count, text):
        for i in range(count):
            self.get(self.web, "cgi-bin/sendsms", username="bench", password="bench", to=f"+7701{i:07d}", text=text)

    def waiting(self):
        """Texts that it still means to send; none that can be told if it does not answer."""
        words = (self.answers(self.admin, "status.txt") or "").partition("store size ")[2].split()
        return int(words[0]) if words else 0

    def start(self):
        path = f"{self.folder}/kannel.conf"
        with open(path, "w", encoding="utf-8") as out:
            out.writelines(f"group = {group}\n{lines}\n" for group, lines in self.conf())
        self.run("bearerbox", path)
        site.until("Kannel's bearerbox", lambda: self.answers(self.admin, "status.txt"), 30)
        self.run("smsbox", path)
        site.until("Kannel's smsbox", lambda: self.answers(self.web, ""), 30)


def available():
    return [rival for rival in (Gammu, Smstools, Kannel) if shutil.which(rival.program)]
