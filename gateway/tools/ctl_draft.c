#include "gateway/tools/ctl.h"

#include "gateway/base/clock.h"
#include "gateway/bulletin/area.h"
#include "gateway/bulletin/json.h"
#include "gateway/messages/states.h"
#include "gateway/tools/draft.h"
#include "gateway/tools/key_open.h"
#include "gateway/tools/link.h"
#include "gateway/tools/listing.h"
#include "gateway/tools/output.h"
#include "gateway/tools/show.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define ID_MAX 0x7fffffff
#define ANSWER_MAX 256

static int id_of(const struct args *args, uint64_t *id)
{
    long value;
    if (args->word_count != 1)
        return args_fail(ARGS_EXIT_USAGE, "name one draft by its number in 'dabylctl draft list'");
    if (args_number(&value, args->words[0], "the draft", (const long[]){1, ID_MAX, 0}) != ERR_OK)
        return ARGS_EXIT_USAGE;
    *id = (uint64_t)value;
    return ARGS_EXIT_OK;
}

static int print_draft(
    const struct args *args, const struct message_draft *draft, const struct show *show)
{
    if (args->json) {
        struct document *object = show_output(show, NULL);
        document_set_number(object, "draft", (int64_t)draft->id);
        document_set_text(object, "state", states_print_draft(draft->state));
        return output_print(object);
    }
    return printf("draft %llu: %s, %u approval%s\n", (unsigned long long)draft->id,
               states_print_draft(draft->state), show->sealed.approval_count,
               show->sealed.approval_count == 1 ? "" : "s") < 0
               ? ARGS_EXIT_INPUT
               : ARGS_EXIT_OK;
}

/* A reply of DRAFT opened; the bytes stay in message. */
static int open_draft(struct show *show, const struct message *message)
{
    enum err err = show_open(show, &message->as.draft.sealed, NULL, clock_wall_s());
    return err == ERR_OK
               ? ARGS_EXIT_OK
               : args_fail(ARGS_EXIT_REFUSED, "the draft cannot be read: %s", err_text(err));
}

/* The draft as JSON, from its file or a template; *name says which. */
static int load_text(
    char text[JSON_DRAFT_MAX + 1], size_t *size, const char **name, const struct args *args)
{
    bool templated = args->template_name != NULL;
    bool described = args->set_count > 0 || args->regions != NULL || args->lifetime != NULL;
    if (args->word_count != 0 || templated == (args->from != NULL) || (described && !templated))
        return args_fail(ARGS_EXIT_USAGE,
            "name the text: --from FILE.json (- reads standard input), or --template NAME with "
            "--set SLOT=TEXT for its slots and --regions");
    *name = templated ? args->template_name : args->from;
    if (templated)
        return draft_fill_template(text, size, JSON_DRAFT_MAX + 1, args);
    return args_load_file((unsigned char *)text, size, JSON_DRAFT_MAX, args->from) == ERR_OK
               ? ARGS_EXIT_OK
               : ARGS_EXIT_INPUT;
}

static int encode_body(struct message *message, const char *text, size_t size, const char *name)
{
    static struct bulletin bulletin;
    char why[JSON_WHY_MAX];
    size_t body_size;
    if (json_parse_draft(&bulletin, why, text, size) != ERR_OK)
        return args_fail(ARGS_EXIT_INPUT, "%s: %s", name, why);
    enum err err = wire_encode_body(message->as.draft_new.body.bytes, &body_size, &bulletin);
    if (err != ERR_OK)
        return args_fail(ARGS_EXIT_INPUT, "%s: does not fit one bulletin: %s", name, err_text(err));
    message->as.draft_new.body.size = (uint16_t)body_size;
    return ARGS_EXIT_OK;
}

static int print_text(const struct args *args, const char *text)
{
    struct document *draft = document_from_text(text);
    return args->json ? output_print(draft) : output_print_indented(draft);
}

int ctl_draft_new(const struct args *args)
{
    static char text[JSON_DRAFT_MAX + 1];
    static struct show show;
    struct message message = {.type = MESSAGE_DRAFT_NEW};
    const char *name = "";
    size_t size = 0;
    int code = load_text(text, &size, &name, args);
    if (code == ARGS_EXIT_OK)
        code = encode_body(&message, text, size, name);
    if (code == ARGS_EXIT_OK && args->print)
        return print_text(args, text);
    if (code == ARGS_EXIT_OK)
        code = link_ask_once(args, &message);
    if (code == ARGS_EXIT_OK)
        code = open_draft(&show, &message);
    return code == ARGS_EXIT_OK ? print_draft(args, &message.as.draft, &show) : code;
}

static int print_row(const struct args *args, struct document *list, const struct message *message)
{
    static struct show show;
    const struct message_draft *draft = &message->as.draft;
    int code = open_draft(&show, message);
    if (code != ARGS_EXIT_OK)
        return code;
    if (args->json) {
        struct document *row = show_output(&show, NULL);
        document_set_number(row, "draft", (int64_t)draft->id);
        document_set_text(row, "state", states_print_draft(draft->state));
        document_append(list, row);
        return ARGS_EXIT_OK;
    }
    const char *headline = "";
    for (int i = 0; i < BULLETIN_LANGUAGE_COUNT && headline[0] == '\0'; i++)
        headline = show.bulletin.text[i].headline;
    printf("%4llu  %-8s  %u signed  %-9s  %s\n", (unsigned long long)draft->id,
        states_print_draft(draft->state), show.sealed.approval_count,
        bulletin_print_kind(show.bulletin.kind), headline);
    return ARGS_EXIT_OK;
}

int ctl_draft_list(const struct args *args)
{
    return listing_print(args, MESSAGE_DRAFT_LIST, MESSAGE_DRAFT, print_row);
}

static int fetch(int fd, uint64_t id, struct message *message, struct show *show)
{
    *message = (struct message){.type = MESSAGE_DRAFT_GET};
    message->as.id.id = id;
    int code = link_ask(fd, message);
    return code == ARGS_EXIT_OK ? open_draft(show, message) : code;
}

int ctl_draft_show(const struct args *args)
{
    static struct show show;
    struct message message;
    uint64_t id = 0;
    int fd = -1;
    int code = id_of(args, &id);
    if (code == ARGS_EXIT_OK)
        code = link_open(&fd, args);
    if (code != ARGS_EXIT_OK)
        return code;
    code = fetch(fd, id, &message, &show);
    close(fd);
    if (code == ARGS_EXIT_OK && !args->json)
        show_print(&show, NULL);
    return code == ARGS_EXIT_OK ? print_draft(args, &message.as.draft, &show) : code;
}

/* An editor types the region's name, so that nobody signs by reflex. */
static int confirm(const struct args *args, const struct bulletin *bulletin)
{
    char want[ANSWER_MAX];
    char answer[ANSWER_MAX];
    if (args->yes)
        return ARGS_EXIT_OK;
    area_print_codes(want, sizeof want, bulletin->regions);
    printf("\nThis is %s. To sign it, type its regions (%s): ",
        bulletin->kind != BULLETIN_DRILL ? "THE REAL THING"
        : bulletin->everyone             ? "only a DRILL, FOR EVERYONE"
                                         : "only a DRILL, for testers",
        want);
    (void)fflush(stdout);
    if (fgets(answer, sizeof answer, stdin) == NULL)
        return args_fail(ARGS_EXIT_REFUSED, "not signed");
    answer[strcspn(answer, "\n")] = '\0';
    uint32_t regions;
    if (area_parse(&regions, answer) == ERR_OK && regions == bulletin->regions)
        return ARGS_EXIT_OK;
    return args_fail(ARGS_EXIT_REFUSED, "'%s' is not '%s'; not signed", answer, want);
}

/* Signs exactly the bytes that were shown. */
static int sign(const struct args *args, const struct roster *roster, const struct show *show,
    struct message *approve)
{
    struct keyfile key;
    uint8_t editor = 0;
    int code = key_open_editor(&key, &editor, roster, args);
    if (code != ARGS_EXIT_OK)
        return code;
    struct buf_in body;
    struct wire_approval approval;
    buf_in_init(&body, show->sealed.body, show->sealed.body_size);
    seal_approve(&approval, editor, &body, key.secret);
    keyfile_close(&key);
    struct message_draft_approve *to = &approve->as.draft_approve;
    to->body.size = (uint16_t)show->sealed.body_size;
    memcpy(to->body.bytes, show->sealed.body, show->sealed.body_size);
    to->editor = approval.editor;
    memcpy(to->signature, approval.signature, sizeof to->signature);
    return ARGS_EXIT_OK;
}

int ctl_draft_approve(const struct args *args)
{
    static struct roster roster;
    static struct show show;
    static struct message message;
    struct message approve = {.type = MESSAGE_DRAFT_APPROVE};
    int fd;
    int code = id_of(args, &approve.as.draft_approve.id);
    if (code == ARGS_EXIT_OK && args->key == NULL)
        code = args_fail(ARGS_EXIT_USAGE, "name your key: --key FILE");
    if (code == ARGS_EXIT_OK)
        code = link_open(&fd, args);
    if (code != ARGS_EXIT_OK)
        return code;
    code = link_get_roster(&roster, NULL, fd);
    if (code == ARGS_EXIT_OK)
        code = fetch(fd, approve.as.draft_approve.id, &message, &show);
    if (code == ARGS_EXIT_OK && !args->json)
        show_print(&show, &roster);
    if (code == ARGS_EXIT_OK)
        code = confirm(args, &show.bulletin);
    if (code == ARGS_EXIT_OK)
        code = sign(args, &roster, &show, &approve);
    if (code == ARGS_EXIT_OK)
        code = link_ask(fd, &approve);
    if (code == ARGS_EXIT_OK)
        code = open_draft(&show, &approve);
    close(fd);
    return code == ARGS_EXIT_OK ? print_draft(args, &approve.as.draft, &show) : code;
}

int ctl_draft_drop(const struct args *args)
{
    struct message message = {.type = MESSAGE_DRAFT_DROP};
    uint64_t id = 0;
    int code = id_of(args, &id);
    message.as.id.id = id;
    if (code == ARGS_EXIT_OK)
        code = link_ask_once(args, &message);
    if (code != ARGS_EXIT_OK)
        return code;
    if (!args->json) {
        printf("draft %llu is forgotten\n", (unsigned long long)id);
        return code;
    }
    struct document *object = document_new_object();
    document_set_number(object, "draft", (int64_t)id);
    return output_print(object);
}

int ctl_send(const struct args *args)
{
    struct message message = {.type = MESSAGE_DRAFT_SEND};
    int code = id_of(args, &message.as.id.id);
    if (code == ARGS_EXIT_OK)
        code = link_ask_once(args, &message);
    if (code != ARGS_EXIT_OK)
        return code;
    if (args->json) {
        struct document *object = document_new_object();
        document_set_number(object, "number", (int64_t)message.as.ok.value);
        return output_print(object);
    }
    return printf("accepted as number %llu: it is on disk and going out; 'dabylctl status %llu "
                  "--watch' follows it\n",
               (unsigned long long)message.as.ok.value, (unsigned long long)message.as.ok.value) < 0
               ? ARGS_EXIT_INPUT
               : ARGS_EXIT_OK;
}
