"""mfsk: the words of a bulletin as MFSK32 text, read by the real fldigi and by our receiver: how long until all of them are there."""
import bisect
import os
import sys
import threading

from measure import ROOT, bench_program, output

sys.path.append(os.path.join(ROOT, "tests/audio"))
import fldigi  # noqa: E402

RATE_HZ = 8000
STEP_S = 0.5  # between moments at which somebody tunes in


def align(sent, heard):
    """For each word sent whether it was heard, by the fewest words changed, lost and added."""
    rows = [list(range(len(heard) + 1))]
    for i, word in enumerate(sent):
        row, above = [i + 1], rows[-1]
        for j, other in enumerate(heard):
            row.append(min(above[j] + (word != other), above[j + 1] + 1, row[j] + 1))
        rows.append(row)
    right, i, j = [False] * len(sent), len(sent), len(heard)
    while i and j:
        changed = sent[i - 1] != heard[j - 1]
        if rows[i][j] == rows[i - 1][j - 1] + changed:
            i, j = i - 1, j - 1
            right[i] = not changed
        elif rows[i][j] == rows[i - 1][j] + 1:
            i -= 1
        else:
            j -= 1
    return right


class Text:
    """The words of a bulletin, again and again, as sound in a file of at least so many seconds."""

    def __init__(self, bulletin, seconds, path):
        lines = output(bench_program("mfsk_bench"), "make", bulletin, str(seconds), path).splitlines()
        self.path, self.period_s = path, float(lines[0])
        words = [line.split() for line in lines[1:]]
        copies = -int(-seconds // self.period_s)
        self.count = len(words)
        self.words = [word for _, _, word in words] * copies
        self.begins_s = [float(begins) + i * self.period_s for i in range(copies) for begins, _, _ in words]
        self.ready_s = [float(ready) + i * self.period_s for i in range(copies) for _, ready, _ in words]

    def first_from(self, start_s):
        return bisect.bisect_left(self.begins_s, start_s)

    def wait_whole(self, right, start_s):
        """Until all words have come one after another without a fault, beginning with any; None if they never do."""
        run = 0
        for i in range(self.first_from(start_s), len(right)):
            run = run + 1 if right[i] else 0
            if run == self.count:
                return self.ready_s[i] - start_s
        return None

    def wait_each(self, right, start_s):
        """Until each word has come once without a fault."""
        missing = set(range(self.count))
        for i in range(self.first_from(start_s), len(right)):
            if right[i]:
                missing.discard(i % self.count)
            if not missing:
                return self.ready_s[i] - start_s
        return None


class Readers:
    """Who reads it: name and what finds the text in a recording. Use it with `with`."""

    def __enter__(self):
        self.fldigi, self.turn = fldigi.Fldigi(RATE_HZ), threading.Lock()
        return self

    def __exit__(self, *error):
        self.fldigi.__exit__(*error)

    def read(self, text, path):
        """For each reader which words were right."""
        with self.turn:
            theirs = self.fldigi.hear(path)
        ours = output(bench_program("mfsk_bench"), "hear", path)
        return {"fldigi": align(text.words, theirs.split()), "dabyl-rx": align(text.words, ours.split())}


def waits(wait, right, last_start_s):
    """What everybody waits who tunes in before last_start_s."""
    return [wait(right, i * STEP_S) for i in range(int(last_start_s / STEP_S))]
