"""fm: what comes through two FM radios: packets (AFSK1200) by our receiver and others', data frames (datac3, datac1) by ours and the
library's."""
import re
import shutil
import subprocess
import tempfile

from measure import bench_program, output, say, site

PACKETS, FRAMES = 100, 10
CN_DB = (3, 6, 8, 9, 10, 12, 20)  # carrier to noise in 12.5 kHz
PACKETS_FROM_DB = 12  # from here on none should be lost
DATA = {"frames": ("datac3", 3), "fast": ("datac1", 9)}  # and of these from there on
CHANCE = 2  # of 100: what another receiver may have more by chance
MULTIMON_HZ = 22050  # it takes no other rate


def multimon(path):
    samples = subprocess.Popen([bench_program("fm_bench"), "raw", str(MULTIMON_HZ), path], stdout=subprocess.PIPE)
    with samples:
        done = subprocess.run(["multimon-ng", "-q", "-A", "-t", "raw", "-a", "AFSK1200", "-"], stdin=samples.stdout,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    site.want("exit code of fm_bench raw", samples.returncode, 0)
    return len(re.findall(rb":BLN", done.stdout))


def direwolf(path):
    return int(re.search(r"(\d+) packets decoded", output("atest", "-B", "1200", path)).group(1))


def hear(folder, kind, cn_db):
    """The recording, how many we hear, how many the library does."""
    heard = f"{folder}/heard.wav"
    output(site.program("dabyl-channelsim"), "--fm-cn", str(cn_db), "--seed", str(cn_db), f"{folder}/{kind}.wav", heard)
    ours, library = output(bench_program("fm_bench"), "hear", kind, heard).split()
    return heard, int(ours), int(library)


def add_point(table, folder, cn_db):
    path, packets, _ = hear(folder, "packets", cn_db)
    beside = [("direwolf", direwolf(path)), ("multimon-ng", multimon(path))]
    best = max(count for _, count in beside)
    wanted = (f"all {PACKETS}", packets == PACKETS) if cn_db >= PACKETS_FROM_DB else (
        f">= the better one - {CHANCE}", packets >= best - CHANCE)
    table.add(f"packets at {cn_db} dB", packets, *beside, wanted=wanted)
    said = [f"packets {packets}, {beside}"]
    for kind, (mode, from_db) in DATA.items():
        _, frames, library = hear(folder, kind, cn_db)
        said.append(f"{mode} {frames}, library {library}")
        table.add(f"{mode} frames at {cn_db} dB", frames, ("library", library),
                  wanted=("all", frames == FRAMES) if cn_db >= from_db else (">= library", frames >= library))
    say(f"fm: C/N {cn_db} dB: " + "; ".join(said))


def run(table, options):
    folder = tempfile.mkdtemp(prefix="dabyl-bench-")
    try:
        for kind, count in (("packets", PACKETS), *((kind, FRAMES) for kind in DATA)):
            output(bench_program("fm_bench"), "make", kind, str(count), f"{folder}/{kind}.wav")
        table.title(f"through narrow-band FM (C/N in 12.5 kHz): of {PACKETS} packets of one line, of {FRAMES} data frames of each kind")
        for cn_db in CN_DB:
            add_point(table, folder, cn_db)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
