#include "gateway/bulletin/cap_import.h"

#include "gateway/base/utf8.h"
#include "gateway/bulletin/area.h"
#include "gateway/bulletin/cap_time.h"
#include "gateway/bulletin/phrases.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define EVENT_CODES 256
#define SHOWN 80 /* bytes of a value in a note */

/* What an import works on. */
struct import {
    struct cap_draft *draft;
    struct cap_fault *fault;
    const struct cap_tree *tree;
    const struct cap_node *alert;
};

__attribute__((format(printf, 2, 3))) static void note(
    struct cap_draft *draft, const char *format, ...)
{
    char line[2 * CAP_NOTE_MAX];
    va_list arguments;
    if (draft->note_count == CAP_NOTES_MAX)
        return;
    va_start(arguments, format);
    (void)vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    char *to = draft->notes[draft->note_count++];
    size_t size = utf8_cut(line, strlen(line), CAP_NOTE_MAX - 1);
    for (size_t i = 0; i < size; i++)
        to[i] = (char)((unsigned char)line[i] < ' ' ? ' ' : line[i]);
    to[size] = '\0';
}

static enum err refuse(
    struct import *import, const struct cap_node *node, const char *rule, const char *why)
{
    import->fault->line = node->line;
    (void)snprintf(import->fault->rule, sizeof import->fault->rule, "%s", rule);
    (void)snprintf(import->fault->why, sizeof import->fault->why, "%s", why);
    return ERR_VALUE;
}

static const char *text_of(
    const struct import *import, const struct cap_node *parent, enum cap_element what)
{
    return cap_xml_text(import->tree, parent, what);
}

/* How many bytes of a value a note shows: whole characters. */
static int shown(const char *text)
{
    return (int)utf8_cut(text, strlen(text), SHOWN);
}

/* ---- kind and codes ---- */

static const struct {
    const char *type;
    enum bulletin_kind kind;
    const char *note; /* of what an editor has to choose */
} kinds[] = {
    {"Alert", BULLETIN_ALERT, NULL},
    {"Update", BULLETIN_UPDATE, "an update: choose the number of ours that it follows"},
    {"Cancel", BULLETIN_ALL_CLEAR,
        "it takes back an earlier message: choose the number of ours that it ends, and see whether "
        "that was wrong or is over"},
};

static enum err read_kind(struct import *import)
{
    const struct cap_node *type = cap_xml_next(import->tree, import->alert, CAP_MSG_TYPE, NULL);
    const char *status = text_of(import, import->alert, CAP_STATUS);
    size_t row = 0;
    while (row < sizeof kinds / sizeof kinds[0] && strcmp(kinds[row].type, type->text) != 0)
        row++;
    if (strcmp(status, "System") == 0 || strcmp(status, "Draft") == 0)
        return refuse(import, type, "CAP 1.2, 3.2.1 status",
            "a System or Draft message is not for the public: nothing to draft");
    if (row == sizeof kinds / sizeof kinds[0])
        return refuse(import, type, "CAP 1.2, 3.2.1 msgType",
            "Ack and Error speak to machines: nothing to draft");
    import->draft->bulletin.kind = kinds[row].kind;
    if (strcmp(status, "Actual") != 0)
        import->draft->bulletin.kind = BULLETIN_DRILL;
    else if (kinds[row].note != NULL)
        note(import->draft, "%s", kinds[row].note);
    return ERR_OK;
}

/* By its name in JSON, or its words in any language. */
static bool is_event(uint8_t event, const char *text)
{
    const char *name = phrases_event_name(event);
    if (name == NULL)
        return false;
    for (int language = 0; language < BULLETIN_LANGUAGE_COUNT; language++)
        if (strcmp(phrases_event_word(event, (enum bulletin_language)language), text) == 0)
            return true;
    return strcasecmp(name, text) == 0 ||
           strcasecmp(phrases_event_word(event, BULLETIN_EN), text) == 0;
}

static void read_event(struct import *import, const struct cap_node *info)
{
    const char *text = text_of(import, info, CAP_EVENT);
    for (unsigned event = 1; event < EVENT_CODES; event++)
        if (is_event((uint8_t)event, text)) {
            import->draft->bulletin.event = (uint8_t)event;
            return;
        }
    note(import->draft, "event \"%.*s\" is not in the phrase book: choose one, or none",
        shown(text), text);
}

/* The rules have checked the words. */
static enum err read_codes(struct import *import, const struct cap_node *info)
{
    struct bulletin *b = &import->draft->bulletin;
    const char *response = text_of(import, info, CAP_RESPONSE_TYPE);
    enum err err = bulletin_parse_category(&b->category, text_of(import, info, CAP_CATEGORY));
    if (err == ERR_OK)
        err = bulletin_parse_severity(&b->severity, text_of(import, info, CAP_SEVERITY));
    if (err == ERR_OK)
        err = bulletin_parse_urgency(&b->urgency, text_of(import, info, CAP_URGENCY));
    if (err == ERR_OK)
        err = bulletin_parse_certainty(&b->certainty, text_of(import, info, CAP_CERTAINTY));
    if (err == ERR_OK && response[0] != '\0')
        err = bulletin_parse_response(&b->response, response);
    return err;
}

/* ---- until when ---- */

/* The earliest end of its infos; 0: none says one. */
static int64_t find_end(const struct import *import)
{
    int64_t end_s = 0;
    for (const struct cap_node *info = cap_xml_next(import->tree, import->alert, CAP_INFO, NULL);
         info != NULL; info = cap_xml_next(import->tree, import->alert, CAP_INFO, info)) {
        int64_t wall_s;
        if (cap_time_parse(&wall_s, text_of(import, info, CAP_EXPIRES)) == ERR_OK &&
            (end_s == 0 || wall_s < end_s))
            end_s = wall_s;
    }
    return end_s;
}

static void read_lifetime(struct import *import)
{
    struct bulletin *b = &import->draft->bulletin;
    int64_t sent_s = 0, end_s = find_end(import);
    if (cap_time_parse(&sent_s, text_of(import, import->alert, CAP_SENT)) != ERR_OK || end_s == 0) {
        note(import->draft, "it does not say when it ends: %d min are only the default",
            BULLETIN_LIFETIME_DEFAULT_MIN);
        return;
    }
    int64_t minutes = (end_s - sent_s) / 60;
    if (minutes < 1)
        note(import->draft, "it ends before it was sent: %d min are only the default",
            BULLETIN_LIFETIME_DEFAULT_MIN);
    else if (minutes > BULLETIN_LIFETIME_MAX_MIN)
        note(import->draft, "it holds for %lld min; a bulletin does for %d at most",
            (long long)minutes, BULLETIN_LIFETIME_MAX_MIN);
    if (minutes >= 1)
        b->lifetime_min =
            (uint16_t)(minutes > BULLETIN_LIFETIME_MAX_MIN ? BULLETIN_LIFETIME_MAX_MIN : minutes);
}

/* ---- where ---- */

static bool is_region_scheme(const char *name)
{
    return strcasecmp(name, "ISO3166-2") == 0 || strcasecmp(name, "ISO 3166-2") == 0;
}

static uint32_t read_geocodes(const struct import *import, const struct cap_node *area)
{
    uint32_t regions = 0;
    for (const struct cap_node *code = cap_xml_next(import->tree, area, CAP_GEOCODE, NULL);
         code != NULL; code = cap_xml_next(import->tree, area, CAP_GEOCODE, code)) {
        const struct area *known = is_region_scheme(text_of(import, code, CAP_VALUE_NAME))
                                       ? area_find_code(text_of(import, code, CAP_VALUE))
                                       : NULL;
        if (known != NULL)
            regions |= 1u << known->bit;
    }
    return regions;
}

/* Regions of one info, by code or by name; what is not known is noted. */
static uint32_t read_areas(struct import *import, const struct cap_node *info)
{
    uint32_t all = 0;
    for (const struct cap_node *area = cap_xml_next(import->tree, info, CAP_AREA, NULL);
         area != NULL; area = cap_xml_next(import->tree, info, CAP_AREA, area)) {
        const char *name = text_of(import, area, CAP_AREA_DESC);
        uint32_t regions = read_geocodes(import, area), named = 0;
        if (regions == 0 && area_parse(&named, name) == ERR_OK)
            regions = named;
        if (regions == 0)
            note(import->draft, "area \"%.*s\" is none of our regions: choose them", shown(name),
                name);
        if (cap_xml_next(import->tree, area, CAP_POLYGON, NULL) != NULL ||
            cap_xml_next(import->tree, area, CAP_CIRCLE, NULL) != NULL)
            note(import->draft, "area \"%.*s\" has an outline, which is not carried over",
                shown(name), name);
        all |= regions;
    }
    return all;
}

/* ---- words ---- */

/* One line: runs of white space as one blank. Returns the bytes that it has in full; text gets those that fit, cut behind the
 * last sentence, or else word, that does. */
static size_t put_line(char *text, size_t max, const char *from)
{
    static const char space[] = " \t\r\n";
    size_t size = 0, kept = 0, words = 0, sentences = 0;
    while (*from != '\0') {
        size_t blank = strspn(from, space), word = strcspn(from + blank, space);
        size_t before = size > 0 && blank > 0 && word > 0;
        if (size + before + word <= max && kept == size) {
            if (before > 0)
                text[size] = ' ';
            memcpy(text + size + before, from + blank, word);
            kept = words = size + before + word;
            if (word > 0 && strchr(".!?", text[kept - 1]) != NULL)
                sentences = kept;
        }
        size += before + word;
        from += blank + word;
    }
    if (kept < size)
        kept = sentences > 0 ? sentences : words;
    text[kept] = '\0';
    return size;
}

static void read_line(struct import *import, char *text, size_t max, const struct cap_node *node)
{
    size_t size = put_line(text, max, node->text);
    if (size > max)
        note(import->draft,
            "%s of line %u has %zu bytes, at most %zu fit: it was cut, see what is left",
            cap_xml_name(node->what), (unsigned)node->line, size, max);
    if (bulletin_check_line(text, max) != ERR_OK) {
        text[0] = '\0';
        note(import->draft, "%s of line %u holds characters that a bulletin may not: left out",
            cap_xml_name(node->what), (unsigned)node->line);
    }
}

static void read_texts(
    struct import *import, struct bulletin_text *text, const struct cap_node *info)
{
    const struct {
        enum cap_element what;
        char *to;
        size_t max;
    } lines[] = {
        {CAP_HEADLINE, text->headline, BULLETIN_HEADLINE_MAX},
        {CAP_INSTRUCTION, text->instruction, BULLETIN_INSTRUCTION_MAX},
        {CAP_DESCRIPTION, text->description, BULLETIN_DESCRIPTION_MAX},
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        const struct cap_node *node = cap_xml_next(import->tree, info, lines[i].what, NULL);
        if (node != NULL)
            read_line(import, lines[i].to, lines[i].max, node);
    }
    if (text->headline[0] == '\0') {
        note(import->draft, "there is no headline at line %u: the event stands in its place",
            (unsigned)info->line);
        read_line(import, text->headline, BULLETIN_HEADLINE_MAX,
            cap_xml_next(import->tree, info, CAP_EVENT, NULL));
    }
}

/* "ru-KZ" is ru; what is not said is English (CAP 1.2, 3.2.2). */
static bool find_language(enum bulletin_language *language, const char *text)
{
    char word[3] = "en";
    if (text[0] != '\0' && (strcspn(text, "-") != 2))
        return false;
    for (int i = 0; i < 2 && text[0] != '\0'; i++)
        word[i] = (char)(text[i] >= 'A' && text[i] <= 'Z' ? text[i] - 'A' + 'a' : text[i]);
    return bulletin_parse_language(language, word) == ERR_OK;
}

static void read_info(struct import *import, const struct cap_node *info)
{
    struct bulletin *b = &import->draft->bulletin;
    const char *text = text_of(import, info, CAP_LANGUAGE);
    enum bulletin_language language;
    if (!find_language(&language, text)) {
        note(import->draft, "a text in %.*s is not carried over", shown(text), text);
        return;
    }
    if ((b->languages & 1u << language) != 0) {
        note(import->draft, "a second text in %s, at line %u, is not carried over",
            bulletin_print_language(language), (unsigned)info->line);
        return;
    }
    read_texts(import, &b->text[language], info);
    if (b->text[language].headline[0] != '\0')
        b->languages |= (uint8_t)(1u << language);
}

/* ---- what has no place in a draft ---- */

static void note_left(struct import *import)
{
    static const enum cap_element left[] = {CAP_SOURCE, CAP_RESTRICTION, CAP_ADDRESSES, CAP_NOTE,
        CAP_REFERENCES, CAP_INCIDENTS, CAP_AUDIENCE, CAP_EFFECTIVE, CAP_ONSET, CAP_SENDER_NAME,
        CAP_WEB, CAP_CONTACT, CAP_RESOURCE_DESC};
    for (unsigned i = 0; i < import->tree->count; i++) {
        const struct cap_node *node = &import->tree->nodes[i];
        if (node->what == CAP_VALUE_NAME && strcmp(node->text, CAP_SEALED_PARAMETER) == 0)
            note(import->draft, "it carries a sealed bulletin: import that instead, with its "
                                "editors' signatures");
        for (size_t k = 0; k < sizeof left / sizeof left[0]; k++)
            if (node->what == left[k] && node->text[0] != '\0')
                note(import->draft, "%s \"%.*s\" is not carried over", cap_xml_name(node->what),
                    shown(node->text), node->text);
    }
}

static enum err read_all(struct import *import, const struct cap_node *first)
{
    struct bulletin *b = &import->draft->bulletin;
    enum err err = read_codes(import, first);
    if (err != ERR_OK)
        return refuse(import, first, "CAP 1.2, 3.2.2 info", "a code is unknown");
    read_event(import, first);
    read_lifetime(import);
    for (const struct cap_node *info = first; info != NULL;
         info = cap_xml_next(import->tree, import->alert, CAP_INFO, info)) {
        b->regions |= read_areas(import, info);
        read_info(import, info);
    }
    if (b->languages == 0)
        return refuse(import, first, "CAP 1.2, 3.2.2 language",
            "no text in Kazakh, Russian or English: nothing to draft");
    if (b->regions == 0)
        note(import->draft, "no region is known: choose them before it can be signed");
    note_left(import);
    return ERR_OK;
}

enum err cap_import(struct cap_draft *draft, struct cap_fault *fault, struct cap_tree *tree,
    const char *xml, size_t size)
{
    struct import import = {draft, fault, tree, &tree->nodes[0]};
    *draft = (struct cap_draft){.bulletin = {
                                    .lifetime_min = BULLETIN_LIFETIME_DEFAULT_MIN,
                                    .category = BULLETIN_OTHER,
                                    .response = BULLETIN_RESPONSE_NONE,
                                    .text_model = BULLETIN_TEXT_MODEL_MIXER,
                                }};
    enum err err = cap_xml_parse(tree, fault, xml, size);
    if (err == ERR_OK)
        err = cap_rules_check(tree, fault);
    if (err != ERR_OK)
        return err;
    const char *sender = text_of(&import, import.alert, CAP_SENDER);
    note(draft, "from %.*s, sent %s, not verified: check it before you sign it as yours",
        shown(sender), sender, text_of(&import, import.alert, CAP_SENT));
    const struct cap_node *first = cap_xml_next(tree, import.alert, CAP_INFO, NULL);
    err = read_kind(&import);
    if (err == ERR_OK && first == NULL)
        err = refuse(
            &import, import.alert, "CAP 1.2, 3.2.1 info", "without <info>: nothing to draft");
    return err == ERR_OK ? read_all(&import, first) : err;
}
