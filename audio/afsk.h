/* afsk: AFSK1200, the packet radio of FM: Bell 202 tones, 1,200 bits a second; a bit 0 changes the tone, a bit 1 keeps it (NRZI);
 * frames stand between flags 01111110, and inside them a 0 follows five 1s (HDLC). A frame's bytes go lowest bit first.
 */
#ifndef AUDIO_AFSK_H
#define AUDIO_AFSK_H

#include "audio/ax25.h"
#include "audio/pcm.h"

#define AFSK_BAUD 1200.0
#define AFSK_MARK_HZ 1200.0
#define AFSK_SPACE_HZ 2200.0
#define AFSK_FLAG_BITS 8
#define AFSK_LEAD_FLAGS 45 /* 300 ms, while a receiver's squelch opens and its clock finds ours */
#define AFSK_NEXT_FLAGS 12 /* before another frame of the same transmission */
#define AFSK_LEAD_MAX 256

/* Samples of a frame (ax25_encode), known before it is sounded; lead: flags before it, at most AFSK_LEAD_MAX. */
size_t afsk_count_samples(const uint8_t *bytes, size_t size, unsigned lead, unsigned rate_hz);
/* Appends its sound, at pcm's rate. size is at most AX25_FRAME_MAX, peak 0..32767. */
void afsk_append(struct pcm *pcm, const uint8_t *bytes, size_t size, unsigned lead, double peak);

#endif
