/* hearsay: the rumour desk. What is being looked into, and what CHECK with words answers: fixed phrases that say that it is being
 * looked into, or name an accepted bulletin and its headline. So nothing that no editors have signed is ever said to anybody.
 */
#ifndef GATEWAY_DISPATCHER_HEARSAY_H
#define GATEWAY_DISPATCHER_HEARSAY_H

#include "gateway/dispatcher/answers.h"

/* CHECK with words: talk->command.text. Counts what is asked about. */
void hearsay_answer(struct answers_talk *talk);

/* MESSAGE_RUMOUR_PUT. ERR_VALUE: no words, no such status, or no such bulletin that holds; ERR_TEXT, ERR_ROSTER, ERR_MISSING,
 * ERR_FULL. */
ERR_CHECKED enum err hearsay_put(struct site *site, struct message *reply,
    char why[MESSAGES_DETAIL_SIZE], const struct message *request);
/* Requests_listers: rumours, and what people ask about, the most frequent first. */
ERR_CHECKED enum err hearsay_list(
    struct site *site, struct peers *peers, struct message *message, int64_t *at, uint64_t id);
ERR_CHECKED enum err hearsay_list_asked(
    struct site *site, struct peers *peers, struct message *message, int64_t *at, uint64_t id);

#endif
