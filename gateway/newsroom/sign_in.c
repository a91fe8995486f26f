#include "gateway/newsroom/sign_in.h"

#include "gateway/base/base64.h"
#include "gateway/base/clock.h"
#include "gateway/base/document.h"
#include "gateway/base/log.h"
#include "gateway/newsroom/server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COOKIE_TAIL "; Path=/; Secure; HttpOnly; SameSite=Strict"
#define CHALLENGE_BODY_MAX 64
#define CLAIM_BODY_MAX 1024
#define TOO_MANY 429

/* A sign-in while it waits for the roster. */
struct claim {
    struct request *request;
    uint8_t editor;
    char nonce[SESSION_SECRET_SIZE];
    uint8_t signature[WIRE_SIGNATURE_SIZE];
};

static void ignore(void *arg, const struct message *reply, bool last)
{
    (void)arg;
    (void)reply;
    (void)last;
}

static void note(struct request *request, enum message_note_event event, int editor)
{
    struct message message = {.type = MESSAGE_NOTE, .fd = -1};
    message.as.note.event = (uint8_t)event;
    message.as.note.editor = editor < 0 ? MESSAGES_NO_EDITOR : (uint8_t)editor;
    (void)snprintf(
        message.as.note.detail, sizeof message.as.note.detail, "from %s", request->address);
    backend_ask(request->backend, &message, ignore, NULL);
}

static struct session_moment moment_now(void)
{
    struct session_moment moment = {.now_s = clock_wall_s()};
    server_random(moment.random, sizeof moment.random);
    return moment;
}

static void refuse_throttled(struct request *request)
{
    response_header(request, "Retry-After", "60");
    response_error_status(
        request, TOO_MANY, ERR_BUSY, "too many failed attempts; wait a minute and try again");
}

/* Which index is whose key, so that a browser finds its editor's. The roster is no secret: it travels on all carriers. */
static struct document *list_keys(const struct roster *roster)
{
    struct document *list = document_new_list();
    for (unsigned i = 0; i < roster->editor_count; i++) {
        const struct roster_editor *editor = &roster->editors[i];
        struct document *row = document_new_object();
        document_set_number(row, "index", editor->index);
        document_set_bytes(row, "key", editor->public_key, sizeof editor->public_key);
        document_append(list, row);
    }
    return list;
}

static void give_challenge(struct server_request *own)
{
    struct request *request = &own->request;
    struct session_challenge challenge;
    struct session_address address = server_address(request);
    struct session_moment moment = moment_now();
    enum err err =
        session_challenge(&own->server->sessions, &challenge, &address, request->origin, &moment);
    if (err == ERR_BUSY) {
        refuse_throttled(request);
        return;
    }
    if (err != ERR_OK) {
        response_error(request, err, NULL);
        return;
    }
    struct document *document = document_new_object();
    document_set_text(document, "nonce", challenge.nonce);
    document_set_number(document, "at_s", challenge.at_s);
    document_set_text(document, "origin", challenge.origin);
    document_set(document, "editors", list_keys(&own->server->roster));
    response_json(request, 200, document);
}

/* With the roster as it is now: it may be the first that anybody asks for. */
static void post_challenge(struct request *request)
{
    server_with_roster(server_of(request), give_challenge);
}

static void answer_session(
    struct request *request, unsigned status, uint8_t index, const char *token)
{
    const struct roster *roster = &server_of(request)->server->roster;
    const struct roster_editor *editor = roster_find(roster, index);
    struct document *document = document_new_object();
    struct document *who = document_new_object();
    document_set_number(who, "index", index);
    document_set_text(who, "name", editor != NULL ? editor->name : "");
    document_set(document, "editor", who);
    document_set_text(document, "token", token);
    response_json(request, status, document);
}

static void grant_session(struct claim *claim, const struct session_grant *grant)
{
    char cookie[RESPONSE_HEADER_SIZE];
    (void)snprintf(cookie, sizeof cookie, "%s=%s%s", SERVER_COOKIE, grant->cookie, COOKIE_TAIL);
    response_header(claim->request, "Set-Cookie", cookie);
    log_info("signed_in editor=%u address=%s", claim->editor, claim->request->address);
    note(claim->request, MESSAGE_NOTE_SIGN_IN, claim->editor);
    answer_session(claim->request, 201, claim->editor, grant->token);
}

static void refuse_claim(struct claim *claim, enum err err)
{
    struct request *request = claim->request;
    log_warn("sign_in_refused editor=%u address=%s error=%s", claim->editor, request->address,
        err_name(err));
    note(request, err == ERR_BUSY ? MESSAGE_NOTE_THROTTLED : MESSAGE_NOTE_SIGN_IN_REFUSED,
        claim->editor);
    if (err == ERR_BUSY)
        refuse_throttled(request);
    else
        response_error_status(request, 401, err,
            err == ERR_EXPIRED ? "the challenge is used up or too old; ask for another" : NULL);
}

static void judge_claim(struct server_request *own)
{
    struct claim *claim = own->work;
    struct server *server = own->server;
    struct session_grant grant;
    struct session_moment moment = moment_now();
    const struct session_claim wanted = {.editor = claim->editor,
        .nonce = claim->nonce,
        .signature = claim->signature,
        .address = server_address(claim->request)};
    enum err err = session_open(&server->sessions, &grant, &wanted, &server->roster, &moment);
    if (err == ERR_OK)
        grant_session(claim, &grant);
    else
        refuse_claim(claim, err);
    free(claim);
}

static enum err read_claim(struct claim *claim, const struct document *body)
{
    int64_t editor;
    size_t size;
    const char *nonce = document_text(document_member(body, "nonce"));
    const char *signature = document_text(document_member(body, "signature"));
    if (nonce == NULL || signature == NULL ||
        !document_number(&editor, document_member(body, "editor")))
        return ERR_MISSING;
    if (editor < 0 || editor > UINT8_MAX || strlen(nonce) >= sizeof claim->nonce)
        return ERR_VALUE;
    claim->editor = (uint8_t)editor;
    memcpy(claim->nonce, nonce, strlen(nonce) + 1);
    enum err err = base64_parse(
        claim->signature, &size, sizeof claim->signature, signature, strlen(signature));
    return err == ERR_OK && size != sizeof claim->signature ? ERR_VALUE : err;
}

static void post_session(struct request *request)
{
    struct document *body;
    char why[DOCUMENT_WHY_MAX];
    enum err err =
        document_parse(&body, why, (const char *)request->body, request->body_size, CLAIM_BODY_MAX);
    if (err != ERR_OK) {
        response_error(request, err, why);
        return;
    }
    struct claim *claim = calloc(1, sizeof *claim);
    if (claim == NULL)
        log_fatal("no_memory");
    claim->request = request;
    err = read_claim(claim, body);
    document_free(body);
    if (err != ERR_OK) {
        free(claim);
        response_error_status(
            request, 400, err, "wanted: {\"editor\": number, \"nonce\", \"signature\": base64}");
        return;
    }
    server_of(request)->work = claim;
    server_with_roster(server_of(request), judge_claim);
}

static struct session *own_session(struct request *request)
{
    struct server_request *own = server_of(request);
    return session_find(&own->server->sessions, own->cookie, clock_wall_s());
}

static void get_session(struct request *request)
{
    const struct session *session = own_session(request);
    answer_session(request, 200, session->editor, session->token);
}

static void delete_session(struct request *request)
{
    session_close(own_session(request));
    note(request, MESSAGE_NOTE_SIGN_OUT, request->editor);
    response_header(request, "Set-Cookie", SERVER_COOKIE "=; Max-Age=0" COOKIE_TAIL);
    response_nothing(request);
}

const struct routes_table *sign_in_table(void)
{
    static const struct route routes[] = {
        {ROUTES_POST, "/api/challenge", ROUTES_ROSTER, CHALLENGE_BODY_MAX, NULL, post_challenge},
        {ROUTES_POST, "/api/session", 0, CLAIM_BODY_MAX, NULL, post_session},
        {ROUTES_GET, "/api/session", ROUTES_SESSION, 0, NULL, get_session},
        {ROUTES_DELETE, "/api/session", ROUTES_SESSION, 0, NULL, delete_session},
    };
    static const struct routes_table table = {routes, sizeof routes / sizeof routes[0]};
    return &table;
}
