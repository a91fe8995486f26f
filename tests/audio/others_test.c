/* What else is in force: which of it goes into the data segments, how, and what never does. */
#include "audio/others.h"

#include "gateway/bulletin/seal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define NOW_S (BULLETIN_EPOCH_S + 50000000)
#define SIZE 344 /* k = 3 */
#define HOUR_S 3600

struct scene {
    size_t count;
    struct others_member members[OTHERS_MAX + 1];
    uint8_t sealed[OTHERS_MAX + 1][SIZE];
    struct others others;
};

/* Adds one that was sent so long ago. */
static struct others_member *add(
    struct scene *scene, uint32_t number, enum bulletin_kind kind, int64_t age_s)
{
    struct others_member *member = &scene->members[scene->count];
    uint8_t *sealed = scene->sealed[scene->count++];

    memset(sealed, (int)number, SIZE);
    sealed[0] = (uint8_t)kind;
    *member = (struct others_member){.sealed = sealed,
        .size = SIZE,
        .number = number,
        .kind = kind,
        .severity = BULLETIN_SEVERE,
        .regions = 1u << 4,
        .sent_s = NOW_S - age_s};
    return member;
}

/* What was chosen: "45 44 [41 40]", the bundle in brackets. */
static const char *choose(struct scene *scene)
{
    static char text[256];
    size_t used = 0;

    text[0] = '\0';
    others_choose(&scene->others, scene->members, scene->count, NOW_S);
    for (size_t i = 0; i < scene->others.count; i++) {
        const struct carousel_item *item = &scene->others.items[i];
        struct bundle bundle = {.count = 0};
        const char *sign = "[";

        if (item->object == FRAME_BULLETIN)
            used += (size_t)snprintf(text + used, sizeof(text) - used, "%u ", item->bytes[1]);
        else
            assert_int_equal(bundle_decode(&bundle, item->bytes, item->size), ERR_OK);
        for (size_t m = 0; m < bundle.count; m++, sign = " ")
            used += (size_t)snprintf(
                text + used, sizeof(text) - used, "%s%u", sign, bundle.members[m].sealed[1]);
        if (bundle.count > 0)
            used += (size_t)snprintf(text + used, sizeof(text) - used, "]");
    }
    return text;
}

static void the_newest_and_worst_go_by_themselves(void **state)
{
    static struct scene scene;
    const struct carousel_item *items = scene.others.items;

    (void)state;
    scene.count = 0;
    add(&scene, 41, BULLETIN_ALERT, 60);
    assert_string_equal(choose(&scene), "");
    add(&scene, 40, BULLETIN_ALERT, HOUR_S);
    add(&scene, 39, BULLETIN_ALERT, HOUR_S)->severity = BULLETIN_MINOR;
    add(&scene, 42, BULLETIN_ALERT, 30);
    assert_string_equal(choose(&scene), "42 40 39 ");
    assert_true(items[0].weight > items[1].weight && items[1].weight > items[2].weight);
}

/* The programme's own, once it is older, is in the bundle with the others, so that all programmes have the same one. */
static void older_ones_are_bundled(void **state)
{
    static struct scene scene;

    (void)state;
    scene.count = 0;
    add(&scene, 45, BULLETIN_ALERT, 60);
    add(&scene, 40, BULLETIN_ALERT, 3 * HOUR_S);
    assert_string_equal(choose(&scene), "40 ");
    add(&scene, 41, BULLETIN_ALERT, 2 * HOUR_S);
    add(&scene, 44, BULLETIN_ALERT, 2 * HOUR_S - 1);
    assert_string_equal(choose(&scene), "44 [41 40]");
    scene.members[0].sent_s = NOW_S - 5 * HOUR_S;
    assert_string_equal(choose(&scene), "44 [45 41 40]");
    scene.count = 1;
    assert_string_equal(choose(&scene), "");
}

static void what_has_no_turn_of_its_own_is_bundled(void **state)
{
    static struct scene scene;

    (void)state;
    scene.count = 0;
    for (uint32_t number = 49; number >= 41; number--)
        add(&scene, number, BULLETIN_ALERT, (49 - number) * 60);
    assert_string_equal(choose(&scene), "48 47 46 45 44 43 [42 41]");
    for (uint32_t number = 40; scene.count <= OTHERS_MAX; number--)
        add(&scene, number, BULLETIN_ALERT, 3 * HOUR_S);
    assert_string_equal(choose(&scene), "48 47 46 45 44 43 [42 41 40 39 38]");
}

/* Of a retracted one no frame is made, wherever it stands; and nothing of what is there twice. */
static void what_has_ended_is_left_out(void **state)
{
    static struct scene scene;

    (void)state;
    scene.count = 0;
    add(&scene, 45, BULLETIN_ALERT, 60);
    add(&scene, 44, BULLETIN_ALERT, 120);
    add(&scene, 43, BULLETIN_ALERT, 180);
    add(&scene, 44, BULLETIN_RETRACT, 10)->follows = 44;
    add(&scene, 43, BULLETIN_ALERT, 180);
    assert_string_equal(choose(&scene), "44 43 ");
    assert_int_equal(scene.others.items[0].bytes[0], BULLETIN_RETRACT);
    scene.members[0].kind = BULLETIN_RETRACT; /* the programme's own ends one of them */
    scene.members[0].number = scene.members[0].follows = 43;
    assert_string_equal(choose(&scene), "44 ");
}

/* An update for some of its regions leaves the first one in force, one for all of them does not. */
static void an_update_takes_the_place_of_what_it_covers(void **state)
{
    static struct scene scene;

    (void)state;
    scene.count = 0;
    add(&scene, 45, BULLETIN_ALERT, 60);
    add(&scene, 40, BULLETIN_ALERT, HOUR_S)->regions = 1u << 4 | 1u << 5;
    add(&scene, 41, BULLETIN_UPDATE, 60)->follows = 40;
    assert_string_equal(choose(&scene), "41 40 ");
    scene.members[2].regions |= 1u << 5;
    assert_string_equal(choose(&scene), "41 ");
    scene.members[2].regions = BULLETIN_COUNTRY;
    assert_string_equal(choose(&scene), "41 ");
}

/* A retraction goes first and weighs what it ends weighed; what that was may not be there any more. A drill weighs little. */
static void an_end_weighs_what_it_ends(void **state)
{
    static struct scene scene;
    const struct carousel_item *items = scene.others.items;

    (void)state;
    scene.count = 0;
    add(&scene, 45, BULLETIN_DRILL, 0);
    add(&scene, 44, BULLETIN_RETRACT, 0)->severity = BULLETIN_MINOR;
    scene.members[1].follows = 44;
    add(&scene, 43, BULLETIN_DRILL, 0)->severity = BULLETIN_EXTREME;
    assert_string_equal(choose(&scene), "44 43 ");
    assert_true(items[0].first);
    assert_false(items[1].first);
    assert_int_equal(items[0].weight, carousel_weigh(BULLETIN_EXTREME, 0, 3));
    assert_int_equal(items[1].weight, carousel_weigh(BULLETIN_MINOR, 0, 3));
    add(&scene, 44, BULLETIN_ALERT, 60)->severity = BULLETIN_MODERATE;
    assert_string_equal(choose(&scene), "44 43 ");
    assert_int_equal(items[0].weight, carousel_weigh(BULLETIN_MODERATE, 0, 3));
}

/* Whoever hears the programmes of several hears different symbols of the same bundle. */
static void each_programme_begins_with_other_symbols(void **state)
{
    static struct scene scene;
    struct others_member own;
    unsigned from[3];

    (void)state;
    scene.count = 0;
    for (uint32_t number = 40; number < 43; number++)
        add(&scene, number, BULLETIN_ALERT, 3 * HOUR_S);
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(choose(&scene), "[42 41 40]");
        from[i] = scene.others.items[0].from;
        own = scene.members[0];
        memmove(&scene.members[0], &scene.members[1], 2 * sizeof(own));
        scene.members[2] = own;
    }
    assert_true(from[0] < from[1] && from[1] < from[2]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_newest_and_worst_go_by_themselves),
        cmocka_unit_test(older_ones_are_bundled),
        cmocka_unit_test(what_has_no_turn_of_its_own_is_bundled),
        cmocka_unit_test(what_has_ended_is_left_out),
        cmocka_unit_test(an_update_takes_the_place_of_what_it_covers),
        cmocka_unit_test(an_end_weighs_what_it_ends),
        cmocka_unit_test(each_programme_begins_with_other_symbols),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
