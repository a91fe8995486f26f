/* modems: each modem by its name in the configuration: who it is, how much it has sent, its last TP-MR, what an operator has told it.
 */
#ifndef GATEWAY_STORE_MODEMS_H
#define GATEWAY_STORE_MODEMS_H

#include "gateway/messages/messages.h"
#include "gateway/store/store.h"

struct modems_entry {
    int64_t id;
    char name[MESSAGES_NAME_SIZE];
    char imei[MESSAGES_NAME_SIZE];
    char imsi[MESSAGES_NAME_SIZE];
    uint8_t mr; /* the last TP-MR that the modem reported */
    uint32_t sent;
    uint32_t failed;
    uint8_t hold; /* enum message_hold */
    int64_t sim;  /* the one that was last in it (sims.h); 0 none was ever */
};

/* The modem with this name; a new one is added. */
void modems_find(struct store *store, struct modems_entry *entry, const char *name);
/* ERR_MISSING. */
ERR_CHECKED enum err modems_get(struct store *store, struct modems_entry *entry, int64_t id);
void modems_set_identity(struct store *store, const struct modems_entry *entry);
/* Adds to the counts; mr is kept as it is given. */
void modems_count(struct store *store, int64_t id, int sent, int failed, uint8_t mr);
void modems_set_hold(struct store *store, int64_t id, enum message_hold hold);
/* Which SIM is in it (sims.h). */
void modems_set_sim(struct store *store, int64_t id, int64_t sim);

#endif
