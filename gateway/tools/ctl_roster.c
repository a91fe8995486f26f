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

static int add_editor(struct roster *roster, const char *path, int64_t now_s, long days)
{
    struct keyfile_public key;
    unsigned char text[KEYFILE_PUBLIC_LINE_MAX] = {0};
    size_t size;
    if (args_load_file(text, &size, sizeof text - 1, path) != ERR_OK)
        return ARGS_EXIT_INPUT;
    if (keyfile_parse_public(&key, (const char *)text) != ERR_OK || key.kind != KEYFILE_EDITOR)
        return args_fail(ARGS_EXIT_INPUT, "%s: not an editor's public key file", path);
    if (roster_find_key(roster, key.public_key) != NULL)
        return args_fail(ARGS_EXIT_INPUT, "%s: this key is in the roster already", path);
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

static int revoke_editor(struct roster *roster, const char *name)
{
    for (unsigned i = 0; i < roster->editor_count; i++)
        if (strcmp(roster->editors[i].name, name) == 0) {
            roster->editors[i].revoked = true;
            return ARGS_EXIT_OK;
        }
    return args_fail(ARGS_EXIT_INPUT, "no editor in the roster is called '%s'", name);
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
        code = revoke_editor(roster, args->revoke);
    for (unsigned i = 0; code == ARGS_EXIT_OK && i < args->editor_count; i++)
        code = add_editor(roster, args->editors[i], now_s, days);
    if (code == ARGS_EXIT_OK && roster->editor_count < roster->approvals)
        code = args_fail(ARGS_EXIT_USAGE,
            "bulletins need %u approvals: name at least %u editors with --editor FILE.pub",
            roster->approvals, roster->approvals);
    return code;
}

static int print_roster(const struct args *args, const struct roster *roster)
{
    char fingerprint[SEAL_FINGERPRINT_SIZE];
    char until[CLOCK_UTC_SIZE];
    seal_print_fingerprint(fingerprint, roster->newsroom_key);
    if (!args->json) {
        printf("roster %u of newsroom %s\nbulletins need %u editor%s%s\n", roster->number,
            fingerprint, roster->approvals, roster->approvals == 1 ? "" : "s",
            roster->approvals == 1 ? " (one editor alone)" : "");
        for (unsigned i = 0; i < roster->editor_count; i++) {
            clock_print_utc(until, roster->editors[i].until_s);
            printf("%3u  %-12s  until %s%s\n", roster->editors[i].index, roster->editors[i].name,
                until, roster->editors[i].revoked ? "  REVOKED" : "");
        }
        return ARGS_EXIT_OK;
    }
    struct document *object = document_new_object();
    struct document *list = document_new_list();
    document_set_number(object, "number", roster->number);
    document_set_text(object, "fingerprint", fingerprint);
    document_set_time(object, "sent", roster->sent_s);
    document_set_number(object, "approvals", roster->approvals);
    for (unsigned i = 0; i < roster->editor_count; i++) {
        struct document *editor = document_new_object();
        document_set_number(editor, "index", roster->editors[i].index);
        document_set_text(editor, "name", roster->editors[i].name);
        document_set_time(editor, "from", roster->editors[i].from_s);
        document_set_time(editor, "until", roster->editors[i].until_s);
        document_set_bool(editor, "revoked", roster->editors[i].revoked);
        document_append(list, editor);
    }
    document_set(object, "editors", list);
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
