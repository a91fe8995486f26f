/* copy: a copy of the store for a backup, made page by page between rounds while all goes on; and what a store does that once was
 * such a copy. A copy says of itself that it is one: whoever starts on it asks before anything is sent again.
 */
#ifndef GATEWAY_STORE_COPY_H
#define GATEWAY_STORE_COPY_H

#include "gateway/store/store.h"

#define COPY_NUMBER_GAP                                                                            \
    100 /* numbers that may have been used between a backup and the day it was needed */

struct copy;

/* An older copy, whole or not, is removed. ERR_DENIED, ERR_FULL, ERR_SYSTEM. */
ERR_CHECKED enum err copy_begin(struct copy **copy, struct store *store, int64_t now_s);
/* Some more pages; not within a transaction. left: how many remain. ERR_BUSY: call it again. ERR_OK: the copy is whole and on
 * the disk, and holds all that was committed until now. ERR_FULL, ERR_SYSTEM: it failed, copy_end removes what there is. */
ERR_CHECKED enum err copy_step(struct copy *copy, uint32_t *left);
/* NULL is allowed. */
void copy_end(struct copy *copy);

/* When the copy was made that this store was; 0 if it was none, or copy_take_up was called. */
int64_t copy_made_s(struct store *store);
/* In the open transaction: it is a store like others from now on. Numbers up to floor may have been used by it before. */
void copy_take_up(struct store *store, uint32_t floor);
/* The floor; 0 none. */
uint32_t copy_number_floor(struct store *store);

#endif
