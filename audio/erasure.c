#include "audio/erasure.h"

#include <string.h>

#define FIELD_REDUCE 0x1du /* what x^8 is, in lower powers */
#define FIELD_ORDER 255    /* of the multiplicative group */

struct erasure_matrix {
    uint8_t cell[ERASURE_K_MAX][ERASURE_K_MAX];
};

static uint8_t field_multiply(uint8_t a, uint8_t b)
{
    unsigned product = 0, shifted = a;
    for (unsigned bits = b; bits; bits >>= 1) {
        if (bits & 1)
            product ^= shifted;
        shifted = (shifted << 1) ^ (shifted & 0x80 ? 0x100 | FIELD_REDUCE : 0);
    }
    return (uint8_t)product;
}

/* a^254, which is 1/a for all but 0. */
static uint8_t field_invert(uint8_t a)
{
    uint8_t power = a;
    for (int i = 1; i < FIELD_ORDER - 1; i++)
        power = field_multiply(power, a);
    return power;
}

static void add_scaled(uint8_t *to, const uint8_t *from, uint8_t factor, size_t size)
{
    if (!factor)
        return;
    for (size_t i = 0; i < size; i++)
        to[i] ^= field_multiply(from[i], factor);
}

static void scale(uint8_t *bytes, uint8_t factor, size_t size)
{
    for (size_t i = 0; i < size; i++)
        bytes[i] = field_multiply(bytes[i], factor);
}

/* The weight of source symbol j in symbol index. */
static uint8_t coefficient(unsigned index, unsigned j, unsigned k)
{
    if (index < k)
        return index == j;
    return field_invert((uint8_t)(index ^ j));
}

unsigned erasure_count(size_t size)
{
    size_t count = (size + ERASURE_SYMBOL_SIZE - 1) / ERASURE_SYMBOL_SIZE;
    return count <= ERASURE_K_MAX ? (unsigned)count : 0;
}

enum err erasure_encode(
    struct erasure_symbol *symbol, const uint8_t *source, unsigned k, unsigned index)
{
    if (k < 1 || k > ERASURE_K_MAX || index >= 2 * k)
        return ERR_VALUE;
    symbol->index = (uint8_t)index;
    memset(symbol->bytes, 0, sizeof symbol->bytes);
    for (unsigned j = 0; j < k; j++)
        add_scaled(symbol->bytes, source + (size_t)j * ERASURE_SYMBOL_SIZE,
            coefficient(index, j, k), ERASURE_SYMBOL_SIZE);
    return ERR_OK;
}

/* Makes column c of row c 1 and of all others 0, in the matrix and in the symbols at its side. */
static void eliminate_column(
    struct erasure_matrix *matrix, uint8_t (*side)[ERASURE_SYMBOL_SIZE], unsigned k, unsigned c)
{
    uint8_t inverse = field_invert(matrix->cell[c][c]);
    scale(matrix->cell[c], inverse, k);
    scale(side[c], inverse, ERASURE_SYMBOL_SIZE);
    for (unsigned row = 0; row < k; row++) {
        uint8_t factor = matrix->cell[row][c];
        if (row == c || !factor)
            continue;
        add_scaled(matrix->cell[row], matrix->cell[c], factor, k);
        add_scaled(side[row], side[c], factor, ERASURE_SYMBOL_SIZE);
    }
}

/* Puts symbols with a source symbol's bytes into that symbol's own row, parity symbols into the rows left over. Then
 * each leading part of the matrix is the identity beside a part of a Cauchy matrix, so that no pivot is ever 0. */
static enum err place_symbols(
    const struct erasure_symbol **rows, const struct erasure_symbol *const *symbols, unsigned k)
{
    unsigned parity = 0;
    uint32_t seen = 0;
    for (unsigned i = 0; i < k; i++) {
        unsigned index = symbols[i]->index;
        if (index >= 2 * k || seen >> index & 1)
            return ERR_VALUE;
        seen |= (uint32_t)1 << index;
        if (index < k)
            rows[index] = symbols[i];
    }
    for (unsigned i = 0; i < k; i++) {
        if (symbols[i]->index < k)
            continue;
        while (rows[parity])
            parity++;
        rows[parity] = symbols[i];
    }
    return ERR_OK;
}

enum err erasure_decode(uint8_t *source, const struct erasure_symbol *const *symbols, unsigned k)
{
    if (k < 1 || k > ERASURE_K_MAX)
        return ERR_VALUE;
    const struct erasure_symbol *rows[ERASURE_K_MAX] = {NULL};
    enum err err = place_symbols(rows, symbols, k);
    if (err)
        return err;
    struct erasure_matrix matrix;
    uint8_t side[ERASURE_K_MAX][ERASURE_SYMBOL_SIZE];
    for (unsigned row = 0; row < k; row++) {
        for (unsigned j = 0; j < k; j++)
            matrix.cell[row][j] = coefficient(rows[row]->index, j, k);
        memcpy(side[row], rows[row]->bytes, ERASURE_SYMBOL_SIZE);
    }
    for (unsigned c = 0; c < k; c++)
        eliminate_column(&matrix, side, k, c);
    memcpy(source, side, (size_t)k * ERASURE_SYMBOL_SIZE);
    return ERR_OK;
}
