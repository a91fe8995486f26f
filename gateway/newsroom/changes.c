#include "gateway/newsroom/changes.h"

#include "gateway/bulletin/seal.h"

#include <string.h>

void changes_begin(struct changes *changes)
{
    changes->now.count = 0;
}

void changes_put(struct changes *changes, uint64_t id, const uint8_t *content, size_t size)
{
    uint8_t hash[SEAL_HASH_SIZE];
    if (changes->now.count == CHANGES_MAX)
        return;
    struct changes_row *row = &changes->now.rows[changes->now.count++];
    seal_hash(hash, content, size);
    row->id = id;
    memcpy(&row->hash, hash, sizeof row->hash);
}

/* The lists come in one order, so that the place is mostly the same. */
static const struct changes_row *find(const struct changes_list *list, uint64_t id, size_t near)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct changes_row *row = &list->rows[(near + i) % list->count];
        if (row->id == id)
            return row;
    }
    return NULL;
}

static size_t add_missing(uint64_t ids[CHANGES_MAX], size_t count, const struct changes_list *list,
    const struct changes_list *other)
{
    for (size_t i = 0; i < list->count && count < CHANGES_MAX; i++)
        if (find(other, list->rows[i].id, i) == NULL)
            ids[count++] = list->rows[i].id;
    return count;
}

size_t changes_end(struct changes *changes, uint64_t ids[CHANGES_MAX])
{
    size_t count = 0;
    for (size_t i = 0; changes->known && i < changes->now.count; i++) {
        const struct changes_row *row = &changes->now.rows[i];
        const struct changes_row *old = find(&changes->before, row->id, i);
        if (old == NULL || old->hash != row->hash)
            ids[count++] = row->id;
    }
    if (changes->known)
        count = add_missing(ids, count, &changes->before, &changes->now);
    changes->before = changes->now;
    changes->known = true;
    return count;
}

void changes_forget(struct changes *changes)
{
    changes->known = false;
    changes->before.count = 0;
}
