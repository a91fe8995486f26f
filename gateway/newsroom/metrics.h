/* metrics: Prometheus' text format 0.0.4. Counts alone: no number, no text, no name of a person. Pure.
 */
#ifndef GATEWAY_NEWSROOM_METRICS_H
#define GATEWAY_NEWSROOM_METRICS_H

#include "gateway/messages/messages.h"

#define METRICS_TEXT_SIZE 16384
#define METRICS_STATUS_MAX 600

/* What is counted. */
struct metrics {
    struct message_status_site site;
    uint64_t bulletins[MESSAGE_BULLETIN_STATE_COUNT];
    uint64_t modems[MESSAGE_CONDITION_COUNT];
    uint64_t queued; /* recipients of live bulletins, by what has become of them */
    uint64_t in_flight;
    uint64_t sent;
    uint64_t delivered;
    uint64_t failed;
    uint64_t unknown;
    uint64_t skipped;
    uint64_t texts; /* parts accepted by operators */
    uint64_t again;
    uint64_t sessions;
    uint64_t watchers;
    uint64_t connections;
    const uint64_t *answers; /* by status, METRICS_STATUS_MAX of them */
};

/* Counts a row of the status. */
void metrics_add(struct metrics *metrics, const struct message *row);
/* The whole text; returns its bytes. */
size_t metrics_print(char text[METRICS_TEXT_SIZE], const struct metrics *metrics);

#endif
