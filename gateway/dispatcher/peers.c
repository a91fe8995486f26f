#include "gateway/dispatcher/peers.h"

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/dispatcher/delivery.h"
#include "gateway/dispatcher/incoming.h"
#include "gateway/dispatcher/quiet.h"
#include "gateway/dispatcher/steer.h"
#include "gateway/dispatcher/timing.h"
#include "gateway/store/modems.h"

#include <string.h>
#include <unistd.h>

#define READ_MAX 32     /* messages of one peer before the others have their turn */
#define HANDLED_MAX 256 /* messages in one transaction */
#define PARTS_MAX 1024  /* that one modem may hold */
#define SERVE_MAX 32    /* parts for one modem before the others have their turn */

static void on_hello(struct peer *peer, const struct message *message)
{
    const struct message_modem_hello *hello = &message->as.modem_hello;
    struct modems_entry entry = {.id = peer->modem};
    steer_set_sim(peer, hello);
    memcpy(entry.imei, hello->imei, sizeof entry.imei);
    memcpy(entry.imsi, hello->imsi, sizeof entry.imsi);
    memcpy(peer->imei, hello->imei, sizeof peer->imei);
    modems_set_identity(peer->peers->site->store, &entry);
    peer->parts = hello->parts == 0 ? 1 : hello->parts < PARTS_MAX ? hello->parts : PARTS_MAX;
    log_info("modem_hello modem=%s model=%s parts=%u", peer->name, hello->model, peer->parts);
}

static void on_state(struct peer *peer, const struct message *message)
{
    if (peer->state.state != message->as.modem_state.state)
        log_info("modem_state modem=%s state=%u detail=\"%s\"", peer->name,
            message->as.modem_state.state, message->as.modem_state.detail);
    steer_heard(peer, &message->as.modem_state);
    peer->state = message->as.modem_state;
    peer->told = true;
    peer->fresh = true;
}

/* Whoever has room for all that it can hold holds nothing: what the store says that it does was lost on the way. */
static void on_pull(struct peer *peer, const struct message *message)
{
    (void)message;
    if (peer->pulls < peer->parts)
        peer->pulls++;
    peer->fresh = true;
    if (peer->pulls == peer->parts)
        delivery_settle(peer->peers->site, peer->modem);
}

static void on_hold(struct peer *peer, const struct message *message)
{
    struct message reply;
    delivery_hold(peer->peers->site, &reply, peer->modem, &message->as.job);
    outgoing_put(&peer->outgoing, &reply);
}

static void on_sent(struct peer *peer, const struct message *message)
{
    delivery_sent(peer->peers->site, peer->modem, &message->as.part_sent);
    steer_sent(peer);
}

static void on_failed(struct peer *peer, const struct message *message)
{
    unsigned before = delivery_failed(peer->peers->site, peer->modem, &message->as.part_failed);
    steer_failed(peer, &message->as.part_failed, before);
}

static void say_stored(struct peer *peer, uint64_t serial)
{
    struct message reply = {.type = MESSAGE_INBOUND_STORED, .fd = -1};
    reply.as.serial.serial = serial;
    if (serial != 0)
        outgoing_put(&peer->outgoing, &reply);
}

/* With no room left the text stays on the SIM, from which it is read out again later. */
static void on_inbound(struct peer *peer, const struct message *message)
{
    if (peer->peers->site->ballast.room == BALLAST_NONE)
        return;
    trust_hear(&peer->peers->site->trust, message->as.inbound.smsc_s, clock_boot_ms());
    incoming_take(peer->peers->site, peer->modem, peer->name, &message->as.inbound);
    say_stored(peer, message->as.inbound.serial);
}

static void on_report(struct peer *peer, const struct message *message)
{
    trust_hear(&peer->peers->site->trust, message->as.report.done_s, clock_boot_ms());
    delivery_report(peer->peers->site, peer->modem, &message->as.report);
    say_stored(peer, message->as.report.serial);
}

static void on_aired(struct peer *peer, const struct message *message)
{
    struct peers *peers = peer->peers;
    unsigned i = 0;
    while (i < peers->air_count && peers->air_keys[i] / 2 != message->as.aired.number)
        i++;
    if (i == peers->air_count)
        return;
    bulletins_set_aired(
        peers->site->store, peers->air_keys[i], &message->as.aired, site_now_s(peers->site));
    peers->air_count--;
    memmove(&peers->air_keys[i], &peers->air_keys[i + 1],
        (peers->air_count - i) * sizeof peers->air_keys[0]);
    log_info("bulletin_aired number=%u result=%s seconds=%u", message->as.aired.number,
        err_name((enum err)message->as.aired.result), message->as.aired.seconds);
}

static void on_on_air(struct peer *peer, const struct message *message)
{
    struct message_on_air *known = &peer->peers->on_air;
    struct message_on_air now = message->as.on_air;
    bool goes_on = now.state == known->state && now.number == known->number && known->since_s != 0;
    now.since_s = goes_on ? known->since_s : site_now_s(peer->peers->site);
    *known = now;
}

static const struct {
    enum message_type type;
    enum message_role sender;
    void (*handle)(struct peer *peer, const struct message *message);
} handlers[] = {
    {MESSAGE_MODEM_HELLO, MESSAGE_ROLE_MODEM, on_hello},
    {MESSAGE_MODEM_STATE, MESSAGE_ROLE_MODEM, on_state},
    {MESSAGE_PULL, MESSAGE_ROLE_MODEM, on_pull},
    {MESSAGE_PART_HOLD, MESSAGE_ROLE_MODEM, on_hold},
    {MESSAGE_PART_SENT, MESSAGE_ROLE_MODEM, on_sent},
    {MESSAGE_PART_FAILED, MESSAGE_ROLE_MODEM, on_failed},
    {MESSAGE_INBOUND, MESSAGE_ROLE_MODEM, on_inbound},
    {MESSAGE_REPORT, MESSAGE_ROLE_MODEM, on_report},
    {MESSAGE_AIRED, MESSAGE_ROLE_RADIO, on_aired},
    {MESSAGE_ON_AIR, MESSAGE_ROLE_RADIO, on_on_air},
};

static void handle(struct peer *peer, const struct message *message)
{
    for (size_t i = 0; i < sizeof handlers / sizeof handlers[0]; i++)
        if (handlers[i].type == message->type && (uint8_t)handlers[i].sender == peer->role) {
            store_begin(peer->peers->site->store);
            handlers[i].handle(peer, message);
            return;
        }
    log_warn("message_unexpected peer=%s type=%s", peer->name, messages_name(message->type));
}

static void lose(struct peer *peer)
{
    log_warn("peer_gone name=%s", peer->name);
    outgoing_close(&peer->outgoing);
    peer->connected = false;
    peer->pulls = 0;
    peer->state = (struct message_modem_state){
        .state = MESSAGE_MODEM_GONE, .signal = UINT8_MAX, .registration = UINT8_MAX, .credit = -1};
    if (peer->role != MESSAGE_ROLE_MODEM)
        return;
    store_begin(peer->peers->site->store);
    delivery_release(peer->peers->site, peer->modem);
}

static void on_readable(void *arg, int fd, unsigned events)
{
    struct peer *peer = arg;
    struct message message;
    enum err err = ERR_OK;
    (void)events;
    for (unsigned i = 0; i < READ_MAX && (err = messages_receive(fd, &message)) == ERR_OK; i++) {
        if (message.fd >= 0)
            close(message.fd);
        handle(peer, &message);
        peer->peers->handled++;
    }
    if (err == ERR_CLOSED || err == ERR_SYSTEM)
        lose(peer);
    else if (err != ERR_OK && err != ERR_BUSY)
        log_warn("message_refused peer=%s error=%s", peer->name, err_name(err));
    if (peer->peers->handled >= HANDLED_MAX)
        peer->peers->round(peer->peers->round_arg);
}

static struct peer *find_place(struct peers *peers, const struct message_peer *who)
{
    for (unsigned i = 0; i < peers->count; i++)
        if (peers->list[i].role == who->role && peers->list[i].index == who->index)
            return &peers->list[i];
    return peers->count < PEERS_MAX ? &peers->list[peers->count++] : NULL;
}

/* Everything that is going out and not yet on the air. */
static void air_all(struct peers *peers)
{
    peers->air_count = 0;
    for (unsigned i = 0; i < peers->site->plan.count; i++) {
        struct bulletins_entry row;
        uint32_t key = peers->site->plan.entries[i]->key;
        if (bulletins_get(peers->site->store, &row, key) == ERR_OK && !row.aired)
            peers_air(peers, key);
    }
}

void peers_add(struct peers *peers, const struct message_peer *who, int fd)
{
    struct peer *peer = find_place(peers, who);
    if (peer == NULL || who->role > MESSAGE_ROLE_RADIO) {
        log_error("peer_refused name=%s: too many, or of no known role", who->name);
        close(fd);
        return;
    }
    if (peer->connected)
        lose(peer);
    struct breaker breaker = peer->breaker;
    *peer =
        (struct peer){.peers = peers, .connected = true, .role = who->role, .index = who->index};
    peer->breaker = breaker;
    peer->parts = 1;
    memcpy(peer->name, who->name, sizeof peer->name);
    outgoing_open(&peer->outgoing, peers->loop, fd, on_readable, peer);
    store_begin(peers->site->store);
    if (who->role == MESSAGE_ROLE_MODEM) {
        struct modems_entry entry;
        modems_find(peers->site->store, &entry, peer->name);
        peer->modem = entry.id;
        memcpy(peer->imei, entry.imei, sizeof peer->imei);
        steer_load(peer);
    } else {
        peers->quiet.number = UINT32_MAX;
        peers->told.wall_s = 0;
        timing_tick(peers);
        peers->on_air = (struct message_on_air){.state = MESSAGE_ON_AIR_NONE};
        air_all(peers);
        peers_tell_quiet(peers);
    }
    log_info("peer_added name=%s", peer->name);
}

void peers_close(struct peers *peers)
{
    for (unsigned i = 0; i < peers->count; i++)
        if (peers->list[i].connected)
            outgoing_close(&peers->list[i].outgoing);
    peers->count = 0;
}

/* True if this modem is to be asked again after another step. */
static bool serve_one(struct peer *peer)
{
    struct message part;
    for (unsigned i = 0; i < SERVE_MAX && peer->pulls > 0; i++) {
        unsigned want = steer_want(peer);
        peer->fresh = false;
        if (want == 0)
            return false;
        enum err err = delivery_claim(peer->peers->site, &part, peer->modem, want);
        peer->fresh = err == ERR_BUSY;
        if (err != ERR_OK)
            return peer->fresh;
        peer->pulls--;
        steer_given(peer);
        outgoing_put(&peer->outgoing, &part);
    }
    peer->fresh = peer->pulls > 0;
    return peer->fresh;
}

/* A modem that is being connected would keep a part waiting that another could send. */
static bool is_ready(const struct peer *peer)
{
    return peer->connected && peer->pulls > 0 &&
           (!peer->told || peer->state.state == MESSAGE_MODEM_ONLINE);
}

bool peers_serve(struct peers *peers)
{
    bool all = peers->site->work;
    bool more = false;
    if (peers->site->ballast.room == BALLAST_NONE)
        return false;
    peers->site->work = false;
    for (unsigned i = 0; i < peers->count; i++) {
        struct peer *peer = &peers->list[i];
        if (!is_ready(peer) || !(all || peer->fresh))
            continue;
        store_begin(peers->site->store);
        more = serve_one(peer) || more;
    }
    return more;
}

static struct peer *find_radio(struct peers *peers)
{
    for (unsigned i = 0; i < peers->count; i++)
        if (peers->list[i].connected && peers->list[i].role == MESSAGE_ROLE_RADIO)
            return &peers->list[i];
    return NULL;
}

bool peers_has_radio(const struct peers *peers)
{
    for (unsigned i = 0; i < peers->count; i++)
        if (peers->list[i].connected && peers->list[i].role == MESSAGE_ROLE_RADIO)
            return true;
    return false;
}

bool peers_tell_radio(struct peers *peers, const struct message *message)
{
    struct peer *radio = find_radio(peers);
    if (radio != NULL)
        outgoing_put(&radio->outgoing, message);
    return radio != NULL;
}

void peers_air(struct peers *peers, uint32_t key)
{
    struct peer *radio = find_radio(peers);
    struct message message = {.type = MESSAGE_AIR, .fd = -1};
    if (radio == NULL || peers->air_count == PEERS_AIR_MAX ||
        bulletins_get_sealed(peers->site->store, &message.as.air.bulletin, key) != ERR_OK)
        return;
    message.as.air.roster = peers->site->roster_bytes;
    peers->air_keys[peers->air_count++] = key;
    peers->quiet.number = UINT32_MAX;
    outgoing_put(&radio->outgoing, &message);
}

void peers_tell_quiet(struct peers *peers)
{
    struct message message = {.type = MESSAGE_QUIET, .fd = -1};
    const struct message_quiet *now = &message.as.quiet, *told = &peers->quiet;
    if (!peers_has_radio(peers))
        return;
    quiet_fill(&message.as.quiet, peers->site);
    if (now->number == told->number && now->until_s == told->until_s &&
        now->roster.size == told->roster.size &&
        memcmp(now->roster.bytes, told->roster.bytes, now->roster.size) == 0)
        return;
    if (peers_tell_radio(peers, &message))
        peers->quiet = *now;
}

void peers_flush(struct peers *peers)
{
    peers->handled = 0;
    for (unsigned i = 0; i < peers->count; i++) {
        struct peer *peer = &peers->list[i];
        if (!peer->connected)
            continue;
        outgoing_flush(&peer->outgoing);
        if (peer->outgoing.broken)
            lose(peer);
    }
}

bool peers_print_modem(struct peers *peers, struct message *message, unsigned n)
{
    for (unsigned i = 0; i < peers->count; i++) {
        struct peer *peer = &peers->list[i];
        struct modems_entry entry;
        if (peer->role != MESSAGE_ROLE_MODEM || n-- > 0)
            continue;
        *message = (struct message){.type = MESSAGE_STATUS_MODEM, .fd = -1};
        struct message_status_modem *status = &message->as.status_modem;
        memcpy(status->name, peer->name, sizeof status->name);
        memcpy(status->imei, peer->imei, sizeof status->imei);
        status->state = peer->state.state;
        status->signal = peer->state.signal;
        memcpy(status->detail, peer->state.detail, sizeof status->detail);
        steer_print(peer, status);
        if (modems_get(peers->site->store, &entry, peer->modem) == ERR_OK) {
            status->sent = entry.sent;
            status->failed = entry.failed;
        }
        return true;
    }
    return false;
}
