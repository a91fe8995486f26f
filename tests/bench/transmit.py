"""transmit: what a transmitter costs: processor time while it makes a programme, and while it sends it."""
import os
import re
import tempfile
import time

import measure
from measure import say, site

SEND_S = 30
KEYED_S = 180
CARD = "pcm.nothing { type null }\n"


def spent_s(pid):
    """Of the process, and of the children that it has waited for."""
    with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    own, children = sum(map(int, fields[11:13])), sum(map(int, fields[13:15]))
    return own / measure.TICKS_A_S, children / measure.TICKS_A_S


def keyed(gateway):
    return gateway.status()["on_air"]["state"] == "keyed"


def measure_site(table, gateway):
    gateway.publish()
    site.until("on the air", lambda: keyed(gateway), KEYED_S)
    pids = gateway.pids("dabyl-radio")
    radio = max(pids, key=lambda pid: spent_s(pid)[1])
    rendered_s = spent_s(radio)[1]
    length_s = int(re.search(r"rendered number=\d+ seconds=(\d+)", gateway.log()).group(1))
    before = sum(spent_s(pid)[0] for pid in pids)
    time.sleep(SEND_S)
    cost = 100 * (sum(spent_s(pid)[0] for pid in pids) - before) / SEND_S
    site.want("still on the air", keyed(gateway), True)
    say(f"transmit: {length_s} s of programme made in {rendered_s:.1f} s, sent with {cost:.1f} % of a core")
    table.add("a programme in three languages, picture and both files, made, s", rendered_s, ("its length", length_s),
              wanted=("<= 1 / 10", rendered_s <= length_s / 10))
    table.add("sending it, radio and keyer, % of one core", cost, wanted=("<= 5", cost <= 5))


def run(table, options):
    table.title("transmitting: processor time")
    with tempfile.NamedTemporaryFile("w", suffix=".conf") as cards:
        cards.write(CARD)
        cards.flush()
        os.environ["ALSA_CONFIG_PATH"] = cards.name
        try:
            with site.Site(conf='radio { card = "nothing" }\n') as gateway:
                measure_site(table, gateway)
        finally:
            del os.environ["ALSA_CONFIG_PATH"]
