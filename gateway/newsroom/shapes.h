/* shapes: what the dispatcher tells as JSON objects, one function for each kind; README.md shows them. Pure.
 *
 * Times are seconds since 1970-01-01Z, bytes base64. What is not known, has no limit or never ends is null.
 */
#ifndef GATEWAY_NEWSROOM_SHAPES_H
#define GATEWAY_NEWSROOM_SHAPES_H

#include "gateway/base/document.h"
#include "gateway/bulletin/roster.h"
#include "gateway/messages/messages.h"

/* The caller owns what comes back. */
struct document *shapes_new_site(const struct message_status_site *site);
struct document *shapes_new_modem(const struct message_status_modem *modem);
struct document *shapes_new_bulletin(const struct message_status_bulletin *bulletin);
struct document *shapes_new_roster(
    const struct roster *roster, const struct message_sealed_bytes *sealed);
struct document *shapes_new_draft(const struct message_draft *draft);
struct document *shapes_new_sketch(const struct message_sketch *sketch);
struct document *shapes_new_audience(const struct message_audience *audience);
struct document *shapes_new_outcome(const struct message_outcome *outcome);
struct document *shapes_new_count(const struct message_count *count);
struct document *shapes_new_tip(const struct message_tip *tip);
struct document *shapes_new_rumour(const struct message_rumour *rumour);
struct document *shapes_new_asked(const struct message_asked *asked);
struct document *shapes_new_audit(const struct message_audit *audit);
struct document *shapes_new_airing(const struct message_aired *aired);
struct document *shapes_new_doubt(const struct message_doubt *doubt);
/* Codes of a mask: ["KZ-71", "KZ-75"]. */
struct document *shapes_new_regions(uint32_t regions);
/* ["KZ-75"] to a mask. ERR_FORMAT or ERR_VALUE for what is no list, empty, or holds an unknown code. */
ERR_CHECKED enum err shapes_read_regions(uint32_t *regions, const struct document *list);

#endif
