/* pack_history: what has followed what: the contexts of text model 1 (pack_mixer.h). Pure counting, no probabilities.
 *
 * The history is a string of KZ-1048 bytes: texts one after another, each ended by 0x00, first those of the priming text,
 * then the text being coded ("own"). A context is a set of earlier positions: those before which stood the same as stands
 * before the next byte. Each such position counts for the byte that stood there: 1, or PACK_HISTORY_OWN in the own text.
 *
 *   1 2 3 4 6   the last 1, 2, 3, 4, 6 bytes are the same (also across 0x00; a position with fewer bytes before it has no
 *               such context)
 *   word        in a word (the last byte is a letter): the word so far is the same, case ignored
 *   words       the previous word is the same, case ignored, and so is: in a word, the word so far; otherwise, the last byte
 *   place       language part, field and class of the last byte are the same
 *   number      not a count of positions: see below
 *
 * Letters: A-Z a-z, А-Я а-я Ё ё and the Kazakh ones (Ә Ғ Қ Ң Ө Ұ Ү Һ І and small). Case is ignored by making them small.
 * Words are compared by hash: 0 outside a word, for each letter (made small) hash = (hash * 0x2f5b + letter + 1) mod 65536;
 * "in a word" is a hash that is not 0. The previous word is the last one that has ended; 0x00 forgets it (hash 0). Position 0
 * belongs to no context but 1 and place, where 0x00 stands before it.
 * Language part: 0, after each 0x02 one more, at most 2. Field: 0, after each 0x01 one more, at most 2; 0 after 0x02. 0x00
 * makes both 0.
 * Classes: 1 digit, 2 small letter, 3 capital, 4 space, 5 0x00, 6 0x01, 7 0x02, 8 '.', 9 ',', 10 ':', 11 '-' and U+2013, 0 others.
 *
 * Number: a number is a run of digits inside one language part; the first PACK_HISTORY_NUMBERS of each part are noted. From
 * the second part on, the numbers of the part before are expected to come again in their order. After a digit the expected
 * byte is the one at the same distance from the start of the number with the same index; otherwise the first digit of the
 * number with the next index. Where the part before has no such number, nothing is expected. `hits` is 1 after 0x02, 0 after 0x00; when a byte comes while one was expected, and the byte or
 * the one before it is a digit: one more (at most 3) if it is the expected one, otherwise 0. The context has the expected byte
 * alone, with the count 1 + 2 * hits, and 1 more after a digit.
 */
#ifndef GATEWAY_BULLETIN_PACK_HISTORY_H
#define GATEWAY_BULLETIN_PACK_HISTORY_H

#include "gateway/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PACK_HISTORY_MAX 65535 /* bytes, positions fit 16 bits */
#define PACK_HISTORY_OWN 6
#define PACK_HISTORY_COUNT_MAX 60000 /* of contexts 1 and place: a cell counts no further */
#define PACK_HISTORY_NUMBERS 64
#define PACK_HISTORY_ORDER_MAX 6
#define PACK_HISTORY_CLASSES 12
#define PACK_HISTORY_PARTS 3
#define PACK_HISTORY_FIELDS 3
#define PACK_HISTORY_PLACES (PACK_HISTORY_PARTS * PACK_HISTORY_FIELDS * PACK_HISTORY_CLASSES)
#define PACK_HISTORY_LETTERS 8
#define PACK_HISTORY_BUCKETS 4096

enum pack_context {
    PACK_ORDER_1,
    PACK_ORDER_2,
    PACK_ORDER_3,
    PACK_ORDER_4,
    PACK_ORDER_6,
    PACK_WORD,
    PACK_WORDS,
    PACK_PLACE,
    PACK_NUMBER,
    PACK_CONTEXT_COUNT
};

/* Starts of the numbers of one language part. */
struct pack_numbers {
    unsigned count;
    uint16_t start[PACK_HISTORY_NUMBERS];
};

/* About 770 KB, meant for the stack of one call. */
struct pack_history {
    uint32_t size;
    uint32_t own; /* where the own text begins */
    uint8_t byte[PACK_HISTORY_MAX];
    /* State before the next byte. */
    uint16_t word;
    uint16_t previous;
    uint8_t part;
    uint8_t field;
    uint8_t hits;
    struct pack_numbers numbers;
    struct pack_numbers expected;
    /* Hashes before each position, and the position before it whose last two bytes, or word, fall into the same bucket;
     * 0 ends a chain. The buckets are for speed alone: whatever a chain holds is compared. */
    uint16_t word_before[PACK_HISTORY_MAX];
    uint16_t previous_before[PACK_HISTORY_MAX];
    uint16_t older_pair[PACK_HISTORY_MAX];
    uint16_t older_word[PACK_HISTORY_MAX];
    uint16_t newest_pair[PACK_HISTORY_BUCKETS];
    uint16_t newest_word[PACK_HISTORY_BUCKETS];
    uint16_t order_1[256][256];
    uint16_t place[PACK_HISTORY_PLACES][256];
};

/* What the contexts say about the next byte. */
struct pack_counts {
    uint32_t count[PACK_CONTEXT_COUNT][256];
    unsigned order;   /* the longest of 0..6 last bytes that stood somewhere before */
    unsigned numbers; /* 0 no number is expected, 1 one may begin, 2 inside one */
    unsigned last;    /* class of the last byte */
    unsigned letters; /* of the word so far, at most PACK_HISTORY_LETTERS - 1 */
};

/* An empty history; then the priming text: texts, each ended by 0x00, at most PACK_HISTORY_MAX bytes in all with what
 * follows. */
void pack_history_init(struct pack_history *history);

/* The next byte, with its weight in contexts 1 and place. ERR_LONG if the history is full. */
ERR_CHECKED enum err pack_history_add(struct pack_history *history, uint8_t byte);

/* What is added from now on is the own text. */
void pack_history_begin_own(struct pack_history *history);

void pack_history_count(struct pack_counts *counts, const struct pack_history *history);

#endif
