#include "gateway/dispatcher/drafts.h"

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/bulletin/complete.h"
#include "gateway/bulletin/quorum.h"
#include "gateway/dispatcher/commit.h"
#include "gateway/store/audit.h"
#include "gateway/store/copy.h"

#include <stdio.h>
#include <string.h>

static enum err decode(struct bulletin *bulletin, const uint8_t *body, size_t size)
{
    struct wire_sealed sealed;
    enum err err = wire_decode_body(&sealed, body, size);
    if (err == ERR_OK && sealed.size != size)
        err = ERR_FORMAT;
    return err == ERR_OK ? wire_decode_bulletin(bulletin, &sealed) : err;
}

/* A message of the grave kind must say all that people need. */
static enum err check_complete(char why[MESSAGES_DETAIL_SIZE], const struct bulletin *bulletin)
{
    const char *lacks = "";
    enum err err = complete_check(bulletin, &lacks);
    if (err != ERR_OK)
        site_explain(why, "%s", lacks);
    return err;
}

static enum err write_sealed(
    struct site *site, struct message_sealed_bytes *sealed, const struct staff_draft *draft)
{
    struct wire_approval approvals[WIRE_APPROVALS_MAX];
    unsigned count = staff_list_approvals(site->store, approvals, draft->id);
    struct buf_in body;
    size_t size = 0;
    buf_in_init(&body, draft->body, draft->body_size);
    enum err err = wire_encode_sealed(sealed->bytes, &size, &body, approvals, count);
    sealed->size = (uint16_t)size;
    return err;
}

static enum err write_reply(
    struct site *site, struct message *reply, const struct staff_draft *draft)
{
    *reply = (struct message){.type = MESSAGE_DRAFT, .fd = -1};
    reply->as.draft.id = (uint64_t)draft->id;
    reply->as.draft.state = (uint8_t)draft->state;
    reply->as.draft.created_s = draft->created_s;
    reply->as.draft.first_s = draft->first_s;
    return write_sealed(site, &reply->as.draft.sealed, draft);
}

static enum err get(
    struct site *site, struct staff_draft *draft, char why[MESSAGES_DETAIL_SIZE], uint64_t id)
{
    enum err err = staff_get_draft(site->store, draft, (int64_t)id);
    if (err != ERR_OK)
        site_explain(why, "there is no draft %llu", (unsigned long long)id);
    return err;
}

enum err drafts_new(struct site *site, struct message *reply, char why[MESSAGES_DETAIL_SIZE],
    const struct message *request)
{
    const struct message_sealed_bytes *given = &request->as.draft_new.body;
    struct bulletin bulletin;
    struct staff_draft draft = {.created_s = site_now_s(site)};
    enum err err = decode(&bulletin, given->bytes, given->size);
    if (err == ERR_OK) {
        bulletin.number = 0;
        bulletin.sent_s = 0;
        err = wire_encode_body(draft.body, &draft.body_size, &bulletin);
    }
    if (err == ERR_OK)
        err = check_complete(why, &bulletin);
    if (err != ERR_OK && why[0] != '\0')
        return err;
    if (err != ERR_OK) {
        site_explain(why, "the draft is not a bulletin: %s", err_text(err));
        return err;
    }
    staff_add_draft(site->store, &draft);
    site_audit(site, "draft", "draft=%lld kind=%s", (long long)draft.id,
        bulletin_print_kind(bulletin.kind));
    return write_reply(site, reply, &draft);
}

/* A retraction carries number, sent time and life of what it retracts, whether that has been sent yet or is a draft. */
static enum err find_retracted(struct site *site, struct bulletin *retracted, uint32_t number)
{
    struct staff_draft draft;
    enum err err =
        plan_read_bulletin(retracted, site->store, bulletins_key(number, BULLETIN_ALERT));
    if (err != ERR_MISSING)
        return err;
    err = staff_get_draft(site->store, &draft, staff_find_number(site->store, number));
    return err == ERR_OK ? decode(retracted, draft.body, draft.body_size) : err;
}

static enum err stamp_retraction(
    struct site *site, struct bulletin *bulletin, char why[MESSAGES_DETAIL_SIZE])
{
    struct bulletin retracted;
    enum err err = find_retracted(site, &retracted, bulletin->follows);
    if (err != ERR_OK) {
        site_explain(why, "there is no bulletin %u to retract", bulletin->follows);
        return err;
    }
    bulletin->number = retracted.number;
    bulletin->sent_s = retracted.sent_s;
    bulletin->lifetime_min = retracted.lifetime_min;
    return ERR_OK;
}

/* A number once shown stays the draft's as long as no later one has been sent. */
static uint32_t next_number(struct site *site, const struct staff_draft *draft)
{
    uint32_t highest = bulletins_highest(site->store);
    uint32_t reserved = staff_highest(site->store);
    uint32_t floor = copy_number_floor(site->store);
    if (draft->number > highest && draft->number > floor)
        return draft->number;
    if (reserved < floor)
        reserved = floor;
    return (highest > reserved ? highest : reserved) + 1;
}

static enum err stamp(struct site *site, struct staff_draft *draft, char why[MESSAGES_DETAIL_SIZE])
{
    struct bulletin bulletin;
    uint8_t head[AUDIT_HASH_SIZE];
    enum err err = decode(&bulletin, draft->body, draft->body_size);
    if (err != ERR_OK)
        return err;
    audit_head(site->store, head);
    memcpy(bulletin.audit_head, head, sizeof bulletin.audit_head);
    seal_newsroom_id(bulletin.newsroom, site->roster.newsroom_key);
    bulletin.number = next_number(site, draft);
    bulletin.sent_s = site_now_s(site);
    if (bulletin.kind == BULLETIN_RETRACT)
        err = stamp_retraction(site, &bulletin, why);
    if (err == ERR_OK)
        err = wire_encode_body(draft->body, &draft->body_size, &bulletin);
    if (err != ERR_OK) {
        if (why[0] == '\0')
            site_explain(why, "the draft can't be stamped: %s", err_text(err));
        return err;
    }
    draft->number =
        bulletin.kind == BULLETIN_RETRACT ? 0 : bulletin.number; /* reserves none of its own */
    staff_save_draft(site->store, draft);
    return ERR_OK;
}

enum err drafts_get(struct site *site, struct message *reply, char why[MESSAGES_DETAIL_SIZE],
    const struct message *request)
{
    struct staff_draft draft;
    drafts_tick(site);
    enum err err = get(site, &draft, why, request->as.id.id);
    if (err == ERR_OK && draft.state == MESSAGE_DRAFT_OPEN) {
        if (!site->has_roster) {
            site_explain(why, "there is no roster yet: put the newsroom's first");
            return ERR_ROSTER;
        }
        err = stamp(site, &draft, why);
    }
    return err == ERR_OK ? write_reply(site, reply, &draft) : err;
}

static enum err check_approval(struct site *site, char why[MESSAGES_DETAIL_SIZE],
    const struct staff_draft *draft, const struct wire_approval *approval)
{
    const struct roster_editor *editor =
        site->has_roster ? roster_find(&site->roster, approval->editor) : NULL;
    if (editor == NULL || !roster_editor_valid(editor, site_now_s(site))) {
        site_explain(
            why, "editor %u is not in the roster, or not in date, or revoked", approval->editor);
        return ERR_ROSTER;
    }
    struct wire_approval others[WIRE_APPROVALS_MAX];
    unsigned count = staff_list_approvals(site->store, others, draft->id);
    for (unsigned i = 0; i < count; i++)
        if (others[i].editor == approval->editor) {
            site_explain(why, "%s has approved it already: another editor must", editor->name);
            return ERR_EXISTS;
        }
    if (count == WIRE_APPROVALS_MAX)
        return ERR_LONG;
    struct buf_in body;
    buf_in_init(&body, draft->body, draft->body_size);
    return seal_check(approval, &body, editor->public_key);
}

static enum err check_state(char why[MESSAGES_DETAIL_SIZE], const struct staff_draft *draft,
    const struct message_sealed_bytes *signed_body)
{
    if (draft->state == MESSAGE_DRAFT_SENT) {
        site_explain(why, "draft %lld has been sent", (long long)draft->id);
        return ERR_STATE;
    }
    if (signed_body->size == draft->body_size &&
        memcmp(signed_body->bytes, draft->body, draft->body_size) == 0)
        return ERR_OK;
    site_explain(why, "what was signed is not the draft as it is now: read it again, then sign");
    return ERR_STATE;
}

/* Whether the approvals so far would be accepted. */
static bool is_ready(struct site *site, const struct staff_draft *draft)
{
    struct message_sealed_bytes bytes;
    struct wire_sealed sealed;
    struct quorum quorum;
    return write_sealed(site, &bytes, draft) == ERR_OK &&
           wire_decode_sealed(&sealed, bytes.bytes, bytes.size) == ERR_OK &&
           quorum_check(&quorum, &site->roster, &sealed) == ERR_OK;
}

static void add_approval(
    struct site *site, struct staff_draft *draft, const struct wire_approval *approval)
{
    staff_add_approval(site->store, draft->id, approval, site_now_s(site));
    if (draft->state == MESSAGE_DRAFT_OPEN)
        draft->first_s = site_now_s(site);
    draft->state = is_ready(site, draft) ? MESSAGE_DRAFT_READY : MESSAGE_DRAFT_APPROVED;
    staff_save_draft(site->store, draft);
    site_audit(site, "approve", "draft=%lld number=%u editor=%u", (long long)draft->id,
        draft->number, approval->editor);
}

enum err drafts_approve(struct site *site, struct message *reply, char why[MESSAGES_DETAIL_SIZE],
    const struct message *request)
{
    const struct message_draft_approve *given = &request->as.draft_approve;
    struct wire_approval approval = {.editor = given->editor};
    struct staff_draft draft;
    memcpy(approval.signature, given->signature, sizeof approval.signature);
    drafts_tick(site);
    enum err err = get(site, &draft, why, given->id);
    if (err == ERR_OK)
        err = check_state(why, &draft, &given->body);
    if (err == ERR_OK)
        err = check_approval(site, why, &draft, &approval);
    if (err != ERR_OK) {
        if (why[0] == '\0')
            site_explain(why, "%s", err_text(err));
        site_audit_refusal(site, "approval", err, why);
        return err;
    }
    add_approval(site, &draft, &approval);
    return write_reply(site, reply, &draft);
}

/* A retraction goes out though the disk is full: it stops what is wrong. */
static enum err check_room_for(
    struct site *site, char why[MESSAGES_DETAIL_SIZE], const struct message_sealed_bytes *bytes)
{
    struct wire_sealed sealed;
    if (site->ballast.room == BALLAST_LOW &&
        wire_decode_sealed(&sealed, bytes->bytes, bytes->size) == ERR_OK &&
        sealed.header.kind == BULLETIN_RETRACT)
        return ERR_OK;
    return site_check_room(site, why);
}

enum err drafts_send(struct site *site, struct message *reply, char why[MESSAGES_DETAIL_SIZE],
    const struct message *request)
{
    struct staff_draft draft;
    struct message_sealed_bytes bytes;
    uint32_t number = 0;
    drafts_tick(site);
    enum err err = get(site, &draft, why, request->as.id.id);
    if (err == ERR_OK && draft.state == MESSAGE_DRAFT_SENT) {
        site_explain(
            why, "draft %lld has been sent as number %u", (long long)draft.id, draft.number);
        return ERR_STATE;
    }
    if (err == ERR_OK)
        err = write_sealed(site, &bytes, &draft);
    if (err == ERR_OK)
        err = check_room_for(site, why, &bytes);
    if (err == ERR_OK)
        err = commit_bulletin(site, &number, why, &bytes);
    if (err != ERR_OK)
        return err;
    draft.state = MESSAGE_DRAFT_SENT;
    staff_save_draft(site->store, &draft);
    *reply = (struct message){.type = MESSAGE_OK, .fd = -1};
    reply->as.ok.value = number;
    return ERR_OK;
}

enum err drafts_drop(struct site *site, struct message *reply, char why[MESSAGES_DETAIL_SIZE],
    const struct message *request)
{
    struct staff_draft draft;
    enum err err = get(site, &draft, why, request->as.id.id);
    if (err == ERR_OK && draft.state == MESSAGE_DRAFT_SENT) {
        site_explain(
            why, "draft %lld has been sent as number %u", (long long)draft.id, draft.number);
        err = ERR_STATE;
    }
    if (err != ERR_OK)
        return err;
    staff_remove_draft(site->store, draft.id);
    site_audit(site, "drop", "draft=%lld number=%u", (long long)draft.id, draft.number);
    *reply = (struct message){.type = MESSAGE_OK, .fd = -1};
    return ERR_OK;
}

enum err drafts_next(struct site *site, struct message *reply, int64_t after)
{
    struct staff_draft draft;
    enum err err = staff_get_draft(site->store, &draft, staff_find_draft(site->store, after));
    return err == ERR_OK ? write_reply(site, reply, &draft) : err;
}

static void lapse(struct site *site, int64_t id)
{
    struct staff_draft draft;
    staff_clear_approvals(site->store, id);
    if (staff_get_draft(site->store, &draft, id) != ERR_OK)
        return;
    draft.state = MESSAGE_DRAFT_OPEN;
    draft.first_s = 0;
    staff_save_draft(site->store, &draft);
    site_audit(site, "lapse", "draft=%lld number=%u", (long long)id, draft.number);
    log_info("approval_lapsed draft=%lld", (long long)id);
}

void drafts_tick(struct site *site)
{
    int64_t before_s = site_now_s(site) - DRAFTS_LAPSE_S;
    for (int64_t id; (id = staff_find_lapsed(site->store, before_s)) != 0;)
        lapse(site, id);
}
