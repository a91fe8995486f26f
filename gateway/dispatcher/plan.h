/* plan: the bulletins that are going out, in the order in which they may use the modems, and their texts, composed once per
 * language and script.
 */
#ifndef GATEWAY_DISPATCHER_PLAN_H
#define GATEWAY_DISPATCHER_PLAN_H

#include "gateway/base/conf.h"
#include "gateway/bulletin/bulletin.h"
#include "gateway/store/bulletins.h"
#include "gateway/store/subscribers.h"
#include "modems/compose.h"

struct plan_text {
    struct compose compose;
    struct segment segment; /* points into compose; its UDH has reference 0 */
};

struct plan_entry {
    uint32_t key; /* bulletins_key */
    int64_t expires_s;
    struct bulletin bulletin;
    char code[SEAL_CODE_SIZE];
    struct subscribers_audience audience;
    bool walked; /* its cursors are done: what is left are rows */
    struct plan_text *texts[BULLETIN_LANGUAGE_COUNT][2];
};

struct plan {
    unsigned count;
    unsigned room;
    struct plan_entry **entries; /* the most urgent first */
};

/* All that the store says is going out. */
void plan_load(struct plan *plan, struct store *store);
void plan_free(struct plan *plan);
/* Adds one that has been stored. */
void plan_add(struct plan *plan, struct store *store, uint32_t key);
void plan_remove(struct plan *plan, uint32_t key);
/* NULL if it is not going out. */
struct plan_entry *plan_find(const struct plan *plan, uint32_t key);
/* The text with a subscriber's own word; the caller's, to stay where it is while it is used. */
ERR_CHECKED enum err plan_make_personal(struct plan_text *text, const struct plan_entry *entry,
    const struct conf *conf, const struct subscribers_entry *subscriber);
/* The text for who chose this language and script; kept until the entry is removed. NULL if it can't be composed. */
const struct plan_text *plan_get_text(
    struct plan_entry *entry, const struct conf *conf, uint8_t language, uint8_t latin);

/* Reads a stored bulletin. ERR_MISSING, or what wire_decode_sealed and wire_decode_bulletin say. */
ERR_CHECKED enum err plan_read_bulletin(
    struct bulletin *bulletin, struct store *store, uint32_t key);

#endif
