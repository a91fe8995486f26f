#include "gateway/bulletin/roster.h"

#include <string.h>

#define SECONDS_MAX (BULLETIN_EPOCH_S + 0xffffffffLL)
#define LIST_HEAD_SIZE (SEAL_PUBLIC_SIZE + 2)
#define LIST_MAX (LIST_HEAD_SIZE + ROSTER_EDITORS_MAX * ROSTER_EDITOR_SIZE)
#define STATIONS_SIZE_MAX (ROSTER_STATIONS_MAX * ROSTER_STATION_SIZE)

_Static_assert(LIST_MAX <= WIRE_TEXT_MAX, "a full roster fits a body");

static bool seconds_fit(int64_t when_s)
{
    return when_s >= BULLETIN_EPOCH_S && when_s <= SECONDS_MAX;
}

static enum err check_editor(const struct roster *roster, unsigned at)
{
    const struct roster_editor *editor = &roster->editors[at];
    bool rising = at == 0 || editor->index > editor[-1].index;
    bool dated = seconds_fit(editor->from_s) && seconds_fit(editor->until_s) &&
                 editor->from_s < editor->until_s;
    if (!rising || editor->index == WIRE_NEWSROOM_KEY_INDEX || !dated || editor->name[0] == '\0')
        return ERR_VALUE;
    if (bulletin_check_line(editor->name, ROSTER_NAME_MAX) != ERR_OK ||
        seal_check_key(editor->public_key) != ERR_OK)
        return ERR_VALUE;
    /* one key must not count as two people, nor the newsroom's offline key as one */
    if (roster_find_key(roster, editor->public_key) != editor ||
        memcmp(editor->public_key, roster->newsroom_key, SEAL_PUBLIC_SIZE) == 0)
        return ERR_VALUE;
    return ERR_OK;
}

/* Its key is no editor's, nor the newsroom's: it must never help to make a bulletin. */
static enum err check_station(const struct roster *roster, unsigned at)
{
    const struct roster_station *station = &roster->stations[at];
    bool dated = seconds_fit(station->from_s) && seconds_fit(station->until_s) &&
                 station->from_s < station->until_s;
    if (!dated || station->name[0] == '\0' ||
        bulletin_check_line(station->name, ROSTER_STATION_NAME_MAX) != ERR_OK ||
        seal_check_key(station->public_key) != ERR_OK)
        return ERR_VALUE;
    bool elsewhere = roster_find_key(roster, station->public_key) != NULL ||
                     roster_find_station(roster, station->public_key) != station ||
                     memcmp(station->public_key, roster->newsroom_key, SEAL_PUBLIC_SIZE) == 0;
    return elsewhere ? ERR_VALUE : ERR_OK;
}

static enum err check_stations(const struct roster *roster)
{
    enum err err = roster->station_count > ROSTER_STATIONS_MAX ? ERR_VALUE : ERR_OK;
    for (unsigned i = 0; err == ERR_OK && i < roster->station_count; i++)
        err = check_station(roster, i);
    return err;
}

static enum err check_list(const struct roster *roster)
{
    if (roster->approvals < 1 || roster->approvals > 2 || roster->editor_count > ROSTER_EDITORS_MAX)
        return ERR_VALUE;
    if (seal_check_key(roster->newsroom_key) != ERR_OK)
        return ERR_VALUE;
    for (unsigned i = 0; i < roster->editor_count; i++) {
        enum err err = check_editor(roster, i);
        if (err != ERR_OK)
            return err;
    }
    return check_stations(roster);
}

static void put_editor(struct buf_out *out, const struct roster_editor *editor)
{
    size_t name_size = strlen(editor->name);
    buf_put_u8(out, editor->index);
    buf_put_bytes(out, editor->public_key, SEAL_PUBLIC_SIZE);
    buf_put_bytes(out, editor->name, name_size);
    buf_put_zeros(out, ROSTER_NAME_MAX - name_size);
    buf_put_u32(out, (uint32_t)(editor->from_s - BULLETIN_EPOCH_S));
    buf_put_u32(out, (uint32_t)(editor->until_s - BULLETIN_EPOCH_S));
    buf_put_u8(out, editor->revoked ? 1 : 0);
}

static void put_station(struct buf_out *out, const struct roster_station *station)
{
    size_t name_size = strlen(station->name);
    buf_put_bytes(out, station->public_key, SEAL_PUBLIC_SIZE);
    buf_put_bytes(out, station->name, name_size);
    buf_put_zeros(out, ROSTER_STATION_NAME_MAX - name_size);
    buf_put_u32(out, (uint32_t)(station->from_s - BULLETIN_EPOCH_S));
    buf_put_u32(out, (uint32_t)(station->until_s - BULLETIN_EPOCH_S));
}

static void put_stations(
    struct buf_in *in, uint8_t bytes[STATIONS_SIZE_MAX], const struct roster *roster)
{
    struct buf_out out;
    buf_out_init(&out, bytes, STATIONS_SIZE_MAX);
    for (unsigned i = 0; i < roster->station_count; i++)
        put_station(&out, &roster->stations[i]);
    buf_in_init(in, bytes, out.used);
}

static enum err encode_body(uint8_t body[WIRE_BODY_MAX], size_t *size, const struct roster *roster)
{
    uint8_t list[LIST_MAX], stations[STATIONS_SIZE_MAX];
    struct buf_out out;
    buf_out_init(&out, list, sizeof list);
    buf_put_bytes(&out, roster->newsroom_key, SEAL_PUBLIC_SIZE);
    buf_put_u8(&out, (uint8_t)roster->approvals);
    buf_put_u8(&out, (uint8_t)roster->editor_count);
    for (unsigned i = 0; i < roster->editor_count; i++)
        put_editor(&out, &roster->editors[i]);
    struct bulletin header = {.number = roster->number, .sent_s = roster->sent_s};
    struct buf_in in, stations_in;
    seal_newsroom_id(header.newsroom, roster->newsroom_key);
    buf_in_init(&in, list, out.used);
    put_stations(&stations_in, stations, roster);
    return out.err == ERR_OK ? wire_encode_roster_body(body, size, &header, &in, &stations_in)
                             : out.err;
}

enum err roster_seal(uint8_t sealed[WIRE_SEALED_MAX], size_t *sealed_size,
    const struct roster *roster, const uint8_t secret[SEAL_SECRET_SIZE])
{
    uint8_t body[WIRE_BODY_MAX];
    size_t body_size;
    struct wire_approval approval;
    struct buf_in in;
    enum err err = check_list(roster);
    if (err == ERR_OK)
        err = encode_body(body, &body_size, roster);
    if (err != ERR_OK)
        return err;
    buf_in_init(&in, body, body_size);
    seal_approve(&approval, WIRE_NEWSROOM_KEY_INDEX, &in, secret);
    if (seal_check(&approval, &in, roster->newsroom_key) != ERR_OK)
        return ERR_KEY;
    return wire_encode_sealed(sealed, sealed_size, &in, &approval, 1);
}

/* A name's padding is zeros to its end: what follows the first zero is zero. */
static bool is_padded(const char *name, size_t size)
{
    size_t used = strnlen(name, size);
    for (size_t i = used; i < size; i++)
        if (name[i] != '\0')
            return false;
    return true;
}

static enum err get_editor(struct roster_editor *editor, struct buf_in *in)
{
    editor->index = buf_get_u8(in);
    buf_get_bytes(in, editor->public_key, SEAL_PUBLIC_SIZE);
    buf_get_bytes(in, editor->name, ROSTER_NAME_MAX);
    editor->name[ROSTER_NAME_MAX] = '\0';
    editor->from_s = BULLETIN_EPOCH_S + (int64_t)buf_get_u32(in);
    editor->until_s = BULLETIN_EPOCH_S + (int64_t)buf_get_u32(in);
    uint8_t revoked = buf_get_u8(in);
    editor->revoked = revoked != 0;
    if (in->err != ERR_OK)
        return in->err;
    return revoked <= 1 && is_padded(editor->name, ROSTER_NAME_MAX) ? ERR_OK : ERR_FORMAT;
}

static enum err decode_list(struct roster *roster, struct buf_in *in)
{
    buf_get_bytes(in, roster->newsroom_key, SEAL_PUBLIC_SIZE);
    roster->approvals = buf_get_u8(in);
    roster->editor_count = buf_get_u8(in);
    if (roster->editor_count > ROSTER_EDITORS_MAX)
        return ERR_LONG;
    for (unsigned i = 0; i < roster->editor_count; i++) {
        enum err err = get_editor(&roster->editors[i], in);
        if (err != ERR_OK)
            return err;
    }
    return buf_in_end(in);
}

static enum err get_station(struct roster_station *station, struct buf_in *in)
{
    buf_get_bytes(in, station->public_key, SEAL_PUBLIC_SIZE);
    buf_get_bytes(in, station->name, ROSTER_STATION_NAME_MAX);
    station->name[ROSTER_STATION_NAME_MAX] = '\0';
    station->from_s = BULLETIN_EPOCH_S + (int64_t)buf_get_u32(in);
    station->until_s = BULLETIN_EPOCH_S + (int64_t)buf_get_u32(in);
    return is_padded(station->name, ROSTER_STATION_NAME_MAX) ? in->err : ERR_FORMAT;
}

/* As many as fill the element exactly, if there is one. */
static enum err decode_stations(struct roster *roster, const struct wire_sealed *wire)
{
    struct buf_in in;
    enum err err = wire->stations_size % ROSTER_STATION_SIZE == 0 ? ERR_OK : ERR_FORMAT;
    buf_in_init(&in, wire->stations, wire->stations_size);
    while (err == ERR_OK && buf_left(&in) > 0)
        err = roster->station_count < ROSTER_STATIONS_MAX
                  ? get_station(&roster->stations[roster->station_count++], &in)
                  : ERR_LONG;
    return err;
}

/* One approval, the newsroom key's, and the id in the header is that key's. */
static enum err check_seal(const struct roster *roster, const struct wire_sealed *sealed)
{
    uint8_t id[2];
    struct buf_in body;
    if (sealed->approval_count != 1 || sealed->approvals[0].editor != WIRE_NEWSROOM_KEY_INDEX)
        return ERR_QUORUM;
    seal_newsroom_id(id, roster->newsroom_key);
    if (memcmp(id, sealed->header.newsroom, sizeof id) != 0)
        return ERR_KEY;
    buf_in_init(&body, sealed->body, sealed->body_size);
    return seal_check(&sealed->approvals[0], &body, roster->newsroom_key);
}

enum err roster_decode(struct roster *roster, const uint8_t *sealed, size_t size)
{
    struct wire_sealed wire;
    struct buf_in in;
    enum err err = wire_decode_sealed(&wire, sealed, size);
    if (err != ERR_OK)
        return err;
    if (wire.header.kind != BULLETIN_ROSTER)
        return ERR_VALUE;
    *roster = (struct roster){.number = wire.header.number, .sent_s = wire.header.sent_s};
    buf_in_init(&in, wire.text, wire.text_size);
    err = decode_list(roster, &in);
    if (err == ERR_OK)
        err = decode_stations(roster, &wire);
    if (err == ERR_OK)
        err = check_seal(roster, &wire);
    return err == ERR_OK ? check_list(roster) : err;
}

enum err roster_open(
    struct roster *roster, const uint8_t *sealed, size_t size, const char *fingerprint)
{
    enum err err = roster_decode(roster, sealed, size);
    return err == ERR_OK ? seal_check_fingerprint(fingerprint, roster->newsroom_key) : err;
}

enum err roster_check_successor(const struct roster *current, const struct roster *next)
{
    if (memcmp(current->newsroom_key, next->newsroom_key, SEAL_PUBLIC_SIZE) != 0)
        return ERR_KEY;
    return next->number > current->number ? ERR_OK : ERR_REPLAY;
}

const struct roster_editor *roster_find(const struct roster *roster, uint8_t index)
{
    for (unsigned i = 0; i < roster->editor_count; i++)
        if (roster->editors[i].index == index)
            return &roster->editors[i];
    return NULL;
}

const struct roster_editor *roster_find_key(
    const struct roster *roster, const uint8_t public_key[SEAL_PUBLIC_SIZE])
{
    for (unsigned i = 0; i < roster->editor_count; i++)
        if (memcmp(roster->editors[i].public_key, public_key, SEAL_PUBLIC_SIZE) == 0)
            return &roster->editors[i];
    return NULL;
}

bool roster_editor_valid(const struct roster_editor *editor, int64_t when_s)
{
    return !editor->revoked && when_s >= editor->from_s && when_s < editor->until_s;
}

const struct roster_station *roster_find_station(
    const struct roster *roster, const uint8_t public_key[SEAL_PUBLIC_SIZE])
{
    for (unsigned i = 0; i < roster->station_count; i++)
        if (memcmp(roster->stations[i].public_key, public_key, SEAL_PUBLIC_SIZE) == 0)
            return &roster->stations[i];
    return NULL;
}

bool roster_station_valid(const struct roster_station *station, int64_t when_s)
{
    return when_s >= station->from_s && when_s < station->until_s;
}
