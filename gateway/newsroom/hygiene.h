/* hygiene: what an HTTP request must be like before anybody looks at what it asks for. Pure.
 *
 * The HTTP library takes what RFC 9112 calls an attack: two Content-Length, one beside Transfer-Encoding, no Host or two.
 * Here all of these are refused, and everything else that two readers of the same bytes could read differently (RFC 9110,
 * 9112). A name in Host that is not ours is refused too, so that no page of another name can be pointed at this address (DNS
 * rebinding). Bodies come with Content-Length alone; no browser sends one otherwise over HTTP/1.1.
 */
#ifndef GATEWAY_NEWSROOM_HYGIENE_H
#define GATEWAY_NEWSROOM_HYGIENE_H

#include "gateway/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HYGIENE_HEADERS_MAX 64
#define HYGIENE_VALUE_MAX 4096 /* bytes of one header's value */
#define HYGIENE_TARGET_MAX 512 /* bytes of path and query as they come */
#define HYGIENE_PATH_SIZE 256  /* bytes of the decoded path, with its NUL */
#define HYGIENE_QUERY_SIZE 256 /* bytes of the query as it comes, with its NUL */
#define HYGIENE_HOST_SIZE 272  /* "name:port", with its NUL */
#define HYGIENE_NAME_SIZE 256  /* of a host, with its NUL: RFC 1035, 2.3.4 */
#define HYGIENE_NAMES_MAX 64
#define HYGIENE_ORIGIN_SIZE (8 + HYGIENE_HOST_SIZE)

/* One header as it came. Neither text is terminated for certain. */
struct hygiene_header {
    const char *name;
    size_t name_size;
    const char *value;
    size_t value_size;
};

struct hygiene_head {
    const char *method;  /* terminated */
    const char *version; /* terminated: "HTTP/1.1" */
    const char *target;  /* terminated: path and query, still encoded */
    size_t header_count; /* all that came; those over HYGIENE_HEADERS_MAX are not in the list */
    struct hygiene_header headers[HYGIENE_HEADERS_MAX];
};

/* How we may be called. */
struct hygiene_site {
    unsigned port;
    unsigned name_count;
    char names[HYGIENE_NAMES_MAX]
              [HYGIENE_NAME_SIZE]; /* lower case; addresses as inet_ntop writes them, without [] */
};

/* A head that has passed. */
struct hygiene_clean {
    char path
        [HYGIENE_PATH_SIZE]; /* decoded: UTF-8 without control characters, empty parts, "." or ".." */
    char query[HYGIENE_QUERY_SIZE];
    char host[HYGIENE_HOST_SIZE]; /* lower case, with the port as it came */
    char origin
        [HYGIENE_ORIGIN_SIZE]; /* "https://" and host: what a browser on our page sends as Origin */
    uint64_t body_size;
    bool head_only; /* HEAD */
};

/* Why a head is refused: an HTTP status and a line for people. status 0: it is not. */
struct hygiene_verdict {
    unsigned status;
    const char *why;
};

/* local is the address that the client has reached, as text, or NULL; it may be named in Host as well as site's names. */
struct hygiene_verdict hygiene_check(struct hygiene_clean *clean, const struct hygiene_head *head,
    const struct hygiene_site *site, const char *local);
/* Of an unsafe method: the one Origin must be our own, and what the browser says of the page (Sec-Fetch-Site), if it does, too. */
struct hygiene_verdict hygiene_check_origin(
    const struct hygiene_head *head, const struct hygiene_clean *clean);
/* The Content-Type must be one of types (blanks between), parameters aside. */
struct hygiene_verdict hygiene_check_type(const struct hygiene_head *head, const char *types);
/* The only header of this name (lower case), or NULL if there is none or more than one. */
const struct hygiene_header *hygiene_find(const struct hygiene_head *head, const char *name);
/* The value of a cookie of the only Cookie header as terminated text. ERR_MISSING: none; ERR_EXISTS: twice; ERR_LONG. */
ERR_CHECKED enum err hygiene_find_cookie(
    char *value, size_t size, const struct hygiene_head *head, const char *name);
/* Adds a name or address that we may be called; upper case becomes lower. ERR_FULL, ERR_LONG, ERR_TEXT. */
ERR_CHECKED enum err hygiene_add_name(struct hygiene_site *site, const char *name);

#endif
