#include "gateway/tools/ctl.h"

#include "gateway/base/clock.h"
#include "gateway/bulletin/bulletin.h"
#include "gateway/tools/link.h"
#include "gateway/tools/output.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define ID_MAX 0x7fffffff

static int id_of(const struct args *args, uint64_t *id)
{
    long value;
    if (args->word_count != 1)
        return args_fail(
            ARGS_EXIT_USAGE, "name one sketch by its number in 'dabylctl sketch list'");
    if (args_number(&value, args->words[0], "the sketch", (const long[]){1, ID_MAX, 0}) != ERR_OK)
        return ARGS_EXIT_USAGE;
    *id = (uint64_t)value;
    return ARGS_EXIT_OK;
}

/* Editors' names, as far as there is a roster. */
static void find_names(struct roster *roster, int fd)
{
    struct message message = {.type = MESSAGE_ROSTER_GET, .fd = -1};
    memset(roster, 0, sizeof *roster);
    if (messages_send(fd, &message) != ERR_OK || messages_receive(fd, &message) != ERR_OK ||
        message.type != MESSAGE_SEALED ||
        roster_decode(roster, message.as.sealed.sealed.bytes, message.as.sealed.sealed.size) !=
            ERR_OK)
        memset(roster, 0, sizeof *roster);
}

static const char *name_of(const struct roster *roster, uint8_t index)
{
    const struct roster_editor *editor = roster_find(roster, index);
    return editor != NULL ? editor->name : "-";
}

/* The first headline of what the page saved, into text. */
static void find_headline(char *text, size_t size, const struct message_sketch *sketch)
{
    char why[DOCUMENT_WHY_MAX];
    struct document *document = NULL;
    text[0] = '\0';
    if (document_parse(&document, why, sketch->text, strlen(sketch->text), SKETCH_TEXT_SIZE) !=
        ERR_OK)
        return;
    const struct document *draft = document_member(document, "draft");
    for (int i = 0; i < BULLETIN_LANGUAGE_COUNT && text[0] == '\0'; i++) {
        const char *language = bulletin_print_language((enum bulletin_language)i);
        const char *line =
            document_text(document_member(document_member(draft, language), "headline"));
        (void)snprintf(text, size, "%s", line != NULL ? line : "");
    }
    document_free(document);
}

static struct document *output_sketch(
    const struct message_sketch *sketch, const struct roster *roster)
{
    char why[DOCUMENT_WHY_MAX];
    struct document *object = document_new_object(), *text = NULL;
    document_set_number(object, "id", (int64_t)sketch->id);
    document_set_number(object, "version", sketch->version);
    document_set_text(object, "author", name_of(roster, sketch->author));
    document_set_text(object, "editor", name_of(roster, sketch->editor));
    document_set_number(object, "draft", (int64_t)sketch->draft);
    document_set_time(object, "at", sketch->at_s);
    document_set_bool(object, "closed", sketch->closed != 0);
    if (document_parse(&text, why, sketch->text, strlen(sketch->text), SKETCH_TEXT_SIZE) == ERR_OK)
        document_set(object, "text", text);
    else
        document_set_text(object, "text", sketch->text);
    return object;
}

static void print_sketch(const struct message_sketch *sketch, const struct roster *roster)
{
    char at[CLOCK_UTC_SIZE];
    char headline[BULLETIN_HEADLINE_MAX + 1];
    clock_print_utc(at, sketch->at_s);
    find_headline(headline, sizeof headline, sketch);
    printf("%4llu  version %-3u  %-6s  %-12s  %s  %s\n", (unsigned long long)sketch->id,
        sketch->version, sketch->closed ? "closed" : "open", name_of(roster, sketch->editor), at,
        headline);
}

static int list(const struct args *args, struct document *rows, int fd)
{
    static struct roster roster;
    struct message message = {.type = MESSAGE_SKETCH_LIST};
    find_names(&roster, fd);
    int code = link_ask(fd, &message);
    for (; code == ARGS_EXIT_OK && message.type == MESSAGE_SKETCH; code = link_next(fd, &message))
        if (args->json)
            document_append(rows, output_sketch(&message.as.sketch, &roster));
        else
            print_sketch(&message.as.sketch, &roster);
    return code;
}

int ctl_sketch_list(const struct args *args)
{
    int fd;
    int code = link_open(&fd, args);
    if (code != ARGS_EXIT_OK)
        return code;
    struct document *rows = document_new_list();
    code = list(args, rows, fd);
    close(fd);
    if (code == ARGS_EXIT_OK && args->json)
        return output_print(rows);
    document_free(rows);
    return code;
}

static int fetch(int fd, struct message *message, uint64_t id)
{
    *message = (struct message){.type = MESSAGE_SKETCH_GET};
    message->as.id.id = id;
    return link_ask(fd, message);
}

int ctl_sketch_show(const struct args *args)
{
    static struct roster roster;
    struct message message;
    uint64_t id = 0;
    int fd;
    int code = id_of(args, &id);
    if (code == ARGS_EXIT_OK)
        code = link_open(&fd, args);
    if (code != ARGS_EXIT_OK)
        return code;
    find_names(&roster, fd);
    code = fetch(fd, &message, id);
    close(fd);
    if (code != ARGS_EXIT_OK)
        return code;
    struct document *object = output_sketch(&message.as.sketch, &roster);
    return args->json ? output_print(object) : output_print_indented(object);
}

/* What a file holds: a sketch as the page saves it, or a draft alone. */
static int load_text(char text[SKETCH_TEXT_SIZE], const char *path)
{
    static char bytes[SKETCH_TEXT_SIZE];
    char why[DOCUMENT_WHY_MAX];
    size_t size = 0;
    struct document *document = NULL;
    if (args_load_file((unsigned char *)bytes, &size, sizeof bytes, path) != ERR_OK)
        return ARGS_EXIT_INPUT;
    if (document_parse(&document, why, bytes, size, sizeof bytes) != ERR_OK)
        return args_fail(ARGS_EXIT_INPUT, "%s: %s", path, why);
    if (document_member(document, "draft") == NULL) {
        struct document *whole = document_new_object();
        document_set(whole, "draft", document);
        document = whole;
    }
    size = document_write(text, SKETCH_TEXT_SIZE, document);
    document_free(document);
    return size > 0 ? ARGS_EXIT_OK
                    : args_fail(ARGS_EXIT_INPUT, "%s: longer than the %d bytes of a sketch", path,
                          SKETCH_TEXT_SIZE - 1);
}

static int print_saved(const struct args *args, const struct message_sketch *sketch)
{
    if (!args->json) {
        printf("sketch %llu: version %u, %s\n", (unsigned long long)sketch->id, sketch->version,
            sketch->closed ? "closed" : "open");
        return ARGS_EXIT_OK;
    }
    struct document *object = document_new_object();
    document_set_number(object, "id", (int64_t)sketch->id);
    document_set_number(object, "version", sketch->version);
    document_set_bool(object, "closed", sketch->closed != 0);
    return output_print(object);
}

/* Saves over the version that is there now: text is what it is to hold, NULL as before. */
static int save(const struct args *args, uint64_t id, const char *text, bool closed)
{
    struct message message = {.type = MESSAGE_SKETCH_GET};
    struct message request = {.type = MESSAGE_SKETCH_PUT};
    struct message_sketch_put *put = &request.as.sketch_put;
    int fd;
    int code = link_open(&fd, args);
    if (code != ARGS_EXIT_OK)
        return code;
    if (id != 0)
        code = fetch(fd, &message, id);
    if (code == ARGS_EXIT_OK) {
        put->id = id;
        put->version = id != 0 ? message.as.sketch.version : 0;
        put->draft = id != 0 ? message.as.sketch.draft : 0;
        put->editor = MESSAGES_NO_EDITOR;
        put->closed = closed;
        memcpy(put->text, text != NULL ? text : message.as.sketch.text, sizeof put->text);
        code = link_ask(fd, &request);
    }
    close(fd);
    return code == ARGS_EXIT_OK ? print_saved(args, &request.as.sketch) : code;
}

int ctl_sketch_put(const struct args *args)
{
    static char text[SKETCH_TEXT_SIZE];
    uint64_t id = 0;
    int code = args->word_count > 0 ? id_of(args, &id) : ARGS_EXIT_OK;
    if (code == ARGS_EXIT_OK && args->from == NULL)
        code = args_fail(
            ARGS_EXIT_USAGE, "name what to save: --from FILE.json (- reads standard input)");
    if (code == ARGS_EXIT_OK)
        code = load_text(text, args->from);
    return code == ARGS_EXIT_OK ? save(args, id, text, false) : code;
}

int ctl_sketch_close(const struct args *args)
{
    uint64_t id = 0;
    int code = id_of(args, &id);
    return code == ARGS_EXIT_OK ? save(args, id, NULL, true) : code;
}
