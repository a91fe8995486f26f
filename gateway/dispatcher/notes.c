#include "gateway/dispatcher/notes.h"

#include "gateway/base/clock.h"
#include "gateway/base/utf8.h"
#include "gateway/store/bulletins.h"

#include <string.h>

#define NOTES_PER_MINUTE 60
#define MINUTE_MS 60000

static const char *const events[MESSAGE_NOTE_EVENT_COUNT] = {
    [MESSAGE_NOTE_SIGN_IN] = "sign_in",
    [MESSAGE_NOTE_SIGN_IN_REFUSED] = "sign_in_refused",
    [MESSAGE_NOTE_SIGN_OUT] = "sign_out",
    [MESSAGE_NOTE_THROTTLED] = "throttled",
};

/* A page that has been taken over must not fill the disk. */
static enum err check_pace(struct site *site, char why[MESSAGES_DETAIL_SIZE])
{
    int64_t minute = clock_boot_ms() / MINUTE_MS;
    if (minute != site->noted_minute)
        site->noted_count = 0;
    site->noted_minute = minute;
    if (site->noted_count++ < NOTES_PER_MINUTE)
        return ERR_OK;
    site_explain(why, "more than %d notes in a minute", NOTES_PER_MINUTE);
    return ERR_BUSY;
}

/* One line: whatever the page writes, a row of the audit is not taken for another. */
static void put_line(char line[MESSAGES_NOTE_SIZE], const char *text)
{
    size_t size = strlen(text);
    memcpy(line, text, size + 1);
    for (size_t i = 0; i < size; i++)
        if ((unsigned char)line[i] < ' ' || line[i] == 0x7f)
            line[i] = ' ';
}

enum err notes_put(struct site *site, struct message *reply, char why[MESSAGES_DETAIL_SIZE],
    const struct message *request)
{
    const struct message_note *note = &request->as.note;
    char line[MESSAGES_NOTE_SIZE];
    if (note->event >= MESSAGE_NOTE_EVENT_COUNT ||
        utf8_check(note->detail, strlen(note->detail)) != ERR_OK) {
        site_explain(why, "this can't be noted");
        return ERR_VALUE;
    }
    enum err err = check_pace(site, why);
    if (err != ERR_OK)
        return err;
    const struct roster_editor *editor =
        site->has_roster ? roster_find(&site->roster, note->editor) : NULL;
    put_line(line, note->detail);
    site_audit(site, events[note->event], "editor=%s%s%s", editor != NULL ? editor->name : "-",
        line[0] != '\0' ? " " : "", line);
    *reply = (struct message){.type = MESSAGE_OK, .fd = -1};
    return ERR_OK;
}

enum err notes_list_aired(
    struct site *site, struct peers *peers, struct message *message, int64_t *at, uint64_t id)
{
    struct bulletins_entry row;
    uint32_t before = *at == 0 ? BULLETIN_NUMBER_MAX * 2 + 2 : (uint32_t)*at;
    (void)peers;
    (void)id;
    uint32_t key = bulletins_find_aired(site->store, before);
    if (key == 0 || bulletins_get(site->store, &row, key) != ERR_OK)
        return ERR_MISSING;
    *at = key;
    *message = (struct message){.type = MESSAGE_AIRED, .fd = -1};
    message->as.aired.number = row.number;
    message->as.aired.seconds = row.air_seconds;
    message->as.aired.at_s = row.aired_s;
    memcpy(message->as.aired.path, row.air_path, sizeof row.air_path);
    return ERR_OK;
}
