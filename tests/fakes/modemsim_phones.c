#include "tests/fakes/modemsim_phones.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define PHONES_FIRST_SIZE 256
#define PARTS_MAX 255

/* One text as a phone shows it: indexes of its parts, -1 where one is missing. */
struct shown {
    const struct phones_part *first;
    const struct phones_part *parts[PARTS_MAX];
    unsigned have;
};

void phones_init(struct phones *phones, size_t most)
{
    *phones = (struct phones){.most = most < 2 ? 2 : most};
}

static void older_half_forget(struct phones *phones)
{
    size_t half = phones->count / 2;
    for (size_t i = 0; i < half; i++)
        free(phones->list[i].text);
    memmove(phones->list, phones->list + half, (phones->count - half) * sizeof *phones->list);
    phones->count -= half;
    phones->forgotten += half;
}

void phones_add(struct phones *phones, const struct phones_part *part)
{
    if (phones->count >= phones->most)
        older_half_forget(phones);
    if (phones->count == phones->size) {
        size_t size = phones->size ? phones->size * 2 : PHONES_FIRST_SIZE;
        struct phones_part *list = out_of_heap(size * sizeof *list);
        if (phones->count)
            memcpy(list, phones->list, phones->count * sizeof *list);
        free(phones->list);
        phones->list = list;
        phones->size = size;
    }
    phones->list[phones->count++] = *part;
}

void phones_wipe(struct phones *phones)
{
    for (size_t i = 0; i < phones->count; i++)
        free(phones->list[i].text);
    free(phones->list);
    *phones = (struct phones){0};
}

/* By number, then in the order of arrival. */
static int part_compare(const void *a, const void *b)
{
    const struct phones_part *const *x = a, *const *y = b;
    int order = strcmp((*x)->number, (*y)->number);
    return order ? order : (*x > *y) - (*x < *y);
}

static bool same_text(const struct phones_part *a, const struct phones_part *b)
{
    return a->ref == b->ref && a->parts == b->parts && a->modem == b->modem &&
           a->coding == b->coding;
}

/* The parts that make one text with list[at], which is the first to come; marks them as used. A phone joins by
 * sender, reference and number of parts, and a part that comes twice begins another text. */
static void text_gather(
    struct shown *shown, const struct phones_part **list, bool *used, size_t at, size_t count)
{
    const struct phones_part *first = list[at];
    memset(shown, 0, sizeof *shown);
    shown->first = first;
    for (size_t i = at; i < count && shown->have < first->parts; i++) {
        if (used[i] || !same_text(first, list[i]) || (i > at && first->parts == 1))
            continue;
        if (shown->parts[list[i]->part - 1])
            continue;
        shown->parts[list[i]->part - 1] = list[i];
        shown->have++;
        used[i] = true;
    }
}

static void text_join(struct out *text, const struct shown *shown)
{
    out_clear(text);
    for (unsigned i = 0; i < shown->first->parts; i++) {
        if (shown->parts[i])
            out_text(text, shown->parts[i]->text);
        else
            out_print(text, "[part %u of %u is missing]", i + 1, shown->first->parts);
    }
}

static void text_print(struct out *out, const struct shown *shown, bool json, bool another)
{
    const struct phones_part *first = shown->first;
    struct out text = {0};
    text_join(&text, shown);
    if (json) {
        out_print(out, "%s{\"t\":%" PRId64 ".%03d,\"modem\":%u,\"coding\":\"%s\",\"ref\":%u,",
            another ? "," : "", first->wall_ms / 1000, (int)(first->wall_ms % 1000), first->modem,
            pdu_coding_name(first->coding), first->ref);
        out_print(out, "\"parts\":%u,\"complete\":%s,\"text\":", first->parts,
            shown->have == first->parts ? "true" : "false");
        out_json(out, text.data);
        out_text(out, "}");
    } else {
        out_print(out, "  [modem %u, %u part%s, %s] %s\n", first->modem, first->parts,
            first->parts == 1 ? "" : "s", pdu_coding_name(first->coding), text.data);
    }
    out_wipe(&text);
}

static void phone_print(struct out *out, const struct phones_part **list, size_t count, bool json)
{
    bool *used = out_of_heap(count);
    struct shown *shown = out_of_heap(sizeof *shown);
    bool another = false;
    memset(used, 0, count);
    if (json) {
        out_text(out, "{\"number\":");
        out_json(out, list[0]->number);
        out_text(out, ",\"messages\":[");
    } else {
        out_print(out, "%s\n", list[0]->number);
    }
    for (size_t i = 0; i < count; i++) {
        if (used[i])
            continue;
        text_gather(shown, list, used, i, count);
        text_print(out, shown, json, another);
        another = true;
    }
    out_text(out, json ? "]}" : "");
    free(shown);
    free(used);
}

void phones_print(struct out *out, const struct phones *phones, const char *number, bool json)
{
    const struct phones_part **list = out_of_heap(phones->count * sizeof *list);
    size_t count = 0;
    for (size_t i = 0; i < phones->count; i++)
        if (!number || strcmp(number, phones->list[i].number) == 0)
            list[count++] = &phones->list[i];
    if (count)
        qsort(list, count, sizeof *list, part_compare);
    if (json)
        out_print(out, "{\"forgotten\":%lu,\"phones\":[", phones->forgotten);
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from; to < count && strcmp(list[to]->number, list[from]->number) == 0; to++)
            continue;
        if (json && from)
            out_text(out, ",");
        phone_print(out, list + from, to - from, json);
    }
    if (json)
        out_text(out, "]}\n");
    free(list);
}
