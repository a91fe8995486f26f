/* request: one HTTP request, whole and checked, as its handler sees it.
 *
 * It lives until it is answered (response.h), also when its client has gone meanwhile: an answer to nobody is dropped.
 * So a handler may keep the pointer while the dispatcher is asked, needs no way to be told of the client's end, and must
 * answer exactly once. Everything that a request points to lives as long.
 */
#ifndef GATEWAY_NEWSROOM_REQUEST_H
#define GATEWAY_NEWSROOM_REQUEST_H

#include "gateway/base/err.h"
#include "gateway/base/loop.h"

#include <stddef.h>
#include <stdint.h>

#define REQUEST_ARGUMENTS_MAX 2
#define REQUEST_ARGUMENT_SIZE 64 /* bytes, with the NUL */
#define REQUEST_NOBODY (-1)

struct backend;
struct route;
struct http_exchange;

/* What the process knows of its site; constant while it runs. */
struct request_site {
    const char *sender;        /* how texts begin */
    const char *fingerprint;   /* of the newsroom's key */
    const char *air_directory; /* recordings of the radio (read only) */
    const char *readings;      /* recordings of editors, and bodies that are files */
    const char *programs;      /* the folder of dabyl's programs */
    const char *origin;        /* "https://host:port" of the first configured name */
};

/* A body that went to a file; it is removed when the request ends unless its handler has renamed it. */
struct request_file {
    int fd; /* -1: none; the server's */
    size_t size;
    char name[REQUEST_ARGUMENT_SIZE]; /* in site->readings */
};

struct request_arguments {
    unsigned count;
    char text[REQUEST_ARGUMENTS_MAX]
             [REQUEST_ARGUMENT_SIZE]; /* decoded, valid UTF-8, without control characters */
};

struct request {
    const struct route *route;
    struct request_arguments arguments; /* the pattern's, in order */
    const char *query;                  /* what follows '?', still encoded; "" if nothing */
    const uint8_t *body;                /* NULL if body_size is 0 */
    size_t body_size;
    struct request_file file;
    int editor;          /* roster index of who has signed in, or REQUEST_NOBODY */
    const char *address; /* of the client, as text */
    const char *origin;  /* as which the client knows us: "https://host:port" */
    struct backend *backend;
    struct loop *loop; /* for children and timers */
    const struct request_site *site;
    struct http_exchange *exchange; /* the server's own */
};

/* The argument as a number: decimal digits only, no sign. ERR_FORMAT, ERR_VALUE over 2^63 - 1. */
ERR_CHECKED enum err request_number(
    uint64_t *value, const struct request *request, unsigned argument);
/* A number from the query, "after=17"; *value is left alone if it is not there. ERR_FORMAT, ERR_VALUE. */
ERR_CHECKED enum err request_query_number(
    uint64_t *value, const struct request *request, const char *name);

#endif
