/* api_audience: how many people a bulletin would reach, and how soon. */
#include "gateway/base/fields.h"
#include "gateway/newsroom/api_handlers.h"
#include "gateway/newsroom/ask.h"
#include "gateway/newsroom/shapes.h"
#include "modems/compose.h"

#include <stdio.h>

typedef uint8_t budgets[BULLETIN_LANGUAGE_COUNT][MESSAGES_SCRIPTS];

static void read_languages(struct fields *in, struct bulletin *bulletin)
{
    const struct document *list = fields_get_list(in, "languages");
    for (size_t i = 0; i < document_count(list); i++) {
        const char *word = document_text(document_at(list, i));
        enum bulletin_language language;
        if (word == NULL || bulletin_parse_language(&language, word) != ERR_OK)
            fields_refuse(in, ERR_VALUE, "languages", "are \"kk\", \"ru\" or \"en\"");
        else
            bulletin->languages |= (uint8_t)(1u << language);
    }
    if (in->err == ERR_OK && bulletin->languages == 0)
        fields_refuse(in, ERR_VALUE, "languages", "name at least one");
}

/* How many parts a text in one language takes, in either script. */
static void read_parts(
    struct fields *outer, uint8_t *budget, const char *word, const struct document *of)
{
    static const char *const keys[MESSAGES_SCRIPTS] = {"cyrillic", "latin"};
    char where[FIELDS_NAME_MAX];
    struct fields in;
    (void)snprintf(where, sizeof where, "parts.%s", word);
    fields_init(&in, of, where, outer->why);
    for (unsigned script = 0; script < MESSAGES_SCRIPTS; script++) {
        int64_t count = 0;
        if (fields_has(&in, keys[script]))
            fields_get_number(&in, keys[script], &count, 0, COMPOSE_PARTS_ALL);
        budget[script] = (uint8_t)count;
    }
    outer->err = fields_end(&in);
}

static void read_all_parts(struct fields *outer, budgets given, const struct document *parts)
{
    struct fields in;
    fields_init(&in, parts, "parts", outer->why);
    for (int i = 0; i < BULLETIN_LANGUAGE_COUNT; i++) {
        const char *word = bulletin_print_language((enum bulletin_language)i);
        if (fields_has(&in, word))
            read_parts(&in, given[i], word, document_member(parts, word));
    }
    outer->err = fields_end(&in);
}

/* Whoever chose a language that the bulletin has not gets the text of another one. */
static void spread(budgets to, budgets from, const struct bulletin *bulletin)
{
    for (int i = 0; i < BULLETIN_LANGUAGE_COUNT; i++) {
        enum bulletin_language spoken = compose_find_language(bulletin, (enum bulletin_language)i);
        for (unsigned script = 0; script < MESSAGES_SCRIPTS; script++)
            to[i][script] = from[spoken][script];
    }
}

static void read_texts(struct fields *in, struct message_audience_get *get)
{
    struct bulletin bulletin = {0};
    budgets given = {{0}};
    read_languages(in, &bulletin);
    if (fields_has(in, "parts"))
        read_all_parts(in, given, fields_get_object(in, "parts"));
    if (in->err == ERR_OK)
        spread(get->parts, given, &bulletin);
}

static void read_question(struct fields *in, struct message_audience_get *get)
{
    char word[16];
    enum bulletin_severity severity = BULLETIN_SEVERITY_UNKNOWN;
    bool testers = false;
    const struct document *regions = fields_get_list(in, "regions");
    if (regions != NULL && shapes_read_regions(&get->regions, regions) != ERR_OK)
        fields_refuse(in, ERR_VALUE, "regions", "must be codes, for instance [\"KZ-75\"]");
    fields_get_text(in, "severity", word, sizeof word);
    if (in->err == ERR_OK && bulletin_parse_severity(&severity, word) != ERR_OK)
        fields_refuse(
            in, ERR_VALUE, "severity", "must be Extreme, Severe, Moderate, Minor or Unknown");
    if (fields_has(in, "testers"))
        fields_get_bool(in, "testers", &testers);
    get->severity = (uint8_t)severity;
    get->testers = testers;
    read_texts(in, get);
}

static struct document *new_audience(const struct message *reply)
{
    return shapes_new_audience(&reply->as.audience);
}

void api_audience_get(struct request *request)
{
    struct document *body;
    struct fields in;
    char why[DOCUMENT_WHY_MAX];
    struct message message = {.type = MESSAGE_AUDIENCE_GET, .fd = -1};
    if (!ask_parse_body(&body, request))
        return;
    fields_init(&in, body, "", why);
    read_question(&in, &message.as.audience_get);
    if (ask_end_fields(&in, body, request))
        ask_one(request, &message, new_audience);
}
