#include "audio/rx_station.h"

#include "audio/rx_text.h"
#include "gateway/base/document.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *code;
    const char *text;
} verdicts[RX_STATION_VERDICT_COUNT] = {
    [RX_STATION_UNSIGNED] = {"unsigned", "not verified: anybody can send it"},
    [RX_STATION_UNKNOWN] = {"unknown", "not verified: no roster of its newsroom is known here"},
    [RX_STATION_STRANGER] = {"stranger", "NOT VERIFIED: no station of the newsroom has signed it"},
    [RX_STATION_OLD] = {"old", "OLD, not about now: signed by the station"},
    [RX_STATION_SIGNED] = {"signed", "signed by the station"},
};

/* The newsroom that it names, if its roster is known. */
static const struct rx_newsroom *find_newsroom(
    const struct rx_judge *judge, const struct ident *ident)
{
    for (unsigned i = 0; i < judge->newsroom_count; i++) {
        const struct rx_newsroom *newsroom = &judge->newsrooms[i];
        uint8_t id[IDENT_NEWSROOM_SIZE];
        if (!newsroom->known)
            continue;
        seal_newsroom_id(id, newsroom->roster.newsroom_key);
        if (memcmp(id, ident->newsroom, sizeof id) == 0)
            return newsroom;
    }
    return NULL;
}

/* The station that has signed it, if it was in date then. */
static const struct roster_station *find_signer(
    const struct roster *roster, const struct ident *ident)
{
    for (unsigned i = 0; i < roster->station_count; i++) {
        const struct roster_station *station = &roster->stations[i];
        if (roster_station_valid(station, ident->time_s) &&
            ident_check(ident, station->public_key) == ERR_OK)
            return station;
    }
    return NULL;
}

static bool is_apart(int64_t time_s, int64_t now_s)
{
    return time_s > now_s + RX_STATION_APART_S || now_s > time_s + RX_STATION_APART_S;
}

/* Above the newest that was heard. Nothing was missed by who has heard none yet: what still holds is sent again. */
static void find_missing(struct rx_station *station, const struct rx_newsroom *newsroom)
{
    struct rx_newsroom told = *newsroom;
    station->newest = newsroom->most;
    if (newsroom->most == 0 || station->ident.number <= newsroom->most)
        return;
    told.most = station->ident.number + 1;
    if (!rx_judge_missing(&told, newsroom->most + 1, &station->first, &station->last))
        station->first = station->last = 0;
}

void rx_station_judge(struct rx_station *station, const struct rx_judge *judge,
    const struct ident *ident, int64_t now_s)
{
    *station = (struct rx_station){.verdict = RX_STATION_UNSIGNED, .ident = *ident};
    if (!ident->dated)
        return;
    const struct rx_newsroom *newsroom = find_newsroom(judge, ident);
    station->verdict = newsroom ? RX_STATION_STRANGER : RX_STATION_UNKNOWN;
    const struct roster_station *signer = newsroom ? find_signer(&newsroom->roster, ident) : NULL;
    if (!signer)
        return;
    station->name = signer->name;
    station->verdict = is_apart(ident->time_s, now_s) ? RX_STATION_OLD : RX_STATION_SIGNED;
    if (station->verdict == RX_STATION_SIGNED)
        find_missing(station, newsroom);
}

void rx_station_print(char text[RX_STATION_TEXT_SIZE], const struct rx_station *station)
{
    char said[IDENT_TEXT_SIZE];
    ident_print(said, &station->ident);
    (void)snprintf(text, RX_STATION_TEXT_SIZE, "%s%s%s: %s", verdicts[station->verdict].text,
        station->name ? " " : "", station->name ? station->name : "", said);
}

bool rx_station_print_missing(char text[RX_STATION_TEXT_SIZE], const struct rx_station *station)
{
    text[0] = '\0';
    if (station->verdict != RX_STATION_SIGNED)
        return false;
    if (station->ident.number < station->newest)
        (void)snprintf(text, RX_STATION_TEXT_SIZE,
            "the station %s does not know bulletin %" PRIu32 ", which is verified here",
            station->name, station->newest);
    else if (station->first > 0 && station->last > station->first)
        (void)snprintf(text, RX_STATION_TEXT_SIZE,
            "missing, says the station %s: %" PRIu32 "-%" PRIu32, station->name, station->first,
            station->last);
    else if (station->first > 0)
        (void)snprintf(text, RX_STATION_TEXT_SIZE, "missing, says the station %s: %" PRIu32,
            station->name, station->first);
    return text[0] != '\0';
}

static void set_missing(struct document *object, const struct rx_station *station)
{
    struct document *list = document_new_object();
    document_set_number(list, "first", station->first);
    document_set_number(list, "last", station->last);
    document_set(object, "missing", list);
}

static void set_fields(struct document *object, const struct rx_station *station)
{
    const struct ident *ident = &station->ident;
    char newsroom[2 * IDENT_NEWSROOM_SIZE + 1], clean[RX_TEXT_SIZE];
    (void)snprintf(newsroom, sizeof newsroom, "%02x%02x", ident->newsroom[0], ident->newsroom[1]);
    document_set_text(object, "verdict", verdicts[station->verdict].code);
    if (station->name) {
        (void)rx_text_clean(clean, station->name, RX_TEXT_COLUMNS_MAX);
        document_set_text(object, "station", clean);
    }
    document_set_text(object, "newsroom", newsroom);
    document_set_text(object, "call", ident->call);
    document_set_number(object, "number", ident->number);
    document_set_number(object, "in_force", ident->in_force);
    document_set_time(object, "time", ident->time_s);
    document_set_text(object, "times", ident->times);
    if (station->first > 0)
        set_missing(object, station);
}

void rx_station_print_json(char json[RX_STATION_JSON_SIZE], const struct rx_station *station)
{
    char text[IDENT_TEXT_SIZE];
    struct document *object = document_new_object();
    ident_print(text, &station->ident);
    document_set_text(object, "text", text);
    document_set_text(object, "mode", "ident");
    document_set_bool(object, "verified", false);
    if (station->ident.dated)
        set_fields(object, station);
    (void)document_write(json, RX_STATION_JSON_SIZE, object);
    document_free(object);
}
