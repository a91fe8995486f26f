"""onair: for checks of the radio side: a bulletin that two editors have signed, and its broadcasts as sound through the channel."""
import array
import base64
import hashlib
import json
import os
import subprocess
import sys
import time
import wave

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.append(os.path.join(ROOT, "tests/journeys"))
import forge  # noqa: E402

BIN = os.path.join(ROOT, os.environ.get("BUILD", "build"), "bin")
NUMBER = 41
LIMIT_S = 120
MULTIMON_HZ = 22050


def run(*argv, **options):
    done = subprocess.run(argv, capture_output=True, timeout=LIMIT_S, **options)
    if done.returncode != 0:
        raise SystemExit(f"{argv}: exit code {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout.decode("utf-8", "replace")


def multimon(mode, path):
    """What multimon-ng prints of a sound file. It wants its own rate: by straight lines between samples, which at 48,000 Hz are close."""
    with wave.open(path) as file:
        samples, step = array.array("h", file.readframes(file.getnframes())), file.getframerate() / MULTIMON_HZ
    places = (divmod(i * step, 1) for i in range(int((len(samples) - 1) / step)))
    raw = array.array("h", (round(samples[int(i)] * (1 - part) + samples[int(i) + 1] * part) for i, part in places)).tobytes()
    return run("multimon-ng", "-q", "-A", "-t", "raw", "-a", mode, "-", input=raw)


class Bulletin:
    """Sealed, in a folder, with what a listener needs to trust it."""

    def __init__(self, folder, headline):
        self.folder = folder
        editors = [forge.Key(name, bytes([seed]) * 32) for seed, name in ((1, "AIDA"), (2, "MARAT"))]
        secret = ("--passphrase-file", self.write("passphrase", "only for this test\n"))
        files = []
        for editor in editors:
            files += ["--editor", self.write(f"{editor.name}.pub", editor.public_line())]
        key, roster = f"{folder}/newsroom.key", f"{folder}/roster"
        run(f"{BIN}/dabylctl", "key", "newsroom", "-o", key, *secret)
        run(f"{BIN}/dabylctl", "roster", "make", "--key", key, *secret, *files, "-o", roster)
        shown = json.loads(run(f"{BIN}/dabylctl", "roster", "show", roster, "--json"))
        public = json.loads(run(f"{BIN}/dabylctl", "key", "show", f"{key}.pub", "--json"))
        newsroom = hashlib.blake2b(base64.b64decode(public["public"].split()[2]), digest_size=32).hexdigest()[:4]
        indices = {row["name"]: row["index"] for row in shown["editors"]}
        body = forge.make_body(newsroom, NUMBER, time.time(), headline=headline)
        self.path = f"{folder}/sealed"
        with open(self.path, "wb") as out:
            out.write(forge.seal(body, *((indices[editor.name], editor) for editor in editors)))
        self.trust = ("--roster", roster, "--fingerprint", public["fingerprint"])
        self.code = self.verify(self.path)["check_code"]

    def write(self, name, text):
        with open(f"{self.folder}/{name}", "w", encoding="utf-8") as out:
            out.write(text)
        return f"{self.folder}/{name}"

    def verify(self, path):
        return json.loads(run(f"{BIN}/dabylctl", "bulletin", "verify", path, *self.trust, "--json"))

    def broadcast(self, programme, *channel):
        """As it arrives; the path of a sound file at 48,000 Hz. Channel: options of dabyl-channelsim(1)."""
        sent, heard = f"{self.folder}/sent.wav", f"{self.folder}/heard.wav"
        run(f"{BIN}/dabyl-radio", "render", "--bulletin", self.path, *self.trust, "--sender", "AZAT", "--call", "UN7ABC-10",
            "--programme", programme, "-o", sent)
        run(f"{BIN}/dabyl-channelsim", *channel, sent, heard)
        return heard
