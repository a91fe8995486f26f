/* cap_export: a sealed bulletin as a CAP 1.2 message, and several as an Atom feed (RFC 4287). Pure.
 *
 * The sealed bytes travel in a parameter (CAP_SEALED_PARAMETER, base64, in the first info): they alone prove who says it; all
 * else is for readers of CAP.
 *
 *   sender      "dabyl-" and the newsroom key's fingerprint
 *   identifier  the fingerprint, "-" and the number; for a retraction "-retract" behind it
 *   msgType     Alert; Update for update and all-clear; Cancel for retract. status Exercise for a drill
 *   references  of what follows another: its sender, identifier and sent time
 *   info        one for each language; codes as they are; area: names, and each region's code as geocode ISO3166-2
 */
#ifndef GATEWAY_BULLETIN_CAP_EXPORT_H
#define GATEWAY_BULLETIN_CAP_EXPORT_H

#include "gateway/bulletin/bulletin.h"

#include <stddef.h>
#include <stdint.h>

#define CAP_EXPORT_SIZE 65536 /* bytes of any bulletin's message, with its NUL */

struct cap_export {
    const struct bulletin *bulletin;
    const char *sender;      /* who speaks, as subscribers know it */
    const char *fingerprint; /* of the newsroom's key */
    const char *code;        /* check code */
    const uint8_t *sealed;
    size_t sealed_size;
    int64_t follows_sent_s; /* when what an update or all-clear follows was sent; else unused */
};

/* Writes a terminated message; returns in *used its bytes without the NUL. ERR_LONG if it does not fit, ERR_MISSING without
 * follows_sent_s where it is needed, ERR_VALUE for a roster. */
ERR_CHECKED enum err cap_export(
    char *xml, size_t *used, size_t size, const struct cap_export *request);

/* A feed as it grows: begin, an entry for each bulletin, the newest first, end. */
struct cap_feed {
    char *xml;
    size_t used;
    size_t size;
    enum err err; /* ERR_LONG sticks once something did not fit */
};

/* updated_s: of the newest bulletin; origin: "https://host:port", from which links lead. */
void cap_feed_begin(struct cap_feed *feed, char *xml, size_t size, const struct cap_export *newest,
    const char *origin);
/* Its title is the headline in the first language that it has, Russian first. */
void cap_feed_add(struct cap_feed *feed, const struct cap_export *request, const char *origin);
ERR_CHECKED enum err cap_feed_end(struct cap_feed *feed);

#endif
