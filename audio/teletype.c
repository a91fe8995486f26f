#include "audio/teletype.h"

#include "audio/fsk.h"

#include <string.h>

#define LEAD_BITS 30.0 /* of mark, by which a receiver knows that somebody is there */
#define TAIL_BITS 20.0
#define CHARACTER_BITS 10.0
#define DATA_BITS 8

size_t teletype_count_samples(const char *text, unsigned rate_hz)
{
    double bits = LEAD_BITS + CHARACTER_BITS * (double)strlen(text) + TAIL_BITS;

    return fsk_count_samples(TELETYPE_BAUD, bits, rate_hz);
}

void teletype_append(struct pcm *pcm, const char *text, double peak)
{
    struct fsk fsk = {.mark_hz = TELETYPE_MARK_HZ,
        .space_hz = TELETYPE_SPACE_HZ,
        .baud = TELETYPE_BAUD,
        .peak = peak};

    fsk_put(&fsk, pcm, true, LEAD_BITS);
    for (; *text != '\0'; text++) {
        fsk_put(&fsk, pcm, false, 1.0);
        for (unsigned bit = 0; bit < DATA_BITS; bit++)
            fsk_put(&fsk, pcm, ((unsigned char)*text >> bit & 1) != 0, 1.0);
        fsk_put(&fsk, pcm, true, 1.0);
    }
    fsk_put(&fsk, pcm, true, TAIL_BITS);
}
