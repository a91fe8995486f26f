/* dabyl-dispatcher: the one process that opens the store: accepts bulletins, hands parts to modems, reads what subscribers
 * text, answers the control socket.
 *
 * The loop works in rounds: all that is ready is served within one transaction, which is then committed; only after that
 * what was queued meanwhile is sent. So no process ever hears of what is not on disk.
 */
#include "gateway/base/clock.h"
#include "gateway/base/conf.h"
#include "gateway/base/forget.h"
#include "gateway/base/log.h"
#include "gateway/base/loop.h"
#include "gateway/base/role.h"
#include "gateway/bulletin/seal.h"
#include "gateway/dispatcher/control.h"
#include "gateway/dispatcher/delivery.h"
#include "gateway/dispatcher/drafts.h"
#include "gateway/dispatcher/held.h"
#include "gateway/dispatcher/outcome.h"
#include "gateway/dispatcher/peers.h"
#include "gateway/dispatcher/site.h"
#include "gateway/dispatcher/sketching.h"
#include "gateway/dispatcher/steer.h"
#include "gateway/dispatcher/timing.h"
#include "gateway/store/copy_file.h"
#include "gateway/store/inbox.h"
#include "gateway/store/outbox.h"
#include "gateway/store/sims.h"

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TICK_MS 1000
#define PURGE_TICKS 600
#define EXIT_USAGE 2
#define EXIT_CONFIG 3
#define EXIT_STORE 4

struct dispatcher {
    struct loop *loop;
    struct site site;
    struct peers peers;
    struct control *control;
    struct loop_source *tick;
    struct loop_source *due; /* the next retry or doubt, or a round that goes on at once */
    struct loop_source *parent;
    unsigned ticks;
};

static const char usage[] =
    "usage: dabyl-dispatcher --config FILE [--state DIR] [--ballast BYTES]\n"
    "Holds the store of a gateway. dabyld starts it; dabyl-dispatcher(8) describes it.\n"
    "  --config FILE    the configuration\n"
    "  --state DIR      this state folder, not the configuration's\n"
    "  --ballast BYTES  room kept free for the day when the disk is full (64 MiB)\n"
    "  --help           this text\n"
    "Exit codes: 0 stopped, 2 usage, 3 configuration, 4 the store can't be opened, 70 an error of "
    "disk or program.\n";

/* served_ms: when the modems were served. What has become due since then has been offered to nobody. */
static void set_due(struct dispatcher *d, int64_t served_ms, bool at_once)
{
    int64_t now_ms = clock_boot_ms();
    int64_t soonest = at_once ? now_ms : outbox_soonest(d->site.store, served_ms);
    if (soonest != 0)
        loop_set_timer(d->due, soonest > now_ms ? soonest - now_ms : 0);
}

/* The end of a round: modems that wait are served, all is committed, then what was queued is sent; the numbers that were
 * worked with are forgotten. */
static void end_round(void *arg)
{
    struct dispatcher *d = arg;
    int64_t served_ms = clock_boot_ms();
    if (d->site.air_key != 0)
        steer_wake(&d->peers);
    bool more = peers_serve(&d->peers);
    if (d->site.air_key != 0) {
        peers_air(&d->peers, d->site.air_key);
        peers_tell_quiet(&d->peers);
    }
    d->site.air_key = 0;
    tally_flush(&d->site);
    bool changed = store_in_transaction(d->site.store);
    store_commit(d->site.store);
    peers_flush(&d->peers);
    more = control_flush(d->control) || more || store_in_transaction(d->site.store);
    if (changed || more)
        set_due(d, served_ms, more);
    forget_stack();
}

static void on_due(void *arg)
{
    struct dispatcher *d = arg;
    d->site.work = true;
}

static void on_tick(void *arg)
{
    struct dispatcher *d = arg;
    loop_set_timer(d->tick, TICK_MS);
    role_alive();
    if (ballast_check(&d->site.ballast) == BALLAST_NONE)
        return;
    store_begin(d->site.store);
    site_check_time(&d->site);
    drafts_tick(&d->site);
    outcome_tick(&d->site);
    held_tick(&d->site);
    steer_tick(&d->peers);
    peers_tell_quiet(&d->peers);
    timing_tick(&d->peers);
    if (inbox_has_waiting(d->site.store, 1))
        d->site.work = true; /* one may have waited for its modem long enough */
    if (d->ticks++ % PURGE_TICKS == 0) {
        inbox_purge(d->site.store, site_now_s(&d->site));
        sims_purge(d->site.store, site_now_s(&d->site) / 60 - BUDGET_MINUTES);
        sketching_purge(&d->site);
    }
}

static void on_parent(void *arg, int fd, unsigned events)
{
    struct dispatcher *d = arg;
    struct message message;
    (void)events;
    enum err err = messages_receive(fd, &message);
    if (err == ERR_CLOSED)
        loop_stop(d->loop, 0);
    if (err != ERR_OK)
        return;
    bool peer = message.type == MESSAGE_PEER && message.fd >= 0;
    if (peer && message.as.peer.role == MESSAGE_ROLE_NEWSROOM)
        control_add_newsroom(d->control, message.fd);
    else if (peer)
        peers_add(&d->peers, &message.as.peer, message.fd);
    else if (message.fd >= 0)
        close(message.fd);
}

static void on_stop(void *arg)
{
    struct dispatcher *d = arg;
    loop_stop(d->loop, 0);
}

/* One transaction, before any modem is served. */
static void recover(struct dispatcher *d)
{
    store_begin(d->site.store);
    site_load(&d->site);
    delivery_recover(&d->site);
    held_begin(&d->site);
    tally_flush(&d->site);
    store_commit(d->site.store);
}

static int run(struct dispatcher *d, bool has_parent)
{
    d->loop = loop_new();
    d->peers.site = &d->site;
    d->site.peers = &d->peers;
    d->peers.loop = d->loop;
    d->peers.round = end_round;
    d->peers.round_arg = d;
    recover(d);
    d->control = control_new(d->loop, &d->site, &d->peers);
    d->tick = loop_add_timer(d->loop, on_tick, d);
    d->due = loop_add_timer(d->loop, on_due, d);
    loop_set_timer(d->tick, 0);
    if (has_parent)
        d->parent = loop_add_fd(d->loop, ROLE_MESSAGE_FD, LOOP_READ, on_parent, d);
    struct loop_source *term = loop_add_signal(d->loop, SIGTERM, on_stop, d);
    struct loop_source *interrupt = loop_add_signal(d->loop, SIGINT, on_stop, d);
    struct loop_source *after = loop_add_after(d->loop, end_round, d);
    role_ready();
    log_info("ready state=%s subscribers=%u live=%u", store_folder(d->site.store),
        subscribers_count(d->site.store), d->site.plan.count);
    int code = loop_run(d->loop);
    tally_flush(&d->site);
    store_commit(d->site.store);
    peers_close(&d->peers);
    control_free(d->control);
    struct loop_source *sources[] = {d->tick, d->due, d->parent, term, interrupt, after};
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++)
        loop_remove(sources[i]);
    loop_free(d->loop);
    site_free(&d->site);
    return code;
}

static int say(int code, const char *text)
{
    (void)fprintf(stderr, "dabyl-dispatcher: %s\n", text);
    return code;
}

struct options {
    const char *config;
    const char *state;
    int64_t ballast_bytes;
};

static bool read_bytes(int64_t *bytes, const char *text)
{
    char *end = NULL;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    *bytes = value;
    return errno == 0 && end != text && *end == '\0' && value >= 0;
}

/* -1: go on; else the exit code. */
static int read_options(struct options *options, int argc, char **argv)
{
    static const struct option names[] = {{"config", required_argument, NULL, 'c'},
        {"state", required_argument, NULL, 's'}, {"ballast", required_argument, NULL, 'b'},
        {"help", no_argument, NULL, 'h'}, {NULL, 0, NULL, 0}};
    for (int option; (option = getopt_long(argc, argv, "", names, NULL)) != -1;) {
        if (option == 'h')
            return fputs(usage, stdout) < 0;
        if (option == '?')
            return EXIT_USAGE;
        if (option == 'b' && !read_bytes(&options->ballast_bytes, optarg))
            return say(EXIT_USAGE, "--ballast is a number of bytes");
        if (option == 'c')
            options->config = optarg;
        if (option == 's')
            options->state = optarg;
    }
    if (options->config != NULL && optind == argc)
        return -1;
    (void)fputs(usage, stderr);
    return EXIT_USAGE;
}

int main(int argc, char **argv)
{
    static struct dispatcher dispatcher;
    struct options options = {.ballast_bytes = BALLAST_BYTES};
    char why[STORE_WHY_MAX];
    int code = read_options(&options, argc, argv);
    if (code >= 0)
        return code;
    bool has_parent = role_begin();
    struct site *site = &dispatcher.site;
    if (seal_init() != ERR_OK)
        return say(EXIT_STORE, "libsodium does not start");
    if (conf_load(&site->conf, why, options.config) != ERR_OK)
        return say(EXIT_CONFIG, why);
    if (options.state != NULL && (size_t)snprintf(site->conf.state, sizeof site->conf.state, "%s",
                                     options.state) >= sizeof site->conf.state)
        return say(EXIT_USAGE, "--state is too long");
    if (store_open(&site->store, why, site->conf.state) != ERR_OK)
        return say(EXIT_STORE, why);
    copy_file_remove(store_folder(site->store));
    ballast_init(&site->ballast, store_folder(site->store), options.ballast_bytes);
    return run(&dispatcher, has_parent);
}
