#include "audio/collect.h"

#include "audio/bundle.h"

#include <string.h>

/* One search through subsets of an object's symbols that hold the one just heard. */
struct search {
    struct collect *collect;
    struct collect_object *object;
    const struct collect_symbol *newest;
    const struct erasure_symbol *chosen[ERASURE_K_MAX];
    uint32_t used; /* indices among the chosen */
    unsigned tries_left;
    size_t size; /* of the object that was found */
    uint8_t source[ERASURE_SOURCE_MAX];
};

void collect_init(struct collect *collect)
{
    memset(collect, 0, sizeof *collect);
}

static struct collect_object *find_object(struct collect *collect, const struct frame *frame)
{
    for (unsigned i = 0; i < collect->object_count; i++) {
        struct collect_object *object = &collect->objects[i];
        if (object->kind == frame->object && object->k == frame->k &&
            !memcmp(object->tag, frame->tag, FRAME_TAG_SIZE))
            return object;
    }
    return NULL;
}

/* A free place, or that of the object heard longest ago. */
static struct collect_object *make_place(struct collect *collect)
{
    if (collect->object_count < COLLECT_OBJECTS_MAX)
        return &collect->objects[collect->object_count++];
    struct collect_object *oldest = &collect->objects[0];
    for (unsigned i = 1; i < collect->object_count; i++)
        if (collect->objects[i].heard_last < oldest->heard_last)
            oldest = &collect->objects[i];
    if (!oldest->found_count)
        collect->evicted++;
    return oldest;
}

static struct collect_object *get_object(struct collect *collect, const struct frame *frame)
{
    struct collect_object *object = find_object(collect, frame);
    if (!object) {
        object = make_place(collect);
        object->kind = frame->object;
        object->k = frame->k;
        memcpy(object->tag, frame->tag, FRAME_TAG_SIZE);
        object->frames = object->symbol_count = object->found_count = 0;
    }
    object->heard_last = collect->frames;
    object->frames++;
    return object;
}

static bool same_symbol(const struct erasure_symbol *a, const struct erasure_symbol *b)
{
    return a->index == b->index && !memcmp(a->bytes, b->bytes, sizeof a->bytes);
}

/* Moves a symbol forward past those heard less often: what was heard often is tried first. Its new place. */
static const struct collect_symbol *sort_symbol(struct collect_object *object, unsigned at)
{
    struct collect_symbol moved = object->symbols[at];
    unsigned to = 0;
    while (to < at && object->symbols[to].heard >= moved.heard)
        to++;
    memmove(&object->symbols[to + 1], &object->symbols[to], (at - to) * sizeof moved);
    object->symbols[to] = moved;
    return &object->symbols[to];
}

/* Keeps the symbol, or counts it once more; its place. */
static const struct collect_symbol *keep_symbol(
    struct collect_object *object, const struct erasure_symbol *symbol)
{
    for (unsigned i = 0; i < object->symbol_count; i++) {
        if (!same_symbol(&object->symbols[i].symbol, symbol))
            continue;
        object->symbols[i].heard++;
        return sort_symbol(object, i);
    }
    if (object->symbol_count == COLLECT_SYMBOLS_MAX)
        object->symbol_count--;
    struct collect_symbol *place = &object->symbols[object->symbol_count++];
    place->heard = 1;
    place->symbol = *symbol;
    return place;
}

static unsigned found_kept(const struct collect_object *object)
{
    return object->found_count < COLLECT_FOUND_MAX ? object->found_count : COLLECT_FOUND_MAX;
}

/* Does a candidate that was given already say the same as this symbol? */
static bool is_explained(const struct collect_object *object, const struct erasure_symbol *symbol)
{
    struct erasure_symbol expected;
    for (unsigned i = 0; i < found_kept(object); i++) {
        enum err err = erasure_encode(&expected, object->found[i], object->k, symbol->index);
        if (!err && same_symbol(&expected, symbol))
            return true;
    }
    return false;
}

static bool is_zero(const uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (bytes[i])
            return false;
    return true;
}

/* How long the object that these bytes begin with is; 0 if they are none of its kind. */
static size_t measure(enum frame_object kind, const uint8_t *source, size_t room)
{
    struct wire_sealed sealed;
    struct bundle bundle;
    if (kind == FRAME_BUNDLE)
        return bundle_decode(&bundle, source, room) ? 0 : bundle.size;
    return wire_decode_sealed(&sealed, source, room) ? 0 : sealed.size;
}

/* Is what was rebuilt an object of k symbols whose tag is right? */
static bool check_source(struct search *search)
{
    const struct collect_object *object = search->object;
    size_t room = (size_t)object->k * ERASURE_SYMBOL_SIZE;
    uint8_t tag[FRAME_TAG_SIZE];
    search->size = measure(object->kind, search->source, room);
    if (!search->size)
        return false;
    frame_make_tag(tag, search->source, search->size);
    return !memcmp(tag, object->tag, FRAME_TAG_SIZE) && erasure_count(search->size) == object->k &&
           is_zero(search->source + search->size, room - search->size);
}

static bool try_chosen(struct search *search)
{
    search->tries_left--;
    search->collect->tries++;
    if (erasure_decode(search->source, search->chosen, search->object->k))
        return false;
    return check_source(search);
}

/* Fills chosen[count..k) with symbols from place `from` on, of indices not used yet; depth at most ERASURE_K_MAX. */
static bool search_from(struct search *search, unsigned count, unsigned from)
{
    const struct collect_object *object = search->object;
    if (count == object->k)
        return try_chosen(search);
    for (unsigned i = from; i < object->symbol_count && search->tries_left; i++) {
        const struct collect_symbol *next = &object->symbols[i];
        uint32_t bit = (uint32_t)1 << next->symbol.index;
        if (next == search->newest || search->used & bit)
            continue;
        search->chosen[count] = &next->symbol;
        search->used |= bit;
        if (search_from(search, count + 1, i + 1))
            return true;
        search->used &= ~bit;
    }
    return false;
}

unsigned collect_distinct(const struct collect_object *object)
{
    uint32_t indices = 0;
    for (unsigned i = 0; i < object->symbol_count; i++)
        indices |= (uint32_t)1 << object->symbols[i].symbol.index;
    unsigned count = 0;
    for (; indices; indices &= indices - 1)
        count++;
    return count;
}

static enum err rebuild(struct collect *collect, struct collect_found *found,
    struct collect_object *object, const struct collect_symbol *newest)
{
    if (collect_distinct(object) < object->k)
        return ERR_SHORT;
    struct search search = {.collect = collect,
        .object = object,
        .newest = newest,
        .chosen = {&newest->symbol},
        .used = (uint32_t)1 << newest->symbol.index,
        .tries_left = COLLECT_TRIES_MAX};
    if (!search_from(&search, 1, 0))
        return ERR_SHORT;
    uint8_t *place = object->found[object->found_count++ % COLLECT_FOUND_MAX];
    memcpy(place, search.source, (size_t)object->k * ERASURE_SYMBOL_SIZE);
    *found = (struct collect_found){.bytes = place, .size = search.size, .object = object};
    return ERR_OK;
}

enum err collect_add(
    struct collect *collect, struct collect_found *found, const uint8_t bytes[FRAME_SIZE])
{
    struct frame frame;
    enum err err = frame_decode(&frame, bytes);
    if (err) {
        collect->foreign++;
        return err;
    }
    if (frame.object != FRAME_BULLETIN && frame.object != FRAME_BUNDLE) {
        collect->skipped++;
        return ERR_MISSING;
    }
    collect->frames++;
    struct collect_object *object = get_object(collect, &frame);
    const struct collect_symbol *newest = keep_symbol(object, &frame.symbol);
    if (is_explained(object, &frame.symbol))
        return ERR_EXISTS;
    return rebuild(collect, found, object, newest);
}
