/* people: requests of the control socket about subscribers.
 */
#ifndef GATEWAY_DISPATCHER_PEOPLE_H
#define GATEWAY_DISPATCHER_PEOPLE_H

#include "gateway/dispatcher/site.h"

/* Adds or changes one; who has stopped stays stopped until the person texts START again. reply is OK: 1 new, 0 changed. */
ERR_CHECKED enum err people_put(struct site *site, struct message *reply,
    char why[MESSAGES_DETAIL_SIZE], const struct message *request);
/* MESSAGE_SUBSCRIBER: the first over *after, which moves on. ERR_MISSING at the end. */
ERR_CHECKED enum err people_print_next(struct site *site, struct message *message, int64_t *after);

/* MESSAGE_EXPORT_NEXT: the number in clear. The first of them (id 0) is audited; ERR_STATE for one that does not follow the
 * last. */
ERR_CHECKED enum err people_export_next(struct site *site, struct message *reply,
    char why[MESSAGES_DETAIL_SIZE], const struct message *request);

#define PEOPLE_COUNTS_MAX (BULLETIN_LANGUAGE_COUNT * 2 * 21)
/* Whether a subscriber gets drills. ERR_MISSING, or what number_parse_mobile says. */
ERR_CHECKED enum err people_put_tester(struct site *site, struct message *reply,
    char why[MESSAGES_DETAIL_SIZE], const struct message *request);
/* How many there are by language, letters and region, each a MESSAGE_COUNT; who chose several regions counts in each.
 * Returns how many messages. */
unsigned people_print_counts(struct site *site, struct message_count counts[PEOPLE_COUNTS_MAX]);

#endif
