/* order: running orders: which segments a broadcast has, in which row. Pure.
 *
 * An order is a name ("hf", "fm": programme.h) or words with spaces or commas between. A word may say more of itself:
 *
 *   voice       once for each language of the programme
 *   voice:ru    in these languages of them alone, "voice:kk+ru"; only for words that have languages
 *   data*3      so often; at most ORDER_TIMES_MAX
 *   mfsk:ru*2   both, in this row
 */
#ifndef AUDIO_ORDER_H
#define AUDIO_ORDER_H

#include "audio/segment.h"

#define ORDER_SIZE_MAX 128 /* letters of one that is written out */
#define ORDER_TIMES_MAX 9

struct order {
    const char *name; /* "hf"; empty for one in words */
    const char *words;
    double high_hz; /* upper end of the band of plain speech */
};

struct order_item {
    const struct segment_kind *kind;
    unsigned milliseconds; /* of a pause or tone */
    bool brief;
    uint8_t languages; /* mask; of a kind that has none: one bit */
    unsigned times;    /* 1..ORDER_TIMES_MAX */
};

/* A named order; any other text is one in words, whether or not they are any. text must outlive it. */
struct order order_find(const char *text);
/* Has it words, and are all of them known? */
bool order_is_known(const struct order *order);
/* The item at *text, which moves on. False at the end, or at what is no item: then *text is not at its end. */
bool order_next(struct order_item *item, const char **text);

#endif
