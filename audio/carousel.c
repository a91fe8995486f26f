#include "audio/carousel.h"

#include <limits.h>
#include <math.h>
#include <string.h>

#define STRIDE_SCALE 1000000u

unsigned carousel_weigh(enum bulletin_severity severity, int64_t age_s, unsigned k)
{
    const double most = sqrt((double)BULLETIN_EXTREME * ERASURE_K_MAX);
    double worst = severity > BULLETIN_MINOR ? (double)severity : BULLETIN_MINOR;
    double age = age_s > 0 ? (double)age_s : 0;
    double share = sqrt(worst * exp2(-age / CAROUSEL_HALVES_S) * k) / most;

    return 1 + (unsigned)lrint(share * (CAROUSEL_WEIGHT_MAX - 1));
}

void carousel_init(struct carousel *carousel)
{
    memset(carousel, 0, sizeof *carousel);
}

static struct carousel_object *find_tag(
    struct carousel *carousel, const uint8_t tag[FRAME_TAG_SIZE])
{
    for (unsigned i = 0; i < carousel->count; i++)
        if (!memcmp(carousel->objects[i].tag, tag, FRAME_TAG_SIZE))
            return &carousel->objects[i];
    return NULL;
}

enum err carousel_add(struct carousel *carousel, const struct carousel_item *item)
{
    unsigned k = erasure_count(item->size);
    if (!item->size)
        return ERR_SHORT;
    if (!k || carousel->count == CAROUSEL_OBJECTS_MAX)
        return ERR_LONG;
    if (item->weight > CAROUSEL_WEIGHT_MAX || (unsigned)item->object >= FRAME_OBJECT_COUNT)
        return ERR_VALUE;
    uint8_t tag[FRAME_TAG_SIZE];
    frame_make_tag(tag, item->bytes, item->size);
    if (find_tag(carousel, tag))
        return ERR_EXISTS;
    struct carousel_object *object = &carousel->objects[carousel->count++];
    *object = (struct carousel_object){.object = item->object,
        .k = k,
        .weight = item->weight ? item->weight : CAROUSEL_WEIGHT_DEFAULT,
        .first_left = item->first ? k : 0,
        .next_index = item->from % (2 * k),
        .left = UINT_MAX,
        .pass = carousel->now};
    memcpy(object->tag, tag, FRAME_TAG_SIZE);
    memcpy(object->source, item->bytes, item->size);
    return ERR_OK;
}

enum err carousel_remove(struct carousel *carousel, const uint8_t *bytes, size_t size)
{
    uint8_t tag[FRAME_TAG_SIZE];
    frame_make_tag(tag, bytes, size);
    struct carousel_object *object = find_tag(carousel, tag);
    if (!object)
        return ERR_MISSING;
    size_t after = (size_t)(&carousel->objects[--carousel->count] - object);
    memmove(object, object + 1, after * sizeof *object);
    return ERR_OK;
}

/* Whose turn it is: whoever goes first, the newest of them before the others; else the lowest pass, the oldest of equals. */
static struct carousel_object *choose(struct carousel *carousel)
{
    struct carousel_object *chosen = NULL;
    for (unsigned i = 0; i < carousel->count; i++) {
        struct carousel_object *object = &carousel->objects[i];
        if (!object->left)
            continue;
        if (object->first_left || !chosen || (!chosen->first_left && object->pass < chosen->pass))
            chosen = object;
    }
    return chosen;
}

void carousel_limit(struct carousel *carousel)
{
    for (unsigned i = 0; i < carousel->count; i++) {
        struct carousel_object *object = &carousel->objects[i];
        object->left = 2 * object->k;
        if (object->pass < carousel->now) /* what it could not use is lost */
            object->pass = carousel->now;
    }
}

enum err carousel_next(struct carousel *carousel, uint8_t frame[FRAME_SIZE])
{
    struct carousel_object *object = choose(carousel);
    if (!object)
        return ERR_MISSING;
    struct frame made = {.object = object->object, .k = object->k};
    memcpy(made.tag, object->tag, FRAME_TAG_SIZE);
    enum err err = erasure_encode(&made.symbol, object->source, object->k, object->next_index);
    if (err)
        return err;
    object->next_index = (object->next_index + 1) % (2 * object->k);
    object->left--;
    if (object->first_left)
        object->first_left--; /* charged like any other, so that the others come next */
    else
        carousel->now = object->pass;
    object->pass += STRIDE_SCALE / object->weight;
    return frame_encode(frame, &made);
}

/* Takes frames from a copy until each object has given k of them. */
unsigned carousel_round(const struct carousel *carousel)
{
    struct carousel copy = *carousel;
    for (unsigned i = 0; i < copy.count; i++)
        copy.objects[i].left = UINT_MAX;
    unsigned given[CAROUSEL_OBJECTS_MAX] = {0}, whole = 0, frames = 0;
    while (whole < copy.count) {
        uint8_t frame[FRAME_SIZE];
        unsigned chosen = (unsigned)(choose(&copy) - copy.objects);
        if (carousel_next(&copy, frame))
            return 0;
        whole += ++given[chosen] == copy.objects[chosen].k;
        frames++;
    }
    return frames;
}
