/* ldpc: the error-correcting code of datac3 (codec2's H_1024_2048_4f): 1,024 bits and as many that check them, each of these
 * the sum of some of the first and of the check before it. Decoded by sum-product over its graph. Pure.
 */
#ifndef AUDIO_LDPC_H
#define AUDIO_LDPC_H

#include <stdbool.h>
#include <stdint.h>

#define LDPC_DATA_BITS 1024
#define LDPC_CODE_BITS 2048
#define LDPC_EDGES_MAX 14 /* of a check */

struct ldpc {
    uint8_t count[LDPC_DATA_BITS];
    uint16_t bits[LDPC_DATA_BITS][LDPC_EDGES_MAX]; /* that each check sums up */
};

void ldpc_init(struct ldpc *ldpc);

/* likely: for each bit the logarithm of how much likelier it is 0 than 1; improved in place. True once all checks hold. At most
 * so many rounds, each about 0.3 ms. */
bool ldpc_decode(const struct ldpc *ldpc, float likely[LDPC_CODE_BITS], unsigned rounds);

/* The checking bits of data. Both as one bit a byte. */
void ldpc_encode(uint8_t code[LDPC_CODE_BITS], const struct ldpc *ldpc);

#endif
