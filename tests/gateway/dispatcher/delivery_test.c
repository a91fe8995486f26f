#include "tests/gateway/dispatcher/harness.h"

#define SAME_MODEM_MS 20000 /* that what has been begun waits for its modem */

static void alert(struct rig *rig, uint32_t number)
{
    struct bulletin bulletin;
    fill_bulletin(rig, &bulletin, number);
    assert_int_equal(submit(rig, &bulletin, 2), ERR_OK);
}

static void a_text_goes_by_claim_hold_go_sent(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    subscribe(rig, 1);
    int modem = plug(rig, 0);
    alert(rig, 2);
    take_and_hold(modem, &part);
    assert_string_equal(part.number, "+77010000001");
    assert_non_null(strstr(part.text, "AZAT"));
    assert_non_null(strstr(part.text, "Gas leak"));
    assert_int_equal(part.again, 0);
    assert_int_equal(part.report, 1);
    assert_in_range(part.validity_min, 59, 60);
    assert_int_equal(status_of(rig, 2, false).in_flight, 1);
    sent(modem, part.job, 7);
    pull(modem);
    assert_true(is_silent(modem, 100));
    struct message_status_bulletin status = status_of(rig, 2, false);
    assert_int_equal(status.recipients, 1);
    assert_int_equal(status.sent, 1);
    assert_int_equal(status.queued + status.in_flight, 0);
}

static void report(int modem, uint16_t reference, const char *number, uint8_t status)
{
    struct message message = {.type = MESSAGE_REPORT, .fd = -1};
    message.as.report.serial = 77;
    message.as.report.reference = reference;
    message.as.report.status = status;
    snprintf(message.as.report.number, sizeof message.as.report.number, "%s", number);
    put(modem, &message);
    expect(modem, &message, MESSAGE_INBOUND_STORED);
    assert_int_equal(message.as.serial.serial, 77);
}

static void reports_count_for_their_own_part_only(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    subscribe(rig, 1);
    subscribe(rig, 2);
    int modem = plug(rig, 0);
    alert(rig, 2);
    send_all_of(modem, &part, 7);
    send_all_of(modem, &part, 8);
    report(modem, 9, "+77010000001", 0);   /* no such reference */
    report(modem, 7, "+77010000002", 0);   /* another number's */
    report(modem, 7, "87010000001", 0x30); /* still trying */
    assert_int_equal(status_of(rig, 2, false).delivered, 0);
    report(modem, 7, "87010000001", 0);
    report(modem, 7, "87010000001", 0); /* again */
    report(modem, 8, "+77010000002", 0x46);
    struct message_status_bulletin status = status_of(rig, 2, false);
    assert_int_equal(status.delivered, 1);
    assert_int_equal(status.undeliverable, 1);
    assert_int_equal(status.sent, 2);
}

static void a_crash_while_claimed_loses_nothing_and_doubts_nothing(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    subscribe(rig, 1);
    alert(rig, 2);
    take(plug(rig, 0), &part);
    uint64_t job = part.job;
    crash(rig);
    start(rig);
    struct message_status_bulletin status = status_of(rig, 2, false);
    assert_int_equal(status.queued, 1);
    assert_int_equal(status.doubt, 0);
    int modem = plug(rig, 0);
    struct message message;
    hold(modem, job); /* a word from before the crash */
    expect(modem, &message, MESSAGE_PART_DROP);
    send_all_of(modem, &part, 1);
    assert_int_equal(part.again, 0);
    assert_int_equal(status_of(rig, 2, false).sent, 1);
    assert_int_equal(status_of(rig, 2, false).again, 0);
}

static void a_crash_while_submitting_is_a_doubt_and_sent_once_more(void **state)
{
    struct rig *rig = *state;
    struct message_part first, second;
    subscribe(rig, 1);
    alert(rig, 2);
    take_and_hold(plug(rig, 0), &first);
    crash(rig);
    start(rig);
    assert_int_equal(status_of(rig, 2, false).doubt, 1);
    int modem = plug(rig, 0);
    subscribe(rig, 2);
    alert(rig, 3);
    for (uint8_t i = 1; i <= 2; i++) { /* others' texts move the modem's own count of TP-MR on */
        send_all_of(modem, &second, (uint8_t)(first.reference + 10 + i));
        assert_int_equal(second.again, 0);
    }
    pull(modem);
    assert_true(is_silent(modem, 300)); /* waits for a report first */
    struct message message;
    expect(modem, &message, MESSAGE_PART);
    second = message.as.part;
    assert_int_equal(second.again, 1);
    assert_int_equal(second.reference, first.reference);
    assert_string_equal(second.number, first.number);
    hold(modem, second.job);
    expect(modem, &message, MESSAGE_PART_GO);
    sent(modem, second.job, second.reference);
    struct message_status_bulletin status = status_of(rig, 2, false);
    assert_int_equal(status.sent, 1);
    assert_int_equal(status.again, 1);
    assert_int_equal(status.doubt + status.unknown, 0);
}

static void a_second_crash_while_submitting_is_unknown_and_listed(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    subscribe(rig, 1);
    alert(rig, 2);
    for (int i = 0; i < 2; i++) {
        take_and_hold(plug(rig, 0), &part);
        crash(rig);
        start(rig);
    }
    int modem = plug(rig, 0);
    pull(modem);
    assert_true(is_silent(modem, 2500));
    struct message_status_bulletin status = status_of(rig, 2, false);
    assert_int_equal(status.unknown, 1);
    assert_int_equal(status.sent, 0);
    struct message message = {.type = MESSAGE_DOUBT_LIST, .fd = -1};
    put(rig->control, &message);
    expect(rig->control, &message, MESSAGE_DOUBT);
    assert_int_equal(message.as.doubt.bulletin, 2);
    assert_int_equal(message.as.doubt.final, 1);
    assert_string_equal(message.as.doubt.modem, "m0");
    assert_null(strstr(message.as.doubt.number, "000"));
    assert_non_null(strstr(message.as.doubt.number, "01"));
    expect(rig->control, &message, MESSAGE_END);
}

static void a_crash_after_sent_sends_nothing_again(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    subscribe(rig, 1);
    alert(rig, 2);
    send_all_of(plug(rig, 0), &part, 1);
    assert_int_equal(status_of(rig, 2, false).sent, 1);
    crash(rig);
    start(rig);
    int modem = plug(rig, 0);
    pull(modem);
    assert_true(is_silent(modem, 2500));
    assert_int_equal(status_of(rig, 2, false).sent, 1);
}

static void a_report_settles_a_doubt(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    subscribe(rig, 1);
    alert(rig, 2);
    int modem = plug(rig, 0);
    take_and_hold(modem, &part);
    struct message message = {.type = MESSAGE_PART_FAILED, .fd = -1};
    message.as.part_failed.job = part.job;
    message.as.part_failed.doubt = 1;
    put(modem, &message);
    report(modem, (uint8_t)(part.reference + 1), part.number, 0); /* another TP-MR */
    assert_int_equal(status_of(rig, 2, false).doubt, 1);
    report(modem, part.reference, part.number, 0);
    struct message_status_bulletin status = status_of(rig, 2, false);
    assert_int_equal(status.doubt, 0);
    assert_int_equal(status.sent, 1);
    assert_int_equal(status.delivered, 1);
    pull(modem);
    assert_true(is_silent(modem, 1500));
}

/* The first copy's report comes while the second one waits in the modem, and then while it waits to be tried again. */
static void a_report_settles_a_doubt_that_is_claimed_again(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    struct message message;
    for (unsigned n = 1; n <= 2; n++)
        subscribe(rig, n);
    alert(rig, 2);
    int modem = plug(rig, 0);
    for (int i = 0; i < 2; i++) {
        take_and_hold(modem, &part);
        message = (struct message){.type = MESSAGE_PART_FAILED, .fd = -1};
        message.as.part_failed.job = part.job;
        message.as.part_failed.doubt = 1;
        put(modem, &message);
    }
    take(modem, &part);
    assert_int_equal(part.again, 1);
    report(modem, part.reference, part.number, 0);
    hold(modem, part.job);
    expect(modem, &message, MESSAGE_PART_DROP);
    take(modem, &part);
    assert_int_equal(part.again, 1);
    fail_part(modem, part.job, MESSAGE_CAUSE_NETWORK, false);
    report(modem, part.reference, part.number, 0);
    struct message_status_bulletin status = status_of(rig, 2, false);
    assert_int_equal(status.sent, 2);
    assert_int_equal(status.delivered, 2);
    assert_int_equal(status.parts, 2);
    assert_int_equal(status.again + status.doubt + status.unknown + status.queued, 0);
}

static void fail_in_doubt(int modem, uint64_t job, uint32_t code)
{
    struct message message = {.type = MESSAGE_PART_FAILED, .fd = -1};
    message.as.part_failed.job = job;
    message.as.part_failed.doubt = 1;
    message.as.part_failed.code = code;
    put(modem, &message);
}

/* What was refused has most likely not been sent; what was not answered may well have been. */
static void a_refused_doubt_waits_a_third_as_long_for_its_report(void **state)
{
    struct rig *rig = *state;
    struct message_part silent, refused;
    struct message message;
    rig->more = "report_wait = 6\n";
    write_conf(rig);
    start(rig);
    put_roster(rig);
    for (unsigned n = 1; n <= 2; n++)
        subscribe(rig, n);
    alert(rig, 2);
    int modem = plug(rig, 0);
    take_and_hold(modem, &silent);
    fail_in_doubt(modem, silent.job, 0);
    take_and_hold(modem, &refused);
    fail_in_doubt(modem, refused.job, 500);
    pull(modem);
    assert_true(is_silent(modem, 1500));
    assert_false(is_silent(modem, 2500));
    expect(modem, &message, MESSAGE_PART);
    assert_string_equal(message.as.part.number, refused.number);
}

static void a_late_answer_settles_a_doubt(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    subscribe(rig, 1);
    alert(rig, 2);
    int modem = plug(rig, 0);
    take_and_hold(modem, &part);
    struct message message = {.type = MESSAGE_PART_FAILED, .fd = -1};
    message.as.part_failed.job = part.job;
    message.as.part_failed.doubt = 1;
    put(modem, &message);
    sent(modem, part.job, 4);
    pull(modem);
    assert_true(is_silent(modem, 1500));
    assert_int_equal(status_of(rig, 2, false).sent, 1);
}

static void a_lost_modem_gives_its_work_to_another(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    subscribe(rig, 1);
    alert(rig, 2);
    take(plug(rig, 0), &part);
    int other = plug(rig, 1);
    pull(other);
    assert_true(is_silent(other, 100));
    unplug(rig, 0);
    struct message message;
    expect(other, &message, MESSAGE_PART);
    assert_string_equal(message.as.part.number, "+77010000001");
}

static void an_error_before_the_network_took_it_is_tried_again(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    subscribe(rig, 1);
    alert(rig, 2);
    int modem = plug(rig, 0);
    take_and_hold(modem, &part);
    struct message message = {.type = MESSAGE_PART_FAILED, .fd = -1};
    message.as.part_failed.job = part.job;
    message.as.part_failed.cause = MESSAGE_CAUSE_MODEM;
    put(modem, &message);
    pull(modem);
    expect(modem, &message, MESSAGE_PART);
    assert_int_equal(message.as.part.again, 0);
}

static void a_wrong_number_is_final_and_blocks_nobody(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    subscribe(rig, 1);
    subscribe(rig, 2);
    alert(rig, 2);
    int modem = plug(rig, 0);
    take_and_hold(modem, &part);
    struct message message = {.type = MESSAGE_PART_FAILED, .fd = -1};
    message.as.part_failed.job = part.job;
    message.as.part_failed.cause = MESSAGE_CAUSE_NUMBER;
    message.as.part_failed.final = 1;
    put(modem, &message);
    send_all_of(modem, &part, 1);
    assert_string_equal(part.number, "+77010000002");
    struct message_status_bulletin status = status_of(rig, 2, false);
    assert_int_equal(status.failed, 1);
    assert_int_equal(status.sent, 1);
}

static void text_in(int modem, const char *number, const char *text, uint64_t serial)
{
    struct message message = {.type = MESSAGE_INBOUND, .fd = -1};
    message.as.inbound.serial = serial;
    message.as.inbound.smsc_s = clock_wall_s();
    snprintf(message.as.inbound.number, sizeof message.as.inbound.number, "%s", number);
    snprintf(message.as.inbound.text, sizeof message.as.inbound.text, "%s", text);
    put(modem, &message);
    expect(modem, &message, MESSAGE_INBOUND_STORED);
    assert_int_equal(message.as.serial.serial, serial);
}

static void stop_between_claim_and_hold_drops(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    struct message message;
    subscribe(rig, 1);
    alert(rig, 2);
    int modem = plug(rig, 0), other = plug(rig, 1);
    take(modem, &part);
    text_in(other, "+77010000001", "stop", 1);
    hold(modem, part.job);
    expect(modem, &message, MESSAGE_PART_DROP);
    assert_int_equal(status_of(rig, 2, false).skipped, 1);
    pull(modem);
    pull(other); /* the one confirmation, by the modem that was written to */
    expect(other, &message, MESSAGE_PART);
    assert_string_equal(message.as.part.number, "+77010000001");
    assert_null(strstr(message.as.part.text, "Gas leak"));
}

static void expiry_between_claim_and_hold_drops(void **state)
{
    struct rig *rig = *state;
    struct bulletin bulletin;
    struct message_part part;
    struct message message;
    subscribe(rig, 1);
    fill_bulletin(rig, &bulletin, 2);
    bulletin.sent_s -= 58;
    bulletin.lifetime_min = 1;
    int modem = plug(rig, 0);
    assert_int_equal(submit(rig, &bulletin, 2), ERR_OK);
    take(modem, &part);
    assert_true(part.until_boot_ms <= clock_boot_ms() + 2000);
    usleep(2200000);
    hold(modem, part.job);
    expect(modem, &message, MESSAGE_PART_DROP);
    usleep(1200000);
    struct message_status_bulletin status = status_of(rig, 2, false);
    assert_int_equal(status.state, MESSAGE_BULLETIN_EXPIRED);
    assert_int_equal(status.skipped, 1);
}

static void a_retraction_drops_the_rest_and_goes_only_to_those_reached(void **state)
{
    struct rig *rig = *state;
    struct bulletin bulletin;
    struct message_part part, held;
    struct message message;
    for (unsigned n = 1; n <= 4; n++)
        subscribe(rig, n);
    fill_bulletin(rig, &bulletin, 2);
    assert_int_equal(submit(rig, &bulletin, 2), ERR_OK);
    int modem = plug(rig, 0), other = plug(rig, 1);
    send_all_of(modem, &part, 1);
    take(other, &held);
    bulletin.kind = BULLETIN_RETRACT;
    bulletin.follows = 2;
    assert_int_equal(submit(rig, &bulletin, 1), ERR_OK); /* one editor suffices */
    hold(other, held.job);
    expect(other, &message, MESSAGE_PART_DROP);
    send_all_of(modem, &part, 2);
    assert_string_equal(part.number, "+77010000001");
    pull(modem);
    assert_true(is_silent(modem, 300));
    struct message_status_bulletin status = status_of(rig, 2, false);
    assert_int_equal(status.state, MESSAGE_BULLETIN_RETRACTED);
    assert_int_equal(status.sent, 1);
    assert_int_equal(status.skipped, 3);
    assert_int_equal(status.queued + status.in_flight, 0);
    status = status_of(rig, 2, true);
    assert_int_equal(status.recipients, 1);
    assert_int_equal(status.sent, 1);
    assert_int_equal(status.queued, 0);
    fill_bulletin(rig, &bulletin, 2);
    assert_int_equal(submit(rig, &bulletin, 2), ERR_REPLAY);
}

/* One editor's key speaks to those reached, whatever the retraction says of regions and severity. */
static void a_retraction_of_what_reached_nobody_goes_to_nobody(void **state)
{
    struct rig *rig = *state;
    struct bulletin bulletin;
    subscribe(rig, 1);
    fill_bulletin(rig, &bulletin, 2);
    bulletin.regions = 1u << 5;
    assert_int_equal(submit(rig, &bulletin, 2), ERR_OK);
    bulletin.kind = BULLETIN_RETRACT;
    bulletin.follows = 2;
    bulletin.regions = BULLETIN_COUNTRY;
    bulletin.severity = BULLETIN_EXTREME;
    assert_int_equal(submit(rig, &bulletin, 1), ERR_OK);
    assert_int_equal(status_of(rig, 2, true).recipients, 0);
    int modem = plug(rig, 0);
    pull(modem);
    assert_true(is_silent(modem, 300));
}

/* Who is in doubt, and who has it as an answer, hears of the retraction; who stopped does not. */
static void a_retraction_goes_to_doubts_and_to_answers(void **state)
{
    struct rig *rig = *state;
    struct bulletin bulletin;
    struct message_part part;
    for (unsigned n = 1; n <= 3; n++)
        subscribe(rig, n);
    fill_bulletin(rig, &bulletin, 2);
    assert_int_equal(submit(rig, &bulletin, 2), ERR_OK);
    int modem = plug(rig, 0);
    send_all_of(modem, &part, 1);
    take_and_hold(modem, &part);
    struct message message = {.type = MESSAGE_PART_FAILED, .fd = -1};
    message.as.part_failed.job = part.job;
    message.as.part_failed.doubt = 1;
    put(modem, &message);
    send_all_of(modem, &part, 3);
    text_in(modem, "+77010000001", "STOP", 1);
    send_all_of(modem, &part, 4); /* its confirmation */
    text_in(modem, "+77010000009", "START EN", 2);
    for (int i = 0; i < 2; i++) { /* greeting and bulletin */
        send_all_of(modem, &part, 5);
        assert_string_equal(part.number, "+77010000009");
    }
    bulletin.kind = BULLETIN_RETRACT;
    bulletin.follows = 2;
    assert_int_equal(submit(rig, &bulletin, 1), ERR_OK);
    static const char *const numbers[] = {"+77010000009", "+77010000002", "+77010000003"};
    for (size_t i = 0; i < 3; i++) {
        send_all_of(modem, &part, 6);
        assert_string_equal(part.number, numbers[i]);
        assert_non_null(strstr(part.text, "MISTAKE"));
    }
    pull(modem);
    assert_true(is_silent(modem, 1500));
}

static void an_all_clear_takes_the_place_of_what_it_ends(void **state)
{
    struct rig *rig = *state;
    struct bulletin bulletin;
    struct message_part part;
    subscribe(rig, 1);
    fill_bulletin(rig, &bulletin, 2);
    assert_int_equal(submit(rig, &bulletin, 2), ERR_OK);
    fill_bulletin(rig, &bulletin, 3);
    bulletin.kind = BULLETIN_UPDATE;
    bulletin.follows = 2;
    bulletin.regions = 1u << 5; /* elsewhere the alert holds on */
    assert_int_equal(submit(rig, &bulletin, 2), ERR_OK);
    assert_int_equal(status_of(rig, 2, false).state, MESSAGE_BULLETIN_SENDING);
    fill_bulletin(rig, &bulletin, 4);
    bulletin.kind = BULLETIN_ALL_CLEAR;
    bulletin.follows = 2;
    assert_int_equal(submit(rig, &bulletin, 2), ERR_OK);
    assert_int_equal(status_of(rig, 2, false).state, MESSAGE_BULLETIN_EXPIRED);
    assert_int_equal(status_of(rig, 2, false).skipped, 1);
    int modem = plug(rig, 0);
    for (int i = 0; i < 2; i++) {
        send_all_of(modem, &part, 1);
        while (part.udh_size > 0 && part.udh[5] < part.udh[4])
            send_all_of(modem, &part, 1);
    }
    pull(modem);
    assert_true(is_silent(modem, 300));
    assert_int_equal(status_of(rig, 4, false).sent + status_of(rig, 3, false).sent, 2);
}

static void a_modem_that_is_not_online_gets_nothing(void **state)
{
    struct rig *rig = *state;
    struct message message = {.type = MESSAGE_MODEM_STATE, .fd = -1};
    subscribe(rig, 1);
    int modem = plug(rig, 0);
    message.as.modem_state.state = MESSAGE_MODEM_SICK;
    put(modem, &message);
    pull(modem);
    alert(rig, 2);
    assert_true(is_silent(modem, 200));
    message = (struct message){.type = MESSAGE_MODEM_STATE, .fd = -1};
    message.as.modem_state.state = MESSAGE_MODEM_ONLINE;
    put(modem, &message);
    expect(modem, &message, MESSAGE_PART); /* the pull still stands */
}

static void long_alert(struct rig *rig)
{
    struct bulletin bulletin;
    fill_bulletin(rig, &bulletin, 2);
    struct bulletin_text *text = &bulletin.text[BULLETIN_EN];
    memset(text->headline, 0, sizeof text->headline);
    for (int i = 0; i < 20; i++)
        snprintf(text->headline + 10 * i, sizeof text->headline - (size_t)(10 * i), "Gas leak%d ",
            i % 10);
    text->headline[198] = '\0';
    assert_int_equal(submit(rig, &bulletin, 2), ERR_OK);
}

static void parts_stay_on_their_modem_and_resume_after_a_crash(void **state)
{
    struct rig *rig = *state;
    struct message_part first, second;
    subscribe(rig, 1);
    long_alert(rig);
    int modem = plug(rig, 0), other = plug(rig, 1);
    send_all_of(modem, &first, 1);
    assert_int_equal(first.udh_size, 6);
    assert_int_equal(first.udh[4], 2);
    assert_int_equal(first.udh[5], 1);
    assert_int_equal(first.report, 0);
    pull(other);
    assert_true(is_silent(other, 200));
    assert_int_equal(status_of(rig, 2, false).parts, 1);
    crash(rig);
    start(rig);
    other = plug(rig, 1);
    pull(other);
    assert_true(is_silent(other, 200));
    send_all_of(plug(rig, 0), &second, 2);
    assert_int_equal(second.udh[5], 2);
    assert_int_equal(second.udh[3], first.udh[3]);
    assert_int_equal(second.again, 0);
    assert_int_equal(second.report, 1);
    struct message_status_bulletin status = status_of(rig, 2, false);
    assert_int_equal(status.sent, 1);
    assert_int_equal(status.parts, 2);
    assert_int_equal(status.again, 0);
}

/* However often dispatcher and modem end between two parts, no other modem begins the text anew meanwhile. */
static void between_two_parts_a_text_waits_for_its_modem(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    struct message message;
    subscribe(rig, 1);
    long_alert(rig);
    send_all_of(plug(rig, 0), &part, 1);
    assert_true(is_silent(rig->modems[0], 200));
    assert_int_equal(status_of(rig, 2, false).parts, 1);
    for (int i = 0; i < 2; i++) {
        crash(rig);
        start(rig);
        pull(plug(rig, 1));
        assert_true(is_silent(rig->modems[1], 700));
    }
    pull(plug(rig, 0));
    expect(rig->modems[0], &message, MESSAGE_PART);
    assert_int_equal(message.as.part.udh[5], 2);
    unplug(rig, 0);
    assert_true(is_silent(rig->modems[1], 700));
    send_all_of(plug(rig, 0), &part, 2);
    assert_int_equal(part.udh[5], 2);
    assert_int_equal(part.again, 0);
    struct message_status_bulletin status = status_of(rig, 2, false);
    assert_int_equal(status.sent, 1);
    assert_int_equal(status.parts, 2);
    assert_int_equal(status.again, 0);
}

static void each_part_that_another_modem_repeats_is_counted(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    struct message message;
    subscribe(rig, 1);
    long_alert(rig);
    int modem = plug(rig, 0);
    send_all_of(modem, &part, 1);
    take_and_hold(modem, &part);
    assert_int_equal(part.udh[5], 2);
    crash(rig);
    start(rig);
    int other = plug(rig, 1);
    pull(other);
    assert_true(is_silent(other, SAME_MODEM_MS));
    for (uint8_t i = 1; i <= 2; i++) {
        expect(other, &message, MESSAGE_PART);
        assert_int_equal(message.as.part.udh[5], i);
        assert_int_equal(message.as.part.again, 1);
        hold(other, message.as.part.job);
        expect(other, &message, MESSAGE_PART_GO);
        sent(other, message.as.job.job, i);
        pull(other);
    }
    struct message_status_bulletin status = status_of(rig, 2, false);
    assert_int_equal(status.sent, 1);
    assert_int_equal(status.parts, 3);
    assert_int_equal(status.again, 2);
}

static void a_more_urgent_bulletin_goes_first(void **state)
{
    struct rig *rig = *state;
    struct bulletin bulletin;
    struct message_part part;
    subscribe(rig, 1);
    fill_bulletin(rig, &bulletin, 2);
    bulletin.severity = BULLETIN_MINOR;
    assert_int_equal(submit(rig, &bulletin, 2), ERR_OK);
    fill_bulletin(rig, &bulletin, 3);
    bulletin.severity = BULLETIN_EXTREME;
    snprintf(bulletin.text[BULLETIN_EN].headline, BULLETIN_HEADLINE_MAX, "Chlorine");
    assert_int_equal(submit(rig, &bulletin, 2), ERR_OK);
    int modem = plug(rig, 0);
    send_all_of(modem, &part, 1);
    assert_non_null(strstr(part.text, "Chlorine"));
    send_all_of(modem, &part, 2);
    assert_non_null(strstr(part.text, "Gas leak"));
}

static void waiting_modems_are_woken_by_a_commit(void **state)
{
    struct rig *rig = *state;
    struct message message;
    subscribe(rig, 1);
    int modem = plug(rig, 0);
    pull(modem);
    assert_true(is_silent(modem, 100));
    int64_t before_ms = clock_boot_ms();
    alert(rig, 2);
    expect(modem, &message, MESSAGE_PART);
    assert_in_range(clock_boot_ms() - before_ms, 0, 500);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    static const struct CMUnitTest tests[] = {
        TEST(a_text_goes_by_claim_hold_go_sent),
        TEST(reports_count_for_their_own_part_only),
        TEST(a_crash_while_claimed_loses_nothing_and_doubts_nothing),
        TEST(a_crash_while_submitting_is_a_doubt_and_sent_once_more),
        TEST(a_second_crash_while_submitting_is_unknown_and_listed),
        TEST(a_crash_after_sent_sends_nothing_again),
        TEST(a_report_settles_a_doubt),
        TEST(a_report_settles_a_doubt_that_is_claimed_again),
        cmocka_unit_test_setup_teardown(
            a_refused_doubt_waits_a_third_as_long_for_its_report, setup_plain, teardown),
        TEST(a_late_answer_settles_a_doubt),
        TEST(a_lost_modem_gives_its_work_to_another),
        TEST(an_error_before_the_network_took_it_is_tried_again),
        TEST(a_wrong_number_is_final_and_blocks_nobody),
        TEST(stop_between_claim_and_hold_drops),
        TEST(expiry_between_claim_and_hold_drops),
        TEST(a_retraction_drops_the_rest_and_goes_only_to_those_reached),
        TEST(a_retraction_of_what_reached_nobody_goes_to_nobody),
        TEST(a_retraction_goes_to_doubts_and_to_answers),
        TEST(an_all_clear_takes_the_place_of_what_it_ends),
        TEST(a_modem_that_is_not_online_gets_nothing),
        TEST(parts_stay_on_their_modem_and_resume_after_a_crash),
        TEST(between_two_parts_a_text_waits_for_its_modem),
        TEST(each_part_that_another_modem_repeats_is_counted),
        TEST(a_more_urgent_bulletin_goes_first),
        TEST(waiting_modems_are_woken_by_a_commit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
