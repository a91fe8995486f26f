/* api_sketches: drafts in the making, which the page saves as it likes. */
#include "gateway/base/fields.h"
#include "gateway/newsroom/api_handlers.h"
#include "gateway/newsroom/ask.h"
#include "gateway/newsroom/shapes.h"

static struct document *new_sketch(const struct message *reply)
{
    return reply->type == MESSAGE_SKETCH ? shapes_new_sketch(&reply->as.sketch) : NULL;
}

void api_sketches_list(struct request *request)
{
    const struct message message = {.type = MESSAGE_SKETCH_LIST, .fd = -1};
    ask_list(request, &message, new_sketch);
}

void api_sketches_get(struct request *request)
{
    struct message message = {.type = MESSAGE_SKETCH_GET, .fd = -1};
    enum err err = request_number(&message.as.id.id, request, 0);
    if (err != ERR_OK)
        response_error(request, ERR_MISSING, "a sketch is named by its id, a number");
    else
        ask_one(request, &message, new_sketch);
}

/* The page's own JSON, and whatever else it says of the sketch. */
static void read_sketch(struct fields *in, struct message_sketch_put *put)
{
    int64_t number = 0;
    bool closed = false;
    if (fields_has(in, "draft"))
        fields_get_number(in, "draft", &number, 0, INT64_MAX);
    if (fields_has(in, "closed"))
        fields_get_bool(in, "closed", &closed);
    put->draft = (uint64_t)number;
    put->closed = closed;
    const struct document *text = fields_get_object(in, "text");
    if (text != NULL && document_write(put->text, sizeof put->text, text) == 0)
        fields_refuse(in, ERR_LONG, "text", "over 7423 bytes: shorten the texts or the notes");
}

_Static_assert(SKETCH_TEXT_SIZE == 7424, "the error above names the size");

static void put(struct request *request, uint64_t id, unsigned status)
{
    struct document *body;
    struct fields in;
    char why[DOCUMENT_WHY_MAX];
    int64_t version = 0;
    struct message message = {.type = MESSAGE_SKETCH_PUT, .fd = -1};
    if (!ask_parse_body(&body, request))
        return;
    message.as.sketch_put.id = id;
    message.as.sketch_put.editor = (uint8_t)request->editor;
    fields_init(&in, body, "", why);
    if (id != 0)
        fields_get_number(&in, "version", &version, 1, UINT32_MAX);
    message.as.sketch_put.version = (uint32_t)version;
    read_sketch(&in, &message.as.sketch_put);
    if (ask_end_fields(&in, body, request))
        ask_one_status(request, &message, status, new_sketch);
}

void api_sketches_add(struct request *request)
{
    put(request, 0, 201);
}

void api_sketches_put(struct request *request)
{
    uint64_t id = 0;
    if (request_number(&id, request, 0) != ERR_OK || id == 0)
        response_error(request, ERR_MISSING, "a sketch is named by its id, a number from 1 on");
    else
        put(request, id, 200);
}
