/* api_listen: what a draft will sound like. A child speaks it (dabyl-radio speak), one at a time (ROUTES_HEAVY). */
#include "gateway/base/fields.h"
#include "gateway/newsroom/api_handlers.h"
#include "gateway/newsroom/ask.h"
#include "gateway/newsroom/child.h"

#include <stdio.h>
#include <stdlib.h>

#define DEADLINE_S 45       /* twice what the longest bulletin takes on a slow machine */
#define WAV_MAX (16u << 20) /* 17 minutes at 8 kHz */
#define PATH_SIZE 512
#define WORD_SIZE 32
#define LANGUAGE_SIZE 8
#define REFUSED_BY_CHILD 4 /* dabyl-radio(1): the bytes were no bulletin, or lack the language */

static void take_sound(void *arg, int code, uint8_t *output, size_t size)
{
    struct request *request = arg;
    if (code == 0 && size > 0) {
        response_take(request, 200, "audio/wav", output, size);
        return;
    }
    free(output);
    if (code == REFUSED_BY_CHILD)
        response_error_status(request, 422, ERR_VALUE,
            "body: no draft, or one without a text in this language; save it and try again");
    else
        response_error(request, ERR_TIMEOUT,
            "it could not be spoken in time; try again, or listen to the languages one by one");
}

static void speak(
    struct request *request, const char *language, const struct message_sealed_bytes *body)
{
    char program[PATH_SIZE], of_language[WORD_SIZE], of_sender[WORD_SIZE];
    (void)snprintf(program, sizeof program, "%s/dabyl-radio", request->site->programs);
    (void)snprintf(of_language, sizeof of_language, "--language=%s", language);
    (void)snprintf(of_sender, sizeof of_sender, "--sender=%.12s", request->site->sender);
    const struct child_request child = {
        .argv = {program, "speak", of_language, of_sender, NULL},
        .input = body->bytes,
        .input_size = body->size,
        .output_max = WAV_MAX,
        .deadline_s = DEADLINE_S,
    };
    enum err err = child_run(request->loop, &child, take_sound, request);
    if (err != ERR_OK)
        response_error(request, err, "no process could be started to speak it");
}

void api_listen_speak(struct request *request)
{
    struct document *body;
    struct fields in;
    char why[DOCUMENT_WHY_MAX], word[LANGUAGE_SIZE];
    struct message_sealed_bytes bytes;
    enum bulletin_language language;
    size_t size;
    if (!ask_parse_body(&body, request))
        return;
    fields_init(&in, body, "", why);
    fields_get_bytes(&in, "body", bytes.bytes, &size, sizeof bytes.bytes);
    bytes.size = (uint16_t)size;
    fields_get_text(&in, "language", word, sizeof word);
    if (in.err == ERR_OK && bulletin_parse_language(&language, word) != ERR_OK)
        fields_refuse(&in, ERR_VALUE, "language", "must be kk, ru or en");
    if (ask_end_fields(&in, body, request))
        speak(request, word, &bytes);
}
