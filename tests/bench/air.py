"""air: how long a listener waits for a verified bulletin, through the channel simulator, and which frames come through; beside the
same frames without an erasure code, the library's receiver, text, and Shannon's bound."""
import concurrent.futures
import itertools
import json
import math
import os
import random
import statistics
import tempfile

import mfsk
from measure import ROOT, bench_program, figure, output, say, site

VECTORS = f"{ROOT}/tests/vectors"
# the same words and two approvals: as they are, and packed by the text model
BULLETIN, PACKED = "bulletins/alert-kk-ru-plain.bulletin", "bulletins/alert-kk-ru-mixer.bulletin"
ROSTER = "rosters/staff.bulletin"
BAND_HZ = 3000
GAP_S = 0.2
SEEDS = 6  # noises, from the start and from the middle of a frame
ROUND_S = 45  # of sound for these
SOUND_S, LAST_START_S = 110, 50
REST_S = SOUND_S - LAST_START_S  # who has nothing by then counts as if it came now
STARTS = 6  # moments in each recording
AT_ONCE = 2  # recordings
LATE = 1.05
PARTS = 10000  # of a distribution that is averaged
# signal to noise in 3 kHz, fading, recordings of it
CHANNELS = ((5, "none", 2), (0, "none", 3), (-3, "none", 2), (-5, "none", 2), (5, "mpp", 6), (3, "mpp", 6), (0, "mpp", 6),
            (5, "mpg", 6), (3, "mpg", 6), (0, "mpg", 6))
SURE = [channel for channel in CHANNELS if channel[1] != "mpg"]  # where everybody gets it
# channel and frames: what the mean and 95 of 100 may be, seconds, or None
WANTED = {(5, "none", 3): (12, 14.5), (0, "none", 3): (12, 14.5), (0, "mpp", 3): (15, None)}


class Trial:
    """verified_s is None if it never came."""

    def __init__(self, line):
        verified, frames = line.split()
        self.verified_s = None if verified == "-" else float(verified)
        self.frames = int(frames)


class Carousel:
    """A bulletin as sound in a folder, and who hears it; plain: its source symbols again and again, no others."""

    def __init__(self, folder, bulletin, seconds, plain=False):
        kind = "plain" if plain else "erasure"
        self.bulletin, self.path = f"{VECTORS}/{bulletin}", f"{folder}/{os.path.basename(bulletin)}-{kind}-{seconds}.wav"
        needed, step = output(bench_program("air_bench"), "make", self.bulletin, str(seconds), kind, self.path).split()
        self.frames, self.step_s = int(needed), float(step)
        self.bits = 8 * os.path.getsize(self.bulletin)
        with open(f"{VECTORS}/rosters.json", encoding="utf-8") as source:
            fingerprint = next(row for row in json.load(source) if row["file"] == ROSTER)["fingerprint"]
        self.trust = (f"{VECTORS}/{ROSTER}", fingerprint)

    def hear(self, heard, starts):
        """What came of tuning in at these moments of a recording."""
        return [Trial(line) for line in output(bench_program("air_bench"), "hear", self.bulletin, *self.trust, heard,
                                               *[f"{start_s:.3f}" for start_s in starts]).splitlines()]

    def account(self, heard):
        """For each frame of a recording when ours had it alone, when together with others, when the library had it; or None."""
        return [[None if moment == "-" else float(moment) for moment in line.split()]
                for line in output(bench_program("air_bench"), "frames", self.bulletin, heard).splitlines()]

    def least_s(self, start_s):
        """The next frame that is heard from its beginning, and so many as are needed, none of them lost."""
        return -start_s % self.step_s + self.frames * self.step_s - GAP_S

    def collect_s(self, had_s, start_s, symbols):
        """Until as many different ones of so many symbols as are needed have come, by when each frame was had."""
        first, got = math.ceil(start_s / self.step_s), set()
        for number in range(first, len(had_s)):
            if had_s[number]:
                got.add(number % symbols)
            if len(got) == self.frames:
                return had_s[number] - start_s
        return None


def play(path, heard, *channel):
    output(site.program("dabyl-channelsim"), *channel, path, heard)


def mean(waits):
    """One that never came waits at least to the end of the recording."""
    return statistics.fmean(REST_S if wait is None else wait for wait in waits)


def latest(waits):
    """95 of 100 wait no longer."""
    return sorted(REST_S if wait is None else wait for wait in waits)[math.ceil(0.95 * len(waits)) - 1]


def moments(carousel, seed, recordings, starts=STARTS):
    """When a listener tunes in: anywhere in a recording, spread evenly over a frame."""
    chance = random.Random(seed)
    for i in range(starts):
        phase = (seed - 1 + recordings * i + 0.5) / (recordings * starts)
        yield (chance.randrange(int(LAST_START_S / carousel.step_s)) + phase) * carousel.step_s


def add_start(table, folder, what, part):
    """From a moment that is some part of a frame after the start."""
    carousel, trials = Carousel(folder, BULLETIN, ROUND_S), []
    for seed in range(1, SEEDS + 1):
        heard = f"{folder}/heard.wav"
        play(carousel.path, heard, "--snr", "0", "--seed", str(seed))
        trials += carousel.hear(heard, [part * carousel.step_s])
    verified = [trial for trial in trials if trial.verified_s]
    say(f"air: {what}: {len(verified)} of {SEEDS} verified")
    table.add(f"{what}, verified of {SEEDS}", len(verified), ("tries", SEEDS), wanted=("all", len(verified) == SEEDS))
    if verified:
        table.add(f"{what}, s", statistics.fmean(trial.verified_s for trial in verified),
                  ("each frame whole", carousel.least_s(part * carousel.step_s)))
        heard = statistics.fmean(trial.frames for trial in verified)
        table.add(f"{what}, frames heard", heard, ("needed", carousel.frames),
                  wanted=(f"<= {carousel.frames + 1}", heard <= carousel.frames + 1))


class Sounds:
    """All that is sent, in a folder."""

    def __init__(self, folder):
        self.folder = folder
        self.carousels = [Carousel(folder, name, SOUND_S) for name in (BULLETIN, PACKED)]
        self.plain = [Carousel(folder, name, SOUND_S, plain=True) for name in (BULLETIN, PACKED)]
        self.text = mfsk.Text(self.carousels[0].bulletin, SOUND_S, f"{folder}/text.wav")


class Found:
    """What came of one channel, recording after recording."""

    def __init__(self):
        self.accounts = []  # of each recording
        self.listeners = {}  # by frames needed: for each moment when it is, what dabyl takes, what plain repetition takes, account
        self.right = {}  # by reader of text: for each recording which words were right

    def add(self, account, listeners, right):
        self.accounts.append(account)
        for frames, rows in listeners.items():
            self.listeners.setdefault(frames, []).extend((*row, account) for row in rows)
        for reader, words in right.items():
            self.right.setdefault(reader, []).append(words)

    def ours(self, carousel):
        return [row[1] for row in self.listeners[carousel.frames]]

    def plain(self, carousel):
        return [row[2] for row in self.listeners[carousel.frames]]

    def from_account(self, carousel, field, symbols):
        """What everybody would wait for enough frames that came whole, by a field of the accounts."""
        return [carousel.collect_s([moments[field] for moments in account], start_s, symbols)
                for start_s, _, _, account in self.listeners[carousel.frames]]

    def text(self, reader, text, wait):
        return [one for right in self.right[reader] for one in mfsk.waits(wait, right, LAST_START_S)]


def hear_recording(sounds, readers, job):
    """One noise and one fading for all that is sent."""
    snr, fading, recordings, seed = job
    channel = ("--snr", str(snr), "--fading", fading, "--seed", str(seed))
    with tempfile.TemporaryDirectory(dir=sounds.folder) as home:
        heard, listeners = f"{home}/heard.wav", {}
        for carousel, plain in zip(sounds.carousels, sounds.plain):
            starts = list(moments(carousel, seed, recordings))
            play(plain.path, heard, *channel)
            beside = [trial.verified_s for trial in plain.hear(heard, starts)]
            play(carousel.path, heard, *channel)
            listeners[carousel.frames] = list(zip(starts, [trial.verified_s for trial in carousel.hear(heard, starts)], beside))
        account = sounds.carousels[-1].account(heard)  # what it carries does not matter to a frame
        play(sounds.text.path, heard, *channel)
        return account, listeners, readers.read(sounds.text, heard)


def hear_channels(sounds, readers):
    """Pairs of a channel and what came of it."""
    jobs = [(snr, fading, recordings, seed) for snr, fading, recordings in CHANNELS for seed in range(1, recordings + 1)]
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        results = pool.map(lambda job: hear_recording(sounds, readers, job), jobs)
        for channel in CHANNELS:
            found = Found()
            for result in itertools.islice(results, channel[2]):
                found.add(*result)
            say(f"air: from any moment, {print_channel(channel)}: {print_waits(found.ours(sounds.carousels[0]))} s")
            yield channel, found


# -- the table's parts

def print_channel(channel):
    snr, fading, _ = channel
    return (f"{snr:+}" if snr else "0") + f" dB {'still' if fading == 'none' else fading}"


def print_waits(waits, ours_s=None):
    """Mean and 95 of 100, and ours over the mean."""
    never = sum(wait is None for wait in waits)
    return (f"{figure(mean(waits))} / {figure(latest(waits))}" + (f", {never} never" if never else "") +
            (f" ({ours_s / mean(waits):.2f})" if ours_s else ""))


def shannon_s(bits, channel):
    """At the channel's capacity over the whole band; in fading the mean of it (each frequency's power is exponential)."""
    snr, fading, _ = channel
    power = 10 ** (snr / 10)
    parts = [(i + 0.5) / PARTS for i in range(PARTS)] if fading != "none" else [math.exp(-1)]
    return bits / (BAND_HZ * statistics.fmean(math.log2(1 - power * math.log(part)) for part in parts))


def add_bounds(table, sounds, channels):
    table.title("seconds from any moment to a verified bulletin: mean / 95 of 100 (dabyl's mean over it); noise in 3 kHz")
    table.grid_head(("channel", "frames", "dabyl", "each frame whole", "as its frames allow", "as the library's allow", "Shannon",
                     "wanted", "holds"))
    for carousel, (channel, found) in itertools.product(sounds.carousels, channels):
        ours, frames = found.ours(carousel), carousel.frames
        ours_s, bound_s = mean(ours), shannon_s(carousel.bits, channel)
        alone, library = [found.from_account(carousel, field, 2 * frames) for field in (0, 2)]
        mean_s, latest_s = WANTED.get((*channel[:2], frames), (None, None))
        wanted = [f"<= {LATE} x"] + [f"<= {one}" for one in (mean_s, latest_s) if one] + (["all"] if channel in SURE else [])
        holds = (ours_s <= LATE * min(mean(alone), mean(library)) and ours_s <= (mean_s or REST_S) and
                 latest(ours) <= (latest_s or REST_S) and not (channel in SURE and None in ours))
        table.grid([((print_channel(channel), str(frames), print_waits(ours),
                      print_waits([carousel.least_s(row[0]) for row in found.listeners[frames]], ours_s),
                      print_waits(alone, ours_s), print_waits(library, ours_s),
                      f"{figure(bound_s)} ({ours_s / bound_s:.1f})", ", ".join(wanted)), holds)])


def add_rivals(table, sounds, channels):
    table.title("the same beside the source symbols again and again, and beside the words as MFSK32 text, which nobody signs")
    table.grid_head(("channel", "frames", "dabyl", "plain, our receiver", "plain, library's receiver", "MFSK32, fldigi", "wanted",
                     "holds"))
    text = sounds.text
    for carousel, (channel, found) in itertools.product(sounds.carousels, channels):
        ours_s = mean(found.ours(carousel))
        rivals = (found.plain(carousel), found.from_account(carousel, 2, carousel.frames),
                  found.text("fldigi", text, text.wait_whole))
        table.grid([((print_channel(channel), str(carousel.frames), print_waits(found.ours(carousel)),
                      *[print_waits(rival, ours_s) for rival in rivals], "before others"),
                     all(ours_s <= mean(rival) for rival in rivals[1:]))])


def add_frames(table, channels):
    table.title("frames lost, of 100: our receiver and the library's on the same sound")
    table.grid_head(("channel", "frames", "dabyl, alone", "with earlier copies", "library", "ratio", "wanted", "holds"))
    for channel, found in channels:
        frames = [moments for account in found.accounts for moments in account]

        def lost(had):
            return 100 * sum(not had(moments) for moments in frames) / len(frames)

        alone, joined = lost(lambda moments: moments[0]), lost(lambda moments: moments[0] or moments[1])
        library = lost(lambda moments: moments[2])
        table.grid([((print_channel(channel), str(len(frames)), figure(alone), figure(joined), figure(library),
                      f"{joined / library:.2f}" if library else "-", "<= library"), joined <= library)])


def add_text(table, sounds, channels):
    text = sounds.text
    table.title(f"{text.count} words as MFSK32 text, {text.period_s:.1f} s: read by fldigi and by our receiver; not signed")
    table.grid_head(("channel", "reader", "words wrong, of 100", "all in a row, s", "each once, s", ""))
    for channel, found in channels:
        for reader, recordings in found.right.items():
            words = [word for right in recordings for word in right]
            table.grid([((print_channel(channel), reader, figure(100 * (1 - sum(words) / len(words))),
                          print_waits(found.text(reader, text, text.wait_whole)),
                          print_waits(found.text(reader, text, text.wait_each))), None)])


def run(table, options):
    with tempfile.TemporaryDirectory(prefix="dabyl-bench-") as folder, mfsk.Readers() as readers:
        sounds = Sounds(folder)
        sizes = " and ".join(str(carousel.bits // 8) for carousel in sounds.carousels)
        table.title(f"on the air, one bulletin in {sizes} bytes (datac3)")
        add_start(table, folder, "one pass from its start, 0 dB still", 0)
        add_start(table, folder, "from the middle of a frame, 0 dB still", 0.5)
        channels = list(hear_channels(sounds, readers))
        add_bounds(table, sounds, channels)
        add_rivals(table, sounds, channels)
        add_frames(table, channels)
        add_text(table, sounds, channels)
