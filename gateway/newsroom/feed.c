#include "gateway/newsroom/feed.h"

#include "gateway/base/log.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FRAME_MAX 64 /* what is written around the data */

struct feed_text {
    unsigned users;
    size_t size;
    char bytes[];
};

static const char *const names[FEED_KIND_COUNT] = {[FEED_STATUS] = "status",
    [FEED_DRAFTS] = "drafts",
    [FEED_SKETCHES] = "sketches",
    [FEED_RUMOURS] = "rumours"};

static struct feed_text *text_new(size_t room)
{
    struct feed_text *text = malloc(sizeof *text + room);
    if (text == NULL)
        log_fatal("no_memory");
    *text = (struct feed_text){.users = 1};
    return text;
}

static void release(struct feed_text *text)
{
    if (text != NULL && --text->users == 0)
        free(text);
}

static struct feed_text *event_new(enum feed_kind kind, const char *data, size_t size)
{
    struct feed_text *text = text_new(size + FRAME_MAX);
    int head = snprintf(text->bytes, FRAME_MAX, "event: %s\ndata: ", names[kind]);
    text->size = (size_t)head;
    memcpy(text->bytes + text->size, data, size);
    text->size += size;
    memcpy(text->bytes + text->size, "\n\n", 2);
    text->size += 2;
    return text;
}

void feed_init(struct feed *feed)
{
    static const char unknown[] = "{\"ids\":null}";
    memset(feed, 0, sizeof *feed);
    for (size_t i = FEED_DRAFTS; i <= FEED_RUMOURS; i++)
        feed->unknown[i] = event_new((enum feed_kind)i, unknown, sizeof unknown - 1);
}

void feed_wipe(struct feed *feed)
{
    for (size_t i = 0; i < FEED_KIND_COUNT; i++) {
        release(feed->newest[i].text);
        release(feed->unknown[i]);
    }
    memset(feed, 0, sizeof *feed);
}

static void put(struct feed *feed, enum feed_kind kind, struct feed_text *text)
{
    release(feed->newest[kind].text);
    feed->newest[kind].text = text;
    feed->newest[kind].version++;
}

void feed_publish(struct feed *feed, enum feed_kind kind, const char *data, size_t size)
{
    put(feed, kind, event_new(kind, data, size));
}

void feed_beat(struct feed *feed)
{
    static const char comment[] = ":\n\n";
    struct feed_text *text = text_new(sizeof comment);
    memcpy(text->bytes, comment, sizeof comment - 1);
    text->size = sizeof comment - 1;
    put(feed, FEED_BEAT, text);
}

void feed_begin(struct feed_reader *reader, const struct feed *feed)
{
    memset(reader, 0, sizeof *reader);
    for (size_t i = 0; i < FEED_KIND_COUNT; i++)
        reader->seen[i] = i == FEED_STATUS ? 0 : feed->newest[i].version;
}

/* The next text that the reader has not seen. */
static void choose(struct feed_reader *reader, struct feed *feed)
{
    for (size_t i = 0; i < FEED_KIND_COUNT; i++) {
        uint64_t version = feed->newest[i].version;
        if (reader->seen[i] == version)
            continue;
        bool missed = feed->unknown[i] != NULL && version - reader->seen[i] > 1;
        reader->text = missed ? feed->unknown[i] : feed->newest[i].text;
        reader->text->users++;
        reader->at = 0;
        reader->seen[i] = version;
        return;
    }
}

size_t feed_read(struct feed_reader *reader, struct feed *feed, char *bytes, size_t room)
{
    if (reader->text == NULL)
        choose(reader, feed);
    if (reader->text == NULL)
        return 0;
    size_t left = reader->text->size - reader->at;
    size_t size = left < room ? left : room;
    memcpy(bytes, reader->text->bytes + reader->at, size);
    reader->at += size;
    if (reader->at == reader->text->size)
        feed_end(reader);
    return size;
}

void feed_end(struct feed_reader *reader)
{
    release(reader->text);
    reader->text = NULL;
}
