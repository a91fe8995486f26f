#include "gateway/tools/ctl_cap.h"

#include "gateway/bulletin/cap_export.h"
#include "gateway/bulletin/cap_import.h"
#include "gateway/bulletin/json.h"
#include "gateway/bulletin/seal.h"
#include "gateway/tools/ctl.h"
#include "gateway/tools/link.h"
#include "gateway/tools/output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SENDER_UNKNOWN "dabyl" /* where no configuration names one */

static struct document *list_notes(const struct cap_draft *draft)
{
    struct document *list = document_new_list();
    for (unsigned i = 0; i < draft->note_count; i++)
        document_append_text(list, draft->notes[i]);
    return list;
}

/* The draft goes to standard output, so that it can be kept and edited; what it lacks to the person. */
static int print_draft(const struct args *args, const struct cap_draft *draft)
{
    if (!args->json) {
        for (unsigned i = 0; i < draft->note_count; i++)
            (void)fprintf(stderr, "note: %s\n", draft->notes[i]);
        return output_print_indented(json_new_draft(&draft->bulletin));
    }
    struct document *object = document_new_object();
    document_set(object, "draft", json_new_draft(&draft->bulletin));
    document_set(object, "notes", list_notes(draft));
    return output_print(object);
}

static int import(const struct args *args, const char *xml, size_t size, struct cap_tree *tree)
{
    static struct cap_draft draft;
    struct cap_fault fault = {0};
    enum err err = cap_import(&draft, &fault, tree, xml, size);
    if (err != ERR_OK)
        return args_fail(ARGS_EXIT_INPUT, "%s:%u: %s: %s", args->words[0], (unsigned)fault.line,
            fault.rule, fault.why);
    return print_draft(args, &draft);
}

int ctl_cap_import(const struct args *args)
{
    size_t size;
    if (args->word_count != 1)
        return args_fail(ARGS_EXIT_USAGE, "name one file with a CAP message, - for standard input");
    unsigned char *xml = malloc(CAP_BYTES_MAX);
    struct cap_tree *tree = malloc(sizeof *tree);
    int code = ARGS_EXIT_INPUT;
    if (xml == NULL || tree == NULL)
        code = args_fail(ARGS_EXIT_INPUT, "no memory");
    else if (args_load_file(xml, &size, CAP_BYTES_MAX, args->words[0]) == ERR_OK)
        code = import(args, (const char *)xml, size, tree);
    free(tree);
    free(xml);
    return code;
}

/* When what an update or all-clear follows was sent: CAP names it by that. */
static int find_followed(int64_t *sent_s, int fd, const struct bulletin *bulletin)
{
    struct message message = {.type = MESSAGE_BULLETIN_GET};
    struct wire_sealed followed;
    *sent_s = 0;
    if (bulletin->follows == 0 || bulletin->kind == BULLETIN_RETRACT)
        return ARGS_EXIT_OK;
    message.as.id.id = bulletin->follows;
    int code = link_ask(fd, &message);
    const struct message_sealed_bytes *sealed = &message.as.sealed.sealed;
    if (code != ARGS_EXIT_OK)
        return code;
    enum err err = wire_decode_sealed(&followed, sealed->bytes, sealed->size);
    *sent_s = err == ERR_OK ? followed.header.sent_s : 0;
    return err == ERR_OK
               ? ARGS_EXIT_OK
               : args_fail(ARGS_EXIT_INPUT, "what it follows cannot be read: %s", err_text(err));
}

int ctl_cap_export(const struct args *args, const struct message_sealed_bytes *sealed, int fd)
{
    static char xml[CAP_EXPORT_SIZE];
    static struct bulletin bulletin;
    static struct roster roster;
    struct wire_sealed parts;
    char sender[CONF_SENDER_MAX + 1], code[SEAL_CODE_SIZE], fingerprint[SEAL_FINGERPRINT_SIZE];
    struct cap_export request = {.bulletin = &bulletin,
        .sender = sender,
        .fingerprint = fingerprint,
        .code = code,
        .sealed = sealed->bytes,
        .sealed_size = sealed->size};
    size_t size = 0;
    int result = link_get_roster(&roster, NULL, fd);
    if (result != ARGS_EXIT_OK)
        return result;
    enum err err = wire_decode_sealed(&parts, sealed->bytes, sealed->size);
    if (err == ERR_OK)
        err = wire_decode_bulletin(&bulletin, &parts);
    if (err != ERR_OK)
        return args_fail(ARGS_EXIT_INPUT, "the bulletin cannot be read: %s", err_text(err));
    link_find_sender(sender, args);
    if (sender[0] == '\0')
        (void)snprintf(sender, sizeof sender, "%s", SENDER_UNKNOWN);
    seal_print_fingerprint(fingerprint, roster.newsroom_key);
    seal_print_code(code, parts.body, parts.body_size);
    result = find_followed(&request.follows_sent_s, fd, &bulletin);
    if (result != ARGS_EXIT_OK)
        return result;
    err = cap_export(xml, &size, sizeof xml, &request);
    if (err != ERR_OK)
        return args_fail(ARGS_EXIT_INPUT, "it does not fit a CAP message: %s", err_text(err));
    return args_save_file(args->out, (const unsigned char *)xml, size, false) == ERR_OK
               ? ARGS_EXIT_OK
               : ARGS_EXIT_INPUT;
}
