/* control: the control socket: requests of dabylctl and other clients, one after the other, each answered once what it did is
 * on disk. The newsroom's process is such a client at a socket of its own, but may ask only for what the table of requests
 * lets it: whoever has taken it over gets no phone number and sends no text.
 */
#ifndef GATEWAY_DISPATCHER_CONTROL_H
#define GATEWAY_DISPATCHER_CONTROL_H

#include "gateway/base/loop.h"
#include "gateway/dispatcher/peers.h"
#include "gateway/dispatcher/site.h"

struct control;

/* Listens on STATE/control. Ends the process if it can't. */
struct control *control_new(struct loop *loop, struct site *site, struct peers *peers);
/* Takes the newsroom's socket fd. */
void control_add_newsroom(struct control *control, int fd);
void control_free(struct control *control);
/* Goes on with lists and sends what is queued, after the commit. True if a list is to be gone on with at once. */
bool control_flush(struct control *control);

#endif
