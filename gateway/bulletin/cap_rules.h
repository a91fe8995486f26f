/* cap_rules: what makes a CAP 1.2 message valid, by hand: the schema alone lets through lost polygons, wrong references and
 * wrong scopes. Each fault names the section of the standard and the element, its line, and what would be right.
 *
 *   order, number and place of each element (3.2)          words of the lists: status, msgType, scope, category,
 *   identifier and sender: no white space, comma, < or &      responseType, urgency, severity, certainty
 *   sent and other times: numeric offset, no Z, no fraction restriction with scope Restricted, addresses with Private
 *   references: sender,identifier,sent; there for Update, Cancel, Ack, Error; not to itself, not later than itself
 *   info: there for Alert and Update; language codes; no two languages with one text, nor with other category, severity,
 *   urgency or certainty; no markup in texts                   polygon: 4 pairs or more, closed, on the globe, not crossing itself
 *   circle: point and radius; altitude and ceiling          resource: size and digest
 */
#ifndef GATEWAY_BULLETIN_CAP_RULES_H
#define GATEWAY_BULLETIN_CAP_RULES_H

#include "gateway/bulletin/cap_xml.h"

#define CAP_INFOS_MAX 16
#define CAP_POINTS_MAX 1000 /* of all polygons together */

/* ERR_VALUE, or ERR_LONG over a limit; fault names the first rule that is broken. */
ERR_CHECKED enum err cap_rules_check(const struct cap_tree *tree, struct cap_fault *fault);

#endif
