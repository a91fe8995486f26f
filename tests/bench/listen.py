"""listen: what the receiver costs while it searches and while it hears, and what being tuned wrong costs a listener."""
import os
import shutil
import subprocess
import tempfile

import air
from measure import say, site

SEARCH_S, HEAR_S = 300, 120
SEEDS, STARTS = 6, 4  # noises of the tuning rows, moments in each
OFFSETS = (-300, 300)
RATE_HZ = 8000
SEARCHING, HEARING = 25, 10  # per cent of a core, at most
TEXT = "DABYL 41: SHELTER AT ONCE\n"


def sound(path, *argv):
    with open(path, "wb") as out:
        subprocess.run([f"{site.BUILD}/tests/audio/sound_tool", *argv], stdout=out, check=True)
    return os.path.getsize(path) / 2 / RATE_HZ


def add_cost(table, what, cpu_s, seconds, limit):
    """Per cent of one core, if the sound takes its time."""
    cost = 100 * cpu_s / seconds
    say(f"listen: {what}: {cost:.1f} % of a core")
    table.add(f"{what}, % of one core", cost, ("at most", limit), wanted=(f"<= {limit}", cost <= limit))


def hear_cost(path, *more):
    """Processor time of the receiver for a recording."""
    with open(path, "rb") as source:
        before = os.times()
        subprocess.run([site.program("dabyl-rx"), "--unverified", "--lines", *more, "-"], stdin=source,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system


def add_hearing(table, folder):
    searched, heard, voice = f"{folder}/searched.raw", f"{folder}/heard.raw", f"{folder}/voice.wav"
    seconds = sound(searched, "disturb", str(SEARCH_S), "1")
    add_cost(table, "searching in noise, music and speech", hear_cost(searched), seconds, SEARCHING)
    add_cost(table, "the same, for voice too", hear_cost(searched, "--voice", voice), seconds, SEARCHING)
    seconds = sound(heard, "air", f"{air.VECTORS}/{air.ROSTER}", TEXT, str(HEAR_S), f"{air.VECTORS}/{air.BULLETIN}")
    add_cost(table, "hearing data", hear_cost(heard), seconds, HEARING)
    add_cost(table, "the same, for voice too", hear_cost(heard, "--voice", voice), seconds, HEARING)


def add_tuning(table, folder):
    """Seconds to a verified bulletin at 0 dB from many moments, tuned right and wrong."""
    sender, heard = air.Carousel(folder, air.BULLETIN, air.SOUND_S), f"{folder}/heard.wav"

    def mean(offset_hz):
        trials = []
        for seed in range(1, SEEDS + 1):
            air.play(sender.path, heard, "--snr", "0", "--offset", str(offset_hz), "--seed", str(seed))
            trials += sender.hear(heard, list(air.moments(sender, seed, SEEDS, STARTS)))
        return air.mean([trial.verified_s for trial in trials])

    tuned_s = mean(0)
    for offset_hz in OFFSETS:
        wrong_s = mean(offset_hz)
        say(f"listen: {offset_hz:+} Hz: {wrong_s:.1f} s, tuned {tuned_s:.1f} s")
        table.add(f"to a verified bulletin, tuned {offset_hz:+} Hz wrong, s", wrong_s, ("tuned right", tuned_s),
                  wanted=("<= 1.1 x", wrong_s <= 1.1 * tuned_s))


def run(table, options):
    folder = tempfile.mkdtemp(prefix="dabyl-bench-")
    try:
        table.title("listening: processor time while it searches and hears, and the cost of wrong tuning")
        add_hearing(table, folder)
        add_tuning(table, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
