/* routes: which method and path is answered by which handler, and what is wanted of the request before it is called.
 *
 * A handler gets a whole, checked request (request.h) and answers it exactly once (response.h), in its call or later: most
 * ask the dispatcher (backend.h) and answer in the reply. Handlers never block. The order is always
 *
 *   parse the body -> backend_ask(...) -> the reply builds a document -> response_json(...)
 *
 * Before a handler is called: the path fits its pattern, the session is there and its editor still in the roster
 * (ROUTES_SESSION), the Origin and X-Dabyl-Token are right (every method but GET), the body is of one of the route's types
 * and not over its maximum. The routes of signing in, events, metrics and the page are the server's own (sign_in.c,
 * events.c, metrics.c, assets.c); all others are in the tables of api_*.c, which api.c lists.
 */
#ifndef GATEWAY_NEWSROOM_ROUTES_H
#define GATEWAY_NEWSROOM_ROUTES_H

#include "gateway/newsroom/request.h"

#include <stddef.h>

#define ROUTES_PATH_SIZE 256  /* bytes of a path as it is compared, with its NUL */
#define ROUTES_QUERY_SIZE 256 /* bytes of a query, with its NUL */

#define ROUTES_SESSION 0x1u /* only for an editor who has signed in */
#define ROUTES_FILE 0x8u    /* a body for a file, request->file: too large for the memory */
#define ROUTES_ROSTER 0x4u  /* for anybody, and looks at the roster: a fresh one is fetched first */
#define ROUTES_HEAVY 0x2u /* works long or in a child: only one such request at a time, else 503 */

enum routes_method { ROUTES_GET, ROUTES_POST, ROUTES_PUT, ROUTES_DELETE, ROUTES_METHOD_COUNT };

struct route {
    enum routes_method method;
    const char
        *pattern; /* "/api/drafts/:id/approvals"; a part that begins with ':' is an argument */
    unsigned flags;
    size_t max_body; /* bytes; 0: a body is refused */
    const char *
        types; /* of the body, blanks between: "application/cap+xml text/xml"; NULL: application/json */
    void (*handler)(struct request *request);
};

/* A list of routes. */
struct routes_table {
    const struct route *routes;
    size_t count;
};

/* Finds the route and fills the arguments. ERR_MISSING: no such path; ERR_STATE: the path has no such method. */
ERR_CHECKED enum err routes_find(const struct route **route, struct request_arguments *arguments,
    const struct routes_table *table, enum routes_method method, const char *path);

#endif
