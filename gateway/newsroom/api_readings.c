/* api_readings: recordings of editors in place of the synthesiser. Here they are stored, heard and signed; whether one may be
 * broadcast the radio decides, by what editors have signed over its bytes (gateway/bulletin/reading.h). */
#include "audio/recordings.h"
#include "gateway/base/fields.h"
#include "gateway/base/log.h"
#include "gateway/newsroom/api_handlers.h"
#include "gateway/newsroom/ask.h"
#include "gateway/newsroom/child.h"
#include "gateway/newsroom/upload.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PROBE_S 20
#define PROBE_OUTPUT_MAX 64
#define PATH_SIZE 512
#define HASH_LETTERS ((size_t)2 * SEAL_HASH_SIZE)

static void set_hash(struct document *object, const char *key, const uint8_t hash[SEAL_HASH_SIZE])
{
    char text[HASH_LETTERS + 1] = "";
    for (size_t i = 0; i < SEAL_HASH_SIZE; i++)
        (void)snprintf(text + 2 * i, 3, "%02x", hash[i]);
    document_set_text(object, key, text);
}

static struct document *new_reading(const struct reading *reading)
{
    struct document *object = document_new_object();
    struct document *approvals = document_new_list();
    document_set_text(object, "language", bulletin_print_language(reading->language));
    set_hash(object, "body", reading->body_hash);
    set_hash(object, "file", reading->file_hash);
    for (unsigned i = 0; i < reading->approval_count; i++)
        document_append_number(approvals, reading->approvals[i].editor);
    document_set(object, "approvals", approvals);
    return object;
}

static int hex_digit(char letter)
{
    static const char digits[] = "0123456789abcdef";
    const char *found = letter != '\0' ? strchr(digits, letter) : NULL;
    return found != NULL ? (int)(found - digits) : -1;
}

/* ?body=HASH of the bulletin's body, in lower case, alone in the query. */
static bool read_body_hash(uint8_t hash[SEAL_HASH_SIZE], const struct request *request)
{
    static const char key[] = "body=";
    const char *text = request->query + sizeof key - 1;
    if (strncmp(request->query, key, sizeof key - 1) != 0 || strlen(text) != HASH_LETTERS)
        return false;
    for (size_t i = 0; i < SEAL_HASH_SIZE; i++) {
        int high = hex_digit(text[2 * i]), low = hex_digit(text[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        hash[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

/* False: answered. */
static bool read_which(struct reading *reading, struct request *request)
{
    *reading = (struct reading){.approval_count = 0};
    if (!read_body_hash(reading->body_hash, request))
        response_error(request, ERR_FORMAT,
            "?body= names the bulletin: its body's BLAKE2b-256 in 64 hexadecimal letters");
    else if (bulletin_parse_language(&reading->language, request->arguments.text[0]) != ERR_OK)
        response_error(request, ERR_MISSING, "the language is kk, ru or en");
    else
        return true;
    return false;
}

/* ---- a recording comes ---- */

struct put {
    struct request *request;
    struct reading reading;
};

static enum err keep(struct put *put)
{
    struct request *request = put->request;
    char name[READING_NAME_SIZE];
    enum err err = recordings_hash(put->reading.file_hash, request->file.fd, request->file.size);
    reading_print_name(name, &put->reading, ".sound");
    if (err ==
        ERR_OK) /* without approvals: those of an earlier one are void before it is replaced */
        err = recordings_save(request->site->readings, &put->reading);
    return err == ERR_OK ? upload_keep(request, name) : err;
}

static void take_probe(void *arg, int code, uint8_t *output, size_t size)
{
    struct put *put = arg;
    struct request *request = put->request;
    char seconds[PROBE_OUTPUT_MAX + 1] = "";
    if (size > 0 && size <= PROBE_OUTPUT_MAX)
        memcpy(seconds, output, size);
    free(output);
    enum err err = code == 0 ? keep(put) : ERR_VALUE;
    if (code != 0) {
        response_error_status(
            request, 422, err, "no recording that can be heard: WAV or FLAC, at most 5 minutes");
    } else if (err != ERR_OK) {
        response_error(request, err, "it cannot be stored: see the disk");
    } else {
        struct document *object = new_reading(&put->reading);
        document_set_number(object, "seconds", strtol(seconds, NULL, 10));
        response_json(request, 201, object);
    }
    free(put);
}

void api_readings_put(struct request *request)
{
    char program[PATH_SIZE], path[PATH_SIZE];
    struct reading reading;
    if (!read_which(&reading, request))
        return;
    if (request->file.fd < 0) {
        response_error(request, ERR_SHORT, "the body is the recording: WAV or FLAC");
        return;
    }
    enum err err = recordings_make_room(request->site->readings);
    if (err != ERR_OK) {
        response_error(request, err,
            "too many recordings are kept; those of yesterday go by "
            "themselves");
        return;
    }
    struct put *put = malloc(sizeof *put);
    if (put == NULL)
        log_fatal("no_memory reading");
    *put = (struct put){request, reading};
    (void)snprintf(program, sizeof program, "%s/dabyl-radio", request->site->programs);
    (void)snprintf(path, sizeof path, "%s/%s", request->site->readings, request->file.name);
    const struct child_request child = {.argv = {program, "probe", path, NULL},
        .output_max = PROBE_OUTPUT_MAX,
        .deadline_s = PROBE_S};
    err = child_run(request->loop, &child, take_probe, put);
    if (err != ERR_OK) {
        free(put);
        response_error(request, err, "no process could be started to look at it");
    }
}

/* ---- signing ---- */

struct approve {
    struct request *request;
    struct reading reading;
    struct wire_approval approval;
};

static enum err add(struct approve *approve, const struct message_sealed_bytes *sealed)
{
    const struct request_site *site = approve->request->site;
    struct roster roster;
    enum err err = roster_open(&roster, sealed->bytes, sealed->size, site->fingerprint);
    if (err == ERR_OK)
        err = recordings_approve(&approve->reading, &approve->approval, &roster);
    return err == ERR_OK ? recordings_save(site->readings, &approve->reading) : err;
}

static void take_roster(void *arg, const struct message *reply, bool last)
{
    struct approve *approve = arg;
    struct request *request = approve->request;
    (void)last;
    if (reply->type == MESSAGE_REFUSED) {
        response_refused(request, &reply->as.refused);
        free(approve);
        return;
    }
    /* read now: another may have signed since the request came */
    enum err err = recordings_load(&approve->reading, request->site->readings);
    if (err == ERR_OK)
        err = add(approve, &reply->as.sealed.sealed);
    if (err == ERR_OK)
        response_json(request, 200, new_reading(&approve->reading));
    else
        response_error(request, err,
            err == ERR_MISSING ? "there is no recording for this bulletin in this language"
            : err == ERR_SEAL  ? "the signature is not over this recording: load it again and "
                                 "listen"
                               : NULL);
    free(approve);
}

void api_readings_approve(struct request *request)
{
    struct document *body;
    struct fields in;
    char why[DOCUMENT_WHY_MAX];
    const struct message message = {.type = MESSAGE_ROSTER_GET, .fd = -1};
    struct approve made = {.request = request};
    if (!read_which(&made.reading, request) || !ask_parse_body(&body, request))
        return;
    made.approval.editor = (uint8_t)request->editor;
    fields_init(&in, body, "", why);
    fields_get_exact(&in, "signature", made.approval.signature, sizeof made.approval.signature);
    if (!ask_end_fields(&in, body, request))
        return;
    struct approve *approve = malloc(sizeof *approve);
    if (approve == NULL)
        log_fatal("no_memory reading");
    *approve = made;
    backend_ask(request->backend, &message, take_roster, approve);
}

/* ---- looking ---- */

void api_readings_list(struct request *request)
{
    struct reading reading = {.approval_count = 0};
    uint8_t hash[SEAL_HASH_SIZE];
    struct document *list = document_new_list();
    if (!read_body_hash(hash, request)) {
        document_free(list);
        response_error(request, ERR_FORMAT,
            "?body= names the bulletin: its body's BLAKE2b-256 in 64 hexadecimal letters");
        return;
    }
    for (int i = 0; i < BULLETIN_LANGUAGE_COUNT; i++) {
        reading.language = (enum bulletin_language)i;
        memcpy(reading.body_hash, hash, sizeof hash);
        if (recordings_load(&reading, request->site->readings) == ERR_OK)
            document_append(list, new_reading(&reading));
    }
    response_json(request, 200, list);
}

void api_readings_play(struct request *request)
{
    struct reading reading;
    uint64_t size = 0;
    bool flac = false;
    if (!read_which(&reading, request))
        return;
    int fd = recordings_open(&size, &flac, request->site->readings, &reading);
    if (fd < 0)
        response_error(
            request, ERR_MISSING, "there is no recording for this bulletin in this language");
    else
        response_file(request, flac ? "audio/flac" : "audio/wav", fd, size);
}

/* The synthesiser speaks again. */
void api_readings_drop(struct request *request)
{
    struct reading reading;
    if (!read_which(&reading, request))
        return;
    enum err err = recordings_remove(request->site->readings, &reading);
    if (err == ERR_OK)
        response_json(request, 200, document_new_object());
    else
        response_error(request, err,
            err == ERR_MISSING ? "there is no recording for this bulletin in this language" : NULL);
}
