#include "tests/fakes/modemsim_store.h"

void store_init(struct store *store, unsigned size)
{
    store->size = size;
    for (unsigned i = 0; i < STORE_SLOTS_MAX; i++)
        store->slots[i].state = STORE_FREE;
}

unsigned store_used(const struct store *store)
{
    unsigned used = 0;
    for (unsigned i = 0; i < store->size; i++)
        used += store->slots[i].state != STORE_FREE;
    return used;
}

struct store_slot *store_find(struct store *store, unsigned long index)
{
    if (index < 1 || index > store->size || store->slots[index - 1].state == STORE_FREE)
        return NULL;
    return &store->slots[index - 1];
}

unsigned store_add(struct store *store, const struct store_slot *slot)
{
    for (unsigned i = 0; i < store->size; i++) {
        if (store->slots[i].state == STORE_FREE) {
            store->slots[i] = *slot;
            return i + 1;
        }
    }
    return 0;
}
