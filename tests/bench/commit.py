"""commit: from an editor's "send" to "accepted" and to the first text, with few and with very many subscribers."""
import os
import statistics
import time

import measure
from measure import bench_program, say, site
from sms import ENGLISH

SIZES = (1000, 1000000)
ALERTS = 5  # sent one after the other, each more urgent than what is still queued
FIRST_S = 20
FIND_PAUSE_S = 0.005


class Filled(site.Site):
    """A gateway whose store already has subscribers."""

    def __init__(self, count):
        super().__init__(modems=1, latency=0.05)
        self.count = count

    def make_keys(self):
        super().make_keys()
        os.mkdir(self.state, 0o700)
        site.run(bench_program("fill_bench"), self.state, str(self.count))


def first_text_s(gateway, code, begun_s):
    """When the first text with this check code was handed to a modem: AT+CMGS comes in the line before it."""
    end = time.monotonic() + FIRST_S
    while time.monotonic() < end:
        rows = measure.read_log(gateway.path("network.jsonl"))
        for i, row in enumerate(rows):
            if row["event"] == "sms" and row["t"] >= begun_s and f"({code})" in row["text"]:
                return max(old["t"] for old in rows[:i] if old["event"] == "cmgs_begin")
        time.sleep(FIND_PAUSE_S)
    raise AssertionError(f"no text with {code} in {FIRST_S} s")


def send(gateway):
    """Milliseconds from the command's start to its end, and to the first AT+CMGS."""
    draft = gateway.draft(kk=None, ru=None, en=ENGLISH)
    for name in gateway.editors[:2]:
        gateway.approve(draft, name)
    code = gateway.ctl_json("draft", "show", str(draft))["check_code"]
    begun_s, begun = time.time(), time.monotonic()
    gateway.ctl("send", str(draft))
    accepted_ms = (time.monotonic() - begun) * 1000
    return accepted_ms, (first_text_s(gateway, code, begun_s) - begun_s) * 1000


def measure_size(count):
    with Filled(count) as gateway:
        idle_ms = send(gateway)
        later = [send(gateway) for _ in range(ALERTS)]
        queued = sum(row["queued"] for row in gateway.status()["bulletins"])
        pids = measure.descendants([gateway.children["dabyld"].pid])
        accepted_ms = statistics.median([idle_ms[0]] + [pair[0] for pair in later])
        first_ms = statistics.median(pair[1] for pair in later)
        say(f"commit: {count:,} subscribers: accepted after {accepted_ms:.1f} ms, first text after {first_ms:.1f} ms; "
            f"{queued:,} queued at the end")
        return accepted_ms, idle_ms[1], first_ms, measure.memory_mib(pids)[1]


def run(table, options):
    table.title("one modem that takes 50 ms; dabylctl's own start is part of the time")
    few, many = (measure_size(count) for count in SIZES)
    table.add("send to accepted, a million subscribers, ms", many[0], ("a thousand", few[0]),
              wanted=("<= 50, ratio <= 1.2", many[0] <= 50 and many[0] <= 1.2 * few[0]))
    table.add("send to first AT+CMGS, idle, a million, ms", many[1], ("a thousand", few[1]),
              wanted=("<= 200", many[1] <= 200))
    table.add("the same, a million queued before it, ms", many[2], ("a thousand", few[2]),
              wanted=("<= 200", many[2] <= 200))
    table.add("memory, a million subscribers, MiB", many[3], ("a thousand", few[3]))
