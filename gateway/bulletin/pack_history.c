#include "gateway/bulletin/pack_history.h"

#include <string.h>

#define END_OF_TEXT 0x00
#define NEXT_FIELD 0x01
#define NEXT_LANGUAGE 0x02
#define EN_DASH 0x96
#define WORD_MULTIPLIER 0x2f5bu
#define HITS_MAX 3
#define CLASS_DIGIT 1
#define CLASS_SMALL 2
#define CLASS_CAPITAL 3

/* Of each byte from 0x40 on the letter made small; 0 for what is no letter. */
#define SMALL_FIRST 0x40
/* clang-format off */
static const uint8_t smalls[256 - SMALL_FIRST] = {
    0, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f, /* 0x40 */
    0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a, 0, 0, 0, 0, 0, /* 0x50 */
    0, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f, /* 0x60 */
    0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a, 0, 0, 0, 0, 0, /* 0x70 */
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x9d, 0x9e, 0, /* 0x80 */
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x9d, 0x9e, 0, /* 0x90 */
    0, 0xa2, 0xa2, 0xbc, 0, 0xb4, 0, 0, 0xb8, 0, 0xba, 0, 0, 0, 0, 0xbf, /* 0xa0 */
    0, 0, 0xb3, 0xb3, 0xb4, 0, 0, 0, 0xb8, 0, 0xba, 0, 0xbc, 0xbe, 0xbe, 0xbf, /* 0xb0 */
    0xe0, 0xe1, 0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xeb, 0xec, 0xed, 0xee, 0xef, /* 0xc0 */
    0xf0, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa, 0xfb, 0xfc, 0xfd, 0xfe, 0xff, /* 0xd0 */
    0xe0, 0xe1, 0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xeb, 0xec, 0xed, 0xee, 0xef, /* 0xe0 */
    0xf0, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa, 0xfb, 0xfc, 0xfd, 0xfe, 0xff, /* 0xf0 */
};
/* clang-format on */

static const struct {
    uint8_t byte;
    uint8_t class;
} marks[] = {{' ', 4}, {END_OF_TEXT, 5}, {NEXT_FIELD, 6}, {NEXT_LANGUAGE, 7}, {'.', 8}, {',', 9},
    {':', 10}, {'-', 11}, {EN_DASH, 11}};

/* A letter made small; 0 if the byte is no letter. */
static uint8_t fold(uint8_t byte)
{
    return byte >= SMALL_FIRST ? smalls[byte - SMALL_FIRST] : 0;
}

static bool is_digit(uint8_t byte)
{
    return byte >= '0' && byte <= '9';
}

static unsigned classify(uint8_t byte)
{
    uint8_t small = fold(byte);
    if (is_digit(byte))
        return CLASS_DIGIT;
    if (small != 0)
        return small == byte ? CLASS_SMALL : CLASS_CAPITAL;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (marks[i].byte == byte)
            return marks[i].class;
    return 0;
}

/* The byte n places back; 0x00 before the beginning. */
static uint8_t back(const struct pack_history *h, uint32_t n)
{
    return n <= h->size ? h->byte[h->size - n] : END_OF_TEXT;
}

static unsigned find_place(const struct pack_history *h)
{
    unsigned field = h->part * (unsigned)PACK_HISTORY_FIELDS + h->field;
    return field * PACK_HISTORY_CLASSES + classify(back(h, 1));
}

static unsigned pair_bucket(const struct pack_history *h)
{
    return (back(h, 1) * 16u ^ back(h, 2)) % PACK_HISTORY_BUCKETS;
}

/* Words by their hash; outside a word by the previous word. */
static unsigned word_bucket(const struct pack_history *h)
{
    return (h->word != 0 ? h->word : h->previous ^ back(h, 1) * 16u) % PACK_HISTORY_BUCKETS;
}

void pack_history_init(struct pack_history *history)
{
    memset(history, 0, sizeof *history);
    history->own = PACK_HISTORY_MAX;
}

void pack_history_begin_own(struct pack_history *history)
{
    history->own = history->size;
}

/* Where in the history the expected byte of a number stands; -1 if none is expected. */
static int32_t find_expected(const struct pack_history *h)
{
    bool inside = is_digit(back(h, 1)) && h->numbers.count > 0;
    if (!inside)
        return h->numbers.count < h->expected.count ? h->expected.start[h->numbers.count] : -1;
    unsigned index = h->numbers.count - 1;
    if (index >= h->expected.count)
        return -1;
    return h->expected.start[index] + (int32_t)h->size - h->numbers.start[index];
}

static void follow_numbers(struct pack_history *h, uint8_t byte)
{
    int32_t expected = find_expected(h);
    bool after_digit = is_digit(back(h, 1));
    if (expected >= 0 && (after_digit || is_digit(byte))) {
        bool hit = h->byte[expected] == byte;
        h->hits = (uint8_t)(!hit ? 0 : h->hits < HITS_MAX ? h->hits + 1 : HITS_MAX);
    }
    if (is_digit(byte) && !after_digit && h->numbers.count < PACK_HISTORY_NUMBERS)
        h->numbers.start[h->numbers.count++] = (uint16_t)h->size;
}

static void follow_words(struct pack_history *h, uint8_t byte)
{
    uint8_t letter = fold(byte);
    if (letter != 0) {
        h->word = (uint16_t)(h->word * WORD_MULTIPLIER + letter + 1u);
    } else if (h->word != 0) {
        h->previous = h->word;
        h->word = 0;
    }
}

static void follow_parts(struct pack_history *h, uint8_t byte)
{
    if (byte == NEXT_FIELD && h->field < PACK_HISTORY_FIELDS - 1)
        h->field++;
    if (byte == NEXT_LANGUAGE || byte == END_OF_TEXT) {
        h->field = 0;
        h->expected = h->numbers;
        h->numbers.count = 0;
        h->hits = 1;
    }
    if (byte == NEXT_LANGUAGE && h->part < PACK_HISTORY_PARTS - 1)
        h->part++;
    if (byte == END_OF_TEXT) {
        h->part = 0;
        h->previous = 0;
        h->expected.count = 0;
        h->hits = 0;
    }
}

static void note_position(struct pack_history *h)
{
    uint16_t *pair = &h->newest_pair[pair_bucket(h)];
    uint16_t *word = &h->newest_word[word_bucket(h)];
    h->word_before[h->size] = h->word;
    h->previous_before[h->size] = h->previous;
    h->older_pair[h->size] = *pair;
    h->older_word[h->size] = *word;
    *pair = (uint16_t)h->size;
    *word = (uint16_t)h->size;
}

enum err pack_history_add(struct pack_history *history, uint8_t byte)
{
    struct pack_history *h = history;
    if (h->size >= PACK_HISTORY_MAX)
        return ERR_LONG;
    uint16_t weight = h->size >= h->own ? PACK_HISTORY_OWN : 1;
    uint16_t *cells[] = {&h->order_1[back(h, 1)][byte], &h->place[find_place(h)][byte]};
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++)
        if (*cells[i] < PACK_HISTORY_COUNT_MAX)
            *cells[i] = (uint16_t)(*cells[i] + weight);
    note_position(h);
    follow_numbers(h, byte);
    follow_words(h, byte);
    follow_parts(h, byte);
    h->byte[h->size++] = byte;
    return ERR_OK;
}

/* How many of the last bytes are the same at an earlier position, at most PACK_HISTORY_ORDER_MAX. */
static unsigned match_length(const struct pack_history *h, uint32_t at)
{
    unsigned length = 0;
    while (length < PACK_HISTORY_ORDER_MAX && length < at &&
           h->byte[at - 1 - length] == h->byte[h->size - 1 - length])
        length++;
    return length;
}

static void count_orders(struct pack_counts *counts, const struct pack_history *h)
{
    static const enum pack_context deepest[PACK_HISTORY_ORDER_MAX + 1] = {[2] = PACK_ORDER_2,
        [3] = PACK_ORDER_3,
        [4] = PACK_ORDER_4,
        [5] = PACK_ORDER_4,
        [6] = PACK_ORDER_6};
    for (uint32_t at = h->newest_pair[pair_bucket(h)]; at != 0; at = h->older_pair[at]) {
        unsigned length = match_length(h, at);
        if (length > counts->order)
            counts->order = length;
        if (length < 2)
            continue;
        for (unsigned i = PACK_ORDER_2; i <= deepest[length]; i++)
            counts->count[i][h->byte[at]] += at >= h->own ? PACK_HISTORY_OWN : 1;
    }
}

static void count_words(struct pack_counts *counts, const struct pack_history *h)
{
    uint8_t last = back(h, 1);
    for (uint32_t at = h->newest_word[word_bucket(h)]; at != 0; at = h->older_word[at]) {
        uint32_t weight = at >= h->own ? PACK_HISTORY_OWN : 1;
        if (h->word_before[at] != h->word)
            continue;
        if (h->word != 0)
            counts->count[PACK_WORD][h->byte[at]] += weight;
        if (h->previous_before[at] == h->previous && (h->word != 0 || h->byte[at - 1] == last))
            counts->count[PACK_WORDS][h->byte[at]] += weight;
    }
}

static void count_dense(struct pack_counts *counts, const struct pack_history *h)
{
    const uint16_t *order_1 = h->order_1[back(h, 1)];
    const uint16_t *place = h->place[find_place(h)];
    for (unsigned i = 0; i < 256; i++) {
        counts->count[PACK_ORDER_1][i] = order_1[i];
        counts->count[PACK_PLACE][i] = place[i];
        if (order_1[i] > 0)
            counts->order = 1;
    }
}

/* Letters at the end of the history. */
static unsigned count_letters(const struct pack_history *h)
{
    unsigned letters = 0;
    while (letters < PACK_HISTORY_LETTERS - 1 && fold(back(h, letters + 1)) != 0)
        letters++;
    return letters;
}

void pack_history_count(struct pack_counts *counts, const struct pack_history *history)
{
    int32_t expected = find_expected(history);
    memset(counts, 0, sizeof *counts);
    counts->last = classify(back(history, 1));
    counts->letters = count_letters(history);
    count_dense(counts, history);
    count_orders(counts, history);
    count_words(counts, history);
    if (expected < 0)
        return;
    unsigned inside = is_digit(back(history, 1)) ? 1 : 0;
    counts->numbers = 1 + inside;
    counts->count[PACK_NUMBER][history->byte[expected]] = 1u + 2u * history->hits + inside;
}
