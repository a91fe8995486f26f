#include "modems/storage.h"

#include "gateway/base/fnv.h"

#include <string.h>

static uint64_t digest_of(const struct transport_found *found)
{
    const struct message_inbound *text = &found->inbound;
    const struct message_report *report = &found->report;
    uint64_t digest = fnv_add(FNV_START, &found->kind, sizeof found->kind);
    digest = fnv_add(digest, text->number, strlen(text->number));
    digest = fnv_add(digest, text->text, strlen(text->text));
    digest = fnv_add(digest, &text->smsc_s, sizeof text->smsc_s);
    digest = fnv_add(digest, &text->part, sizeof text->part);
    digest = fnv_add(digest, report->number, strlen(report->number));
    digest = fnv_add(digest, &report->reference, sizeof report->reference);
    return fnv_add(digest, &report->done_s, sizeof report->done_s);
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
    uint64_t digest = digest_of(found);
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
