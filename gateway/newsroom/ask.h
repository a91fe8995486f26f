/* ask: the two ways in which most requests are answered: by one message of the dispatcher, or by a list of them.
 */
#ifndef GATEWAY_NEWSROOM_ASK_H
#define GATEWAY_NEWSROOM_ASK_H

#include "gateway/base/document.h"
#include "gateway/newsroom/backend.h"
#include "gateway/newsroom/response.h"

#define ASK_ROWS_MAX 1000 /* of a list; what comes after is left out, and asked for with ?after= */

/* A message of the dispatcher as a document; NULL for one that has no place in the answer. */
typedef struct document *ask_builder(const struct message *reply);

/* Answers 200 with the document of the one reply; a builder NULL answers 204. A refusal of the dispatcher is answered as such. */
void ask_one(struct request *request, const struct message *message, ask_builder *build);
/* The same with another status. */
void ask_one_status(
    struct request *request, const struct message *message, unsigned status, ask_builder *build);
/* Answers 200 with the list of those rows that build makes a document of. */
void ask_list(struct request *request, const struct message *message, ask_builder *build);

/* Parses the request's body as an object. False: it was answered with what is wrong. The caller frees the document. */
bool ask_parse_body(struct document **document, struct request *request);
/* Ends reading: frees document; false: what is wrong was answered. */
struct fields;
bool ask_end_fields(struct fields *in, struct document *document, struct request *request);
/* Member "sealed": the bytes of a sealed bulletin or roster; advice says what to do with what is none. Who sealed them the
 * dispatcher looks at. */
void ask_get_sealed(struct fields *in, struct message_sealed_bytes *sealed, const char *advice);

#endif
