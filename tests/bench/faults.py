"""faults: texts lost, sent twice and held up when a modem, the network or a gateway's own processes fail, beside other gateways.

Each trial is a process of its own, with a gateway, an emulator and a folder of its own: `faults.py SYSTEM NAME NUMBER` does one,
and prints its outcome as JSON. Most of a trial is waiting, so that several run at a time.
"""
import concurrent.futures
import json
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

import measure
import rivals
from measure import say, site
from sms import ENGLISH, SETTLE_S, TEXT, Emulator

AT_ONCE = 6
LIMIT_S = 100  # after the first text of a trial, or after the kill
TRIAL_S = 300  # of a whole trial, before it counts as not measured
COUNT, LATENCY_S = 12, 0.5
KILL_COUNT, KILL_MODEMS, KILL_LATENCY_S = 200, 4, 0.1
HALF_S = 150  # a slow gateway has sent half of them
RIVAL_KILLS, KILLS = 3, 10
AFTER_S = 3  # for a copy that comes late
PAUSE_S = 0.2
SAME_S = 1  # as good as a rival that is held up by so much less
PROMPT_S, REPORT_S = 5, 30

CONF = f"report_wait = {REPORT_S}"
MODEM_CONF = f"prompt_timeout = {PROMPT_S} answer_timeout = {rivals.ANSWER_S}"


class Fault:
    """spec is the emulator's, at modem 1; nth: which of its texts; it ends by itself or after so many seconds."""

    def __init__(self, words, spec, nth=4, modems=1, ends_s=None):
        self.words, self.nth, self.modems, self.ends_s = words, nth, modems, ends_s
        name, times = spec
        self.spec = f"1:{name}@{nth}{times}"


FAULTS = {
    "silent-taken": Fault("no answer, though the network took it", ("silent-taken", "")),
    "error-taken": Fault("CMS error, though the network took it", ("error-taken=500", "")),
    "silent": Fault("no answer, not taken", ("silent-after", "")),
    "garbage": Fault("64 bytes of garbage before +CMGS", ("garbage=64", "")),
    "vanish": Fault("the tty vanishes for 10 s, returns as another", ("vanish=10", "")),
    "no-network": Fault("no network for 60 s", ("no-network=60", "")),
    "no-credit": Fault("out of credit for 30 s", ("no-credit", ""), ends_s=30),
    "hang": Fault("one of two modems hangs for ever", ("hang", ""), nth=2, modems=2),
    "refuse": Fault("one of two modems refuses every text", ("error=500", "x*"), nth=2, modems=2),
}
# what is killed in the middle; a rival has only its daemons
KILLED = {"dispatcher": "the dispatcher", "worker": "a modem's process", "all": "everything"}


class Outcome:
    """lost: nobody means to send it any more; late: not accepted within the limit, but still waiting; twice: extra copies."""

    def __init__(self, **values):
        self.lost = self.late = self.twice = self.again = self.doubt = self.attempts = 0
        self.gap_s = self.stopped_s = self.all_s = None
        self.__dict__.update(values)

    def silent(self):
        return max(0, self.twice - self.again)


class Watch:
    """What the emulator's log says of one trial."""

    def __init__(self, log, count, modems):
        self.log, self.count, self.modems = log, count, modems
        self.rows = []

    def look(self):
        self.rows = measure.read_log(self.log) if os.path.exists(self.log) else []
        return self

    def taken(self):
        return [row for row in self.rows if row["event"] == "sms"]

    def reached(self):
        return {row["to"] for row in self.taken()}

    def begun_s(self, nth):
        """When modem 1 was handed its nth text."""
        times = [row["t"] for row in self.rows if row["event"] == "cmgs_begin" and row["modem"] == 1]
        return times[nth - 1] if len(times) >= nth else None

    def outcome(self, since_s, end_s, waiting, doubt=0):
        """The last text of each modem, and what was in doubt, may wait for what nobody is to blame for: a delivery report."""
        spare = max(self.modems, doubt)
        firsts = {}
        for row in self.taken():
            firsts.setdefault(row["to"], row["t"])
        times = sorted(firsts.values())
        missing = self.count - len(times)
        usual_s = statistics.median(later - former for former, later in zip(times, times[1:])) if len(times) > 2 else 0
        stops = [t for t in times if t > since_s][:-spare if missing < spare else None]
        stops = [since_s, *stops, *([end_s] if missing > spare else [])]
        longest_s = max((later - former for former, later in zip(stops, stops[1:])), default=0)
        late = min(missing, waiting)
        return Outcome(lost=missing - late, late=late, twice=len(self.taken()) - len(times),
                       attempts=sum(row["event"] == "cmgs_begin" for row in self.rows),
                       gap_s=longest_s, stopped_s=max(0.0, longest_s - usual_s), all_s=None if missing else times[-1] - since_s)


def wait_fault(watch, fault, end):
    """When the fault began; None if it never came to that."""
    while time.monotonic() < end:
        begun_s = watch.look().begun_s(fault.nth)
        if begun_s:
            return begun_s
        time.sleep(PAUSE_S)
    return None


def wait_end(watch, settled, end):
    """Until each number has its text and nothing waits, or the time is over."""
    while time.monotonic() < end:
        if len(watch.look().reached()) == watch.count and settled():
            time.sleep(AFTER_S)
            break
        time.sleep(PAUSE_S)
    watch.look()


def end_fault(fault, folder):
    time.sleep(fault.ends_s)
    site.run(site.program("dabyl-modemsim"), "fault", "--dir", folder, "--modem", "1", "clear")


def follow(watch, fault, folder, waiting, doubt=lambda: 0):
    end = time.monotonic() + LIMIT_S
    since_s = wait_fault(watch, fault, end)
    if since_s is None:
        raise AssertionError("the fault did not come about")
    if fault.ends_s:
        end_fault(fault, folder)
    wait_end(watch, lambda: waiting() == 0, end)
    return watch.outcome(since_s, time.time(), waiting(), doubt())


# -- a gateway of ours

def send_ours(gateway, count):
    gateway.import_people(site.people(count, language="en"))
    return gateway.publish(kk=None, ru=None, en=ENGLISH)


def waiting_ours(gateway, number):
    """While its processes are down it waits, too."""
    try:
        row = gateway.bulletin(number)
    except (AssertionError, StopIteration):
        return 1
    return row["queued"] + row["in_flight"] + row["doubt"]


def count_doubts(gateway):
    return len({line.partition(" delivery=")[2].split()[0] for line in gateway.log().splitlines()
                if "delivery_in_doubt" in line or "delivery_unknown" in line})


def finish_ours(outcome, gateway, number):
    row = site.until("status", lambda: gateway.answers() and gateway.bulletin(number))
    outcome.again = row["again"] + row["unknown"]
    outcome.doubt = count_doubts(gateway)
    return outcome


def fault_ours(name, index):
    fault = FAULTS[name]
    with site.Site(modems=fault.modems, latency=LATENCY_S, sim=("--fault", fault.spec), conf=CONF, modem_conf=MODEM_CONF) as gateway:
        number = send_ours(gateway, COUNT)
        watch = Watch(gateway.path("network.jsonl"), COUNT, fault.modems)
        outcome = follow(watch, fault, gateway.path("modems"), lambda: waiting_ours(gateway, number),
                         lambda: count_doubts(gateway))
        return finish_ours(outcome, gateway, number)


def kill_ours(gateway, name, index):
    if name == "dispatcher":
        gateway.kill("dabyl-dispatcher")
    elif name == "worker":
        gateway.kill("dabyl-modem", index % KILL_MODEMS)
    else:
        root = gateway.children.pop("dabyld")
        for pid in measure.descendants([root.pid]):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        root.wait()
        site.until("nothing of it is left", lambda: not gateway.leftovers(), 20)
        gateway.start_gateway()


def wait_half(watch):
    site.until("half of the texts", lambda: len(watch.look().taken()) >= watch.count // 2, HALF_S, pause=0.02)
    time.sleep(random.random() * KILL_LATENCY_S)


def killed_ours(name, index):
    """Every other time without delivery reports, which settle most doubts."""
    reports = "on" if index % 2 else "off"
    with site.Site(modems=KILL_MODEMS, latency=KILL_LATENCY_S, sim=("--reports", reports), conf=CONF,
                   modem_conf=MODEM_CONF) as gateway:
        number = send_ours(gateway, KILL_COUNT)
        watch = Watch(gateway.path("network.jsonl"), KILL_COUNT, KILL_MODEMS)
        wait_half(watch)
        since_s, end = time.time(), time.monotonic() + LIMIT_S
        kill_ours(gateway, name, index)
        wait_end(watch, lambda: waiting_ours(gateway, number) == 0, end)
        outcome = watch.outcome(since_s, time.time(), waiting_ours(gateway, number), count_doubts(gateway))
        return finish_ours(outcome, gateway, number)


# -- a rival

def with_rival(kind, modems, latency_s, more, body):
    folder = tempfile.mkdtemp(prefix="dabyl-bench-")
    emulator = Emulator(folder, modems, latency_s, more)
    rival = kind(folder, emulator.devices)
    try:
        rival.start()
        site.until(f"{kind.name} on its modems", emulator.connected, 30)
        time.sleep(SETTLE_S)
        return body(rival, emulator)
    finally:
        rival.stop()
        emulator.stop()
        shutil.rmtree(folder, ignore_errors=True)


def fault_theirs(kind, name, index):
    fault = FAULTS[name]

    def body(rival, emulator):
        rival.fill(COUNT, TEXT)
        watch = Watch(emulator.log, COUNT, fault.modems)
        return follow(watch, fault, f"{rival.folder}/modems", rival.waiting)

    return with_rival(kind, fault.modems, LATENCY_S, ("--fault", fault.spec), body)


def killed_theirs(kind, name, index):
    def body(rival, emulator):
        rival.fill(KILL_COUNT, TEXT)
        watch = Watch(emulator.log, KILL_COUNT, KILL_MODEMS)
        wait_half(watch)
        since_s, end = time.time(), time.monotonic() + LIMIT_S
        rival.kill()
        rival.start()
        wait_end(watch, lambda: rival.waiting() == 0, end)
        return watch.outcome(since_s, time.time(), rival.waiting())

    return with_rival(kind, KILL_MODEMS, KILL_LATENCY_S, (), body)


# -- all trials

def one(system, name, index):
    if system == "dabyl":
        return (fault_ours if name in FAULTS else killed_ours)(name, index)
    kind = next(kind for kind in rivals.available() if kind.name == system)
    return (fault_theirs if name in FAULTS else killed_theirs)(kind, name, index)


def try_one(trial):
    """Its outcome, or None if there is none; the trial and all that it started end with it."""
    argv = [sys.executable, os.path.abspath(__file__), *map(str, trial)]
    with subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as child:
        try:
            out, _ = child.communicate(timeout=TRIAL_S)
        except subprocess.TimeoutExpired:
            child.terminate()
            out, _ = child.communicate()
    try:
        outcome = Outcome(**json.loads(out.splitlines()[-1]))
    except (ValueError, IndexError):
        say(f"faults: {' '.join(map(str, trial))}: no outcome\n{out}")
        return None
    say(f"faults: {' '.join(map(str, trial))}: lost {outcome.lost}, late {outcome.late}, twice {outcome.twice}, named "
        f"{outcome.again}, in doubt {outcome.doubt}, stopped {measure.figure(outcome.stopped_s)} s, all after "
        f"{measure.figure(outcome.all_s)} s")
    return outcome


def trials(systems):
    """The long ones first."""
    for system in systems:
        for index in range(0 if system == "dabyl" else RIVAL_KILLS):
            yield (system, "all", index)
    for name in FAULTS:
        for system in systems[::-1]:
            yield (system, name, 0)
    for name in KILLED:
        for index in range(KILLS):
            yield ("dabyl", name, index)


def total(outcomes, field):
    return sum(getattr(outcome, field) for outcome in outcomes)


def worst(outcomes, field):
    values = [getattr(outcome, field) for outcome in outcomes]
    return None if None in values else max(values)


def beaten(ours, others):
    """Nothing lost, late or silent, and no rival that lost and repeated as little has a clearly shorter gap: the gap itself, as
    less is taken from it the faster a gateway usually is."""
    if total(ours, "lost") + total(ours, "late") + sum(outcome.silent() for outcome in ours):
        return False
    rest = [theirs for theirs in others if not total(theirs, "lost") + total(theirs, "late") + total(theirs, "twice")]
    return all(worst(ours, "gap_s") <= worst(theirs, "gap_s") + SAME_S for theirs in rest)


def row(words, system, outcomes, wanted=None):
    """One line of the grid; sums over the trials, the worst of the times."""
    named = [str(total(outcomes, "again")), str(worst(outcomes, "doubt"))] if system == "dabyl" else ["-", "-"]
    return ([words, f"{system}" + (f" x {len(outcomes)}" if len(outcomes) > 1 else ""), str(total(outcomes, "lost")),
             str(total(outcomes, "late")), str(total(outcomes, "twice")), *named,
             measure.figure(worst(outcomes, "stopped_s")), measure.figure(worst(outcomes, "all_s")) if
             worst(outcomes, "all_s") is not None else f"not in {LIMIT_S}", str(total(outcomes, "attempts"))], wanted)


def add_block(table, words, ours, others):
    """ours, others: outcomes by (system, words)."""
    rows = [[row(words, "dabyl", ours, beaten(ours, list(others.values())))]] if ours else []
    rows += [[row("" if ours else words, system, outcomes)] for system, outcomes in others.items()]
    table.grid([cells for block in rows for cells in block])


def add_rows(table, systems, results):
    def of(system, name):
        return [outcome for (trial, outcome) in results.items() if trial[:2] == (system, name) and outcome]

    for name, fault in FAULTS.items():
        others = {system: of(system, name) for system in systems[1:] if of(system, name)}
        add_block(table, fault.words, of("dabyl", name), others)
    others = {system: of(system, "all") for system in systems[1:] if of(system, "all")}
    for name, words in KILLED.items():
        ours = of("dabyl", name)
        add_block(table, f"kill -9 of {words}", ours, others if name == "all" else {})
        if ours:
            most = worst(ours, "doubt")
            table.add(f"most in doubt after one kill -9 of {words}", most, ("modems", KILL_MODEMS),
                      wanted=(f"<= {KILL_MODEMS}", most <= KILL_MODEMS))


def run(table, options):
    systems = ["dabyl", *(kind.name for kind in rivals.available())]
    table.title(f"{COUNT} texts of one part, the fault at the 4th, network {LATENCY_S:g} s; kill -9 in the middle of {KILL_COUNT} on "
                f"{KILL_MODEMS} modems, network {KILL_LATENCY_S:g} s")
    table.title(f"dabyl: prompt_timeout {PROMPT_S}, answer_timeout {rivals.ANSWER_S}, report_wait {REPORT_S}; gammu-smsd: sendtimeout "
                f"{rivals.ANSWER_S}, {rivals.RETRIES} retries after {rivals.RETRY_S} s; smstools: read_timeout {rivals.SMSTOOLS_READ_S}, "
                f"{rivals.RETRIES} retries, blocktime {rivals.RETRY_S}; Kannel: resends after 1 s")
    table.title(f"lost: given up; late: still waiting after {LIMIT_S} s; twice: accepted again, of these named by dabyl; in doubt: most "
                "at a time; stopped: longest gap beyond the usual one")
    table.grid_head(("fault", "system", "lost", "late", "twice", "named", "in doubt", "stopped, s", "all after, s", "AT+CMGS",
                     "beaten"))
    wanted = list(trials(systems))
    with concurrent.futures.ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        results = dict(zip(wanted, pool.map(try_one, wanted)))
    add_rows(table, systems, results)
    missed = sum(outcome is None for outcome in results.values())
    if missed:
        raise AssertionError(f"{missed} trials have no outcome")


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started ends, too
    print(json.dumps(one(sys.argv[1], sys.argv[2], int(sys.argv[3])).__dict__))
