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

static void answer(struct request *request)
{
    const struct server *server = server_of(request)->server;
    response_bytes(request, 200, "text/plain; version=0.0.4; charset=utf-8", server->metrics,
        server->metrics_size);
}

static void keep(struct server *server, struct metrics *metrics)
{
    metrics->sessions = session_count(&server->sessions, clock_wall_s());
    metrics->watchers = events_watchers(server->events);
    metrics->connections = http_connections(server->http);
    metrics->answers = server->answers;
    server->metrics_size = metrics_print(server->metrics, metrics);
    server->metrics_ms = clock_boot_ms();
}

static void on_status(void *arg, const struct message *reply, bool last)
{
    struct gather *gather = arg;
    struct server *server = server_of(gather->request)->server;
    metrics_add(&gather->metrics, reply);
    if (!last)
        return;
    server->gathering = false;
    if (reply->type == MESSAGE_REFUSED) {
        response_refused(gather->request, &reply->as.refused);
    } else {
        keep(server, &gather->metrics);
        answer(gather->request);
    }
    free(gather);
}

/* Whoever asks how often: the dispatcher is asked once in a while. */
static void get_metrics(struct request *request)
{
    struct server *server = server_of(request)->server;
    const struct message ask = {.type = MESSAGE_STATUS_GET, .fd = -1};
    bool fresh =
        server->metrics_size > 0 && clock_boot_ms() - server->metrics_ms < SERVER_METRICS_MS;
    if (fresh) {
        answer(request);
        return;
    }
    if (server->gathering) {
        response_error(request, ERR_BUSY, "they are being gathered; try again");
        return;
    }
    struct gather *gather = calloc(1, sizeof *gather);
    if (gather == NULL)
        log_fatal("no_memory");
    gather->request = request;
    server->gathering = true;
    backend_ask(request->backend, &ask, on_status, gather);
}

static void answer_health(struct server_request *own)
{
    static const char well[] = "ok\n";
    if (own->server->answering)
        response_static(&own->request, 200, "text/plain", well, sizeof well - 1);
    else
        response_error(&own->request, ERR_CLOSED, "the dispatcher does not answer");
}

/* Well is whose dispatcher answers. */
static void get_health(struct request *request)
{
    server_with_roster(server_of(request), answer_health);
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
