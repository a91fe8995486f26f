"""watchers: many who watch the newsroom's events at once, each over a connection of its own, and calls of the API beside them."""
import http.client
import re
import selectors
import ssl
import threading
import time

WATCHERS = 500
PER_ADDRESS = 100  # less than HTTP_CONNECTIONS_PER_ADDRESS_MAX
CALL_PAUSE_S = 0.02


class Crowd(threading.Thread):
    """Reads everything that comes to all of them; last is what each saw last of the bulletin."""

    def __init__(self, page, number):
        super().__init__()
        self.selector = selectors.DefaultSelector()
        self.sent = re.compile(rb'"number":%d,.*?"sent":(\d+)' % number)
        self.last, self.text, self.dropped, self.stop = {}, {}, 0, False
        for i in range(WATCHERS):
            one = type(page)(page.port, source=f"127.0.0.{2 + i // PER_ADDRESS}")
            line = one.connect()
            line.sendall((f"GET /api/events HTTP/1.1\r\nHost: {page.host}\r\nCookie: __Host-dabyl={page.cookie}\r\n"
                          "\r\n").encode())
            line.setblocking(False)
            self.selector.register(line, selectors.EVENT_READ, i)
            self.text[i] = b""

    def take(self, line, i):
        try:
            while piece := line.recv(65536):
                self.text[i] += piece
            self.dropped += 1
            self.selector.unregister(line)
        except ssl.SSLWantReadError:
            pass
        *_, rest = self.text[i].rpartition(b"\n\n")
        for found in self.sent.finditer(self.text[i]):
            self.last[i] = int(found[1])
        self.text[i] = rest

    def run(self):
        while not self.stop:
            for key, _ in self.selector.select(0.1):
                self.take(key.fileobj, key.data)


def ask_all_the_while(page, until_s, ready):
    """Times of calls of the API over one connection."""
    line = http.client.HTTPConnection("127.0.0.1", page.port)
    line.sock = page.connect()
    times = []
    while not ready() and time.monotonic() < until_s:
        begun = time.monotonic()
        line.request("GET", "/api/bulletins", headers={"Host": page.host, "Cookie": f"__Host-dabyl={page.cookie}"})
        answer = line.getresponse()
        answer.read()
        if answer.status != 200:
            raise AssertionError(f"a call of the API: {answer.status}")
        times.append(time.monotonic() - begun)
        time.sleep(CALL_PAUSE_S)
    return sorted(times)


def saw_through(crowd, phones):
    """How many saw the last phone reached."""
    return list(crowd.last.values()).count(phones)
