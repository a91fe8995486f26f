#include "gateway/newsroom/server.h"

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/newsroom/assets.h"
#include "gateway/newsroom/upload.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define TOKEN_HEADER "x-dabyl-token"
#define API_PREFIX "/api/"
#define JSON_TYPE "application/json"

struct server_request *server_of(struct request *request)
{
    return (struct server_request *)request;
}

void server_random(uint8_t *bytes, size_t size)
{
    if (getrandom(bytes, size, 0) != (ssize_t)size)
        log_fatal("no_randomness error=%s", strerror(errno));
}

struct session_address server_address(const struct request *request)
{
    struct session_address address = {0};
    struct in_addr four;
    if (inet_pton(AF_INET, request->address, &four) == 1) {
        address.bytes[10] = address.bytes[11] = 0xff;
        memcpy(address.bytes + 12, &four, sizeof four);
    } else {
        (void)inet_pton(AF_INET6, request->address, address.bytes);
    }
    return address;
}

static void take_roster(struct server *server, const struct message *reply)
{
    const struct message_sealed_bytes *sealed = &reply->as.sealed.sealed;
    enum err refused = reply->type == MESSAGE_REFUSED ? (enum err)reply->as.refused.result : ERR_OK;
    bool none = refused == ERR_ROSTER || refused == ERR_MISSING;
    struct roster roster;
    server->roster_ms = clock_boot_ms();
    server->answering = reply->type == MESSAGE_SEALED || none;
    if (!server->answering)
        return;
    if (!none &&
        roster_open(&roster, sealed->bytes, sealed->size, server->site.fingerprint) == ERR_OK) {
        server->roster = roster;
    } else {
        if (!none)
            log_error("roster_not_readable");
        server->roster = (struct roster){0};
    }
    unsigned ended = session_apply_roster(&server->sessions, &server->roster, clock_wall_s());
    if (ended > 0)
        log_info("sessions_ended count=%u roster=%u", ended, server->roster.number);
}

static void on_roster(void *arg, const struct message *reply, bool last)
{
    (void)last;
    struct server *server = arg;
    struct server_request *list = server->waiting;
    server->waiting = NULL;
    take_roster(server, reply);
    while (list != NULL) {
        struct server_request *next = list->next;
        list->then(list);
        list = next;
    }
}

void server_with_roster(struct server_request *own, void (*then)(struct server_request *own))
{
    struct server *server = own->server;
    const struct message ask = {.type = MESSAGE_ROSTER_GET, .fd = -1};
    if (server->roster_ms != 0 && clock_boot_ms() - server->roster_ms < SERVER_ROSTER_MS) {
        then(own);
        return;
    }
    bool asked = server->waiting != NULL;
    own->then = then;
    own->next = server->waiting;
    server->waiting = own;
    if (!asked)
        backend_ask(server->backend, &ask, on_roster, server);
}

static bool refused(struct server_request *own, struct hygiene_verdict verdict)
{
    if (verdict.status == 0)
        return false;
    response_header(&own->request, "Connection", "close");
    enum err err = verdict.status == 403 ? ERR_DENIED : ERR_FORMAT;
    response_error_status(&own->request, verdict.status, err, verdict.why);
    return true;
}

static enum routes_method method_of(const char *name)
{
    static const char *const names[] = {[ROUTES_GET] = "GET",
        [ROUTES_POST] = "POST",
        [ROUTES_PUT] = "PUT",
        [ROUTES_DELETE] = "DELETE"};
    for (size_t i = 0; i < ROUTES_METHOD_COUNT; i++)
        if (strcmp(names[i], name) == 0)
            return (enum routes_method)i;
    return ROUTES_GET; /* HEAD */
}

static const struct session *session_of(struct server_request *own)
{
    return session_find(&own->server->sessions, own->cookie, clock_wall_s());
}

static bool is_token(const struct session *session, const struct hygiene_head *head)
{
    const struct hygiene_header *header = hygiene_find(head, TOKEN_HEADER);
    char token[SESSION_SECRET_SIZE];
    if (header == NULL || header->value_size != sizeof token - 1)
        return false;
    memcpy(token, header->value, sizeof token - 1);
    token[sizeof token - 1] = '\0';
    return session_check_token(session, token);
}

/* Signed in, and for what changes something from our page: Origin and token. */
static bool check_session(struct server_request *own, const struct hygiene_head *head)
{
    const struct route *route = own->request.route;
    bool unsafe = route->method != ROUTES_GET;
    if (unsafe && refused(own, hygiene_check_origin(head, &own->clean)))
        return false;
    if ((route->flags & ROUTES_SESSION) == 0)
        return true;
    const struct session *session = session_of(own);
    if (session == NULL) {
        response_error_status(&own->request, 401, ERR_DENIED, "sign in first");
        return false;
    }
    if (unsafe && !is_token(session, head)) {
        response_error_status(
            &own->request, 403, ERR_DENIED, "the token is missing or of another session");
        return false;
    }
    return true;
}

static bool check_body(struct server_request *own, const struct hygiene_head *head)
{
    const struct route *route = own->request.route;
    uint64_t size = own->clean.body_size;
    if (size == 0)
        return true;
    if (size > route->max_body) {
        response_header(&own->request, "Connection", "close");
        response_error(&own->request, ERR_LONG, "the body is too long");
        return false;
    }
    if (refused(own, hygiene_check_type(head, route->types != NULL ? route->types : JSON_TYPE)))
        return false;
    if ((route->flags & ROUTES_FILE) != 0)
        return upload_begin(&own->request, size);
    if (http_expect_body(own->exchange, size) != ERR_OK) {
        response_error(&own->request, ERR_BUSY, "too much is being sent at a time; try again");
        return false;
    }
    return true;
}

static enum err find(struct server_request *own, enum routes_method method)
{
    struct server *server = own->server;
    enum err err = ERR_MISSING;
    for (size_t i = 0; i < server->table_count && err != ERR_OK; i++) {
        enum err found = routes_find(&own->request.route, &own->request.arguments,
            &server->tables[i], method, own->clean.path);
        if (found != ERR_MISSING)
            err = found;
    }
    if (err != ERR_MISSING || strncmp(own->clean.path, API_PREFIX, sizeof API_PREFIX - 1) == 0)
        return err;
    own->request.route = assets_find(server->assets, own->clean.path);
    if (own->request.route == NULL)
        return ERR_MISSING;
    return method == ROUTES_GET ? ERR_OK : ERR_STATE;
}

static void take_match(struct server_request *own, const struct hygiene_head *head)
{
    const struct hygiene_header *match = hygiene_find(head, "if-none-match");
    own->match[0] = '\0';
    if (match == NULL || match->value_size >= sizeof own->match)
        return;
    memcpy(own->match, match->value, match->value_size);
    own->match[match->value_size] = '\0';
}

static struct server_request *request_new(struct server *server, struct http_exchange *exchange)
{
    struct server_request *own = calloc(1, sizeof *own);
    if (own == NULL)
        log_fatal("no_memory");
    own->server = server;
    own->exchange = exchange;
    own->request.query = own->clean.query;
    own->request.origin = own->clean.origin;
    own->request.editor = REQUEST_NOBODY;
    own->request.file.fd = -1;
    own->request.address = http_address(exchange);
    own->request.backend = server->backend;
    own->request.loop = server->loop;
    own->request.site = &server->site;
    own->request.exchange = exchange;
    http_set_user(exchange, own);
    return own;
}

static void on_head(void *arg, struct http_exchange *exchange, const struct hygiene_head *head)
{
    struct server *server = arg;
    struct server_request *own = request_new(server, exchange);
    if (refused(own, hygiene_check(&own->clean, head, &server->names, http_local(exchange))))
        return;
    if (hygiene_find_cookie(own->cookie, sizeof own->cookie, head, SERVER_COOKIE) != ERR_OK)
        own->cookie[0] = '\0';
    take_match(own, head);
    enum err err = find(own, method_of(head->method));
    if (err == ERR_MISSING)
        response_error(&own->request, ERR_MISSING, "there is no such page");
    else if (err != ERR_OK)
        response_error_status(&own->request, 405, ERR_STATE, "not by this method");
    else if (check_session(own, head))
        (void)check_body(own, head);
}

static void dispatch(struct server_request *own)
{
    struct server *server = own->server;
    struct request *request = &own->request;
    const struct route *route = request->route;
    if ((route->flags & ROUTES_SESSION) != 0) {
        const struct session *session = session_of(own);
        if (session == NULL) {
            response_error_status(request, 401, ERR_DENIED, "sign in first");
            return;
        }
        request->editor = session->editor;
    }
    if ((route->flags & ROUTES_HEAVY) != 0 && server->heavy) {
        response_error(request, ERR_BUSY, "another is being worked on; try again");
        return;
    }
    own->heavy = (route->flags & ROUTES_HEAVY) != 0;
    server->heavy = server->heavy || own->heavy;
    route->handler(request);
}

static void on_whole(void *arg, struct http_exchange *exchange)
{
    (void)arg;
    struct server_request *own = http_user(exchange);
    own->request.body = http_body(exchange, &own->request.body_size);
    if ((own->request.route->flags & ROUTES_SESSION) != 0)
        server_with_roster(own, dispatch);
    else
        dispatch(own);
}

static void on_ended(void *arg, struct http_exchange *exchange)
{
    (void)arg;
    struct server_request *own = http_user(exchange);
    if (own->end != NULL)
        own->end(own->end_arg);
    upload_end(&own->request);
    free(own);
    http_set_user(exchange, NULL);
}

struct http_events server_events(struct server *server)
{
    return (struct http_events){
        .head = on_head, .whole = on_whole, .ended = on_ended, .arg = server};
}

void server_add_routes(struct server *server, const struct routes_table *table)
{
    if (server->table_count == SERVER_TABLES_MAX)
        log_fatal("too_many_routes");
    server->tables[server->table_count++] = *table;
}
