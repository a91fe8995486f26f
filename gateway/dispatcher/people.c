#include "gateway/dispatcher/people.h"

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/bulletin/area.h"
#include "gateway/dispatcher/moved.h"
#include "gateway/store/subscribers.h"
#include "modems/number.h"

#include <string.h>

_Static_assert(AREA_COUNT == 21, "a count for each region");

static enum err check(char number[NUMBER_SIZE], char why[MESSAGES_DETAIL_SIZE],
    const struct message_subscriber_put *put)
{
    enum err err = number_parse_mobile(number, put->number);
    if (err != ERR_OK)
        site_explain(why, "the number is not that of a Kazakh mobile: %s", err_text(err));
    else if (put->language >= BULLETIN_LANGUAGE_COUNT || put->latin > 1 ||
             put->level >= BULLETIN_SEVERITY_COUNT || put->regions == 0 ||
             (put->regions & ~BULLETIN_REGIONS_ALL) != 0) {
        err = ERR_VALUE;
        site_explain(why, "language, script, level or regions are out of range");
    } else if (put->consent[0] == '\0') {
        err = ERR_VALUE;
        site_explain(
            why, "there is no record of consent: say when and how the person asked for texts");
    }
    return err;
}

static void take_settings(struct subscribers_entry *entry, const struct message_subscriber_put *put)
{
    entry->language = put->language;
    entry->latin = put->latin;
    entry->regions = put->regions;
    entry->level = put->level;
    entry->tester = entry->tester || put->tester != 0;
    memcpy(entry->consent, put->consent, sizeof entry->consent);
}

enum err people_put(struct site *site, struct message *reply, char why[MESSAGES_DETAIL_SIZE],
    const struct message *request)
{
    const struct message_subscriber_put *put = &request->as.subscriber_put;
    char number[NUMBER_SIZE];
    struct subscribers_entry entry = {0};
    enum err err = check(number, why, put);
    if (err != ERR_OK)
        return err;
    bool known = subscribers_find(site->store, &entry, number) == ERR_OK;
    struct subscribers_entry before = entry;
    take_settings(&entry, put);
    if (known) {
        subscribers_save(site->store, &entry, site_now_s(site));
        (void)moved_settings(site, &before, &entry);
    } else {
        memcpy(entry.number, number, sizeof number);
        err = subscribers_add(site->store, &entry, site_now_s(site));
    }
    *reply = (struct message){.type = MESSAGE_OK, .fd = -1};
    reply->as.ok.value = !known;
    return err;
}

enum err people_put_tester(struct site *site, struct message *reply, char why[MESSAGES_DETAIL_SIZE],
    const struct message *request)
{
    const struct message_tester *put = &request->as.tester;
    char number[NUMBER_SIZE];
    struct subscribers_entry entry;
    *reply = (struct message){.type = MESSAGE_OK, .fd = -1};
    enum err err = number_parse_mobile(number, put->number);
    if (err == ERR_OK)
        err = subscribers_find(site->store, &entry, number);
    if (err != ERR_OK) {
        site_explain(why, "no subscriber has this number");
        return err;
    }
    entry.tester = put->tester != 0;
    subscribers_save(site->store, &entry, site_now_s(site));
    return ERR_OK;
}

enum err people_print_next(struct site *site, struct message *message, int64_t *after)
{
    struct subscribers_entry entry;
    enum err err = subscribers_next(site->store, &entry, *after);
    if (err == ERR_MISSING)
        return err;
    *after = entry.id;
    *message = (struct message){.type = MESSAGE_SUBSCRIBER, .fd = -1};
    struct message_subscriber *out = &message->as.subscriber;
    out->id = (uint64_t)entry.id;
    number_mask(out->number, entry.number);
    out->language = entry.language;
    out->latin = entry.latin;
    out->regions = entry.regions;
    out->level = entry.level;
    out->stopped = entry.stopped;
    out->joined_s = entry.joined_s;
    out->tester = entry.tester;
    return ERR_OK;
}

enum err people_export_next(struct site *site, struct message *reply,
    char why[MESSAGES_DETAIL_SIZE], const struct message *request)
{
    struct subscribers_entry entry;
    int64_t after = (int64_t)(request->as.id.id & INT64_MAX);
    if (after == 0) {
        site_audit(site, "export", "numbers of subscribers, %u", subscribers_count(site->store));
        log_warn("subscribers_exported");
    } else if (after != site->exported) {
        site_explain(why, "an export begins at the beginning");
        return ERR_STATE;
    }
    if (people_print_next(site, reply, &after) == ERR_MISSING) {
        *reply = (struct message){.type = MESSAGE_END, .fd = -1};
        site->exported = 0;
        return ERR_OK;
    }
    site->exported = after;
    if (subscribers_get(site->store, &entry, after) == ERR_OK)
        memcpy(reply->as.subscriber.number, entry.number, sizeof entry.number);
    return ERR_OK;
}

static void add_kind(void *arg, const struct subscribers_entry *kind, uint32_t count)
{
    uint32_t(*sums)[2][AREA_COUNT] = arg;
    if (kind->language >= BULLETIN_LANGUAGE_COUNT || kind->latin > 1)
        return;
    for (unsigned bit = 0; bit < AREA_COUNT; bit++)
        if ((kind->regions >> bit & 1) != 0)
            sums[kind->language][kind->latin][bit] += count;
}

unsigned people_print_counts(struct site *site, struct message_count counts[PEOPLE_COUNTS_MAX])
{
    uint32_t sums[BULLETIN_LANGUAGE_COUNT][2][AREA_COUNT] = {0};
    unsigned used = 0;
    subscribers_visit_kinds(site->store, add_kind, sums);
    for (unsigned i = 0; i < PEOPLE_COUNTS_MAX; i++) {
        unsigned language = i / (2 * AREA_COUNT), latin = i / AREA_COUNT % 2, bit = i % AREA_COUNT;
        if (sums[language][latin][bit] > 0)
            counts[used++] = (struct message_count){
                (uint8_t)language, (uint8_t)latin, (uint8_t)bit, sums[language][latin][bit]};
    }
    return used;
}
