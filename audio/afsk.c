#include "audio/afsk.h"

#include "audio/fsk.h"

#define FLAG 0x7eu
#define TAIL_FLAGS 4
#define STUFF_AFTER 5
#define BITS_MAX                                                                                   \
    ((AFSK_LEAD_MAX + TAIL_FLAGS) * AFSK_FLAG_BITS + AX25_FRAME_MAX * 8 * 6 / STUFF_AFTER + 8)

/* Tones of a frame, one for each bit that is sent. */
struct tones {
    size_t count;
    unsigned ones;
    bool mark[BITS_MAX];
};

static void put_bit(struct tones *tones, bool bit)
{
    bool last = tones->count == 0 || tones->mark[tones->count - 1];

    tones->mark[tones->count++] = bit ? last : !last;
}

static void put_flags(struct tones *tones, unsigned count)
{
    for (unsigned i = 0; i < count * AFSK_FLAG_BITS; i++)
        put_bit(tones, (FLAG >> i % AFSK_FLAG_BITS & 1u) != 0);
}

static void put_byte(struct tones *tones, unsigned byte)
{
    for (unsigned i = 0; i < 8; i++) {
        bool bit = (byte >> i & 1u) != 0;

        put_bit(tones, bit);
        tones->ones = bit ? tones->ones + 1 : 0;
        if (tones->ones == STUFF_AFTER) {
            put_bit(tones, false);
            tones->ones = 0;
        }
    }
}

static void make_tones(struct tones *tones, const uint8_t *bytes, size_t size, unsigned lead)
{
    tones->count = 0;
    tones->ones = 0;
    put_flags(tones, lead);
    for (size_t i = 0; i < size; i++)
        put_byte(tones, bytes[i]);
    put_flags(tones, TAIL_FLAGS);
}

size_t afsk_count_samples(const uint8_t *bytes, size_t size, unsigned lead, unsigned rate_hz)
{
    struct tones tones;

    make_tones(&tones, bytes, size, lead);
    return fsk_count_samples(AFSK_BAUD, (double)tones.count, rate_hz);
}

void afsk_append(struct pcm *pcm, const uint8_t *bytes, size_t size, unsigned lead, double peak)
{
    struct fsk fsk = {
        .mark_hz = AFSK_MARK_HZ, .space_hz = AFSK_SPACE_HZ, .baud = AFSK_BAUD, .peak = peak};
    struct tones tones;

    make_tones(&tones, bytes, size, lead);
    for (size_t i = 0; i < tones.count; i++)
        fsk_put(&fsk, pcm, tones.mark[i], 1.0);
}
