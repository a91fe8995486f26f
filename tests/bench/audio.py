"""audio: sound that one core makes or hears, times real time, by processor time."""
import wave

import measure
from measure import bench_program, say, site

# what audio_bench prints, how it is called, what is wanted
PARTS = (
    ("speech", "speech synthesis", 50),
    ("voice-encode", "digital voice (700D), encode", 20),
    ("voice-decode", "digital voice (700D), decode", 20),
    ("data-encode", "data (datac3), encode", 20),
    ("data-decode", "data (datac3), decode", 20),
    ("resample-up", "resampling 8 to 48 kHz", 20),
    ("resample-down", "resampling 48 to 8 kHz", 20),
)


def seconds(path):
    with wave.open(path) as sound:
        return sound.getnframes() / sound.getframerate()


def add(table, what, sound_s, cpu_s, wanted):
    times = sound_s / max(cpu_s, 1e-6)
    say(f"audio: {what}: {times:,.0f} times real time")
    table.add(what, times, ("real time", 1), wanted=(f">= {wanted}", times >= wanted))


def add_programme(table):
    """A whole broadcast, made and heard by the programs themselves."""
    with site.Site() as gateway:
        number = gateway.publish()
        sealed, sound = gateway.path("41.bulletin"), gateway.path("air.wav")
        gateway.ctl("bulletin", "export", str(number), "-o", sealed)
        trust = ("--roster", gateway.path("roster.bulletin"), "--fingerprint", gateway.fingerprint)
        _, cpu_s = measure.run_timed(site.program("dabyl-radio"), "render", "--bulletin", sealed, *trust, "--rate", "8000",
                                     "-o", sound)
        add(table, "a whole programme, rendered", seconds(sound), cpu_s, 20)
        for what, more in (("data", ()), ("data and voice", ("--voice", gateway.path("voice.wav")))):
            out, cpu_s = measure.run_timed(site.program("dabyl-rx"), *trust, "--json", *more, sound)
            site.want_in("the decoder's output", '"verified":true', out.replace(" ", ""))
            add(table, f"a whole programme, {what} heard", seconds(sound), cpu_s, 20)


def run(table, options):
    table.title("sound made or heard by one core, times real time")
    out, _ = site.run(bench_program("audio_bench"))
    figures = {name: (float(sound), float(cpu)) for name, sound, cpu in map(str.split, out.splitlines())}
    for name, what, wanted in PARTS:
        add(table, what, *figures[name], wanted)
    add_programme(table)
