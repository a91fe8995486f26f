/* peers: the modems and the radio: their sockets, how they are, and what each of their messages does.
 */
#ifndef GATEWAY_DISPATCHER_PEERS_H
#define GATEWAY_DISPATCHER_PEERS_H

#include "gateway/base/loop.h"
#include "gateway/dispatcher/breaker.h"
#include "gateway/dispatcher/budget.h"
#include "gateway/dispatcher/outgoing.h"
#include "gateway/dispatcher/site.h"

#define PEERS_MAX (CONF_MODEMS_MAX + CONF_SMPP_MAX + 1)
#define PEERS_AIR_MAX 64 /* programmes asked for and not yet answered */

struct peers;

struct peer {
    struct peers *peers;
    bool connected;
    uint8_t role; /* enum message_role */
    uint16_t index;
    char name[MESSAGES_NAME_SIZE];
    struct outgoing outgoing;
    int64_t modem;  /* of a modem: its id in the store */
    unsigned parts; /* of a modem: how many it can hold */
    unsigned pulls; /* it has room for so many more, and waits for them */
    bool fresh;     /* a pull has not been looked at */
    bool told;      /* has said how it is */
    struct message_modem_state state;
    char imei[MESSAGES_NAME_SIZE];
    struct breaker breaker; /* outlives the process at the other end */
    int64_t sim;            /* of a modem: the SIM in it, whose budget it is */
    struct budget budget;
    uint8_t hold;     /* enum message_hold */
    bool limited;     /* breaker or budget held it back when it was last looked at */
    int64_t given_ms; /* when it was last given a part, when it last sent one */
    int64_t sent_ms;
    uint32_t part_ms; /* that a part takes; 0 not yet known */
};

struct peers {
    struct site *site;
    struct loop *loop;
    loop_handler *round; /* called when messages pile up: ends the round at once */
    void *round_arg;
    unsigned handled; /* messages since the round began */
    unsigned count;
    struct peer list[PEERS_MAX];
    unsigned air_count;
    struct message_on_air on_air;     /* what the radio said last */
    struct trust_moment told;         /* what the radio knows of the time; wall_s 0: nothing */
    uint32_t air_keys[PEERS_AIR_MAX]; /* what the radio has been asked to render, oldest first */
    struct message_quiet quiet; /* what the radio was told last; number UINT32_MAX: nothing yet */
};

/* A role has been started: takes fd. The same role and index replace the one before. */
void peers_add(struct peers *peers, const struct message_peer *who, int fd);
void peers_close(struct peers *peers);
/* Gives parts to modems that wait. Returns true if there is more to walk through. */
bool peers_serve(struct peers *peers);
/* Has a bulletin rendered for the air; it is asked for again when the radio comes back. */
void peers_air(struct peers *peers, uint32_t key);
/* Tells the radio what there is to say where nothing is in force, if that has changed. */
void peers_tell_quiet(struct peers *peers);
/* Sends what is queued; then forgets whose socket has ended. */
void peers_flush(struct peers *peers);
/* Queues a message for the radio; false if there is none. */
bool peers_tell_radio(struct peers *peers, const struct message *message);
bool peers_has_radio(const struct peers *peers);
/* MESSAGE_STATUS_MODEM of the nth modem; false if there is none. */
bool peers_print_modem(struct peers *peers, struct message *message, unsigned n);

#endif
