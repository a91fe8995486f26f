/* The row of frames in a data segment: whose they are, and how many. */
#include "audio/pass.h"

#include "gateway/bulletin/seal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Told apart by their k: 4, 3, 2, 5, and 16 */
static const uint8_t roster[400] = {'R'}, own[300] = {'A'}, alert[200] = {'B'}, update[500] = {'C'},
                     bundle[ERASURE_SOURCE_MAX] = {'D'};
static const char names[] = {[4] = 'R', [3] = 'A', [2] = 'B', [5] = 'C', [16] = 'D'};

struct scene {
    struct programme_input input;
    struct segment_source source;
    struct pass pass;
};

static int start(void **state)
{
    (void)state;
    return seal_init() != ERR_OK;
}

static struct scene *open_scene(const struct carousel_item *others, size_t count)
{
    struct scene *scene = calloc(1, sizeof(*scene));

    assert_non_null(scene);
    scene->input = (struct programme_input){.sealed = own,
        .sealed_size = sizeof(own),
        .roster = roster,
        .roster_size = sizeof(roster),
        .others = others,
        .other_count = count};
    scene->source.input = &scene->input;
    return scene;
}

static void close_scene(struct scene *scene)
{
    for (int i = 0; i < SEGMENT_CAROUSEL_COUNT; i++)
        free(scene->source.carousels[i]);
    free(scene);
}

/* "R0R1...A0A1...": whose symbol each frame is; an index over 9 is '+'. */
static void check_pass(const struct pass *pass, const char *want)
{
    char got[2 * (PASS_FRAMES_MAX + PASS_MULTIPLE_MAX) + 1] = "";

    for (size_t i = 0; i < pass->count; i++) {
        struct frame frame;

        assert_int_equal(frame_decode(&frame, pass->frame[i]), ERR_OK);
        got[2 * i] = names[frame.k];
        got[2 * i + 1] = frame.symbol.index > 9 ? '+' : (char)('0' + frame.symbol.index);
    }
    assert_string_equal(got, want);
}

static void alone_it_has_all_its_symbols(void **state)
{
    struct scene *scene = open_scene(NULL, 0);

    (void)state;
    assert_int_equal(pass_make(&scene->pass, &scene->source, 8), ERR_OK);
    check_pass(&scene->pass, "R0R1R2R3A0A1A2A3A4A5");
    assert_int_equal(pass_make(&scene->pass, &scene->source, 8), ERR_OK);
    check_pass(&scene->pass, "R4R5R6R7A0A1A2A3A4A5");
    scene->input.roster = NULL;
    close_scene(scene);
}

/* First its own k, then others between, by weight, none twice; the next pass goes on with them. */
static void others_come_between(void **state)
{
    const struct carousel_item others[] = {{.bytes = alert, .size = sizeof(alert), .weight = 200},
        {.bytes = update, .size = sizeof(update), .weight = 100, .from = 7}};
    struct scene *scene = open_scene(others, 2);

    (void)state;
    assert_int_equal(pass_make(&scene->pass, &scene->source, 8), ERR_OK);
    check_pass(&scene->pass, "R0R1R2R3A0A1A2A3B0C7B1A4B2C8B3A5C9C0");
    assert_int_equal(pass_make(&scene->pass, &scene->source, 8), ERR_OK);
    check_pass(&scene->pass, "R4R5R6R7A0A1A2A3B0B1B2A4C1B3C2A5C3C4");
    assert_int_equal(pass_make(&scene->pass, &scene->source, 2), ERR_OK);
    check_pass(&scene->pass, "R0R1R2R3A0A1A2A3B0A4B1A5");
    assert_int_equal(pass_make(&scene->pass, &scene->source, 0), ERR_OK);
    check_pass(&scene->pass, "R4R5R6R7A0A1A2A3A4A5");
    close_scene(scene);
}

/* One small other is not sent more than once round. */
static void others_are_not_repeated(void **state)
{
    const struct carousel_item others[] = {{.bytes = alert, .size = sizeof(alert)}};
    struct scene *scene = open_scene(others, 1);

    (void)state;
    assert_int_equal(pass_make(&scene->pass, &scene->source, 16), ERR_OK);
    check_pass(&scene->pass, "R0R1R2R3A0A1A2A3B0B1A4B2A5B3");
    close_scene(scene);
}

static void bursts_are_filled(void **state)
{
    struct scene *scene = open_scene(NULL, 0);

    (void)state;
    assert_int_equal(pass_make(&scene->pass, &scene->source, 8), ERR_OK);
    assert_int_equal(pass_fill(&scene->pass, &scene->source, 4), ERR_OK);
    check_pass(&scene->pass, "R0R1R2R3A0A1A2A3A4A5A0A1");
    assert_int_equal(pass_fill(&scene->pass, &scene->source, 4), ERR_OK);
    assert_int_equal(scene->pass.count, 12);
    close_scene(scene);
}

/* The longest of everything has room. */
static void the_longest_fit(void **state)
{
    static uint8_t long_roster[ERASURE_SOURCE_MAX] = {1}, long_own[ERASURE_SOURCE_MAX] = {2};
    const struct carousel_item others[] = {{.bytes = bundle, .size = sizeof(bundle)}};
    struct scene *scene = open_scene(others, 1);

    (void)state;
    scene->input.roster = long_roster;
    scene->input.roster_size = sizeof(long_roster);
    scene->input.sealed = long_own;
    scene->input.sealed_size = sizeof(long_own);
    assert_int_equal(pass_make(&scene->pass, &scene->source, 1000), ERR_OK);
    assert_int_equal(scene->pass.count, PASS_FRAMES_MAX);
    assert_int_equal(pass_fill(&scene->pass, &scene->source, 3), ERR_OK);
    close_scene(scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alone_it_has_all_its_symbols),
        cmocka_unit_test(others_come_between),
        cmocka_unit_test(others_are_not_repeated),
        cmocka_unit_test(bursts_are_filled),
        cmocka_unit_test(the_longest_fit),
    };

    return cmocka_run_group_tests(tests, start, NULL);
}
