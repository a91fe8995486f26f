/* Sketches: saved as they are typed, versioned, handed on; limited in number; on disk. */
#include "gateway/store/sketches.h"
#include "tests/gateway/dispatcher/harness.h"

static struct message put_sketch(
    struct rig *rig, uint64_t id, uint32_t version, uint8_t editor, const char *text)
{
    struct message message = {.type = MESSAGE_SKETCH_PUT, .fd = -1};
    struct message_sketch_put *put = &message.as.sketch_put;
    put->id = id;
    put->version = version;
    put->editor = editor;
    snprintf(put->text, sizeof put->text, "%s", text);
    ask(rig, &message);
    return message;
}

static struct message get_sketch(struct rig *rig, uint64_t id)
{
    struct message message = {.type = MESSAGE_SKETCH_GET, .fd = -1};
    message.as.id.id = id;
    ask(rig, &message);
    return message;
}

static unsigned count_sketches(struct rig *rig)
{
    struct message message = {.type = MESSAGE_SKETCH_LIST, .fd = -1};
    unsigned count = 0;
    put(rig->control, &message);
    for (receive(rig->control, &message); message.type == MESSAGE_SKETCH;
         receive(rig->control, &message))
        count++;
    assert_int_equal(message.type, MESSAGE_END);
    return count;
}

static void one_is_handed_on_and_never_overwritten(void **state)
{
    struct rig *rig = *state;
    struct message mine = put_sketch(rig, 0, 0, 0, "{\"draft\":{}}");
    assert_int_equal(mine.type, MESSAGE_SKETCH);
    assert_int_equal(mine.as.sketch.version, 1);
    uint64_t id = mine.as.sketch.id;
    struct message theirs = put_sketch(rig, id, 1, 1, "{\"draft\":{\"kind\":\"alert\"}}");
    assert_int_equal(theirs.as.sketch.version, 2);
    assert_int_equal(theirs.as.sketch.author, 0);
    assert_int_equal(theirs.as.sketch.editor, 1);
    struct message stale = put_sketch(rig, id, 1, 0, "{}");
    assert_int_equal(stale.type, MESSAGE_REFUSED);
    assert_int_equal(stale.as.refused.result, ERR_STATE);
    assert_non_null(strstr(stale.as.refused.detail, "editor1"));
    crash(rig);
    start(rig);
    struct message kept = get_sketch(rig, id);
    assert_string_equal(kept.as.sketch.text, "{\"draft\":{\"kind\":\"alert\"}}");
    assert_int_equal(kept.as.sketch.version, 2);
    assert_int_equal(get_sketch(rig, id + 1).as.refused.result, ERR_MISSING);
    assert_int_equal(put_sketch(rig, id + 1, 1, 0, "{}").as.refused.result, ERR_MISSING);
    assert_int_equal(count_sketches(rig), 1);
}

static void what_is_no_text_or_of_no_editor_is_refused(void **state)
{
    struct rig *rig = *state;
    assert_int_equal(put_sketch(rig, 0, 0, 0, "\xff").as.refused.result, ERR_TEXT);
    assert_int_equal(put_sketch(rig, 0, 0, EDITORS, "{}").as.refused.result, ERR_ROSTER);
    assert_int_equal(put_sketch(rig, 0, 0, MESSAGES_NO_EDITOR, "{}").type, MESSAGE_SKETCH);
    assert_int_equal(count_sketches(rig), 1);
}

static void only_so_many_are_open(void **state)
{
    struct rig *rig = *state;
    struct message message;
    for (unsigned i = 0; i < SKETCHES_OPEN_MAX; i++)
        assert_int_equal(put_sketch(rig, 0, 0, 0, "{}").type, MESSAGE_SKETCH);
    assert_int_equal(put_sketch(rig, 0, 0, 0, "{}").as.refused.result, ERR_FULL);
    assert_int_equal(put_sketch(rig, 1, 1, 0, "{}").type, MESSAGE_SKETCH); /* goes on */
    message = (struct message){.type = MESSAGE_SKETCH_PUT, .fd = -1};
    message.as.sketch_put = (struct message_sketch_put){.id = 1, .version = 2, .closed = 1};
    ask(rig, &message);
    assert_int_equal(message.as.sketch.closed, 1);
    assert_int_equal(put_sketch(rig, 0, 0, 0, "{}").type, MESSAGE_SKETCH);
    assert_int_equal(put_sketch(rig, 1, 3, 0, "{}").as.refused.result, ERR_FULL); /* again open */
    assert_int_equal(count_sketches(rig), SKETCHES_OPEN_MAX + 1);
}

/* The store alone: what goes after its time, and when there are too many. */
static void closed_ones_are_forgotten(void **state)
{
    struct rig *rig = *state;
    struct store *store = NULL;
    char why[STORE_WHY_MAX];
    assert_int_equal(store_open(&store, why, rig->folder), ERR_OK);
    struct message_sketch sketch = {.at_s = 1000}, found;
    store_begin(store);
    sketches_add(store, &sketch); /* open: kept for ever */
    sketch.closed = 1;
    for (int64_t at_s = 1; at_s <= SKETCHES_CLOSED_MAX + 2; at_s++) {
        sketch.at_s = at_s;
        sketches_add(store, &sketch);
    }
    sketches_purge(store, 2);
    unsigned count = 0;
    for (int64_t after = 0; sketches_next(store, &found, after) == ERR_OK;
         after = (int64_t)found.id) {
        count++;
        if (found.closed)
            assert_true(found.at_s > 2);
    }
    assert_int_equal(count, 1 + SKETCHES_CLOSED_MAX);
    sketches_purge(store, SKETCHES_CLOSED_MAX + 3);
    assert_int_equal(sketches_get(store, &found, 1), ERR_OK);
    assert_int_equal(sketches_next(store, &found, 1), ERR_MISSING);
    store_commit(store);
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(one_is_handed_on_and_never_overwritten, setup, teardown),
        cmocka_unit_test_setup_teardown(
            what_is_no_text_or_of_no_editor_is_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(only_so_many_are_open, setup, teardown),
        cmocka_unit_test_setup_teardown(closed_ones_are_forgotten, setup_plain, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
