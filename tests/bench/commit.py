"""commit: from an editor's "send" to "accepted" and to the first text, with few and with very many subscribers; what those cost.
"""
import os
import sqlite3
import statistics
import time

import measure
from measure import bench_program, say, site
from sms import ENGLISH

FEW, MANY = 1000, 1000000
ALERTS = 13  # sent one after the other, each before what is still queued
FIRST_S = 20
FIND_PAUSE_S = 0.005
CLAIMS, WORKERS = 9600, 64


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


class Figures:
    """Of one gateway: in milliseconds; the first alert finds it idle, the others find texts queued."""

    def __init__(self, pairs, gateway):
        self.accepted_ms = statistics.median(accepted_ms for accepted_ms, _ in pairs)
        self.idle_ms = pairs[0][1]
        self.queued_ms = statistics.median(first_ms for _, first_ms in pairs[1:])
        self.queued = sum(row["queued"] for row in gateway.status()["bulletins"])
        self.file_mib = os.path.getsize(f"{gateway.state}/store.db") / 2**20
        self.memory_mib = measure.memory_mib(measure.descendants([gateway.children["dabyld"].pid]))[1]
        say(f"commit: {gateway.count:,} subscribers: accepted after {self.accepted_ms:.1f} ms, first text after "
            f"{self.queued_ms:.1f} ms; {self.queued:,} queued at the end")


def claim_rate(gateway):
    """Durable deliveries a second; the gateway has stopped."""
    gateway.stop_gateway()
    out, _ = site.run(bench_program("claim_bench"), gateway.path("dabyl.conf"), gateway.state, str(CLAIMS), str(WORKERS))
    texts, spent_s = out.split()
    site.want("texts claimed", int(texts), CLAIMS)
    return int(texts) / float(spent_s)


def bare_rate(folder):
    """The same number of rows added, changed and removed in the same commits by SQLite alone: no numbers, no texts."""
    base = sqlite3.connect(f"{folder}/bare.db")
    base.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                       "CREATE TABLE delivery (id INTEGER PRIMARY KEY, a INT, b INT, c INT, d INT, e INT, f INT, g INT);"
                       "CREATE TABLE ref (id INTEGER PRIMARY KEY, modem INT, mr INT, hash BLOB, a INT, b INT);"
                       "CREATE TABLE count (id INTEGER PRIMARY KEY, sent INT); INSERT INTO count VALUES (1, 0)")
    begun = time.monotonic()
    for first in range(1, CLAIMS + 1, WORKERS):
        ids = range(first, first + WORKERS)
        base.executemany("INSERT INTO delivery VALUES (?, 1, 2, 3, 4, 5, 6, 7)", [(i,) for i in ids])
        base.commit()
        base.executemany("UPDATE delivery SET a = 2 WHERE id = ?", [(i,) for i in ids])
        base.commit()
        base.executemany("DELETE FROM delivery WHERE id = ?", [(i,) for i in ids])
        base.executemany("INSERT INTO ref VALUES (?, 1, 2, ?, 3, 4)", [(i, b"x" * 16) for i in ids])
        base.executemany("UPDATE count SET sent = sent + ?", [(1,) for i in ids])
        base.commit()
    spent_s = time.monotonic() - begun
    base.close()
    return CLAIMS / spent_s


def run(table, options):
    table.title("one modem that takes 50 ms; dabylctl's own start is part of the time; medians, both gateways by turns")
    with Filled(FEW) as small, Filled(MANY) as large:
        pairs = [(send(small), send(large)) for _ in range(ALERTS)]
        few, many = (Figures(column, gateway) for column, gateway in zip(zip(*pairs), (small, large)))
        claims = [claim_rate(gateway) for gateway in (small, large)]
        bare = bare_rate(large.folder)
    ratio = many.accepted_ms / few.accepted_ms
    table.add("send to accepted, a million subscribers, ms", many.accepted_ms, ("a thousand", few.accepted_ms),
              wanted=("<= 50, ratio <= 1.2", many.accepted_ms <= 50 and ratio <= 1.2))
    table.add("send to first AT+CMGS, idle, a million, ms", many.idle_ms, ("a thousand", few.idle_ms),
              wanted=("<= 200", many.idle_ms <= 200))
    table.add("the same, millions queued before it, ms", many.queued_ms, ("thousands", few.queued_ms),
              wanted=("<= 200", many.queued_ms <= 200))
    table.add("memory, a million subscribers, MiB", many.memory_mib, ("a thousand", few.memory_mib))
    table.add("store on disk, a million subscribers, MiB", many.file_mib, ("a thousand", few.file_mib))
    table.add(f"durable deliveries a second, {WORKERS} at a time, a million", claims[1], ("SQLite alone, as many rows", bare),
              ("a thousand", claims[0]), wanted=("ratio >= 0.7", claims[1] >= 0.7 * bare))
