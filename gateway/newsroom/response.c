#include "gateway/newsroom/response.h"

#include "gateway/base/document.h"
#include "gateway/base/log.h"
#include "gateway/messages/messages.h"
#include "gateway/newsroom/server.h"

#include <stdlib.h>
#include <string.h>

/* On every answer. The page's own code may run WebAssembly and nothing else; nothing of it may be shown inside another. */
static const struct http_header security[] = {
    {"Content-Security-Policy",
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
        "img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; font-src 'none'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Strict-Transport-Security", "max-age=31536000"},
    {"Permissions-Policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), serial=(), midi=()"},
};

#define SECURITY_COUNT (sizeof security / sizeof security[0])

_Static_assert(SECURITY_COUNT + RESPONSE_HEADERS_MAX + 3 <= HTTP_ANSWER_HEADERS_MAX,
    "all headers fit into one answer");

void response_header(struct request *request, const char *name, const char *value)
{
    struct server_request *own = server_of(request);
    if (own->header_count == RESPONSE_HEADERS_MAX)
        log_fatal("too_many_headers name=%s", name);
    char *to = own->headers[own->header_count].value;
    size_t size = strnlen(value, RESPONSE_HEADER_SIZE - 1);
    for (size_t i = 0; i < size; i++)
        to[i] = (char)((unsigned char)value[i] < ' ' || value[i] == 0x7f ? '?' : value[i]);
    to[size] = '\0';
    own->headers[own->header_count++].name = name;
}

static void add(struct http_answer *answer, const char *name, const char *value)
{
    answer->headers[answer->header_count++] = (struct http_header){name, value};
}

static bool has(const struct http_answer *answer, const char *name)
{
    for (size_t i = 0; i < answer->header_count; i++)
        if (strcmp(answer->headers[i].name, name) == 0)
            return true;
    return false;
}

/* Adds the headers and answers; the request is over. */
static void answer_with(struct request *request, struct http_answer *answer, const char *type)
{
    struct server_request *own = server_of(request);
    for (size_t i = 0; i < own->header_count; i++)
        add(answer, own->headers[i].name, own->headers[i].value);
    for (size_t i = 0; i < SECURITY_COUNT; i++)
        add(answer, security[i].name, security[i].value);
    if (type != NULL)
        add(answer, "Content-Type", type);
    if (!has(answer, "Cache-Control"))
        add(answer, "Cache-Control", "no-store");
    if (own->clean.body_size > own->request.body_size && !has(answer, "Connection"))
        add(answer, "Connection", "close"); /* a body that nobody has read is no next request */
    if (own->heavy)
        own->server->heavy = false;
    if (answer->status < SERVER_STATUS_MAX)
        own->server->answers[answer->status]++;
    http_answer(own->exchange, answer);
}

void response_take(
    struct request *request, unsigned status, const char *type, void *bytes, size_t size)
{
    struct http_answer answer = {
        .status = status, .kind = HTTP_BODY_TAKEN, .bytes = bytes, .size = size};
    answer_with(request, &answer, type);
}

void response_bytes(
    struct request *request, unsigned status, const char *type, const void *bytes, size_t size)
{
    void *copy = malloc(size > 0 ? size : 1);
    if (copy == NULL)
        log_fatal("no_memory");
    memcpy(copy, bytes, size);
    response_take(request, status, type, copy, size);
}

void response_static(
    struct request *request, unsigned status, const char *type, const void *bytes, size_t size)
{
    struct http_answer answer = {
        .status = status, .kind = HTTP_BODY_STATIC, .bytes = bytes, .size = size};
    answer_with(request, &answer, type);
}

void response_file(struct request *request, const char *type, int fd, uint64_t size)
{
    struct http_answer answer = {.status = 200, .kind = HTTP_BODY_FILE, .fd = fd, .size = size};
    answer_with(request, &answer, type);
}

void response_stream(struct request *request, const char *type, const struct http_stream *stream)
{
    struct http_answer answer = {.status = 200, .kind = HTTP_BODY_STREAM, .stream = *stream};
    answer_with(request, &answer, type);
}

void response_json(struct request *request, unsigned status, struct document *document)
{
    size_t size;
    char *text = document_write_new(&size, document);
    document_free(document);
    response_take(request, status, "application/json", text, size);
}

void response_nothing(struct request *request)
{
    response_static(request, 204, NULL, NULL, 0);
}

unsigned response_status(enum err err)
{
    static const unsigned short statuses[ERR_COUNT] = {[ERR_MISSING] = 404,
        [ERR_STATE] = 409,
        [ERR_EXISTS] = 409,
        [ERR_REPLAY] = 409,
        [ERR_EXPIRED] = 409,
        [ERR_FUTURE] = 409,
        [ERR_FORMAT] = 400,
        [ERR_TEXT] = 400,
        [ERR_SHORT] = 400,
        [ERR_VERSION] = 422,
        [ERR_VALUE] = 422,
        [ERR_LONG] = 413,
        [ERR_SEAL] = 403,
        [ERR_QUORUM] = 403,
        [ERR_ROSTER] = 403,
        [ERR_KEY] = 403,
        [ERR_DENIED] = 403,
        [ERR_BUSY] = 503,
        [ERR_TIMEOUT] = 503,
        [ERR_CLOSED] = 503,
        [ERR_FULL] = 507};
    unsigned status = (unsigned)err < ERR_COUNT ? statuses[err] : 0;
    return status != 0 ? status : 500;
}

void response_error_status(struct request *request, unsigned status, enum err err, const char *why)
{
    struct document *document = document_new_object();
    document_set_text(document, "error", err_name(err));
    document_set_text(document, "why", why != NULL && why[0] != '\0' ? why : err_text(err));
    response_json(request, status, document);
}

void response_error(struct request *request, enum err err, const char *why)
{
    response_error_status(request, response_status(err), err, why);
}

void response_refused(struct request *request, const struct message_refused *refused)
{
    enum err err = refused->result < ERR_COUNT ? (enum err)refused->result : ERR_SYSTEM;
    response_error(request, err, refused->detail);
}
