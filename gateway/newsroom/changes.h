/* changes: which of a list of things have changed since the list was seen before. Pure.
 */
#ifndef GATEWAY_NEWSROOM_CHANGES_H
#define GATEWAY_NEWSROOM_CHANGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CHANGES_MAX 1024 /* things; more of them are not watched */

struct changes_row {
    uint64_t id;
    uint64_t hash; /* of its whole content */
};

struct changes_list {
    size_t count;
    struct changes_row rows[CHANGES_MAX];
};

struct changes {
    bool known; /* a list has been seen */
    struct changes_list before;
    struct changes_list now;
};

/* Begins a list. */
void changes_begin(struct changes *changes);
void changes_put(struct changes *changes, uint64_t id, const uint8_t *content, size_t size);
/* Ends it: ids (CHANGES_MAX of them have room) of what is new, other or gone; returns how many, 0 for the first list. */
size_t changes_end(struct changes *changes, uint64_t ids[CHANGES_MAX]);
/* Forgets what was seen. */
void changes_forget(struct changes *changes);

#endif
