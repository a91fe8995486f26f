/* mfsk: MFSK32 text, which fldigi on any hobbyist's computer shows down to about -12 dB SNR in 3 kHz. By ZL1BPU's published
 * description of MFSK16, at twice its speed as fldigi has it:
 *
 *   characters as varicode (mfsk_code.h), each bit coded as two (convolve.h), four of them a symbol, spread by an interleaver over
 *   30 symbols (the symbol's bit i, the highest being bit 0, comes 10 i symbols late), one of 16 tones each, neighbours being
 *   one bit apart (Gray). 31.25 symbols a second, tones 31.25 Hz apart, phase continuous: 469 Hz wide around MFSK_CENTRE_HZ.
 *
 * A text begins with some idle bits, CR, STX, CR and ends with CR, EOT, CR and what drives it out of the receiver.
 */
#ifndef AUDIO_MFSK_H
#define AUDIO_MFSK_H

#include "audio/pcm.h"

#include <stddef.h>

#define MFSK_RATE_HZ 8000
#define MFSK_CENTRE_HZ 1500.0
#define MFSK_TONES 16
#define MFSK_SYMBOL_SAMPLES 256
#define MFSK_SPACING_HZ ((double)MFSK_RATE_HZ / MFSK_SYMBOL_SAMPLES)
#define MFSK_SYMBOL_BITS 4
#define MFSK_STAGGER 10 /* symbols that each bit of a symbol comes later than the one before */
#define MFSK_TEXT_MAX 4096

/* Any text as MFSK32 carries it: ASCII; Latin letters lose their accents, No for the numero sign, ? for what has no likeness.
 * Terminated. ERR_LONG if it does not fit, ERR_TEXT if it is not UTF-8. */
ERR_CHECKED enum err mfsk_print_ascii(char *ascii, size_t size, const char *text);

/* Samples of a text in ASCII, known before it is sounded. */
size_t mfsk_count_samples(const char *ascii);

/* Appends the sound of a text in ASCII, at pcm's rate, which is MFSK_RATE_HZ. peak 0..32767. */
void mfsk_append(struct pcm *pcm, const char *ascii, double peak);

#endif
