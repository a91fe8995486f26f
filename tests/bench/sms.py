"""sms: texts a minute, own time, processor and memory, beside other gateways on the same emulated modems."""
import os
import shutil
import subprocess
import tempfile
import time

import measure
import rivals
from measure import say, site

# what the network takes after Ctrl-Z, how many modems, texts for us and for a rival (0: too many modems for it here)
SETTINGS = (
    (0.0, 1, 400, 20),
    (0.0, 4, 1200, 40),
    (2.0, 1, 12, 10),
    (2.0, 4, 40, 32),
    (2.0, 64, 512, 0),
)
RATE_WANTED = {1: 29.7, 4: 118, 64: 1900.8}  # at two seconds, by modems
MANY_MODEMS, CORE_PERCENT = 64, 25
GATEWAY_MIB, WORKER_MIB = 16, 4
RIVAL_LIMIT_S = 90
SETTLE_S = 4  # a rival has opened the tty; until it is idle
ENGLISH = {"headline": "Almaty: shooting on Tole Bi street", "instruction": "Stay indoors. Keep away from windows.",
           "description": ""}
# what ENGLISH becomes on the phone, for those who are handed a ready text
TEXT = "AZAT No 2 23:05 Almaty: shooting on Tole Bi street. Stay indoors. Keep away from windows. Until 05:05. (7Q2K)"


class Result:
    def __init__(self, name, traffic, queued_s, cpu_s, memory):
        self.name = name
        self.per_minute = traffic.per_minute()
        self.own_ms = traffic.own_ms()
        self.first_ms = (traffic.first_s - queued_s) * 1000 if traffic.first_s else None
        self.cpu_ms = cpu_s * 1000 / traffic.count if traffic.count else None
        self.core_percent = self.cpu_ms * self.per_minute / 600 if traffic.count else None
        self.resident_mib, self.share_mib = memory


def check(traffic, count):
    """A figure counts only if each text was one whole part, and each number got it once."""
    site.want("parts of each text", {row["parts"] for row in traffic.taken}, {1})
    site.want("texts taken", traffic.count, count)
    site.want("numbers reached", len({row["to"] for row in traffic.taken}), count)


def ours(latency_s, modems, count):
    with site.Site(modems=modems, latency=latency_s) as gateway:
        gateway.import_people(site.people(count, language="en"))
        draft = gateway.draft(kk=None, ru=None, en=ENGLISH)
        for name in gateway.editors[:2]:
            gateway.approve(draft, name)
        root = gateway.children["dabyld"].pid
        before_s = measure.cpu_s(measure.descendants([root]))
        queued_s = time.time()
        gateway.ctl("send", str(draft))
        wait_taken(gateway.path("network.jsonl"), count, count * (latency_s + 0.1) / modems + 30)
        pids = measure.descendants([root])
        spent_s = measure.cpu_s(pids) - before_s
        traffic = measure.Traffic(measure.read_log(gateway.path("network.jsonl")), latency_s)
        check(traffic, count)
        return Result("dabyl", traffic, queued_s, spent_s, measure.memory_mib(pids))


def count_taken(path):
    with open(path, "rb") as log:
        return log.read().count(b'"event":"sms"')


def wait_taken(path, count, limit_s):
    """Until the network has taken so many, or the time is over; looks seldom, so as not to disturb."""
    end = time.monotonic() + limit_s
    while count_taken(path) < count and time.monotonic() < end:
        time.sleep(0.1)


class Emulator:
    """The modems alone, for a rival."""

    def __init__(self, folder, modems, latency_s, more=()):
        self.log = f"{folder}/network.jsonl"
        self.devices = [f"{folder}/modems/modem{i}" for i in range(1, modems + 1)]
        self.child = subprocess.Popen(
            [site.program("dabyl-modemsim"), "--modems", str(modems), "--dir", f"{folder}/modems", "--latency",
             str(latency_s), "--log", self.log, *more], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            preexec_fn=site.end_with_parent)
        site.until("emulated modems", lambda: os.path.exists(self.devices[-1]))

    def connected(self):
        modems = {row["modem"] for row in measure.read_log(self.log) if row["event"] == "connect"}
        return len(modems) == len(self.devices)

    def stop(self):
        self.child.terminate()
        self.child.wait(10)


def theirs(kind, latency_s, modems, count):
    folder = tempfile.mkdtemp(prefix="dabyl-bench-")
    emulator = Emulator(folder, modems, latency_s)
    rival = kind(folder, emulator.devices)
    try:
        rival.start()
        site.until(f"{kind.name} on its modems", emulator.connected, 30)
        time.sleep(SETTLE_S)
        roots = [child.pid for child in rival.children]
        before_s = measure.cpu_s(measure.descendants(roots))
        rival.fill(count, TEXT)
        queued_s = time.time()
        wait_taken(emulator.log, count, RIVAL_LIMIT_S)
        pids = measure.descendants(roots)
        spent_s, memory = measure.cpu_s(pids) - before_s, measure.memory_mib(pids)
        traffic = measure.Traffic(measure.read_log(emulator.log), latency_s)
        return Result(kind.name, traffic, queued_s, spent_s, memory)
    finally:
        rival.stop()
        emulator.stop()
        shutil.rmtree(folder, ignore_errors=True)


def add_rate(table, where, modems, latency_s, rates):
    mine, others = rates[0][1], rates[1:]
    if latency_s:
        ideal = modems * 60 / latency_s
        least = RATE_WANTED.get(modems)
        table.add(f"SMS a minute, {where}", mine, ("ideal", ideal), *others,
                  wanted=(f">= {least:g}", mine >= least) if least else None)
    else:
        table.add(f"SMS a minute, {where}", mine, *others,
                  wanted=(">= 5,000", mine >= 5000) if modems == 4 else None)


def add_rows(table, latency_s, modems, results):
    mine, others = results[0], results[1:]
    where = f"{modems} modem{'s' if modems > 1 else ''}, {latency_s:g} s"

    def row(what, field, most=None):
        figure = getattr(mine, field)
        table.add(f"{what}, {where}", figure, *[(other.name, getattr(other, field)) for other in others],
                  wanted=(f"<= {most}", figure <= most) if most else None)

    add_rate(table, where, modems, latency_s, [(result.name, result.per_minute) for result in results])
    row("own time an SMS, ms", "own_ms", 20 if modems <= 4 else None)
    row("queued to first AT+CMGS, ms", "first_ms", 200)
    row("processor an SMS, ms", "cpu_ms", 2 if modems > 1 else None)
    if latency_s and modems >= MANY_MODEMS:
        row("processor, percent of one core", "core_percent", CORE_PERCENT)
    if modems > 1:
        row("memory, shared counted once, MiB", "share_mib", GATEWAY_MIB + WORKER_MIB * modems)
        row("memory, resident, MiB", "resident_mib")


def run(table, options, settings=SETTINGS):
    kinds = rivals.available()
    table.title("texts of one part (109 septets), each to another number; rivals at their fastest settings, without reports")
    for latency_s, modems, count, rival_count in settings:
        results = []
        for kind in (None, *(kinds if rival_count else ())):
            result = ours(latency_s, modems, count) if kind is None else theirs(kind, latency_s, modems, rival_count)
            say(f"sms: {result.name}, {modems} modems, {latency_s:g} s: {result.per_minute:,.1f} a minute, own time "
                f"{measure.figure(result.own_ms)} ms, processor {measure.figure(result.cpu_ms)} ms")
            results.append(result)
        add_rows(table, latency_s, modems, results)
