#include "gateway/newsroom/events.h"

#include "gateway/base/clock.h"
#include "gateway/base/document.h"
#include "gateway/base/log.h"
#include "gateway/newsroom/changes.h"
#include "gateway/newsroom/feed.h"
#include "gateway/newsroom/server.h"
#include "gateway/newsroom/shapes.h"

#include <stdlib.h>
#include <string.h>

#define LISTS 3

struct watcher {
    struct events *events;
    struct watcher *next;
    struct watcher **before;
    struct server_request *own;
    struct feed_reader reader;
    bool over;
};

/* The lists whose changes are told, and which requests change them. */
static const struct list {
    enum feed_kind kind;
    enum message_type ask;
    enum message_type row;
    enum message_type changers[6];
} lists[LISTS] = {
    {FEED_DRAFTS, MESSAGE_DRAFT_LIST, MESSAGE_DRAFT,
        {MESSAGE_DRAFT_NEW, MESSAGE_DRAFT_APPROVE, MESSAGE_DRAFT_SEND, MESSAGE_DRAFT_DROP}},
    {FEED_SKETCHES, MESSAGE_SKETCH_LIST, MESSAGE_SKETCH, {MESSAGE_SKETCH_PUT}},
    {FEED_RUMOURS, MESSAGE_RUMOUR_LIST, MESSAGE_RUMOUR, {MESSAGE_RUMOUR_PUT}},
};

/* One look at the dispatcher. */
struct look {
    struct document *site;
    struct document *modems;
    struct document *bulletins;
    unsigned waiting; /* answers that are still to come */
    bool failed;
};

struct events {
    struct server *server;
    struct feed feed;
    struct watcher *watchers;
    unsigned count;
    struct loop_source *timer;
    struct loop_source *beat;
    struct look look;
    bool looking;
    bool ended;
    bool dirty; /* a list has changed by us */
    int64_t looked_ms;
    int64_t lists_ms;
    int64_t beat_ms;
    size_t status_size;
    uint8_t status_hash[SEAL_HASH_SIZE];
    struct changes changes[LISTS];
    struct list_arg {
        struct events *events;
        size_t index;
    } list_args[LISTS];
};

static void wake_all(struct events *events)
{
    for (struct watcher *w = events->watchers; w != NULL; w = w->next)
        http_wake(w->own->exchange);
}

/* The earliest next look: what it would send to all must not be more than is allowed in the time between. */
static int64_t wait_ms(const struct events *events)
{
    int64_t bytes = (int64_t)events->status_size * events->count;
    int64_t least_ms = bytes * 1000 / EVENTS_BYTES_PER_S;
    return least_ms > EVENTS_STATUS_MS ? least_ms : EVENTS_STATUS_MS;
}

static void plan(struct events *events)
{
    if (events->looking || events->ended || events->count == 0)
        return;
    int64_t due_ms = events->looked_ms + wait_ms(events) - clock_boot_ms();
    loop_set_timer(events->timer, events->dirty || due_ms < 0 ? 0 : due_ms);
}

static void publish_status(struct events *events)
{
    struct look *look = &events->look;
    struct document *whole = document_new_object();
    const struct document *now = document_member(look->site, "now_s");
    uint8_t hash[SEAL_HASH_SIZE];
    int64_t now_s = 0;
    size_t size;
    (void)document_number(&now_s, now);
    document_set_number(look->site, "now_s", 0); /* the clock alone is no news */
    document_set(whole, "modems", look->modems);
    document_set(whole, "bulletins", look->bulletins);
    document_set(whole, "site", look->site);
    char *text = document_write_new(&size, whole);
    seal_hash(hash, (const uint8_t *)text, size);
    free(text);
    if (memcmp(hash, events->status_hash, sizeof hash) != 0) {
        document_set_number(look->site, "now_s", now_s);
        text = document_write_new(&size, whole);
        feed_publish(&events->feed, FEED_STATUS, text, size);
        free(text);
        memcpy(events->status_hash, hash, sizeof hash);
        events->status_size = size;
        wake_all(events);
    }
    document_free(whole);
}

static void end_look(struct events *events)
{
    struct look *look = &events->look;
    if (!look->failed && look->site != NULL) {
        publish_status(events);
    } else {
        document_free(look->site);
        document_free(look->modems);
        document_free(look->bulletins);
    }
    *look = (struct look){0};
    events->looking = false;
    plan(events);
}

static void on_status(void *arg, const struct message *reply, bool last)
{
    struct events *events = arg;
    struct look *look = &events->look;
    if (reply->type == MESSAGE_STATUS_SITE && look->site == NULL)
        look->site = shapes_new_site(&reply->as.status_site);
    else if (reply->type == MESSAGE_STATUS_MODEM)
        document_append(look->modems, shapes_new_modem(&reply->as.status_modem));
    else if (reply->type == MESSAGE_STATUS_BULLETIN)
        document_append(look->bulletins, shapes_new_bulletin(&reply->as.status_bulletin));
    else if (reply->type == MESSAGE_REFUSED)
        look->failed = true;
    if (last && --look->waiting == 0)
        end_look(events);
}

static void publish_changes(struct events *events, size_t index)
{
    uint64_t *ids = calloc(CHANGES_MAX, sizeof *ids);
    if (ids == NULL)
        log_fatal("no_memory");
    size_t count = changes_end(&events->changes[index], ids);
    struct document *whole = document_new_object();
    struct document *list = document_new_list();
    for (size_t i = 0; i < count; i++)
        document_append_number(list, (int64_t)ids[i]);
    document_set(whole, "ids", list);
    if (count > 0) {
        size_t size;
        char *text = document_write_new(&size, whole);
        feed_publish(&events->feed, lists[index].kind, text, size);
        free(text);
        wake_all(events);
    }
    document_free(whole);
    free(ids);
}

/* A draft that is only stamped anew, as it is whenever somebody looks at it, is the same one. */
static void put_draft(struct changes *changes, const struct message_draft *draft)
{
    uint8_t content[32];
    struct buf_out out;
    buf_out_init(&out, content, sizeof content);
    buf_put_u8(&out, draft->state);
    buf_put_u64(&out, (uint64_t)draft->created_s);
    buf_put_u64(&out, (uint64_t)draft->first_s);
    buf_put_u16(&out, draft->sealed.size);
    changes_put(changes, draft->id, content, out.used);
}

static void put_row(struct changes *changes, const struct message *row)
{
    struct ipc_packet packet;
    uint64_t id = row->type == MESSAGE_SKETCH ? row->as.sketch.id : row->as.rumour.id;
    if (row->type == MESSAGE_DRAFT)
        put_draft(changes, &row->as.draft);
    else if (messages_encode(&packet, row) == ERR_OK)
        changes_put(changes, id, packet.payload, packet.size);
}

static void on_list(void *arg, const struct message *reply, bool last)
{
    const struct list_arg *list = arg;
    struct events *events = list->events;
    if (reply->type == lists[list->index].row)
        put_row(&events->changes[list->index], reply);
    if (last && reply->type == MESSAGE_END)
        publish_changes(events, list->index);
    if (last && --events->look.waiting == 0)
        end_look(events);
}

static void look_at_lists(struct events *events)
{
    events->dirty = false;
    events->lists_ms = clock_boot_ms();
    events->look.waiting += LISTS;
    for (size_t i = 0; i < LISTS; i++) {
        const struct message ask = {.type = lists[i].ask, .fd = -1};
        changes_begin(&events->changes[i]);
        backend_ask(events->server->backend, &ask, on_list, &events->list_args[i]);
    }
}

static void on_timer(void *arg)
{
    struct events *events = arg;
    if (events->looking || events->count == 0)
        return;
    const struct message ask = {.type = MESSAGE_STATUS_GET, .fd = -1};
    events->looking = true;
    events->looked_ms = clock_boot_ms();
    events->look = (struct look){
        .modems = document_new_list(), .bulletins = document_new_list(), .waiting = 1};
    backend_ask(events->server->backend, &ask, on_status, events);
    if (events->dirty || events->looked_ms - events->lists_ms >= EVENTS_LISTS_MS)
        look_at_lists(events);
}

static void on_beat(void *arg)
{
    struct events *events = arg;
    int64_t now_s = clock_wall_s();
    for (struct watcher *w = events->watchers; w != NULL; w = w->next)
        if (session_peek(&events->server->sessions, w->own->cookie, now_s) == NULL) {
            w->over = true;
            http_wake(w->own->exchange);
        }
    if (events->count > 0 && clock_boot_ms() - events->beat_ms >= EVENTS_BEAT_MS) {
        events->beat_ms = clock_boot_ms();
        feed_beat(&events->feed);
        wake_all(events);
    }
    loop_set_timer(events->beat, EVENTS_SESSION_MS);
}

static ssize_t read_feed(void *arg, char *bytes, size_t room)
{
    struct watcher *watcher = arg;
    if (watcher->over)
        return -1;
    return (ssize_t)feed_read(&watcher->reader, &watcher->events->feed, bytes, room);
}

static void watcher_end(void *arg)
{
    struct watcher *watcher = arg;
    *watcher->before = watcher->next;
    if (watcher->next != NULL)
        watcher->next->before = watcher->before;
    watcher->events->count--;
    feed_end(&watcher->reader);
    free(watcher);
}

/* Who comes first finds an old status, of which nothing is to be believed. */
static void begin_watching(struct events *events)
{
    memset(events->status_hash, 0, sizeof events->status_hash);
    for (size_t i = 0; i < LISTS; i++)
        changes_forget(&events->changes[i]);
    events->dirty = true;
    feed_wipe(&events->feed);
    feed_init(&events->feed);
}

static void get_events(struct request *request)
{
    struct server_request *own = server_of(request);
    struct events *events = own->server->events;
    if (events->count >= EVENTS_WATCHERS_MAX) {
        response_error(request, ERR_BUSY, "too many are watching");
        return;
    }
    if (events->count == 0)
        begin_watching(events);
    struct watcher *watcher = calloc(1, sizeof *watcher);
    if (watcher == NULL)
        log_fatal("no_memory");
    *watcher = (struct watcher){
        .events = events, .own = own, .next = events->watchers, .before = &events->watchers};
    if (watcher->next != NULL)
        watcher->next->before = &watcher->next;
    events->watchers = watcher;
    events->count++;
    feed_begin(&watcher->reader, &events->feed);
    own->end = watcher_end;
    own->end_arg = watcher;
    const struct http_stream stream = {.read = read_feed, .arg = watcher};
    response_header(request, "Connection", "close");
    response_stream(request, "text/event-stream", &stream);
    plan(events);
}

void events_note(struct events *events, enum message_type type)
{
    for (size_t i = 0; i < LISTS; i++)
        for (size_t j = 0; j < sizeof lists[i].changers / sizeof lists[i].changers[0]; j++)
            if (lists[i].changers[j] == type && type != MESSAGE_NONE)
                events->dirty = true;
    if (events->dirty)
        plan(events);
}

unsigned events_watchers(const struct events *events)
{
    return events->count;
}

struct events *events_new(struct server *server)
{
    struct events *events = calloc(1, sizeof *events);
    if (events == NULL)
        log_fatal("no_memory");
    events->server = server;
    feed_init(&events->feed);
    for (size_t i = 0; i < LISTS; i++)
        events->list_args[i] = (struct list_arg){events, i};
    events->timer = loop_add_timer(server->loop, on_timer, events);
    events->beat = loop_add_timer(server->loop, on_beat, events);
    loop_set_timer(events->beat, EVENTS_SESSION_MS);
    return events;
}

void events_end(struct events *events)
{
    events->ended = true;
    for (struct watcher *w = events->watchers; w != NULL; w = w->next) {
        w->over = true;
        http_wake(w->own->exchange);
    }
}

const struct routes_table *events_table(void)
{
    static const struct route routes[] = {
        {ROUTES_GET, "/api/events", ROUTES_SESSION, 0, NULL, get_events}};
    static const struct routes_table table = {routes, sizeof routes / sizeof routes[0]};
    return &table;
}
