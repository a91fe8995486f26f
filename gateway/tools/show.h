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

/* How many listeners reported how well they heard a bulletin, by level. */
uint32_t show_count_heard(const uint32_t heard[MESSAGES_HEARD]);
/* "heard by 7: 1 x0, 2 x0, 3 x2, 4 x4, 5 x1, mean 3.9", a line. */
void show_print_heard(const uint32_t heard[MESSAGES_HEARD]);
/* "heard": how many; "heard_levels": by level; "heard_mean": in tenths, 0 if nobody. */
void show_set_heard(struct document *object, const uint32_t heard[MESSAGES_HEARD]);

/* What a transmitter does, a line: "transmitter keyed, bulletin 41, 7105.0 kHz, since 2026-11-24T12:00:00Z, next ..."; nothing
 * where there is none. */
void show_print_on_air(const struct message_on_air *on_air, int64_t now_s);
/* "on_air": the same. */
void show_set_on_air(struct document *object, const struct message_on_air *on_air, int64_t now_s);

#endif
