"""air: how long a listener waits for a verified bulletin of three frames, through the channel simulator."""
import json
import os
import random
import shutil
import statistics
import tempfile

from measure import ROOT, bench_program, say, site

VECTORS = f"{ROOT}/tests/vectors"
BULLETIN = "bulletins/alert-kk-ru-plain.bulletin"  # 344 bytes in two languages, two approvals
ROSTER = "rosters/staff.bulletin"
SYMBOL = 121
GAP_S = 0.2
SEEDS = 6  # noises, from the start and from the middle of a frame
ROUND_S = 45  # of sound for these
STARTS = 4  # moments in each recording
LAST_START_S, SOUND_S = 60, 150
REST_S = SOUND_S - LAST_START_S
# signal to noise in 3 kHz, fading, recordings of it, mean seconds wanted or None
CHANNELS = (("5", "none", 3, None), ("0", "none", 6, 12.5), ("-3", "none", 4, None), ("-5", "none", 4, None),
            ("0", "mpp", 10, 15.5), ("0", "mpg", 10, None))


class Trial:
    """verified_s and enough_s are None if it never came."""

    def __init__(self, line):
        verified, enough, frames, _ = line.split()
        self.verified_s = None if verified == "-" else float(verified)
        self.enough_s = float(enough) or None
        self.frames = int(frames)


class Air:
    """Carousels as sound in a folder, and who hears them."""

    def __init__(self, folder):
        self.folder = folder
        self.bulletin, self.roster = f"{VECTORS}/{BULLETIN}", f"{VECTORS}/{ROSTER}"
        self.frames = -(-os.path.getsize(self.bulletin) // SYMBOL)
        with open(f"{VECTORS}/rosters.json", encoding="utf-8") as source:
            self.fingerprint = next(row for row in json.load(source) if row["file"] == ROSTER)["fingerprint"]
        self.step_s = self.make("erasure", ROUND_S)
        self.make("erasure", SOUND_S)
        self.make("plain", SOUND_S)

    def path(self, kind, seconds):
        return f"{self.folder}/{kind}-{seconds}.wav"

    def make(self, kind, seconds):
        """Returns what a frame takes, with the gap behind it."""
        out, _ = site.run(bench_program("air_bench"), "make", self.bulletin, str(seconds), kind, self.path(kind, seconds))
        return float(out)

    def hear(self, kind, seconds, channel, starts):
        heard = f"{self.folder}/heard.wav"
        site.run(site.program("dabyl-channelsim"), *channel, self.path(kind, seconds), heard)
        out, _ = site.run(bench_program("air_bench"), "hear", self.bulletin, self.roster, self.fingerprint, heard,
                          *[f"{start_s:.3f}" for start_s in starts])
        return [Trial(line) for line in out.splitlines()]

    def least_s(self, start_s):
        """The next frame that is heard from its beginning, and so many as are needed, none of them lost."""
        return -start_s % self.step_s + self.frames * self.step_s - GAP_S


def mean(trials, field):
    """One that never came waits at least to the end of the recording."""
    return statistics.fmean(getattr(trial, field) or REST_S for trial in trials)


def add_start(table, air, what, start_s):
    trials = []
    for seed in range(1, SEEDS + 1):
        trials += air.hear("erasure", ROUND_S, ("--snr", "0", "--seed", str(seed)), [start_s])
    verified = [trial for trial in trials if trial.verified_s]
    say(f"air: {what}: {len(verified)} of {SEEDS} verified")
    table.add(f"{what}, verified of {SEEDS}", len(verified), ("tries", SEEDS), wanted=("all", len(verified) == SEEDS))
    if verified:
        table.add(f"{what}, s", mean(verified, "verified_s"), ("no frame lost", air.least_s(start_s)))
        heard = statistics.fmean(trial.frames for trial in verified)
        table.add(f"{what}, frames heard", heard, ("needed", air.frames),
                  wanted=(f"<= {air.frames + 1}", heard <= air.frames + 1))


def moments(air, seed, recordings):
    """When a listener tunes in: anywhere in a recording, spread evenly over a frame."""
    chance = random.Random(seed)
    for i in range(STARTS):
        phase = (seed - 1 + recordings * i + 0.5) / (recordings * STARTS)
        yield (chance.randrange(int(LAST_START_S / air.step_s)) + phase) * air.step_s


def add_channel(table, air, condition):
    snr, fading, recordings, wanted_s = condition
    starts, trials, plain = [], [], []
    for seed in range(1, recordings + 1):
        channel = ("--snr", snr, "--fading", fading, "--seed", str(seed))
        chosen = list(moments(air, seed, recordings))
        starts += chosen
        trials += air.hear("erasure", SOUND_S, channel, chosen)
        if fading != "none":
            plain += air.hear("plain", SOUND_S, channel, chosen)
    waited_s, enough_s = mean(trials, "verified_s"), mean(trials, "enough_s")
    missed = sum(trial.verified_s is None for trial in trials)
    latest_s = sorted(trial.verified_s or REST_S for trial in trials)[int(0.95 * len(trials)) - 1]
    where = f"{snr} dB {'still' if fading == 'none' else fading}"
    say(f"air: from any moment, {where}: {waited_s:.1f} s")
    table.add(f"from any moment, {where}, s" + (f", {missed} never" if missed else ""), waited_s,
              ("no frame lost", statistics.fmean(air.least_s(start_s) for start_s in starts)),
              *([("plain repetition", mean(plain, "verified_s"))] if plain else []),
              wanted=(f"<= {wanted_s}", waited_s <= wanted_s) if wanted_s else None)
    table.add(f"the same, beside its frames, {where}", waited_s, ("enough frames demodulated", enough_s),
              wanted=("<= 1.05 x", waited_s <= 1.05 * enough_s))
    table.add(f"the same, 95 of 100, {where}, s", latest_s)


def run(table, options):
    folder = tempfile.mkdtemp(prefix="dabyl-bench-")
    try:
        air = Air(folder)
        table.title(f"seconds on the air to a verified bulletin of {air.frames} frames (datac3); noise in 3 kHz")
        add_start(table, air, "one pass from its start, 0 dB still", 0)
        add_start(table, air, "from the middle of a frame, 0 dB still", air.step_s / 2)
        for condition in CHANNELS:
            add_channel(table, air, condition)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
