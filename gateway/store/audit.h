/* audit: who did what, as a chain: each row's hash is BLAKE2b-256 over the hash before it (32 zeros at first), the time
 * (8 bytes, big-endian), the event and the detail (each a u16 length and its bytes). Altering or removing a row breaks all
 * that follow; the head travels in each bulletin.
 */
#ifndef GATEWAY_STORE_AUDIT_H
#define GATEWAY_STORE_AUDIT_H

#include "gateway/store/store.h"

#define AUDIT_HASH_SIZE 32
#define AUDIT_DETAIL_MAX 480 /* bytes; a longer detail is cut */

/* In the open transaction. event is a short name ("commit", "refused"), detail a line without subscribers' numbers. */
void audit_add(struct store *store, int64_t now_s, const char *event, const char *detail);
#define AUDIT_EVENT_MAX 40 /* bytes */

struct audit_row {
    int64_t id;
    int64_t at_s;
    char event[AUDIT_EVENT_MAX + 1];
    char detail[AUDIT_DETAIL_MAX + 1];
    uint8_t hash[AUDIT_HASH_SIZE];
};

/* The first row over after. ERR_MISSING. */
ERR_CHECKED enum err audit_next(struct store *store, struct audit_row *row, int64_t after);
/* The last row's hash; zeros before the first. */
void audit_head(struct store *store, uint8_t hash[AUDIT_HASH_SIZE]);
/* Goes through the whole chain. ERR_SEAL: *row is the first that does not fit; else *row is the number of rows. */
ERR_CHECKED enum err audit_verify(struct store *store, int64_t *row);

#endif
