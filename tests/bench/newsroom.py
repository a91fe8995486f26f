"""newsroom: what the page costs: its first load, requests beside libmicrohttpd alone, from the second signature to accepted, and
five hundred who watch while a bulletin goes out.
"""
import http.client
import importlib.util
import json
import re
import statistics
import subprocess
import sys
import time

import measure
from measure import bench_program, say, site

sys.path.append(f"{measure.ROOT}/tests/journeys")
from watchers import WATCHERS, Crowd, ask_all_the_while, saw_through  # noqa: E402


def load_pages():
    """The journeys' client of the newsroom; by its path, because it has this file's name."""
    spec = importlib.util.spec_from_file_location("journeys_newsroom", f"{measure.ROOT}/tests/journeys/newsroom.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


pages = load_pages()
PEOPLE, MODEMS, LATENCY_S = 200, 4, 0.1
BULLETINS = 9
LOAD_S, CONNECTIONS = 5, 16
DEADLINE_S = 120
PATHS = {"its session (asks nobody)": "/api/session", "the site (asks the dispatcher)": "/api/site"}
FIRST_LOAD = re.compile(r"a first visit loads ([0-9.]+) KB")


class Line:
    """One connection that stays, as a browser's does."""

    def __init__(self, page):
        self.page = page
        self.line = http.client.HTTPConnection("127.0.0.1", page.port)
        self.line.sock = page.connect()

    def post(self, path, value):
        headers = {"Host": self.page.host, "Cookie": f"__Host-dabyl={self.page.cookie}", "Origin": self.page.origin,
                   "X-Dabyl-Token": self.page.token, "Content-Type": "application/json"}
        self.line.request("POST", path, json.dumps(value), headers)
        answer = self.line.getresponse()
        body = answer.read()
        site.want(f"POST {path}: {body}", answer.status, 200)


def first_load_kb():
    build = site.BUILD
    out, _ = site.run(f"{measure.ROOT}/gateway/newsroom/web/sizes", f"{build}/web.json", f"{build}/web")
    return float(FIRST_LOAD.search(out)[1])


# -- requests a second

def load(port, path, cookie=None):
    """Requests a second and the 99th percentile in milliseconds, as wrk tells them; every answer must be good."""
    header = ("-H", f"Cookie: __Host-dabyl={cookie}") if cookie else ()
    out, _ = site.run("wrk", "-t", "1", "-c", str(CONNECTIONS), "-d", f"{LOAD_S}s", "--latency", *header, f"https://127.0.0.1:{port}{path}")
    site.want("answers that were none\n" + out, "Non-2xx" in out or "Socket errors" in out, False)
    value, unit = re.search(r"99%\s+([0-9.]+)(us|ms|s)\b", out).groups()
    return float(re.search(r"Requests/sec:\s+([0-9.]+)", out)[1]), float(value) * {"us": 1e-3, "ms": 1, "s": 1e3}[unit]


def bare_load(folder, size):
    """The same from libmicrohttpd alone, with this gateway's certificate and answers of this size."""
    child = subprocess.Popen([bench_program("mhd_bench"), f"{folder}/certificate.pem", f"{folder}/key.pem", str(size)],
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        return load(int(child.stdout.readline()), "/")
    finally:
        child.stdin.close()
        child.wait(10)


def add_requests(table, gateway, page):
    for what, path in PATHS.items():
        size = len(page.get(path).body)
        ours, ours_p99 = load(page.port, path, page.cookie)
        bare, bare_p99 = bare_load(f"{gateway.state}/newsroom", size)
        say(f"newsroom: {path}: {ours:.0f} requests a second, p99 {ours_p99:.1f} ms; libmicrohttpd alone {bare:.0f}, {bare_p99:.1f} ms")
        table.add(f"requests a second for {what}, {size} bytes", ours, ("libmicrohttpd alone", bare))


# -- from the second signature to accepted

def approve_and_send(gateway, first, second, line):
    """Milliseconds from the moment that the second editor's browser has signed to the answer that it is accepted."""
    draft = gateway.draft()
    sealed = pages.base64.b64decode(first.get(f"/api/drafts/{draft}").json()["sealed"])
    body = sealed[:-1]  # without the count of approvals

    def claim(name):
        return {"body": pages.encode(body), "signature": pages.signature(gateway, name, body)}

    answer = first.post(f"/api/drafts/{draft}/approvals", claim(gateway.editors[0]))
    site.want(f"the author's approval: {answer}", answer.status, 200)
    signed = claim(gateway.editors[1])
    begun = time.monotonic()
    line.post(f"/api/drafts/{draft}/approvals", signed)
    line.post(f"/api/drafts/{draft}/send", {})
    spent_ms = (time.monotonic() - begun) * 1000
    number = max(row["number"] for row in gateway.status()["bulletins"])
    gateway.wait_done(number)
    return spent_ms


def add_accepted(table, gateway, first, second):
    line = Line(second)
    times = sorted(approve_and_send(gateway, first, second, line) for _ in range(BULLETINS))
    table.add(f"second signature to accepted, {PEOPLE} subscribers, ms", statistics.median(times), ("the slowest", times[-1]),
              wanted=("each <= 300", times[-1] <= 300))


# -- watchers

def newsroom_memory_mib(gateway):
    return measure.memory_mib(gateway.pids("dabyl-newsroom"))[0]


def add_watchers(table, gateway, page):
    draft = gateway.draft()
    for name in gateway.editors:
        gateway.approve(draft, name)
    before_mib = newsroom_memory_mib(gateway)
    crowd = Crowd(page, max(row["number"] for row in gateway.status()["bulletins"]) + 1)
    crowd.start()
    try:
        gateway.ctl("send", str(draft))
        times = ask_all_the_while(page, time.monotonic() + DEADLINE_S, lambda: saw_through(crowd, PEOPLE) == WATCHERS)
        memory_mib = newsroom_memory_mib(gateway)
    finally:
        crowd.stop = True
        crowd.join()
    saw = saw_through(crowd, PEOPLE)
    table.add(f"watchers who saw {PEOPLE} phones reached, none dropped", saw, ("watchers", WATCHERS),
              wanted=("all", saw == WATCHERS and crowd.dropped == 0))
    p99_ms = times[int(len(times) * 0.99)] * 1000
    table.add(f"an API call meanwhile, 99th of 100 ({len(times)} calls), ms", p99_ms, ("median", statistics.median(times) * 1000),
              wanted=("< 100", p99_ms < 100))
    table.add(f"the newsroom's memory with {WATCHERS} watchers, MiB", memory_mib, ("without", before_mib))


def run(table, options):
    table.title(f"{CONNECTIONS} connections over TLS that stay; {MODEMS} modems that take {LATENCY_S * 1000:.0f} ms; all on this machine's cores")
    kb = first_load_kb()
    table.add("first load of the page, gzipped, KiB", kb, wanted=("<= 60", kb <= 60))
    port = pages.free_port()
    with site.Site(modems=MODEMS, latency=LATENCY_S, conf=pages.conf(port)) as gateway:
        first, second = pages.Page(port), pages.Page(port)
        pages.wait_page(first)
        for page, name in zip((first, second), gateway.editors):
            site.want("sign-in", page.sign_in(gateway, name).status, 201)
        gateway.import_people(site.people(PEOPLE))
        add_requests(table, gateway, first)
        add_accepted(table, gateway, first, second)
        add_watchers(table, gateway, first)
