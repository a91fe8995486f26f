"""site: a whole gateway for a journey: real processes, emulated modems, keys, editors, in a folder of its own."""
import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.join(ROOT, os.environ.get("BUILD", "build"))
WAIT_S = 90
STOP_S = 15
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)


def program(name):
    return os.path.join(BUILD, "bin", name)


def run(*argv, code=0, text=True, **more):
    """Runs a command and checks its exit code; returns (stdout, stderr)."""
    done = subprocess.run(argv, capture_output=True, text=text, timeout=120, **more)
    want("exit code of " + " ".join(str(a) for a in argv) + "\n" + str(done.stderr), done.returncode, code)
    return done.stdout, done.stderr


def want(what, got, wanted):
    if got != wanted:
        raise AssertionError(f"{what}\n   got {got!r}\n  want {wanted!r}")


def want_in(what, part, whole):
    if part not in whole:
        raise AssertionError(f"{what}\n   got {whole!r}\n  want {part!r} in it")


def processes():
    """(pid, parent, arguments) of each process of this machine."""
    rows = []
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as stat:
                state, parent = stat.read().rpartition(")")[2].split()[:2]
            with open(f"/proc/{name}/cmdline", "rb") as line:
                argv = line.read().decode("utf-8", "replace").split("\0")[:-1]
        except OSError:
            continue
        if argv and state != "Z":
            rows.append((int(name), int(parent), argv))
    return rows


def until(what, ready, seconds=WAIT_S, pause=0.05):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = ready()
        if found:
            return found
        time.sleep(pause)
    raise AssertionError(f"after {seconds} s still not: {what}")


def end_with_parent():
    """In a child before exec: a site does not outlive a journey that is killed."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Site:
    """with Site(modems=2, latency=0.1) as site: ...

    sim: more options of dabyl-modemsim; conf: more lines of the configuration; modem_conf: more keys of each modem;
    strangers: public keys (forge.Key) that come into the roster behind the editors; smsc: a service centre (smsc.Smsc).
    """

    def __init__(self, modems=1, latency=0.0, radio=False, editors=("AIGERIM", "DANIYAR"), sim=(), conf="", approvals=2,
                 modem_conf="", strangers=(), smsc=None):
        self.modems, self.latency, self.radio, self.editors = modems, latency, radio, editors
        self.sim, self.conf, self.approvals, self.modem_conf = sim, conf, approvals, modem_conf
        self.strangers, self.smsc = strangers, smsc
        self.folder = tempfile.mkdtemp(prefix="dabyl-journey-")
        self.state = f"{self.folder}/state"
        self.children = {}
        self.fingerprint = None
        self.secret = ("--passphrase-file", f"{self.folder}/passphrase")

    def __enter__(self):
        try:
            self.make_keys()
            self.write_config()
            self.start_modems()
            self.start_gateway()
            self.ctl("roster", "put", self.path("roster.bulletin"))
            self.wait_online()
        except BaseException:
            self.__exit__(*sys.exc_info())
            raise
        return self

    def __exit__(self, kind, value, trace):
        codes = {name: self.stop(name) for name in list(self.children)[::-1]}
        left = self.end_leftovers()
        if kind is None:
            want("exit codes", set(codes.values()) - {0}, set())
            want("processes that outlived the site", left, [])
            shutil.rmtree(self.folder, ignore_errors=True)
        else:
            print(f"the site's folder is kept: {self.folder}")
            for name in ("dabyld", "modemsim", "smsc"):
                if os.path.exists(self.path(f"{name}.log")):
                    with open(self.path(f"{name}.log"), encoding="utf-8", errors="replace") as log:
                        print(f"-- end of {name}.log\n" + "".join(log.readlines()[-25:]))

    def path(self, name):
        return f"{self.folder}/{name}"

    def start(self, name, *argv):
        with open(self.path(f"{name}.log"), "ab") as out:
            self.children[name] = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                                                   start_new_session=True, preexec_fn=end_with_parent)

    def stop(self, name):
        """Ends a child of ours; its exit code."""
        child = self.children.pop(name)
        if child.poll() is None:
            child.terminate()
            try:
                child.wait(STOP_S)
            except subprocess.TimeoutExpired:
                child.kill()
        return child.wait()

    def leftovers(self):
        """Processes that have this site's folder among their arguments, and are not our children."""
        ours = {child.pid for child in self.children.values()}
        return [row for row in processes() if self.folder in " ".join(row[2]) and row[0] not in ours]

    def end_leftovers(self):
        """A process may still be on its way out when its parent has gone: it gets a moment."""
        end = time.monotonic() + STOP_S
        while self.leftovers() and time.monotonic() < end:
            time.sleep(0.05)
        left = self.leftovers()
        for pid, _, _ in left:
            os.kill(pid, signal.SIGKILL)
        return left

    # -- keys, configuration, processes

    def make_keys(self):
        with open(self.path("passphrase"), "w", encoding="utf-8") as out:
            out.write("journey passphrase\n")
        run(program("dabylctl"), "key", "newsroom", "-o", self.path("newsroom.key"), *self.secret)
        for name in self.editors:
            run(program("dabylctl"), "key", "editor", "--name", name, "-o", self.path(f"{name}.key"), *self.secret)
        for key in self.strangers:
            with open(self.path(f"{key.name}.key.pub"), "w", encoding="utf-8") as out:
                out.write(key.public_line())
        everybody = [*self.editors, *(key.name for key in self.strangers)]
        names = [word for name in everybody for word in ("--editor", self.path(f"{name}.key.pub"))]
        run(program("dabylctl"), "roster", "make", "--key", self.path("newsroom.key"), *self.secret, *names,
            "--approvals", str(self.approvals), "-o", self.path("roster.bulletin"))
        out, _ = run(program("dabylctl"), "key", "show", self.path("newsroom.key.pub"), "--json")
        self.fingerprint = json.loads(out)["fingerprint"]

    def write_config(self):
        with open(self.path("dabyl.conf"), "w", encoding="utf-8") as out:
            out.write(f'sender = "AZAT"\nstate = "{self.state}"\nfingerprint = "{self.fingerprint}"\n{self.conf}\n')
            if self.radio:
                out.write("radio { }\n")
            if self.smsc:
                out.write(self.smsc.conf(self))
            for i in range(1, self.modems + 1):
                out.write(f'modem "sim{i}" {{ device = "{self.folder}/modems/modem{i}" {self.modem_conf} }}\n')

    def start_modems(self):
        if self.smsc:
            self.smsc.start(self, ROOT, BUILD, until)
        if self.modems == 0:
            return
        self.start("modemsim", program("dabyl-modemsim"), "--modems", str(self.modems), "--dir", self.path("modems"),
                   "--latency", str(self.latency), "--log", self.path("network.jsonl"), *self.sim)
        until("emulated modems", lambda: os.path.exists(self.path(f"modems/modem{self.modems}")))

    def start_gateway(self):
        self.start("dabyld", program("dabyld"), "--config", self.path("dabyl.conf"))
        until("control socket", self.answers)

    def answers(self):
        return subprocess.run([program("dabylctl"), "--state", self.state, "status"], capture_output=True).returncode == 0

    def stop_gateway(self):
        self.stop("dabyld")

    def wait_online(self):
        until("modems online", lambda: [m["state"] for m in self.status()["modems"]] == ["online"] * (self.modems + (self.smsc is not None)))

    def kill_gateway(self):
        """kill -9 of dabyld itself."""
        child = self.children.pop("dabyld")
        child.kill()
        child.wait()

    def pids(self, name):
        """Children of our dabyld by the program's name, in the order of their arguments."""
        parent = self.children["dabyld"].pid
        rows = sorted((argv, pid) for pid, of, argv in processes() if of == parent)
        return [pid for argv, pid in rows if os.path.basename(argv[0]) == name]

    def talkers(self):
        """The children of the modems' processes, in which libgammu runs."""
        workers = self.pids("dabyl-modem")
        return [pid for worker in workers for pid, of, _ in processes() if of == worker]

    def kill(self, name, which=0):
        pid = until(f"a process {name}", lambda: self.pids(name))[which]
        os.kill(pid, signal.SIGKILL)
        return pid

    def log(self, name="dabyld"):
        with open(self.path(f"{name}.log"), encoding="utf-8", errors="replace") as lines:
            return lines.read()

    # -- the newsroom

    def ctl(self, *words, code=0):
        out, err = run(program("dabylctl"), "--state", self.state, *words, code=code)
        return out if code == 0 else err

    def ctl_json(self, *words):
        return json.loads(self.ctl(*words, "--json"))

    def status(self, number=None):
        return self.ctl_json("status", *([str(number)] if number else []))

    def bulletin(self, number, kind=None):
        """Its row of the status; a retraction has the number of what it retracts, so that the kind may be needed."""
        return next(row for row in self.status(number)["bulletins"] if row["number"] == number and kind in (None, row["kind"]))

    def draft(self, **changes):
        """A draft from the example drill or alert, members changed; returns its id. One whose texts are cut down to a line
        is not as grave as the example: Extreme must be complete."""
        base = changes.pop("base", "alert")
        with open(f"{ROOT}/deploy/examples/{base}.json", encoding="utf-8") as source:
            text = json.load(source)
        for key, value in changes.items():
            if value is None:
                text.pop(key, None)
            else:
                text[key] = value
        short = [text[key] for key in ("kk", "ru", "en") if key in text and not text[key]["description"]]
        if short and "severity" not in changes and text["severity"] == "Extreme":
            text["severity"] = "Severe"
        with open(self.path("draft.json"), "w", encoding="utf-8") as out:
            json.dump(text, out, ensure_ascii=False)
        return self.ctl_json("draft", "new", "--from", self.path("draft.json"))["draft"]

    def approve(self, draft, name, code=0):
        return self.ctl("draft", "approve", str(draft), "--key", self.path(f"{name}.key"), *self.secret, "--yes", code=code)

    def publish(self, **changes):
        """Draft, two signatures, send; returns the bulletin's number."""
        draft = self.draft(**changes)
        for name in self.editors[:2]:
            self.approve(draft, name)
        return self.ctl_json("send", str(draft))["number"]

    def import_people(self, people):
        with open(self.path("people.csv"), "w", encoding="utf-8") as out:
            out.writelines(f"{';'.join(person)}\n" for person in people)
        self.ctl("subscribers", "import", self.path("people.csv"), "--consent", "journey")

    def wait_sent(self, number, count):
        until(f"{count} recipients of bulletin {number} have it", lambda: self.bulletin(number)["sent"] >= count)

    def wait_done(self, number, seconds=WAIT_S, kind=None):
        def done():
            row = self.bulletin(number, kind)
            return row if row["queued"] + row["in_flight"] + row["doubt"] == 0 else None
        return until(f"bulletin {number} done", done, seconds)

    # -- the network

    def network(self, event=None):
        with open(self.path("network.jsonl"), encoding="utf-8") as log:
            whole = log.read().split("\n")[:-1]  # at once: the last line may be half written, and its other half follow
        rows = [json.loads(line) for line in whole]
        return [row for row in rows if event is None or row["event"] == event]

    def texts(self, number=None):
        rows = self.network("sms")
        return rows if number is None else [row for row in rows if row["to"] == number]

    def phones(self):
        out, _ = run(program("dabyl-modemsim"), "phones", "--dir", self.path("modems"), "--json")
        return {phone["number"]: [text["text"] for text in phone["messages"]] for phone in json.loads(out)["phones"]}

    def inject(self, sender, text, modem=1):
        run(program("dabyl-modemsim"), "inject", "--dir", self.path("modems"), "--modem", str(modem), "--from", sender,
            "--text", text)

    def inject_raw(self, pdu, modem=1):
        run(program("dabyl-modemsim"), "inject", "--dir", self.path("modems"), "--modem", str(modem), "--raw-pdu", pdu)

    def fault(self, spec, modem=1):
        run(program("dabyl-modemsim"), "fault", "--dir", self.path("modems"), "--modem", str(modem), spec)


def people(count, language="ru", script="latin", region="KZ-75"):
    return [(f"+7701{i:07d}", language, script, region) for i in range(1, count + 1)]
