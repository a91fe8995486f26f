/* server: between the HTTP library and the handlers: hygiene, routes, sessions, then the handler, then the answer's headers.
 *
 * Each request is checked in this order: its head (hygiene.h), its path and method, its session, Origin and token, its
 * body's type and size; only then is a body read. A request with a session is handled with a roster that is at most
 * SERVER_ROSTER_MS old, so that an editor who has been removed is out at once.
 */
#ifndef GATEWAY_NEWSROOM_SERVER_H
#define GATEWAY_NEWSROOM_SERVER_H

#include "gateway/newsroom/backend.h"
#include "gateway/newsroom/http.h"
#include "gateway/newsroom/metrics.h"
#include "gateway/newsroom/request.h"
#include "gateway/newsroom/response.h"
#include "gateway/newsroom/routes.h"
#include "gateway/newsroom/session.h"

#define SERVER_ROSTER_MS 1000
#define SERVER_METRICS_MS 1000
#define SERVER_TABLES_MAX 16
#define SERVER_COOKIE "__Host-dabyl"
#define SERVER_STATUS_MAX METRICS_STATUS_MAX
#define SERVER_MATCH_SIZE 80

struct events;
struct assets;

struct server {
    struct loop *loop;
    struct http *http;
    struct backend *backend;
    struct events *events;
    struct assets *assets;
    struct request_site site;
    struct hygiene_site names;
    struct sessions sessions;
    struct roster roster;           /* number 0: none */
    int64_t roster_ms;              /* when it came; clock_boot_ms */
    bool answering;                 /* the dispatcher has answered when it was last asked for it */
    struct server_request *waiting; /* for the roster, which has been asked for */
    size_t table_count;
    struct routes_table tables[SERVER_TABLES_MAX];
    bool heavy;                          /* a ROUTES_HEAVY request is under way */
    uint64_t answers[SERVER_STATUS_MAX]; /* by status */
    bool gathering;                      /* metrics */
    int64_t metrics_ms;                  /* when they were gathered */
    size_t metrics_size;
    char metrics[METRICS_TEXT_SIZE];
};

/* A request and what its answer needs. */
struct server_request {
    struct request request;
    struct server *server;
    struct http_exchange *exchange;
    struct hygiene_clean clean;
    char cookie[SESSION_SECRET_SIZE];
    char match[SERVER_MATCH_SIZE]; /* If-None-Match */
    bool heavy;
    void (*then)(struct server_request *own); /* waits for the roster */
    struct server_request *next;
    void *work;        /* the handler's own, while it waits */
    loop_handler *end; /* called with end_arg when the request is over; NULL: nothing */
    void *end_arg;
    size_t header_count;
    struct {
        const char *name;
        char value[RESPONSE_HEADER_SIZE];
    } headers[RESPONSE_HEADERS_MAX];
};

/* The server's side of a request. */
struct server_request *server_of(struct request *request);
/* What http.h is to call, with the server as arg. */
struct http_events server_events(struct server *server);
/* Adds a table of routes. */
void server_add_routes(struct server *server, const struct routes_table *table);
/* Calls then, at once or later, when the roster is at most SERVER_ROSTER_MS old; sessions of who is not in it have ended.
 * All who wait are served by one request to the dispatcher. */
void server_with_roster(struct server_request *own, void (*then)(struct server_request *own));
/* A new secret of the system's randomness; ends the process if there is none. */
void server_random(uint8_t *bytes, size_t size);
/* The client's address as a key of tables. */
struct session_address server_address(const struct request *request);

#endif
