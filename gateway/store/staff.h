/* staff: the roster, drafts and the approvals of drafts.
 */
#ifndef GATEWAY_STORE_STAFF_H
#define GATEWAY_STORE_STAFF_H

#include "gateway/bulletin/wire.h"
#include "gateway/messages/messages.h"
#include "gateway/store/store.h"

struct staff_draft {
    int64_t id;
    enum message_draft_state state;
    uint32_t number; /* 0 until it is stamped */
    int64_t created_s;
    int64_t first_s; /* of the first approval; 0 none */
    size_t body_size;
    uint8_t body[WIRE_BODY_MAX];
};

void staff_put_roster(
    struct store *store, uint32_t number, const struct message_sealed_bytes *sealed, int64_t now_s);
/* The newest; ERR_MISSING if there is none. */
ERR_CHECKED enum err staff_get_roster(struct store *store, struct message_sealed_bytes *sealed);

/* Fills in the id. */
void staff_add_draft(struct store *store, struct staff_draft *draft);
ERR_CHECKED enum err staff_get_draft(struct store *store, struct staff_draft *draft, int64_t id);
void staff_save_draft(struct store *store, const struct staff_draft *draft);
/* Forgets it and its approvals; its number is free again, so that no number is missing. */
void staff_remove_draft(struct store *store, int64_t id);
/* The id of the first unsent draft over after; 0 if none. */
int64_t staff_find_draft(struct store *store, int64_t after);
/* The id of an unsent draft that has this number; 0 if none. */
int64_t staff_find_number(struct store *store, uint32_t number);
/* The id of a draft whose first approval came at or before before_s and has not been joined; 0 if none. */
int64_t staff_find_lapsed(struct store *store, int64_t before_s);
/* The highest number that any draft was stamped with. */
uint32_t staff_highest(struct store *store);

void staff_add_approval(
    struct store *store, int64_t draft, const struct wire_approval *approval, int64_t now_s);
/* In the order in which they came; returns how many. */
unsigned staff_list_approvals(
    struct store *store, struct wire_approval list[WIRE_APPROVALS_MAX], int64_t draft);
void staff_clear_approvals(struct store *store, int64_t draft);

#endif
