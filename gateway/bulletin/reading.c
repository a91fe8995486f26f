#include "gateway/bulletin/reading.h"

#include <stdio.h>
#include <string.h>

void reading_print_name(
    char name[READING_NAME_SIZE], const struct reading *reading, const char *suffix)
{
    size_t used = 0;
    for (size_t i = 0; i < sizeof reading->body_hash; i++)
        used += (size_t)snprintf(name + used, 3, "%02x", reading->body_hash[i]);
    (void)snprintf(name + used, READING_NAME_SIZE - used, "-%s%.12s",
        bulletin_print_language(reading->language), suffix);
}

void reading_print_statement(
    uint8_t statement[READING_STATEMENT_SIZE], const struct reading *reading)
{
    struct buf_out out;
    buf_out_init(&out, statement, READING_STATEMENT_SIZE);
    buf_put_u8(&out, READING_MAGIC);
    buf_put_bytes(&out, reading->body_hash, sizeof reading->body_hash);
    buf_put_u8(&out, (uint8_t)reading->language);
    buf_put_bytes(&out, reading->file_hash, sizeof reading->file_hash);
}

size_t reading_encode(uint8_t bytes[READING_SIZE_MAX], const struct reading *reading)
{
    struct buf_out out;
    reading_print_statement(bytes, reading);
    buf_out_init(&out, bytes + READING_STATEMENT_SIZE, READING_SIZE_MAX - READING_STATEMENT_SIZE);
    buf_put_u8(&out, (uint8_t)reading->approval_count);
    for (unsigned i = 0; i < reading->approval_count && i < WIRE_APPROVALS_MAX; i++) {
        buf_put_u8(&out, reading->approvals[i].editor);
        buf_put_bytes(&out, reading->approvals[i].signature, WIRE_SIGNATURE_SIZE);
    }
    return READING_STATEMENT_SIZE + out.used;
}

enum err reading_decode(struct reading *reading, const uint8_t *bytes, size_t size)
{
    struct buf_in in;
    buf_in_init(&in, bytes, size);
    *reading = (struct reading){.approval_count = 0};
    uint8_t magic = buf_get_u8(&in);
    buf_get_bytes(&in, reading->body_hash, sizeof reading->body_hash);
    reading->language = (enum bulletin_language)buf_get_u8(&in);
    buf_get_bytes(&in, reading->file_hash, sizeof reading->file_hash);
    uint8_t count = buf_get_u8(&in);
    if (in.err != ERR_OK)
        return in.err;
    if (magic != READING_MAGIC)
        return ERR_FORMAT;
    if ((unsigned)reading->language >= BULLETIN_LANGUAGE_COUNT)
        return ERR_VALUE;
    if (count > WIRE_APPROVALS_MAX)
        return ERR_LONG;
    for (unsigned i = 0; i < count; i++) {
        struct wire_approval *approval = &reading->approvals[i];
        approval->editor = buf_get_u8(&in);
        buf_get_bytes(&in, approval->signature, sizeof approval->signature);
        if (in.err == ERR_OK && i > 0 && approval->editor <= reading->approvals[i - 1].editor)
            return ERR_QUORUM;
    }
    reading->approval_count = count;
    return buf_in_end(&in);
}

static enum err check_one(const struct reading *reading, const struct wire_approval *approval,
    const struct roster *roster, int64_t when_s)
{
    uint8_t statement[READING_STATEMENT_SIZE];
    struct buf_in in;
    const struct roster_editor *editor = roster_find(roster, approval->editor);
    if (editor == NULL || !roster_editor_valid(editor, when_s))
        return ERR_ROSTER;
    reading_print_statement(statement, reading);
    buf_in_init(&in, statement, sizeof statement);
    return seal_check(approval, &in, editor->public_key);
}

enum err reading_approve(struct reading *reading, const struct wire_approval *approval,
    const struct roster *roster, int64_t when_s)
{
    enum err err = check_one(reading, approval, roster, when_s);
    if (err != ERR_OK)
        return err;
    if (reading->approval_count == WIRE_APPROVALS_MAX)
        return ERR_LONG;
    unsigned at = 0;
    while (at < reading->approval_count && reading->approvals[at].editor < approval->editor)
        at++;
    if (at < reading->approval_count && reading->approvals[at].editor == approval->editor)
        return ERR_EXISTS;
    memmove(&reading->approvals[at + 1], &reading->approvals[at],
        (reading->approval_count - at) * sizeof *approval);
    reading->approvals[at] = *approval;
    reading->approval_count++;
    return ERR_OK;
}

/* Indices are strictly increasing, so as many approvals are as many editors; and a roster has no key twice. */
enum err reading_check(const struct reading *reading, const struct roster *roster, int64_t when_s)
{
    for (unsigned i = 0; i < reading->approval_count; i++) {
        enum err err = check_one(reading, &reading->approvals[i], roster, when_s);
        if (err == ERR_OK && i > 0 &&
            reading->approvals[i].editor <= reading->approvals[i - 1].editor)
            err = ERR_QUORUM;
        if (err != ERR_OK)
            return err;
    }
    return reading->approval_count >= roster->approvals ? ERR_OK : ERR_QUORUM;
}
