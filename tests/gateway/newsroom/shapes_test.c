/* What the page is told of the transmitter. */
#include "gateway/messages/states.h"
#include "gateway/newsroom/shapes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NOW_S 1795511600

static bool has(const struct message_on_air *on_air, const char *text)
{
    struct message_status_site site = {
        .now_s = NOW_S, .roster_number = 1, .radio = 1, .on_air = *on_air};
    struct document *object = shapes_new_site(&site);
    size_t size;
    char *written = document_write_new(&size, object);
    bool found = strstr(written, text) != NULL;
    free(written);
    document_free(object);
    return found;
}

static void without_a_transmitter_there_is_nothing(void **state)
{
    const struct message_on_air none = {.state = MESSAGE_ON_AIR_NONE, .number = 41};
    (void)state;
    assert_true(has(&none, "\"on_air\":null"));
    assert_true(has(&none, "\"degraded\":[]"));
}

static void what_is_sent_is_told(void **state)
{
    const struct message_on_air keyed = {.state = MESSAGE_ON_AIR_KEYED,
        .since_s = NOW_S - 60,
        .number = 41,
        .hz = 7105000,
        .next_s = NOW_S + 600,
        .next_hz = 5505000};
    const struct message_on_air waiting = {.state = MESSAGE_ON_AIR_WAITING, .since_s = NOW_S - 60};
    (void)state;
    assert_true(has(&keyed,
        "\"on_air\":{\"state\":\"keyed\",\"since_s\":1795511540,\"number\":41,\"hz\":7105000,"
        "\"next_s\":1795512200,\"next_hz\":5505000,\"failed\":null}"));
    assert_true(has(&waiting,
        "\"on_air\":{\"state\":\"waiting\",\"since_s\":1795511540,\"number\":null,\"hz\":null,"
        "\"next_s\":null,\"next_hz\":null,\"failed\":null}"));
    assert_true(has(&keyed, "\"degraded\":[]"));
}

/* Unkeying takes a moment, which alarms nobody. */
static void what_lasts_is_a_fault(void **state)
{
    struct message_on_air on_air = {
        .state = MESSAGE_ON_AIR_DOUBT, .since_s = NOW_S - STATES_DOUBT_S + 1};
    (void)state;
    assert_true(has(&on_air, "\"degraded\":[]"));
    on_air.since_s--;
    assert_true(has(&on_air, "\"degraded\":[\"transmitter_doubt\"]"));
    on_air.state = MESSAGE_ON_AIR_KEYED;
    assert_true(has(&on_air, "\"degraded\":[]"));
    on_air.result = (uint8_t)ERR_DEVICE;
    assert_true(has(&on_air, "\"failed\":\"device\""));
    assert_true(has(&on_air, "\"degraded\":[\"transmitter_failed\"]"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(without_a_transmitter_there_is_nothing),
        cmocka_unit_test(what_is_sent_is_told), cmocka_unit_test(what_lasts_is_a_fault)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
