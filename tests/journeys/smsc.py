"""smsc: an operator's service centre for a site (tests/fakes/smsc.js): Site(modems=0, smsc=Smsc(window=20)).

It logs to the site's network.jsonl what a modem emulator would, so that all that is asked of texts holds for it too.
"""
import json
import os
import socket
import subprocess

INSTALL_S = 150
CONTROL_S = 30
SYSTEM_ID, PASSWORD = "azat", "secret"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Smsc:
    """latency, report_delay: seconds; None: no receipts. id_form: see smsc.js. keys: of the bind's section, as window=20."""

    def __init__(self, latency=0.0, report_delay=None, id_form="same", **keys):
        self.latency, self.report_delay, self.id_form, self.keys = latency, report_delay, id_form, keys
        self.port = free_port()
        self.control = None

    def conf(self, site):
        """The section of the configuration; makes the password's file."""
        with open(site.path("smpp.password"), "w", encoding="utf-8") as out:
            out.write(PASSWORD + "\n")
        os.chmod(site.path("smpp.password"), 0o600)
        keys = "".join(f' {key} = {json.dumps(value)}' for key, value in {"source": "AZAT", **self.keys}.items())
        return (f'smpp "operator" {{ host = "127.0.0.1" port = {self.port} system_id = "{SYSTEM_ID}" '
                f'password_file = "{site.path("smpp.password")}"{keys} }}\n')

    def start(self, site, root, build, until):
        done = subprocess.run([f"{root}/tests/smpp/install"], capture_output=True, text=True, timeout=INSTALL_S,
                              env={**os.environ, "BUILD": build})
        if done.returncode != 0:
            raise AssertionError(done.stderr.strip())
        self.modules = f"{build}/smpp"
        self.script = f"{root}/tests/fakes/smsc.js"
        self.until = until
        self.restart(site)

    def restart(self, site):
        self.control = site.path("smsc.control")
        if os.path.exists(self.control):
            os.unlink(self.control)
        delay = [] if self.report_delay is None else ["--report-delay", str(self.report_delay)]
        site.start("smsc", "node", self.script, "--modules", self.modules, "--port", str(self.port),
                   "--control", self.control, "--log", site.path("network.jsonl"), "--latency", str(self.latency),
                   "--id-form", self.id_form, "--system-id", SYSTEM_ID, "--password", PASSWORD, *delay)
        self.until("the service centre", lambda: os.path.exists(self.control))

    def ask(self, **order):
        """One order; the answer."""
        with socket.socket(socket.AF_UNIX) as link:
            link.settimeout(CONTROL_S)
            link.connect(self.control)
            link.sendall(json.dumps(order).encode() + b"\n")
            text = b""
            while not text.endswith(b"\n"):
                got = link.recv(65536)
                if not got:
                    raise AssertionError(f"the service centre did not answer {order}")
                text += got
        return json.loads(text)

    def fault(self, kind, **more):
        return self.ask(fault=kind, **more)

    def counts(self):
        return self.ask(count=True)

    def deliver(self, sender, text, **more):
        """deliver_sm; its command_status, which comes when the gateway has the text on disk."""
        answer = self.ask(deliver={"from": sender, "text": text, **more})
        if not answer["ok"]:
            raise AssertionError(answer["why"])
        return answer["status"]
