#include "gateway/dispatcher/control.h"

#include "gateway/base/log.h"
#include "gateway/dispatcher/requests.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define CLIENTS_MAX 64
#define READ_MAX 32  /* requests of one client before the others have their turn */
#define QUEUE_MAX 64 /* messages queued for one client before its list, and its reading, pause */

struct client {
    struct control *control;
    bool connected;
    bool newsroom; /* may ask only for what requests_permits lets it */
    struct outgoing outgoing;
    const struct requests_entry *list; /* being listed; NULL none: then requests are read */
    int64_t at;
    uint64_t id;
};

struct control {
    struct loop *loop;
    struct site *site;
    struct peers *peers;
    int fd;
    struct loop_source *source;
    struct client clients[CLIENTS_MAX];
};

static void put_refusal(struct client *client, enum err err, const char *why)
{
    struct message reply = {.type = MESSAGE_REFUSED, .fd = -1};
    reply.as.refused.result = (uint8_t)err;
    (void)snprintf(reply.as.refused.detail, sizeof reply.as.refused.detail, "%s",
        why[0] == '\0' ? err_text(err) : why);
    outgoing_put(&client->outgoing, &reply);
}

static void answer(
    struct client *client, const struct requests_entry *entry, const struct message *request)
{
    struct message reply;
    char why[MESSAGES_DETAIL_SIZE] = "";
    struct site *site = client->control->site;
    enum err err = entry->takes_in ? site_check_room(site, why) : ERR_OK;
    if (err == ERR_OK)
        err = entry->handle(site, &reply, why, request);
    if (err == ERR_OK)
        outgoing_put(&client->outgoing, &reply);
    else
        put_refusal(client, err, why);
}

/* Lists that go on behind an id. */
static bool begins_behind(enum message_type type)
{
    static const enum message_type types[] = {MESSAGE_STATUS_GET, MESSAGE_SUBSCRIBER_LIST,
        MESSAGE_DOUBT_LIST, MESSAGE_OUTCOME_LIST, MESSAGE_TIP_LIST, MESSAGE_AUDIT_LIST};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (types[i] == type)
            return true;
    return false;
}

static void handle(struct client *client, const struct message *request)
{
    const struct requests_entry *entry = requests_find(request->type);
    store_begin(client->control->site->store);
    if (entry == NULL) {
        put_refusal(client, ERR_FORMAT, "this is no request");
    } else if (client->newsroom && !requests_permits(entry, request)) {
        site_audit_refusal(
            client->control->site, "newsroom", ERR_DENIED, messages_name(request->type));
        put_refusal(client, ERR_DENIED, "the newsroom's page may not ask for this: use dabylctl");
    } else if (entry->list == NULL) {
        answer(client, entry, request);
    } else {
        client->list = entry;
        client->at = 0;
        client->id = begins_behind(request->type) ? request->as.id.id : 0;
    }
}

static void close_client(struct client *client)
{
    outgoing_close(&client->outgoing);
    client->connected = false;
    client->list = NULL;
}

/* While there is more to answer than it has fetched; else a client that asks and does not read would fill the memory, and
 * what waits to be read would keep the round from its end, which is what goes on with its list. */
static bool is_full(const struct client *client)
{
    return client->list != NULL || client->outgoing.count >= QUEUE_MAX;
}

static void on_readable(void *arg, int fd, unsigned events)
{
    struct client *client = arg;
    struct message request;
    enum err err = ERR_OK;
    if ((events & LOOP_HANGUP) != 0 && is_full(client))
        err = ERR_CLOSED;
    if ((events & (LOOP_READ | LOOP_HANGUP)) == 0)
        return; /* writable: the round flushes */
    for (unsigned i = 0; i < READ_MAX && err == ERR_OK && !is_full(client); i++) {
        err = messages_receive(fd, &request);
        if (err != ERR_OK)
            break;
        if (request.fd >= 0)
            close(request.fd);
        handle(client, &request);
    }
    if (err == ERR_CLOSED || err == ERR_SYSTEM)
        close_client(client);
    else if (err != ERR_OK && err != ERR_BUSY)
        put_refusal(client, err, "the message can't be read");
    if (client->connected)
        outgoing_pause(&client->outgoing, is_full(client));
}

static void add_client(struct control *control, int fd, bool newsroom)
{
    for (unsigned i = 0; i < CLIENTS_MAX; i++) {
        struct client *client = &control->clients[i];
        if (client->connected)
            continue;
        *client = (struct client){.control = control, .connected = true, .newsroom = newsroom};
        outgoing_open(&client->outgoing, control->loop, fd, on_readable, client);
        return;
    }
    log_warn("client_refused: %d are connected", CLIENTS_MAX);
    close(fd);
}

static void on_connect(void *arg, int fd, unsigned events)
{
    int client_fd;
    (void)events;
    if (ipc_accept(&client_fd, fd) == ERR_OK)
        add_client(arg, client_fd, false);
}

void control_add_newsroom(struct control *control, int fd)
{
    add_client(control, fd, true);
    log_info("newsroom_added");
}

struct control *control_new(struct loop *loop, struct site *site, struct peers *peers)
{
    struct control *control = calloc(1, sizeof *control);
    char path[STORE_PATH_MAX + 16];
    if (control == NULL)
        log_fatal("no_memory");
    control->loop = loop;
    control->site = site;
    control->peers = peers;
    (void)snprintf(path, sizeof path, "%s/control", store_folder(site->store));
    enum err err = ipc_listen(&control->fd, path);
    if (err != ERR_OK)
        log_fatal("control_socket path=%s error=\"%s\"", path, err_text(err));
    control->source = loop_add_fd(loop, control->fd, LOOP_READ, on_connect, control);
    return control;
}

void control_free(struct control *control)
{
    for (unsigned i = 0; i < CLIENTS_MAX; i++)
        if (control->clients[i].connected)
            close_client(&control->clients[i]);
    loop_remove(control->source);
    close(control->fd);
    free(control);
}

static void list_more(struct client *client)
{
    struct message message;
    while (client->list != NULL && client->outgoing.count < QUEUE_MAX) {
        enum err err = client->list->list(
            client->control->site, client->control->peers, &message, &client->at, client->id);
        if (err != ERR_OK) {
            message = (struct message){.type = MESSAGE_END, .fd = -1};
            client->list = NULL;
        }
        outgoing_put(&client->outgoing, &message);
    }
}

bool control_flush(struct control *control)
{
    bool more = false;
    for (unsigned i = 0; i < CLIENTS_MAX; i++) {
        struct client *client = &control->clients[i];
        if (!client->connected)
            continue;
        list_more(client);
        outgoing_flush(&client->outgoing);
        if (client->outgoing.broken) {
            close_client(client);
            continue;
        }
        outgoing_pause(&client->outgoing, is_full(client));
        more = more || (client->list != NULL && !client->outgoing.blocked);
    }
    return more;
}
