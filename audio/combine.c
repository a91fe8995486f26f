#include "audio/combine.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

/* 1 for the same, 0 for what has nothing in common. */
static double compare(const float a[LDPC_CODE_BITS], const float b[LDPC_CODE_BITS])
{
    double both = 0.0, of_a = 0.0, of_b = 0.0;

    for (unsigned i = 0; i < LDPC_CODE_BITS; i++) {
        both += (double)a[i] * (double)b[i];
        of_a += (double)a[i] * (double)a[i];
        of_b += (double)b[i] * (double)b[i];
    }
    return of_a > 0.0 && of_b > 0.0 ? both / sqrt(of_a * of_b) : 0.0;
}

/* The most alike one that is alike enough, or NULL. */
static struct combine_kept *find_copy(struct combine *combine, const float likely[LDPC_CODE_BITS])
{
    struct combine_kept *found = NULL;
    double best = COMBINE_ALIKENESS_MIN;

    for (unsigned i = 0; i < combine->count; i++) {
        double alike = compare(combine->kept[i].likely, likely);

        if (alike < best)
            continue;
        best = alike;
        found = &combine->kept[i];
    }
    return found;
}

static struct combine_kept *find_room(struct combine *combine)
{
    struct combine_kept *oldest = &combine->kept[0];

    if (combine->count < COMBINE_KEPT_MAX)
        return &combine->kept[combine->count++];
    for (unsigned i = 1; i < combine->count; i++)
        if (combine->kept[i].age > oldest->age)
            oldest = &combine->kept[i];
    return oldest;
}

const float *combine_add(struct combine *combine, const float likely[LDPC_CODE_BITS])
{
    struct combine_kept *copy = find_copy(combine, likely);

    for (unsigned i = 0; i < combine->count; i++)
        combine->kept[i].age++;
    if (!copy) {
        struct combine_kept *room = find_room(combine);

        memcpy(room->likely, likely, sizeof(room->likely));
        room->copies = 1;
        room->age = 0;
        return NULL;
    }
    for (unsigned i = 0; i < LDPC_CODE_BITS; i++)
        copy->likely[i] += likely[i];
    copy->copies++;
    copy->age = 0;
    return copy->likely;
}

void combine_remove(struct combine *combine, const float *together)
{
    for (unsigned i = 0; i < combine->count; i++) {
        if (combine->kept[i].likely != together)
            continue;
        combine->kept[i] = combine->kept[--combine->count];
        return;
    }
}
