/* feed and changes: each watcher gets the newest of each kind, in pieces of any size; what has changed is named. */
#include "gateway/newsroom/changes.h"
#include "gateway/newsroom/feed.h"

#include "gateway/bulletin/seal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define TEXT_SIZE 512

/* All that there is now, read in pieces of at most room bytes. */
static void read_all(
    char text[TEXT_SIZE], struct feed_reader *reader, struct feed *feed, size_t room)
{
    size_t used = 0;
    for (size_t got; (got = feed_read(reader, feed, text + used, room)) > 0; used += got)
        assert_true(used + got + room < TEXT_SIZE);
    text[used] = '\0';
}

static void publish(struct feed *feed, enum feed_kind kind, const char *data)
{
    feed_publish(feed, kind, data, strlen(data));
}

static void test_newest_of_each_kind(void **state)
{
    (void)state;
    for (size_t room = 1; room < 40; room += 6) {
        struct feed feed;
        struct feed_reader early;
        struct feed_reader late;
        char text[TEXT_SIZE];
        feed_init(&feed);
        feed_begin(&early, &feed);
        read_all(text, &early, &feed, room);
        assert_string_equal(text, "");
        publish(&feed, FEED_STATUS, "{\"a\":1}");
        publish(&feed, FEED_STATUS, "{\"a\":2}");
        publish(&feed, FEED_DRAFTS, "{\"ids\":[7]}");
        feed_beat(&feed);
        read_all(text, &early, &feed, room);
        assert_string_equal(
            text, "event: status\ndata: {\"a\":2}\n\nevent: drafts\ndata: {\"ids\":[7]}\n\n:\n\n");
        read_all(text, &early, &feed, room);
        assert_string_equal(text, "");
        feed_begin(&late, &feed);
        read_all(text, &late, &feed, room);
        assert_string_equal(text, "event: status\ndata: {\"a\":2}\n\n");
        publish(&feed, FEED_RUMOURS, "{\"ids\":[1]}");
        publish(&feed, FEED_RUMOURS, "{\"ids\":[2]}");
        read_all(text, &late, &feed, room);
        assert_string_equal(text, "event: rumours\ndata: {\"ids\":null}\n\n");
        feed_end(&early);
        feed_end(&late);
        feed_wipe(&feed);
    }
}

/* What is being read stays whole when a newer one is published. */
static void test_a_slow_reader(void **state)
{
    (void)state;
    struct feed feed;
    struct feed_reader reader;
    char text[TEXT_SIZE + 10];
    feed_init(&feed);
    feed_begin(&reader, &feed);
    publish(&feed, FEED_STATUS, "\"first\"");
    assert_int_equal(feed_read(&reader, &feed, text, 10), 10);
    publish(&feed, FEED_STATUS, "\"second\"");
    publish(&feed, FEED_STATUS, "\"third\"");
    read_all(text + 10, &reader, &feed, 7);
    assert_string_equal(
        text, "event: status\ndata: \"first\"\n\nevent: status\ndata: \"third\"\n\n");
    publish(&feed, FEED_STATUS, "\"fourth\"");
    assert_int_equal(feed_read(&reader, &feed, text, 3), 3);
    feed_end(&reader); /* goes in the middle */
    feed_wipe(&feed);
}

static void put(struct changes *changes, uint64_t id, const char *content)
{
    changes_put(changes, id, (const uint8_t *)content, strlen(content));
}

static void test_changes(void **state)
{
    (void)state;
    static struct changes changes;
    static uint64_t ids[CHANGES_MAX];
    assert_int_equal(seal_init(), ERR_OK);
    changes_begin(&changes);
    put(&changes, 1, "a");
    put(&changes, 2, "b");
    put(&changes, 3, "c");
    assert_int_equal(changes_end(&changes, ids), 0);
    changes_begin(&changes);
    put(&changes, 3, "c");
    put(&changes, 1, "a");
    put(&changes, 2, "b");
    assert_int_equal(changes_end(&changes, ids), 0);
    changes_begin(&changes);
    put(&changes, 1, "a");
    put(&changes, 2, "B");
    put(&changes, 4, "d");
    assert_int_equal(changes_end(&changes, ids), 3);
    assert_int_equal(ids[0], 2);
    assert_int_equal(ids[1], 4);
    assert_int_equal(ids[2], 3);
    changes_forget(&changes);
    changes_begin(&changes);
    assert_int_equal(changes_end(&changes, ids), 0);
    changes_begin(&changes);
    for (uint64_t i = 0; i < CHANGES_MAX + 10; i++)
        put(&changes, i, "x");
    assert_int_equal(changes_end(&changes, ids), CHANGES_MAX);
    changes_begin(&changes);
    assert_int_equal(changes_end(&changes, ids), CHANGES_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_newest_of_each_kind),
        cmocka_unit_test(test_a_slow_reader),
        cmocka_unit_test(test_changes),
    };
    return cmocka_run_group_tests_name("feed", tests, NULL, NULL);
}
