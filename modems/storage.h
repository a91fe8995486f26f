/* storage: which messages on the SIM were told to the dispatcher, and which of them it has on disk, so that they may be deleted.
 * A place that is told and not yet answered is not told twice. Pure.
 */
#ifndef MODEMS_STORAGE_H
#define MODEMS_STORAGE_H

#include "gateway/base/err.h"
#include "modems/transport.h"

#include <stdbool.h>
#include <stdint.h>

#define STORAGE_MAX 64 /* messages under way; the rest waits on the SIM */

struct storage_row {
    uint64_t serial; /* 0: free */
    uint32_t location;
    uint64_t digest;
    bool stored; /* to be deleted */
};

struct storage {
    uint64_t last_serial;
    struct storage_row rows[STORAGE_MAX];
};

/* Gives a message a serial. ERR_EXISTS if the same one at the same place is under way, ERR_FULL. */
ERR_CHECKED enum err storage_add(
    struct storage *storage, uint64_t *serial, const struct transport_found *found);
/* The dispatcher has it. An unknown serial is of an earlier SIM or connection: nothing happens. */
void storage_stored(struct storage *storage, uint64_t serial);
/* It could not be told: forgets it, so that the next sweep finds it again. */
void storage_forget(struct storage *storage, uint64_t serial);
/* Marks a place to be deleted without anybody's consent (a message that cannot be decoded). ERR_FULL. */
ERR_CHECKED enum err storage_condemn(struct storage *storage, uint32_t location);
/* A place to be deleted, 0 if there is none; its row stays until storage_deleted. */
uint32_t storage_next_stored(const struct storage *storage);
void storage_deleted(struct storage *storage, uint32_t location);
/* Another SIM or connection: places mean nothing any more. Serials go on. */
void storage_clear(struct storage *storage);

#endif
