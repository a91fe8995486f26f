/* response: answers to a request. Each of the functions that answer ends the request: it must not be used afterwards.
 *
 * They neither block nor fail: with no memory the process ends. Security headers, Cache-Control and Content-Length are
 * added to every answer. An answer to a client that has gone is dropped.
 */
#ifndef GATEWAY_NEWSROOM_RESPONSE_H
#define GATEWAY_NEWSROOM_RESPONSE_H

#include "gateway/newsroom/request.h"

#define RESPONSE_HEADERS_MAX 6
#define RESPONSE_HEADER_SIZE 256 /* of a value, with its NUL */

struct document; /* gateway/base/document.h */
struct http_stream;
struct message_refused;

/* A header of the answer to come. name is a constant; a value that is longer is cut, control characters become '?'. */
void response_header(struct request *request, const char *name, const char *value);

/* Takes the document and frees it. status 200, 201 ... */
void response_json(struct request *request, unsigned status, struct document *document);
/* Copies the bytes. type is a constant, "application/cap+xml". */
void response_bytes(
    struct request *request, unsigned status, const char *type, const void *bytes, size_t size);
/* Takes bytes that malloc gave, without a copy. */
void response_take(
    struct request *request, unsigned status, const char *type, void *bytes, size_t size);
/* Bytes that live as long as the process, without a copy. */
void response_static(
    struct request *request, unsigned status, const char *type, const void *bytes, size_t size);
/* An endless answer; the request lives until its client has gone. */
void response_stream(struct request *request, const char *type, const struct http_stream *stream);
/* The whole of an open file, which it takes and closes; sent as the client reads. size bytes. */
void response_file(struct request *request, const char *type, int fd, uint64_t size);
/* 204. */
void response_nothing(struct request *request);
/* {"error": err_name, "why"} with the status that fits err (response_status); why NULL: err_text. */
void response_error(struct request *request, enum err err, const char *why);
/* The same with a status of its own, for instance 422. */
void response_error_status(struct request *request, unsigned status, enum err err, const char *why);
/* What the dispatcher has refused. */
void response_refused(struct request *request, const struct message_refused *refused);

/* The status of an error: MISSING 404, STATE and EXISTS and REPLAY 409, FORMAT and TEXT and SHORT 400, VALUE 422, LONG 413, SEAL and
 * QUORUM and ROSTER and KEY and DENIED 403, EXPIRED and FUTURE 409, BUSY and TIMEOUT and CLOSED 503, FULL 507, else 500. */
unsigned response_status(enum err err);

#endif
