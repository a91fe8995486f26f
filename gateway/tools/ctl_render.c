#include "gateway/tools/ctl.h"

#include "gateway/base/clock.h"
#include "gateway/bulletin/json.h"
#include "gateway/tools/output.h"
#include "gateway/tools/sealed_file.h"
#include "gateway/tools/show.h"
#include "modems/compose.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SENDER_DEFAULT "DABYL"
#define RADIO_ARGS_MAX 20

/* A sealed bulletin, or a draft in JSON, which stands as number 1 sent now. */
static int load(struct bulletin *bulletin, char code[SEAL_CODE_SIZE], const char *path)
{
    static unsigned char text[JSON_DRAFT_MAX];
    static struct show show;
    static struct message_sealed_bytes sealed;
    size_t size = 0;
    if (strlen(path) < 5 || strcmp(path + strlen(path) - 5, ".json") != 0) {
        int result = sealed_file_load(&sealed, path);
        if (result != ARGS_EXIT_OK)
            return result;
        enum err err = show_open(&show, &sealed, NULL, clock_wall_s());
        *bulletin = show.bulletin;
        memcpy(code, show.code, SEAL_CODE_SIZE);
        return err == ERR_OK ? ARGS_EXIT_OK
                             : args_fail(ARGS_EXIT_INPUT, "%s: %s", path, err_text(err));
    }
    char why[JSON_WHY_MAX];
    if (args_load_file(text, &size, sizeof text, path) != ERR_OK)
        return ARGS_EXIT_INPUT;
    if (json_parse_draft(bulletin, why, (const char *)text, size) != ERR_OK)
        return args_fail(ARGS_EXIT_INPUT, "%s: %s", path, why);
    bulletin->number = bulletin->follows + (bulletin->kind != BULLETIN_RETRACT); /* stands in */
    bulletin->sent_s = clock_wall_s();
    size_t body_size;
    uint8_t body[WIRE_BODY_MAX];
    enum err err = wire_encode_body(body, &body_size, bulletin);
    if (err != ERR_OK)
        return args_fail(ARGS_EXIT_INPUT, "%s: does not fit one bulletin: %s", path, err_text(err));
    seal_print_code(code, body, body_size);
    return ARGS_EXIT_OK;
}

static struct output *part_output(const struct segment *segment, unsigned i)
{
    char text[MESSAGES_TEXT_SIZE];
    const struct segment_part *part = &segment->part[i];
    struct output *row = output_object();
    (void)snprintf(text, sizeof text, "%.*s", (int)part->size, part->text);
    output_set_text(row, "text", text);
    output_set_number(row, "units", part->units);
    return row;
}

static int print_sms(const struct args *args, const struct compose_request *request)
{
    static struct compose compose;
    static struct segment segment;
    enum err err = compose_text(&compose, request);
    if (err == ERR_OK)
        err = segment_split(&segment, compose.text, SEGMENT_REFERENCE_8, 1);
    if (err == ERR_MISSING)
        return args_fail(ARGS_EXIT_INPUT, "the bulletin has no text in this language");
    if (err != ERR_OK)
        return args_fail(ARGS_EXIT_INPUT, "it cannot be composed: %s", err_text(err));
    struct output *object = output_object();
    struct output *parts = output_list();
    output_set_text(object, "language", bulletin_print_language(request->language));
    output_set_text(object, "script", request->latin ? "latin" : "cyrillic");
    output_set_text(object, "encoding", segment.coding == MESSAGE_GSM7 ? "gsm7" : "ucs2");
    output_set_text(object, "text", compose.text);
    output_set_number(object, "part_count", segment.count);
    for (unsigned i = 0; i < segment.count; i++)
        output_append(parts, part_output(&segment, i));
    output_set(object, "parts", parts);
    output_set_number(object, "left_out_sentences", compose.left_sentences);
    output_set_number(object, "left_out_bytes", (int64_t)compose.left_bytes);
    output_set_bool(object, "over_budget", compose.over);
    (void)args;
    return output_print(object);
}

static int render_sms(const struct args *args)
{
    static struct bulletin bulletin;
    char code[SEAL_CODE_SIZE];
    enum bulletin_language language = BULLETIN_KK;
    long parts;
    if (args->lang != NULL && bulletin_parse_language(&language, args->lang) != ERR_OK)
        return args_fail(ARGS_EXIT_USAGE, "--lang is '%s'; it may be kk, ru or en", args->lang);
    if (args->script != NULL && strcmp(args->script, "latin") != 0 &&
        strcmp(args->script, "cyrillic") != 0)
        return args_fail(
            ARGS_EXIT_USAGE, "--script is '%s'; it may be cyrillic or latin", args->script);
    if (args_number(&parts, args->parts, "--parts",
            (const long[]){1, COMPOSE_PARTS_ALL, COMPOSE_PARTS_DEFAULT}) != ERR_OK)
        return ARGS_EXIT_USAGE;
    int result = load(&bulletin, code, args->words[0]);
    if (result != ARGS_EXIT_OK)
        return result;
    const struct compose_request request = {.bulletin = &bulletin,
        .language = language,
        .latin = args->script != NULL && strcmp(args->script, "latin") == 0,
        .parts = args->full ? COMPOSE_PARTS_ALL : (unsigned)parts,
        .sender = args->sender != NULL ? args->sender : SENDER_DEFAULT,
        .code = code};
    return print_sms(args, &request);
}

/* The radio's own program renders sound: it alone links speech and modem libraries. */
static int render_air(const struct args *args)
{
    char program[ARGS_PATH_SIZE];
    ssize_t size = readlink("/proc/self/exe", program, sizeof program - 1);
    if (size <= 0)
        return args_fail(ARGS_EXIT_INPUT, "cannot find where dabylctl lies: %s", strerror(errno));
    program[size] = '\0';
    char *slash = strrchr(program, '/');
    size_t room = sizeof program - (size_t)(slash + 1 - program);
    if (snprintf(slash + 1, room, "dabyl-radio") >= (int)room)
        return args_fail(ARGS_EXIT_INPUT, "the path to dabyl-radio is too long");
    if (args->out == NULL || args->roster == NULL || args->fingerprint == NULL)
        return args_fail(ARGS_EXIT_USAGE,
            "sound is made of verified bulletins only: give -o FILE.wav, --roster FILE "
            "and --fingerprint (dabylctl roster show prints it)");
    const char *argv[RADIO_ARGS_MAX] = {program, "render", "--bulletin", args->words[0], "--roster",
        args->roster, "--fingerprint", args->fingerprint, "--programme", args->air, "-o",
        args->out};
    size_t used = 12;
    if (args->lang != NULL) {
        argv[used++] = "--languages";
        argv[used++] = args->lang;
    }
    if (args->sender != NULL) {
        argv[used++] = "--sender";
        argv[used++] = args->sender;
    }
    union {
        const char **in;
        char *const *out;
    } arguments = {argv};
    (void)execv(program, arguments.out);
    return args_fail(ARGS_EXIT_INPUT, "%s: %s", program, strerror(errno));
}

int ctl_render(const struct args *args)
{
    if (args->word_count != 1)
        return args_fail(ARGS_EXIT_USAGE, "name one bulletin file, or a draft ending in .json");
    if (args->sms == (args->air != NULL))
        return args_fail(ARGS_EXIT_USAGE, "say what to render: --sms, or --air hf -o FILE.wav");
    return args->sms ? render_sms(args) : render_air(args);
}
