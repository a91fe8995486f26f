/* store: the short messages that a SIM holds, each with what +CMGL says of it. */
#ifndef TESTS_FAKES_MODEMSIM_STORE_H
#define TESTS_FAKES_MODEMSIM_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STORE_SLOTS_MAX 255
#define STORE_PDU_MAX 512 /* hostile ones are longer than a SIM's record */

/* 3GPP TS 27.005 section 3.1, <stat> */
enum store_state { STORE_UNREAD, STORE_READ, STORE_UNSENT, STORE_SENT, STORE_FREE };

struct store_slot {
    enum store_state state;
    unsigned id; /* of the inbound text, counted by the emulator; 0 none */
    size_t length;
    size_t tpdu_octets;
    uint8_t pdu[STORE_PDU_MAX]; /* service centre first */
};

struct store {
    unsigned size;                            /* slots in use of the array, 1 to STORE_SLOTS_MAX */
    struct store_slot slots[STORE_SLOTS_MAX]; /* index 1 is slots[0] */
};

void store_init(struct store *store, unsigned size);
unsigned store_used(const struct store *store);
/* The slot of an index, or NULL when there is no such slot or it is free. */
struct store_slot *store_find(struct store *store, unsigned long index);
/* Copies into the first free slot and returns its index; 0 when full. */
unsigned store_add(struct store *store, const struct store_slot *slot);

#endif
