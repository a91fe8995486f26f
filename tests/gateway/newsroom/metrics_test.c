/* metrics: counts are added up by state, and each line is what Prometheus reads. */
#include "gateway/newsroom/metrics.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <regex.h>

static size_t print_some(char text[METRICS_TEXT_SIZE])
{
    static uint64_t answers[METRICS_STATUS_MAX] = {[200] = 12, [404] = 3};
    struct metrics metrics = {.answers = answers, .sessions = 2};
    struct message site = {.type = MESSAGE_STATUS_SITE};
    struct message modem = {.type = MESSAGE_STATUS_MODEM};
    struct message bulletin = {.type = MESSAGE_STATUS_BULLETIN};
    site.as.status_site.subscribers = 1000000;
    site.as.status_site.minutes = MESSAGES_MINUTES_NEVER;
    site.as.status_site.on_air =
        (struct message_on_air){.state = MESSAGE_ON_AIR_KEYED, .result = (uint8_t)ERR_DEVICE};
    modem.as.status_modem.state = MESSAGE_MODEM_SICK;
    bulletin.as.status_bulletin.state = MESSAGE_BULLETIN_DONE;
    bulletin.as.status_bulletin.sent = 7;
    bulletin.as.status_bulletin.parts = 14;
    metrics_add(&metrics, &site);
    metrics_add(&metrics, &modem);
    modem.as.status_modem.state = 255;
    metrics_add(&metrics, &modem);
    for (int i = 0; i < 3; i++)
        metrics_add(&metrics, &bulletin);
    return metrics_print(text, &metrics);
}

static void test_counts(void **state)
{
    (void)state;
    static char text[METRICS_TEXT_SIZE];
    static const char *const wanted[] = {"\ndabyl_subscribers 1000000\n",
        "\ndabyl_reach_minutes +Inf\n", "\ndabyl_modems{state=\"sick\"} 1\n",
        "\ndabyl_modems{state=\"online\"} 0\n", "\ndabyl_bulletins{state=\"done\"} 3\n",
        "\ndabyl_transmitter{state=\"keyed\"} 1\n", "\ndabyl_transmitter{state=\"doubt\"} 0\n",
        "\ndabyl_transmitter_failed 1\n", "\ndabyl_recipients{state=\"sent\"} 21\n",
        "\ndabyl_texts 42\n", "\ndabyl_sessions 2\n",
        "\ndabyl_http_requests_total{code=\"200\"} 12\n",
        "\ndabyl_http_requests_total{code=\"404\"} 3\n"};
    size_t size = print_some(text);
    assert_int_equal(size, strlen(text));
    assert_true(size < METRICS_TEXT_SIZE / 2);
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
        if (strstr(text, wanted[i]) == NULL)
            fail_msg("not there: %s", wanted[i]);
}

static void test_lines(void **state)
{
    (void)state;
    static char text[METRICS_TEXT_SIZE];
    regex_t line;
    assert_int_equal(regcomp(&line,
                         "^(# HELP [a-z_]+ [^\n]+\\.|# TYPE [a-z_]+ (gauge|counter)|"
                         "[a-z_]+(\\{[a-z]+=\"[a-z0-9_]+\"\\})? ([0-9]+|\\+Inf))$",
                         REG_EXTENDED | REG_NOSUB),
        0);
    (void)print_some(text);
    unsigned lines = 0;
    char *rest = text;
    for (char *one; (one = strsep(&rest, "\n")) != NULL && rest != NULL; lines++)
        if (regexec(&line, one, 0, NULL, 0) != 0)
            fail_msg("not a line of metrics: %s", one);
    assert_true(lines > 60);
    regfree(&line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_lines),
    };
    return cmocka_run_group_tests_name("metrics", tests, NULL, NULL);
}
