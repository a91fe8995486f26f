#include "modems/storage.h"

#include <string.h>

#define FNV_START 2166136261u
#define FNV_PRIME 16777619u

static uint32_t mix(uint32_t digest, const void *bytes, size_t size)
{
    const uint8_t *next = bytes;
    for (size_t i = 0; i < size; i++)
        digest = (digest ^ next[i]) * FNV_PRIME;
    return digest;
}

static uint32_t digest_of(const struct transport_found *found)
{
    const struct message_inbound *text = &found->inbound;
    const struct message_report *report = &found->report;
    uint32_t digest = mix(FNV_START, &found->kind, sizeof found->kind);
    digest = mix(digest, text->number, strlen(text->number));
    digest = mix(digest, text->text, strlen(text->text));
    digest = mix(digest, &text->smsc_s, sizeof text->smsc_s);
    digest = mix(digest, &text->part, sizeof text->part);
    digest = mix(digest, report->number, strlen(report->number));
    digest = mix(digest, &report->reference, sizeof report->reference);
    return mix(digest, &report->done_s, sizeof report->done_s);
}

static struct storage_row *find(struct storage *storage, uint64_t serial)
{
    for (size_t i = 0; i < STORAGE_MAX; i++)
        if (storage->rows[i].serial == serial)
            return &storage->rows[i];
    return NULL;
}

static struct storage_row *find_place(struct storage *storage, uint32_t location)
{
    for (size_t i = 0; i < STORAGE_MAX; i++)
        if (storage->rows[i].serial != 0 && storage->rows[i].location == location)
            return &storage->rows[i];
    return NULL;
}

enum err storage_add(struct storage *storage, uint64_t *serial, const struct transport_found *found)
{
    uint32_t digest = digest_of(found);
    struct storage_row *row = find_place(storage, found->location);
    if (row != NULL && (row->digest == digest || row->stored))
        return ERR_EXISTS;
    if (row == NULL)
        row = find(storage, 0);
    if (row == NULL)
        return ERR_FULL;
    *serial = ++storage->last_serial;
    *row = (struct storage_row){*serial, found->location, digest, false};
    return ERR_OK;
}

void storage_stored(struct storage *storage, uint64_t serial)
{
    struct storage_row *row = serial == 0 ? NULL : find(storage, serial);
    if (row != NULL)
        row->stored = true;
}

void storage_forget(struct storage *storage, uint64_t serial)
{
    struct storage_row *row = serial == 0 ? NULL : find(storage, serial);
    if (row != NULL)
        *row = (struct storage_row){0};
}

enum err storage_condemn(struct storage *storage, uint32_t location)
{
    struct storage_row *row = find_place(storage, location);
    if (row == NULL)
        row = find(storage, 0);
    if (row == NULL)
        return ERR_FULL;
    *row = (struct storage_row){++storage->last_serial, location, 0, true};
    return ERR_OK;
}

uint32_t storage_next_stored(const struct storage *storage)
{
    for (size_t i = 0; i < STORAGE_MAX; i++)
        if (storage->rows[i].serial != 0 && storage->rows[i].stored)
            return storage->rows[i].location;
    return 0;
}

void storage_deleted(struct storage *storage, uint32_t location)
{
    struct storage_row *row = find_place(storage, location);
    if (row != NULL)
        *row = (struct storage_row){0};
}

void storage_clear(struct storage *storage)
{
    memset(storage->rows, 0, sizeof storage->rows);
}
