#!/usr/bin/env python3
"""mixer: a second decoder of text model 1, written from the comments of gateway/bulletin/pack_{plain,mixer,history,predict}.h
alone; the priming text and the weights are read from pack_prime.c and pack_weights.c beside them. It trusts its input: it does
not check that the bytes are the one encoding of their text. Two seconds a text.

    python3 tests/vectors/mixer.py HEX...       prints each text, as JSON
"""
import collections
import json
import math
import os
import re
import sys

SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../gateway/bulletin")
OWN, LETTERS, LIMIT = 6, 8, 3071
LOGS = [round(256 * math.log(n + 0.15)) for n in range(256)]
SQUASH = [min(65535, round(65536 / (1 + math.exp(-i / 8)))) for i in range(97)]
ORDERS = (1, 2, 3, 4, 6)
PLAIN = [chr(b) if b < 128 else bytes([b]).decode("kz1048", "replace") for b in range(256)]


def prime():
    with open(f"{SOURCE}/pack_prime.c", encoding="utf-8") as file:
        body = file.read().split("texts[] =", 1)[1].split(";\n/*", 1)[0]
    marks = {"FIELD": b"\x01", "LANGUAGE": b"\x02", "END": b"\x00"}
    out = b""
    for literal, mark in re.findall(r'"((?:[^"\\]|\\.)*)"|(FIELD|LANGUAGE|END)', body):
        out += marks[mark] if mark else literal.encode("kz1048")
    return out


def weights():
    with open(f"{SOURCE}/pack_weights.c", encoding="utf-8") as file:
        text = file.read()
    tables = {}
    for name, body in re.findall(r"\.(\w+) =\s*(\{.*?\}),\s*(?=\.|\};)", text, re.S):
        numbers = [int(n) for n in re.findall(r"-?\d+", body)]
        tables[name] = numbers if name == "bias" else [numbers[i : i + 9] for i in range(0, len(numbers), 9)]
    return tables


def small(byte):
    letter = PLAIN[byte]
    good = letter.lower() in "abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщъыьэюяёәғқңөұүһі"
    return letter.lower().encode("kz1048")[0] if good else 0


def kind(byte):
    letter = PLAIN[byte]
    if letter in "0123456789":
        return 1
    if small(byte):
        return 2 if small(byte) == byte else 3
    return {" ": 4, "\0": 5, "\1": 6, "\2": 7, ".": 8, ",": 9, ":": 10, "-": 11, "\u2013": 11}.get(letter, 0)


SMALL = [small(b) for b in range(256)]
KIND = [kind(b) for b in range(256)]


class History:
    def __init__(self):
        self.bytes = bytearray()
        self.own = 1 << 30
        self.seen = collections.defaultdict(collections.Counter)
        self.word = self.previous = self.part = self.field = self.hits = 0
        self.numbers, self.expected = [], []

    def back(self, n):
        return self.bytes[-n] if n <= len(self.bytes) else 0

    def keys(self):
        """The contexts before the next byte, each with a name of its own; None where there is none."""
        last, size = self.back(1), len(self.bytes)
        for n in ORDERS:
            yield (n, bytes(self.bytes[-n:])) if n <= size else ((1, b"\0") if n == 1 else None)
        yield ("word", self.word) if self.word and size else None
        yield ("words", self.previous, self.word, None if self.word else last) if size else None
        yield ("place", self.part, self.field, KIND[last])

    def order(self):
        best = 0
        for n in range(1, 7):
            if n <= len(self.bytes) and self.seen["long", bytes(self.bytes[-n:])]:
                best = n
        return best

    def expect(self):
        inside = 48 <= self.back(1) <= 57 and self.numbers
        if not inside:
            return self.expected[len(self.numbers)] if len(self.numbers) < len(self.expected) else None
        index = len(self.numbers) - 1
        return self.expected[index] + len(self.bytes) - self.numbers[index] if index < len(self.expected) else None

    def counts(self):
        counts = [self.seen[key] if key else {} for key in self.keys()]
        at, inside = self.expect(), 48 <= self.back(1) <= 57
        numbers = 0 if at is None else 1 + inside
        counts.append({} if at is None else {self.bytes[at]: 1 + 2 * self.hits + inside})
        letters = 0
        while letters < LETTERS - 1 and SMALL[self.back(letters + 1)]:
            letters += 1
        return counts, self.order(), numbers, KIND[self.back(1)], letters

    def add(self, byte):
        size, digit, after = len(self.bytes), 48 <= byte <= 57, 48 <= self.back(1) <= 57
        weight = OWN if size >= self.own else 1
        for key in self.keys():
            if key:
                self.seen[key][byte] += weight
        for n in range(1, 7):
            if n <= size:
                self.seen["long", bytes(self.bytes[-n:])][byte] += 1
        at = self.expect()
        if at is not None and (after or digit):
            self.hits = min(3, self.hits + 1) if self.bytes[at] == byte else 0
        if digit and not after and len(self.numbers) < 64:
            self.numbers.append(size)
        if SMALL[byte]:
            self.word = (self.word * 0x2F5B + SMALL[byte] + 1) % 65536
        elif self.word:
            self.previous, self.word = self.word, 0
        if byte == 1:
            self.field = min(2, self.field + 1)
        if byte in (0, 2):
            self.field, self.expected, self.numbers, self.hits = 0, self.numbers, [], 1
            self.part = min(2, self.part + 1)
        if byte == 0:
            self.part, self.previous, self.expected, self.hits = 0, 0, [], 0
        self.bytes.append(byte)


def log(n):
    halved = 0
    while n >= 256:
        n, halved = n // 2, halved + 1
    return LOGS[n] + 177 * halved


def level(zeros, ones):
    n = zeros + ones
    return max(i for i, least in enumerate((0, 1, 2, 3, 4, 6, 12, 40)) if n >= least) + (8 if zeros and ones else 0)


def probability(w, state, prefix, known):
    counts, order, numbers, last, letters = state
    row = prefix if prefix < 32 else 27 + known
    total = w["bias"][row] * 256
    shift = 7 - known
    for c, seen in enumerate(counts):
        ones = sum(n for byte, n in seen.items() if (byte | 256) >> shift == prefix * 2 + 1)
        zeros = sum(n for byte, n in seen.items() if (byte | 256) >> shift == prefix * 2)
        if ones + zeros == 0:
            continue
        weight = (w["order"][3 * order + numbers][c] + w["prefix"][row][c] + w["last"][last][c]
                  + w["letters"][letters][c] + w["seen"][level(zeros, ones)][c])
        total += (log(ones) - log(zeros)) * weight
    z = min(LIMIT, abs(total) // 4096)
    p = SQUASH[z // 32] + (SQUASH[z // 32 + 1] - SQUASH[z // 32]) * (z % 32) // 32
    return p if total >= 0 or z == 0 else 65536 - p


def plain_to_text(plain):
    out, at = b"", 0
    while at < len(plain):
        if plain[at] != 0x1B:
            out += PLAIN[plain[at]].encode()
            at += 1
            continue
        lead = plain[at + 1]
        size = 1 if lead < 0x80 else 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
        out += plain[at + 1 : at + 1 + size]
        at += 1 + size
    return out.decode()


def decode(packed):
    history, w = History(), weights()
    for byte in prime():
        history.add(byte)
    history.own = len(history.bytes)
    low, high, at, start = 0, 0xFFFFFFFF, 4, len(history.bytes)
    code = int.from_bytes((packed + bytes(4))[:4], "big")
    while True:
        state, prefix = history.counts(), 1
        for known in range(8):
            p = probability(w, state, prefix, known)
            span = high - low
            middle = low + span // 65536 * p + span % 65536 * p // 65536
            bit = code <= middle
            low, high = (low, middle) if bit else (middle + 1, high)
            while low >> 24 == high >> 24:
                low, high = low << 8 & 0xFFFFFFFF, (high << 8 & 0xFFFFFFFF) | 255
                code = (code << 8 & 0xFFFFFFFF) | (packed[at] if at < len(packed) else 0)
                at += 1
            prefix = prefix * 2 + bit
        if prefix == 256:
            return plain_to_text(bytes(history.bytes[start:]))
        history.add(prefix - 256)


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        print(json.dumps(decode(bytes.fromhex(argument)), ensure_ascii=False))
