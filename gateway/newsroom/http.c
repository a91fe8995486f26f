#include "gateway/newsroom/http.h"

#include "gateway/base/clock.h"
#include "gateway/base/log.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define TICK_MS 1000
#define STREAM_BLOCK_BYTES 1024
#define NEVER_MS INT64_MAX
#define PRIORITIES "SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:%SERVER_PRECEDENCE"

/* One socket, for as long as it lives. */
struct line {
    struct line *next;
    struct line **before; /* what points to it */
    int fd;
    int64_t deadline_ms;
    char address[HTTP_ADDRESS_SIZE];
    char local[HTTP_ADDRESS_SIZE];
};

enum stage { STAGE_HEAD, STAGE_BODY, STAGE_WHOLE };

struct http_exchange {
    struct http *http;
    struct MHD_Connection *connection;
    struct line *line;
    enum stage stage;
    bool suspended;

    char *target;
    uint8_t *body;
    struct http_sink sink; /* where there is no body: it goes there */
    size_t body_used;
    size_t body_size;
    unsigned status;
    struct MHD_Response *response;
    struct http_stream stream;
    void *user;
};

struct http {
    struct loop *loop;
    struct MHD_Daemon *daemon;
    struct http_events events;
    struct loop_source *source;
    struct loop_source *timer; /* the library's own */
    struct loop_source *tick;
    struct line *lines;
    uint64_t bodies_bytes;
    unsigned connections;
};

static void *must_have(void *memory)
{
    if (memory == NULL)
        log_fatal("no_memory");
    return memory;
}

/* IPv4 that came through an IPv6 socket is shown as IPv4. */
static void print_address(char text[HTTP_ADDRESS_SIZE], const struct sockaddr_storage *address)
{
    text[0] = '\0';
    if (address->ss_family == AF_INET) {
        const struct sockaddr_in *four = (const struct sockaddr_in *)address;
        (void)inet_ntop(AF_INET, &four->sin_addr, text, HTTP_ADDRESS_SIZE);
    } else if (address->ss_family == AF_INET6) {
        const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)address;
        if (IN6_IS_ADDR_V4MAPPED(&six->sin6_addr))
            (void)inet_ntop(AF_INET, &six->sin6_addr.s6_addr[12], text, HTTP_ADDRESS_SIZE);
        else
            (void)inet_ntop(AF_INET6, &six->sin6_addr, text, HTTP_ADDRESS_SIZE);
    }
}

static void allow(struct line *line, int64_t more_ms)
{
    line->deadline_ms = more_ms == NEVER_MS ? NEVER_MS : clock_boot_ms() + more_ms;
}

static int socket_of(struct MHD_Connection *connection)
{
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
}

static struct line *line_of(struct MHD_Connection *connection)
{
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

static void line_begin(struct http *http, struct MHD_Connection *connection, void **context)
{
    struct line *line = must_have(calloc(1, sizeof *line));
    struct sockaddr_storage address = {0};
    socklen_t size = sizeof address;
    line->fd = socket_of(connection);
    if (getpeername(line->fd, (struct sockaddr *)&address, &size) == 0)
        print_address(line->address, &address);
    int send_bytes = HTTP_SEND_BYTES;
    (void)setsockopt(line->fd, SOL_SOCKET, SO_SNDBUF, &send_bytes, sizeof send_bytes);
    size = sizeof address;
    if (getsockname(line->fd, (struct sockaddr *)&address, &size) == 0)
        print_address(line->local, &address);
    allow(line, HTTP_HEAD_MS);
    line->next = http->lines;
    line->before = &http->lines;
    if (line->next != NULL)
        line->next->before = &line->next;
    http->lines = line;
    http->connections++;
    *context = line;
}

static void on_connection(void *arg, struct MHD_Connection *connection, void **context,
    enum MHD_ConnectionNotificationCode what)
{
    struct http *http = arg;
    struct line *line = *context;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        line_begin(http, connection, context);
        return;
    }
    *line->before = line->next;
    if (line->next != NULL)
        line->next->before = line->before;
    http->connections--;
    free(line);
    *context = NULL;
}

/* The library closes a connection whose client is silent, but not one that speaks a byte now and then. */
static void cut_slow(struct http *http)
{
    int64_t now_ms = clock_boot_ms();
    for (struct line *line = http->lines; line != NULL; line = line->next)
        if (line->deadline_ms <= now_ms) {
            (void)shutdown(line->fd, SHUT_RDWR);
            line->deadline_ms = NEVER_MS;
        }
}

static void plan(struct http *http)
{
    MHD_UNSIGNED_LONG_LONG wait_ms;
    if (MHD_get_timeout(http->daemon, &wait_ms) == MHD_YES)
        loop_set_timer(http->timer, (int64_t)wait_ms);
    else
        loop_stop_timer(http->timer);
}

static void run(struct http *http)
{
    if (MHD_run(http->daemon) != MHD_YES)
        log_error("http_failed call=MHD_run");
    plan(http);
}

static void on_ready(void *arg, int fd, unsigned events)
{
    (void)fd;
    (void)events;
    run(arg);
}

static void on_timer(void *arg)
{
    run(arg);
}

static void on_tick(void *arg)
{
    struct http *http = arg;
    cut_slow(http);
    loop_set_timer(http->tick, TICK_MS);
}

static void *on_target(void *arg, const char *target, struct MHD_Connection *connection)
{
    struct http_exchange *exchange = must_have(calloc(1, sizeof *exchange));
    exchange->http = arg;
    exchange->connection = connection;
    exchange->line = line_of(connection);
    exchange->target = must_have(strndup(target, HYGIENE_TARGET_MAX + 1));
    allow(exchange->line, HTTP_HEAD_MS);
    return exchange;
}

// NOLINTNEXTLINE(readability-function-size): the library's type
static enum MHD_Result take_header(void *arg, enum MHD_ValueKind kind, const char *name,
    size_t name_size, const char *value, size_t value_size)
{
    (void)kind;
    struct hygiene_head *head = arg;
    if (head->header_count < HYGIENE_HEADERS_MAX)
        head->headers[head->header_count] = (struct hygiene_header){
            name, name_size, value != NULL ? value : "", value != NULL ? value_size : 0};
    head->header_count++;
    return MHD_YES;
}

static enum MHD_Result queue(struct http_exchange *exchange)
{
    exchange->stage = STAGE_WHOLE;
    enum MHD_Result result =
        MHD_queue_response(exchange->connection, exchange->status, exchange->response);
    MHD_destroy_response(exchange->response);
    exchange->response = NULL;
    return result;
}

/* The reader of a stream suspends its connection itself. */
static void suspend(struct http_exchange *exchange)
{
    allow(exchange->line, NEVER_MS);
    exchange->suspended = true;
    MHD_suspend_connection(exchange->connection);
}

static enum MHD_Result begin(
    struct http_exchange *exchange, const char *method, const char *version)
{
    struct hygiene_head head = {.method = method, .version = version, .target = exchange->target};
    (void)MHD_get_connection_values_n(exchange->connection, MHD_HEADER_KIND, take_header, &head);
    exchange->stage = STAGE_BODY;
    allow(exchange->line, HTTP_BODY_MS);
    exchange->http->events.head(exchange->http->events.arg, exchange, &head);
    return exchange->response != NULL ? queue(exchange) : MHD_YES;
}

static enum MHD_Result collect(struct http_exchange *exchange, const char *bytes, size_t *size)
{
    if (*size > exchange->body_size - exchange->body_used)
        return MHD_NO;
    if (exchange->body != NULL)
        memcpy(exchange->body + exchange->body_used, bytes, *size);
    else if (!exchange->sink.take(exchange->sink.arg, bytes, *size))
        return MHD_NO;
    exchange->body_used += *size;
    *size = 0;
    return MHD_YES;
}

static enum MHD_Result whole(struct http_exchange *exchange)
{
    if (exchange->body_used != exchange->body_size)
        return MHD_NO;
    exchange->stage = STAGE_WHOLE;
    exchange->http->events.whole(exchange->http->events.arg, exchange);
    if (exchange->response != NULL)
        return queue(exchange);
    suspend(exchange);
    return MHD_YES;
}

// NOLINTNEXTLINE(readability-function-size): the library's type
static enum MHD_Result on_access(void *arg, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *bytes, size_t *size, void **context)
{
    (void)arg;
    (void)connection;
    (void)url;
    struct http_exchange *exchange = *context;
    if (exchange->stage == STAGE_HEAD)
        return begin(exchange, method, version);
    if (exchange->stage == STAGE_BODY && *size > 0)
        return collect(exchange, bytes, size);
    if (exchange->stage == STAGE_BODY)
        return whole(exchange);
    return exchange->response != NULL ? queue(exchange) : MHD_NO;
}

static void on_completed(void *arg, struct MHD_Connection *connection, void **context,
    enum MHD_RequestTerminationCode how)
{
    (void)connection;
    (void)how;
    struct http *http = arg;
    struct http_exchange *exchange = *context;
    if (exchange == NULL)
        return;
    if (exchange->stage != STAGE_HEAD) /* else the library has refused it by itself */
        http->events.ended(http->events.arg, exchange);
    allow(exchange->line, HTTP_IDLE_MS);
    if (exchange->body != NULL)
        http->bodies_bytes -= exchange->body_size;
    if (exchange->response != NULL)
        MHD_destroy_response(exchange->response);
    free(exchange->body);
    free(exchange->target);
    free(exchange);
    *context = NULL;
}

static ssize_t read_stream(void *arg, uint64_t at, char *bytes, size_t room)
{
    (void)at;
    struct http_exchange *exchange = arg;
    ssize_t got = exchange->stream.read(exchange->stream.arg, bytes, room);
    if (got < 0)
        return MHD_CONTENT_READER_END_OF_STREAM;
    if (got == 0)
        suspend(exchange);
    else
        allow(exchange->line, HTTP_STALL_MS);
    return got;
}

static struct MHD_Response *make_body(
    struct http_exchange *exchange, const struct http_answer *answer)
{
    static const char nothing[] = "";
    const union {
        const void *from;
        void *to; /* the library's type; it does not write there */
    } bytes = {.from = answer->bytes != NULL ? answer->bytes : nothing};
    switch (answer->kind) {
    case HTTP_BODY_FILE:
        return MHD_create_response_from_fd64(answer->size, answer->fd);
    case HTTP_BODY_STREAM:
        exchange->stream = answer->stream;
        return MHD_create_response_from_callback(
            MHD_SIZE_UNKNOWN, STREAM_BLOCK_BYTES, read_stream, exchange, NULL);
    case HTTP_BODY_TAKEN:
        if (answer->bytes != NULL)
            return MHD_create_response_from_buffer(
                (size_t)answer->size, bytes.to, MHD_RESPMEM_MUST_FREE);
        break;
    case HTTP_BODY_STATIC:
        break;
    }
    return MHD_create_response_from_buffer((size_t)answer->size, bytes.to, MHD_RESPMEM_PERSISTENT);
}

void http_answer(struct http_exchange *exchange, const struct http_answer *answer)
{
    if (exchange->response != NULL)
        log_fatal("answered_twice target=%s", exchange->target);
    exchange->response = must_have(make_body(exchange, answer));
    exchange->status = answer->status;
    for (size_t i = 0; i < answer->header_count; i++)
        if (MHD_add_response_header(
                exchange->response, answer->headers[i].name, answer->headers[i].value) != MHD_YES)
            log_fatal("header_refused name=%s", answer->headers[i].name);
    int64_t pieces = (int64_t)(answer->size / HTTP_ANSWER_BYTES) + 1;
    allow(exchange->line, pieces * HTTP_ANSWER_MS);
    if (exchange->suspended)
        http_wake(exchange);
}

void http_wake(struct http_exchange *exchange)
{
    if (!exchange->suspended)
        return;
    exchange->suspended = false;
    if (exchange->line->deadline_ms == NEVER_MS)
        allow(exchange->line, HTTP_STALL_MS);
    MHD_resume_connection(exchange->connection);
    loop_set_timer(exchange->http->timer, 0);
}

enum err http_expect_body(struct http_exchange *exchange, uint64_t size)
{
    struct http *http = exchange->http;
    if (size > HTTP_BODIES_MAX_BYTES || http->bodies_bytes > HTTP_BODIES_MAX_BYTES - size)
        return ERR_FULL;
    if (size == 0)
        return ERR_OK;
    exchange->body = must_have(malloc((size_t)size));
    exchange->body_size = (size_t)size;
    allow(exchange->line, (int64_t)(size / HTTP_BODY_BYTES + 1) * HTTP_BODY_MS);
    http->bodies_bytes += size;
    return ERR_OK;
}

void http_expect_stream(struct http_exchange *exchange, uint64_t size, const struct http_sink *sink)
{
    exchange->sink = *sink;
    exchange->body_size = (size_t)size;
}

const uint8_t *http_body(const struct http_exchange *exchange, size_t *size)
{
    *size = exchange->body != NULL ? exchange->body_used : 0;
    return exchange->body;
}

void http_set_user(struct http_exchange *exchange, void *user)
{
    exchange->user = user;
}

void *http_user(const struct http_exchange *exchange)
{
    return exchange->user;
}

const char *http_address(const struct http_exchange *exchange)
{
    return exchange->line->address;
}

const char *http_local(const struct http_exchange *exchange)
{
    return exchange->line->local;
}

unsigned http_connections(const struct http *http)
{
    return http->connections;
}

static struct MHD_Daemon *start(struct http *http, const struct http_options *options)
{
    unsigned flags = MHD_USE_EPOLL | MHD_USE_TLS | MHD_ALLOW_SUSPEND_RESUME;
    return MHD_start_daemon(flags, 0, NULL, NULL, on_access, http, MHD_OPTION_LISTEN_SOCKET,
        options->listening_fd, MHD_OPTION_HTTPS_MEM_CERT, options->certificate,
        MHD_OPTION_HTTPS_MEM_KEY, options->key, MHD_OPTION_HTTPS_PRIORITIES, PRIORITIES,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)HTTP_CONNECTIONS_MAX,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)HTTP_CONNECTIONS_PER_ADDRESS_MAX,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HTTP_CONNECTION_MEMORY_BYTES,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)(HTTP_IDLE_MS / 1000),
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK, on_target, http,
        MHD_OPTION_NOTIFY_COMPLETED, on_completed, http, MHD_OPTION_NOTIFY_CONNECTION,
        on_connection, http, MHD_OPTION_END);
}

enum err http_new(struct http **made, struct loop *loop, const struct http_options *options,
    const struct http_events *events)
{
    struct http *http = must_have(calloc(1, sizeof *http));
    http->loop = loop;
    http->events = *events;
    http->daemon = start(http, options);
    if (http->daemon == NULL) {
        free(http);
        return ERR_SYSTEM;
    }
    int fd = MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
    http->source = loop_add_fd(loop, fd, LOOP_READ, on_ready, http);
    http->timer = loop_add_timer(loop, on_timer, http);
    http->tick = loop_add_timer(loop, on_tick, http);
    loop_set_timer(http->tick, TICK_MS);
    plan(http);
    *made = http;
    return ERR_OK;
}
