/* A phone, or a site, that was away: one text names what still holds, in place of a queue of stale ones. */
#include "tests/gateway/dispatcher/harness.h"

#define LATE_S 600
#define FLOOD 15 /* phrases.c: the event's code */
#define FIRE 20

static int setup_site(void **state)
{
    setup_plain(state);
    struct rig *rig = *state;
    rig->more = "digest_after = 5\n";
    write_conf(rig);
    start(rig);
    put_roster(rig);
    return 0;
}

struct late {
    enum bulletin_severity severity;
    const char *headline;
    uint32_t regions;
    enum bulletin_kind kind;
    uint32_t follows;
    int64_t age_s;
};

static int64_t sent_s[64]; /* by number: a retraction has the time of what it retracts */

static void publish(struct rig *rig, uint32_t number, const struct late *late)
{
    struct bulletin bulletin;
    fill_bulletin(rig, &bulletin, number);
    bulletin.severity = late->severity;
    bulletin.kind = late->kind;
    bulletin.everyone = late->kind == BULLETIN_DRILL;
    bulletin.follows = late->follows;
    bulletin.sent_s -= late->age_s;
    if (bulletin.kind == BULLETIN_RETRACT)
        bulletin.sent_s = sent_s[number];
    sent_s[number] = bulletin.sent_s;
    if (late->regions != 0)
        bulletin.regions = late->regions;
    snprintf(bulletin.text[BULLETIN_EN].headline, sizeof bulletin.text[BULLETIN_EN].headline, "%s",
        late->headline);
    assert_int_equal(submit(rig, &bulletin, bulletin.kind == BULLETIN_RETRACT ? 1 : 2), ERR_OK);
}

static void alert(
    struct rig *rig, uint32_t number, enum bulletin_severity severity, const char *headline)
{
    publish(
        rig, number, &(struct late){.severity = severity, .headline = headline, .age_s = LATE_S});
}

static void retract(struct rig *rig, uint32_t number)
{
    publish(rig, number,
        &(struct late){.kind = BULLETIN_RETRACT,
            .follows = number,
            .headline = "Nothing happened",
            .age_s = LATE_S});
}

/* The next whole text by this modem, sent; its number is left in *to. */
static const char *next_text(int modem, char to[MESSAGES_NUMBER_SIZE])
{
    static char text[2048];
    struct message_part part;
    text[0] = '\0';
    do {
        send_all_of(modem, &part, 1);
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s", part.text);
    } while (part.udh_size > 0 && part.udh[5] < part.udh[4]);
    memcpy(to, part.number, sizeof part.number);
    return text;
}

static void has(const char *text, const char *piece)
{
    if (strstr(text, piece) == NULL)
        fail_msg("'%s' is not in: %s", piece, text);
}

static void has_not(const char *text, const char *piece)
{
    if (strstr(text, piece) != NULL)
        fail_msg("'%s' is in: %s", piece, text);
}

static void expect_text(int modem, const char *number, const char *piece)
{
    char to[MESSAGES_NUMBER_SIZE];
    has(next_text(modem, to), piece);
    assert_string_equal(to, number);
}

static void expect_nothing(struct rig *rig, int modem)
{
    pull(modem);
    if (!is_silent(modem, 150)) {
        struct message message;
        receive(modem, &message);
        fail_msg("a text that nobody is to get: %s", message.as.part.text);
    }
    (void)rig;
}

static void expect_counts(struct rig *rig, uint32_t number, uint32_t sent, uint32_t digest)
{
    struct message_status_bulletin status = status_of(rig, number, false);
    assert_int_equal(status.sent, sent);
    assert_int_equal(status.digest, digest);
    assert_int_equal(status.queued + status.in_flight + status.doubt + status.unknown, 0);
    assert_int_equal(
        status.sent + status.digest + status.failed + status.skipped, status.recipients);
}

static const char first[] = "+77010000001", second[] = "+77010000002";

static void the_gravest_in_full_and_the_rest_in_one_text(void **state)
{
    struct rig *rig = *state;
    char to[MESSAGES_NUMBER_SIZE];
    subscribe(rig, 1);
    subscribe(rig, 2);
    alert(rig, 2, BULLETIN_MODERATE, "No buses");
    alert(rig, 3, BULLETIN_EXTREME, "Dam has broken");
    alert(rig, 4, BULLETIN_MODERATE, "Shops are shut.");
    alert(rig, 5, BULLETIN_MINOR, "Banks open at noon");
    int modem = plug(rig, 0);
    expect_text(modem, first, "Dam has broken.");
    expect_text(modem, second, "Dam has broken.");
    for (unsigned i = 0; i < 2; i++) {
        const char *text = next_text(modem, to);
        assert_string_equal(to, i == 0 ? first : second);
        has(text, "AZAT In force: No 4 Shops are shut until ");
        has(text, "; No 2 No buses until ");
        has(text, "; No 5 Banks open at noon until ");
        has(text, ". For the full text send its number.");
        has_not(text, "Dam");
    }
    expect_nothing(rig, modem);
    expect_counts(rig, 2, 0, 2);
    expect_counts(rig, 3, 2, 0);
    expect_counts(rig, 4, 0, 2);
    expect_counts(rig, 5, 0, 2);
}

static void of_severe_ones_the_most_urgent_goes_in_full(void **state)
{
    struct rig *rig = *state;
    subscribe(rig, 1);
    subscribe(rig, 2);
    for (uint32_t number = 2; number <= 4; number++)
        alert(rig, number, BULLETIN_SEVERE, number == 4 ? "Shooting" : "Fire");
    int modem = plug(rig, 0);
    expect_text(modem, first, "AZAT No 4 ");
    expect_text(modem, first, "In force: No 3 Fire until ");
    expect_text(modem, second, "AZAT No 4 ");
    expect_text(modem, second, "; No 2 Fire until ");
    expect_nothing(rig, modem);
    expect_counts(rig, 4, 2, 0);
    expect_counts(rig, 3, 0, 2);
    expect_counts(rig, 2, 0, 2);
}

static void what_is_fresh_or_alone_goes_in_full(void **state)
{
    struct rig *rig = *state;
    subscribe(rig, 1);
    alert(rig, 2, BULLETIN_SEVERE, "Shooting");
    alert(rig, 3, BULLETIN_MODERATE, "No buses");
    publish(rig, 4, &(struct late){.severity = BULLETIN_MINOR, .headline = "Banks open"});
    publish(rig, 5, &(struct late){.severity = BULLETIN_MINOR, .headline = "Shops open"});
    int modem = plug(rig, 0);
    expect_text(modem, first, "Shooting.");
    expect_text(modem, first, "AZAT No 3 ");
    expect_text(modem, first, "AZAT No 5 ");
    expect_text(modem, first, "AZAT No 4 ");
    expect_nothing(rig, modem);
    for (uint32_t number = 2; number <= 5; number++)
        expect_counts(rig, number, 1, 0);
}

/* Drills wait, and are never named among what is real. */
static void a_drill_stays_by_itself(void **state)
{
    struct rig *rig = *state;
    subscribe(rig, 1);
    alert(rig, 2, BULLETIN_MODERATE, "No buses");
    alert(rig, 3, BULLETIN_MODERATE, "No trains");
    publish(rig, 4,
        &(struct late){.kind = BULLETIN_DRILL,
            .severity = BULLETIN_EXTREME,
            .headline = "Quake",
            .age_s = LATE_S});
    int modem = plug(rig, 0);
    expect_text(modem, first, "In force: No 3 No trains");
    expect_text(modem, first, "DRILL");
    expect_nothing(rig, modem);
}

static void who_was_told_hears_the_end_in_full(void **state)
{
    struct rig *rig = *state;
    subscribe(rig, 1);
    alert(rig, 2, BULLETIN_MODERATE, "No buses");
    int modem = plug(rig, 0);
    expect_text(modem, first, "No buses");
    expect_nothing(rig, modem);
    unplug(rig, 0);
    subscribe(rig, 2);
    publish(rig, 3,
        &(struct late){.kind = BULLETIN_ALL_CLEAR,
            .follows = 2,
            .severity = BULLETIN_MINOR,
            .headline = "Buses go",
            .age_s = LATE_S});
    alert(rig, 4, BULLETIN_MODERATE, "No trains");
    alert(rig, 5, BULLETIN_MODERATE, "No water");
    modem = plug(rig, 0);
    expect_text(modem, first, "ALL CLEAR No 2: Buses go.");
    expect_text(modem, second, "In force: No 3 ALL CLEAR: Buses go; No 5 No water until ");
    expect_text(modem, first, "In force: No 5 No water until ");
    expect_nothing(rig, modem);
    expect_counts(rig, 3, 1, 1);
}

static void two_waiting(struct rig *rig)
{
    alert(rig, 2, BULLETIN_MODERATE, "No buses");
    alert(rig, 3, BULLETIN_MODERATE, "No trains");
}

static void a_crash_loses_nothing_and_doubles_at_most_one_text(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    subscribe(rig, 1);
    two_waiting(rig);
    int modem = plug(rig, 0);
    take(modem, &part);
    has(part.text, "In force: No 3");
    crash(rig);
    start(rig);
    modem = plug(rig, 0);
    take_and_hold(modem, &part);
    assert_int_equal(part.again, 0);
    has(part.text, "; No 2 No buses");
    crash(rig);
    start(rig);
    modem = plug(rig, 0);
    assert_int_equal(status_of(rig, 3, false).doubt, 1);
    send_all_of(modem, &part, 1);
    assert_int_equal(part.again, 1);
    has(part.text, "In force: No 3");
    expect_nothing(rig, modem);
    expect_counts(rig, 2, 0, 1);
    expect_counts(rig, 3, 0, 1);
}

/* Nobody is told that a digest arrived when that is not known; a report may still say so. */
static void unknown_is_not_told(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    struct message message = {.type = MESSAGE_REPORT, .fd = -1};
    subscribe(rig, 1);
    two_waiting(rig);
    int modem = plug(rig, 0);
    for (unsigned i = 0; i < 2; i++) {
        take_and_hold(modem, &part);
        unplug(rig, 0);
        modem = plug(rig, 0);
    }
    for (uint32_t number = 2; number <= 3; number++) {
        struct message_status_bulletin status = status_of(rig, number, false);
        assert_int_equal(status.unknown, 1);
        assert_int_equal(status.digest + status.sent, 0);
    }
    message.as.report.serial = 1;
    message.as.report.reference = part.reference;
    memcpy(message.as.report.number, part.number, sizeof part.number);
    put(modem, &message);
    expect(modem, &message, MESSAGE_INBOUND_STORED);
    expect_counts(rig, 2, 0, 1);
    expect_counts(rig, 3, 0, 1);
}

static void a_digest_that_fails_for_good_leaves_each_its_own_try(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    subscribe(rig, 1);
    two_waiting(rig);
    int modem = plug(rig, 0);
    take_and_hold(modem, &part);
    has(part.text, "In force");
    fail_part(modem, part.job, MESSAGE_CAUSE_TEXT, true);
    expect_text(modem, first, "AZAT No 2 ");
    expect_counts(rig, 2, 1, 0);
    assert_int_equal(status_of(rig, 3, false).failed, 1);
}

static void what_is_retracted_is_not_named(void **state)
{
    struct rig *rig = *state;
    struct message message;
    struct message_part part;
    subscribe(rig, 1);
    two_waiting(rig);
    alert(rig, 4, BULLETIN_MODERATE, "No water");
    int modem = plug(rig, 0);
    take(modem, &part);
    has(part.text, "No 3 No trains");
    retract(rig, 3);
    hold(modem, part.job);
    expect(modem, &message, MESSAGE_PART_DROP);
    char to[MESSAGES_NUMBER_SIZE];
    const char *text = next_text(modem, to);
    has(text, "In force: No 4 No water");
    has(text, "; No 2 No buses");
    has_not(text, "trains");
    expect_nothing(rig, modem);
    assert_int_equal(status_of(rig, 3, false).skipped, 1);
    assert_int_equal(status_of(rig, 3, true).recipients, 0);
}

static void who_was_told_by_a_digest_hears_the_retraction_once(void **state)
{
    struct rig *rig = *state;
    subscribe(rig, 1);
    two_waiting(rig);
    int modem = plug(rig, 0);
    expect_text(modem, first, "In force: No 3");
    expect_nothing(rig, modem);
    unplug(rig, 0);
    subscribe(rig, 2);
    retract(rig, 2);
    modem = plug(rig, 0);
    expect_text(modem, first, "our message No 2 was wrong");
    expect_nothing(rig, modem);
    assert_int_equal(status_of(rig, 2, true).sent, 1);
}

/* From the moment that the modem may write it, it may have been read. */
static void what_is_retracted_while_it_is_on_its_way_is_taken_back(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    subscribe(rig, 1);
    two_waiting(rig);
    int modem = plug(rig, 0);
    take_and_hold(modem, &part);
    retract(rig, 2);
    assert_int_equal(status_of(rig, 2, false).queued, 1); /* not settled */
    sent(modem, part.job, 1);
    expect_text(modem, first, "our message No 2 was wrong");
    expect_nothing(rig, modem);
    assert_int_equal(status_of(rig, 2, false).digest, 1);
    assert_int_equal(status_of(rig, 2, true).sent, 1);
}

/* A phone does not join parts of two texts: the digest begins anew, without what was taken back. */
static void what_is_retracted_between_two_parts_is_left_out(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    char to[MESSAGES_NUMBER_SIZE];
    subscribe(rig, 1);
    for (uint32_t number = 2; number < 6; number++)
        alert(rig, number, BULLETIN_MINOR,
            number == 3 ? "No trains at all go from any of the stations of the city until tomorrow"
                        : "No buses go on any of the lines");
    int modem = plug(rig, 0);
    send_all_of(modem, &part, 1);
    assert_int_equal(part.udh[4], 2);
    retract(rig, 3);
    const char *text = next_text(modem, to);
    has(text, "In force: No 5 ");
    has(text, "No 2 ");
    has_not(text, "No 3 ");
    expect_text(modem, first, "our message No 3 was wrong");
    expect_nothing(rig, modem);
    expect_counts(rig, 5, 0, 1);
    assert_int_equal(status_of(rig, 3, false).skipped, 1);
}

static void subscribe_in(struct rig *rig, unsigned n, uint32_t regions, uint8_t level)
{
    struct message message = {.type = MESSAGE_SUBSCRIBER_PUT, .fd = -1};
    struct message_subscriber_put *to = &message.as.subscriber_put;
    snprintf(to->number, sizeof to->number, "+7701%07u", n);
    to->language = BULLETIN_EN;
    to->regions = regions;
    to->level = level;
    snprintf(to->consent, sizeof to->consent, "on paper");
    ask(rig, &message);
    assert_int_equal(message.type, MESSAGE_OK);
}

/* The first is only concerned by what is named last, so that its cursor can't pass to the second: nobody is left out, and
 * nobody gets what a digest has told. */
static void regions_that_differ(void **state)
{
    struct rig *rig = *state;
    subscribe_in(rig, 1, 2, 0);
    subscribe_in(rig, 2, 4, 0);
    subscribe_in(rig, 3, 4, 0);
    publish(
        rig, 2, &(struct late){.severity = BULLETIN_MINOR, .headline = "For all", .age_s = LATE_S});
    publish(rig, 3,
        &(struct late){
            .severity = BULLETIN_MODERATE, .headline = "For some", .regions = 4, .age_s = LATE_S});
    int modem = plug(rig, 0);
    expect_text(modem, second, "In force: No 3 For some");
    expect_text(modem, "+77010000003", "; No 2 For all");
    expect_text(modem, first, "AZAT No 2 ");
    expect_nothing(rig, modem);
    expect_counts(rig, 2, 1, 2);
    expect_counts(rig, 3, 0, 2);
    unplug(rig, 0);
    retract(rig, 2);
    modem = plug(rig, 0);
    char to[MESSAGES_NUMBER_SIZE];
    unsigned seen = 0;
    for (unsigned i = 0; i < 3; i++) {
        has(next_text(modem, to), "our message No 2 was wrong");
        seen |= 1u << (to[strlen(to) - 1] - '0');
    }
    assert_int_equal(seen, 1 << 1 | 1 << 2 | 1 << 3);
    expect_nothing(rig, modem);
}

static void stop_ends_what_waits(void **state)
{
    struct rig *rig = *state;
    struct message message = {.type = MESSAGE_INBOUND, .fd = -1};
    struct message_part part;
    subscribe(rig, 1);
    two_waiting(rig);
    int modem = plug(rig, 0);
    take(modem, &part);
    message.as.inbound.serial = 9;
    snprintf(message.as.inbound.number, sizeof message.as.inbound.number, "%s", first);
    snprintf(message.as.inbound.text, sizeof message.as.inbound.text, "STOP");
    put(modem, &message);
    expect(modem, &message, MESSAGE_INBOUND_STORED);
    hold(modem, part.job);
    expect(modem, &message, MESSAGE_PART_DROP);
    expect_text(modem, first, "You have left");
    expect_nothing(rig, modem);
    assert_int_equal(status_of(rig, 2, false).skipped, 1);
    assert_int_equal(status_of(rig, 3, false).skipped, 1);
}

/* More than one text has room for: none is lost. */
static void many_are_named_in_more_than_one_text(void **state)
{
    struct rig *rig = *state;
    char to[MESSAGES_NUMBER_SIZE];
    subscribe(rig, 1);
    for (uint32_t number = 2; number < 22; number++)
        alert(rig, number, BULLETIN_MINOR,
            "The market is closed today and tomorrow for the holidays");
    int modem = plug(rig, 0);
    unsigned named = 0;
    while (named < 20) {
        const char *text = next_text(modem, to);
        if (strstr(text, "In force") == NULL)
            named++;
        else
            for (; (text = strstr(text, "No ")) != NULL; text++)
                named++;
    }
    assert_int_equal(named, 20);
    expect_nothing(rig, modem);
    uint32_t told = 0;
    for (uint32_t number = 2; number < 22; number++) {
        struct message_status_bulletin status = status_of(rig, number, false);
        if (status.recipients != 0)
            assert_int_equal(status.digest + status.sent, 1);
        told += status.digest;
    }
    assert_true(told >= 12);
}

static void off_when_the_configuration_says_so(void **state)
{
    struct rig *rig = *state;
    crash(rig);
    rig->more = "digest_after = 0\n";
    write_conf(rig);
    start(rig);
    subscribe(rig, 1);
    two_waiting(rig);
    int modem = plug(rig, 0);
    expect_text(modem, first, "AZAT No 3 ");
    expect_text(modem, first, "AZAT No 2 ");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup_site, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_gravest_in_full_and_the_rest_in_one_text),
        TEST(of_severe_ones_the_most_urgent_goes_in_full),
        TEST(what_is_fresh_or_alone_goes_in_full),
        TEST(a_drill_stays_by_itself),
        TEST(who_was_told_hears_the_end_in_full),
        TEST(a_crash_loses_nothing_and_doubles_at_most_one_text),
        TEST(unknown_is_not_told),
        TEST(a_digest_that_fails_for_good_leaves_each_its_own_try),
        TEST(what_is_retracted_is_not_named),
        TEST(who_was_told_by_a_digest_hears_the_retraction_once),
        TEST(what_is_retracted_while_it_is_on_its_way_is_taken_back),
        TEST(what_is_retracted_between_two_parts_is_left_out),
        TEST(regions_that_differ),
        TEST(stop_ends_what_waits),
        TEST(many_are_named_in_more_than_one_text),
        TEST(off_when_the_configuration_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
