/* show: a bulletin and a draft as people and programs see them.
 */
#ifndef GATEWAY_TOOLS_SHOW_H
#define GATEWAY_TOOLS_SHOW_H

#include "gateway/bulletin/quorum.h"
#include "gateway/messages/messages.h"
#include "gateway/tools/output.h"

/* What was found in sealed bytes or a draft's body. */
struct show {
    struct wire_sealed sealed;
    struct bulletin bulletin;
    struct quorum quorum;
    char code[SEAL_CODE_SIZE];
    enum err result; /* of quorum_accept, or ERR_QUORUM for a draft */
};

/* Takes bytes apart for people: the texts are unpacked whatever the seal says; show->result tells. roster may be NULL.
 * An error means that they cannot be read at all. The bytes must outlive show. */
ERR_CHECKED enum err show_open(struct show *show, const struct message_sealed_bytes *bytes,
    const struct roster *roster, int64_t now_s);
/* Prints all that an editor must see before signing. */
void show_print(const struct show *show, const struct roster *roster);
/* The same as json_print_bulletin makes it. */
struct document *show_output(const struct show *show, const struct roster *roster);

#endif
