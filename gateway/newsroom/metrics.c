#include "gateway/newsroom/metrics.h"

#include "gateway/newsroom/server.h"

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

const struct routes_table *metrics_table(void)
{
    static const struct route routes[] = {{ROUTES_GET, "/healthz", 0, 0, NULL, get_health}};
    static const struct routes_table table = {routes, sizeof routes / sizeof routes[0]};
    return &table;
}
