/* smpp_pace: never faster than was agreed, slower when the centre says so, and back again. */
#include "modems/smpp_pace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Asks each millisecond; the most in any second, and how many in all. */
static unsigned take_for(struct smpp_pace *pace, unsigned ms, unsigned *most_a_second)
{
    static unsigned taken[20000];
    unsigned all = 0;
    *most_a_second = 0;
    for (unsigned now = 0; now < ms; now++) {
        taken[now] = 0;
        while (smpp_pace_take(pace, 0, 100000 + now))
            taken[now]++;
        all += taken[now];
        unsigned second = 0;
        for (unsigned back = now < 999 ? 0 : now - 999; back <= now; back++)
            second += taken[back];
        if (second > *most_a_second)
            *most_a_second = second;
    }
    return all;
}

static void a_rate_is_kept(void **state)
{
    (void)state;
    static const unsigned rates[] = {1, 3, 50, 900};
    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        struct smpp_pace pace;
        unsigned most = 0;
        smpp_pace_init(&pace, rates[i], 10);
        unsigned all = take_for(&pace, 10000, &most);
        assert_in_range(all, rates[i] * 10 * 98 / 100, rates[i] * 10 + rates[i] / 20 + 1);
        assert_in_range(most, 1, rates[i] + rates[i] / 20 + 1);
    }
}

static void a_window_is_kept(void **state)
{
    (void)state;
    struct smpp_pace pace;
    smpp_pace_init(&pace, 0, 3);
    assert_true(smpp_pace_take(&pace, 2, 5));
    assert_false(smpp_pace_take(&pace, 3, 5));
    assert_int_equal(smpp_pace_wait_ms(&pace, 5), 0); /* an answer is what it waits for */
}

static void throttling_pauses_and_narrows(void **state)
{
    (void)state;
    struct smpp_pace pace;
    int64_t now = 1000;
    smpp_pace_init(&pace, 0, 8);
    for (int i = 0; i < 8; i++)
        smpp_pace_throttled(&pace, now); /* a whole window of refusals is one */
    assert_int_equal(pace.allowed, 4);
    assert_false(smpp_pace_take(&pace, 0, now + 499));
    assert_int_equal(smpp_pace_wait_ms(&pace, now), 500);
    assert_true(smpp_pace_take(&pace, 0, now + 500));
    now += 500;
    smpp_pace_throttled(&pace, now);
    assert_int_equal(smpp_pace_wait_ms(&pace, now), 1000);
    assert_int_equal(pace.allowed, 2);
    for (int i = 0; i < 20; i++)
        smpp_pace_throttled(&pace, now += SMPP_PACE_PAUSE_MAX_MS);
    assert_int_equal(smpp_pace_wait_ms(&pace, now), SMPP_PACE_PAUSE_MAX_MS);
    assert_int_equal(pace.allowed, 1);
    unsigned answers = 0;
    for (; pace.allowed < 8 && answers < 100; answers++)
        smpp_pace_good(&pace);
    assert_int_equal(answers, 1 + 2 + 3 + 4 + 5 + 6 + 7);
    smpp_pace_good(&pace);
    smpp_pace_throttled(&pace, now + SMPP_PACE_PAUSE_MAX_MS); /* all was well: begins anew */
    assert_int_equal(
        smpp_pace_wait_ms(&pace, now + SMPP_PACE_PAUSE_MAX_MS), SMPP_PACE_PAUSE_MIN_MS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rate_is_kept),
        cmocka_unit_test(a_window_is_kept),
        cmocka_unit_test(throttling_pauses_and_narrows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
