"""speech: how intelligible (STOI) each spoken segment comes out of the channel, beside the clean synthesis."""
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
    """One text in a folder: clean, plain and as 700D."""

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
        return self.score("voice", self.path("default"))


def equal_peak(crest_db, voice_crest_db):
    """The channel of speech with this crest whose transmitter peaks where 700D's has TOP_DB."""
    return ("--snr", f"{TOP_DB - (crest_db - voice_crest_db):.1f}")


def measure_text(folder, language, text):
    """Scores by what was sent and how."""
    speech = Speech(folder, language, text)
    found = {("plain", name): speech.hear("plain", channel) for name, channel in PLAIN}
    found["plain", "peak"] = speech.hear("plain", equal_peak(speech.plain_crest_db, speech.voice_crest_db))
    found["clean", "peak"] = speech.hear("clean", equal_peak(speech.clean_crest_db, speech.voice_crest_db))
    found.update({("voice", name): speech.hear("voice", channel) for name, channel in VOICE})
    found["crest", "clean"] = speech.clean_crest_db
    found["crest", "plain"], found["crest", "voice"] = speech.plain_crest_db, speech.voice_crest_db
    if shutil.which("espeak-ng"):
        found["voice", "default"] = speech.hear_default()
    return found


def run(table, options):
    texts = load(options.corpus or sorted(glob.glob(f"{ROOT}/deploy/examples/*.json")))
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for i, (language, text) in enumerate(texts):
            home = f"{folder}/{i}"
            os.mkdir(home)
            results.append((language, measure_text(home, language, text)))
            say(f"speech: {i + 1} of {len(texts)} texts, {language}: 700D {results[-1][1]['voice', 'clean']:.2f}")

    def mean(*key, language=None):
        values = [found[key] for name, found in results if key in found and language in (None, name)]
        return statistics.fmean(values) if values else None

    table.title(f"intelligibility of speech (STOI; clean synthesis 1), mean of {len(texts)} texts, signal to noise in 3 kHz")
    for language in LANGUAGES:
        if mean("voice", "clean", language=language) is not None:
            table.add(f"700D, {language}, clean", mean("voice", "clean", language=language), (VOCODER, 0.80))
    table.add("700D, clean", mean("voice", "clean"), (VOCODER, 0.80), wanted=(">= .78", mean("voice", "clean") >= 0.78))
    if mean("voice", "default") is not None:
        table.add("the synthesiser's own voice, 700D, clean", mean("voice", "default"), (VOCODER_DEFAULT, 0.70),
                  wanted=("< ours", mean("voice", "default") < mean("voice", "clean")))
    for name, channel in VOICE:
        if not channel:
            table.add("plain, clean", mean("plain", name), ("700D", mean("voice", name)))
            continue
        beside = [("clean 700D", mean("voice", "clean"))]
        beside += [("plain, same ratio", mean("plain", name))] if ("plain", name) in results[0][1] else []
        clear = name in ("still, +5 dB", "still, 0 dB")
        least = mean("voice", "clean") - 0.1
        table.add(f"700D, {name}", mean("voice", name), *beside,
                  wanted=("clean -.1", mean("voice", name) >= least) if clear else None)
    table.add(f"plain, at the peak of 700D's +{TOP_DB} dB, still", mean("plain", "peak"),
              ("700D there", mean("voice", f"still, +{TOP_DB} dB")), ("not compressed", mean("clean", "peak")))
    table.add("crest of compressed plain speech, dB", mean("crest", "plain"), ("700D, clipped", mean("crest", "voice")),
              ("not compressed", mean("crest", "clean")))
