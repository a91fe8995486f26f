#include "audio/hdlc.h"

#define FLAG 0x7eu
#define ABORT 0xfeu   /* seven 1s */
#define STUFFED 0x7cu /* 0 behind five 1s, in the upper six bits */
#define STUFFED_BITS 0xfcu
#define FLAG_BITS_INSIDE 7 /* of a flag, before its last bit tells that it is one */

void hdlc_init(struct hdlc *hdlc)
{
    *hdlc = (struct hdlc){.inside = false};
}

static void put_bit(struct hdlc *hdlc, bool bit)
{
    hdlc->byte = hdlc->byte >> 1 | (bit ? 0x80u : 0u);
    if (++hdlc->bits < 8)
        return;
    hdlc->bits = 0;
    if (hdlc->size == sizeof(hdlc->bytes))
        hdlc->inside = false;
    else
        hdlc->bytes[hdlc->size++] = (uint8_t)hdlc->byte;
}

bool hdlc_take(struct hdlc *hdlc, size_t *size, bool bit)
{
    hdlc->pattern = (hdlc->pattern >> 1 | (bit ? 0x80u : 0u)) & 0xffu;
    if (hdlc->pattern == FLAG) {
        bool whole = hdlc->inside && hdlc->bits == FLAG_BITS_INSIDE && hdlc->size > 0;

        *size = hdlc->size;
        hdlc->inside = true;
        hdlc->bits = 0;
        hdlc->size = 0;
        return whole;
    }
    if (hdlc->pattern == ABORT)
        hdlc->inside = false;
    if (hdlc->inside && (hdlc->pattern & STUFFED_BITS) != STUFFED)
        put_bit(hdlc, bit);
    return false;
}
