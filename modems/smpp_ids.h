/* smpp_ids: which of our references the centre's message ids stand for: a bounded table, in which a new id takes the place of an
 * old one when there is no room. Of an id only a hash is kept. Centres write one id in two ways, hexadecimal in the answer
 * and decimal in the receipt, or with zeros in front: those are found too, if the phone's number is the same. Pure.
 */
#ifndef MODEMS_SMPP_IDS_H
#define MODEMS_SMPP_IDS_H

#include "gateway/messages/messages.h"

#define SMPP_IDS_BUCKETS 8192
#define SMPP_IDS_PER_BUCKET 8 /* 65,536 in all: a minute of receipts at a thousand a second */

struct smpp_ids_entry {
    uint64_t hash; /* 0: free */
    uint32_t age;  /* of ids->added when it was added */
    uint16_t reference;
    char number[MESSAGES_NUMBER_SIZE];
};

/* Large: on the heap. Zeroed is empty. */
struct smpp_ids {
    uint32_t added;
    struct smpp_ids_entry entries[SMPP_IDS_BUCKETS][SMPP_IDS_PER_BUCKET];
};

/* An empty id is not added. */
void smpp_ids_add(struct smpp_ids *ids, const char *id, uint16_t reference,
    const char number[MESSAGES_NUMBER_SIZE]);
/* The entry of an id; number is the phone that the receipt names. NULL if there is none. */
const struct smpp_ids_entry *smpp_ids_find(
    const struct smpp_ids *ids, const char *id, const char *number);

#endif
