"""journey: what each journey begins with (`from journey import *`): a site, and what must hold after any journey."""
import collections
import concurrent.futures
import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
import traceback


def load_site():
    """By its path: Python has a frozen module `site` of its own."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "site.py")
    spec = importlib.util.spec_from_file_location("dabyl_site", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_site = load_site()
Site, people, processes, program = _site.Site, _site.people, _site.processes, _site.program
run, until, want, want_in, ROOT = _site.run, _site.until, _site.want, _site.want_in, _site.ROOT


def travel(*stages):
    """Runs each stage, says how long it took; the first that fails ends the journey with exit code 1."""
    for stage in stages:
        begun = time.monotonic()
        try:
            stage()
        except Exception:
            traceback.print_exc(file=sys.stdout)
            print(f"FAIL {stage.__name__}: {(stage.__doc__ or '').strip()}", flush=True)
            sys.exit(1)
        print(f"ok   {stage.__name__} {time.monotonic() - begun:.1f} s", flush=True)


def travel_together(*stages, at_once=4):
    """The same, a process for each, so many at a time: for stages that wait most of the time. Names on the command line
    choose stages."""
    chosen = [stage for stage in stages if stage.__name__ in sys.argv[1:]]
    if chosen:
        travel(*chosen)
        return
    with concurrent.futures.ThreadPoolExecutor(max_workers=at_once) as pool:
        runs = [pool.submit(subprocess.run, [sys.executable, sys.argv[0], stage.__name__], stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True, check=False) for stage in stages]
        codes = []
        for done in concurrent.futures.as_completed(runs):
            print(done.result().stdout, end="", flush=True)
            codes.append(done.result().returncode)
    sys.exit(1 if any(codes) else 0)


def copies(site):
    """How often the network took each part: {(phone, part, text): times}."""
    return collections.Counter((row["to"], row["part"], row["text"]) for row in site.texts())


def check_extra(site, row, most):
    """A second copy is better than silence: at most so many, none of a part more than once, and each is counted."""
    times = copies(site)
    extra = sum(times.values()) - len(times)
    print(f"     {extra} extra copies of parts, {row['again']} counted as sent again, {row['unknown']} unknown")
    want(f"extra copies, {extra}, are at most {most}", extra <= most, True)
    want("copies of the part that was sent most", max(times.values()) <= 2, True)
    want(f"extra copies, {extra}, are counted, {row['again']}", extra <= row["again"], True)


def whole_texts(site, phone):
    """What a phone that joins parts of one sender and reference shows."""
    parts = collections.defaultdict(dict)
    shown = []
    for row in site.texts(phone):
        if row["parts"] == 1:
            shown.append(row["text"])
            continue
        group = parts[row["modem"], row["ref"], row["parts"]]
        group[row["part"]] = row["text"]
        if len(group) == row["parts"]:
            shown.append("".join(group[part] for part in sorted(group)))
            group.clear()
    return shown


def check_reached(site, number, phones):
    """Each phone shows the whole bulletin."""
    code = site.bulletin(number)["check_code"]
    missed = [phone for phone in phones if not any(code in text and f" {number} " in text.replace("№", "No ")
                                                   for text in whole_texts(site, phone))]
    want("phones that do not show the bulletin", missed, [])


def check_counts(row):
    """Each recipient is in one state, and the states add up to all."""
    states = ("queued", "in_flight", "sent", "digest", "doubt", "unknown", "failed", "skipped")
    want(f"sum of the states of {row}", sum(row[state] for state in states), row["recipients"])


def preview(site, number, language, script):
    """What dabylctl says that a phone gets: (text, parts)."""
    site.ctl("bulletin", "export", str(number), "-o", site.path("export.bulletin"))
    out, _ = run(program("dabylctl"), "render", site.path("export.bulletin"), "--sms", "--lang", language, "--script",
                 script, "--sender", "AZAT", "--json")
    return json.loads(out)


def swapped(digits):
    """Digits as semi-octets, 3GPP TS 23.040, 9.1.2.3, in hexadecimal."""
    digits += "F" if len(digits) % 2 else ""
    return "".join(digits[i + 1] + digits[i] for i in range(0, len(digits), 2))


def deliver_pdu(sender, text, stamp="26112410000032", udh="", udl=None):
    """An SMS-DELIVER of UCS-2, 3GPP TS 23.040, 9.2.2.1, behind its service centre; udl overrides the length of the text."""
    digits = sender.lstrip("+")
    body = udh + text.encode("utf-16-be").hex()
    first = "44" if udh else "04"
    length = len(body) // 2 if udl is None else udl
    return (f"07917710000010F1{first}{len(digits):02X}91{swapped(digits)}0008{stamp}{length:02X}{body}").upper()


def one_line(text):
    """A refusal is one clear line."""
    lines = [line for line in text.splitlines() if line.strip()]
    want("lines of the refusal", len(lines), 1)
    return lines[0]
