/* All that is in force, and which of its sounds are to be made anew. */
#include "audio/lives.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define NOW_S 1000000
#define NOW_MS 5000000
#define AHEAD_S 600

static int set_up(void **state)
{
    static char directory[] = "/tmp/dabyl-lives-XXXXXX";
    struct lives *lives = calloc(1, sizeof(*lives));

    assert_non_null(lives);
    memcpy(directory + sizeof(directory) - 7, "XXXXXX", 6);
    assert_non_null(mkdtemp(directory));
    lives->directory = directory;
    *state = lives;
    return 0;
}

static int tear_down(void **state)
{
    struct lives *lives = *state;

    while (lives->queue.count > 0)
        lives_drop(lives, 0);
    assert_int_equal(rmdir(lives->directory), 0);
    free(lives);
    return 0;
}

/* With a sound that carries `with` (0: nothing else). */
static void put(struct lives *lives, uint32_t number, int64_t due_s, uint32_t with)
{
    struct live live = {.item = {.number = number, .severity = BULLETIN_SEVERE, .due_s = due_s},
        .made = {.at_ms = 1, .with_count = with != 0, .with = {with}}};

    lives_put(lives, &live);
}

static uint32_t stale(const struct lives *lives, uint32_t but_key)
{
    const struct lives_wish wish = {
        .now_s = NOW_S, .now_ms = NOW_MS, .ahead_s = AHEAD_S, .but_key = but_key};
    const struct live *live = lives_find_stale(lives, &wish);

    return live ? live->item.number : 0;
}

static void of_the_stale_the_next_is_made_first(void **state)
{
    struct lives *lives = *state;

    put(lives, 41, NOW_S + AHEAD_S, 0);
    assert_int_equal(stale(lives, 0), 0);
    put(lives, 42, NOW_S + AHEAD_S + 1, 2 * 41);
    assert_int_equal(stale(lives, 0), 41);
    put(lives, 43, NOW_S + 60, 0);
    assert_int_equal(stale(lives, 0), 43);
    put(lives, 44, NOW_S - 60, 0);
    put(lives, 45, NOW_S - 50, 0);
    lives->queue.items[4].severity = BULLETIN_EXTREME;
    assert_int_equal(stale(lives, 0), 45);
    assert_int_equal(stale(lives, 2 * 45), 44);
}

static void what_is_made_is_stale_no_longer(void **state)
{
    struct lives *lives = *state;
    struct live sound = {
        .seconds = 7, .path = "/x.wav", .made = {.at_ms = 2, .with_count = 1, .with = {2 * 42}}};

    put(lives, 41, NOW_S, 0);
    put(lives, 42, NOW_S, 2 * 41);
    assert_int_equal(stale(lives, 0), 41);
    lives_remake(lives, 2 * 41, &sound, NOW_MS);
    assert_int_equal(stale(lives, 0), 0);
    assert_int_equal(lives_find_key(lives, 2 * 41)->seconds, 7);
    lives_drop(lives, 1);
    assert_false(lives_has(lives, 2 * 42));
    assert_int_equal(stale(lives, 0), 41);
    lives_remake(lives, 2 * 42, &sound, NOW_MS);
    assert_null(lives_find_key(lives, 2 * 42));
}

/* It is not tried without a pause. */
static void what_failed_waits(void **state)
{
    struct lives *lives = *state;

    put(lives, 41, NOW_S, 2 * 40);
    lives_remake(lives, 2 * 41, NULL, NOW_MS - LIVES_REMAKE_MS + 1);
    assert_int_equal(stale(lives, 0), 0);
    lives_remake(lives, 2 * 41, NULL, NOW_MS - LIVES_REMAKE_MS);
    assert_int_equal(stale(lives, 0), 41);
}

static void all_but_one_are_its_others(void **state)
{
    struct lives *lives = *state;
    const struct live *others[SCHEDULE_LIVE_MAX];
    const struct live retraction = {.item = {.number = 41, .retraction = true}};

    for (uint32_t number = 41; number < 41 + SCHEDULE_LIVE_MAX - 1; number++)
        put(lives, number, NOW_S, 0);
    lives_put(lives, &retraction);
    assert_int_equal(lives_list_others(lives, others, 2 * 41), SCHEDULE_LIVE_MAX - 1);
    for (size_t i = 0; i < SCHEDULE_LIVE_MAX - 1; i++)
        assert_int_not_equal(schedule_key(&others[i]->item), 2 * 41);
    assert_int_equal(lives_list_others(lives, others, 2 * 9999), SCHEDULE_LIVE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(of_the_stale_the_next_is_made_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_made_is_stale_no_longer, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_failed_waits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(all_but_one_are_its_others, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
