"""desk: an editor at the newsroom's API: HTTPS, a session, the header that unsafe requests need. Keys are Python's own
(forge.Key) or files of dabylctl, signed with by tests/newsroom/sign_tool."""
import base64
import http.client
import json
import os
import socket
import ssl
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.append(os.path.join(ROOT, "tests", "journeys"))
TIMEOUT_S = 30


def tool_signer(build, keyfile, passphrase):
    """Signs with a key file as the page does."""
    def sign(data):
        done = subprocess.run([f"{build}/tests/newsroom/sign_tool", keyfile, passphrase], input=data, capture_output=True,
                              check=True, timeout=TIMEOUT_S)
        return base64.b64decode(done.stdout)
    return sign


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Desk:
    """Desk(port, index, sign): index in the roster, sign(bytes) to a signature. The certificate is the site's own: not checked."""

    def __init__(self, port, index, sign, host="127.0.0.1"):
        self.port, self.index, self.sign, self.host = port, index, sign, host
        self.origin = f"https://{host}:{port}"
        self.cookie = self.token = None
        self.tls = ssl.create_default_context()
        self.tls.check_hostname = False
        self.tls.verify_mode = ssl.CERT_NONE

    def headers(self, method, kind):
        headers = {}
        if kind:
            headers["Content-Type"] = kind
        if self.cookie:
            headers["Cookie"] = self.cookie
        if method != "GET":
            headers["Origin"] = self.origin
        if method != "GET" and self.token:
            headers["X-Dabyl-Token"] = self.token
        return headers

    def send(self, method, path, body=None, kind="application/json", more=()):
        """(status, headers, bytes)"""
        line = http.client.HTTPSConnection(self.host, self.port, timeout=TIMEOUT_S, context=self.tls)
        try:
            line.request(method, path, body=body, headers={**self.headers(method, kind if body is not None else None), **dict(more)})
            answer = line.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            line.close()

    def ask(self, method, path, value=None):
        """(status, JSON or None)"""
        body = None if value is None else json.dumps(value, ensure_ascii=False).encode()
        status, headers, data = self.send(method, path, body)
        kind = headers.get("Content-Type", "")
        return status, json.loads(data) if kind.startswith("application/json") else None

    def get(self, path):
        status, value = self.ask("GET", path)
        if status not in (200, 201):
            raise AssertionError(f"GET {path}: {status} {value}")
        return value

    def signed_challenge(self):
        """The claim of a sign-in."""
        status, challenge = self.ask("POST", "/api/challenge", {})
        if status not in (200, 201):
            raise AssertionError(f"challenge: {status} {challenge}")
        text = f"dabyl sign-in\n{challenge['origin']}\n{challenge['at_s']}\n{challenge['nonce']}\n"
        signature = base64.b64encode(self.sign(text.encode())).decode()
        return {"editor": self.index, "nonce": challenge["nonce"], "signature": signature}

    def take_session(self, headers, value):
        self.cookie = headers["Set-Cookie"].split(";")[0]
        self.token = value["token"]

    def sign_in(self):
        body = json.dumps(self.signed_challenge()).encode()
        status, headers, data = self.send("POST", "/api/session", body)
        if status not in (200, 201):
            raise AssertionError(f"sign-in: {status} {data}")
        self.take_session(headers, json.loads(data))
        return self
