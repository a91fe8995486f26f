/* What an editor sees before and after: how many it would reach and how long that takes; what became of it by language, by
 * region, by cause. */
#include "tests/gateway/dispatcher/harness.h"

#define ALMATY (1u << 19)
#define ASTANA (1u << 18)

static void add(struct rig *rig, unsigned n, enum bulletin_language language, uint8_t latin,
    uint32_t regions, uint8_t level)
{
    struct message message = {.type = MESSAGE_SUBSCRIBER_PUT, .fd = -1};
    struct message_subscriber_put *to = &message.as.subscriber_put;
    snprintf(to->number, sizeof to->number, "+7701%07u", n);
    to->language = (uint8_t)language;
    to->latin = latin;
    to->regions = regions;
    to->level = level;
    to->tester = n == 1;
    snprintf(to->consent, sizeof to->consent, "on paper");
    ask(rig, &message);
    assert_int_equal(message.type, MESSAGE_OK);
}

/* 1 kk, 2 kk latin both regions, 3 ru of the country, 4 en of Almaty, 5 en of Astana, 6 en of Almaty only for Extreme */
static void add_people(struct rig *rig)
{
    add(rig, 1, BULLETIN_KK, 0, ALMATY, 0);
    add(rig, 2, BULLETIN_KK, 1, ALMATY | ASTANA, 0);
    add(rig, 3, BULLETIN_RU, 0, BULLETIN_COUNTRY, 0);
    add(rig, 4, BULLETIN_EN, 0, ALMATY, 0);
    add(rig, 5, BULLETIN_EN, 0, ASTANA, 0);
    add(rig, 6, BULLETIN_EN, 0, ALMATY, BULLETIN_EXTREME);
}

static struct message get_audience(struct rig *rig, uint32_t regions, bool testers)
{
    struct message message = {.type = MESSAGE_AUDIENCE_GET, .fd = -1};
    message.as.audience_get.regions = regions;
    message.as.audience_get.severity = BULLETIN_SEVERE;
    message.as.audience_get.testers = testers;
    memset(message.as.audience_get.parts, 1, sizeof message.as.audience_get.parts);
    message.as.audience_get.parts[BULLETIN_KK][0] = 3;
    ask(rig, &message);
    return message;
}

static void an_audience_is_counted_before(void **state)
{
    struct rig *rig = *state;
    add_people(rig);
    struct message_audience audience = get_audience(rig, ALMATY | ASTANA, false).as.audience;
    assert_int_equal(audience.people, 5);
    assert_int_equal(audience.count[BULLETIN_KK][1], 1); /* of two regions, and counted once */
    assert_int_equal(audience.count[BULLETIN_EN][0], 2);
    assert_int_equal(audience.parts, 7);
    assert_int_equal(audience.minutes, MESSAGES_MINUTES_NEVER); /* no modem is there */
    plug(rig, 0);
    audience = get_audience(rig, ALMATY | ASTANA, false).as.audience;
    assert_int_equal(audience.minutes, 1);
    assert_int_equal(audience.minutes95, 1);
    assert_int_equal(get_audience(rig, ALMATY, false).as.audience.people, 4);
    assert_int_equal(get_audience(rig, ALMATY | ASTANA, true).as.audience.people, 1);
    assert_int_equal(get_audience(rig, ASTANA, true).as.audience.people, 0);
    assert_int_equal(get_audience(rig, 0, false).as.refused.result, ERR_VALUE);
}

struct rows {
    unsigned count;
    struct message_outcome row[40];
};

static void list_outcome(struct rig *rig, struct rows *rows, uint64_t id)
{
    struct message message = {.type = MESSAGE_OUTCOME_LIST, .fd = -1};
    rows->count = 0;
    message.as.id.id = id;
    put(rig->control, &message);
    for (receive(rig->control, &message); message.type == MESSAGE_OUTCOME;
         receive(rig->control, &message)) {
        assert_true(rows->count < 40);
        rows->row[rows->count++] = message.as.outcome;
    }
    assert_int_equal(message.type, MESSAGE_END);
}

static struct message_outcome find_language(
    const struct rows *rows, enum bulletin_language language, uint8_t latin)
{
    for (unsigned i = 0; i < rows->count; i++)
        if (rows->row[i].what == MESSAGE_OUTCOME_LANGUAGE &&
            rows->row[i].language == (uint8_t)language && rows->row[i].latin == latin)
            return rows->row[i];
    return (struct message_outcome){0};
}

static struct message_outcome find_region(const struct rows *rows, uint32_t region)
{
    for (unsigned i = 0; i < rows->count; i++)
        if (rows->row[i].what == MESSAGE_OUTCOME_REGION && 1u << rows->row[i].region == region)
            return rows->row[i];
    return (struct message_outcome){0};
}

static uint32_t find_cause(const struct rows *rows, enum message_cause cause)
{
    for (unsigned i = 0; i < rows->count; i++)
        if (rows->row[i].what == MESSAGE_OUTCOME_CAUSE && rows->row[i].cause == (uint8_t)cause)
            return rows->row[i].failed;
    return 0;
}

static void report(int modem, const char *number, uint16_t reference)
{
    struct message message = {.type = MESSAGE_REPORT, .fd = -1};
    message.as.report.serial = 1;
    message.as.report.reference = reference;
    snprintf(message.as.report.number, sizeof message.as.report.number, "%s", number);
    put(modem, &message);
    expect(modem, &message, MESSAGE_INBOUND_STORED);
}

static void what_became_of_it_is_told_by_language_region_and_cause(void **state)
{
    struct rig *rig = *state;
    struct bulletin bulletin;
    struct rows rows;
    struct message_part part;
    add_people(rig);
    fill_bulletin(rig, &bulletin, 2);
    bulletin.regions = ALMATY | ASTANA;
    assert_int_equal(submit(rig, &bulletin, 2), ERR_OK);
    list_outcome(rig, &rows, 2);
    assert_int_equal(find_language(&rows, BULLETIN_EN, 0).recipients, 2);
    assert_int_equal(find_language(&rows, BULLETIN_EN, 0).queued, 2);
    assert_int_equal(find_region(&rows, ALMATY).recipients, 3); /* 1, 2, 4 */
    assert_int_equal(find_region(&rows, ASTANA).recipients, 2); /* 2, 5 */
    assert_int_equal(find_region(&rows, BULLETIN_COUNTRY).recipients, 1);
    int modem = plug(rig, 0);
    for (uint16_t i = 0; i < 5; i++) {
        take_and_hold(modem, &part);
        if (strcmp(part.number, "+77010000003") == 0)
            fail_part(modem, part.job, MESSAGE_CAUSE_NUMBER, true);
        else
            sent(modem, part.job, (uint16_t)(i + 1));
        if (strcmp(part.number, "+77010000002") == 0)
            report(modem, part.number, (uint16_t)(i + 1));
    }
    assert_int_equal(status_of(rig, 2, false).sent, 4);
    crash(rig); /* the counts are of what is on disk */
    start(rig);
    list_outcome(rig, &rows, 2);
    assert_int_equal(find_language(&rows, BULLETIN_EN, 0).sent, 2);
    assert_int_equal(find_language(&rows, BULLETIN_EN, 0).queued, 0);
    assert_int_equal(find_language(&rows, BULLETIN_KK, 1).delivered, 1);
    assert_int_equal(find_language(&rows, BULLETIN_RU, 0).failed, 1);
    assert_int_equal(find_region(&rows, ALMATY).sent, 3);
    assert_int_equal(find_region(&rows, ALMATY).delivered, 1);
    assert_int_equal(find_region(&rows, ALMATY).queued, 0);
    assert_int_equal(find_region(&rows, ASTANA).sent, 2);
    assert_int_equal(find_region(&rows, ASTANA).delivered, 1);
    assert_int_equal(find_region(&rows, BULLETIN_COUNTRY).failed, 1);
    assert_int_equal(find_region(&rows, BULLETIN_COUNTRY).sent, 0);
    assert_int_equal(find_cause(&rows, MESSAGE_CAUSE_NUMBER), 1);
    assert_int_equal(find_cause(&rows, MESSAGE_CAUSE_SIM), 0);
    list_outcome(rig, &rows, 9);
    assert_int_equal(rows.count, 0);
}

/* What is dropped has not been sent to anybody of its region. */
static void what_is_retracted_is_skipped(void **state)
{
    struct rig *rig = *state;
    struct bulletin bulletin;
    struct rows rows;
    struct message_part part;
    add_people(rig);
    fill_bulletin(rig, &bulletin, 2);
    bulletin.regions = ALMATY;
    assert_int_equal(submit(rig, &bulletin, 2), ERR_OK);
    int modem = plug(rig, 0);
    send_all_of(modem, &part, 1);
    struct bulletin retraction = bulletin;
    retraction.kind = BULLETIN_RETRACT;
    retraction.follows = 2;
    assert_int_equal(submit(rig, &retraction, 1), ERR_OK);
    list_outcome(rig, &rows, 2);
    uint32_t sum = 0, sent_sum = 0;
    for (unsigned i = 0; i < rows.count; i++)
        if (rows.row[i].what == MESSAGE_OUTCOME_LANGUAGE) {
            sum += rows.row[i].skipped;
            sent_sum += rows.row[i].sent;
            assert_int_equal(rows.row[i].queued, 0);
        }
    assert_int_equal(sum, 3);
    assert_int_equal(sent_sum, 1);
    assert_int_equal(find_region(&rows, ASTANA).recipients, 0); /* not named by it */
    assert_int_equal(find_region(&rows, ASTANA).skipped, 0);
    struct message_outcome almaty = find_region(&rows, ALMATY);
    assert_int_equal(almaty.sent + almaty.skipped, almaty.recipients);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    static const struct CMUnitTest tests[] = {
        TEST(an_audience_is_counted_before),
        TEST(what_became_of_it_is_told_by_language_region_and_cause),
        TEST(what_is_retracted_is_skipped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
