/* hdlc: frames out of a stream of bits: between flags 01111110, without the 0 that follows five 1s. Pure; any bits may come.
 */
#ifndef AUDIO_HDLC_H
#define AUDIO_HDLC_H

#include "audio/ax25.h"

#include <stdbool.h>

struct hdlc {
    unsigned pattern; /* the last eight bits, the newest the highest */
    bool inside;      /* between a flag and whatever ends the frame */
    unsigned bits;    /* of the byte that is being filled */
    unsigned byte;
    size_t size;
    uint8_t bytes[AX25_FRAME_MAX];
};

void hdlc_init(struct hdlc *hdlc);
/* Takes a bit. True if a frame of whole bytes ended with it: then *size bytes are in hdlc->bytes until the next bit; its check
 * sequence is not looked at. */
bool hdlc_take(struct hdlc *hdlc, size_t *size, bool bit);

#endif
