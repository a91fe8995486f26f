/* pack_mixer: text model 1, BULLETIN_TEXT_MODEL_MIXER. Frozen: model, tables and priming text may never change under this
 * number; a better one gets a new number.
 *
 * The text as KZ-1048 bytes (pack_plain.h), then one 0x00 for its end. Each byte is coded bit by bit, highest first, by a
 * binary arithmetic coder. The probability of each bit is mixed (pack_predict.h) from what stood after the same context
 * before (pack_history.h), in the priming text (pack_prime.h) and in the text itself so far. Nothing is trained while
 * coding: the weights (pack_weights.c) were fitted once to the priming text, each text of it predicted from all others.
 * BLAKE2b-256 of the weights, each as 2 bytes, big-endian, in the order of struct pack_weights, 1,726 bytes in all, is
 * 8f75f77986db5a299b2d6d21f3a4e2c2b95136dcdb699c5b412144ec8daabee5
 *
 * Coder: low = 0, high = 0xffffffff, 32 bits each. For a bit with probability p of being 1, in 1/65536:
 *   range = high - low;  middle = low + (range / 65536) * p + (range mod 65536) * p / 65536
 *   a 1 sets high = middle, a 0 sets low = middle + 1
 *   while the highest bytes of low and high are the same: that byte is written, low = low * 256, high = high * 256 + 255
 * At the end the fewest bytes k of 0..4 are written such that they, followed by zeros, make a number v with low <= v <= high;
 * of several such v the least.
 * The decoder holds the 32 bits of the code that stand where low and high do, reads zeros after the end of the bytes, and
 * takes a bit as 1 if code <= middle. It never needs more than 4 bytes of zeros; whoever does, holds bytes that no encoder
 * makes. There is one encoding of a text: the decoder encodes along with the same probabilities and compares.
 *
 * Cost: about 1 ms to read the priming text and 3 us a byte; 0.9 MB of stack. Bytes made to be slow (thousands of repetitions,
 * each of which every context has seen before) take up to half a second: they are unpacked only where the seal was good, or
 * somebody asked to see what was not verified.
 */
#ifndef GATEWAY_BULLETIN_PACK_MIXER_H
#define GATEWAY_BULLETIN_PACK_MIXER_H

#include "gateway/base/buf.h"

/* Appends the code of KZ-1048 plain[0..size), which holds no 0x00. ERR_LONG without room or for more than 65,535 bytes with
 * the priming text. */
ERR_CHECKED enum err pack_mixer_encode(struct buf_out *out, const uint8_t *plain, size_t size);

/* Appends the KZ-1048 bytes, without the final 0x00. ERR_FORMAT for bytes that no encoder makes, ERR_LONG without room. */
ERR_CHECKED enum err pack_mixer_decode(struct buf_out *plain, const uint8_t *bytes, size_t size);

/* The priming text as KZ-1048 bytes. ERR_LONG without room. */
ERR_CHECKED enum err pack_mixer_prime(struct buf_out *plain);

#endif
