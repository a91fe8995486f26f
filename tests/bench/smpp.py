"""smpp: texts a second through one bind to a service centre that answers at once, with its window and what each costs."""
import sys

import measure
from measure import say, site

sys.path.insert(0, f"{measure.ROOT}/tests/journeys")
import smsc  # noqa: E402

WANTED_A_S = 2000
COUNT = 10000
SETTINGS = ((1, None), (10, None), (10, 0.5), (50, None))  # window, seconds until a receipt
RUNS = 3  # the middle one counts: three processes share the cores with whatever else runs
SHORT = {"headline": "Almaty: shooting on Tole Bi street", "instruction": "Stay indoors.", "description": ""}


def spend(groups):
    return {name: measure.cpu_s(pids) for name, pids in groups.items()}


def one(window, report_delay):
    """(texts a second from the first to the last, microseconds of processor a text by process)."""
    count = COUNT // 5 if window == 1 else COUNT
    with site.Site(modems=0, smsc=smsc.Smsc(window=window, report_delay=report_delay)) as gateway:
        gateway.import_people(site.people(count, language="en"))
        draft = gateway.draft(kk=None, ru=None, en=SHORT)
        for name in gateway.editors[:2]:
            gateway.approve(draft, name)
        groups = {"dispatcher": gateway.pids("dabyl-dispatcher"), "dabyl-smpp": gateway.pids("dabyl-smpp"),
                  "centre": [gateway.children["smsc"].pid]}
        before = spend(groups)
        gateway.ctl("send", str(draft))
        site.until("all texts", lambda: gateway.smsc.counts()["parts"] >= count, seconds=120, pause=0.1)
        if report_delay is not None:
            site.until("all receipts", lambda: gateway.smsc.counts()["answered_receipts"] >= count, seconds=60)
        after = spend(groups)
        times = [row["t"] for row in gateway.texts()]
        site.want("texts taken", len(times), count)
        site.want("numbers reached", len({row["to"] for row in gateway.texts()}), count)
        return count / (max(times) - min(times)), {name: (after[name] - before[name]) * 1e6 / count for name in groups}


def run(table, options):
    del options
    table.title("texts through one SMPP bind, a centre that answers at once (npm smpp on node)")
    for window, report_delay in SETTINGS:
        say(f"window {window}, receipts {'no' if report_delay is None else f'after {report_delay} s'}")
        a_second, cost_us = sorted((one(window, report_delay) for _ in range(RUNS)), key=lambda run: run[0])[RUNS // 2]
        receipts = "" if report_delay is None else ", receipts"
        wanted = (f">= {WANTED_A_S:,}", a_second >= WANTED_A_S) if window == 10 else None
        table.add(f"texts a second, window {window}{receipts}", a_second, wanted=wanted)
        table.add(f"µs of processor a text, window {window}{receipts}: dispatcher", cost_us["dispatcher"],
                  ("the bind's process", cost_us["dabyl-smpp"]), ("the centre's own", cost_us["centre"]))
