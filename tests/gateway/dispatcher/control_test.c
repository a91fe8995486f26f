#include "tests/gateway/dispatcher/harness.h"

#include <sys/stat.h>

static void one_approval_is_refused(void **state)
{
    struct rig *rig = *state;
    struct bulletin bulletin;
    fill_bulletin(rig, &bulletin, 2);
    assert_int_equal(submit(rig, &bulletin, 1), ERR_QUORUM);
    assert_int_equal(submit(rig, &bulletin, 0), ERR_QUORUM);
    assert_int_equal(submit(rig, &bulletin, 2), ERR_OK);
}

static void bad_seals_are_refused(void **state)
{
    struct rig *rig = *state;
    struct bulletin bulletin;
    struct message_sealed_bytes sealed;
    fill_bulletin(rig, &bulletin, 2);
    seal_bulletin(rig, &sealed, &bulletin, 2);
    struct message_sealed_bytes changed = sealed;
    changed.bytes[30] ^= 1; /* in the text */
    assert_int_equal(submit_bytes(rig, &changed), ERR_SEAL);
    changed = sealed;
    changed.size--;
    assert_int_equal(submit_bytes(rig, &changed), ERR_SHORT);
    changed = sealed;
    changed.bytes[changed.size++] = 0;
    assert_int_equal(submit_bytes(rig, &changed), ERR_FORMAT);
    changed = sealed; /* the same editor twice */
    memcpy(&changed.bytes[changed.size - WIRE_APPROVAL_SIZE],
        &changed.bytes[changed.size - 2 * WIRE_APPROVAL_SIZE], WIRE_APPROVAL_SIZE);
    assert_int_not_equal(submit_bytes(rig, &changed), ERR_OK);
    bulletin.newsroom[0] ^= 1;
    assert_int_equal(submit(rig, &bulletin, 2), ERR_KEY);
    assert_int_equal(status_of(rig, 2, false).number, 0);
}

static void repeats_and_old_numbers_are_refused(void **state)
{
    struct rig *rig = *state;
    struct bulletin bulletin;
    fill_bulletin(rig, &bulletin, 5);
    assert_int_equal(submit(rig, &bulletin, 2), ERR_OK);
    assert_int_equal(submit(rig, &bulletin, 2), ERR_REPLAY);
    fill_bulletin(rig, &bulletin, 4);
    assert_int_equal(submit(rig, &bulletin, 2), ERR_REPLAY);
    crash(rig);
    start(rig);
    fill_bulletin(rig, &bulletin, 5);
    assert_int_equal(submit(rig, &bulletin, 2), ERR_REPLAY);
}

static void expired_and_future_ones_are_refused(void **state)
{
    struct rig *rig = *state;
    struct bulletin bulletin;
    fill_bulletin(rig, &bulletin, 2);
    bulletin.sent_s -= 3601;
    assert_int_equal(submit(rig, &bulletin, 2), ERR_EXPIRED);
    fill_bulletin(rig, &bulletin, 2);
    bulletin.sent_s += 700;
    assert_int_equal(submit(rig, &bulletin, 2), ERR_FUTURE);
}

static void without_a_roster_nothing_is_accepted(void **state)
{
    struct rig *rig = *state;
    struct bulletin bulletin;
    start(rig);
    fill_bulletin(rig, &bulletin, 2);
    assert_int_equal(submit(rig, &bulletin, 2), ERR_ROSTER);
}

static enum err put_this_roster(struct rig *rig, const struct roster *roster)
{
    struct message message = {.type = MESSAGE_ROSTER_PUT, .fd = -1};
    seal_roster(rig, &message.as.sealed.sealed, roster);
    ask(rig, &message);
    return message.type == MESSAGE_OK ? ERR_OK : (enum err)message.as.refused.result;
}

static void a_roster_is_pinned_and_only_followed_by_a_later_one(void **state)
{
    struct rig *rig = *state;
    struct roster roster;
    struct bulletin bulletin;
    fill_roster(rig, &roster, 1);
    assert_int_equal(put_this_roster(rig, &roster), ERR_REPLAY);
    fill_roster(rig, &roster, 3);
    roster.editors[1].revoked = true;
    assert_int_equal(put_this_roster(rig, &roster), ERR_OK);
    fill_bulletin(rig, &bulletin, 4);
    assert_int_equal(submit(rig, &bulletin, 2), ERR_ROSTER); /* revoked counts at once */
    crash(rig);
    start(rig);
    assert_int_equal(submit(rig, &bulletin, 2), ERR_ROSTER);
    struct keys other;
    key_from(&other, 50);
    fill_roster(rig, &roster, 9);
    memcpy(roster.newsroom_key, other.public_key, sizeof other.public_key);
    rig->newsroom = other;
    assert_int_equal(put_this_roster(rig, &roster), ERR_KEY);
}

static uint64_t new_draft(struct rig *rig, enum bulletin_kind kind, uint32_t follows)
{
    struct message message = {.type = MESSAGE_DRAFT_NEW, .fd = -1};
    struct bulletin bulletin;
    size_t size = 0;
    fill_bulletin(rig, &bulletin, 0);
    memset(bulletin.newsroom, 0, sizeof bulletin.newsroom);
    bulletin.sent_s = 0;
    bulletin.kind = kind;
    bulletin.follows = follows;
    assert_int_equal(wire_encode_body(message.as.draft_new.body.bytes, &size, &bulletin), ERR_OK);
    message.as.draft_new.body.size = (uint16_t)size;
    ask(rig, &message);
    assert_int_equal(message.type, MESSAGE_DRAFT);
    return message.as.draft.id;
}

static struct message_draft get_draft(struct rig *rig, uint64_t id)
{
    struct message message = {.type = MESSAGE_DRAFT_GET, .fd = -1};
    message.as.id.id = id;
    ask(rig, &message);
    if (message.type != MESSAGE_DRAFT)
        fail_msg("refused: %s", message.as.refused.detail);
    return message.as.draft;
}

/* Signs what the draft was read as. */
static enum err approve(
    struct rig *rig, const struct message_draft *draft, uint8_t editor, uint8_t key)
{
    struct message message = {.type = MESSAGE_DRAFT_APPROVE, .fd = -1};
    struct wire_sealed sealed;
    struct wire_approval approval;
    struct buf_in body;
    assert_int_equal(wire_decode_sealed(&sealed, draft->sealed.bytes, draft->sealed.size), ERR_OK);
    buf_in_init(&body, sealed.body, sealed.body_size);
    seal_approve(&approval, editor, &body, rig->editors[key].secret);
    message.as.draft_approve.id = draft->id;
    message.as.draft_approve.editor = editor;
    memcpy(message.as.draft_approve.signature, approval.signature, sizeof approval.signature);
    message.as.draft_approve.body.size = (uint16_t)sealed.body_size;
    memcpy(message.as.draft_approve.body.bytes, sealed.body, sealed.body_size);
    ask(rig, &message);
    return message.type == MESSAGE_DRAFT ? ERR_OK : (enum err)message.as.refused.result;
}

static struct message send_draft(struct rig *rig, uint64_t id)
{
    struct message message = {.type = MESSAGE_DRAFT_SEND, .fd = -1};
    message.as.id.id = id;
    ask(rig, &message);
    return message;
}

static uint32_t number_of(const struct message_draft *draft)
{
    struct wire_sealed sealed;
    assert_int_equal(wire_decode_sealed(&sealed, draft->sealed.bytes, draft->sealed.size), ERR_OK);
    return sealed.header.number;
}

static void a_draft_needs_two_editors_and_exactly_its_bytes(void **state)
{
    struct rig *rig = *state;
    uint64_t id = new_draft(rig, BULLETIN_ALERT, 0);
    struct message_draft draft = get_draft(rig, id);
    assert_int_equal(draft.state, MESSAGE_DRAFT_OPEN);
    assert_int_equal(number_of(&draft), 2); /* behind the roster's */
    assert_int_equal(approve(rig, &draft, 0, 1), ERR_SEAL);
    assert_int_equal(approve(rig, &draft, 7, 0), ERR_ROSTER);
    struct message_draft altered = draft;
    altered.sealed.bytes[9] ^= 1; /* the sent time */
    assert_int_equal(approve(rig, &altered, 0, 0), ERR_STATE);
    assert_int_equal(approve(rig, &draft, 0, 0), ERR_OK);
    assert_int_equal(approve(rig, &draft, 0, 0), ERR_EXISTS);
    assert_int_equal(send_draft(rig, id).as.refused.result, ERR_QUORUM);
    usleep(1100000);
    struct message_draft frozen = get_draft(rig, id);
    assert_int_equal(frozen.state, MESSAGE_DRAFT_APPROVED);
    crash(rig); /* approvals are on disk */
    start(rig);
    assert_int_equal(approve(rig, &draft, 1, 1), ERR_OK);
    assert_int_equal(get_draft(rig, id).state, MESSAGE_DRAFT_READY);
    struct message message = send_draft(rig, id);
    assert_int_equal(message.type, MESSAGE_OK);
    assert_int_equal(message.as.ok.value, 2);
    assert_int_equal(send_draft(rig, id).as.refused.result, ERR_STATE);
    message = (struct message){.type = MESSAGE_BULLETIN_GET, .fd = -1};
    message.as.id.id = 2;
    ask(rig, &message);
    assert_int_equal(message.type, MESSAGE_SEALED);
    assert_true(message.as.sealed.sealed.size > draft.sealed.size);
    message = (struct message){.type = MESSAGE_DRAFT_LIST, .fd = -1};
    ask(rig, &message);
    assert_int_equal(message.type, MESSAGE_END);
}

static void two_drafts_have_two_numbers_and_either_may_go_first(void **state)
{
    struct rig *rig = *state;
    uint64_t first = new_draft(rig, BULLETIN_ALERT, 0), second = new_draft(rig, BULLETIN_DRILL, 0);
    struct message_draft a = get_draft(rig, first), b = get_draft(rig, second);
    assert_int_equal(number_of(&a), 2);
    assert_int_equal(number_of(&b), 3);
    for (uint8_t i = 0; i < 2; i++) {
        assert_int_equal(approve(rig, &a, i, i), ERR_OK);
        assert_int_equal(approve(rig, &b, i, i), ERR_OK);
    }
    assert_int_equal(send_draft(rig, second).as.ok.value, 3);
    assert_int_equal(send_draft(rig, first).as.ok.value, 2);
    struct message_draft next = get_draft(rig, new_draft(rig, BULLETIN_ALERT, 0));
    assert_int_equal(number_of(&next), 4);
}

static unsigned count_events(struct rig *rig, const char *event)
{
    struct message message = {.type = MESSAGE_AUDIT_LIST, .fd = -1};
    unsigned count = 0;
    put(rig->control, &message);
    for (receive(rig->control, &message); message.type == MESSAGE_AUDIT;
         receive(rig->control, &message))
        count += strcmp(message.as.audit.event, event) == 0;
    assert_int_equal(message.type, MESSAGE_END);
    return count;
}

static enum err drop_draft(struct rig *rig, uint64_t id)
{
    struct message message = {.type = MESSAGE_DRAFT_DROP, .fd = -1};
    message.as.id.id = id;
    ask(rig, &message);
    return message.type == MESSAGE_OK ? ERR_OK : (enum err)message.as.refused.result;
}

static void a_dropped_draft_is_gone_and_its_number_is_free(void **state)
{
    struct rig *rig = *state;
    int64_t before_s = clock_wall_s();
    uint64_t id = new_draft(rig, BULLETIN_ALERT, 0);
    struct message_draft draft = get_draft(rig, id);
    assert_true(draft.created_s >= before_s && draft.created_s <= clock_wall_s());
    assert_int_equal(draft.first_s, 0);
    assert_int_equal(approve(rig, &draft, 0, 0), ERR_OK);
    assert_true(get_draft(rig, id).first_s >= draft.created_s);
    assert_int_equal(drop_draft(rig, id), ERR_OK);
    assert_int_equal(drop_draft(rig, id), ERR_MISSING);
    assert_int_equal(approve(rig, &draft, 1, 1), ERR_MISSING);
    assert_int_equal(count_events(rig, "drop"), 1);
    uint64_t next = new_draft(rig, BULLETIN_ALERT, 0);
    struct message_draft other = get_draft(rig, next);
    assert_int_equal(number_of(&other), number_of(&draft));
    for (uint8_t i = 0; i < 2; i++)
        assert_int_equal(approve(rig, &other, i, i), ERR_OK);
    assert_int_equal(send_draft(rig, next).type, MESSAGE_OK);
    assert_int_equal(drop_draft(rig, next), ERR_STATE);
}

/* The answer to a draft with these texts, Extreme. */
static struct message hand_in_extreme(
    struct rig *rig, enum bulletin_kind kind, const char *instruction, const char *description)
{
    struct message message = {.type = MESSAGE_DRAFT_NEW, .fd = -1};
    struct bulletin bulletin;
    size_t size = 0;
    fill_bulletin(rig, &bulletin, 0);
    memset(bulletin.newsroom, 0, sizeof bulletin.newsroom);
    bulletin.sent_s = 0;
    bulletin.kind = kind;
    bulletin.severity = BULLETIN_EXTREME;
    struct bulletin_text *text = &bulletin.text[BULLETIN_EN];
    snprintf(text->headline, sizeof text->headline, "GAS LEAK: Abai street");
    snprintf(text->instruction, sizeof text->instruction, "%s", instruction);
    snprintf(text->description, sizeof text->description, "%s", description);
    assert_int_equal(wire_encode_body(message.as.draft_new.body.bytes, &size, &bulletin), ERR_OK);
    message.as.draft_new.body.size = (uint16_t)size;
    ask(rig, &message);
    return message;
}

static void an_extreme_alert_must_be_complete(void **state)
{
    struct rig *rig = *state;
    static const char what_to_do[] = "Leave your homes now.", what_it_does[] = "Gas may explode.";
    struct message message = hand_in_extreme(rig, BULLETIN_ALERT, "", what_it_does);
    assert_int_equal(message.type, MESSAGE_REFUSED);
    assert_int_equal(message.as.refused.result, ERR_MISSING);
    assert_non_null(strstr(message.as.refused.detail, "what to do"));
    message = hand_in_extreme(rig, BULLETIN_ALERT, what_to_do, "");
    assert_int_equal(message.as.refused.result, ERR_MISSING);
    assert_int_equal(
        hand_in_extreme(rig, BULLETIN_ALERT, what_to_do, what_it_does).type, MESSAGE_DRAFT);
    assert_int_equal(hand_in_extreme(rig, BULLETIN_DRILL, "", "").type, MESSAGE_DRAFT);
}

static void a_retraction_is_signed_beforehand_and_released_by_one(void **state)
{
    struct rig *rig = *state;
    uint64_t id = new_draft(rig, BULLETIN_ALERT, 0);
    struct message_draft draft = get_draft(rig, id);
    uint64_t retraction_id = new_draft(rig, BULLETIN_RETRACT, 2);
    struct message_draft retraction = get_draft(rig, retraction_id);
    assert_int_equal(number_of(&retraction), 2);
    assert_int_equal(approve(rig, &retraction, 0, 0), ERR_OK);
    assert_int_equal(get_draft(rig, retraction_id).state, MESSAGE_DRAFT_READY);
    assert_int_equal(approve(rig, &draft, 0, 0), ERR_OK);
    assert_int_equal(approve(rig, &draft, 1, 1), ERR_OK);
    assert_int_equal(send_draft(rig, id).type, MESSAGE_OK);
    assert_int_equal(send_draft(rig, retraction_id).type, MESSAGE_OK);
    assert_int_equal(status_of(rig, 2, false).state, MESSAGE_BULLETIN_RETRACTED);
    assert_int_equal(status_of(rig, 2, true).kind, BULLETIN_RETRACT);
}

static void only_what_was_sent_can_be_retracted(void **state)
{
    struct rig *rig = *state;
    struct bulletin alert, retraction;
    fill_bulletin(rig, &retraction, 9);
    retraction.kind = BULLETIN_RETRACT;
    retraction.follows = 9;
    assert_int_equal(submit(rig, &retraction, 1), ERR_MISSING); /* never was: uses up no number */
    assert_int_equal(submit(rig, &retraction, 2), ERR_MISSING);
    fill_bulletin(rig, &alert, 2);
    assert_int_equal(submit(rig, &alert, 2), ERR_OK);
    retraction = alert;
    retraction.kind = BULLETIN_RETRACT;
    retraction.follows = 2;
    retraction.sent_s--;
    assert_int_equal(submit(rig, &retraction, 1), ERR_VALUE);
    retraction.sent_s -= 59; /* another time, the same expiry */
    retraction.lifetime_min++;
    assert_int_equal(submit(rig, &retraction, 1), ERR_VALUE);
    retraction.sent_s += 60;
    assert_int_equal(submit(rig, &retraction, 1), ERR_VALUE);
    retraction.lifetime_min -= 2;
    assert_int_equal(submit(rig, &retraction, 1), ERR_VALUE);
    assert_int_equal(status_of(rig, 2, false).state, MESSAGE_BULLETIN_SENDING);
    retraction.lifetime_min++;
    assert_int_equal(submit(rig, &retraction, 1), ERR_OK);
    assert_int_equal(submit(rig, &retraction, 1), ERR_REPLAY);
}

static void subscribers_are_listed_masked_and_counted(void **state)
{
    struct rig *rig = *state;
    for (unsigned n = 1; n <= 200; n++)
        subscribe(rig, n);
    subscribe(rig, 7); /* changed, not new */
    struct message message = {.type = MESSAGE_SUBSCRIBER_LIST, .fd = -1};
    unsigned listed = 0;
    put(rig->control, &message);
    for (receive(rig->control, &message); message.type == MESSAGE_SUBSCRIBER;
         receive(rig->control, &message)) {
        listed++;
        assert_null(strstr(message.as.subscriber.number, "7701"));
    }
    assert_int_equal(message.type, MESSAGE_END);
    assert_int_equal(listed, 200);
    message = (struct message){.type = MESSAGE_SUBSCRIBER_COUNT, .fd = -1};
    put(rig->control, &message);
    expect(rig->control, &message, MESSAGE_COUNT);
    assert_int_equal(message.as.count.count, 200);
    assert_int_equal(message.as.count.language, BULLETIN_EN);
    expect(rig->control, &message, MESSAGE_END);
}

static struct message export_next(struct rig *rig, uint64_t after)
{
    struct message message = {.type = MESSAGE_EXPORT_NEXT, .fd = -1};
    message.as.id.id = after;
    ask(rig, &message);
    return message;
}

static void numbers_leave_in_clear_only_on_the_record(void **state)
{
    struct rig *rig = *state;
    for (unsigned n = 1; n <= 3; n++)
        subscribe(rig, n);
    assert_int_equal(export_next(rig, 1).as.refused.result, ERR_STATE); /* not from the middle */
    assert_int_equal(count_events(rig, "export"), 0);
    struct message message = export_next(rig, 0);
    for (unsigned n = 1; n <= 3; n++) {
        char number[MESSAGES_NUMBER_SIZE];
        snprintf(number, sizeof number, "+7701%07u", n);
        assert_int_equal(message.type, MESSAGE_SUBSCRIBER);
        assert_string_equal(message.as.subscriber.number, number);
        message = export_next(rig, message.as.subscriber.id);
    }
    assert_int_equal(message.type, MESSAGE_END);
    assert_int_equal(export_next(rig, 2).as.refused.result, ERR_STATE);
    assert_int_equal(count_events(rig, "export"), 1);
    assert_int_equal(count_events(rig, "roster"), 1);
    message = (struct message){.type = MESSAGE_AUDIT_VERIFY, .fd = -1};
    ask(rig, &message);
    assert_int_equal(message.type, MESSAGE_OK);
    assert_int_equal(message.as.ok.value, 2);
}

static void it_ends_itself_only_when_the_key_has_gone(void **state)
{
    struct rig *rig = *state;
    char path[128];
    struct message message = {.type = MESSAGE_WIPED, .fd = -1};
    ask(rig, &message);
    assert_int_equal(message.type, MESSAGE_REFUSED);
    snprintf(path, sizeof path, "%s/site.key", rig->folder);
    assert_int_equal(unlink(path), 0);
    message = (struct message){.type = MESSAGE_WIPED, .fd = -1};
    put(rig->control, &message);
    wait_readable(rig->control);
    assert_int_equal(messages_receive(rig->control, &message), ERR_CLOSED);
}

static void a_bad_subscriber_is_refused_with_a_reason(void **state)
{
    struct rig *rig = *state;
    struct message message = {.type = MESSAGE_SUBSCRIBER_PUT, .fd = -1};
    snprintf(message.as.subscriber_put.number, MESSAGES_NUMBER_SIZE, "1234");
    message.as.subscriber_put.regions = 1;
    ask(rig, &message);
    assert_int_equal(message.type, MESSAGE_REFUSED);
    assert_non_null(strstr(message.as.refused.detail, "number"));
}

static void a_full_disk_refuses_what_is_new_and_goes_on_sending(void **state)
{
    struct rig *rig = *state;
    struct bulletin bulletin;
    struct message_part part;
    subscribe(rig, 1);
    fill_bulletin(rig, &bulletin, 2);
    assert_int_equal(submit(rig, &bulletin, 2), ERR_OK);
    crash(rig);
    rig->ballast = "4611686018427387904"; /* no disk has room for it: counts as full */
    start(rig);
    struct message message = {.type = MESSAGE_SUBSCRIBER_PUT, .fd = -1};
    ask(rig, &message);
    assert_int_equal(message.type, MESSAGE_REFUSED);
    assert_int_equal(message.as.refused.result, ERR_FULL);
    assert_non_null(strstr(message.as.refused.detail, "make room"));
    fill_bulletin(rig, &bulletin, 3);
    assert_int_equal(submit(rig, &bulletin, 2), ERR_FULL);
    send_all_of(plug(rig, 0), &part, 1);
    assert_int_equal(status_of(rig, 2, false).sent, 1);
}

static void a_second_dispatcher_is_refused_with_a_reason(void **state)
{
    struct rig *rig = *state;
    char program[PATH_MAX];
    char said[512] = {0};
    int fds[2], status = 0;
    program_path(program, "dabyl-dispatcher");
    assert_int_equal(pipe(fds), 0);
    pid_t pid = fork();
    if (pid == 0) {
        dup2(fds[1], 2);
        close(3);
        execl(program, program, "--config", rig->conf, (char *)NULL);
        _exit(127);
    }
    close(fds[1]);
    assert_true(read(fds[0], said, sizeof said - 1) > 0);
    close(fds[0]);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(WEXITSTATUS(status), 4);
    assert_non_null(strstr(said, "in use by another dispatcher"));
}

static void text_in(int modem, const char *number, const char *text, int64_t smsc_s)
{
    struct message message = {.type = MESSAGE_INBOUND, .fd = -1};
    message.as.inbound.serial = 5;
    message.as.inbound.smsc_s = smsc_s;
    snprintf(message.as.inbound.number, sizeof message.as.inbound.number, "%s", number);
    snprintf(message.as.inbound.text, sizeof message.as.inbound.text, "%s", text);
    put(modem, &message);
    expect(modem, &message, MESSAGE_INBOUND_STORED);
}

static uint32_t subscribers(struct rig *rig)
{
    struct message message = {.type = MESSAGE_STATUS_GET, .fd = -1};
    put(rig->control, &message);
    expect(rig->control, &message, MESSAGE_STATUS_SITE);
    uint32_t count = message.as.status_site.subscribers;
    while (message.type != MESSAGE_END)
        receive(rig->control, &message);
    return count;
}

static void start_joins_and_brings_what_is_going_out(void **state)
{
    struct rig *rig = *state;
    struct bulletin bulletin;
    struct message_part part;
    int modem = plug(rig, 0);
    fill_bulletin(rig, &bulletin, 2);
    subscribe(rig, 1);
    assert_int_equal(submit(rig, &bulletin, 2), ERR_OK);
    text_in(modem, "+77020000001", "start", 100);
    assert_int_equal(subscribers(rig), 2);
    send_all_of(modem, &part, 1);
    assert_string_equal(part.number, "+77010000001"); /* alerts before answers */
    send_all_of(modem, &part, 2);
    assert_string_equal(part.number, "+77020000001");
    while (part.udh_size > 0 && part.udh[5] < part.udh[4])
        send_all_of(modem, &part, 3);
    send_all_of(modem, &part, 4);
    assert_string_equal(part.number, "+77020000001");
    assert_non_null(strstr(part.text, "Gas leak"));
}

static unsigned answers_waiting(struct rig *rig)
{
    struct message message = {.type = MESSAGE_STATUS_GET, .fd = -1};
    put(rig->control, &message);
    expect(rig->control, &message, MESSAGE_STATUS_SITE);
    unsigned count = message.as.status_site.answers_waiting;
    while (message.type != MESSAGE_END)
        receive(rig->control, &message);
    return count;
}

static void the_same_text_read_twice_counts_once(void **state)
{
    struct rig *rig = *state;
    int modem = plug(rig, 0);
    subscribe(rig, 1);
    text_in(modem, "+77010000001", "stop", 100);
    assert_int_equal(subscribers(rig), 0);
    text_in(modem, "+77010000001", "start", 101);
    assert_int_equal(subscribers(rig), 1);
    text_in(modem, "+77010000001", "stop", 100); /* from the SIM once more */
    assert_int_equal(subscribers(rig), 1);
}

static void stop_is_confirmed_once_and_an_import_does_not_undo_it(void **state)
{
    struct rig *rig = *state;
    int modem = plug(rig, 0);
    subscribe(rig, 1);
    text_in(modem, "+77010000001", "STOP", 100);
    assert_int_equal(answers_waiting(rig), 1);
    text_in(modem, "+77010000001", "STOP", 200);
    assert_int_equal(answers_waiting(rig), 1);
    subscribe(rig, 1);
    assert_int_equal(subscribers(rig), 0);
}

static void answers_are_limited(void **state)
{
    struct rig *rig = *state;
    static const char *const words[] = {"help", "last", "check 9", "ok", "en"};
    int modem = plug(rig, 0);
    subscribe(rig, 1);
    text_in(modem, "+77010000001", "help", 100);
    text_in(modem, "+77010000001", "help", 101); /* the same word within ten minutes */
    assert_int_equal(answers_waiting(rig), 1);
    for (int i = 0; i < 5; i++)
        text_in(modem, "+77010000001", words[i], 200 + i);
    assert_int_equal(answers_waiting(rig), 3); /* an hour */
    text_in(modem, "1414", "help", 300);       /* a short code, letters */
    text_in(modem, "BANK", "help", 300);
    assert_int_equal(answers_waiting(rig), 3);
}

static void parts_of_a_text_are_joined(void **state)
{
    struct rig *rig = *state;
    int modem = plug(rig, 0);
    for (uint8_t part = 2; part >= 1; part--) {
        struct message message = {.type = MESSAGE_INBOUND, .fd = -1};
        struct message_inbound *in = &message.as.inbound;
        *in = (struct message_inbound){
            .serial = part, .reference = 9, .part = part, .parts = 2, .smsc_s = 100};
        snprintf(in->number, sizeof in->number, "+77010000001");
        snprintf(in->text, sizeof in->text, "%s", part == 1 ? "sta" : "rt");
        assert_int_equal(subscribers(rig), 0);
        put(modem, &message);
        expect(modem, &message, MESSAGE_INBOUND_STORED);
    }
    assert_int_equal(subscribers(rig), 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    static const struct CMUnitTest tests[] = {
        TEST(one_approval_is_refused),
        TEST(bad_seals_are_refused),
        TEST(repeats_and_old_numbers_are_refused),
        TEST(expired_and_future_ones_are_refused),
        cmocka_unit_test_setup_teardown(
            without_a_roster_nothing_is_accepted, setup_plain, teardown),
        TEST(a_roster_is_pinned_and_only_followed_by_a_later_one),
        TEST(a_draft_needs_two_editors_and_exactly_its_bytes),
        TEST(two_drafts_have_two_numbers_and_either_may_go_first),
        TEST(a_dropped_draft_is_gone_and_its_number_is_free),
        TEST(an_extreme_alert_must_be_complete),
        TEST(a_retraction_is_signed_beforehand_and_released_by_one),
        TEST(numbers_leave_in_clear_only_on_the_record),
        TEST(it_ends_itself_only_when_the_key_has_gone),
        TEST(only_what_was_sent_can_be_retracted),
        TEST(subscribers_are_listed_masked_and_counted),
        TEST(a_bad_subscriber_is_refused_with_a_reason),
        TEST(a_full_disk_refuses_what_is_new_and_goes_on_sending),
        TEST(a_second_dispatcher_is_refused_with_a_reason),
        TEST(start_joins_and_brings_what_is_going_out),
        TEST(the_same_text_read_twice_counts_once),
        TEST(stop_is_confirmed_once_and_an_import_does_not_undo_it),
        TEST(answers_are_limited),
        TEST(parts_of_a_text_are_joined),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
