/* stations: vectors of rosters that name stations, and of what a station's key must never do. */
#include "tests/vectors/parts.h"

#include <string.h>

#define AT_STATIONS_FLAG 13 /* wire.h: has-TLV is in this byte */
#define FLAG 0x02

enum { AT_STATION_KEY = 0, AT_STATION_NAME = 32, AT_STATION_FROM = 41, AT_STATION_UNTIL = 45 };

static const struct {
    uint8_t seed;
    const char *name;
    int64_t until_s;
} stations[] = {
    {SEED_STATION, "UN7ABC", NOW_S + 365 * DAY_S},
    {SEED_STATION_PAST, "UN7ABC-10", NOW_S - DAY_S},
};

static void add_stations(struct roster *roster, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct roster_station *station = &roster->stations[roster->station_count++];
        struct key key;
        parts_key(&key, stations[i].seed);
        *station =
            (struct roster_station){.from_s = NOW_S - 200 * DAY_S, .until_s = stations[i].until_s};
        memcpy(station->public_key, key.public_key, SEAL_PUBLIC_SIZE);
        memcpy(station->name, stations[i].name, strlen(stations[i].name));
    }
}

void stations_roster(struct roster *roster)
{
    parts_roster(roster);
    roster->number = ROSTER_NUMBER + 2;
    add_stations(roster, COUNT(stations));
}

static void seal_roster(struct bytes *sealed, const struct roster *roster)
{
    struct key newsroom;
    parts_key(&newsroom, SEED_NEWSROOM);
    parts_must(roster_seal(sealed->data, &sealed->size, roster, newsroom.secret) == ERR_OK);
}

static json_t *print_stations(const struct roster *roster)
{
    json_t *list = json_array();
    for (unsigned i = 0; i < roster->station_count; i++) {
        const struct roster_station *station = &roster->stations[i];
        json_t *object = json_pack("{s:o, s:s, s:I, s:I}", "public",
            parts_hex(station->public_key, SEAL_PUBLIC_SIZE), "name", station->name, "from",
            (json_int_t)station->from_s, "until", (json_int_t)station->until_s);
        parts_must(object != NULL && json_array_append_new(list, object) == 0);
    }
    return list;
}

static void make_station_roster(
    struct maker *maker, const char *name, const struct roster *roster, size_t skipped)
{
    const char *const names[] = {"stations", name, "bulletin"};
    static const struct signer newsroom[] = {{WIRE_NEWSROOM_KEY_INDEX, SEED_NEWSROOM}};
    char path[VECTORS_PATH_MAX];
    struct bytes sealed;
    seal_roster(&sealed, roster);
    if (skipped > 0) { /* an element that no reader knows, behind the stations */
        sealed.size -= 1 + WIRE_APPROVAL_SIZE;
        sealed.data[sealed.size - 2 - roster->station_count * ROSTER_STATION_SIZE - 1] += 2;
        sealed.data[sealed.size++] = 127;
        sealed.data[sealed.size++] = 0;
        parts_seal(&sealed, newsroom, 1);
    }
    parts_file(maker, path, names, &sealed);
    parts_add(
        maker, json_pack("{s:s, s:s, s:i, s:i, s:o, s:o}", "name", name, "file", path, "number",
                   (int)roster->number, "editors", (int)roster->editor_count, "stations",
                   print_stations(roster), "sealed", parts_hex(sealed.data, sealed.size)));
}

/* The byte of the second station's row. */
static uint8_t *in_station(struct bytes *body, size_t offset)
{
    return body->data + body->size - ROSTER_STATION_SIZE + offset;
}

static void station_twice(struct bytes *body)
{
    memcpy(in_station(body, 0), in_station(body, 0) - ROSTER_STATION_SIZE, SEAL_PUBLIC_SIZE);
}

static void station_with_key(struct bytes *body, uint8_t seed)
{
    struct key key;
    parts_key(&key, seed);
    memcpy(in_station(body, AT_STATION_KEY), key.public_key, SEAL_PUBLIC_SIZE);
}

static void station_is_an_editor(struct bytes *body)
{
    station_with_key(body, SEED_AIDA);
}

static void station_is_revoked_editor(struct bytes *body)
{
    station_with_key(body, SEED_VERA);
}

static void station_is_the_newsroom(struct bytes *body)
{
    station_with_key(body, SEED_NEWSROOM);
}

static void station_no_point(struct bytes *body)
{
    memset(in_station(body, AT_STATION_KEY), 0, SEAL_PUBLIC_SIZE);
    *in_station(body, AT_STATION_KEY) = 2;
}

static void station_small_order(struct bytes *body)
{
    memset(in_station(body, AT_STATION_KEY), 0, SEAL_PUBLIC_SIZE);
    *in_station(body, AT_STATION_KEY) = 1;
}

static void station_no_name(struct bytes *body)
{
    memset(in_station(body, AT_STATION_NAME), 0, ROSTER_STATION_NAME_MAX);
}

static void station_name_padding(struct bytes *body)
{
    *in_station(body, AT_STATION_NAME + 3) = 0;
}

static void station_never_valid(struct bytes *body)
{
    memcpy(in_station(body, AT_STATION_UNTIL), in_station(body, AT_STATION_FROM), 4);
}

/* Both lengths: of the element and of all. */
static void lengthen(struct bytes *body, int more)
{
    uint8_t *element = body->data + body->size - 2 * ROSTER_STATION_SIZE - 1;
    element[0] = (uint8_t)(element[0] + more);
    element[-2] = (uint8_t)(element[-2] + more);
    body->size = (size_t)((long)body->size + more);
}

static void stations_torn(struct bytes *body)
{
    lengthen(body, -1);
}

static void stations_left_over(struct bytes *body)
{
    body->data[body->size] = 0;
    lengthen(body, 1);
}

static void stations_none(struct bytes *body)
{
    lengthen(body, -2 * ROSTER_STATION_SIZE);
}

static const struct station_refused {
    const char *name;
    enum err result;
    const char *why;
    void (*bend)(struct bytes *body);
} station_rosters_refused[] = {
    {"station-twice", ERR_VALUE, "one key, one station", station_twice},
    {"station-is-an-editor", ERR_VALUE, "a station's key must never approve", station_is_an_editor},
    {"station-is-a-revoked-editor", ERR_VALUE, "nor one that did", station_is_revoked_editor},
    {"station-is-the-newsroom", ERR_VALUE, "the offline key is nobody's", station_is_the_newsroom},
    {"station-not-a-point", ERR_VALUE, "a key that is no point of the curve", station_no_point},
    {"station-small-order", ERR_VALUE, "the neutral element as a key", station_small_order},
    {"station-without-name", ERR_VALUE, "a station has a name", station_no_name},
    {"station-name-padding", ERR_FORMAT, "after a zero all is zero", station_name_padding},
    {"station-never-valid", ERR_VALUE, "from must be before until", station_never_valid},
    {"stations-torn", ERR_FORMAT, "49 bytes each", stations_torn},
    {"stations-left-over", ERR_FORMAT, "a byte after the last", stations_left_over},
    {"stations-none", ERR_FORMAT, "where there are none there is no element", stations_none},
};

static void make_refused(
    struct maker *maker, const char *name, const struct bytes *sealed, const char *why[2])
{
    const char *const names[] = {"stations-refused", name, "bulletin"};
    char path[VECTORS_PATH_MAX];
    parts_file(maker, path, names, sealed);
    parts_add(maker, json_pack("{s:s, s:s, s:s, s:s, s:o}", "name", name, "file", path, "result",
                         why[0], "why", why[1], "sealed", parts_hex(sealed->data, sealed->size)));
}

static void make_station_rosters_refused(struct maker *maker)
{
    static const struct signer newsroom[] = {{WIRE_NEWSROOM_KEY_INDEX, SEED_NEWSROOM}};
    struct roster roster;
    struct bytes good;
    stations_roster(&roster);
    seal_roster(&good, &roster);
    good.size -= 1 + WIRE_APPROVAL_SIZE;
    for (size_t i = 0; i < COUNT(station_rosters_refused); i++) {
        const struct station_refused *row = &station_rosters_refused[i];
        struct bytes bytes = good;
        row->bend(&bytes);
        parts_seal(&bytes, newsroom, 1);
        make_refused(maker, row->name, &bytes, (const char *[]){err_name(row->result), row->why});
    }
}

/* Bulletins in which a station's key has signed, judged by the roster that names it. */
static const struct {
    const char *name;
    enum err result;
    const char *why;
    enum bulletin_kind kind;
    size_t signer_count;
    struct signer signers[2];
} by_stations[] = {
    {"editor-and-station", ERR_ROSTER, "a station is no editor", BULLETIN_ALERT, 2,
        {{AIDA, SEED_AIDA}, {STATION_INDEX, SEED_STATION}}},
    {"station-as-second-editor", ERR_SEAL, "a station's signature under an editor's index",
        BULLETIN_ALERT, 2, {{AIDA, SEED_AIDA}, {BOLAT, SEED_STATION}}},
    {"station-as-newsroom", ERR_ROSTER, "under the newsroom's index", BULLETIN_ALERT, 2,
        {{AIDA, SEED_AIDA}, {WIRE_NEWSROOM_KEY_INDEX, SEED_STATION}}},
    {"two-stations", ERR_ROSTER, "nor do two make one", BULLETIN_ALERT, 2,
        {{0, SEED_STATION}, {STATION_INDEX, SEED_STATION_PAST}}},
    {"retraction-by-a-station", ERR_ROSTER, "a station can take nothing back", BULLETIN_RETRACT, 1,
        {{STATION_INDEX, SEED_STATION}}},
    {"retraction-as-editor", ERR_SEAL, "under an editor's index", BULLETIN_RETRACT, 1,
        {{AIDA, SEED_STATION}}},
};

static void make_by_stations(struct maker *maker)
{
    for (size_t i = 0; i < COUNT(by_stations); i++) {
        struct bulletin bulletin;
        struct bytes bytes;
        parts_bulletin(&bulletin);
        bulletin.kind = by_stations[i].kind;
        bulletin.follows = bulletin.kind == BULLETIN_RETRACT ? bulletin.number : 0;
        parts_body(&bytes, &bulletin);
        parts_seal(&bytes, by_stations[i].signers, by_stations[i].signer_count);
        make_refused(maker, by_stations[i].name, &bytes,
            (const char *[]){err_name(by_stations[i].result), by_stations[i].why});
    }
}

/* A bulletin that names a station: only a roster may. */
static void make_alert_with_stations(struct maker *maker)
{
    struct bulletin bulletin;
    struct roster roster;
    struct bytes bytes, sealed;
    struct buf_out out;
    stations_roster(&roster);
    seal_roster(&sealed, &roster);
    parts_bulletin(&bulletin);
    parts_body(&bytes, &bulletin);
    bytes.data[AT_STATIONS_FLAG] |= FLAG;
    buf_out_init(&out, bytes.data, sizeof bytes.data);
    out.used = bytes.size;
    buf_put_u16(&out, 2 + ROSTER_STATION_SIZE);
    buf_put_u8(&out, 3);
    buf_put_u8(&out, ROSTER_STATION_SIZE);
    buf_put_bytes(&out, sealed.data + sealed.size - 1 - WIRE_APPROVAL_SIZE - ROSTER_STATION_SIZE,
        ROSTER_STATION_SIZE);
    bytes.size = out.used;
    parts_seal_well(&bytes);
    make_refused(maker, "alert-with-stations", &bytes,
        (const char *[]){err_name(ERR_VALUE), "only a roster has them"});
}

void stations_make(struct maker *maker)
{
    struct roster roster;
    parts_begin(maker);
    stations_roster(&roster);
    make_station_roster(maker, "two-stations", &roster, 0);
    make_station_roster(maker, "two-stations-and-more", &roster, 1);
    parts_roster(&roster);
    roster.number = ROSTER_NUMBER + 3;
    add_stations(&roster, 1);
    make_station_roster(maker, "one-station", &roster, 0);
    parts_end(maker, "stations.json");
    parts_begin(maker);
    make_station_rosters_refused(maker);
    parts_end(maker, "stations-refused.json");
    parts_begin(maker);
    make_by_stations(maker);
    make_alert_with_stations(maker);
    parts_end(maker, "stations-bulletins-refused.json");
}
