/* cap_xml: a CAP message (OASIS CAP 1.2) as a flat list of its elements. The seam to expat.
 *
 * Nothing is believed here but that it is well-formed XML within the limits below: no DOCTYPE, so no entities but XML's five;
 * one namespace, CAP 1.2's; elements of XML signatures are passed over unread, since a key inside a message proves nothing.
 * cap_rules.h says whether the elements are a valid message.
 */
#ifndef GATEWAY_BULLETIN_CAP_XML_H
#define GATEWAY_BULLETIN_CAP_XML_H

#include "gateway/base/err.h"

#include <stddef.h>
#include <stdint.h>

#define CAP_BYTES_MAX 262144 /* of a message */
#define CAP_DEPTH_MAX 16
#define CAP_NODES_MAX 4096
#define CAP_TEXT_MAX (2 * CAP_BYTES_MAX + CAP_NODES_MAX) /* Latin-1 doubles as UTF-8 */
#define CAP_NAMESPACE "urn:oasis:names:tc:emergency:cap:1.2"
#define CAP_WHY_MAX 200
#define CAP_RULE_MAX 48

/* CAP 1.2, 3.2, in the standard's order. */
enum cap_element {
    CAP_ALERT,
    CAP_IDENTIFIER,
    CAP_SENDER,
    CAP_SENT,
    CAP_STATUS,
    CAP_MSG_TYPE,
    CAP_SOURCE,
    CAP_SCOPE,
    CAP_RESTRICTION,
    CAP_ADDRESSES,
    CAP_CODE,
    CAP_NOTE,
    CAP_REFERENCES,
    CAP_INCIDENTS,
    CAP_INFO,
    CAP_LANGUAGE,
    CAP_CATEGORY,
    CAP_EVENT,
    CAP_RESPONSE_TYPE,
    CAP_URGENCY,
    CAP_SEVERITY,
    CAP_CERTAINTY,
    CAP_AUDIENCE,
    CAP_EVENT_CODE,
    CAP_EFFECTIVE,
    CAP_ONSET,
    CAP_EXPIRES,
    CAP_SENDER_NAME,
    CAP_HEADLINE,
    CAP_DESCRIPTION,
    CAP_INSTRUCTION,
    CAP_WEB,
    CAP_CONTACT,
    CAP_PARAMETER,
    CAP_RESOURCE,
    CAP_RESOURCE_DESC,
    CAP_MIME_TYPE,
    CAP_SIZE,
    CAP_URI,
    CAP_DEREF_URI,
    CAP_DIGEST,
    CAP_AREA,
    CAP_AREA_DESC,
    CAP_POLYGON,
    CAP_CIRCLE,
    CAP_GEOCODE,
    CAP_ALTITUDE,
    CAP_CEILING,
    CAP_VALUE_NAME,
    CAP_VALUE,
    CAP_ELEMENT_COUNT
};

struct cap_node {
    enum cap_element what;
    uint16_t parent; /* in nodes; the alert's own is 0 */
    uint32_t line;   /* 1.. */
    const char
        *text; /* UTF-8, terminated, without white space around it; "" for what holds elements */
};

/* Large: not for the stack. nodes[0] is the alert; a node comes after its parent, in the order of the text. */
struct cap_tree {
    unsigned count;
    struct cap_node nodes[CAP_NODES_MAX];
    size_t used;
    char text[CAP_TEXT_MAX];
};

/* What is wrong, for people. */
struct cap_fault {
    uint32_t line;
    char rule[CAP_RULE_MAX]; /* "CAP 1.2, 3.2.1 identifier" */
    char why[CAP_WHY_MAX];   /* one line */
};

/* Reads xml[0..size). ERR_LONG over a limit, else ERR_FORMAT; fault says what and where. */
ERR_CHECKED enum err cap_xml_parse(
    struct cap_tree *tree, struct cap_fault *fault, const char *xml, size_t size);
/* "msgType". */
const char *cap_xml_name(enum cap_element what);
/* The first child of a node that is `what`, after another child of it (NULL: from the first on); NULL if there is none. */
const struct cap_node *cap_xml_next(const struct cap_tree *tree, const struct cap_node *parent,
    enum cap_element what, const struct cap_node *after);
/* The text of the first such child, "" if there is none. */
const char *cap_xml_text(
    const struct cap_tree *tree, const struct cap_node *parent, enum cap_element what);

#endif
