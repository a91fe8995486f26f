"""measure: what all rows share: the table, what processes cost, what the emulated network saw."""
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TICKS_A_S = os.sysconf("SC_CLK_TCK")


def load_site():
    """The journeys' gateway; by its path, because Python has a module of that name."""
    spec = importlib.util.spec_from_file_location("journeys_site", f"{ROOT}/tests/journeys/site.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


site = load_site()


def bench_program(name):
    return os.path.join(site.BUILD, "tests/bench", name)


def say(text):
    print(f"  {text}", file=sys.stderr, flush=True)


# -- the table

def figure(value):
    if value is None:
        return "-"
    for least, digits in ((100, 0), (10, 1), (1, 2)):
        if abs(value) >= least:
            return f"{value:,.{digits}f}"
    return f"{value:.3f}"


class Grid:
    """A part of the table with columns of its own."""

    def __init__(self, names):
        self.rows = [tuple(names)]

    def print(self):
        widths = [max(len(row[i]) for row in self.rows) for i in range(len(self.rows[0]))]
        for row in self.rows:
            print("  ".join(cell.ljust(width) if i < 2 else cell.rjust(width)
                            for i, (cell, width) in enumerate(zip(row, widths))).rstrip())


class Table:
    HEAD = ("what", "ours", "beside it", "", "ratio", "wanted", "holds")

    def __init__(self):
        self.lines = []
        self.wanted = self.held = 0

    def title(self, text):
        self.lines.append((text,))

    def add(self, what, ours, *beside, wanted=None):
        """beside: pairs of a name and its figure; wanted: what it should be, and whether it is."""
        text, holds = wanted or ("", None)
        if holds is not None:
            self.wanted += 1
            self.held += bool(holds)
        tail = (text, {None: "", True: "yes", False: "NO"}[holds if holds is None else bool(holds)])
        for i, (name, value) in enumerate(beside or (("", None),)):
            ratio = figure(ours / value) if value and ours is not None else ""
            shown = figure(value) if name else ""
            self.lines.append((what, figure(ours), name, shown, ratio, *tail) if i == 0 else
                              ("", "", name, shown, ratio, "", ""))

    def grid_head(self, names):
        """Begins a grid of its own columns; the last one says whether what is wanted holds."""
        self.lines.append(Grid(names))

    def grid(self, rows):
        """rows: pairs of cells as text and whether what is wanted holds (None: nothing is)."""
        grid = next(line for line in self.lines[::-1] if isinstance(line, Grid))
        for cells, holds in rows:
            self.wanted += holds is not None
            self.held += bool(holds)
            grid.rows.append((*cells, {None: "", True: "yes", False: "NO"}[holds]))

    def print(self):
        rows = [line for line in self.lines if isinstance(line, tuple) and len(line) > 1]
        widths = [max(len(line[i]) for line in rows + [self.HEAD]) for i in range(len(self.HEAD))]

        def line(cells):
            shown = (cell.rjust(width) if i in (1, 3, 4) else cell.ljust(width)
                     for i, (cell, width) in enumerate(zip(cells, widths)))
            print("  ".join(shown).rstrip())

        line(self.HEAD)
        for cells in self.lines:
            if isinstance(cells, Grid):
                cells.print()
            elif len(cells) == 1:
                print(f"-- {cells[0]}")
            else:
                line(cells)
        print(f"ratio: ours divided by the figure beside it. {self.held} of {self.wanted} wanted figures hold.", flush=True)


# -- processes

def descendants(roots):
    """These processes and all that came of them and are still there."""
    parents = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", encoding="ascii", errors="replace") as stat:
                    parents[int(name)] = int(stat.read().rpartition(")")[2].split()[1])
            except (OSError, IndexError):
                pass
    found = set(roots)
    grown = True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in found} - found
        found |= more
        grown = bool(more)
    return found


def cpu_s(pids):
    """Seconds of processor time: of each living process to the nanosecond, of its dead children in ticks."""
    total = 0.0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as stat:
                fields = stat.read().rpartition(")")[2].split()
            own = 0
            for task in os.listdir(f"/proc/{pid}/task"):
                with open(f"/proc/{pid}/task/{task}/schedstat", encoding="ascii") as times:
                    own += int(times.read().split()[0])
            total += own / 1e9 + (int(fields[13]) + int(fields[14])) / TICKS_A_S
        except OSError:
            pass
    return total


def memory_mib(pids):
    """Resident, and the share of it when what several processes use is counted once."""
    resident = share = 0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as rollup:
                for line in rollup:
                    resident += int(line.split()[1]) if line.startswith("Rss:") else 0
                    share += int(line.split()[1]) if line.startswith("Pss:") else 0
        except OSError:
            pass
    return resident / 1024, share / 1024


def output(*argv, limit_s=600):
    """What a command prints, however busy the machine is."""
    try:
        done = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace",
                              timeout=limit_s)
    except subprocess.TimeoutExpired as error:
        raise AssertionError(str(error)) from error
    site.want("exit code of " + " ".join(argv) + "\n" + done.stderr, done.returncode, 0)
    return done.stdout


def run_timed(*argv):
    """Runs a command of ours to its end; its output and the processor time of it and its children."""
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        text = out.read().decode("utf-8", "replace")
    site.want("exit code of " + " ".join(argv), child.returncode, 0)
    return text, usage.ru_utime + usage.ru_stime


def sync_ms(folder, count=50):
    """What one durable write costs on this disk: the floor under everything that is on disk before it is said."""
    path = f"{folder}/sync"
    with open(path, "wb", buffering=0) as out:
        begun = time.monotonic()
        for _ in range(count):
            out.write(b"x" * 4096)
            os.fdatasync(out.fileno())
        spent = time.monotonic() - begun
    os.unlink(path)
    return spent / count * 1000


# -- the network

def read_log(path):
    with open(path, encoding="utf-8") as log:
        whole = log.read().split("\n")[:-1]  # at once: the last line may be half written, and its other half follow
    return [json.loads(line) for line in whole]


class Traffic:
    """What the network took: from the first AT+CMGS to the last +CMGS."""

    def __init__(self, rows, latency_s):
        self.taken = [row for row in rows if row["event"] == "sms"]
        self.first_s = min((row["t"] for row in rows if row["event"] == "cmgs_begin"), default=None)
        self.count = len(self.taken)
        self.latency_s = latency_s

    def per_minute(self):
        if self.count == 0:
            return 0.0
        return self.count * 60 / max(max(row["t"] for row in self.taken) - self.first_s, 1e-3)

    def own_ms(self):
        """Between two +CMGS of one modem, less what the network takes: mean."""
        gaps = []
        for modem in {row["modem"] for row in self.taken}:
            times = sorted(row["t"] for row in self.taken if row["modem"] == modem)
            gaps += [(later - former - self.latency_s) * 1000 for former, later in zip(times, times[1:])]
        return statistics.fmean(gaps) if gaps else None
