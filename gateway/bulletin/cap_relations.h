/* cap_relations: the rules of cap_rules.h that concern more than one element of a CAP message. Pure.
 */
#ifndef GATEWAY_BULLETIN_CAP_RELATIONS_H
#define GATEWAY_BULLETIN_CAP_RELATIONS_H

#include "gateway/bulletin/cap_xml.h"

/* For a message whose elements each are right. ERR_VALUE; fault says which rule is broken. */
ERR_CHECKED enum err cap_relations_check(const struct cap_tree *tree, struct cap_fault *fault);

#endif
