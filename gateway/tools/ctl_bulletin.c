#include "gateway/tools/ctl.h"

#include "gateway/base/clock.h"
#include "gateway/bulletin/armour.h"
#include "gateway/tools/ctl_cap.h"
#include "gateway/tools/link.h"
#include "gateway/tools/output.h"
#include "gateway/tools/sealed_file.h"
#include "gateway/tools/show.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int open_roster(struct roster *roster, const struct args *args)
{
    uint8_t bytes[WIRE_SEALED_MAX];
    size_t size;
    if (args->roster == NULL || args->fingerprint == NULL)
        return args_fail(ARGS_EXIT_USAGE, "a bulletin proves nothing by itself: name the "
                                          "newsroom's --roster FILE and its --fingerprint");
    if (args_load_file(bytes, &size, sizeof bytes, args->roster) != ERR_OK)
        return ARGS_EXIT_INPUT;
    enum err err = roster_open(roster, bytes, size, args->fingerprint);
    if (err == ERR_KEY)
        return args_fail(
            ARGS_EXIT_KEY, "%s is not of the newsroom whose fingerprint you gave", args->roster);
    return err == ERR_OK ? ARGS_EXIT_OK
                         : args_fail(ARGS_EXIT_INPUT, "%s: %s", args->roster, err_text(err));
}

static int open_show(struct show *show, const struct message_sealed_bytes *sealed,
    const struct roster *roster, const char *what)
{
    enum err err = show_open(show, sealed, roster, clock_wall_s());
    return err == ERR_OK ? ARGS_EXIT_OK
                         : args_fail(ARGS_EXIT_INPUT, "%s: not a bulletin, or a damaged one: %s",
                               what, err_text(err));
}

int ctl_bulletin_show(const struct args *args)
{
    static struct show show;
    struct message_sealed_bytes sealed;
    if (args->word_count != 1)
        return args_fail(ARGS_EXIT_USAGE, "name one bulletin file");
    int code = sealed_file_load(&sealed, args->words[0]);
    if (code == ARGS_EXIT_OK)
        code = open_show(&show, &sealed, NULL, args->words[0]);
    if (code != ARGS_EXIT_OK)
        return code;
    if (args->json)
        return output_print(show_output(&show, NULL));
    show_print(&show, NULL);
    return printf("\nNOT VERIFIED: 'dabylctl bulletin verify' checks who signed it\n") < 0
               ? ARGS_EXIT_INPUT
               : ARGS_EXIT_OK;
}

int ctl_bulletin_verify(const struct args *args)
{
    static struct show show;
    static struct roster roster;
    struct message_sealed_bytes sealed;
    if (args->word_count != 1)
        return args_fail(ARGS_EXIT_USAGE, "name one bulletin file");
    int code = open_roster(&roster, args);
    if (code == ARGS_EXIT_OK)
        code = sealed_file_load(&sealed, args->words[0]);
    if (code == ARGS_EXIT_OK)
        code = open_show(&show, &sealed, &roster, args->words[0]);
    if (code != ARGS_EXIT_OK)
        return code;
    if (args->json)
        code = output_print(show_output(&show, &roster));
    else
        show_print(&show, &roster);
    if (show.result != ERR_OK)
        return args_fail(
            ARGS_EXIT_REFUSED, "%s: NOT VERIFIED: %s", args->words[0], err_text(show.result));
    if (!args->json)
        printf("\nVERIFIED: sealed by %u editor%s of newsroom %s\n", show.quorum.count,
            show.quorum.count == 1 ? " (one editor)" : "s", args->fingerprint);
    return code;
}

static int save_text(const char *path, const char *text)
{
    return args_save_file(path, (const unsigned char *)text, strlen(text), false) == ERR_OK
               ? ARGS_EXIT_OK
               : ARGS_EXIT_INPUT;
}

static int export_armour(const struct args *args, const struct message_sealed_bytes *sealed, int fd)
{
    (void)fd;
    char text[ARMOUR_TEXT_MAX];
    enum err err = armour_print(text, sealed->bytes, sealed->size);
    return err == ERR_OK ? save_text(args->out, text)
                         : args_fail(ARGS_EXIT_INPUT, "%s", err_text(err));
}

static int export_bytes(const struct args *args, const struct message_sealed_bytes *sealed, int fd)
{
    (void)fd;
    return args_save_file(args->out, sealed->bytes, sealed->size, false) == ERR_OK
               ? ARGS_EXIT_OK
               : ARGS_EXIT_INPUT;
}

static int export_json(const struct args *args, const struct message_sealed_bytes *sealed, int fd)
{
    static struct show show;
    static struct roster roster;
    int code = link_get_roster(&roster, NULL, fd);
    if (code == ARGS_EXIT_OK)
        code = open_show(&show, sealed, &roster, "the bulletin");
    if (code != ARGS_EXIT_OK)
        return code;
    if (freopen(args->out, "we", stdout) == NULL)
        return args_fail(ARGS_EXIT_INPUT, "%s: cannot be written", args->out);
    return output_print(show_output(&show, &roster));
}

/* OUT is the signed body, OUT.N.pub and OUT.N.sig a key and a signature that signify and openssl accept. */
static int export_signify(
    const struct args *args, const struct message_sealed_bytes *sealed, int fd)
{
    static struct show show;
    static struct roster roster;
    char path[ARGS_PATH_SIZE];
    char text[ARMOUR_SIGNIFY_MAX];
    int code = link_get_roster(&roster, NULL, fd);
    if (code == ARGS_EXIT_OK)
        code = open_show(&show, sealed, &roster, "the bulletin");
    if (code == ARGS_EXIT_OK &&
        args_save_file(args->out, show.sealed.body, show.sealed.body_size, false) != ERR_OK)
        code = ARGS_EXIT_INPUT;
    for (unsigned i = 0; code == ARGS_EXIT_OK && i < show.sealed.approval_count; i++) {
        const struct wire_approval *approval = &show.sealed.approvals[i];
        const struct roster_editor *editor = roster_find(&roster, approval->editor);
        if (editor == NULL)
            continue;
        (void)snprintf(path, sizeof path, "%s.%u.pub", args->out, approval->editor);
        if (armour_print_signify_key(text, editor->public_key, editor->name) == ERR_OK)
            code = save_text(path, text);
        (void)snprintf(path, sizeof path, "%s.%u.sig", args->out, approval->editor);
        if (code == ARGS_EXIT_OK && armour_print_signify_signature(
                                        text, approval, editor->public_key, editor->name) == ERR_OK)
            code = save_text(path, text);
    }
    return code;
}

static const struct {
    const char *name;
    int (*function)(const struct args *args, const struct message_sealed_bytes *sealed, int fd);
} formats[] = {{"bulletin", export_bytes}, {"armour", export_armour}, {"json", export_json},
    {"signify", export_signify}, {"cap", ctl_cap_export}};

int ctl_bulletin_export(const struct args *args)
{
    struct message message = {.type = MESSAGE_BULLETIN_GET};
    long number;
    int fd;
    if (args->word_count != 1 || args->out == NULL)
        return args_fail(
            ARGS_EXIT_USAGE, "name a bulletin's number and where to write it: NUMBER -o FILE");
    if (args_number(&number, args->words[0], "the bulletin",
            (const long[]){1, BULLETIN_NUMBER_MAX, 0}) != ERR_OK)
        return ARGS_EXIT_USAGE;
    const char *format = args->format != NULL ? args->format : "bulletin";
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        if (strcmp(format, formats[i].name) != 0)
            continue;
        int code = link_open(&fd, args);
        if (code != ARGS_EXIT_OK)
            return code;
        message.as.id.id = (uint64_t)number;
        code = link_ask(fd, &message);
        if (code == ARGS_EXIT_OK)
            code = formats[i].function(args, &message.as.sealed.sealed, fd);
        close(fd);
        return code;
    }
    return args_fail(ARGS_EXIT_USAGE,
        "--format is '%s'; it may be bulletin, armour, json, signify or cap", format);
}

int ctl_bulletin_import(const struct args *args)
{
    struct message message = {.type = MESSAGE_BULLETIN_SUBMIT};
    if (args->word_count != 1)
        return args_fail(ARGS_EXIT_USAGE, "name one bulletin file");
    int code = sealed_file_load(&message.as.sealed.sealed, args->words[0]);
    if (code == ARGS_EXIT_OK)
        code = link_ask_once(args, &message);
    if (code != ARGS_EXIT_OK || args->json)
        return code;
    return printf("accepted as number %llu\n", (unsigned long long)message.as.ok.value) < 0
               ? ARGS_EXIT_INPUT
               : ARGS_EXIT_OK;
}
