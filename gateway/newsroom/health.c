#include "gateway/newsroom/health.h"

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/newsroom/events.h"
#include "gateway/newsroom/metrics.h"
#include "gateway/newsroom/server.h"

#include <stdlib.h>

/* Counts being gathered for a request. */
struct gather {
    struct request *request;
    struct metrics metrics;
};

static void answer(struct gather *gather)
{
    const struct server *server = server_of(gather->request)->server;
    struct metrics *metrics = &gather->metrics;
    char *text = malloc(METRICS_TEXT_SIZE);
    if (text == NULL)
        log_fatal("no_memory");
    metrics->sessions = session_count(&server->sessions, clock_wall_s());
    metrics->watchers = events_watchers(server->events);
    metrics->connections = http_connections(server->http);
    metrics->answers = server->answers;
    response_take(gather->request, 200, "text/plain; version=0.0.4; charset=utf-8", text,
        metrics_print(text, metrics));
}

static void on_status(void *arg, const struct message *reply, bool last)
{
    struct gather *gather = arg;
    metrics_add(&gather->metrics, reply);
    if (!last)
        return;
    if (reply->type == MESSAGE_REFUSED)
        response_refused(gather->request, &reply->as.refused);
    else
        answer(gather);
    free(gather);
}

static void get_metrics(struct request *request)
{
    const struct message ask = {.type = MESSAGE_STATUS_GET, .fd = -1};
    struct gather *gather = calloc(1, sizeof *gather);
    if (gather == NULL)
        log_fatal("no_memory");
    gather->request = request;
    backend_ask(request->backend, &ask, on_status, gather);
}

static void on_health(void *arg, const struct message *reply, bool last)
{
    (void)last;
    static const char well[] = "ok\n";
    struct request *request = arg;
    server_take_roster(server_of(request)->server, reply);
    if (reply->type == MESSAGE_SEALED || reply->as.refused.result == ERR_ROSTER ||
        reply->as.refused.result == ERR_MISSING)
        response_static(request, 200, "text/plain", well, sizeof well - 1);
    else
        response_refused(request, &reply->as.refused);
}

/* Well is whose dispatcher answers. */
static void get_health(struct request *request)
{
    const struct message ask = {.type = MESSAGE_ROSTER_GET, .fd = -1};
    backend_ask(request->backend, &ask, on_health, request);
}

const struct routes_table *health_table(void)
{
    static const struct route routes[] = {
        {ROUTES_GET, "/healthz", 0, 0, NULL, get_health},
        {ROUTES_GET, "/metrics", 0, 0, NULL, get_metrics},
    };
    static const struct routes_table table = {routes, sizeof routes / sizeof routes[0]};
    return &table;
}
