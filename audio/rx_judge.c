#include "audio/rx_judge.h"

#include "audio/bundle.h"

#include <stdio.h>
#include <string.h>

void rx_judge_init(struct rx_judge *judge, rx_judge_handler *handler, void *arg)
{
    memset(judge, 0, sizeof *judge);
    judge->handler = handler;
    judge->arg = arg;
}

enum err rx_judge_pin(struct rx_judge *judge, const char *fingerprint)
{
    static const uint8_t no_key[SEAL_PUBLIC_SIZE];
    if (seal_check_fingerprint(fingerprint, no_key) == ERR_FORMAT ||
        strnlen(fingerprint, RX_PIN_SIZE) == RX_PIN_SIZE)
        return ERR_FORMAT;
    for (unsigned i = 0; i < judge->newsroom_count; i++)
        if (!strcmp(judge->newsrooms[i].fingerprint, fingerprint))
            return ERR_OK;
    if (judge->newsroom_count == RX_NEWSROOMS_MAX)
        return ERR_LONG;
    struct rx_newsroom *newsroom = &judge->newsrooms[judge->newsroom_count++];
    (void)snprintf(newsroom->fingerprint, sizeof newsroom->fingerprint, "%s", fingerprint);
    return ERR_OK;
}

static bool has_number(const struct rx_newsroom *newsroom, uint32_t number)
{
    unsigned kept =
        newsroom->number_count < RX_NUMBERS_MAX ? newsroom->number_count : RX_NUMBERS_MAX;
    for (unsigned i = 0; i < kept; i++)
        if (newsroom->numbers[i] == number)
            return true;
    return false;
}

static void add_number(struct rx_newsroom *newsroom, uint32_t number)
{
    if (!has_number(newsroom, number))
        newsroom->numbers[newsroom->number_count++ % RX_NUMBERS_MAX] = number;
}

/* The pinned newsroom whose key a roster carries. */
static struct rx_newsroom *find_pinned(
    struct rx_judge *judge, const uint8_t newsroom_key[SEAL_PUBLIC_SIZE])
{
    for (unsigned i = 0; i < judge->newsroom_count; i++)
        if (!seal_check_fingerprint(judge->newsrooms[i].fingerprint, newsroom_key))
            return &judge->newsrooms[i];
    return NULL;
}

/* The newsroom with a known roster that a bulletin's header names. */
static struct rx_newsroom *find_named(struct rx_judge *judge, const uint8_t newsroom_id[2])
{
    for (unsigned i = 0; i < judge->newsroom_count; i++) {
        uint8_t id[2];
        if (!judge->newsrooms[i].known)
            continue;
        seal_newsroom_id(id, judge->newsrooms[i].roster.newsroom_key);
        if (!memcmp(id, newsroom_id, sizeof id))
            return &judge->newsrooms[i];
    }
    return NULL;
}

static enum err take_roster(
    struct rx_judge *judge, struct rx_newsroom **newsroom, const uint8_t *sealed, size_t size)
{
    struct roster roster;
    enum err err = roster_decode(&roster, sealed, size);
    if (err)
        return err;
    *newsroom = find_pinned(judge, roster.newsroom_key);
    if (!*newsroom)
        return ERR_KEY;
    if ((*newsroom)->known)
        err = roster_check_successor(&(*newsroom)->roster, &roster);
    if (err)
        return err;
    (*newsroom)->roster = roster;
    (*newsroom)->known = true;
    add_number(*newsroom, roster.number);
    return ERR_OK;
}

enum err rx_judge_roster(struct rx_judge *judge, const uint8_t *sealed, size_t size)
{
    struct rx_newsroom *newsroom;
    return take_roster(judge, &newsroom, sealed, size);
}

/* Tells a result, unless the same one of the same object was told before. */
static bool tell(
    struct rx_judge *judge, const struct rx_heard *heard, const struct wire_sealed *sealed)
{
    uint8_t hash[SEAL_HASH_SIZE];
    seal_hash(hash, sealed->body, sealed->body_size);
    unsigned kept = judge->seen_count < RX_SEEN_MAX ? judge->seen_count : RX_SEEN_MAX;
    for (unsigned i = 0; i < kept; i++)
        if (judge->seen[i].result == heard->result &&
            !memcmp(judge->seen[i].hash, hash, RX_SEEN_SIZE))
            return false;
    struct rx_seen *place = &judge->seen[judge->seen_count++ % RX_SEEN_MAX];
    memcpy(place->hash, hash, RX_SEEN_SIZE);
    place->result = heard->result;
    judge->handler(judge->arg, heard);
    return true;
}

static void keep_waiting(struct rx_judge *judge, const uint8_t *sealed, size_t size)
{
    for (unsigned i = 0; i < judge->waiting_count; i++)
        if (judge->waiting[i].size == size && !memcmp(judge->waiting[i].bytes, sealed, size))
            return;
    if (judge->waiting_count == RX_WAITING_MAX)
        memmove(&judge->waiting[0], &judge->waiting[1],
            --judge->waiting_count * sizeof judge->waiting[0]);
    struct rx_waiting *place = &judge->waiting[judge->waiting_count++];
    place->size = size;
    memcpy(place->bytes, sealed, size);
}

static void note_number(struct rx_newsroom *newsroom, uint32_t number)
{
    add_number(newsroom, number);
    newsroom->least = !newsroom->least || number < newsroom->least ? number : newsroom->least;
    newsroom->most = number > newsroom->most ? number : newsroom->most;
}

static void judge_bulletin(
    struct rx_judge *judge, const struct wire_sealed *sealed, const uint8_t *bytes, int64_t now_s)
{
    struct rx_newsroom *newsroom = find_named(judge, sealed->header.newsroom);
    struct rx_heard heard = {.roster = newsroom ? &newsroom->roster : NULL,
        .sealed = bytes,
        .sealed_size = sealed->size};
    heard.result = quorum_accept(&heard.bulletin, &heard.quorum, heard.roster, sealed, now_s);
    heard.readable =
        heard.result == ERR_OK || wire_decode_bulletin(&heard.bulletin, sealed) == ERR_OK;
    if (!heard.readable)
        heard.bulletin = sealed->header;
    seal_print_code(heard.code, sealed->body, sealed->body_size);
    if (heard.result == ERR_ROSTER)
        keep_waiting(judge, bytes, sealed->size);
    if (!heard.result && newsroom)
        note_number(newsroom, sealed->header.number);
    if (tell(judge, &heard, sealed) && !heard.result)
        judge->verified++;
}

static void judge_waiting(struct rx_judge *judge, int64_t now_s)
{
    unsigned count = judge->waiting_count;
    struct rx_waiting waiting[RX_WAITING_MAX];
    memcpy(waiting, judge->waiting, count * sizeof waiting[0]);
    judge->waiting_count = 0;
    for (unsigned i = 0; i < count; i++)
        rx_judge_object(judge, waiting[i].bytes, waiting[i].size, now_s);
}

void rx_judge_object(struct rx_judge *judge, const uint8_t *sealed, size_t size, int64_t now_s)
{
    struct wire_sealed wire;
    if (wire_decode_sealed(&wire, sealed, size))
        return;
    if (wire.header.kind != BULLETIN_ROSTER) {
        judge_bulletin(judge, &wire, sealed, now_s);
        return;
    }
    struct rx_newsroom *newsroom = NULL;
    struct rx_heard heard = {.bulletin = wire.header, .sealed = sealed, .sealed_size = wire.size};
    heard.result = take_roster(judge, &newsroom, sealed, size);
    if (heard.result == ERR_REPLAY)
        return; /* the one known, or an older one: nothing to tell */
    heard.roster = newsroom ? &newsroom->roster : NULL;
    seal_print_code(heard.code, wire.body, wire.body_size);
    (void)tell(judge, &heard, &wire);
    if (!heard.result)
        judge_waiting(judge, now_s);
}

void rx_judge_bundle(struct rx_judge *judge, const uint8_t *bytes, size_t size, int64_t now_s)
{
    struct bundle bundle;
    if (bundle_decode(&bundle, bytes, size))
        return;
    for (size_t i = 0; i < bundle.count; i++)
        rx_judge_object(judge, bundle.members[i].sealed, bundle.members[i].size, now_s);
}

bool rx_judge_missing(
    const struct rx_newsroom *newsroom, uint32_t from, uint32_t *first, uint32_t *last)
{
    uint32_t number = from > newsroom->least ? from : newsroom->least;
    while (number < newsroom->most && has_number(newsroom, number))
        number++;
    *first = *last = number;
    if (number >= newsroom->most)
        return false;
    *last = newsroom->most - 1;
    for (unsigned i = 0; i < newsroom->number_count && i < RX_NUMBERS_MAX; i++)
        if (newsroom->numbers[i] > number && newsroom->numbers[i] <= *last)
            *last = newsroom->numbers[i] - 1;
    return true;
}
