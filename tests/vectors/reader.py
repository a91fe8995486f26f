#!/usr/bin/env python3
"""reader: a second decoder of bulletins and rosters, written from README.md and the tables of wire.h and roster.h alone.

Reads every vector and says whether it agrees: python3 tests/vectors/reader.py. Only Python's own library; slow, for checking.
"""
import hashlib
import json
import os
import re
import zlib

import mixer

HERE = os.path.dirname(os.path.abspath(__file__))
NOW = 1767268800
EPOCH = 1735689600
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
KINDS = "alert update retract all-clear drill".split()
NAMES = {
    "severity": "Unknown Minor Moderate Severe Extreme".split(),
    "urgency": "Unknown Past Future Expected Immediate".split(),
    "certainty": "Unknown Unlikely Possible Likely Observed".split(),
    "category": "Geo Met Safety Security Rescue Fire Health Env Transport Infra CBRNE Other".split(),
    "response": "Shelter Evacuate Prepare Execute Avoid Monitor Assess AllClear None".split(),
}
FIELDS = {"headline": 240, "instruction": 800, "description": 1200}
FORBIDDEN = [(0, 0x1F), (0x7F, 0x9F), (0x61C, 0x61C), (0x200E, 0x200F), (0x2028, 0x202E), (0x2066, 0x2069),
             (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0xFFFE, 0xFFFF)]


# mixer.py takes two seconds a text: of model 1 only these are unpacked
MIXER_LETTERS = 60
MIXER_BULLETINS = ("alert-kk-ru-en-mixer",)


class Refused(Exception):
    pass


def need(good, why):
    if not good:
        raise Refused(why)


class Cursor:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, size):
        need(self.at + size <= len(self.data), "short")
        self.at += size
        return self.data[self.at - size : self.at]

    def number(self, size):
        return int.from_bytes(self.take(size), "big")

    def left(self):
        return len(self.data) - self.at


def blake2b(data):
    return hashlib.blake2b(data, digest_size=32).digest()


def letters(digest, count):
    bits = int.from_bytes(digest, "big")
    return "".join(LETTERS[bits >> (256 - 5 * (i + 1)) & 31] for i in range(count))


# Ed25519 (RFC 8032, 5.1 and its appendix), points as (X, Y, Z, T)
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)
NEUTRAL = (0, 1, 1, 0)


def point(data):
    y, sign = int.from_bytes(data, "little") & (2**255 - 1), data[31] >> 7
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return (x, y, 1, x * y % P)


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def multiply(scalar, p):
    total = NEUTRAL
    while scalar:
        if scalar & 1:
            total = add(total, p)
        p, scalar = add(p, p), scalar >> 1
    return total


def same(p, q):
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def good_key(key):
    p = point(key)
    return p is not None and not same(p, NEUTRAL) and same(multiply(L, p), NEUTRAL)


def verifies(key, signature, body):
    a, r, s = point(key), point(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + body).digest(), "little") % L
    return same(multiply(s, BASE), add(r, multiply(challenge, a)))


def read_elements(data):
    """Those that are known: whether 2, it is for everyone, is among them, and what 3, stations, holds."""
    cursor, last, everyone, stations = Cursor(data), -1, False, None
    need(data, "flagged, but no element")
    while cursor.left():
        kind = cursor.number(1)
        value = cursor.take(cursor.number(1))
        need(kind > last, "order of elements")
        need(kind < 128, "unknown critical element")
        if kind == 2:
            need(value == b"\x01", "audience")
            everyone = True
        if kind == 3:
            need(value, "no stations")
            stations = value
        last = kind
    return everyone, stations


def check_header(b):
    if b["kind"] == 5:
        zero = ("severity", "urgency", "certainty", "category", "response", "event", "model", "follows")
        need(not any(b[name] for name in zero) and not b["languages"] and b["audit_head"] == "0000", "roster's header")
        need(b["regions"] == 1 and b["lifetime_min"] == 1440, "roster's header")
        return
    need(b["kind"] < len(KINDS) and all(b[name] < len(words) for name, words in NAMES.items()), "enumeration")
    need(1 <= b["lifetime_min"] <= 1440 and 0 < b["regions"] < 1 << 21 and b["languages"], "range")
    number, follows = b["number"], b["follows"]
    fits = {"alert": follows == 0, "drill": follows == 0, "retract": follows == number}
    need(fits.get(KINDS[b["kind"]], 0 < follows < number), "reference")


def take_apart(sealed):
    """wire.h: the header's fields, the packed text, the body, the approvals as (index, signature)."""
    c, b = Cursor(sealed), {}
    need(c.number(1) == 0xB1, "magic")
    b["newsroom"], b["number"], b["sent"] = c.take(2).hex(), c.number(3), EPOCH + c.number(4)
    b["lifetime_min"], what, when, code = c.number(2), c.number(1), c.number(1), c.number(1)
    b["kind"], b["severity"] = what >> 4, what >> 1 & 7
    b["urgency"], b["certainty"], b["category"], b["response"] = when >> 5, when >> 2 & 7, code >> 4, code & 15
    b["event"], b["regions"], b["audit_head"] = c.number(1), c.number(3), c.take(2).hex()
    model = c.number(1)
    b["model"] = model & 31
    b["languages"] = [name for name, bit in (("kk", 128), ("ru", 64), ("en", 32)) if model & bit]
    text = c.take(c.number(2))
    b["follows"] = c.number(3) if what & 1 else 0
    need(not when & 1 and (b["follows"] or not what & 1), "spare bit or empty reference")
    everyone, stations = read_elements(c.take(c.number(2))) if when & 2 else (False, None)
    need(not everyone or b["kind"] == 4, "audience of what is no drill")
    need(stations is None or b["kind"] == 5, "stations in what is no roster")
    if everyone:
        b["everyone"] = True
    if stations is not None:
        b["stations"] = stations
    body = sealed[: c.at]
    need(b["number"] > 0 and len(body) <= 1805, "number or size")
    check_header(b)
    approvals = []
    count = c.number(1)
    need(count <= 8, "too many approvals")
    for _ in range(count):
        approvals.append((c.number(1), c.take(64)))
        need(len(approvals) < 2 or approvals[-1][0] > approvals[-2][0], "order of approvals")
    need(c.at <= 1936 and not c.left(), "size")
    return b, text, body, approvals


def unpack_plain(data):
    text, at = "", 0
    while at < len(data):
        if data[at] != 0x1B:
            text, at = text + data[at : at + 1].decode("kz1048"), at + 1
            continue
        need(at + 1 < len(data), "torn escape")
        lead = data[at + 1]
        size = 1 if lead < 0x80 else 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
        letter = data[at + 1 : at + 1 + size].decode()
        need(letter == "\x1b" or letter.encode("kz1048", "ignore") == b"", "needless escape")
        text, at = text + letter, at + 1 + size
    return text


def unpack(model, data):
    try:
        if model == 0:
            return unpack_plain(data)
        if model == 1:
            return mixer.decode(data)
        need(model == 2, "unknown text model")
        stream = zlib.decompressobj(-15)
        text = stream.decompress(data, 7168)
        need(stream.eof and not stream.unused_data, "deflate")
        return text.decode()
    except (UnicodeDecodeError, zlib.error) as error:
        raise Refused(str(error)) from error


def read_texts(b, data):
    languages, texts = unpack(b["model"], data).split("\x02"), {}
    need(len(languages) == len(b["languages"]), "languages")
    for name, text in zip(b["languages"], languages):
        fields = text.split("\x01")
        need(len(fields) == len(FIELDS) and fields[0], "fields")
        for field, most in zip(fields, FIELDS.values()):
            need(len(field.encode()) <= most, "too long")
            need(not any(first <= ord(c) <= last for c in field for first, last in FORBIDDEN), "forbidden character")
        texts[name] = dict(zip(FIELDS, fields))
    return texts


def read_name(data):
    name = data.rstrip(b"\0")
    need(name and b"\0" not in name, "name")
    try:
        return name.decode()
    except UnicodeDecodeError as error:
        raise Refused("name") from error


def read_editor(c):
    editor = {"index": c.number(1), "public": c.take(32), "name": read_name(c.take(12))}
    editor["from"], editor["until"], revoked = EPOCH + c.number(4), EPOCH + c.number(4), c.number(1)
    need(revoked <= 1 and editor["from"] < editor["until"], "revoked or dates")
    editor["revoked"] = revoked == 1
    return editor


def read_station(c):
    station = {"public": c.take(32), "name": read_name(c.take(9)), "from": EPOCH + c.number(4), "until": EPOCH + c.number(4)}
    need(station["from"] < station["until"], "dates")
    return station


def read_stations(data):
    c = Cursor(data)
    need(len(data) % 49 == 0, "size of stations")
    return [read_station(c) for _ in range(len(data) // 49)]


def read_roster(sealed, fingerprint):
    b, text, body, approvals = take_apart(sealed)
    need(b["kind"] == 5, "not a roster")
    c = Cursor(text)
    key, approvals_needed, count = c.take(32), c.number(1), c.number(1)
    need(approvals_needed in (1, 2) and count <= 32, "range")
    editors = [read_editor(c) for _ in range(count)]
    need(not c.left(), "left over")
    need([index for index, _ in approvals] == [255] and verifies(key, approvals[0][1], body), "seal")
    need(blake2b(key)[:2].hex() == b["newsroom"] and letters(blake2b(key), 32) == fingerprint.replace("-", ""), "whose")
    stations = read_stations(b.get("stations", b""))
    keys, indices = [e["public"] for e in editors + stations], [e["index"] for e in editors]
    need(len({*keys, key}) == len(keys) + 1 and all(map(good_key, keys + [key])), "keys")
    need(indices == sorted(set(indices)) and 255 not in indices, "indices")
    return {"newsroom_key": key, "number": b["number"], "sent": b["sent"], "approvals": approvals_needed, "editors": editors,
            "stations": stations}


def read_bulletin(sealed, roster):
    b, text, body, approvals = take_apart(sealed)
    need(b["kind"] != 5, "a roster")
    need(blake2b(roster["newsroom_key"])[:2].hex() == b["newsroom"], "another newsroom")
    editors, counted = {e["index"]: e for e in roster["editors"]}, set()
    for index, signature in approvals:
        need(index in editors, "unknown editor")
        editor = editors[index]
        need(not editor["revoked"] and editor["from"] <= b["sent"] < editor["until"], "editor not valid")
        need(verifies(editor["public"], signature, body), "signature")
        counted.add(editor["public"])
    need(len(counted) >= (1 if KINDS[b["kind"]] == "retract" else roster["approvals"]), "not enough editors")
    b["texts"] = read_texts(b, text)
    need(b["sent"] - 600 <= NOW < b["sent"] + 60 * b["lifetime_min"], "time")
    del b["languages"]
    b["kind"] = KINDS[b["kind"]]
    b.update({name: words[b[name]] for name, words in NAMES.items()})
    return b, body, [index for index, _ in approvals]


def read_padded(data):
    text = data.rstrip(b"\0")
    need(all(0x20 <= byte <= 0x7E for byte in text), "text")
    return text.decode("ascii")


def read_ident(frame, roster):
    """audio/frame.h and ident.h: what a station says in a frame of its own."""
    need(len(frame) == 126 and frame[0] == 0x60 and frame[4] == 0, "head of the frame")
    symbol, c = frame[5:], Cursor(frame[5:])
    need(frame[1:4] == blake2b(symbol)[:3] and c.number(1) == 2, "tag or version")
    ident = {"newsroom": c.take(2).hex(), "number": c.number(3), "time": EPOCH + 60 * c.number(4), "in_force": c.number(1)}
    ident["call"], ident["times"] = read_padded(c.take(9)), read_padded(c.take(37))
    need(re.fullmatch("[A-Z0-9]{1,6}(-([1-9]|1[0-5]))?", ident["call"]), "call sign")
    need(blake2b(roster["newsroom_key"])[:2].hex() == ident["newsroom"], "another newsroom")
    statement, signature = b"\xb3" + symbol[:57], c.take(64)
    for station in roster["stations"]:
        if station["from"] <= ident["time"] < station["until"] and verifies(station["public"], signature, statement):
            return dict(ident, station=station["name"])
    raise Refused("no station has signed it")


def rows(name):
    with open(os.path.join(HERE, name), encoding="utf-8") as file:
        return json.load(file)


def content(row):
    with open(os.path.join(HERE, row["file"]), "rb") as file:
        data = file.read()
    assert data.hex() == row["sealed"], row["name"]
    return data


def check_good(rosters):
    for row in rows("keys.json"):
        digest = blake2b(bytes.fromhex(row["public"]))
        assert row["fingerprint"].replace("-", "") == letters(digest, 32) and row["newsroom_id"] == digest[:2].hex()
    for row in rows("texts.json"):
        if row["model"] != 1 or len(row["text"]) >= MIXER_LETTERS:
            assert unpack(row["model"], bytes.fromhex(row["packed"])) == row["text"], row["text"]
    for row in rows("rosters.json"):
        roster = rosters[row["name"]] = read_roster(content(row), row["fingerprint"])
        shown = dict(roster, newsroom_key=roster["newsroom_key"].hex(),
                     editors=[dict(e, public=e["public"].hex()) for e in roster["editors"]])
        assert not shown.pop("stations") and all(row[name] == value for name, value in shown.items()), row["name"]
    for row in rows("bulletins.json"):
        if row["bulletin"]["model"] == 1 and row["name"] not in MIXER_BULLETINS:
            continue
        bulletin, body, approvals = read_bulletin(content(row), rosters[row["roster"]])
        assert bulletin == row["bulletin"] and approvals == row["approvals"], row["name"]
        assert len(body) == row["body_size"] and letters(blake2b(body), 4) == row["code"], row["name"]


def check_audience(roster):
    for row in rows("audience.json"):
        bulletin, body, _ = read_bulletin(content(row), roster)
        assert (bulletin["kind"], bulletin.get("everyone", False)) == (row["kind"], row["everyone"]), row["name"]
        assert len(body) == row["body_size"] and letters(blake2b(body), 4) == row["code"], row["name"]


def check_stations(fingerprint):
    """The rosters that name some; returned is the one whose stations try to make bulletins."""
    found = {}
    for row in rows("stations.json"):
        roster = found[row["name"]] = read_roster(content(row), fingerprint)
        shown = [dict(station, public=station["public"].hex()) for station in roster["stations"]]
        assert shown == row["stations"] and roster["number"] == row["number"], row["name"]
        assert len(roster["editors"]) == row["editors"], row["name"]
    return found["two-stations"]


def check_idents(roster):
    for row in rows("idents.json"):
        ident = read_ident(bytes.fromhex(row["frame"]), roster)
        assert all(row[name] == value for name, value in ident.items()), row["name"]


def check_refused(name, read, load=content):
    for row in rows(name):
        try:
            read(load(row))
        except Refused:
            continue
        raise AssertionError(f"{row['name']} was taken: {row['why']}")


def main():
    rosters = {}
    check_good(rosters)
    fingerprint = next(row["fingerprint"] for row in rows("keys.json") if row["name"] == "newsroom")
    check_refused("negatives.json", lambda data: read_bulletin(data, rosters["staff"]))
    check_audience(rosters["staff"])
    check_refused("audience-refused.json", lambda data: read_bulletin(data, rosters["staff"]))
    check_refused("rosters-refused.json", lambda data: read_roster(data, fingerprint))
    stations = check_stations(fingerprint)
    check_refused("stations-refused.json", lambda data: read_roster(data, fingerprint))
    check_refused("stations-bulletins-refused.json", lambda data: read_bulletin(data, stations))
    check_idents(stations)
    check_refused("idents-refused.json", lambda data: read_ident(data, stations), lambda row: bytes.fromhex(row["frame"]))
    print("every vector is read as it should be")


if __name__ == "__main__":
    main()
