/* ctl_reading: a person's recording in place of the synthesiser, for one language of a draft. */
#include "audio/readings.h"
#include "audio/recordings.h"
#include "gateway/base/clock.h"
#include "gateway/tools/ctl.h"
#include "gateway/tools/key_open.h"
#include "gateway/tools/link.h"
#include "gateway/tools/output.h"
#include "gateway/tools/radio_program.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* The folder from which the radio plays: where dabyld's newsroom keeps them, too. */
static int find_folder(char folder[ARGS_PATH_SIZE], const struct args *args)
{
    char state[CONF_PATH_MAX], sender[CONF_SENDER_MAX + 1];
    int code = link_find_site(state, sender, args);
    if (code != ARGS_EXIT_OK)
        return code;
    (void)snprintf(folder, ARGS_PATH_SIZE, "%s/newsroom/readings", state);
    return access(folder, W_OK) == 0
               ? ARGS_EXIT_OK
               : args_fail(ARGS_EXIT_GATEWAY,
                     "%s is not there: recordings need a newsroom section and a radio section in "
                     "the configuration",
                     folder);
}

/* Which recording: of the draft's body. While nobody has signed a draft its bytes still change. */
static int find_reading(struct reading *reading, struct roster *roster, const struct args *args)
{
    struct message message = {.type = MESSAGE_DRAFT_GET};
    struct wire_sealed parts;
    long id = 0;
    int fd;
    *reading = (struct reading){.approval_count = 0};
    if (args->lang == NULL || bulletin_parse_language(&reading->language, args->lang) != ERR_OK)
        return args_fail(ARGS_EXIT_USAGE, "name its language: --lang kk, ru or en");
    if (args_number(&id, args->words[0], "the draft", (const long[]){1, INT32_MAX, 0}) != ERR_OK)
        return ARGS_EXIT_USAGE;
    int code = link_open(&fd, args);
    if (code != ARGS_EXIT_OK)
        return code;
    message.as.id.id = (uint64_t)id;
    code = link_get_roster(roster, NULL, fd);
    if (code == ARGS_EXIT_OK)
        code = link_ask(fd, &message);
    close(fd);
    if (code != ARGS_EXIT_OK)
        return code;
    const struct message_draft *draft = &message.as.draft;
    if (draft->state == MESSAGE_DRAFT_OPEN)
        return args_fail(ARGS_EXIT_REFUSED,
            "nobody has signed draft %ld yet, so its bytes still change: approve it first", id);
    if (wire_decode_sealed(&parts, draft->sealed.bytes, draft->sealed.size) != ERR_OK)
        return args_fail(ARGS_EXIT_INPUT, "draft %ld cannot be read", id);
    seal_hash(reading->body_hash, parts.body, parts.body_size);
    return ARGS_EXIT_OK;
}

static int tell(const struct args *args, const struct reading *reading)
{
    if (!args->json)
        return printf("%s: signed by %u; the radio plays it once as many have signed as a bulletin "
                      "needs\n",
                   bulletin_print_language(reading->language), reading->approval_count) < 0
                   ? ARGS_EXIT_INPUT
                   : ARGS_EXIT_OK;
    struct document *object = document_new_object();
    struct document *approvals = document_new_list();
    for (unsigned i = 0; i < reading->approval_count; i++)
        document_append_number(approvals, reading->approvals[i].editor);
    document_set_text(object, "language", bulletin_print_language(reading->language));
    document_set(object, "approvals", approvals);
    return output_print(object);
}

/* The approvals of an earlier one are void before it is replaced. */
static int store(struct reading *reading, const char *folder, const char *path)
{
    char name[READING_NAME_SIZE], to[2 * ARGS_PATH_SIZE];
    size_t size = 0;
    uint8_t *bytes = malloc(READINGS_FILE_MAX);
    int code = bytes != NULL && args_load_file(bytes, &size, READINGS_FILE_MAX, path) == ERR_OK
                   ? ARGS_EXIT_OK
                   : ARGS_EXIT_INPUT;
    if (code == ARGS_EXIT_OK) {
        seal_hash(reading->file_hash, bytes, size);
        reading_print_name(name, reading, ".sound");
        (void)snprintf(to, sizeof to, "%s/%s", folder, name);
        enum err err = recordings_save(folder, reading);
        if (err != ERR_OK)
            code = args_fail(ARGS_EXIT_INPUT, "%s: %s", folder, err_text(err));
        else if (args_save_file(to, bytes, size, true) != ERR_OK)
            code = ARGS_EXIT_INPUT;
    }
    free(bytes);
    return code;
}

int ctl_reading_put(const struct args *args)
{
    static struct roster roster;
    struct reading reading;
    char folder[ARGS_PATH_SIZE];
    if (args->word_count != 2)
        return args_fail(ARGS_EXIT_USAGE, "name a draft and a recording: DRAFT FILE --lang L");
    int code = find_folder(folder, args);
    if (code == ARGS_EXIT_OK)
        code = radio_program_run("probe", args->words[1]);
    if (code == ARGS_EXIT_OK)
        code = find_reading(&reading, &roster, args);
    if (code == ARGS_EXIT_OK)
        code = store(&reading, folder, args->words[1]);
    return code == ARGS_EXIT_OK ? tell(args, &reading) : code;
}

static int sign(struct reading *reading, const struct roster *roster, const struct args *args)
{
    uint8_t statement[READING_STATEMENT_SIZE], editor = 0;
    struct wire_approval approval;
    struct keyfile key;
    struct buf_in in;
    int code = key_open_editor(&key, &editor, roster, args);
    if (code != ARGS_EXIT_OK)
        return code;
    reading_print_statement(statement, reading);
    buf_in_init(&in, statement, sizeof statement);
    seal_approve(&approval, editor, &in, key.secret);
    keyfile_close(&key);
    enum err err = reading_approve(reading, &approval, roster, clock_wall_s());
    return err == ERR_OK ? ARGS_EXIT_OK
                         : args_fail(ARGS_EXIT_REFUSED, "not signed: %s",
                               err == ERR_EXISTS ? "this key has signed it" : err_text(err));
}

int ctl_reading_approve(const struct args *args)
{
    static struct roster roster;
    struct reading reading;
    char folder[ARGS_PATH_SIZE];
    if (args->word_count != 1 || args->key == NULL)
        return args_fail(
            ARGS_EXIT_USAGE, "name a draft, the language and your key: DRAFT --lang L --key FILE");
    int code = find_folder(folder, args);
    if (code == ARGS_EXIT_OK)
        code = find_reading(&reading, &roster, args);
    if (code != ARGS_EXIT_OK)
        return code;
    enum err err = recordings_load(&reading, folder);
    if (err != ERR_OK)
        return args_fail(
            ARGS_EXIT_REFUSED, "there is no recording in this language: %s", err_text(err));
    code = sign(&reading, &roster, args);
    if (code == ARGS_EXIT_OK && recordings_save(folder, &reading) != ERR_OK)
        code = args_fail(ARGS_EXIT_INPUT, "%s: cannot be written", folder);
    return code == ARGS_EXIT_OK ? tell(args, &reading) : code;
}

int ctl_reading_drop(const struct args *args)
{
    static struct roster roster;
    struct reading reading;
    char folder[ARGS_PATH_SIZE];
    if (args->word_count != 1)
        return args_fail(ARGS_EXIT_USAGE, "name a draft and the language: DRAFT --lang L");
    int code = find_folder(folder, args);
    if (code == ARGS_EXIT_OK)
        code = find_reading(&reading, &roster, args);
    if (code != ARGS_EXIT_OK)
        return code;
    enum err err = recordings_remove(folder, &reading);
    return err == ERR_OK ? ARGS_EXIT_OK
                         : args_fail(ARGS_EXIT_REFUSED,
                               "there is no recording in this language: %s", err_text(err));
}
