/* fm_bench: packets and data frames for FM, and how many of them are heard.
 *
 * Usage: fm_bench packets COUNT OUT.wav     APRS bulletins of one whole line each, half a second between them, at 48,000 Hz
 *        fm_bench frames COUNT OUT.wav      datac3 frames of random bytes, at 48,000 Hz
 *        fm_bench hear packets|frames IN.wav  prints how many are heard (no frames joined of several copies)
 *        fm_bench raw HZ IN.wav             the samples at another rate on standard output
 */
#include "audio/afsk.h"
#include "audio/afsk_rx.h"
#include "audio/aprs.h"
#include "audio/datac.h"
#include "audio/wav.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CARD_HZ 48000
#define PEAK 16384.0
#define PAUSE_MS 500
#define COUNT_MAX 1000

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
            "%04u Almaty: shooting on Tole Bi street. Stay inside, lock doors", i);
        must(aprs_print_line(&frame, &line), "line");
        must(ax25_encode(bytes, &size, &frame), "frame");
        afsk_append(pcm, bytes, size, AFSK_LEAD_FLAGS, PEAK);
        pcm_append_silence(pcm, PAUSE_MS);
    }
}

static void make_frames(struct pcm *pcm, unsigned count)
{
    struct datac_modulator *modulator = datac_modulator_new();
    for (unsigned i = 0; i < count; i++) {
        uint8_t payload[DATAC_PAYLOAD_SIZE];
        for (size_t at = 0; at < sizeof payload; at++)
            payload[at] = (uint8_t)rand(); /* the same in each run: no seed is set */
        datac_modulate(modulator, pcm, payload, DATAC_GAP_MS);
    }
    datac_modulator_free(modulator);
}

static void make(const char *kind, unsigned count, const char *path)
{
    struct pcm pcm, wide;
    pcm_init(&pcm, DATAC_RATE_HZ);
    pcm_append_silence(&pcm, PAUSE_MS);
    if (strcmp(kind, "packets") == 0)
        make_packets(&pcm, count);
    else
        make_frames(&pcm, count);
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

static void hear(const char *kind, const char *path)
{
    struct pcm pcm;
    load(&pcm, path, DATAC_RATE_HZ);
    printf("%u\n", strcmp(kind, "packets") == 0 ? hear_packets(&pcm) : hear_frames(&pcm));
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

int main(int argc, char **argv)
{
    long count = argc == 4 ? strtol(argv[2], NULL, 10) : 0;
    if (argc == 4 && strcmp(argv[1], "hear") == 0)
        hear(argv[2], argv[3]);
    else if (argc == 4 && strcmp(argv[1], "raw") == 0 && count >= PCM_RATE_MIN_HZ)
        write_raw(argv[3], (unsigned)count);
    else if (count > 0 && count <= COUNT_MAX)
        make(argv[1], (unsigned)count, argv[3]);
    else
        must(ERR_VALUE, "words");
    return 0;
}
