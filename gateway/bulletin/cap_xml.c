#include "gateway/bulletin/cap_xml.h"

#include <expat.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define SEPARATOR '\n' /* between namespace and name: stands in neither */
#define SIGNATURE_NAMESPACE "http://www.w3.org/2000/09/xmldsig#"
#define SPACE " \t\r\n"

static const char *const names[CAP_ELEMENT_COUNT] = {
    [CAP_ALERT] = "alert",
    [CAP_IDENTIFIER] = "identifier",
    [CAP_SENDER] = "sender",
    [CAP_SENT] = "sent",
    [CAP_STATUS] = "status",
    [CAP_MSG_TYPE] = "msgType",
    [CAP_SOURCE] = "source",
    [CAP_SCOPE] = "scope",
    [CAP_RESTRICTION] = "restriction",
    [CAP_ADDRESSES] = "addresses",
    [CAP_CODE] = "code",
    [CAP_NOTE] = "note",
    [CAP_REFERENCES] = "references",
    [CAP_INCIDENTS] = "incidents",
    [CAP_INFO] = "info",
    [CAP_LANGUAGE] = "language",
    [CAP_CATEGORY] = "category",
    [CAP_EVENT] = "event",
    [CAP_RESPONSE_TYPE] = "responseType",
    [CAP_URGENCY] = "urgency",
    [CAP_SEVERITY] = "severity",
    [CAP_CERTAINTY] = "certainty",
    [CAP_AUDIENCE] = "audience",
    [CAP_EVENT_CODE] = "eventCode",
    [CAP_EFFECTIVE] = "effective",
    [CAP_ONSET] = "onset",
    [CAP_EXPIRES] = "expires",
    [CAP_SENDER_NAME] = "senderName",
    [CAP_HEADLINE] = "headline",
    [CAP_DESCRIPTION] = "description",
    [CAP_INSTRUCTION] = "instruction",
    [CAP_WEB] = "web",
    [CAP_CONTACT] = "contact",
    [CAP_PARAMETER] = "parameter",
    [CAP_RESOURCE] = "resource",
    [CAP_RESOURCE_DESC] = "resourceDesc",
    [CAP_MIME_TYPE] = "mimeType",
    [CAP_SIZE] = "size",
    [CAP_URI] = "uri",
    [CAP_DEREF_URI] = "derefUri",
    [CAP_DIGEST] = "digest",
    [CAP_AREA] = "area",
    [CAP_AREA_DESC] = "areaDesc",
    [CAP_POLYGON] = "polygon",
    [CAP_CIRCLE] = "circle",
    [CAP_GEOCODE] = "geocode",
    [CAP_ALTITUDE] = "altitude",
    [CAP_CEILING] = "ceiling",
    [CAP_VALUE_NAME] = "valueName",
    [CAP_VALUE] = "value",
};

/* What is kept while expat reads. */
struct reading {
    XML_Parser parser;
    struct cap_tree *tree;
    struct cap_fault *fault;
    enum err err;
    unsigned depth;
    unsigned passed_over;         /* elements open within a signature */
    uint16_t open[CAP_DEPTH_MAX]; /* nodes, by depth */
    bool has_children[CAP_DEPTH_MAX];
};

const char *cap_xml_name(enum cap_element what)
{
    return (unsigned)what < CAP_ELEMENT_COUNT ? names[what] : "?";
}

__attribute__((format(printf, 4, 5))) static void refuse(
    struct reading *reading, enum err err, const char *rule, const char *format, ...)
{
    va_list arguments;
    if (reading->err != ERR_OK)
        return;
    va_start(arguments, format);
    (void)vsnprintf(reading->fault->why, sizeof reading->fault->why, format, arguments);
    va_end(arguments);
    reading->err = err;
    reading->fault->line = (uint32_t)XML_GetCurrentLineNumber(reading->parser);
    (void)snprintf(reading->fault->rule, sizeof reading->fault->rule, "%s", rule);
    (void)XML_StopParser(reading->parser, XML_FALSE);
}

static bool is_blank(const char *text)
{
    return text[strspn(text, SPACE)] == '\0';
}

/* CAP_ELEMENT_COUNT for a name that the standard has not. */
static enum cap_element find_name(const char *name)
{
    unsigned what = 0;
    while (what < CAP_ELEMENT_COUNT && strcmp(names[what], name) != 0)
        what++;
    return (enum cap_element)what;
}

/* A container's text is white space between its elements: it is dropped. */
static void begin_child(struct reading *reading)
{
    if (reading->depth == 0)
        return;
    struct cap_tree *tree = reading->tree;
    struct cap_node *parent = &tree->nodes[reading->open[reading->depth - 1]];
    if (!reading->has_children[reading->depth - 1]) {
        tree->text[tree->used] = '\0';
        if (!is_blank(parent->text))
            refuse(reading, ERR_FORMAT, "CAP 1.2, 3.2", "text beside the elements of <%s>",
                cap_xml_name(parent->what));
        tree->used = (size_t)(parent->text - tree->text);
    }
    reading->has_children[reading->depth - 1] = true;
}

static void add_node(struct reading *reading, enum cap_element what)
{
    struct cap_tree *tree = reading->tree;
    if (tree->count == CAP_NODES_MAX) {
        refuse(reading, ERR_LONG, "limits", "more than %d elements", CAP_NODES_MAX);
        return;
    }
    tree->nodes[tree->count] = (struct cap_node){
        .what = what,
        .parent = reading->depth > 0 ? reading->open[reading->depth - 1] : 0,
        .line = (uint32_t)XML_GetCurrentLineNumber(reading->parser),
        .text = tree->text + tree->used,
    };
    reading->open[reading->depth] = (uint16_t)tree->count++;
    reading->has_children[reading->depth++] = false;
}

/* expat's text is terminated; a name without a namespace has no separator. */
static void on_start(void *arg, const XML_Char *name, const XML_Char **attributes)
{
    struct reading *reading = arg;
    const char *separator = strchr(name, SEPARATOR);
    const char *local = separator != NULL ? separator + 1 : name;
    size_t space_size = separator != NULL ? (size_t)(separator - name) : 0;
    (void)attributes;
    if (reading->err != ERR_OK)
        return;
    if (reading->depth + reading->passed_over >= CAP_DEPTH_MAX) {
        refuse(reading, ERR_LONG, "limits", "nested deeper than %d elements", CAP_DEPTH_MAX);
        return;
    }
    bool signature = space_size == strlen(SIGNATURE_NAMESPACE) &&
                     memcmp(name, SIGNATURE_NAMESPACE, space_size) == 0;
    if (reading->passed_over > 0 || (signature && reading->depth == 1)) {
        if (reading->passed_over++ == 0)
            begin_child(reading);
        return;
    }
    enum cap_element what = find_name(local);
    if (space_size != strlen(CAP_NAMESPACE) || memcmp(name, CAP_NAMESPACE, space_size) != 0)
        refuse(reading, ERR_FORMAT, "CAP 1.2, 3.1 namespace",
            "<%.40s> is not of the namespace " CAP_NAMESPACE, local);
    else if (what == CAP_ELEMENT_COUNT || (what == CAP_ALERT) != (reading->depth == 0))
        refuse(reading, ERR_FORMAT, "CAP 1.2, 3.2", "<%.40s> has no place here", local);
    if (reading->err != ERR_OK)
        return;
    begin_child(reading);
    if (reading->err == ERR_OK)
        add_node(reading, what);
}

static void on_end(void *arg, const XML_Char *name)
{
    struct reading *reading = arg;
    struct cap_tree *tree = reading->tree;
    (void)name;
    if (reading->err != ERR_OK)
        return;
    if (reading->passed_over > 0) {
        reading->passed_over--;
        return;
    }
    struct cap_node *node = &tree->nodes[reading->open[--reading->depth]];
    if (reading->has_children[reading->depth]) {
        node->text = "";
        return;
    }
    while (
        tree->text + tree->used > node->text && strchr(SPACE, tree->text[tree->used - 1]) != NULL)
        tree->used--;
    tree->text[tree->used++] = '\0';
    node->text += strspn(node->text, SPACE);
}

static void on_text(void *arg, const XML_Char *text, int size)
{
    struct reading *reading = arg;
    struct cap_tree *tree = reading->tree;
    if (reading->err != ERR_OK || reading->passed_over > 0 || reading->depth == 0)
        return;
    if (reading->has_children[reading->depth - 1]) {
        for (int i = 0; i < size; i++)
            if (strchr(SPACE, text[i]) == NULL)
                refuse(reading, ERR_FORMAT, "CAP 1.2, 3.2", "text between the elements of <%s>",
                    cap_xml_name(tree->nodes[reading->open[reading->depth - 1]].what));
        return;
    }
    if ((size_t)size >= sizeof tree->text - tree->used - 1) {
        refuse(reading, ERR_LONG, "limits", "more text than %d bytes", CAP_TEXT_MAX);
        return;
    }
    memcpy(tree->text + tree->used, text, (size_t)size);
    tree->used += (size_t)size;
}

/* With it come entities, which can name files and multiply without end: it is refused before its first declaration. */
static void on_doctype(void *arg, const XML_Char *name, const XML_Char *system_id,
    const XML_Char *public_id, int internal)
{
    (void)name;
    (void)system_id;
    (void)public_id;
    (void)internal;
    refuse(arg, ERR_FORMAT, "DOCTYPE", "a CAP message has no DOCTYPE: take it out");
}

static enum err finish(struct reading *reading, enum XML_Status status)
{
    enum XML_Error error = XML_GetErrorCode(reading->parser);
    if (reading->err == ERR_OK && status != XML_STATUS_OK)
        refuse(reading, error == XML_ERROR_NO_MEMORY ? ERR_SYSTEM : ERR_FORMAT, "XML 1.0",
            "column %lu: %s", (unsigned long)XML_GetCurrentColumnNumber(reading->parser) + 1,
            XML_ErrorString(error));
    return reading->err;
}

enum err cap_xml_parse(struct cap_tree *tree, struct cap_fault *fault, const char *xml, size_t size)
{
    struct reading reading = {.tree = tree, .fault = fault, .err = ERR_OK};
    tree->count = 0;
    tree->used = 0;
    *fault = (struct cap_fault){.line = 1};
    if (size > CAP_BYTES_MAX) {
        (void)snprintf(fault->rule, sizeof fault->rule, "limits");
        (void)snprintf(
            fault->why, sizeof fault->why, "%zu bytes; at most %d are read", size, CAP_BYTES_MAX);
        return ERR_LONG;
    }
    reading.parser = XML_ParserCreateNS(NULL, SEPARATOR);
    if (reading.parser == NULL)
        return ERR_SYSTEM;
    XML_SetUserData(reading.parser, &reading);
    XML_SetElementHandler(reading.parser, on_start, on_end);
    XML_SetCharacterDataHandler(reading.parser, on_text);
    XML_SetStartDoctypeDeclHandler(reading.parser, on_doctype);
    enum err err = finish(&reading, XML_Parse(reading.parser, xml, (int)size, XML_TRUE));
    XML_ParserFree(reading.parser);
    return err;
}

const struct cap_node *cap_xml_next(const struct cap_tree *tree, const struct cap_node *parent,
    enum cap_element what, const struct cap_node *after)
{
    unsigned index = (unsigned)(parent - tree->nodes);
    unsigned i = after != NULL ? (unsigned)(after - tree->nodes) + 1 : index + 1;
    for (; i < tree->count && (tree->nodes[i].parent >= index); i++)
        if (tree->nodes[i].parent == index && tree->nodes[i].what == what)
            return &tree->nodes[i];
    return NULL;
}

const char *cap_xml_text(
    const struct cap_tree *tree, const struct cap_node *parent, enum cap_element what)
{
    const struct cap_node *found = cap_xml_next(tree, parent, what, NULL);
    return found != NULL ? found->text : "";
}
