/* api_cap: CAP 1.2 in, as a draft and never as a bulletin; and out, one message for each bulletin and a feed of them. */
#include "gateway/base/log.h"
#include "gateway/bulletin/cap_export.h"
#include "gateway/bulletin/cap_import.h"
#include "gateway/bulletin/json.h"
#include "gateway/bulletin/seal.h"
#include "gateway/newsroom/api_handlers.h"
#include "gateway/newsroom/ask.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FEED_ENTRIES_MAX 20
#define FEED_SIZE 65536
#define WHY_SIZE 320
#define CAP_TYPE "application/cap+xml; charset=utf-8"
#define ATOM_TYPE "application/atom+xml; charset=utf-8"

/* ---- in ---- */

/* Room for one import: too large for the stack. */
struct import {
    struct cap_tree tree;
    struct cap_draft draft;
};

static struct document *new_import(const struct cap_draft *draft)
{
    struct document *object = document_new_object();
    struct document *notes = document_new_list();
    for (unsigned i = 0; i < draft->note_count; i++)
        document_append_text(notes, draft->notes[i]);
    document_set(object, "draft", json_new_draft(&draft->bulletin));
    document_set(object, "notes", notes);
    return object;
}

void api_cap_import(struct request *request)
{
    struct import *import = malloc(sizeof *import);
    struct cap_fault fault = {0};
    char why[WHY_SIZE];
    if (import == NULL)
        log_fatal("no_memory cap");
    const char *xml = request->body_size > 0 ? (const char *)request->body : "";
    enum err err = cap_import(&import->draft, &fault, &import->tree, xml, request->body_size);
    if (err == ERR_OK) {
        response_json(request, 200, new_import(&import->draft));
    } else {
        (void)snprintf(
            why, sizeof why, "line %u: %s: %s", (unsigned)fault.line, fault.rule, fault.why);
        response_error_status(request, 422, err, why);
    }
    free(import);
}

/* ---- out: one bulletin ---- */

struct export
{
    struct request *request;
    struct bulletin bulletin;
    struct message_sealed_bytes sealed;
    char code[SEAL_CODE_SIZE];
};

/* What the dispatcher has accepted: its seal was checked there. */
static enum err open_sealed(
    struct bulletin *bulletin, char code[SEAL_CODE_SIZE], const struct message_sealed_bytes *sealed)
{
    struct wire_sealed parts;
    enum err err = wire_decode_sealed(&parts, sealed->bytes, sealed->size);
    if (err == ERR_OK)
        err = wire_decode_bulletin(bulletin, &parts);
    if (err == ERR_OK)
        seal_print_code(code, parts.body, parts.body_size);
    return err;
}

static struct cap_export describe(const struct request *request, const struct bulletin *bulletin,
    const char *code, const struct message_sealed_bytes *sealed)
{
    return (struct cap_export){.bulletin = bulletin,
        .sender = request->site->sender,
        .fingerprint = request->site->fingerprint,
        .code = code,
        .sealed = sealed->bytes,
        .sealed_size = sealed->size};
}

static void answer_export(struct export *export, int64_t follows_sent_s)
{
    struct cap_export what =
        describe(export->request, &export->bulletin, export->code, &export->sealed);
    size_t size = 0;
    char *xml = malloc(CAP_EXPORT_SIZE);
    if (xml == NULL)
        log_fatal("no_memory cap");
    what.follows_sent_s = follows_sent_s;
    enum err err = cap_export(xml, &size, CAP_EXPORT_SIZE, &what);
    if (err == ERR_OK) {
        response_take(export->request, 200, CAP_TYPE, xml, size);
    } else {
        free(xml);
        response_error(export->request, err,
            err == ERR_MISSING ? "CAP names what this follows by its time, but it is not here"
                               : NULL);
    }
    free(export);
}

static void take_followed(void *arg, const struct message *reply, bool last)
{
    struct export *export = arg;
    struct wire_sealed parts;
    const struct message_sealed_bytes *sealed = &reply->as.sealed.sealed;
    bool known = reply->type == MESSAGE_SEALED &&
                 wire_decode_sealed(&parts, sealed->bytes, sealed->size) == ERR_OK;
    if (last)
        answer_export(export, known ? parts.header.sent_s : 0);
}

static void take_sealed(void *arg, const struct message *reply, bool last)
{
    struct export *export = arg;
    struct message followed = {.type = MESSAGE_BULLETIN_GET, .fd = -1};
    const struct bulletin *bulletin = &export->bulletin;
    if (!last)
        return;
    enum err err = ERR_OK;
    if (reply->type == MESSAGE_SEALED) {
        export->sealed = reply->as.sealed.sealed;
        err = open_sealed(&export->bulletin, export->code, &export->sealed);
    }
    if (reply->type == MESSAGE_REFUSED || err != ERR_OK) {
        if (reply->type == MESSAGE_REFUSED)
            response_refused(export->request, &reply->as.refused);
        else
            response_error(export->request, err, "the stored bulletin cannot be read");
        free(export);
        return;
    }
    followed.as.id.id = bulletin->follows;
    if (bulletin->follows != 0 && bulletin->kind != BULLETIN_RETRACT)
        backend_ask(export->request->backend, &followed, take_followed, export);
    else
        answer_export(export, 0);
}

void api_cap_export(struct request *request)
{
    struct message message = {.type = MESSAGE_BULLETIN_GET, .fd = -1};
    uint64_t number = 0, retraction = 0;
    if (request_number(&number, request, 0) != ERR_OK || number == 0 ||
        number > BULLETIN_NUMBER_MAX ||
        request_query_number(&retraction, request, "retraction") != ERR_OK || retraction > 1) {
        response_error(request, ERR_MISSING, "a bulletin is named by its number, from 1 on");
        return;
    }
    struct export *export = calloc(1, sizeof *export);
    if (export == NULL)
        log_fatal("no_memory cap");
    export->request = request;
    message.as.id.id = number + (retraction == 1 ? MESSAGES_RETRACTION : 0);
    backend_ask(request->backend, &message, take_sealed, export);
}

/* ---- out: a feed ---- */

struct feed {
    struct request *request;
    unsigned count;   /* ids that are to be in it */
    unsigned waiting; /* answers to come */
    uint64_t ids[FEED_ENTRIES_MAX];
    struct message_sealed_bytes sealed[FEED_ENTRIES_MAX]; /* by place; size 0: could not be had */
};

static void answer_feed(struct feed *feed)
{
    struct bulletin *bulletin = calloc(1, sizeof *bulletin);
    char *xml = malloc(FEED_SIZE), code[SEAL_CODE_SIZE];
    const char *origin = feed->request->origin;
    struct cap_feed out = {.used = 0};
    bool begun = false;
    if (bulletin == NULL || xml == NULL)
        log_fatal("no_memory feed");
    struct cap_export what = describe(feed->request, bulletin, code, &feed->sealed[0]);
    for (unsigned i = 0; i < feed->count; i++) {
        if (open_sealed(bulletin, code, &feed->sealed[i]) != ERR_OK)
            continue;
        if (!begun)
            cap_feed_begin(&out, xml, FEED_SIZE, &what, origin);
        begun = true;
        cap_feed_add(&out, &what, origin);
    }
    what.bulletin = NULL;
    if (!begun)
        cap_feed_begin(&out, xml, FEED_SIZE, &what, origin);
    enum err err = cap_feed_end(&out);
    if (err == ERR_OK)
        response_take(feed->request, 200, ATOM_TYPE, xml, out.used);
    else
        response_error(feed->request, err, "the feed is too long");
    if (err != ERR_OK)
        free(xml);
    free(bulletin);
    free(feed);
}

/* Which of them an answer is of is seen in it: its number, and whether it is a retraction. */
static void take_entry(void *arg, const struct message *reply, bool last)
{
    struct feed *feed = arg;
    struct wire_sealed parts;
    const struct message_sealed_bytes *sealed = &reply->as.sealed.sealed;
    if (!last)
        return;
    if (reply->type == MESSAGE_SEALED &&
        wire_decode_sealed(&parts, sealed->bytes, sealed->size) == ERR_OK) {
        bool retraction = parts.header.kind == BULLETIN_RETRACT;
        uint64_t id = parts.header.number + (retraction ? MESSAGES_RETRACTION : 0);
        for (unsigned i = 0; i < feed->count; i++)
            if (feed->ids[i] == id)
                feed->sealed[i] = *sealed;
    }
    if (--feed->waiting == 0)
        answer_feed(feed);
}

static void ask_entries(struct feed *feed)
{
    feed->waiting = feed->count;
    for (unsigned i = 0; i < feed->count; i++) {
        struct message message = {.type = MESSAGE_BULLETIN_GET, .fd = -1};
        message.as.id.id = feed->ids[i];
        backend_ask(feed->request->backend, &message, take_entry, feed);
    }
}

/* Newest first. Drills are no news. */
static void take_row(void *arg, const struct message *reply, bool last)
{
    struct feed *feed = arg;
    const struct message_status_bulletin *row = &reply->as.status_bulletin;
    if (reply->type == MESSAGE_STATUS_BULLETIN && row->kind != BULLETIN_DRILL &&
        feed->count < FEED_ENTRIES_MAX)
        feed->ids[feed->count++] =
            row->number + (row->kind == BULLETIN_RETRACT ? MESSAGES_RETRACTION : 0);
    if (!last)
        return;
    if (reply->type == MESSAGE_REFUSED) {
        response_refused(feed->request, &reply->as.refused);
        free(feed);
    } else if (feed->count == 0) {
        answer_feed(feed);
    } else {
        ask_entries(feed);
    }
}

void api_cap_feed(struct request *request)
{
    const struct message message = {.type = MESSAGE_STATUS_GET, .fd = -1};
    struct feed *feed = calloc(1, sizeof *feed);
    if (feed == NULL)
        log_fatal("no_memory feed");
    feed->request = request;
    backend_ask(request->backend, &message, take_row, feed);
}
