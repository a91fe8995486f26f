"""speech: how intelligible (STOI) each spoken segment comes out of the channel, beside the clean synthesis."""
import concurrent.futures
import glob
import json
import os
import shutil
import statistics
import subprocess
import tempfile

from measure import ROOT, bench_program, say, site

LANGUAGES = ("kk", "ru", "en")
BULLETINS = 6  # of a long corpus, no more: each of its texts is heard twenty times
SEEDS = 2
TOP_DB = 5  # the signal to noise ratio of 700D that the row of equal peaks is about
# what is sent, the options of the channel; clean: none
PLAIN = (("clean", ()), ("still, +5 dB", ("--snr", "5")), ("still, 0 dB", ("--snr", "0")),
         ("MPP, +5 dB", ("--snr", "5", "--fading", "mpp")), ("MPP, 0 dB", ("--snr", "0", "--fading", "mpp")))
VOICE = (*PLAIN, ("still, -2 dB", ("--snr", "-2")), ("MPP, -2 dB", ("--snr", "-2", "--fading", "mpp")))
FAST = (*VOICE, ("MPD, +8 dB", ("--snr", "8", "--fading", "mpd")))
FM_CN_DB = (3, 6, 8, 10, 20)  # carrier to noise in 12.5 kHz
FM_FROM_DB = 6  # from here on 2400B is as it should be
FM = (("clean", ()), *((f"FM, C/N {cn_db} dB", ("--fm-cn", str(cn_db))) for cn_db in FM_CN_DB))
FM_FLAT = tuple((f"FM by data ports, C/N {cn_db} dB", ("--fm-cn", str(cn_db), "--fm-flat")) for cn_db in FM_CN_DB[:2])
SENT = {"plain": (*PLAIN, *FM[1:]), "700D": FAST, "700E": FAST, "2400B": (*FM, *FM_FLAT)}
# once measured through the vocoder alone: with our voice, and with the synthesiser's own
VOCODER, VOCODER_DEFAULT = "700C: .78-.82", "700C: .69-.71"


def load(paths):
    """Pairs of a language and a text."""
    bulletins = []
    for path in paths:
        with open(path, encoding="utf-8") as source:
            whole = source.read()
        bulletins += [json.loads(line) for line in (whole.splitlines() if path.endswith("l") else [whole]) if line.strip()]
    texts = []
    for bulletin in bulletins[:BULLETINS]:
        for language in LANGUAGES:
            parts = [bulletin.get(language, {}).get(part, "").rstrip(".") for part in ("headline", "instruction", "description")]
            text = ". ".join(part for part in parts if part)
            if text:
                texts.append((language, text))
    return texts


class Speech:
    """One text in a folder: clean, plain and as digital voice."""

    def __init__(self, folder, language, text):
        self.folder, self.language, self.text = folder, language, text
        done = subprocess.run([bench_program("speech_bench"), "say", language, folder], input=text, text=True,
                              capture_output=True, check=True)
        self.clean_crest_db, self.plain_crest_db, self.voice_crest_db = map(float, done.stdout.split())

    def path(self, name):
        return f"{self.folder}/{name}.wav"

    def score(self, kind, sound):
        out, _ = site.run(bench_program("speech_bench"), "score", self.path("clean"), kind, sound)
        return float(out)

    def hear(self, kind, channel):
        """Mean over the seeds; without a channel as it was made."""
        if not channel:
            return self.score(kind, self.path(kind))
        scores = []
        for seed in range(1, SEEDS + 1):
            site.run(site.program("dabyl-channelsim"), *channel, "--seed", str(seed), self.path(kind), self.path("heard"))
            scores.append(self.score(kind, self.path("heard")))
        return statistics.fmean(scores)

    def hear_default(self):
        """The synthesiser's own voice and pace through a clean 700D, beside itself."""
        clean = self.path("clean")
        subprocess.run(["espeak-ng", "-v", self.language, "-w", clean, "--", self.text], check=True, stderr=subprocess.DEVNULL)
        site.run(bench_program("speech_bench"), "voice", clean, self.path("default"))
        return self.score("700D", self.path("default"))


def equal_peak(crest_db, voice_crest_db):
    """The channel of speech with this crest whose transmitter peaks where 700D's has TOP_DB."""
    return ("--snr", f"{TOP_DB - (crest_db - voice_crest_db):.1f}")


def measure_text(folder, language, text):
    """Scores by what was sent and how."""
    speech = Speech(folder, language, text)
    found = {(kind, name): speech.hear(kind, channel) for kind, channels in SENT.items() for name, channel in channels}
    found["plain", "peak"] = speech.hear("plain", equal_peak(speech.plain_crest_db, speech.voice_crest_db))
    found["clean", "peak"] = speech.hear("clean", equal_peak(speech.clean_crest_db, speech.voice_crest_db))
    found["crest", "clean"] = speech.clean_crest_db
    found["crest", "plain"], found["crest", "700D"] = speech.plain_crest_db, speech.voice_crest_db
    if shutil.which("espeak-ng"):
        found["700D", "default"] = speech.hear_default()
    return found


def add_fm(table, mean):
    """2400B beside the plain speech of the same programme."""
    least = mean("2400B", "clean") - 0.1
    for name, _ in FM:
        cn_db = int(name.split()[-2]) if name != "clean" else FM_FROM_DB
        table.add(f"2400B, {name}", mean("2400B", name), ("plain", mean("plain", name)),
                  wanted=("clean -.1", mean("2400B", name) >= least) if cn_db >= FM_FROM_DB else None)
    for name, _ in FM_FLAT:
        table.add(f"2400B, {name}", mean("2400B", name), ("by microphone", mean("2400B", name.replace(" by data ports", ""))))


def run(table, options):
    texts = load(options.corpus or sorted(glob.glob(f"{ROOT}/deploy/examples/*.json")))
    with tempfile.TemporaryDirectory() as folder:

        def measure(i, text):
            home = f"{folder}/{i}"
            os.mkdir(home)
            found = measure_text(home, *text)
            say(f"speech: text {i + 1} of {len(texts)}, {text[0]}: 700D {found['700D', 'clean']:.2f}")
            return text[0], found

        # nothing here is timed: all cores at once
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            results = list(pool.map(measure, range(len(texts)), texts))

    def mean(*key, language=None):
        values = [found[key] for name, found in results if key in found and language in (None, name)]
        return statistics.fmean(values) if values else None

    table.title(f"intelligibility of speech (STOI; clean synthesis 1), mean of {len(texts)} texts, signal to noise in 3 kHz")
    for language in LANGUAGES:
        if mean("700D", "clean", language=language) is not None:
            table.add(f"700D, {language}, clean", mean("700D", "clean", language=language), (VOCODER, 0.80))
    table.add("700D, clean", mean("700D", "clean"), (VOCODER, 0.80), wanted=(">= .78", mean("700D", "clean") >= 0.78))
    if mean("700D", "default") is not None:
        table.add("the synthesiser's own voice, 700D, clean", mean("700D", "default"), (VOCODER_DEFAULT, 0.70),
                  wanted=("< ours", mean("700D", "default") < mean("700D", "clean")))
    for name, channel in FAST:
        if not channel:
            table.add("plain, clean", mean("plain", name), ("700D", mean("700D", name)))
            continue
        beside = [("clean 700D", mean("700D", "clean"))]
        beside += [("plain, same ratio", mean("plain", name))] if ("plain", name) in results[0][1] else []
        clear = name in ("still, +5 dB", "still, 0 dB")
        least = mean("700D", "clean") - 0.1
        table.add(f"700D, {name}", mean("700D", name), *beside,
                  wanted=("clean -.1", mean("700D", name) >= least) if clear else None)
    for name, _ in FAST:
        fast = name.startswith("MPD")
        table.add(f"700E, {name}", mean("700E", name), ("700D", mean("700D", name)),
                  wanted=("> 700D", mean("700E", name) > mean("700D", name)) if fast else None)
    table.add(f"plain, at the peak of 700D's +{TOP_DB} dB, still", mean("plain", "peak"),
              ("700D there", mean("700D", f"still, +{TOP_DB} dB")), ("not compressed", mean("clean", "peak")))
    table.add("crest of compressed plain speech, dB", mean("crest", "plain"), ("700D, clipped", mean("crest", "700D")),
              ("not compressed", mean("crest", "clean")))
    add_fm(table, mean)
