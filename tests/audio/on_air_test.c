/* The radio role with a transmitter: ALSA's file plugin for a card, the real rigctld for a transceiver. */
#include "audio/on_air.h"
#include "audio/radio_role.h"
#include "gateway/base/clock.h"
#include "gateway/base/role.h"
#include "gateway/messages/messages.h"
#include "tests/audio/folder.h"
#include "tests/audio/newsroom.h"
#include "tests/audio/rigctld.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define ANSWER_MS 60000
#define KEYED_MS 10000 /* from the answer until it is on the air */
#define SECOND_MS 1000
#define WEAK_BYTES 240000 /* 2.5 s: in the second tone the card takes no more */

struct site {
    struct newsroom newsroom;
    struct rigctld rigctld;
    char directory[32];
    struct on_air_config on_air;
    const char *programme;
    int64_t behind_s; /* the time that it is told, behind the wall clock */
    pid_t child;
    int fd;
};

static void tell_clock(const struct site *site, int64_t wall_s)
{
    static struct message message;

    message = (struct message){.type = MESSAGE_CLOCK, .fd = -1};
    message.as.clock.wall_s = wall_s;
    message.as.clock.boot_ms = clock_boot_ms();
    assert_int_equal(messages_send(site->fd, &message), ERR_OK);
}

static void start(struct site *site)
{
    const struct radio_role role = {.directory = site->directory,
        .programme = site->programme,
        .fingerprint = site->newsroom.fingerprint,
        .sender = "AZAT",
        .languages = 1u << BULLETIN_EN,
        .on_air = &site->on_air};
    int fds[2];

    assert_int_equal(ipc_pair(fds), ERR_OK);
    site->child = fork();
    assert_true(site->child >= 0);
    if (site->child == 0) {
        dup2(fds[1], ROLE_MESSAGE_FD);
        _exit(role_begin() ? radio_role_run(&role) : 99);
    }
    close(fds[1]);
    site->fd = fds[0];
    tell_clock(site, clock_wall_s() - site->behind_s);
}

static void write_cards(const struct site *site)
{
    char path[64];

    (void)snprintf(path, sizeof(path), "%s/asound.conf", site->directory);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    (void)fprintf(file,
        "pcm.air { type null }\n"
        "pcm.weak { type file slave.pcm air file \"|head -c %d >/dev/null\" format raw }\n",
        WEAK_BYTES);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(setenv("ALSA_CONFIG_PATH", path, 1), 0);
}

static int set_up_with(void **state, const char *programme, const char *card)
{
    static struct site site;

    memset(&site, 0, sizeof(site));
    newsroom_make(&site.newsroom, 9);
    for (int i = 0; i < NEWSROOM_EDITORS; i++)
        site.newsroom.roster.editors[i].until_s = clock_wall_s() + 86400;
    (void)snprintf(site.directory, sizeof(site.directory), "/tmp/dabyl-air-XXXXXX");
    assert_non_null(mkdtemp(site.directory));
    write_cards(&site);
    rigctld_start(&site.rigctld);
    site.on_air = (struct on_air_config){.directory = site.directory,
        .fingerprint = site.newsroom.fingerprint,
        .transmitter = {.card = card,
            .lead_ms = 300,
            .max_s = 600,
            .duty_percent = 100,
            .mode = "USB",
            .keyer = {.line = KEYER_RIGCTLD}}};
    (void)snprintf(site.on_air.transmitter.keyer.rig, sizeof(site.on_air.transmitter.keyer.rig),
        "%s", site.rigctld.place);
    assert_int_equal(schedule_parse_bands(&site.on_air.schedule, "7105000"), ERR_OK);
    site.programme = programme;
    start(&site);
    *state = &site;
    return 0;
}

/* It takes a while to be made. */
static int set_up_speech(void **state)
{
    return set_up_with(state, "hf", "air");
}

/* A minute, and made in a moment: what is on the air is told by the radio, not by the sound. */
static int set_up(void **state)
{
    return set_up_with(state, "tone*9 tone*9 tone*9", "air");
}

static int set_up_short(void **state)
{
    return set_up_with(state, "tone*2", "air");
}

static int set_up_weak(void **state)
{
    return set_up_with(state, "start tone tone", "weak");
}

/* Whatever was going on: its end unkeys. */
static int tear_down(void **state)
{
    struct site *site = *state;
    int status;

    assert_int_equal(kill(site->child, SIGTERM), 0);
    alarm(10);
    assert_int_equal(waitpid(site->child, &status, 0), site->child);
    alarm(0);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    assert_false(rigctld_is_keyed(&site->rigctld));
    close(site->fd);
    rigctld_kill(&site->rigctld);
    folder_remove(site->directory);
    return 0;
}

static struct bulletin alert(const struct site *site, uint32_t number)
{
    struct bulletin bulletin = newsroom_bulletin(&site->newsroom, number);

    bulletin.sent_s = clock_wall_s() - 5;
    bulletin.severity = BULLETIN_EXTREME;
    return bulletin;
}

static struct bulletin retraction(const struct site *site, uint32_t number)
{
    struct bulletin bulletin = alert(site, number);

    bulletin.kind = BULLETIN_RETRACT;
    bulletin.follows = number;
    return bulletin;
}

static void put(struct message_sealed_bytes *to, const struct sealed *sealed)
{
    to->size = (uint16_t)sealed->size;
    memcpy(to->bytes, sealed->bytes, sealed->size);
}

static void send_bulletin(const struct site *site, const struct bulletin *bulletin)
{
    static struct message message;
    struct sealed sealed = newsroom_seal(&site->newsroom, bulletin, 3u);

    message = (struct message){.type = MESSAGE_AIR, .fd = -1};
    put(&message.as.air.bulletin, &sealed);
    sealed = newsroom_seal_roster(&site->newsroom);
    put(&message.as.air.roster, &sealed);
    assert_int_equal(messages_send(site->fd, &message), ERR_OK);
}

static void want_answer(const struct site *site, uint32_t number, enum err result)
{
    static struct message message;
    struct pollfd ready = {.fd = site->fd, .events = POLLIN};

    do {
        assert_int_equal(poll(&ready, 1, ANSWER_MS), 1);
        assert_int_equal(messages_receive(site->fd, &message), ERR_OK);
    } while (message.type == MESSAGE_ON_AIR);
    assert_int_equal(message.type, MESSAGE_AIRED);
    assert_int_equal(message.as.aired.number, number);
    assert_int_equal(message.as.aired.result, result);
}

/* The dispatcher is told that it is on the air. */
static void want_keyed(const struct site *site, uint32_t number)
{
    static struct message message;
    struct pollfd ready = {.fd = site->fd, .events = POLLIN};

    do {
        assert_int_equal(poll(&ready, 1, ANSWER_MS), 1);
        assert_int_equal(messages_receive(site->fd, &message), ERR_OK);
        assert_int_equal(message.type, MESSAGE_ON_AIR);
    } while (message.as.on_air.state != MESSAGE_ON_AIR_KEYED);
    assert_int_equal(message.as.on_air.number, number);
    assert_int_equal(message.as.on_air.hz, 7105000);
}

static void air(const struct site *site, const struct bulletin *bulletin)
{
    send_bulletin(site, bulletin);
    want_answer(site, bulletin->number, ERR_OK);
}

static void an_urgent_bulletin_is_on_the_air_at_once(void **state)
{
    struct site *site = *state;
    struct bulletin bulletin = alert(site, 41);
    char line[RIGCTLD_LINE_MAX];

    air(site, &bulletin);
    assert_true(rigctld_becomes(&site->rigctld, true, KEYED_MS));
    assert_true(rigctld_ask(&site->rigctld, "f\n", line));
    assert_string_equal(line, "7105000");
    want_keyed(site, 41);
}

/* Killed as soon as it is keyed, and started again: it is keyed again. */
static void restart_on_the_air(struct site *site)
{
    assert_true(rigctld_becomes(&site->rigctld, true, KEYED_MS));
    assert_int_equal(kill(site->child, SIGKILL), 0);
    assert_true(rigctld_becomes(&site->rigctld, false, SECOND_MS));
    assert_int_equal(waitpid(site->child, NULL, 0), site->child);
    close(site->fd);
    start(site);
    assert_true(rigctld_becomes(&site->rigctld, true, KEYED_MS));
}

/* The radio is killed on the air: unkeyed within a second; the next one begins again what was cut off. */
static void a_killed_radio_leaves_it_unkeyed(void **state)
{
    struct site *site = *state;
    struct bulletin bulletin = alert(site, 41);

    air(site, &bulletin);
    restart_on_the_air(site);
}

/* The radio hangs on the air, and is no better than a killed one. */
static void a_hung_radio_leaves_it_unkeyed(void **state)
{
    struct site *site = *state;
    struct bulletin bulletin = alert(site, 41);

    air(site, &bulletin);
    assert_true(rigctld_becomes(&site->rigctld, true, KEYED_MS));
    assert_int_equal(kill(site->child, SIGSTOP), 0);
    assert_true(rigctld_becomes(&site->rigctld, false, SECOND_MS));
    assert_int_equal(kill(site->child, SIGCONT), 0);
}

static void a_retraction_ends_what_it_retracts(void **state)
{
    struct site *site = *state;
    struct bulletin bulletin = alert(site, 41), end = retraction(site, 41);

    air(site, &bulletin);
    assert_true(rigctld_becomes(&site->rigctld, true, KEYED_MS));
    send_bulletin(site, &end);
    assert_true(rigctld_becomes(&site->rigctld, false, SECOND_MS));
    want_answer(site, 41, ERR_OK);
    assert_true(rigctld_becomes(&site->rigctld, true, KEYED_MS));
}

/* It is still being rendered: nobody hears of it. */
static void what_is_retracted_before_it_is_made_is_not_sent(void **state)
{
    struct site *site = *state;
    struct bulletin bulletin = alert(site, 41), end = retraction(site, 41);

    send_bulletin(site, &bulletin);
    send_bulletin(site, &end);
    want_answer(site, 41, ERR_STATE);
    want_answer(site, 41, ERR_OK);
    assert_true(rigctld_becomes(&site->rigctld, true, KEYED_MS));
}

/* One that nobody signed for neither goes out nor ends anything. */
static void an_unsigned_retraction_ends_nothing(void **state)
{
    struct site *site = *state;
    struct bulletin bulletin = alert(site, 41), end = retraction(site, 41);
    static struct message message;
    struct sealed sealed;

    air(site, &bulletin);
    assert_true(rigctld_becomes(&site->rigctld, true, KEYED_MS));
    message = (struct message){.type = MESSAGE_AIR, .fd = -1};
    sealed = newsroom_seal(&site->newsroom, &end, 3u);
    sealed.bytes[sealed.size - 1] ^= 1;
    sealed.bytes[sealed.size / 2] ^= 1;
    put(&message.as.air.bulletin, &sealed);
    sealed = newsroom_seal_roster(&site->newsroom);
    put(&message.as.air.roster, &sealed);
    assert_int_equal(messages_send(site->fd, &message), ERR_OK);
    assert_false(rigctld_becomes(&site->rigctld, false, 2 * SECOND_MS));
}

/* The other's data carry what is withdrawn: it is cut off, the retraction goes next, then the other with a sound of its own time. */
static void what_carries_a_withdrawn_one_is_cut_off(void **state)
{
    struct site *site = *state;
    struct bulletin first = alert(site, 41), second = alert(site, 42), end = retraction(site, 41);

    first.severity = BULLETIN_SEVERE;
    air(site, &first);
    want_keyed(site, 41);
    air(site, &second);
    want_keyed(site, 42);
    send_bulletin(site, &end);
    assert_true(rigctld_becomes(&site->rigctld, false, SECOND_MS));
    want_answer(site, 41, ERR_OK);
    want_keyed(site, 41);
    want_keyed(site, 42);
}

static bool count_turns(void *arg, const struct live *live)
{
    *(unsigned *)arg += live->item.turns;
    return true;
}

/* From the beginning it would never come to its end. */
static void after_a_lost_card_it_goes_on(void **state)
{
    struct site *site = *state;
    struct bulletin bulletin = alert(site, 41);
    int64_t until_ms = clock_boot_ms() + ANSWER_MS;
    unsigned turns = 0;

    air(site, &bulletin);
    assert_true(rigctld_becomes(&site->rigctld, true, KEYED_MS));
    while (turns == 0 && clock_boot_ms() < until_ms) {
        (void)poll(NULL, 0, 100);
        live_load(site->directory, count_turns, &turns);
    }
    assert_int_equal(turns, 1);
}

/* A day ahead at the start: what was in force before is so still. */
static void a_wrong_clock_ends_nothing(void **state)
{
    struct site *site = *state;
    struct bulletin bulletin = alert(site, 41);

    site->behind_s = 86400;
    tell_clock(site, clock_wall_s() - site->behind_s);
    bulletin.sent_s -= site->behind_s;
    air(site, &bulletin);
    restart_on_the_air(site);
}

/* What is in force is so by the time that the dispatcher tells, whatever the wall clock says. */
static void it_goes_by_the_time_that_it_is_told(void **state)
{
    struct site *site = *state;
    struct bulletin bulletin = alert(site, 41);
    int64_t over_s = bulletin_expires_s(&bulletin) + 1;

    tell_clock(site, over_s);
    send_bulletin(site, &bulletin);
    want_answer(site, 41, ERR_EXPIRED);
    bulletin.number = 42;
    bulletin.sent_s = over_s;
    air(site, &bulletin);
    assert_true(rigctld_becomes(&site->rigctld, true, KEYED_MS));
    want_keyed(site, 42);
    tell_clock(site, bulletin_expires_s(&bulletin));
    assert_true(rigctld_becomes(&site->rigctld, false, SECOND_MS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            an_urgent_bulletin_is_on_the_air_at_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_killed_radio_leaves_it_unkeyed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_hung_radio_leaves_it_unkeyed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_retraction_ends_what_it_retracts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            what_is_retracted_before_it_is_made_is_not_sent, set_up_speech, tear_down),
        cmocka_unit_test_setup_teardown(an_unsigned_retraction_ends_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            what_carries_a_withdrawn_one_is_cut_off, set_up_short, tear_down),
        cmocka_unit_test_setup_teardown(it_goes_by_the_time_that_it_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_wrong_clock_ends_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(after_a_lost_card_it_goes_on, set_up_weak, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
