/* air_bench: how long a listener waits for a verified bulletin, from any moment of a data carousel, and which frames come through.
 *
 * Usage: air_bench make BULLETIN SECONDS plain|erasure OUT.wav
 *        air_bench hear BULLETIN ROSTER FINGERPRINT HEARD.wav START...
 *        air_bench frames BULLETIN HEARD.wav
 *
 * make writes the carousel of one sealed bulletin: its symbols in the carousel's order, or, to compare, only its source symbols
 * again and again; it prints how many frames the bulletin needs and how many seconds a frame takes with the gap behind it.
 *
 * hear tunes in at START seconds, gives the sound to the receiver in pieces as they come, and prints for each: the seconds until the
 * bulletin was verified, or "-" if it was not to the end, and the frames heard. It judges as of the bulletin's sent time.
 *
 * frames listens to the whole sound of make erasure with our receiver and with the library's own, and prints a line for each frame:
 * the seconds when ours had it by itself, or together with earlier copies, and when the library's had it; "-" for never.
 */
#include "audio/carousel.h"
#include "audio/collect.h"
#include "audio/datac.h"
#include "audio/wav.h"
#include "gateway/bulletin/quorum.h"

#include <codec2/freedv_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PIECE_SAMPLES 400 /* 50 ms */
#define SECONDS_MAX 1200
#define FRAMES_MAX 400
#define PACKET_SIZE (DATAC_PAYLOAD_SIZE + 2) /* with its CRC */
#define LIBRARY_SAMPLES_MAX 16384
#define EARLY_S 0.3 /* before a burst's end a receiver may have its frame */

struct file {
    size_t size;
    uint8_t bytes[WIRE_SEALED_MAX];
};

struct listener {
    const struct roster *roster;
    const struct file *bulletin;
    struct datac_demodulator *demodulator;
    struct collect collect;
    unsigned frames;
    bool verified;
};

/* When each frame of a carousel was heard, in seconds; 0 for never. */
struct account {
    const struct file *bulletin;
    struct datac_demodulator *demodulator;
    uint64_t joined; /* so far */
    double alone_s[FRAMES_MAX], together_s[FRAMES_MAX], library_s[FRAMES_MAX];
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

static void load_sound(struct pcm *pcm, const char *path)
{
    must(wav_load(pcm, path), path);
    if (pcm->rate_hz != DATAC_RATE_HZ)
        fail(path, "is not of 8,000 samples a second");
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
    unsigned k = erasure_count(bulletin->size);
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
        next_frame(bytes, &carousel, k, erasure);
        datac_modulate(modulator, &pcm, bytes, DATAC_GAP_MS);
    }
    printf("%u %.6f\n", k, (double)pcm.count / frames / DATAC_RATE_HZ);
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
    listener->frames++;
    if (collect_add(&listener->collect, &found, packet->payload) == ERR_OK)
        judge(listener, &found);
}

static void hear(struct listener *listener, const struct pcm *pcm, double start_s)
{
    size_t first = (size_t)(start_s * DATAC_RATE_HZ), at = first;
    collect_init(&listener->collect);
    listener->frames = 0;
    listener->verified = false;
    listener->demodulator = datac_demodulator_new(take_packet, listener);
    while (!listener->verified && at + PIECE_SAMPLES <= pcm->count) {
        datac_demodulate(listener->demodulator, pcm->samples + at, PIECE_SAMPLES);
        at += PIECE_SAMPLES;
    }
    if (listener->verified)
        printf("%.3f", (double)(at - first) / DATAC_RATE_HZ);
    else
        printf("-");
    printf(" %u\n", listener->frames);
    datac_demodulator_free(listener->demodulator);
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
    load_sound(&pcm, argv[5]);
    listener.roster = &roster;
    listener.bulletin = &bulletin;
    for (int i = 6; i < argc; i++)
        hear(&listener, &pcm, strtod(argv[i], NULL));
    pcm_wipe(&pcm);
}

static double frame_seconds(void)
{
    return (double)datac_burst_samples(DATAC_GAP_MS) / DATAC_RATE_HZ;
}

/* Which frame it is: of those with its symbol the last one that had been sent whole by when it was heard. A receiver may be late, where it
 * tries again what it had put aside. False if it is none of the bulletin's. */
static bool find_frame(
    unsigned *number, const struct account *account, const uint8_t *payload, double heard_s)
{
    unsigned symbols = 2 * erasure_count(account->bulletin->size);
    struct frame frame;
    uint8_t tag[FRAME_TAG_SIZE];
    double burst_s = (double)datac_burst_samples(0) / DATAC_RATE_HZ;
    unsigned last = (unsigned)((heard_s + EARLY_S - burst_s) / frame_seconds());
    frame_make_tag(tag, account->bulletin->bytes, account->bulletin->size);
    if (frame_decode(&frame, payload) != ERR_OK || last >= FRAMES_MAX ||
        memcmp(frame.tag, tag, sizeof tag) != 0 || frame.symbol.index > last)
        return false;
    *number = last - (last - frame.symbol.index) % symbols;
    return true;
}

static void note_ours(void *arg, const struct datac_packet *packet)
{
    struct account *account = arg;
    uint64_t joined = datac_count(account->demodulator).joined;
    double heard_s = (double)packet->at / DATAC_RATE_HZ;
    unsigned number;
    if (!find_frame(&number, account, packet->payload, heard_s))
        fail("our receiver", "a frame that was not sent");
    if (joined > account->joined)
        account->together_s[number] = heard_s;
    else
        account->alone_s[number] = heard_s;
    account->joined = joined;
}

static void hear_ours(struct account *account, const struct pcm *pcm)
{
    static const int16_t silence[DATAC_RATE_HZ * DATAC_FLUSH_MS / 1000];
    account->demodulator = datac_demodulator_new(note_ours, account);
    datac_demodulate(account->demodulator, pcm->samples, pcm->count);
    datac_demodulate(account->demodulator, silence, sizeof silence / sizeof silence[0]);
    datac_demodulator_free(account->demodulator);
}

/* As upstream's freedv_data_raw_rx does it. */
static void hear_library(struct account *account, const struct pcm *pcm)
{
    struct freedv *freedv = freedv_open(FREEDV_MODE_DATAC3);
    size_t at = 0, wanted;
    if (freedv == NULL)
        fail("library", "no modem");
    freedv_set_frames_per_burst(freedv, 1);
    while (wanted = (size_t)freedv_nin(freedv),
        at + wanted <= pcm->count && wanted <= LIBRARY_SAMPLES_MAX) {
        int16_t samples[LIBRARY_SAMPLES_MAX];
        uint8_t packet[PACKET_SIZE];
        unsigned number;
        memcpy(samples, pcm->samples + at, wanted * sizeof samples[0]);
        at += wanted;
        if (freedv_rawdatarx(freedv, packet, samples) != PACKET_SIZE)
            continue;
        double heard_s = (double)at / DATAC_RATE_HZ;
        if (!find_frame(&number, account, packet, heard_s))
            fail("the library's receiver", "a frame that was not sent");
        account->library_s[number] = heard_s;
    }
    freedv_close(freedv);
}

static void print_moment(double moment_s, char end)
{
    if (moment_s > 0)
        printf("%.3f%c", moment_s, end);
    else
        printf("-%c", end);
}

static void account_all(const struct file *bulletin, const char *path)
{
    static struct account account;
    struct pcm pcm;
    load_sound(&pcm, path);
    account.bulletin = bulletin;
    unsigned frames = (unsigned)((double)pcm.count / DATAC_RATE_HZ / frame_seconds());
    if (frames > FRAMES_MAX)
        fail(path, "is too long");
    hear_ours(&account, &pcm);
    hear_library(&account, &pcm);
    for (unsigned i = 0; i < frames; i++) {
        print_moment(account.alone_s[i], ' ');
        print_moment(account.together_s[i], ' ');
        print_moment(account.library_s[i], '\n');
    }
    pcm_wipe(&pcm);
}

int main(int argc, char **argv)
{
    struct file bulletin;
    must(seal_init(), "libsodium");
    if (argc == 6 && strcmp(argv[1], "make") == 0) {
        double seconds = strtod(argv[3], NULL);
        load(&bulletin, argv[2]);
        if (!(seconds > 0 && seconds <= SECONDS_MAX))
            fail("seconds", argv[3]);
        make(&bulletin, seconds, strcmp(argv[4], "plain") != 0, argv[5]);
    } else if (argc > 6 && strcmp(argv[1], "hear") == 0) {
        hear_all(argc, argv);
    } else if (argc == 4 && strcmp(argv[1], "frames") == 0) {
        load(&bulletin, argv[2]);
        account_all(&bulletin, argv[3]);
    } else {
        fail("usage", "air_bench make|hear|frames ...");
    }
    return 0;
}
