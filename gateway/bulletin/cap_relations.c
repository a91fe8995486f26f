#include "gateway/bulletin/cap_relations.h"

#include "gateway/bulletin/cap_time.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define SPACE " \t\r\n"
#define LANGUAGE_DEFAULT "en-US" /* CAP 1.2, 3.2.2 */
#define REFERENCE_MAX 600

static enum err refuse(
    struct cap_fault *fault, const struct cap_node *node, const char *rule, const char *why)
{
    fault->line = node->line;
    (void)snprintf(fault->rule, sizeof fault->rule, "CAP 1.2, %s", rule);
    (void)snprintf(fault->why, sizeof fault->why, "%s", why);
    return ERR_VALUE;
}

static const char *of_alert(const struct cap_tree *tree, enum cap_element what)
{
    return cap_xml_text(tree, &tree->nodes[0], what);
}

static const struct cap_node *find(const struct cap_tree *tree, enum cap_element what)
{
    return cap_xml_next(tree, &tree->nodes[0], what, NULL);
}

static enum err check_scope(const struct cap_tree *tree, struct cap_fault *fault)
{
    const struct cap_node *scope = find(tree, CAP_SCOPE);
    bool restricted = strcmp(scope->text, "Restricted") == 0;
    bool private = strcmp(scope->text, "Private") == 0;
    if (restricted && of_alert(tree, CAP_RESTRICTION)[0] == '\0')
        return refuse(fault, scope, "3.2.1 restriction", "scope Restricted needs a <restriction>");
    if (private && of_alert(tree, CAP_ADDRESSES)[0] == '\0')
        return refuse(fault, scope, "3.2.1 addresses", "scope Private needs <addresses>");
    return ERR_OK;
}

/* One of the references: sender,identifier,sent. */
static enum err check_reference(
    const struct cap_tree *tree, struct cap_fault *fault, char reference[REFERENCE_MAX])
{
    static const char rule[] = "3.2.1 references";
    const struct cap_node *node = find(tree, CAP_REFERENCES);
    char *identifier = strchr(reference, ',');
    char *sent = identifier != NULL ? strchr(identifier + 1, ',') : NULL;
    int64_t then_s, now_s;
    if (sent == NULL || identifier == reference || sent == identifier + 1)
        return refuse(fault, node, rule, "each is sender,identifier,sent, apart by blanks");
    *identifier++ = '\0';
    *sent++ = '\0';
    if (cap_time_parse(&then_s, sent) != ERR_OK ||
        cap_time_parse(&now_s, of_alert(tree, CAP_SENT)) != ERR_OK)
        return refuse(fault, node, rule, "each ends with a time as <sent> has it");
    if (strcmp(reference, of_alert(tree, CAP_SENDER)) == 0 &&
        strcmp(identifier, of_alert(tree, CAP_IDENTIFIER)) == 0)
        return refuse(fault, node, rule, "a message can't refer to itself");
    if (then_s > now_s)
        return refuse(fault, node, rule, "refers to a message that was sent later than this one");
    return ERR_OK;
}

static enum err check_references(const struct cap_tree *tree, struct cap_fault *fault)
{
    const struct cap_node *type = find(tree, CAP_MSG_TYPE);
    const char *at = of_alert(tree, CAP_REFERENCES);
    enum err err = ERR_OK;
    if (strcmp(type->text, "Alert") != 0 && at[0] == '\0')
        return refuse(fault, type, "3.2.1 references",
            "msgType Update, Cancel, Ack and Error need <references>");
    for (at += strspn(at, SPACE); *at != '\0' && err == ERR_OK; at += strspn(at, SPACE)) {
        char reference[REFERENCE_MAX];
        size_t size = strcspn(at, SPACE);
        if (size >= sizeof reference)
            return refuse(fault, find(tree, CAP_REFERENCES), "3.2.1 references", "too long");
        memcpy(reference, at, size);
        reference[size] = '\0';
        err = check_reference(tree, fault, reference);
        at += size;
    }
    return err;
}

static enum err check_info(const struct cap_tree *tree, struct cap_fault *fault)
{
    const struct cap_node *type = find(tree, CAP_MSG_TYPE);
    bool wanted = strcmp(type->text, "Alert") == 0 || strcmp(type->text, "Update") == 0;
    return wanted && find(tree, CAP_INFO) == NULL
               ? refuse(fault, type, "3.2.1 info", "an Alert or Update without <info> says nothing")
               : ERR_OK;
}

static const char *language_of(const struct cap_tree *tree, const struct cap_node *info)
{
    const char *language = cap_xml_text(tree, info, CAP_LANGUAGE);
    return language[0] != '\0' ? language : LANGUAGE_DEFAULT;
}

static bool same(const struct cap_tree *tree, const struct cap_node *a, const struct cap_node *b,
    enum cap_element what)
{
    return strcmp(cap_xml_text(tree, a, what), cap_xml_text(tree, b, what)) == 0;
}

/* Two infos in different languages that tell of one thing tell the same, in words of their own. */
static enum err check_pair(const struct cap_tree *tree, struct cap_fault *fault,
    const struct cap_node *a, const struct cap_node *b)
{
    static const enum cap_element codes[] = {
        CAP_CATEGORY, CAP_URGENCY, CAP_SEVERITY, CAP_CERTAINTY};
    if (strcmp(language_of(tree, a), language_of(tree, b)) == 0)
        return ERR_OK;
    bool described = cap_xml_text(tree, a, CAP_DESCRIPTION)[0] != '\0';
    if (described && same(tree, a, b, CAP_DESCRIPTION) && same(tree, a, b, CAP_HEADLINE))
        return refuse(
            fault, b, "3.2.2 language", "two languages have the same text: translate one");
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (!same(tree, a, b, codes[i])) {
            char why[CAP_WHY_MAX];
            (void)snprintf(why, sizeof why,
                "<%s> differs between languages; make it the same in each <info>",
                cap_xml_name(codes[i]));
            return refuse(fault, b, "3.2.2 info", why);
        }
    return ERR_OK;
}

static enum err check_languages(const struct cap_tree *tree, struct cap_fault *fault)
{
    const struct cap_node *first = find(tree, CAP_INFO), *info = first;
    enum err err = ERR_OK;
    while (info != NULL && err == ERR_OK) {
        err = check_pair(tree, fault, first, info);
        info = cap_xml_next(tree, &tree->nodes[0], CAP_INFO, info);
    }
    return err;
}

static enum err check_heights(const struct cap_tree *tree, struct cap_fault *fault)
{
    for (unsigned i = 0; i < tree->count; i++) {
        const struct cap_node *area = &tree->nodes[i];
        if (area->what == CAP_AREA && cap_xml_next(tree, area, CAP_CEILING, NULL) != NULL &&
            cap_xml_next(tree, area, CAP_ALTITUDE, NULL) == NULL)
            return refuse(fault, area, "3.2.4 ceiling", "a <ceiling> needs an <altitude>");
    }
    return ERR_OK;
}

enum err cap_relations_check(const struct cap_tree *tree, struct cap_fault *fault)
{
    static enum err (*const checks[])(const struct cap_tree *, struct cap_fault *) = {
        check_scope, check_references, check_info, check_languages, check_heights};
    enum err err = ERR_OK;
    for (size_t i = 0; i < sizeof checks / sizeof checks[0] && err == ERR_OK; i++)
        err = checks[i](tree, fault);
    return err;
}
