#include "gateway/tools/ctl.h"

#include "gateway/base/clock.h"
#include "gateway/bulletin/json.h"
#include "gateway/tools/link.h"
#include "gateway/tools/output.h"
#include "gateway/tools/preview.h"
#include "gateway/tools/radio_program.h"
#include "gateway/tools/sealed_file.h"
#include "gateway/tools/show.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SENDER_DEFAULT "DABYL"
#define ALL "all"
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

/* What was asked for: one language and script, or all of a bulletin's. */
struct choice {
    bool one_language;
    bool one_script;
    bool latin;
    enum bulletin_language language;
    unsigned parts;
};

static int parse_choice(struct choice *choice, const struct args *args)
{
    const char *lang = args->lang != NULL ? args->lang : ALL;
    const char *script = args->script != NULL ? args->script : ALL;
    long parts;
    *choice = (struct choice){.one_language = strcmp(lang, ALL) != 0,
        .one_script = strcmp(script, ALL) != 0,
        .latin = strcmp(script, "latin") == 0};
    if (choice->one_language && bulletin_parse_language(&choice->language, lang) != ERR_OK)
        return args_fail(ARGS_EXIT_USAGE, "--lang is '%s'; it may be kk, ru, en or all", lang);
    if (choice->one_script && !choice->latin && strcmp(script, "cyrillic") != 0)
        return args_fail(
            ARGS_EXIT_USAGE, "--script is '%s'; it may be cyrillic, latin or all", script);
    if (args_number(&parts, args->parts, "--parts",
            (const long[]){1, COMPOSE_PARTS_ALL, COMPOSE_PARTS_DEFAULT}) != ERR_OK)
        return ARGS_EXIT_USAGE;
    choice->parts = args->full ? COMPOSE_PARTS_ALL : (unsigned)parts;
    return ARGS_EXIT_OK;
}

/* English has no other letters than Latin ones. */
static bool is_chosen(
    const struct choice *choice, const struct bulletin *bulletin, unsigned language, bool latin)
{
    bool is_english = language == BULLETIN_EN;
    if (choice->one_language ? choice->language != language
                             : (bulletin->languages >> language & 1) == 0)
        return false;
    if (is_english)
        return latin;
    return !choice->one_script || choice->latin == latin;
}

/* Each text that was asked for: printed for people at once, or put into list. */
static int render_each(struct document *list, const struct choice *choice,
    const struct compose_request *base, const struct args *args)
{
    static struct preview preview;
    for (unsigned i = 0; i < 2 * BULLETIN_LANGUAGE_COUNT; i++) {
        struct compose_request request = *base;
        request.language = (enum bulletin_language)(i / 2);
        request.latin = i % 2 == 1;
        if (!is_chosen(choice, base->bulletin, request.language, request.latin))
            continue;
        int result = preview_make(&preview, &request);
        if (result != ARGS_EXIT_OK)
            return result;
        if (!args->json)
            preview_print(&preview);
        else if (choice->one_language && choice->one_script)
            return output_print(preview_output(&preview));
        else
            document_append(list, preview_output(&preview));
    }
    return ARGS_EXIT_OK;
}

static int render_sms(const struct args *args)
{
    static struct bulletin bulletin;
    struct choice choice;
    char code[SEAL_CODE_SIZE];
    char sender[CONF_SENDER_MAX + 1];
    link_find_sender(sender, args);
    int result = parse_choice(&choice, args);
    if (result == ARGS_EXIT_OK)
        result = load(&bulletin, code, args->words[0]);
    if (result != ARGS_EXIT_OK)
        return result;
    const struct compose_request request = {.bulletin = &bulletin,
        .parts = choice.parts,
        .sender = args->sender != NULL ? args->sender
                  : sender[0] != '\0'  ? sender
                                       : SENDER_DEFAULT,
        .code = code};
    struct document *list = document_new_list();
    result = render_each(list, &choice, &request, args);
    if (result == ARGS_EXIT_OK && args->json && !(choice.one_language && choice.one_script))
        return output_print(list);
    document_free(list);
    return result;
}

/* The radio's own program renders sound: it alone links speech and modem libraries. */
static int render_air(const struct args *args)
{
    char program[ARGS_PATH_SIZE];
    int code = radio_program_find(program);
    if (code != ARGS_EXIT_OK)
        return code;
    if (args->out == NULL || args->roster == NULL || args->fingerprint == NULL)
        return args_fail(ARGS_EXIT_USAGE,
            "sound is made of verified bulletins only: give -o FILE.wav, --roster FILE "
            "and --fingerprint (dabylctl roster show prints it)");
    const char *argv[RADIO_ARGS_MAX] = {program, "render", "--bulletin", args->words[0], "--roster",
        args->roster, "--fingerprint", args->fingerprint, "--programme", args->air, "-o",
        args->out};
    size_t used = 12;
    if (args->lang != NULL && strcmp(args->lang, ALL) != 0) {
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
