"""sounds: what checks of the receiver share: programs, the broadcast of a frozen bulletin, its newsroom."""
import json
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.join(ROOT, os.environ.get("BUILD", "build"))
VECTORS = f"{ROOT}/tests/vectors"
ROSTER = "rosters/staff.bulletin"
BULLETIN = "bulletins/alert-kk-ru-plain.bulletin"
SENT_S = 1767268800  # of the bulletin
TEXT = "DABYL 41: SHELTER AT ONCE, CALL 112\n"

with open(f"{VECTORS}/rosters.json", encoding="utf-8") as rows:
    FINGERPRINT = next(row for row in json.load(rows) if row["file"] == ROSTER)["fingerprint"]
RX = (f"{BUILD}/bin/dabyl-rx", "--fingerprint", FINGERPRINT, "--now", str(SENT_S + 600))


def sound(*argv):
    return subprocess.run([f"{BUILD}/tests/audio/sound_tool", *argv], stdout=subprocess.PIPE, check=True).stdout


def broadcast(seconds=26, *bulletins):
    """Roster, bulletins and a line of text as raw samples at 8 kHz."""
    return sound("air", f"{VECTORS}/{ROSTER}", TEXT, str(seconds), *[f"{VECTORS}/{name}" for name in bulletins or (BULLETIN,)])


def want(what, got, wanted):
    if got != wanted:
        sys.exit(f"{what}: got {got!r}, want {wanted!r}")


def want_in(what, part, whole):
    if part not in whole:
        sys.exit(f"{what}: {part!r} is not in {whole!r}")
