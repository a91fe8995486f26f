#include "gateway/dispatcher/reach.h"

#include "gateway/dispatcher/steer.h"
#include "gateway/store/subscribers.h"

#define MOST_PERCENT 95
#define ALL_PERCENT 100

static void add_kind(void *arg, const struct subscribers_entry *kind, uint32_t count)
{
    struct message_audience *audience = arg;
    if (kind->language >= BULLETIN_LANGUAGE_COUNT || kind->latin >= MESSAGES_SCRIPTS)
        return;
    audience->count[kind->language][kind->latin] += count;
    audience->people += count;
}

static uint64_t count_parts(const struct site *site, const struct message_audience *audience,
    const struct message_audience_get *get)
{
    uint64_t parts = 0;
    for (unsigned i = 0; i < BULLETIN_LANGUAGE_COUNT * MESSAGES_SCRIPTS; i++) {
        unsigned language = i / MESSAGES_SCRIPTS, script = i % MESSAGES_SCRIPTS;
        unsigned each = get->parts[language][script];
        parts +=
            (uint64_t)audience->count[language][script] * (each != 0 ? each : site->conf.parts);
    }
    return parts;
}

enum err reach_get(struct site *site, struct message *reply, char why[MESSAGES_DETAIL_SIZE],
    const struct message *request)
{
    const struct message_audience_get *get = &request->as.audience_get;
    const struct subscribers_audience whom = {get->regions, get->severity, get->testers != 0};
    if (get->regions == 0 || (get->regions & ~BULLETIN_REGIONS_ALL) != 0 ||
        get->severity >= BULLETIN_SEVERITY_COUNT) {
        site_explain(why, "regions or severity are out of range");
        return ERR_VALUE;
    }
    *reply = (struct message){.type = MESSAGE_AUDIENCE, .fd = -1};
    struct message_audience *audience = &reply->as.audience;
    subscribers_visit_audience(site->store, &whom, add_kind, audience);
    uint64_t parts = count_parts(site, audience, get);
    audience->parts = parts < UINT32_MAX ? (uint32_t)parts : UINT32_MAX;
    audience->minutes = steer_minutes(site->peers, parts);
    audience->minutes95 =
        steer_minutes(site->peers, (parts * MOST_PERCENT + ALL_PERCENT - 1) / ALL_PERCENT);
    return ERR_OK;
}
