"""rivals: gammu-smsd and smstools as Debian packages them, set to be as fast as their settings allow, on emulated modems.

Each gateway is made for a folder and some ttys, started, and given texts to send.
"""
import gzip
import os
import shutil
import sqlite3
import subprocess

GAMMU_SCHEMA = "/usr/share/doc/gammu-smsd/examples/sqlite.sql"
STOP_S = 10


def schema():
    """Debian compresses documentation now and then."""
    if os.path.exists(GAMMU_SCHEMA):
        with open(GAMMU_SCHEMA, encoding="utf-8") as source:
            return source.read()
    with gzip.open(GAMMU_SCHEMA + ".gz", "rt", encoding="utf-8") as source:
        return source.read()


class Rival:
    def __init__(self, folder, devices):
        self.folder, self.devices, self.children = folder, devices, []

    def run(self, *argv):
        self.children.append(subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                              stderr=subprocess.DEVNULL, start_new_session=True))

    def stop(self):
        for child in self.children:
            child.terminate()
        for child in self.children:
            try:
                child.wait(STOP_S)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


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

    def start(self):
        for i, device in enumerate(self.devices, 1):
            path = f"{self.folder}/smsd{i}.rc"
            with open(path, "w", encoding="utf-8") as out:
                out.write(f"[gammu]\ndevice = {device}\nconnection = at115200\n[smsd]\nservice = sql\ndriver = sqlite3\n"
                          f"dbdir = {self.folder}/\ndatabase = smsd.db\nphoneid = modem{i}\n"
                          f"logfile = {self.folder}/smsd{i}.log\ndebuglevel = 0\ncommtimeout = 1\nloopsleep = 0\n"
                          "statusfrequency = 0\nresetfrequency = 0\nhardresetfrequency = 0\nchecksecurity = 0\n"
                          "checksignal = 0\ncheckbattery = 0\ncheckstatus = 0\nreceivefrequency = 3600\n"
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

    def start(self):
        names = [f"GSM{i}" for i in range(1, len(self.devices) + 1)]
        path = f"{self.folder}/smsd.conf"
        with open(path, "w", encoding="utf-8") as out:
            out.write(f"devices = {','.join(names)}\nlogfile = {self.folder}/smsd.log\nloglevel = 3\n")
            for name in self.folders:
                out.write(f"{name} = {self.folder}/{name}\n")
            out.write("stats_interval = 3600\ndelaytime = 0\ndelaytime_mainprocess = 0\n"
                      f"errorsleeptime = 1\npidfile = {self.folder}/pid\ninfofile = {self.folder}/info\n")
            for name, device in zip(names, self.devices):
                out.write(f"[{name}]\ndevice = {device}\nincoming = no\nreport = no\nbaudrate = 115200\nsend_delay = 0\n"
                          "rtscts = no\ncheck_memory_method = 1\n")
        self.run("smsd", "-c", path, "-t")


def available():
    return [rival for rival in (Gammu, Smstools) if shutil.which(rival.program)]
