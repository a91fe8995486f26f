#include "gateway/bulletin/cap_rules.h"

#include "gateway/bulletin/cap_relations.h"
#include "gateway/bulletin/cap_shape.h"
#include "gateway/bulletin/cap_time.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define MANY 255
#define ENTITY_MAX 8 /* letters of a name like nbsp */
#define SPACE " \t\r\n"
#define LANGUAGE_PART_MAX 8

/* The children that each container may have, in their order. CAP 1.2, 3.2 and its schema. */
static const struct {
    enum cap_element parent;
    enum cap_element child;
    uint8_t least;
    uint8_t most;
} grammar[] = {
    {CAP_ALERT, CAP_IDENTIFIER, 1, 1},
    {CAP_ALERT, CAP_SENDER, 1, 1},
    {CAP_ALERT, CAP_SENT, 1, 1},
    {CAP_ALERT, CAP_STATUS, 1, 1},
    {CAP_ALERT, CAP_MSG_TYPE, 1, 1},
    {CAP_ALERT, CAP_SOURCE, 0, 1},
    {CAP_ALERT, CAP_SCOPE, 1, 1},
    {CAP_ALERT, CAP_RESTRICTION, 0, 1},
    {CAP_ALERT, CAP_ADDRESSES, 0, 1},
    {CAP_ALERT, CAP_CODE, 0, MANY},
    {CAP_ALERT, CAP_NOTE, 0, 1},
    {CAP_ALERT, CAP_REFERENCES, 0, 1},
    {CAP_ALERT, CAP_INCIDENTS, 0, 1},
    {CAP_ALERT, CAP_INFO, 0, CAP_INFOS_MAX},
    {CAP_INFO, CAP_LANGUAGE, 0, 1},
    {CAP_INFO, CAP_CATEGORY, 1, MANY},
    {CAP_INFO, CAP_EVENT, 1, 1},
    {CAP_INFO, CAP_RESPONSE_TYPE, 0, MANY},
    {CAP_INFO, CAP_URGENCY, 1, 1},
    {CAP_INFO, CAP_SEVERITY, 1, 1},
    {CAP_INFO, CAP_CERTAINTY, 1, 1},
    {CAP_INFO, CAP_AUDIENCE, 0, 1},
    {CAP_INFO, CAP_EVENT_CODE, 0, MANY},
    {CAP_INFO, CAP_EFFECTIVE, 0, 1},
    {CAP_INFO, CAP_ONSET, 0, 1},
    {CAP_INFO, CAP_EXPIRES, 0, 1},
    {CAP_INFO, CAP_SENDER_NAME, 0, 1},
    {CAP_INFO, CAP_HEADLINE, 0, 1},
    {CAP_INFO, CAP_DESCRIPTION, 0, 1},
    {CAP_INFO, CAP_INSTRUCTION, 0, 1},
    {CAP_INFO, CAP_WEB, 0, 1},
    {CAP_INFO, CAP_CONTACT, 0, 1},
    {CAP_INFO, CAP_PARAMETER, 0, MANY},
    {CAP_INFO, CAP_RESOURCE, 0, MANY},
    {CAP_INFO, CAP_AREA, 0, MANY},
    {CAP_RESOURCE, CAP_RESOURCE_DESC, 1, 1},
    {CAP_RESOURCE, CAP_MIME_TYPE, 1, 1},
    {CAP_RESOURCE, CAP_SIZE, 0, 1},
    {CAP_RESOURCE, CAP_URI, 0, 1},
    {CAP_RESOURCE, CAP_DEREF_URI, 0, 1},
    {CAP_RESOURCE, CAP_DIGEST, 0, 1},
    {CAP_AREA, CAP_AREA_DESC, 1, 1},
    {CAP_AREA, CAP_POLYGON, 0, MANY},
    {CAP_AREA, CAP_CIRCLE, 0, MANY},
    {CAP_AREA, CAP_GEOCODE, 0, MANY},
    {CAP_AREA, CAP_ALTITUDE, 0, 1},
    {CAP_AREA, CAP_CEILING, 0, 1},
    {CAP_EVENT_CODE, CAP_VALUE_NAME, 1, 1},
    {CAP_EVENT_CODE, CAP_VALUE, 1, 1},
    {CAP_PARAMETER, CAP_VALUE_NAME, 1, 1},
    {CAP_PARAMETER, CAP_VALUE, 1, 1},
    {CAP_GEOCODE, CAP_VALUE_NAME, 1, 1},
    {CAP_GEOCODE, CAP_VALUE, 1, 1},
};

#define GRAMMAR_COUNT (sizeof grammar / sizeof grammar[0])

/* Words of which an element may hold one. */
static const struct {
    enum cap_element what;
    const char *words; /* blanks between and around */
} lists[] = {
    {CAP_STATUS, " Actual Exercise System Test Draft "},
    {CAP_MSG_TYPE, " Alert Update Cancel Ack Error "},
    {CAP_SCOPE, " Public Restricted Private "},
    {CAP_CATEGORY, " Geo Met Safety Security Rescue Fire Health Env Transport Infra CBRNE Other "},
    {CAP_RESPONSE_TYPE, " Shelter Evacuate Prepare Execute Avoid Monitor Assess AllClear None "},
    {CAP_URGENCY, " Immediate Expected Future Past Unknown "},
    {CAP_SEVERITY, " Extreme Severe Moderate Minor Unknown "},
    {CAP_CERTAINTY, " Observed Likely Possible Unlikely Unknown "},
};

__attribute__((format(printf, 4, 5))) static enum err refuse(struct cap_fault *fault,
    const struct cap_node *node, const char *section, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(fault->why, sizeof fault->why, format, arguments);
    va_end(arguments);
    for (char *at = fault->why; *at != '\0'; at++)
        if ((unsigned char)*at < ' ')
            *at = ' ';
    fault->line = node->line;
    (void)snprintf(
        fault->rule, sizeof fault->rule, "CAP 1.2, %s %s", section, cap_xml_name(node->what));
    return ERR_VALUE;
}

/* The section of the standard in which an element is told of. */
static const char *section_of(enum cap_element what)
{
    if (what < CAP_INFO)
        return "3.2.1";
    if (what < CAP_RESOURCE)
        return "3.2.2";
    return what < CAP_AREA ? "3.2.3" : "3.2.4";
}

/* ---- which elements, how many, in which order ---- */

static unsigned find_row(enum cap_element parent, enum cap_element child)
{
    unsigned row = 0;
    while (row < GRAMMAR_COUNT && (grammar[row].parent != parent || grammar[row].child != child))
        row++;
    return row;
}

static bool is_container(enum cap_element what)
{
    for (unsigned row = 0; row < GRAMMAR_COUNT; row++)
        if (grammar[row].parent == what)
            return true;
    return false;
}

static enum err check_required(
    struct cap_fault *fault, const struct cap_node *node, const uint16_t counts[GRAMMAR_COUNT])
{
    for (unsigned row = 0; row < GRAMMAR_COUNT; row++)
        if (grammar[row].parent == node->what && counts[row] < grammar[row].least)
            return refuse(fault, node, "3.2", "<%s> is missing, which each <%s> must have",
                cap_xml_name(grammar[row].child), cap_xml_name(node->what));
    return ERR_OK;
}

static enum err check_children(
    const struct cap_tree *tree, struct cap_fault *fault, const struct cap_node *node)
{
    uint16_t counts[GRAMMAR_COUNT] = {0};
    unsigned index = (unsigned)(node - tree->nodes), last = 0;
    for (unsigned i = index + 1; i < tree->count && tree->nodes[i].parent >= index; i++) {
        const struct cap_node *child = &tree->nodes[i];
        if (child->parent != index)
            continue;
        unsigned row = find_row(node->what, child->what);
        if (row == GRAMMAR_COUNT)
            return refuse(fault, child, "3.2", "has no place in <%s>", cap_xml_name(node->what));
        if (row < last)
            return refuse(fault, child, "3.2", "must stand before <%s>: the order is fixed",
                cap_xml_name(grammar[last].child));
        if (++counts[row] > grammar[row].most && grammar[row].most != MANY)
            return refuse(fault, child, "3.2", "at most %u in <%s>", grammar[row].most,
                cap_xml_name(node->what));
        last = row;
    }
    return check_required(fault, node, counts);
}

static enum err check_structure(const struct cap_tree *tree, struct cap_fault *fault)
{
    enum err err = ERR_OK;
    for (unsigned i = 0; i < tree->count && err == ERR_OK; i++)
        if (is_container(tree->nodes[i].what))
            err = check_children(tree, fault, &tree->nodes[i]);
    return err;
}

/* ---- single values ---- */

static enum err check_word(struct cap_fault *fault, const struct cap_node *node, const char *words)
{
    const char *found = node->text[0] != '\0' ? strstr(words, node->text) : NULL;
    bool whole = found != NULL && found[-1] == ' ' && found[strlen(node->text)] == ' ' &&
                 strchr(node->text, ' ') == NULL;
    return whole ? ERR_OK
                 : refuse(fault, node, section_of(node->what), "\"%.40s\" is none of:%.120s",
                       node->text, words);
}

static enum err check_name(struct cap_fault *fault, const struct cap_node *node)
{
    if (node->text[0] == '\0')
        return refuse(fault, node, section_of(node->what), "must not be empty");
    if (node->text[strcspn(node->text, SPACE ",<&")] != '\0')
        return refuse(fault, node, section_of(node->what),
            "\"%.60s\" must have no white space, comma, < or &", node->text);
    return ERR_OK;
}

static enum err check_time(struct cap_fault *fault, const struct cap_node *node)
{
    int64_t wall_s;
    if (cap_time_parse(&wall_s, node->text) == ERR_OK)
        return ERR_OK;
    return refuse(fault, node, "3.3.2",
        "\"%.40s\" must be as 2026-01-31T23:59:59+05:00: with a numeric offset, no Z, no fraction",
        node->text);
}

/* RFC 3066: letters, then letters and digits, apart by hyphens. */
static enum err check_language(struct cap_fault *fault, const struct cap_node *node)
{
    const char *at = node->text;
    bool first = true;
    for (;;) {
        size_t size = strcspn(at, "-");
        bool good = size >= 1 && size <= LANGUAGE_PART_MAX;
        for (size_t i = 0; i < size && good; i++)
            good = first ? isalpha((unsigned char)at[i]) != 0 : isalnum((unsigned char)at[i]) != 0;
        if (!good)
            return refuse(fault, node, "3.2.2",
                "\"%.40s\" is no language as RFC 3066 writes it: kk, ru-KZ", node->text);
        first = false;
        at += size;
        if (*at++ == '\0')
            return ERR_OK;
    }
}

/* "<b>", "</p>", "&amp;", "&#10;": what was markup and has been escaped once too often. */
static bool has_markup(const char *text)
{
    for (const char *at = text; (at = strpbrk(at, "<&")) != NULL; at++) {
        const char *name = at + 1 + (at[1] == '/' || at[1] == '#');
        size_t size = strcspn(name, "<>&; ");
        char end = name[strcspn(name, *at == '<' ? ">" : ";")];
        bool letters = isalnum((unsigned char)name[0]) != 0;
        if (letters && end != '\0' && (*at == '<' || (size <= ENTITY_MAX && name[size] == ';')))
            return true;
    }
    return false;
}

static enum err check_plain(struct cap_fault *fault, const struct cap_node *node)
{
    return has_markup(node->text)
               ? refuse(fault, node, section_of(node->what),
                     "holds markup; texts are plain, with no tags or entities in them")
               : ERR_OK;
}

static enum err check_digits(struct cap_fault *fault, const struct cap_node *node)
{
    bool good = node->text[0] != '\0' && node->text[strspn(node->text, "0123456789")] == '\0';
    return good ? ERR_OK
                : refuse(fault, node, "3.2.3", "\"%.40s\" must be a number of bytes", node->text);
}

static enum err check_digest(struct cap_fault *fault, const struct cap_node *node)
{
    size_t size = strspn(node->text, "0123456789abcdefABCDEF");
    bool good = size == 40 && node->text[size] == '\0';
    return good ? ERR_OK
                : refuse(fault, node, "3.2.3", "must be a SHA-1 digest in 40 hexadecimal letters");
}

static enum err check_shape(struct cap_fault *fault, const struct cap_node *node)
{
    const char *why = node->what == CAP_POLYGON  ? cap_shape_check_polygon(node->text)
                      : node->what == CAP_CIRCLE ? cap_shape_check_circle(node->text)
                                                 : cap_shape_check_number(node->text);
    return why == NULL ? ERR_OK : refuse(fault, node, "3.2.4", "%s", why);
}

static const struct {
    enum cap_element what;
    enum err (*check)(struct cap_fault *fault, const struct cap_node *node);
} values[] = {
    {CAP_IDENTIFIER, check_name},
    {CAP_SENDER, check_name},
    {CAP_SENT, check_time},
    {CAP_EFFECTIVE, check_time},
    {CAP_ONSET, check_time},
    {CAP_EXPIRES, check_time},
    {CAP_LANGUAGE, check_language},
    {CAP_EVENT, check_plain},
    {CAP_SENDER_NAME, check_plain},
    {CAP_HEADLINE, check_plain},
    {CAP_DESCRIPTION, check_plain},
    {CAP_INSTRUCTION, check_plain},
    {CAP_AREA_DESC, check_plain},
    {CAP_SIZE, check_digits},
    {CAP_DIGEST, check_digest},
    {CAP_POLYGON, check_shape},
    {CAP_CIRCLE, check_shape},
    {CAP_ALTITUDE, check_shape},
    {CAP_CEILING, check_shape},
};

static enum err check_value(struct cap_fault *fault, const struct cap_node *node)
{
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        if (lists[i].what == node->what)
            return check_word(fault, node, lists[i].words);
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        if (values[i].what == node->what)
            return values[i].check(fault, node);
    return ERR_OK;
}

static enum err check_values(const struct cap_tree *tree, struct cap_fault *fault)
{
    unsigned points = 0;
    for (unsigned i = 0; i < tree->count; i++) {
        const struct cap_node *node = &tree->nodes[i];
        if (node->what == CAP_POLYGON)
            points += cap_shape_count_points(node->text);
        if (points > CAP_POINTS_MAX) {
            (void)refuse(fault, node, "3.2.4", "over %d points in all polygons", CAP_POINTS_MAX);
            return ERR_LONG;
        }
        enum err err = check_value(fault, node);
        if (err != ERR_OK)
            return err;
    }
    return ERR_OK;
}

enum err cap_rules_check(const struct cap_tree *tree, struct cap_fault *fault)
{
    *fault = (struct cap_fault){.line = 1};
    enum err err = check_structure(tree, fault);
    if (err == ERR_OK)
        err = check_values(tree, fault);
    return err == ERR_OK ? cap_relations_check(tree, fault) : err;
}
