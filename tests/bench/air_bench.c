/* air_bench: how long a listener waits for a verified bulletin, from any moment of a data carousel.
 *
 * Usage: air_bench make BULLETIN SECONDS plain|erasure OUT.wav
 *        air_bench hear BULLETIN ROSTER FINGERPRINT HEARD.wav START...
 *
 * make writes the carousel of one sealed bulletin: its symbols in the carousel's order, or, to compare, only its source
 * symbols again and again; it prints how many seconds a frame takes with the gap behind it. hear tunes in at START seconds, gives the sound to the receiver in pieces as they come, and prints
 * for each: the seconds until the bulletin was verified, the seconds until enough different frames had been demodulated,
 * frames heard, frames failed; or "- ..." if it was not to the end. It judges as of the bulletin's sent time.
 */
#include "audio/carousel.h"
#include "audio/collect.h"
#include "audio/rx_front.h"
#include "audio/wav.h"
#include "gateway/bulletin/quorum.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PIECE_SAMPLES 400 /* 50 ms */
#define SECONDS_MAX 1200

struct file {
    size_t size;
    uint8_t bytes[WIRE_SEALED_MAX];
};

struct listener {
    const struct roster *roster;
    const struct file *bulletin;
    struct rx_front *front;
    struct collect collect;
    uint32_t indices; /* different ones that were demodulated */
    unsigned frames;
    bool enough;
    bool verified;
};

static _Noreturn void fail(const char *what, const char *detail)
{
    fprintf(stderr, "air_bench: %s: %s\n", what, detail);
    exit(1);
}

static void must(enum err err, const char *what)
{
    if (err != ERR_OK)
        fail(what, err_text(err));
}

static void load(struct file *file, const char *path)
{
    FILE *in = fopen(path, "rb");
    if (in == NULL)
        fail(path, "cannot be read");
    file->size = fread(file->bytes, 1, sizeof file->bytes, in);
    fclose(in);
}

static void next_frame(
    uint8_t bytes[FRAME_SIZE], struct carousel *carousel, unsigned k, bool erasure)
{
    struct frame frame;
    do {
        must(carousel_next(carousel, bytes), "carousel");
        must(frame_decode(&frame, bytes), "frame");
    } while (!erasure && frame.symbol.index >= k);
}

static void make(const struct file *bulletin, double seconds, bool erasure, const char *path)
{
    struct carousel carousel;
    struct pcm pcm;
    struct datac_modulator *modulator = datac_modulator_new();
    const struct carousel_item item = {
        .object = FRAME_BULLETIN, .bytes = bulletin->bytes, .size = bulletin->size};
    carousel_init(&carousel);
    must(carousel_add(&carousel, &item), "bulletin");
    pcm_init(&pcm, DATAC_RATE_HZ);
    unsigned frames = 0;
    for (; (double)pcm.count < seconds * DATAC_RATE_HZ; frames++) {
        uint8_t bytes[FRAME_SIZE];
        next_frame(bytes, &carousel, erasure_count(bulletin->size), erasure);
        datac_modulate(modulator, &pcm, bytes, DATAC_GAP_MS);
    }
    printf("%.6f\n", (double)pcm.count / frames / DATAC_RATE_HZ);
    must(wav_save(path, &pcm), path);
    pcm_wipe(&pcm);
    datac_modulator_free(modulator);
}

static void judge(struct listener *listener, const struct collect_found *found)
{
    static struct bulletin bulletin;
    struct wire_sealed sealed;
    struct quorum quorum;
    if (wire_decode_sealed(&sealed, found->bytes, found->size) == ERR_OK &&
        quorum_accept(&bulletin, &quorum, listener->roster, &sealed, sealed.header.sent_s) ==
            ERR_OK)
        listener->verified = sealed.size == listener->bulletin->size &&
                             memcmp(found->bytes, listener->bulletin->bytes, sealed.size) == 0;
}

static void take_packet(void *arg, const struct datac_packet *packet)
{
    struct listener *listener = arg;
    struct collect_found found;
    struct frame frame;
    listener->frames++;
    if (frame_decode(&frame, packet->payload) == ERR_OK)
        listener->indices |= 1u << frame.symbol.index;
    listener->enough =
        (unsigned)__builtin_popcount(listener->indices) >= erasure_count(listener->bulletin->size);
    if (collect_add(&listener->collect, &found, packet->payload) == ERR_OK)
        judge(listener, &found);
}

static void take_text(void *arg, enum rx_text_mode mode, const char *line)
{
    (void)arg;
    (void)mode;
    (void)line;
}

static void hear(struct listener *listener, const struct pcm *pcm, double start_s)
{
    double enough_s = 0;
    size_t first = (size_t)(start_s * DATAC_RATE_HZ), at = first;
    collect_init(&listener->collect);
    listener->indices = listener->frames = 0;
    listener->enough = listener->verified = false;
    listener->front = rx_front_new(&(struct rx_front_handlers){take_packet, take_text, listener});
    while (!listener->verified && at + PIECE_SAMPLES <= pcm->count) {
        rx_front_push(listener->front, pcm->samples + at, PIECE_SAMPLES);
        at += PIECE_SAMPLES;
        if (listener->enough && enough_s <= 0)
            enough_s = (double)(at - first) / DATAC_RATE_HZ;
    }
    unsigned failed = (unsigned)rx_front_stats(listener->front).bad;
    if (listener->verified)
        printf("%.3f", (double)(at - first) / DATAC_RATE_HZ);
    else
        printf("-");
    printf(" %.3f %u %u\n", enough_s, listener->frames, failed);
    rx_front_free(listener->front);
}

static void hear_all(int argc, char **argv)
{
    static struct listener listener;
    static struct roster roster;
    struct file bulletin, bytes;
    struct pcm pcm;
    load(&bulletin, argv[2]);
    load(&bytes, argv[3]);
    must(roster_open(&roster, bytes.bytes, bytes.size, argv[4]), argv[3]);
    must(wav_load(&pcm, argv[5]), argv[5]);
    if (pcm.rate_hz != DATAC_RATE_HZ)
        fail(argv[5], "is not of 8,000 samples a second");
    listener.roster = &roster;
    listener.bulletin = &bulletin;
    for (int i = 6; i < argc; i++)
        hear(&listener, &pcm, strtod(argv[i], NULL));
    pcm_wipe(&pcm);
}

int main(int argc, char **argv)
{
    must(seal_init(), "libsodium");
    if (argc == 6 && strcmp(argv[1], "make") == 0) {
        struct file bulletin;
        double seconds = strtod(argv[3], NULL);
        load(&bulletin, argv[2]);
        if (!(seconds > 0 && seconds <= SECONDS_MAX))
            fail("seconds", argv[3]);
        make(&bulletin, seconds, strcmp(argv[4], "plain") != 0, argv[5]);
    } else if (argc > 6 && strcmp(argv[1], "hear") == 0) {
        hear_all(argc, argv);
    } else {
        fail("usage", "air_bench make|hear ...");
    }
    return 0;
}
