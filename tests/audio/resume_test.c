/* Where a transmission that failed goes on. */
#include "audio/resume.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define NOW_MS 5000000

static const struct live live = {
    .item = {.number = 41}, .made = {.at_ms = 77, .start_count = 3, .starts_ms = {0, 400, 32400}}};

static void at_the_segment_that_was_interrupted(void **state)
{
    const struct resume resume = resume_note(82, &live.made, 50000, NOW_MS);

    (void)state;
    assert_int_equal(resume_find(&resume, &live, NOW_MS), 32400);
    assert_int_equal(resume_find(&resume, &live, NOW_MS + RESUME_MOST_MS), 32400);
    assert_int_equal(resume_find(&resume, &live, NOW_MS + RESUME_MOST_MS + 1), 0);
}

static void another_sound_begins_at_its_beginning(void **state)
{
    const struct resume resume = resume_note(82, &live.made, 50000, NOW_MS);
    const struct resume none = {.key = 0};
    struct live other = live;

    (void)state;
    other.made.at_ms = 78;
    assert_int_equal(resume_find(&resume, &other, NOW_MS), 0);
    other = live;
    other.item.retraction = true;
    assert_int_equal(resume_find(&resume, &other, NOW_MS), 0);
    assert_int_equal(resume_find(&none, &live, NOW_MS), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_the_segment_that_was_interrupted),
        cmocka_unit_test(another_sound_begins_at_its_beginning),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
