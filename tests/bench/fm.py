"""fm: what comes through two FM radios: packets (AFSK1200) by our receiver and others', data frames (datac3)."""
import array
import re
import shutil
import subprocess
import tempfile
import wave

from measure import bench_program, say, site

PACKETS, FRAMES = 40, 10
CN_DB = (3, 6, 8, 9, 10, 12, 20)  # carrier to noise in 12.5 kHz
PACKETS_FROM_DB, FRAMES_FROM_DB = 12, 3  # from here on none should be lost
MULTIMON_HZ = 22050
LIMIT_S = 120


def output(*argv, **options):
    return subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, timeout=LIMIT_S,
                          **options).stdout.decode("utf-8", "replace")


def multimon(path):
    """It wants samples at its own rate: by straight lines between ours, which are close."""
    with wave.open(path) as file:
        samples, step = array.array("h", file.readframes(file.getnframes())), file.getframerate() / MULTIMON_HZ
    places = (divmod(i * step, 1) for i in range(int((len(samples) - 1) / step)))
    raw = array.array("h", (round(samples[int(i)] * (1 - part) + samples[int(i) + 1] * part) for i, part in places))
    return len(re.findall(r":BLN", output("multimon-ng", "-q", "-A", "-t", "raw", "-a", "AFSK1200", "-", input=raw.tobytes())))


def direwolf(path):
    return int(re.search(r"(\d+) packets decoded", output("atest", "-B", "1200", path)).group(1))


def hear(folder, kind, cn_db):
    heard = f"{folder}/heard.wav"
    site.run(site.program("dabyl-channelsim"), "--fm-cn", str(cn_db), "--seed", str(cn_db), f"{folder}/{kind}.wav", heard)
    out, _ = site.run(bench_program("fm_bench"), "hear", heard)
    return heard, [int(count) for count in out.split()]


def run(table, options):
    folder = tempfile.mkdtemp(prefix="dabyl-bench-")
    try:
        for kind, count in (("packets", PACKETS), ("frames", FRAMES)):
            site.run(bench_program("fm_bench"), kind, str(count), f"{folder}/{kind}.wav")
        table.title(f"through narrow-band FM (C/N in 12.5 kHz): of {PACKETS} packets of one line, of {FRAMES} datac3 frames")
        for cn_db in CN_DB:
            path, (packets, _) = hear(folder, "packets", cn_db)
            beside = [("direwolf", direwolf(path)), ("multimon-ng", multimon(path))]
            _, (_, frames) = hear(folder, "frames", cn_db)
            say(f"fm: C/N {cn_db} dB: packets {packets}, {beside}; frames {frames}")
            best = max(count for _, count in beside)
            wanted = (f"all {PACKETS}", packets == PACKETS) if cn_db >= PACKETS_FROM_DB else (
                "as the better one", packets >= best)
            table.add(f"packets at {cn_db} dB", packets, *beside, wanted=wanted)
            table.add(f"data frames at {cn_db} dB", frames, ("sent", FRAMES),
                      wanted=("all", frames == FRAMES) if cn_db >= FRAMES_FROM_DB else None)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
