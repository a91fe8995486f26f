#include "tests/gateway/dispatcher/harness.h"

static void text_in(int modem, const char *number, const char *text)
{
    static uint64_t serial;
    struct message message = {.type = MESSAGE_INBOUND, .fd = -1};
    message.as.inbound.serial = ++serial;
    message.as.inbound.smsc_s = clock_wall_s() + (int64_t)serial;
    snprintf(message.as.inbound.number, sizeof message.as.inbound.number, "%s", number);
    snprintf(message.as.inbound.text, sizeof message.as.inbound.text, "%s", text);
    put(modem, &message);
    expect(modem, &message, MESSAGE_INBOUND_STORED);
}

/* Sends what waits and returns the last part of it. */
static const char *answer_to(int modem, const char *number, const char *text)
{
    static struct message_part part;
    text_in(modem, number, text);
    send_all_of(modem, &part, 1);
    assert_string_equal(part.number, number);
    while (part.udh_size > 0 && part.udh[5] < part.udh[4])
        send_all_of(modem, &part, 1);
    return part.text;
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

static void alert(struct rig *rig, uint32_t number, uint8_t event)
{
    struct bulletin bulletin;
    fill_bulletin(rig, &bulletin, number);
    bulletin.event = event;
    assert_int_equal(submit(rig, &bulletin, 2), ERR_OK);
}

static void a_personal_word_stands_in_each_bulletin(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    subscribe(rig, 1);
    subscribe(rig, 2);
    int modem = plug(rig, 0);
    has(answer_to(modem, "+77010000001", "WORD Melon"), "Melon");
    crash(rig);
    start(rig);
    modem = plug(rig, 0);
    alert(rig, 2, 0);
    send_all_of(modem, &part, 1);
    assert_string_equal(part.number, "+77010000001");
    has(part.text, "Melon");
    send_all_of(modem, &part, 2);
    has_not(part.text, "Melon");
    has(answer_to(modem, "+77010000001", "last"), "Melon");
}

static void radio_and_lawyer_say_what_the_configuration_says(void **state)
{
    struct rig *rig = *state;
    rig->more = "radio_text_en = \"Listen on 5505 kHz\"\nlawyer_text_en = \"Call Aigul\"\n";
    write_conf(rig);
    start(rig);
    subscribe(rig, 1);
    int modem = plug(rig, 0);
    has(answer_to(modem, "+77010000001", "RADIO"), "5505 kHz");
    has(answer_to(modem, "+77010000001", "LAWYER"), "Call Aigul");
    has(answer_to(modem, "+77010000002", "РАДИО"), "таратпаймыз");
}

/* Until the dispatcher has heard what the radio says. */
static void tell_on_air(struct rig *rig, int radio, const struct message_on_air *on_air)
{
    struct message message = {.type = MESSAGE_ON_AIR, .fd = -1, .as.on_air = *on_air};
    struct message_on_air heard = {.state = MESSAGE_ON_AIR_NONE};
    put(radio, &message);
    while (heard.state != on_air->state) {
        message = (struct message){.type = MESSAGE_STATUS_GET, .fd = -1};
        put(rig->control, &message);
        do {
            receive(rig->control, &message);
            if (message.type == MESSAGE_STATUS_SITE)
                heard = message.as.status_site.on_air;
        } while (message.type != MESSAGE_END);
    }
    assert_true(heard.since_s != 0);
}

/* A radio says what it does; whoever asks is told. */
static void radio_says_when_the_transmitter_sends(void **state)
{
    struct rig *rig = *state;
    rig->more = "radio { card = \"null\" }\n";
    write_conf(rig);
    start(rig);
    subscribe(rig, 1);
    int modem = plug(rig, 0);
    has(answer_to(modem, "+77010000001", "RADIO"), "after each message");
    int radio = plug_radio(rig);
    struct message_on_air on_air = {
        .state = MESSAGE_ON_AIR_WAITING, .next_s = clock_wall_s() + 1800, .next_hz = 7105000};
    tell_on_air(rig, radio, &on_air);
    has(answer_to(modem, "+77010000002", "RADIO"), ", 7105 kHz");
    on_air.state = MESSAGE_ON_AIR_KEYED;
    on_air.number = 41;
    on_air.hz = 7105000;
    tell_on_air(rig, radio, &on_air);
    has(answer_to(modem, "+77010000003", "РАДИО"), "№41, 7105 кГц");
    close(radio);
}

static void a_level_is_confirmed_and_kept(void **state)
{
    struct rig *rig = *state;
    struct bulletin bulletin;
    subscribe(rig, 1);
    int modem = plug(rig, 0);
    has(answer_to(modem, "+77010000001", "LEVEL 3"), "Level 3");
    fill_bulletin(rig, &bulletin, 2);
    assert_int_equal(submit(rig, &bulletin, 2), ERR_OK); /* severe, not extreme */
    pull(modem);
    assert_true(is_silent(modem, 200));
}

static void a_report_reaches_the_desk_masked(void **state)
{
    struct rig *rig = *state;
    int modem = plug(rig, 0);
    has(answer_to(modem, "+77010000001", "REPORT smoke over the bridge"), "No 1");
    text_in(modem, "+77010000001", "REPORT");
    for (int i = 0; i < 15; i++) {
        char text[40];
        snprintf(text, sizeof text, "REPORT again %d", i);
        text_in(modem, "+77010000001", text);
    }
    struct message message = {.type = MESSAGE_TIP_LIST, .fd = -1};
    put(rig->control, &message);
    expect(rig->control, &message, MESSAGE_TIP);
    assert_string_equal(message.as.tip.text, "smoke over the bridge");
    has(message.as.tip.number, "01");
    has_not(message.as.tip.number, "0000");
    unsigned count = 0;
    for (; message.type == MESSAGE_TIP; receive(rig->control, &message))
        count++;
    assert_int_equal(count, 10); /* a number a day */
}

static void reception_is_counted_by_level(void **state)
{
    struct rig *rig = *state;
    static const char *const words[] = {"RX 2 5", "RX 2 4", "rx 2 5", "RX 2 6", "RX 9 3", "RX 2"};
    struct message message = {.type = MESSAGE_RECEPTION_LIST, .fd = -1};
    int modem = plug(rig, 0);
    subscribe(rig, 9);
    alert(rig, 2, 0);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        char number[MESSAGES_NUMBER_SIZE];
        snprintf(number, sizeof number, "+770100000%02u", (unsigned)i + 10);
        text_in(modem, number, words[i]);
    }
    struct message_status_bulletin status = status_of(rig, 2, false);
    static const uint32_t heard[MESSAGES_HEARD] = {0, 0, 0, 1, 2};
    assert_memory_equal(status.heard, heard, sizeof heard);
    put(rig->control, &message);
    expect(rig->control, &message, MESSAGE_RECEPTION);
    assert_int_equal(message.as.reception.number, 2);
    assert_memory_equal(message.as.reception.heard, heard, sizeof heard);
    expect(rig->control, &message, MESSAGE_END);
}

static void who_joins_gets_one_digest(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    int modem = plug(rig, 0);
    alert(rig, 2, 15);
    alert(rig, 3, 16);
    alert(rig, 4, 0);
    usleep(1500000); /* they are done: nobody is there */
    const char *greeting = answer_to(modem, "+77010000009", "START EN");
    has(greeting, "STOP");
    send_all_of(modem, &part, 3);
    has(part.text, "No 4");
    has(part.text, "No 3 Gas leak until ");
    has(part.text, "No 2 Gas leak until ");
    pull(modem);
    assert_true(is_silent(modem, 300));
}

/* Who comes from elsewhere, too; but not who has them. */
static void who_moves_gets_what_holds_there(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    struct message message;
    int modem = plug(rig, 0);
    subscribe(rig, 1);
    alert(rig, 2, 15);
    send_all_of(modem, &part, 1);
    has(answer_to(modem, "+77010000002", "START EN KZ-75"), "STOP");
    send_all_of(modem, &part, 2);
    has(part.text, "No 2 ");
    struct bulletin bulletin;
    fill_bulletin(rig, &bulletin, 3);
    bulletin.regions = 1 << 18;
    unplug(rig, 0);
    assert_int_equal(submit(rig, &bulletin, 2), ERR_OK);
    modem = plug(rig, 0);
    send_all_of(modem, &part, 3);
    assert_string_equal(part.number, "+77010000001");
    pull(plug(rig, 1));
    for (int i = 0; i < 100 && status_of(rig, 3, false).state == MESSAGE_BULLETIN_SENDING; i++)
        usleep(50000);
    unplug(rig, 1);
    has(answer_to(modem, "+77010000002", "AREA KZ-71 KZ-75"), "Region");
    send_all_of(modem, &part, 4);
    assert_string_equal(part.number, "+77010000002");
    has(part.text, "No 3 ");
    text_in(modem, "+77010000002", "AREA KZ-75");
    text_in(modem, "+77010000002", "AREA KZ-71");
    text_in(modem, "+77010000001", "START KZ-71");
    pull(modem);
    expect(modem, &message, MESSAGE_PART);
    has(message.as.part.text, "Safety alerts");
    hold(modem, message.as.part.job);
    expect(modem, &message, MESSAGE_PART_GO);
    sent(modem, message.as.part.job, 5);
    pull(modem);
    assert_true(is_silent(modem, 300));
}

static void help_comes_in_two_texts(void **state)
{
    struct rig *rig = *state;
    int modem = plug(rig, 0);
    const char *text = answer_to(modem, "+77010000001", "HELP");
    has(text, "STOP");
    has(text, "MORE");
    text = answer_to(modem, "+77010000001", "MORE");
    has(text, "LEVEL");
    has(text, "WORD");
    has(text, "REPORT");
    has(answer_to(modem, "+77010000002", "ПОМОЩЬ"), "СТОП");
    has(answer_to(modem, "+77010000002", "ещё"), "СООБЩИТЬ");
    has(answer_to(modem, "+77010000003", "КӨМЕК"), "ТОҚТА");
    has(answer_to(modem, "+77010000003", "тағы"), "ДЕҢГЕЙ");
}

static void machines_are_not_answered(void **state)
{
    struct rig *rig = *state;
    rig->limits = "number = \"8 701 000 00 77\"";
    write_conf(rig);
    start(rig);
    int modem = plug(rig, 0);
    text_in(modem, "+77010000077", "HELP");                      /* our own SIM */
    text_in(modem, "+77010000001", "AZAT №41 23:05: gas. STOP"); /* our own text come back */
    pull(modem);
    assert_true(is_silent(modem, 300));
}

static void a_language_changed_brings_it_again_and_its_retraction_once(void **state)
{
    struct rig *rig = *state;
    struct bulletin bulletin;
    struct message_part part;
    for (unsigned n = 1; n <= 2; n++)
        subscribe(rig, n);
    fill_bulletin(rig, &bulletin, 2);
    bulletin.languages |= 1 << BULLETIN_RU;
    snprintf(bulletin.text[BULLETIN_RU].headline, BULLETIN_HEADLINE_MAX, "Газ");
    assert_int_equal(submit(rig, &bulletin, 2), ERR_OK);
    int modem = plug(rig, 0);
    send_all_of(modem, &part, 1);
    assert_string_equal(part.number, "+77010000001");
    text_in(modem, "+77010000001", "RU");
    send_all_of(modem, &part, 2);
    assert_string_equal(part.number, "+77010000002");
    send_all_of(modem, &part, 3);
    assert_string_equal(part.number, "+77010000001");
    has(part.text, "Газ");
    bulletin.kind = BULLETIN_RETRACT;
    bulletin.follows = 2;
    assert_int_equal(submit(rig, &bulletin, 1), ERR_OK);
    for (int i = 0; i < 2; i++)
        send_all_of(modem, &part, (uint16_t)(4 + i));
    pull(modem);
    assert_true(is_silent(modem, 300));
    assert_int_equal(status_of(rig, 2, true).sent, 2);
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

/* All is applied, the last word counts, but the answers end. */
static void one_who_says_start_and_stop_without_end_is_not_answered_without_end(void **state)
{
    struct rig *rig = *state;
    struct message_part part;
    int modem = plug(rig, 0);
    unsigned sent_answers = 0;
    alert(rig, 2, 0);
    usleep(1200000);
    for (int i = 0; i < 40; i++) {
        text_in(modem, "+77010000001", i % 2 == 0 ? "START EN" : "STOP");
        for (; answers_waiting(rig) > 0; sent_answers++)
            send_all_of(modem, &part, 1);
    }
    assert_in_range(sent_answers, 3, 6 * 2); /* a bulletin may have two parts */
    text_in(modem, "+77010000001", "START EN");
    subscribe(rig, 2);
    alert(rig, 3, 0);
    send_all_of(modem, &part, 1);
    assert_string_equal(part.number, "+77010000001");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
#define PLAIN(name) cmocka_unit_test_setup_teardown(name, setup_plain, teardown)
    static const struct CMUnitTest tests[] = {
        TEST(a_personal_word_stands_in_each_bulletin),
        PLAIN(radio_and_lawyer_say_what_the_configuration_says),
        PLAIN(radio_says_when_the_transmitter_sends),
        TEST(a_level_is_confirmed_and_kept),
        TEST(a_report_reaches_the_desk_masked),
        TEST(reception_is_counted_by_level),
        TEST(who_joins_gets_one_digest),
        TEST(who_moves_gets_what_holds_there),
        TEST(help_comes_in_two_texts),
        PLAIN(machines_are_not_answered),
        TEST(one_who_says_start_and_stop_without_end_is_not_answered_without_end),
        TEST(a_language_changed_brings_it_again_and_its_retraction_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
