/* events: GET /api/events: what happens, as server-sent events for everybody who watches (feed.h).
 *
 * One look at the dispatcher serves all of them: its status at most 4 times a second and only while somebody watches, the
 * lists of drafts, sketches and rumours at once when one of ours has changed and else every EVENTS_LISTS_MS. What goes out to
 * all watchers together is bounded by EVENTS_BYTES_PER_S: many watchers of a long status see it less often. A watcher who
 * does not read is cut (HTTP_STALL_MS), one whose session ends is let go.
 *
 *   event: status    data: {"site": {...}, "modems": [...], "bulletins": [...]}   as GET /api/site and /api/bulletins
 *   event: drafts    data: {"ids": [7]}, or {"ids": null}: any may have changed; so for sketches and rumours
 */
#ifndef GATEWAY_NEWSROOM_EVENTS_H
#define GATEWAY_NEWSROOM_EVENTS_H

#include "gateway/newsroom/backend.h"
#include "gateway/newsroom/routes.h"

#define EVENTS_WATCHERS_MAX 600
#define EVENTS_STATUS_MS 250
#define EVENTS_LISTS_MS 2000
#define EVENTS_BEAT_MS 15000
#define EVENTS_SESSION_MS 1000 /* how soon a watcher whose session is over is let go */
#define EVENTS_BYTES_PER_S (8 << 20)

struct events;
struct server;

/* No memory: the process ends. */
struct events *events_new(struct server *server);
/* Lets every watcher go; nothing is looked at any more. */
void events_end(struct events *events);
/* A request that may have changed something has been answered. */
void events_note(struct events *events, enum message_type type);
unsigned events_watchers(const struct events *events);
const struct routes_table *events_table(void);

#endif
