/* erasure: systematic Reed-Solomon over GF(256): an object of k symbols becomes 2k, of which any k rebuild it.
 *
 * The field is GF(2)[x] modulo x^8 + x^4 + x^3 + x^2 + 1 (0x11d). Symbol i < k is source symbol i. Symbol i, k <= i < 2k,
 * is the sum over j of source symbol j times 1 / (i XOR j): a Cauchy matrix, each square part of which can be inverted.
 * Pure; bytes of a symbol are independent of each other.
 */
#ifndef AUDIO_ERASURE_H
#define AUDIO_ERASURE_H

#include "gateway/base/err.h"

#include <stddef.h>
#include <stdint.h>

#define ERASURE_SYMBOL_SIZE 121 /* bytes */
#define ERASURE_K_MAX 16
#define ERASURE_SOURCE_MAX ((size_t)ERASURE_K_MAX * ERASURE_SYMBOL_SIZE)

struct erasure_symbol {
    uint8_t index; /* 0..2k-1 */
    uint8_t bytes[ERASURE_SYMBOL_SIZE];
};

/* Symbols that an object of size bytes makes: 1..ERASURE_K_MAX, 0 if it is empty or too long. */
unsigned erasure_count(size_t size);

/* One symbol of source[k * ERASURE_SYMBOL_SIZE]. ERR_VALUE for k or index out of range. */
ERR_CHECKED enum err erasure_encode(
    struct erasure_symbol *symbol, const uint8_t *source, unsigned k, unsigned index);

/* Rebuilds source[k * ERASURE_SYMBOL_SIZE] from k symbols of different index, in any order. ERR_VALUE for k or an
 * index out of range or an index that stands twice. Wrong bytes in make wrong bytes out: the caller checks. */
ERR_CHECKED enum err erasure_decode(
    uint8_t *source, const struct erasure_symbol *const *symbols, unsigned k);

#endif
