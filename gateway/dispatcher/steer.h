/* steer: what a modem may be given: by its breaker, its budgets and what an operator has told it; and how long all modems
 * together need.
 */
#ifndef GATEWAY_DISPATCHER_STEER_H
#define GATEWAY_DISPATCHER_STEER_H

#include "gateway/dispatcher/peers.h"

/* A modem has appeared, its name and id are filled in: what is on disk about it is read. */
void steer_load(struct peer *peer);
/* It says which SIM it has: that one's budget counts. */
void steer_set_sim(struct peer *peer, const struct message_modem_hello *hello);
/* What it may be given now: of enum delivery_want, 0 nothing. */
unsigned steer_want(struct peer *peer);
/* A part was given to it; was sent; failed, of a delivery that had failed so often before. */
void steer_given(struct peer *peer);
void steer_sent(struct peer *peer);
void steer_failed(struct peer *peer, const struct message_part_failed *failed, unsigned before);
/* Something urgent was accepted: who is set aside because of the network tries at once. */
void steer_wake(struct peers *peers);
/* The modem says how it is, before peer->state has it: back in the network, or with more credit than before, it is tried at
 * once. */
void steer_heard(struct peer *peer, const struct message_modem_state *now);
/* Once a second: who was held back by time may have work again; test texts that no modem took end. */
void steer_tick(struct peers *peers);

/* Minutes until so many parts are sent at the modems' pace and within their budgets; MESSAGES_MINUTES_NEVER. */
uint32_t steer_minutes(struct peers *peers, uint64_t parts);
void steer_print(struct peer *peer, struct message_status_modem *status);

/* MESSAGE_MODEM_CONTROL: pause, resume, drain, test. */
ERR_CHECKED enum err steer_control(struct site *site, struct message *reply,
    char why[MESSAGES_DETAIL_SIZE], const struct message *request);

#endif
