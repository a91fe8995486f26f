"""newsroom: a client of the newsroom's API for journeys: TLS with the pinned certificate, sign-in with an editor's key file."""
import base64
import hashlib
import http.client
import json
import os
import socket
import ssl
import subprocess

from journey import ROOT, run, until, want

BUILD = os.path.join(ROOT, os.environ.get("BUILD", "build"))
NAME = "desk.test"
TIMEOUT_S = 20


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def conf(port, more=""):
    return f'newsroom {{ listen = "127.0.0.1" port = {port} names = "{NAME}" {more} }}'


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"{self.status} {self.body[:300]!r}"


def signature(site, name, text):
    out, _ = run(f"{BUILD}/tests/newsroom/sign_tool", site.path(f"{name}.key"), "journey passphrase",
                 input=text, text=False)
    return out.decode().strip()


class Page:
    """A browser: page.get("/api/site"), page.post("/api/drafts", {...}); page.sign_in(site, "AIGERIM")."""

    def __init__(self, port, host=None, source="127.0.0.1"):
        self.port, self.host, self.source = port, host or f"{NAME}:{port}", source
        self.origin = f"https://{self.host}"
        self.token = self.cookie = None
        self.pinned = None

    def connect(self, receive_bytes=None):
        """A TLS connection; the certificate must stay the one that was seen first."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        plain = socket.socket()
        plain.settimeout(TIMEOUT_S)
        if receive_bytes:
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
        plain.bind((self.source, 0))
        plain.connect(("127.0.0.1", self.port))
        line = context.wrap_socket(plain, server_hostname=NAME)
        seen = hashlib.sha256(line.getpeercert(True)).hexdigest()
        if self.pinned not in (None, seen):
            raise AssertionError("the certificate has changed")
        self.pinned = seen
        return line

    def raw(self, data, seconds=TIMEOUT_S):
        """Bytes out, all bytes back until the other side closes or is silent."""
        with self.connect() as line:
            line.settimeout(seconds)
            line.sendall(data)
            got = b""
            try:
                while piece := line.recv(65536):
                    got += piece
            except (TimeoutError, ssl.SSLError, ConnectionError):
                pass
            return got

    def ask(self, method, path, body=None, headers=None, kind="application/json"):
        sent = {"Host": self.host}
        if self.cookie:
            sent["Cookie"] = f"__Host-dabyl={self.cookie}"
        if method != "GET":
            sent["Origin"] = self.origin
            if self.token:
                sent["X-Dabyl-Token"] = self.token
        if body is not None:
            sent["Content-Type"] = kind
            if not isinstance(body, (bytes, str)):
                body = json.dumps(body)
        sent.update(headers or {})
        line = http.client.HTTPConnection("127.0.0.1", self.port)
        line.sock = self.connect()
        try:
            line.request(method, path, body, {k: v for k, v in sent.items() if v is not None})
            answer = line.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            line.close()

    def get(self, path, **more):
        return self.ask("GET", path, **more)

    def post(self, path, body=None, **more):
        return self.ask("POST", path, body, **more)

    def put(self, path, body=None, **more):
        return self.ask("PUT", path, body, **more)

    def delete(self, path, **more):
        return self.ask("DELETE", path, **more)

    def challenge(self):
        answer = self.post("/api/challenge")
        want(f"challenge {answer}", answer.status, 200)
        return answer.json()

    def claim(self, site, name, index, challenge):
        text = f"dabyl sign-in\n{challenge['origin']}\n{challenge['at_s']}\n{challenge['nonce']}\n"
        return {"editor": index, "nonce": challenge["nonce"], "signature": signature(site, name, text.encode())}

    def sign_in(self, site, name, index=None):
        index = site.editors.index(name) if index is None else index
        answer = self.post("/api/session", self.claim(site, name, index, self.challenge()))
        if answer.status == 201:
            self.token = answer.json()["token"]
            self.cookie = answer.headers["Set-Cookie"].split(";")[0].split("=", 1)[1]
        return answer


def wait_page(page):
    def well():
        try:
            return page.get("/healthz").status == 200
        except (OSError, http.client.HTTPException):
            return False
    until("the newsroom answers", well)


def encode(data):
    return base64.b64encode(data).decode()
