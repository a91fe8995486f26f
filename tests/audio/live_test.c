/* What the radio keeps on disk of what is in force. */
#include "audio/live.h"
#include "tests/audio/newsroom.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct place {
    struct newsroom newsroom;
    char directory[32];
    unsigned count;
    bool keep;
    struct live last;
};

static int set_up(void **state)
{
    static struct place place;

    memset(&place, 0, sizeof(place));
    newsroom_make(&place.newsroom, 9);
    (void)snprintf(place.directory, sizeof(place.directory), "/tmp/dabyl-live-XXXXXX");
    assert_non_null(mkdtemp(place.directory));
    place.keep = true;
    *state = &place;
    return 0;
}

/* Nothing is left beside what the test has removed. */
static int tear_down(void **state)
{
    const struct place *place = *state;

    assert_int_equal(rmdir(place->directory), 0);
    return 0;
}

static struct live make(const struct place *place, uint32_t number)
{
    struct bulletin bulletin = newsroom_bulletin(&place->newsroom, number);
    struct sealed sealed = newsroom_seal(&place->newsroom, &bulletin, 3u);
    struct sealed roster = newsroom_seal_roster(&place->newsroom);
    struct live live = {.item = {.number = number, .turns = 2, .first_s = 1000, .due_s = 2000},
        .seconds = 131,
        .path = "/x/bulletin.wav",
        .made = {.at_ms = 77,
            .bytes = 88,
            .with_count = 2,
            .start_count = 3,
            .with = {84, 87},
            .starts_ms = {0, 400, 2400}},
        .sealed_size = (uint16_t)sealed.size,
        .roster_size = (uint16_t)roster.size};

    memcpy(live.sealed, sealed.bytes, sealed.size);
    memcpy(live.roster, roster.bytes, roster.size);
    return live;
}

static bool count(void *arg, const struct live *live)
{
    struct place *place = arg;

    place->count++;
    place->last = *live;
    return place->keep;
}

static void what_is_saved_comes_back(void **state)
{
    struct place *place = *state;
    struct live live = make(place, 41);
    struct bulletin bulletin;

    assert_int_equal(live_save(&live, place->directory), ERR_OK);
    live.item.turns = 3;
    assert_int_equal(live_save(&live, place->directory), ERR_OK);
    live_load(place->directory, count, place);
    assert_int_equal(place->count, 1);
    assert_int_equal(place->last.item.turns, 3);
    assert_int_equal(place->last.item.first_s, 1000);
    assert_int_equal(place->last.item.due_s, 2000);
    assert_int_equal(place->last.seconds, 131);
    assert_string_equal(place->last.path, "/x/bulletin.wav");
    assert_memory_equal(&place->last.made, &live.made, sizeof(live.made));
    assert_int_equal(
        live_check(&bulletin, &place->last, place->newsroom.fingerprint, NEWSROOM_SENT_S + 60),
        ERR_OK);
    assert_int_equal(bulletin.number, 41);
    live_remove(&live.item, place->directory);
    live_load(place->directory, count, place);
    assert_int_equal(place->count, 1);
}

/* A retraction has the number of what it retracts, and a file of its own. */
static void a_retraction_is_another_file(void **state)
{
    struct place *place = *state;
    struct live live = make(place, 41);

    assert_int_equal(live_save(&live, place->directory), ERR_OK);
    live.item.retraction = true;
    assert_int_equal(live_save(&live, place->directory), ERR_OK);
    live_load(place->directory, count, place);
    assert_int_equal(place->count, 2);
    place->keep = false;
    live_load(place->directory, count, place);
    live_load(place->directory, count, place);
    assert_int_equal(place->count, 4);
}

static void it_is_judged_as_by_a_receiver(void **state)
{
    struct place *place = *state;
    struct live live = make(place, 41);
    struct bulletin bulletin;
    const char *fingerprint = place->newsroom.fingerprint;

    assert_int_equal(
        live_check(&bulletin, &live, fingerprint, NEWSROOM_SENT_S + 361 * 60), ERR_EXPIRED);
    live.sealed[live.sealed_size - 1] ^= 1;
    assert_int_equal(live_check(&bulletin, &live, fingerprint, NEWSROOM_SENT_S + 60), ERR_SEAL);
    live = make(place, 41);
    live.sealed_size--;
    assert_int_not_equal(live_check(&bulletin, &live, fingerprint, NEWSROOM_SENT_S + 60), ERR_OK);
}

/* Cut at any place it is not taken for whole. */
static void a_torn_file_is_passed_over(void **state)
{
    struct place *place = *state;
    struct live live = make(place, 41);
    char path[64];
    struct stat about;

    (void)snprintf(path, sizeof(path), "%s/bulletin-41.live", place->directory);
    assert_int_equal(live_save(&live, place->directory), ERR_OK);
    assert_int_equal(stat(path, &about), 0);
    for (off_t size = about.st_size - 1; size >= 0; size -= 7) {
        assert_int_equal(truncate(path, size), 0);
        live_load(place->directory, count, place);
    }
    assert_int_equal(place->count, 0);
    assert_int_equal(unlink(path), 0);
}

static struct schedule_item item(uint32_t key)
{
    return (struct schedule_item){.number = key >> 1, .retraction = (key & 1u) != 0};
}

/* Beside what is in force: its own bulletin, and others. */
static void a_sound_is_true_or_lacks_or_lies(void **state)
{
    const struct place *place = *state;
    struct live live = make(place, 41);
    struct schedule_queue queue = {.count = 3, .items = {item(82), item(84), item(87)}};

    assert_int_equal(live_judge(&live, &queue), LIVE_TRUE);
    queue.items[queue.count++] = item(88);
    assert_int_equal(live_judge(&live, &queue), LIVE_LACKS);
    assert_false(live_is_over(&live.made, &queue));
    queue.items[2] = item(86); /* the bulletin is another than its retraction */
    assert_int_equal(live_judge(&live, &queue), LIVE_FALSE);
    assert_true(live_is_over(&live.made, &queue));
    queue.items[2] = item(87);
    live.made.at_ms = 0;
    assert_int_equal(live_judge(&live, &queue), LIVE_FALSE);
}

static void an_interrupted_segment_is_found(void **state)
{
    const struct live_made made = make(*state, 41).made;
    const struct live_made none = {.start_count = 0};

    assert_int_equal(live_find_start(&made, 0), 0);
    assert_int_equal(live_find_start(&made, 2399), 400);
    assert_int_equal(live_find_start(&made, 2400), 2400);
    assert_int_equal(live_find_start(&made, 999999), 2400);
    assert_int_equal(live_find_start(&none, 999999), 0);
}

/* Another file under its name is not its sound. */
static void another_file_is_not_its_sound(void **state)
{
    const struct place *place = *state;
    struct live live = make(place, 41);
    FILE *file;

    (void)snprintf(live.path, sizeof(live.path), "%s/x.wav", place->directory);
    assert_false(live_has_file(&live));
    assert_int_equal(live_note_file(&live.made, live.path), ERR_MISSING);
    file = fopen(live.path, "w");
    assert_non_null(file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(live_note_file(&live.made, live.path), ERR_OK);
    assert_true(live_has_file(&live));
    assert_int_equal(truncate(live.path, 1), 0);
    assert_false(live_has_file(&live));
    assert_int_equal(unlink(live.path), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_saved_comes_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_retraction_is_another_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_is_judged_as_by_a_receiver, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_torn_file_is_passed_over, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_sound_is_true_or_lacks_or_lies, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_interrupted_segment_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_file_is_not_its_sound, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
