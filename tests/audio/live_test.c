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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_saved_comes_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_retraction_is_another_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_is_judged_as_by_a_receiver, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_torn_file_is_passed_over, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
