#include "gateway/tools/ctl.h"

#include "gateway/base/clock.h"
#include "gateway/tools/keyfile.h"
#include "gateway/tools/link.h"
#include "gateway/tools/output.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define DAY_S 86400
#define DAYS_DEFAULT 365
#define DAYS_MAX 3650
#define STATION_NAME_DEFAULT "STATION" /* of one without a call sign */
#define CLOCK_SLACK_S                                                                              \
    3600 /* a new editor counts from a little before, for clocks that are behind */

static int open_key(struct keyfile *key, const struct args *args, enum keyfile_kind kind)
{
    uint8_t bytes[KEYFILE_SIZE];
    size_t size;
    if (args->key == NULL)
        return args_fail(ARGS_EXIT_USAGE, "name the newsroom's key: --key FILE");
    if (args_load_file(bytes, &size, sizeof bytes, args->key) != ERR_OK)
        return ARGS_EXIT_INPUT;
    char passphrase[KEYFILE_PASSPHRASE_MAX];
    if (keyfile_ask(passphrase, args->passphrase_file, "the newsroom key's passphrase", 0) !=
        ERR_OK)
        return ARGS_EXIT_KEY;
    enum err err = keyfile_open(key, bytes, size, passphrase);
    keyfile_wipe(passphrase, sizeof passphrase);
    if (err != ERR_OK)
        return args_fail(ARGS_EXIT_KEY, "%s: %s", args->key, err_text(err));
    if (key->kind == kind)
        return ARGS_EXIT_OK;
    keyfile_close(key);
    return args_fail(ARGS_EXIT_KEY, "%s is not a newsroom's key", args->key);
}

/* A public key of that kind which the roster has not. */
static int load_public(struct keyfile_public *key, enum keyfile_kind kind,
    const struct roster *roster, const char *path)
{
    unsigned char text[KEYFILE_PUBLIC_FILE_MAX + 1] = {0};
    size_t size;
    if (args_load_file(text, &size, sizeof text - 1, path) != ERR_OK)
        return ARGS_EXIT_INPUT;
    if (keyfile_parse_public(key, (const char *)text) != ERR_OK || key->kind != kind)
        return args_fail(ARGS_EXIT_INPUT, "%s: not %s public key file", path,
            kind == KEYFILE_EDITOR ? "an editor's" : "a station's");
    if (roster_find_key(roster, key->public_key) != NULL ||
        roster_find_station(roster, key->public_key) != NULL)
        return args_fail(ARGS_EXIT_INPUT, "%s: this key is in the roster already", path);
    return ARGS_EXIT_OK;
}

static int add_station(struct roster *roster, const char *path, int64_t now_s, long days)
{
    struct keyfile_public key;
    int code = load_public(&key, KEYFILE_STATION, roster, path);
    if (code != ARGS_EXIT_OK)
        return code;
    if (roster->station_count == ROSTER_STATIONS_MAX)
        return args_fail(ARGS_EXIT_INPUT, "a roster has at most %d stations", ROSTER_STATIONS_MAX);
    struct roster_station *station = &roster->stations[roster->station_count++];
    *station =
        (struct roster_station){.from_s = now_s - CLOCK_SLACK_S, .until_s = now_s + days * DAY_S};
    memcpy(station->public_key, key.public_key, SEAL_PUBLIC_SIZE);
    (void)snprintf(station->name, sizeof station->name, "%.*s", ROSTER_STATION_NAME_MAX,
        key.name[0] != '\0' ? key.name : STATION_NAME_DEFAULT);
    return ARGS_EXIT_OK;
}

static int add_editor(struct roster *roster, const char *path, int64_t now_s, long days)
{
    struct keyfile_public key;
    int code = load_public(&key, KEYFILE_EDITOR, roster, path);
    if (code != ARGS_EXIT_OK)
        return code;
    if (roster->editor_count == ROSTER_EDITORS_MAX)
        return args_fail(ARGS_EXIT_INPUT, "a roster has at most %d editors", ROSTER_EDITORS_MAX);
    struct roster_editor *editor = &roster->editors[roster->editor_count];
    *editor =
        (struct roster_editor){.from_s = now_s - CLOCK_SLACK_S, .until_s = now_s + days * DAY_S};
    editor->index = roster->editor_count == 0
                        ? 0
                        : (uint8_t)(roster->editors[roster->editor_count - 1].index + 1);
    memcpy(editor->public_key, key.public_key, SEAL_PUBLIC_SIZE);
    memcpy(editor->name, key.name, sizeof editor->name);
    roster->editor_count++;
    return ARGS_EXIT_OK;
}

/* Starts from the roster that it follows, so that indices and revocations are kept. */
static int take_old(struct roster *roster, const struct args *args)
{
    uint8_t bytes[WIRE_SEALED_MAX];
    size_t size;
    if (args_load_file(bytes, &size, sizeof bytes, args->roster) != ERR_OK)
        return ARGS_EXIT_INPUT;
    enum err err = roster_decode(roster, bytes, size);
    if (err != ERR_OK)
        return args_fail(ARGS_EXIT_INPUT, "%s: not a roster: %s", args->roster, err_text(err));
    roster->number++;
    return ARGS_EXIT_OK;
}

/* An editor stays in the list, marked; a station leaves it. */
static int revoke_name(struct roster *roster, const char *name)
{
    for (unsigned i = 0; i < roster->editor_count; i++)
        if (strcmp(roster->editors[i].name, name) == 0) {
            roster->editors[i].revoked = true;
            return ARGS_EXIT_OK;
        }
    for (unsigned i = 0; i < roster->station_count; i++)
        if (strcmp(roster->stations[i].name, name) == 0) {
            roster->station_count--;
            memmove(&roster->stations[i], &roster->stations[i + 1],
                (roster->station_count - i) * sizeof roster->stations[0]);
            return ARGS_EXIT_OK;
        }
    return args_fail(ARGS_EXIT_INPUT, "no editor or station in the roster is called '%s'", name);
}

static int fill(struct roster *roster, const struct args *args)
{
    long days;
    long approvals;
    long number;
    if (args_number(&days, args->days, "--days", (const long[]){1, DAYS_MAX, DAYS_DEFAULT}) !=
            ERR_OK ||
        args_number(&approvals, args->approvals, "--approvals", (const long[]){1, 2, 0}) !=
            ERR_OK ||
        args_number(&number, args->number, "--number", (const long[]){1, BULLETIN_NUMBER_MAX, 0}) !=
            ERR_OK)
        return ARGS_EXIT_USAGE;
    int64_t now_s = clock_wall_s();
    int code = ARGS_EXIT_OK;
    roster->approvals = 2;
    roster->number = 1;
    if (args->roster != NULL)
        code = take_old(roster, args);
    roster->sent_s = now_s;
    if (approvals != 0)
        roster->approvals = (unsigned)approvals;
    if (number != 0)
        roster->number = (uint32_t)number;
    if (code == ARGS_EXIT_OK && args->revoke != NULL)
        code = revoke_name(roster, args->revoke);
    for (unsigned i = 0; code == ARGS_EXIT_OK && i < args->editor_count; i++)
        code = add_editor(roster, args->editors[i], now_s, days);
    for (unsigned i = 0; code == ARGS_EXIT_OK && i < args->station_count; i++)
        code = add_station(roster, args->stations[i], now_s, days);
    if (code == ARGS_EXIT_OK && roster->editor_count < roster->approvals)
        code = args_fail(ARGS_EXIT_USAGE,
            "bulletins need %u approvals: name at least %u editors with --editor FILE.pub",
            roster->approvals, roster->approvals);
    return code;
}

static int print_lines(const struct roster *roster, const char *fingerprint)
{
    char until[CLOCK_UTC_SIZE];
    printf("roster %u of newsroom %s\nbulletins need %u editor%s%s\n", roster->number, fingerprint,
        roster->approvals, roster->approvals == 1 ? "" : "s",
        roster->approvals == 1 ? " (one editor alone)" : "");
    for (unsigned i = 0; i < roster->editor_count; i++) {
        clock_print_utc(until, roster->editors[i].until_s);
        printf("%3u  %-12s  until %s%s\n", roster->editors[i].index, roster->editors[i].name, until,
            roster->editors[i].revoked ? "  REVOKED" : "");
    }
    for (unsigned i = 0; i < roster->station_count; i++) {
        clock_print_utc(until, roster->stations[i].until_s);
        printf("  -  %-12s  until %s  station: may say that it sends, no more\n",
            roster->stations[i].name, until);
    }
    return ARGS_EXIT_OK;
}

static struct document *new_editors(const struct roster *roster)
{
    struct document *list = document_new_list();
    for (unsigned i = 0; i < roster->editor_count; i++) {
        struct document *editor = document_new_object();
        document_set_number(editor, "index", roster->editors[i].index);
        document_set_text(editor, "name", roster->editors[i].name);
        document_set_time(editor, "from", roster->editors[i].from_s);
        document_set_time(editor, "until", roster->editors[i].until_s);
        document_set_bool(editor, "revoked", roster->editors[i].revoked);
        document_append(list, editor);
    }
    return list;
}

static struct document *new_stations(const struct roster *roster)
{
    struct document *list = document_new_list();
    for (unsigned i = 0; i < roster->station_count; i++) {
        struct document *station = document_new_object();
        document_set_text(station, "name", roster->stations[i].name);
        document_set_time(station, "from", roster->stations[i].from_s);
        document_set_time(station, "until", roster->stations[i].until_s);
        document_append(list, station);
    }
    return list;
}

static int print_roster(const struct args *args, const struct roster *roster)
{
    char fingerprint[SEAL_FINGERPRINT_SIZE];
    seal_print_fingerprint(fingerprint, roster->newsroom_key);
    if (!args->json)
        return print_lines(roster, fingerprint);
    struct document *object = document_new_object();
    document_set_number(object, "number", roster->number);
    document_set_text(object, "fingerprint", fingerprint);
    document_set_time(object, "sent", roster->sent_s);
    document_set_number(object, "approvals", roster->approvals);
    document_set(object, "editors", new_editors(roster));
    document_set(object, "stations", new_stations(roster));
    return output_print(object);
}

int ctl_roster_make(const struct args *args)
{
    static struct roster roster;
    struct keyfile key = {.secret = NULL};
    if (args->out == NULL)
        return args_fail(ARGS_EXIT_USAGE, "say where to write the roster: -o FILE");
    int code = fill(&roster, args);
    if (code == ARGS_EXIT_OK)
        code = open_key(&key, args, KEYFILE_NEWSROOM);
    if (code != ARGS_EXIT_OK)
        return code;
    uint8_t sealed[WIRE_SEALED_MAX];
    size_t size;
    memcpy(roster.newsroom_key, key.public_key, SEAL_PUBLIC_SIZE);
    enum err err = roster_seal(sealed, &size, &roster, key.secret);
    keyfile_close(&key);
    if (err != ERR_OK)
        return args_fail(ARGS_EXIT_INPUT, "the roster cannot be sealed: %s", err_text(err));
    if (args_save_file(args->out, sealed, size, false) != ERR_OK)
        return ARGS_EXIT_INPUT;
    return print_roster(args, &roster);
}

int ctl_roster_show(const struct args *args)
{
    static struct roster roster;
    uint8_t bytes[WIRE_SEALED_MAX];
    size_t size;
    if (args->word_count != 1)
        return args_fail(ARGS_EXIT_USAGE, "name one roster file");
    if (args_load_file(bytes, &size, sizeof bytes, args->words[0]) != ERR_OK)
        return ARGS_EXIT_INPUT;
    enum err err = roster_decode(&roster, bytes, size);
    if (err != ERR_OK)
        return args_fail(ARGS_EXIT_INPUT, "%s: not a roster: %s", args->words[0], err_text(err));
    return print_roster(args, &roster);
}

int ctl_roster_put(const struct args *args)
{
    struct message message = {.type = MESSAGE_ROSTER_PUT};
    size_t size;
    if (args->word_count != 1)
        return args_fail(ARGS_EXIT_USAGE, "name one roster file");
    if (args_load_file(message.as.sealed.sealed.bytes, &size, WIRE_SEALED_MAX, args->words[0]) !=
        ERR_OK)
        return ARGS_EXIT_INPUT;
    message.as.sealed.sealed.size = (uint16_t)size;
    int code = link_ask_once(args, &message);
    if (code != ARGS_EXIT_OK || args->json)
        return code;
    return printf("the gateway has the roster\n") < 0 ? ARGS_EXIT_INPUT : ARGS_EXIT_OK;
}

int ctl_roster_get(const struct args *args)
{
    static struct roster roster;
    struct message_sealed_bytes sealed;
    int fd;
    int code = link_open(&fd, args);
    if (code != ARGS_EXIT_OK)
        return code;
    code = link_get_roster(&roster, &sealed, fd);
    close(fd);
    if (code != ARGS_EXIT_OK)
        return code;
    if (args->out != NULL && args_save_file(args->out, sealed.bytes, sealed.size, false) != ERR_OK)
        return ARGS_EXIT_INPUT;
    return print_roster(args, &roster);
}
