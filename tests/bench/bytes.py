"""bytes: how small texts and sealed bulletins get, beside stock compressors at their best."""
import glob
import json
import shutil
import statistics
import subprocess

import measure
from measure import ROOT, bench_program, say, site

MODELS = (("model 0, plain", 0), ("model 1, mixer", 1), ("model 2, deflate", 2))
STOCK = (("zstd -19", ("zstd", "-19", "--no-check", "-q", "-c")), ("brotli -q 11", ("brotli", "-q", "11", "-c")))
SEAL = 155  # header 24, count 1, two approvals of 65
LONG = 175  # characters of a usual text, for the figure that is wanted


class Text:
    def __init__(self, line):
        name, plain, *sizes, sealed, text = line.split(" ", 6)
        self.language, self.plain, self.sealed, self.text = name, int(plain), int(sealed), json.loads(text)
        self.models = [None if size == "-" else int(size) for size in sizes]
        self.stock = {}

    def best(self):
        return min(size for size in self.models if size is not None)


def measure_texts(paths):
    out, _ = site.run(bench_program("bytes_bench"), *paths)
    texts = [Text(line) for line in out.splitlines()]
    for name, argv in STOCK:
        if shutil.which(argv[0]):
            for text in texts:
                done = subprocess.run(argv, input=text.text.encode(), capture_output=True, check=True)
                text.stock[name] = len(done.stdout)
    return texts


def mean(texts, size):
    sizes = [size(text) for text in texts]
    return None if None in sizes else statistics.fmean(sizes)


def add_rows(table, what, texts):
    beside = [("UTF-8", mean(texts, lambda text: text.plain))]
    beside += [(name, mean(texts, lambda text, i=i: text.models[i])) for name, i in MODELS]
    beside += [(name, mean(texts, lambda text, n=name: text.stock[n])) for name in texts[0].stock]
    table.add(what, mean(texts, Text.best), *[pair for pair in beside if pair[1] is not None])


def run(table, options):
    paths = options.corpus or sorted(glob.glob(f"{ROOT}/deploy/examples/*.json"))
    texts = measure_texts(paths)
    single = [text for text in texts if text.language != "all"]
    joined = [text for text in texts if text.language == "all"]
    say(f"bytes: {len(joined)} bulletins, {len(single)} texts")
    table.title(f"bytes, mean over {len(joined)} bulletins; ours is the smallest of our models for each")
    for language in ("kk", "ru", "en"):
        chosen = [text for text in single if text.language == language]
        if chosen:
            add_rows(table, f"one text, {language}", chosen)
    add_rows(table, "all languages of a bulletin as one", joined)
    share = sum(text.best() for text in single) / sum(len(text.text) for text in single)
    table.add(f"{LONG} characters, all languages", LONG * share, ("UCS-2", 2 * LONG), wanted=("<= 90", LONG * share <= 90))
    table.add("sealed, header and two approvals too", mean(joined, lambda text: text.sealed),
              ("UTF-8 with them", mean(joined, lambda text: text.plain + SEAL)))
    table.add("header and two approvals", SEAL, wanted=("<= 160", SEAL <= 160))
