/* http: HTTP/1.1 over TLS on one listening socket, in the process's own loop. The seam to libmicrohttpd.
 *
 * An exchange is one request and its answer. It begins with its head (events->head), which may answer at once to refuse;
 * then its body is collected, at most as much as http_expect_body allowed; then it is whole (events->whole) and is to be
 * answered once, then or later. It lives until events->ended, which is never called for a whole one before it is answered.
 * All limits are below; who is slower than they allow, or does not read, is cut.
 */
#ifndef GATEWAY_NEWSROOM_HTTP_H
#define GATEWAY_NEWSROOM_HTTP_H

#include "gateway/base/loop.h"
#include "gateway/newsroom/hygiene.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define HTTP_CONNECTIONS_MAX 1024
#define HTTP_CONNECTIONS_PER_ADDRESS_MAX 128     /* an office behind one address */
#define HTTP_CONNECTION_MEMORY_BYTES (16u << 10) /* the head must fit into it */
#define HTTP_BODIES_MAX_BYTES (64u << 20)        /* all bodies in memory together */
#define HTTP_HEAD_MS 15000 /* from the connection, or the last answer's end, to the whole head */
#define HTTP_IDLE_MS 60000 /* a connection without a request */
#define HTTP_BODY_MS 60000 /* from the head to the whole body, for each HTTP_BODY_BYTES of it */
#define HTTP_BODY_BYTES (4u << 20)
#define HTTP_ANSWER_MS                                                                             \
    60000 /* from an answer to its last byte, and for each HTTP_ANSWER_BYTES more */
#define HTTP_ANSWER_BYTES (512u << 10)
#define HTTP_STALL_MS 20000        /* a watcher who has been sent something and does not take it */
#define HTTP_SEND_BYTES (32 << 10) /* what the system holds for one client who does not read */
#define HTTP_ADDRESS_SIZE 46       /* INET6_ADDRSTRLEN */
#define HTTP_ANSWER_HEADERS_MAX 24

struct http;
struct http_exchange;

struct http_events {
    void (*head)(void *arg, struct http_exchange *exchange, const struct hygiene_head *head);
    void (*whole)(void *arg, struct http_exchange *exchange);
    void (*ended)(void *arg, struct http_exchange *exchange); /* if head was called */
    void *arg;
};

struct http_header {
    const char *name;
    const char *value;
};

/* Where an endless answer comes from. */
struct http_stream {
    /* Puts up to room bytes and returns how many; 0: nothing now, http_wake tells when there is more; -1: the end. */
    ssize_t (*read)(void *arg, char *bytes, size_t room);
    void *arg;
};

/* Where a long body goes, piece by piece; false ends the connection. */
struct http_sink {
    bool (*take)(void *arg, const char *bytes, size_t size);
    void *arg;
};

enum http_body { HTTP_BODY_STATIC, HTTP_BODY_TAKEN, HTTP_BODY_FILE, HTTP_BODY_STREAM };

struct http_answer {
    unsigned status;
    size_t header_count;
    struct http_header headers[HTTP_ANSWER_HEADERS_MAX]; /* copied */
    enum http_body kind;
    const void *bytes; /* STATIC: lives as long as the process; TAKEN: from malloc, freed here */
    uint64_t size;
    int fd;                    /* FILE: closed here */
    struct http_stream stream; /* STREAM */
};

struct http_options {
    int listening_fd;        /* stays the caller's */
    const char *certificate; /* PEM */
    const char *key;         /* PEM */
};

/* Serves until the process ends. ERR_SYSTEM if the library refuses the certificate or cannot start. No memory: the process ends. */
ERR_CHECKED enum err http_new(struct http **http, struct loop *loop,
    const struct http_options *options, const struct http_events *events);
unsigned http_connections(const struct http *http);

/* In events->head: this many bytes of body may come. ERR_FULL: no room for them now. */
ERR_CHECKED enum err http_expect_body(struct http_exchange *exchange, uint64_t size);
/* The same for a body that goes to a sink as it comes; http_body then has none. */
void http_expect_stream(
    struct http_exchange *exchange, uint64_t size, const struct http_sink *sink);
const uint8_t *http_body(const struct http_exchange *exchange, size_t *size);
void http_set_user(struct http_exchange *exchange, void *user);
void *http_user(const struct http_exchange *exchange);
/* The client's address; IPv4 in its own form. */
const char *http_address(const struct http_exchange *exchange);
/* The address that the client has reached. */
const char *http_local(const struct http_exchange *exchange);
/* Answers. */
void http_answer(struct http_exchange *exchange, const struct http_answer *answer);
/* Calls the reader of its stream again soon. */
void http_wake(struct http_exchange *exchange);

#endif
