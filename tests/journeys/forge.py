"""forge: makes and signs bulletins in Python alone, also such as no tool of ours would make.

The curve is that of the second decoder, tests/vectors/reader.py; the bytes follow the table in gateway/bulletin/wire.h.
"""
import base64
import hashlib
import os
import sys

sys.path.append(os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "vectors"))
import reader as curve  # noqa: E402

MAGIC = 0xB1
EXTREME, IMMEDIATE, OBSERVED, SECURITY, SHELTER, SHOOTING = 4, 4, 4, 2, 0, 1
ENGLISH, REFERENCE = 0x20, 1
KINDS = {"alert": 0, "update": 1, "retract": 2, "all-clear": 3, "drill": 4}


def compress(p):
    inverse = pow(p[2], curve.P - 2, curve.P)
    x, y = p[0] * inverse % curve.P, p[1] * inverse % curve.P
    return (y | (x & 1) << 255).to_bytes(32, "little")


class Key:
    """An Ed25519 key from a seed of 32 bytes, RFC 8032, 5.1.5."""

    def __init__(self, name, seed):
        self.name = name
        digest = hashlib.sha512(seed).digest()
        self.prefix = digest[32:]
        self.scalar = int.from_bytes(digest[:32], "little") & (1 << 254) - 8 | 1 << 254
        self.public = compress(curve.multiply(self.scalar, curve.BASE))

    def sign(self, body):
        def number(*pieces):
            return int.from_bytes(hashlib.sha512(b"".join(pieces)).digest(), "little") % curve.L
        nonce = number(self.prefix, body)
        point = compress(curve.multiply(nonce, curve.BASE))
        rest = (nonce + number(point, self.public, body) * self.scalar) % curve.L
        return point + rest.to_bytes(32, "little")

    def public_line(self):
        return f"dabyl-editor {self.name} {base64.b64encode(self.public).decode()}\n"


def make_body(newsroom, number, sent, lifetime_min=60, kind="alert", follows=0, headline="Forged", regions=1,
              severity=EXTREME):
    text = f"{headline}\x01\x01".encode()
    body = bytes([MAGIC]) + bytes.fromhex(newsroom) + number.to_bytes(3, "big")
    body += (int(sent) - curve.EPOCH).to_bytes(4, "big") + lifetime_min.to_bytes(2, "big")
    body += bytes([KINDS[kind] << 4 | severity << 1 | (REFERENCE if follows else 0), IMMEDIATE << 5 | OBSERVED << 2,
                   SECURITY << 4 | SHELTER, SHOOTING]) + regions.to_bytes(3, "big")
    body += bytes(2) + bytes([ENGLISH]) + len(text).to_bytes(2, "big") + text
    return body + (follows.to_bytes(3, "big") if follows else b"")


def seal(body, *signers):
    """signers: (index in the roster, key)."""
    return body + bytes([len(signers)]) + b"".join(bytes([index]) + key.sign(body) for index, key in signers)
