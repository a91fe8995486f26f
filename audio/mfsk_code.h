/* mfsk_code: characters as bits, few for frequent ones: the MFSK varicode of IZ8BLY, by which MFSK16, MFSK32 and others send text
 * (published by ZL1BPU). A code begins with 1 and ends with 00; inside it no 1 follows 00, so that "001" is where one ends
 * and the next begins. Pure. (varicode_encode and varicode_decode are names of codec2, which would take ours for its own.)
 */
#ifndef AUDIO_MFSK_CODE_H
#define AUDIO_MFSK_CODE_H

#include <stdint.h>

#define MFSK_CODE_BITS_MAX 12
#define MFSK_CODE_STX 0x02 /* before a text */
#define MFSK_CODE_EOT 0x04 /* after it */

/* A character's code with its first bit highest; 0 for a character over 0x7f, which has none here. */
uint16_t mfsk_code_encode(char character);
/* How many bits a code has. */
unsigned mfsk_code_count(uint16_t code);
/* The character of a code, -1 if there is none. */
int mfsk_code_decode(uint16_t code);

#endif
