/* The worker process: sending, errors, going and coming, receiving, the SIM's PIN. */
#include "tests/modems/bench.h"

/* ---- sending ---- */

static void test_sends(void **state)
{
    struct bench *bench = *state;
    wait_for(bench, MESSAGE_MODEM_HELLO);
    assert_string_equal(bench->got.as.modem_hello.imei, "356938035643015");
    assert_string_equal(bench->got.as.modem_hello.model, "modemsim");
    struct message_part part = make_part("Hello ~ {x} @ \xc3\xa4\xc3\xb6", MESSAGE_GSM7);
    (void)send_part(bench, &part);
    expect_shown(bench, part.text);
    part = make_part("Су тасқыны ~ №41 😀", MESSAGE_UCS2);
    (void)send_part(bench, &part);
    expect_shown(bench, part.text);
    wait_condition(bench, MESSAGE_MODEM_ONLINE);
}

static void test_reports(void **state)
{
    struct bench *bench = *state;
    struct message_part part = make_part("report", MESSAGE_GSM7);
    part.report = 1;
    uint8_t reference = send_part(bench, &part);
    wait_for(bench, MESSAGE_REPORT);
    assert_string_equal(bench->got.as.report.number, NUMBER);
    assert_int_equal(bench->got.as.report.reference, reference);
    assert_int_equal(bench->got.as.report.status, 0);
    assert_true(llabs(bench->got.as.report.done_s - clock_wall_s()) < 60);
}

static void test_long_text_is_joined(void **state)
{
    struct bench *bench = *state;
    for (uint8_t i = 1; i <= 2; i++) {
        struct message_part part = make_part(i == 1 ? "Бірінші " : "екінші", MESSAGE_UCS2);
        const uint8_t header[] = {5, 0, 3, 0xab, 2, i};
        part.udh_size = sizeof header;
        memcpy(part.udh, header, sizeof header);
        (void)send_part(bench, &part);
    }
    expect_shown(bench, "Бірінші екінші");
}

static void test_go_is_awaited(void **state)
{
    struct bench *bench = *state;
    const struct message_part part = make_part("held", MESSAGE_GSM7);
    give(bench, &part);
    wait_for(bench, MESSAGE_PART_HOLD);
    pause_ms(300);
    assert_int_equal(count(bench, "accepted"), 0);
    tell(bench, MESSAGE_PART_DROP, bench->job);
    send_plain(bench, "after");
    expect_shown(bench, "after");
    assert_int_equal(count(bench, "accepted"), 1);
}

static void test_expired_is_not_sent(void **state)
{
    struct bench *bench = *state;
    struct message_part part = make_part("stale", MESSAGE_GSM7);
    part.until_boot_ms = clock_boot_ms();
    give(bench, &part);
    assert_false(wait_failed(bench)->doubt);
    part.until_boot_ms = clock_boot_ms() + 2000;
    give(bench, &part);
    wait_for(bench, MESSAGE_PART_HOLD);
    assert_false(wait_failed(bench)->doubt);
    tell(bench, MESSAGE_PART_GO, bench->job);
    send_plain(bench, "fresh");
    assert_int_equal(count(bench, "accepted"), 1);
}

static void test_unfit_part(void **state)
{
    struct bench *bench = *state;
    struct message_part part = make_part("x", MESSAGE_GSM7);
    (void)snprintf(part.number, sizeof part.number, "%s", "Казахстан");
    give(bench, &part);
    assert_int_equal(wait_failed(bench)->cause, MESSAGE_CAUSE_TEXT);
    assert_true(bench->got.as.part_failed.final);
    assert_false(bench->got.as.part_failed.doubt);
    send_plain(bench, "after");
}

static void test_dispatcher_goes(void **state)
{
    struct bench *bench = *state;
    const struct message_part part = make_part("orphan", MESSAGE_GSM7);
    give(bench, &part);
    wait_for(bench, MESSAGE_PART_HOLD);
    stop_worker(bench);
    start_worker(bench, NULL, NULL);
    send_plain(bench, "after");
    assert_int_equal(count(bench, "accepted"), 1);
}

/* ---- errors ---- */

static void test_errors(void **state)
{
    struct bench *bench = *state;
    static const struct {
        const char *spec;
        uint32_t code;
        bool doubt;
        enum message_cause cause;
    } rows[] = {
        {"error=38", 38, false, MESSAGE_CAUSE_NETWORK},
        {"error=28", 28, false, MESSAGE_CAUSE_NUMBER},
        {"error=500", 500, true, MESSAGE_CAUSE_MODEM},
        {"error-taken=500", 500, true, MESSAGE_CAUSE_MODEM},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char spec[32];
        (void)snprintf(spec, sizeof spec, "%s", rows[i].spec);
        fault(bench, spec);
        const struct message_part part = make_part("refused", MESSAGE_GSM7);
        submit(bench, &part);
        const struct message_part_failed *failed = wait_failed(bench);
        assert_int_equal(failed->code, rows[i].code);
        assert_int_equal(failed->doubt, rows[i].doubt);
        assert_int_equal(failed->cause, rows[i].cause);
    }
    send_plain(bench, "after");
}

static void test_no_answer(void **state)
{
    struct bench *bench = *state;
    static const char *const specs[] = {"silent-taken", "silent-after"};
    for (size_t i = 0; i < 2; i++) {
        char spec[32];
        (void)snprintf(spec, sizeof spec, "%s", specs[i]);
        fault(bench, spec);
        const struct message_part part = make_part("silence", MESSAGE_GSM7);
        submit(bench, &part);
        assert_true(wait_failed(bench)->doubt);
    }
    send_plain(bench, "after");
    wait_condition(bench, MESSAGE_MODEM_ONLINE);
}

static void test_late_answer_counts(void **state)
{
    struct bench *bench = *state;
    fault(bench, (char[]){"slow=2"});
    send_plain(bench, "late");
    send_plain(bench, "after");
    assert_int_equal(count(bench, "accepted"), 2);
}

static void test_no_prompt(void **state)
{
    struct bench *bench = *state;
    fault(bench, (char[]){"no-prompt"});
    const struct message_part part = make_part("unsaid", MESSAGE_GSM7);
    give(bench, &part);
    assert_false(wait_failed(bench)->doubt);
    send_plain(bench, "after");
    assert_int_equal(count(bench, "accepted"), 1);
}

static void test_late_prompt(void **state)
{
    struct bench *bench = *state;
    fault(bench, (char[]){"late-prompt=1"});
    send_plain(bench, "late prompt");
    expect_shown(bench, "late prompt");
    assert_int_equal(count(bench, "attempts"), 1);
}

static void test_noise(void **state)
{
    struct bench *bench = *state;
    static const char *const specs[] = {"garbage=64", "long-cds=5000", "nul", "split", "rssi=0.05"};
    for (size_t i = 0; i < sizeof specs / sizeof specs[0]; i++) {
        char spec[32];
        (void)snprintf(spec, sizeof spec, "%s", specs[i]);
        fault(bench, spec);
        send_plain(bench, specs[i]);
        expect_shown(bench, specs[i]);
    }
    assert_int_equal(count(bench, "attempts"), 5);
}

static void test_mute(void **state)
{
    struct bench *bench = *state;
    wait_for(bench, MESSAGE_PULL);
    fault(bench, (char[]){"mute=0.2"});
    const struct message_part part = make_part("mute", MESSAGE_GSM7);
    give(bench, &part);
    assert_false(wait_failed(bench)->doubt);
    fault(bench, (char[]){"clear"});
    send_plain(bench, "after");
}

/* ---- going and coming ---- */

static void test_unplugged(void **state)
{
    struct bench *bench = *state;
    static const char *const specs[] = {"vanish=1@1", "vanish-taken=1"};
    for (size_t i = 0; i < 2; i++) {
        char spec[32];
        (void)snprintf(spec, sizeof spec, "%s", specs[i]);
        fault(bench, spec);
        const struct message_part part = make_part("unplugged", MESSAGE_GSM7);
        submit(bench, &part);
        assert_true(wait_failed(bench)->doubt);
        wait_condition(bench, MESSAGE_MODEM_GONE);
        int64_t from_ms = clock_boot_ms();
        wait_condition(bench, MESSAGE_MODEM_ONLINE);
        assert_in_range(clock_boot_ms() - from_ms, 0, 3000);
        send_plain(bench, "back");
    }
}

static pid_t find_talker(const struct bench *bench)
{
    char path[64];
    char text[64] = "";
    (void)snprintf(path, sizeof path, "/proc/%d/task/%d/children", bench->worker, bench->worker);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    assert_true(read(fd, text, sizeof text - 1) > 0);
    close(fd);
    return (pid_t)strtol(text, NULL, 10);
}

static void test_talker_killed(void **state)
{
    struct bench *bench = *state;
    send_plain(bench, "before");
    wait_for(bench, MESSAGE_PULL);
    (void)kill(find_talker(bench), SIGKILL);
    wait_condition(bench, MESSAGE_MODEM_SICK);
    send_plain(bench, "between");
    const struct message_part part = make_part("held", MESSAGE_GSM7);
    give(bench, &part);
    wait_for(bench, MESSAGE_PART_HOLD);
    (void)kill(find_talker(bench), SIGKILL);
    assert_false(wait_failed(bench)->doubt);
    fault(bench, (char[]){"slow=0.6"});
    submit(bench, &part);
    pause_ms(100);
    (void)kill(find_talker(bench), SIGKILL);
    wait_for(bench, MESSAGE_PART_SENT);
    send_plain(bench, "after");
    assert_int_equal(count(bench, "accepted"), 4);
}

/* ---- receiving ---- */

static void wait_empty(struct bench *bench)
{
    for (int i = 0; i < 200 && count(bench, "stored") > 0; i++)
        pause_ms(20);
    assert_int_equal(count(bench, "stored"), 0);
}

static void test_inbound(void **state)
{
    struct bench *bench = *state;
    inject(bench, (char[]){NUMBER}, (char[]){"START ~ Қостанай 😀"});
    wait_for(bench, MESSAGE_INBOUND);
    struct message_inbound first = bench->got.as.inbound;
    assert_string_equal(first.number, NUMBER);
    assert_string_equal(first.text, "START ~ Қостанай 😀");
    assert_int_equal(first.parts, 0);
    assert_true(llabs(first.smsc_s - clock_wall_s()) < 60);
    assert_false(wait_within(bench, MESSAGE_INBOUND, 2500));
    assert_int_equal(count(bench, "stored"), 1);
    tell(bench, MESSAGE_INBOUND_STORED, first.serial);
    inject(bench, (char[]){"1414"}, (char[]){"STOP ~"});
    wait_for(bench, MESSAGE_INBOUND);
    assert_string_equal(bench->got.as.inbound.text, "STOP ~");
    assert_string_equal(bench->got.as.inbound.number, "1414");
    tell(bench, MESSAGE_INBOUND_STORED, bench->got.as.inbound.serial);
    wait_empty(bench);
}

static void test_long_inbound(void **state)
{
    struct bench *bench = *state;
    char text[401];
    memset(text, 'a', 400);
    text[400] = '\0';
    inject(bench, (char[]){NUMBER}, text);
    uint8_t parts[4] = {0};
    for (int i = 0; i < 3; i++) {
        wait_for(bench, MESSAGE_INBOUND);
        assert_int_equal(bench->got.as.inbound.parts, 3);
        assert_in_range(bench->got.as.inbound.part, 1, 3);
        parts[bench->got.as.inbound.part]++;
        assert_true(strspn(bench->got.as.inbound.text, "a") > 90);
    }
    assert_int_equal(parts[1] + 2 * parts[2] + 4 * parts[3], 7);
}

/* The first header claims 255 bytes, the second text is longer than any, the third ends early. */
static void test_hostile_inbound(void **state)
{
    struct bench *bench = *state;
    wait_for(bench, MESSAGE_PULL);
    inject_raw(
        bench, (char[]){"07917711010000F0440B917710214365F700085210134132548208FF0003AB0201041F"});
    inject_raw(bench, (char[]){"07917711010000F0040B917710214365F7000852101341325482FF041F0440"});
    inject_raw(bench, (char[]){"07917711010000F0040B9177102143"});
    inject(bench, (char[]){NUMBER}, (char[]){"STOP"});
    wait_for(bench, MESSAGE_INBOUND);
    assert_string_equal(bench->got.as.inbound.text, "STOP");
    tell(bench, MESSAGE_INBOUND_STORED, bench->got.as.inbound.serial);
    wait_empty(bench);
    assert_int_not_equal(bench->condition, MESSAGE_MODEM_SICK);
    send_plain(bench, "after");
}

/* A report whose optional fields make libgammu overrun its stack. */
static void test_hostile_report(void **state)
{
    struct bench *bench = *state;
    wait_for(bench, MESSAGE_PULL);
    inject_raw(
        bench, (char[]){"002a44000bf7000852120854232913100000020104ab031f085212085423291310000002"
                        "0104ab031fff770101ff1100000000000000000000000000000000000000000000000000"
                        "000000000000000000000000000000000000000000000000000000000000000000000000"
                        "000000000000000000000000000000000000000000000000000000000000000000000000"
                        "000000000000000000000000000000000000000000000000000000117700c0"});
    wait_for(bench, MESSAGE_REPORT);
    tell(bench, MESSAGE_INBOUND_STORED, bench->got.as.report.serial);
    send_plain(bench, "after");
    wait_empty(bench);
    assert_int_not_equal(bench->condition, MESSAGE_MODEM_SICK);
}

/* ---- the SIM's PIN ---- */

static int begin_locked(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    assert_non_null(bench);
    find_programs(bench);
    start_sim(bench, (char[]){"--pin"}, (char[]){"4321"});
    *state = bench;
    return 0;
}

static void start_with_pin(struct bench *bench, const char *pin)
{
    char path[PATH_MAX];
    (void)snprintf(path, sizeof path, "%s/pin", bench->dir);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    (void)fprintf(file, "%s\n", pin);
    assert_int_equal(fclose(file), 0);
    start_worker(bench, (char[]){"--pin"}, path);
    pause_ms(200);
    (void)unlink(path);
}

static void test_pin(void **state)
{
    struct bench *bench = *state;
    start_with_pin(bench, "4321");
    send_plain(bench, "unlocked");
}

static void test_wrong_pin_is_tried_once(void **state)
{
    struct bench *bench = *state;
    start_with_pin(bench, "1111");
    for (int i = 0; i < 3; i++) {
        bench->condition = -1;
        wait_condition(bench, MESSAGE_MODEM_SICK);
    }
    stop_worker(bench);
    start_with_pin(bench, "4321");
    send_plain(bench, "unlocked");
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    (void)signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        WITH(test_sends),
        WITH(test_reports),
        WITH(test_long_text_is_joined),
        WITH(test_go_is_awaited),
        WITH(test_expired_is_not_sent),
        WITH(test_unfit_part),
        WITH(test_dispatcher_goes),
        WITH(test_errors),
        WITH(test_no_answer),
        WITH(test_late_answer_counts),
        WITH(test_no_prompt),
        WITH(test_late_prompt),
        WITH(test_noise),
        WITH(test_mute),
        WITH(test_unplugged),
        WITH(test_talker_killed),
        WITH(test_inbound),
        WITH(test_long_inbound),
        WITH(test_hostile_inbound),
        WITH(test_hostile_report),
        cmocka_unit_test_setup_teardown(test_pin, begin_locked, end),
        cmocka_unit_test_setup_teardown(test_wrong_pin_is_tried_once, begin_locked, end),
    };
    cmocka_set_test_filter(getenv("WORKER_TEST_FILTER"));
    return cmocka_run_group_tests(tests, NULL, NULL);
}
