#include "modems/smpp_ids.h"

#include "gateway/base/fnv.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SAME_DIGITS 7 /* at the end of two writings of one number */
#define NUMBER_TEXT_SIZE 24
#define HEX 16
#define DECIMAL 10

static uint8_t fold(char c)
{
    return (uint8_t)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/* Without zeros in front, in lower case; never 0. */
static uint64_t hash_of(const char *id)
{
    uint64_t hash = FNV_START;
    while (id[0] == '0' && id[1] != '\0')
        id++;
    for (; *id != '\0'; id++) {
        uint8_t folded = fold(*id);
        hash = fnv_add(hash, &folded, sizeof folded);
    }
    return hash == 0 ? 1 : hash;
}

static size_t bucket_of(uint64_t hash)
{
    return (size_t)(hash % SMPP_IDS_BUCKETS);
}

void smpp_ids_add(struct smpp_ids *ids, const char *id, uint16_t reference,
    const char number[MESSAGES_NUMBER_SIZE])
{
    if (id[0] == '\0')
        return;
    uint64_t hash = hash_of(id);
    struct smpp_ids_entry *bucket = ids->entries[bucket_of(hash)];
    struct smpp_ids_entry *place = &bucket[0];
    for (size_t i = 0; i < SMPP_IDS_PER_BUCKET; i++) {
        uint32_t age = ids->added - bucket[i].age;
        if (bucket[i].hash == hash || bucket[i].hash == 0) {
            place = &bucket[i];
            break;
        }
        if (age > ids->added - place->age)
            place = &bucket[i];
    }
    *place = (struct smpp_ids_entry){.hash = hash, .age = ids->added++, .reference = reference};
    memcpy(place->number, number, sizeof place->number);
    place->number[sizeof place->number - 1] = '\0';
}

static const struct smpp_ids_entry *look_up(const struct smpp_ids *ids, const char *id)
{
    uint64_t hash = hash_of(id);
    const struct smpp_ids_entry *bucket = ids->entries[bucket_of(hash)];
    for (size_t i = 0; i < SMPP_IDS_PER_BUCKET; i++)
        if (bucket[i].hash == hash)
            return &bucket[i];
    return NULL;
}

static bool is_same_number(const char *one, const char *other)
{
    size_t size = strlen(one);
    size_t other_size = strlen(other);
    return size >= SAME_DIGITS && other_size >= SAME_DIGITS &&
           strcmp(one + size - SAME_DIGITS, other + other_size - SAME_DIGITS) == 0;
}

/* The same number in the other base; false if id is no number of this base. */
static bool rewrite(char text[NUMBER_TEXT_SIZE], const char *id, int base)
{
    char *end = NULL;
    errno = 0;
    if (strspn(id, base == HEX ? "0123456789abcdefABCDEF" : "0123456789") != strlen(id))
        return false;
    unsigned long long value = strtoull(id, &end, base);
    if (errno != 0 || end == id || *end != '\0')
        return false;
    (void)snprintf(text, NUMBER_TEXT_SIZE, base == HEX ? "%llu" : "%llx", value);
    return true;
}

const struct smpp_ids_entry *smpp_ids_find(
    const struct smpp_ids *ids, const char *id, const char *number)
{
    static const int bases[] = {DECIMAL, HEX};
    if (id[0] == '\0')
        return NULL;
    const struct smpp_ids_entry *entry = look_up(ids, id);
    if (entry != NULL)
        return entry;
    for (size_t i = 0; i < sizeof bases / sizeof bases[0]; i++) {
        char text[NUMBER_TEXT_SIZE];
        entry = rewrite(text, id, bases[i]) ? look_up(ids, text) : NULL;
        if (entry != NULL && is_same_number(entry->number, number))
            return entry;
    }
    return NULL;
}
