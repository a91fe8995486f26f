/* fm_bench: packets and data frames for FM, and how many of them are heard.
 *
 * Usage: fm_bench make packets COUNT OUT.wav  APRS bulletins of one whole line each, half a second between them, at 48,000 Hz
 *        fm_bench make frames COUNT OUT.wav   datac3 frames of random bytes, at 48,000 Hz
 *        fm_bench make fast COUNT OUT.wav     datac1 frames, the same
 *        fm_bench hear KIND IN.wav            prints how many are heard (no frames joined of several copies), and by the
 *                                             library's own receiver (0 of packets)
 *        fm_bench raw HZ IN.wav               the samples at another rate on standard output
 */
#include "audio/afsk.h"
#include "audio/afsk_rx.h"
#include "audio/aprs.h"
#include "audio/datac.h"
#include "audio/fast_rx.h"
#include "audio/wav.h"

#include <codec2/freedv_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CARD_HZ 48000
#define PEAK 16384.0
#define PAUSE_MS 500
#define COUNT_MAX 1000
#define LIBRARY_SAMPLES_MAX 16384

/* One of what is sent. */
struct kind {
    const char *name;
    void (*make)(struct pcm *pcm, unsigned count);
    unsigned (*hear)(const struct pcm *pcm);
    int mode; /* the library's; -1: none */
};

static void must(enum err err, const char *what)
{
    if (err == ERR_OK)
        return;
    fprintf(stderr, "fm_bench: %s: %s\n", what, err_text(err));
    exit(1);
}

static void make_packets(struct pcm *pcm, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        struct aprs_line line = {.source = "N0CALL", .name = (char)('0' + i % 10)};
        uint8_t bytes[AX25_FRAME_MAX];
        struct ax25 frame;
        size_t size;
        snprintf(line.text, sizeof line.text,
            "%04u Almaty: shooting on Tole Bi street. Stay inside, lock doors", i % COUNT_MAX);
        must(aprs_print_line(&frame, &line), "line");
        must(ax25_encode(bytes, &size, &frame), "frame");
        afsk_append(pcm, bytes, size, AFSK_LEAD_FLAGS, PEAK);
        pcm_append_silence(pcm, PAUSE_MS);
    }
}

/* The same in each run: no seed is set. */
static void fill(uint8_t *payload, size_t size)
{
    for (size_t at = 0; at < size; at++)
        payload[at] = (uint8_t)rand();
}

static void make_frames(struct pcm *pcm, unsigned count)
{
    struct datac_modulator *modulator = datac_modulator_new();
    for (unsigned i = 0; i < count; i++) {
        uint8_t payload[DATAC_PAYLOAD_SIZE];
        fill(payload, sizeof payload);
        datac_modulate(modulator, pcm, payload, DATAC_GAP_MS);
    }
    datac_modulator_free(modulator);
}

static void make_fast(struct pcm *pcm, unsigned count)
{
    struct datac_modulator *modulator = datac_fast_modulator_new();
    for (unsigned i = 0; i < count; i++) {
        uint8_t payload[DATAC_FAST_PAYLOAD_SIZE];
        fill(payload, sizeof payload);
        datac_fast_modulate(modulator, pcm, payload, DATAC_GAP_MS);
    }
    datac_modulator_free(modulator);
}

static void make(const struct kind *kind, unsigned count, const char *path)
{
    struct pcm pcm, wide;
    pcm_init(&pcm, DATAC_RATE_HZ);
    pcm_append_silence(&pcm, PAUSE_MS);
    kind->make(&pcm, count);
    pcm_append_silence(&pcm, DATAC_FLUSH_MS);
    must(pcm_resample(&wide, &pcm, CARD_HZ), "rate");
    must(wav_save(path, &wide), path);
    pcm_wipe(&pcm);
    pcm_wipe(&wide);
}

static void count_packet(void *arg, const struct ax25 *frame)
{
    struct aprs_line line;
    if (aprs_parse_line(&line, frame) == ERR_OK)
        ++*(unsigned *)arg;
}

static void pass_over(void *arg, const struct datac_packet *packet)
{
    (void)arg;
    (void)packet;
}

static void load(struct pcm *pcm, const char *path, unsigned rate_hz)
{
    struct pcm wide;
    must(wav_load(&wide, path), path);
    must(pcm_resample(pcm, &wide, rate_hz), "rate");
    pcm_wipe(&wide);
}

static unsigned hear_packets(const struct pcm *pcm)
{
    unsigned packets = 0;
    struct afsk_rx *rx = afsk_rx_new(count_packet, &packets);
    afsk_rx_take(rx, pcm->samples, pcm->count);
    afsk_rx_free(rx);
    return packets;
}

static unsigned hear_frames(const struct pcm *pcm)
{
    struct datac_demodulator *demodulator = datac_demodulator_new(pass_over, NULL);
    datac_demodulate(demodulator, pcm->samples, pcm->count);
    struct datac_counts counts = datac_count(demodulator);
    datac_demodulator_free(demodulator);
    return (unsigned)(counts.good - counts.joined);
}

static void pass_over_fast(void *arg, const struct fast_rx_packet *packet)
{
    (void)arg;
    (void)packet;
}

static unsigned hear_fast(const struct pcm *pcm)
{
    struct fast_rx *rx = fast_rx_new(pass_over_fast, NULL);
    fast_rx_take(rx, pcm->samples, pcm->count);
    struct fast_rx_counts counts = fast_rx_count(rx);
    fast_rx_free(rx);
    return (unsigned)counts.good;
}

/* As upstream's freedv_data_raw_rx does it. */
static unsigned hear_library(const struct pcm *pcm, int mode)
{
    struct freedv *freedv = freedv_open(mode);
    unsigned count = 0;
    size_t at = 0, wanted;
    if (freedv == NULL)
        must(ERR_SYSTEM, "modem");
    freedv_set_frames_per_burst(freedv, 1);
    while (wanted = (size_t)freedv_nin(freedv),
        at + wanted <= pcm->count && wanted <= LIBRARY_SAMPLES_MAX) {
        int16_t samples[LIBRARY_SAMPLES_MAX];
        uint8_t packet[DATAC_PAYLOAD_SIZE_MAX + 2];
        memcpy(samples, pcm->samples + at, wanted * sizeof samples[0]);
        at += wanted;
        count += freedv_rawdatarx(freedv, packet, samples) > 0;
    }
    freedv_close(freedv);
    return count;
}

static void hear(const struct kind *kind, const char *path)
{
    struct pcm pcm;
    load(&pcm, path, DATAC_RATE_HZ);
    printf("%u %u\n", kind->hear(&pcm), kind->mode < 0 ? 0 : hear_library(&pcm, kind->mode));
    pcm_wipe(&pcm);
}

static void write_raw(const char *path, unsigned rate_hz)
{
    struct pcm pcm;
    load(&pcm, path, rate_hz);
    if (fwrite(pcm.samples, sizeof pcm.samples[0], pcm.count, stdout) != pcm.count)
        must(ERR_SYSTEM, "output");
    pcm_wipe(&pcm);
}

static const struct kind kinds[] = {
    {"packets", make_packets, hear_packets, -1},
    {"frames", make_frames, hear_frames, FREEDV_MODE_DATAC3},
    {"fast", make_fast, hear_fast, FREEDV_MODE_DATAC1},
};

static const struct kind *find_kind(const char *name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(kinds[i].name, name) == 0)
            return &kinds[i];
    must(ERR_VALUE, name);
    return NULL;
}

int main(int argc, char **argv)
{
    long count = argc == 5 ? strtol(argv[3], NULL, 10) : 0;
    if (argc == 4 && strcmp(argv[1], "hear") == 0)
        hear(find_kind(argv[2]), argv[3]);
    else if (argc == 4 && strcmp(argv[1], "raw") == 0)
        write_raw(argv[3], (unsigned)strtoul(argv[2], NULL, 10));
    else if (argc == 5 && strcmp(argv[1], "make") == 0 && count > 0 && count <= COUNT_MAX)
        make(find_kind(argv[2]), (unsigned)count, argv[4]);
    else
        must(ERR_VALUE, "words");
    return 0;
}
