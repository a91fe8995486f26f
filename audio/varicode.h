/* varicode: characters as bits, few for frequent ones: the MFSK varicode of IZ8BLY, by which MFSK16, MFSK32 and others send text
 * (published by ZL1BPU). A code begins with 1 and ends with 00; inside it no 1 follows 00, so that "001" is where one ends
 * and the next begins. Pure.
 */
#ifndef AUDIO_VARICODE_H
#define AUDIO_VARICODE_H

#include <stdint.h>

#define VARICODE_BITS_MAX 12
#define VARICODE_STX 0x02 /* before a text */
#define VARICODE_EOT 0x04 /* after it */

/* A character's code with its first bit highest; 0 for a character over 0x7f, which has none here. */
uint16_t varicode_encode(char character);
/* How many bits a code has. */
unsigned varicode_count(uint16_t code);
/* The character of a code, -1 if there is none. */
int varicode_decode(uint16_t code);

#endif
