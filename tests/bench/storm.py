"""storm: START and STOP from thousands of phones while a bulletin goes out: is anything lost, late, or slowed down?

First the dispatcher alone, with fake modems that hand in 10,000 texts a minute; then the whole gateway on emulated modems, whose
serial line carries one command at a time: there the pace is one that a modem can be read at between two texts.
"""
import json
import os
import re
import subprocess
import threading
import time

import measure
from measure import say, site

MODEMS, LATENCY_S = 4, 2.0
A_MINUTE = 1800
STORM_S, CALM_S, SETTLE_S = 60, 40, 30
PHONES = 150  # each texts several times
ALONE = "storm texts=(\\d+) stored=(\\d+) p99_ms=(\\d+) most_ms=\\d+ calm=(\\d+) stormy=(\\d+)"
AUDIENCE = 500
SAMPLE_S = 0.1
TICK_S = 0.1
ENGLISH = {"headline": "Almaty: shooting on Tole Bi street", "instruction": "Stay indoors.", "description": ""}


def texts():
    """Each phone says START, STOP, START ...; the phones take turns."""
    return [(f"+7702{i % PHONES:07d}", "STOP" if i // PHONES % 2 else "START EN") for i in range(A_MINUTE * STORM_S // 60)]


def expected(rows):
    last = dict(rows)
    return sum(1 for word in last.values() if not word.startswith("STOP"))


class Storm(threading.Thread):
    """Hands texts to the emulated modems at an even pace; notes when each had been handed in."""

    def __init__(self, gateway, rows):
        super().__init__()
        self.gateway, self.rows, self.given = gateway, rows, []

    def run(self):
        child = subprocess.Popen([site.program("dabyl-modemsim"), "inject", "--dir", self.gateway.path("modems"),
                                  "--lines"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        begun = time.monotonic()
        for i, (phone, word) in enumerate(self.rows):
            wait_s = begun + i * STORM_S / len(self.rows) - time.monotonic()
            if wait_s > 0:
                child.stdin.flush()
                time.sleep(max(wait_s, TICK_S))
            child.stdin.write(f"{i % MODEMS + 1}\t{phone}\t{word}\n")
            self.given.append(time.monotonic())
        child.stdin.close()
        child.wait(60)


class Watch(threading.Thread):
    """How many texts are on disk, ten times a second."""

    def __init__(self, gateway):
        super().__init__()
        self.gateway, self.samples, self.ended = gateway, [], threading.Event()

    def run(self):
        while not self.ended.wait(SAMPLE_S):
            now = time.monotonic()
            self.samples.append((now, inbound(self.gateway)))


def inbound(gateway):
    out, _ = site.run(site.program("dabylctl"), "--state", gateway.state, "status", "--json")
    return json.loads(out)["inbound"]


def lags(given, samples):
    """For each text how long it took until so many were on disk."""
    result, at = [], 0
    for n, handed_s in enumerate(given, 1):
        while at < len(samples) and samples[at][1] < n:
            at += 1
        if at == len(samples):
            break
        result.append(max(samples[at][0] - handed_s, 0.0))
    return sorted(result)


def rate(gateway, since_s, until_s):
    """Texts of the bulletin a minute, as the network took them."""
    rows = [row for row in gateway.texts() if since_s <= row["t"] < until_s and row["to"].startswith("+7701")]
    return len(rows) * 60 / (until_s - since_s)


def alone(table):
    program = os.path.join(site.BUILD, "tests/gateway/dispatcher/storm_test")
    done = subprocess.run([program], env={**os.environ, "STORM_S": str(STORM_S)}, capture_output=True, text=True, timeout=200)
    given, stored, p99_ms, calm, stormy = map(int, re.search(ALONE, done.stdout).groups())
    table.title(f"storm: {given:,} START and STOP in {STORM_S} s, the dispatcher with four fake modems")
    table.add("texts on disk", stored, ("handed in", given), wanted=("all", stored == given))
    table.add("from the modem to the disk, p99, ms", p99_ms, wanted=("<= 1000", p99_ms <= 1000))
    table.add("bulletin, texts in that time", stormy, ("without storm", calm), wanted=(">= 0.95 x", stormy >= 0.95 * calm))


def whole(table):
    rows = texts()
    with site.Site(modems=MODEMS, latency=LATENCY_S) as gateway:
        gateway.import_people(site.people(AUDIENCE, language="en"))
        gateway.publish(kk=None, ru=None, en=ENGLISH)
        time.sleep(SETTLE_S / 6)
        calm_s = time.time()
        time.sleep(CALM_S)
        storm_s = time.time()
        say(f"storm: {len(rows)} texts in {STORM_S} s")
        storm, watch = Storm(gateway, rows), Watch(gateway)
        watch.start()
        storm.start()
        storm.join()
        end_s = time.time()
        limit_s = time.monotonic() + SETTLE_S
        while inbound(gateway) < len(rows) and time.monotonic() < limit_s:
            time.sleep(SAMPLE_S)
        time.sleep(2 * SAMPLE_S)
        watch.ended.set()
        watch.join()
        taken = inbound(gateway)
        calm, stormy = rate(gateway, calm_s, storm_s), rate(gateway, storm_s, end_s)
        subscribers = gateway.status()["subscribers"]
        late = lags(storm.given, watch.samples)
    table.title(f"storm: {len(rows):,} START and STOP in {STORM_S} s over {MODEMS} modems while a bulletin goes out")
    table.add("texts on disk", taken, ("sent", len(rows)), wanted=("all", taken == len(rows)))
    table.add("subscribers after it", subscribers, ("by each phone's last word", AUDIENCE + expected(rows)),
              wanted=("=", subscribers == AUDIENCE + expected(rows)))
    table.add("from the phone to the disk, p99, s", late[len(late) * 99 // 100] if late else None,
              ("a text on the air", LATENCY_S))
    table.add("bulletin, texts a minute", stormy, ("before the storm", calm), wanted=(">= 0.95 x", stormy >= 0.95 * calm))


def run(table, options):
    alone(table)
    whole(table)
