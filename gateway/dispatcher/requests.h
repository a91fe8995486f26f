/* requests: what each request of the control socket does, in one table.
 */
#ifndef GATEWAY_DISPATCHER_REQUESTS_H
#define GATEWAY_DISPATCHER_REQUESTS_H

#include "gateway/dispatcher/peers.h"
#include "gateway/dispatcher/site.h"

/* Fills in the reply, or gives an error and one line for people. */
typedef enum err requests_handler(struct site *site, struct message *reply,
    char why[MESSAGES_DETAIL_SIZE], const struct message *request);
/* The next message of a list after *at, which moves on; ERR_MISSING at the end. */
typedef enum err requests_lister(
    struct site *site, struct peers *peers, struct message *message, int64_t *at, uint64_t id);

/* Who may ask: the newsroom's process gets nothing by which a phone's number or a key could leave, or a text be sent. */
enum requests_who {
    REQUESTS_CONTROL, /* clients of the control socket alone */
    REQUESTS_ALL      /* the newsroom too */
};

struct requests_entry {
    enum message_type type;
    enum requests_who who;
    bool takes_in;            /* refused while the disk is full */
    requests_handler *handle; /* one of the two */
    requests_lister *list;
};

/* NULL for what is no request. */
const struct requests_entry *requests_find(enum message_type type);
/* Whether the newsroom's process may ask for this. */
bool requests_permits(const struct requests_entry *entry, const struct message *request);

#endif
