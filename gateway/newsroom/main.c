/* dabyl-newsroom: the newsroom's page and its API over TLS. It holds no store, no number of a phone and no editor's key: file
 * descriptor 3 leads to the dispatcher, which lets it ask for little, and takes nothing from it that editors have not signed.
 */
#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/role.h"
#include "gateway/newsroom/api.h"
#include "gateway/newsroom/assets.h"
#include "gateway/newsroom/events.h"
#include "gateway/newsroom/health.h"
#include "gateway/newsroom/listening.h"
#include "gateway/newsroom/server.h"
#include "gateway/newsroom/sign_in.h"
#include "gateway/newsroom/tls.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define BEAT_MS 1000
#define DESCRIPTORS (HTTP_CONNECTIONS_MAX + 64)
#define PORT_DEFAULT 8443
#define ADDRESS_DEFAULT "0.0.0.0"
#define NAMES_SIZE 2048
#define PATH_SIZE 512
#define STOP_MS 300 /* for answers under way */

enum { EXIT_STOPPED = 0, EXIT_USAGE = 2, EXIT_CONFIG = 3, EXIT_LOST = 4 };

struct options {
    const char *folder;
    const char *listen;
    unsigned port;
    const char *names;
    const char *sender;
    const char *fingerprint;
    const char *air;
    const char *dev;
    bool help;
};

struct newsroom {
    struct options options;
    struct server server;
    struct tls_identity identity;
    int listening_fd;
    unsigned port;
    char programs[PATH_SIZE];
    char readings[PATH_SIZE];
    char origin[HYGIENE_ORIGIN_SIZE];
    struct loop_source *beat;
    struct loop_source *stop;
};

static const char usage[] =
    "usage: dabyl-newsroom --folder DIR --fingerprint F --sender NAME [--listen ADDRESS] [--port "
    "N]\n"
    "           [--names \"NAME ...\"] [--air DIR] [--dev DIR]     (started by dabyld)\n";

static int fail(int code, const char *what, const char *why)
{
    log_error("not_started what=%s error=%s", what, why);
    return code;
}

static bool read_options(struct options *options, int argc, char **argv)
{
    static const struct option known[] = {{"folder", required_argument, NULL, 'f'},
        {"listen", required_argument, NULL, 'l'}, {"port", required_argument, NULL, 'p'},
        {"names", required_argument, NULL, 'n'}, {"sender", required_argument, NULL, 's'},
        {"fingerprint", required_argument, NULL, 'k'}, {"air", required_argument, NULL, 'a'},
        {"dev", required_argument, NULL, 'd'}, {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0}};
    *options = (struct options){
        .listen = ADDRESS_DEFAULT, .port = PORT_DEFAULT, .names = "", .sender = "", .air = ""};
    for (int option; (option = getopt_long(argc, argv, "", known, NULL)) != -1;) {
        const struct {
            int option;
            const char **to;
        } texts[] = {{'f', &options->folder}, {'l', &options->listen}, {'n', &options->names},
            {'s', &options->sender}, {'k', &options->fingerprint}, {'a', &options->air},
            {'d', &options->dev}};
        for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
            if (texts[i].option == option)
                *texts[i].to = optarg;
        if (option == 'p')
            options->port = (unsigned)strtoul(optarg, NULL, 10);
        if (option == '?')
            return false;
        options->help = options->help || option == 'h';
    }
    return options->help || (options->folder != NULL && options->fingerprint != NULL &&
                                options->port <= UINT16_MAX && optind == argc);
}

/* What may stand in Host, and in the certificate. */
static int take_names(struct newsroom *newsroom)
{
    struct hygiene_site *names = &newsroom->server.names;
    char list[NAMES_SIZE];
    static const char *const always[] = {"localhost", "127.0.0.1", "::1"};
    if (snprintf(list, sizeof list, "%s", newsroom->options.names) >= (int)sizeof list)
        return fail(EXIT_CONFIG, "names", "too long");
    char *rest = list;
    for (char *name; (name = strsep(&rest, " ,")) != NULL;)
        if (name[0] != '\0' && hygiene_add_name(names, name) != ERR_OK)
            return fail(EXIT_CONFIG, "names", name);
    for (size_t i = 0; i < sizeof always / sizeof always[0]; i++)
        if (hygiene_add_name(names, always[i]) != ERR_OK)
            return fail(EXIT_CONFIG, "names", "too many");
    names->port = newsroom->port;
    return 0;
}

static int open_identity(struct newsroom *newsroom)
{
    const struct hygiene_site *site = &newsroom->server.names;
    const char *folder = newsroom->options.folder;
    const char *names[HYGIENE_NAMES_MAX];
    if (mkdir(folder, 0700) != 0 && errno != EEXIST)
        return fail(EXIT_CONFIG, folder, strerror(errno));
    enum err err = tls_load(&newsroom->identity, folder);
    if (err == ERR_OK)
        return 0;
    if (err != ERR_MISSING)
        return fail(EXIT_CONFIG, "certificate", err_text(err));
    for (unsigned i = 0; i < site->name_count; i++)
        names[i] = site->names[i];
    err = tls_make(&newsroom->identity, names, site->name_count, clock_wall_s());
    if (err == ERR_OK)
        err = tls_save(&newsroom->identity, folder);
    if (err != ERR_OK)
        return fail(EXIT_CONFIG, "certificate", err_text(err));
    log_info("certificate_made fingerprint=%s", newsroom->identity.fingerprint);
    return 0;
}

/* For dabylctl newsroom show: where we are and by what we are known. */
static void write_show(const struct newsroom *newsroom)
{
    char path[PATH_SIZE];
    (void)snprintf(path, sizeof path, "%s/show", newsroom->options.folder);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0 || dprintf(fd, "%s/\n%s\n", newsroom->origin, newsroom->identity.fingerprint) < 0)
        log_warn("show_not_written error=%s", strerror(errno));
    if (fd >= 0)
        close(fd);
}

static void fill_site(struct newsroom *newsroom)
{
    const char *name = newsroom->server.names.names[0];
    bool bare = strchr(name, ':') == NULL;
    (void)snprintf(newsroom->origin, sizeof newsroom->origin, "https://%s%s%s:%u", bare ? "" : "[",
        name, bare ? "" : "]", newsroom->port);
    ssize_t size = readlink("/proc/self/exe", newsroom->programs, sizeof newsroom->programs - 1);
    newsroom->programs[size > 0 ? size : 0] = '\0';
    (void)snprintf(
        newsroom->readings, sizeof newsroom->readings, "%s/readings", newsroom->options.folder);
    char *slash = strrchr(newsroom->programs, '/');
    if (slash != NULL)
        *slash = '\0';
    newsroom->server.site = (struct request_site){.sender = newsroom->options.sender,
        .fingerprint = newsroom->options.fingerprint,
        .air_directory = newsroom->options.air,
        .readings = newsroom->readings,
        .programs = newsroom->programs,
        .origin = newsroom->origin};
}

static void on_beat(void *arg)
{
    struct newsroom *newsroom = arg;
    role_alive();
    loop_set_timer(newsroom->beat, BEAT_MS);
}

static void on_lost(void *arg)
{
    struct newsroom *newsroom = arg;
    log_warn("dispatcher_gone");
    loop_stop(newsroom->server.loop, EXIT_LOST);
}

static void on_stopped(void *arg)
{
    struct newsroom *newsroom = arg;
    loop_stop(newsroom->server.loop, EXIT_STOPPED);
}

/* Answers that are under way get a moment. */
static void on_stop(void *arg)
{
    struct newsroom *newsroom = arg;
    events_end(newsroom->server.events);
    loop_set_timer(newsroom->stop, STOP_MS);
}

static void on_granted(void *arg, enum message_type granted)
{
    events_note(arg, granted);
}

static int start_http(struct newsroom *newsroom)
{
    struct server *server = &newsroom->server;
    const struct http_options options = {.listening_fd = newsroom->listening_fd,
        .certificate = newsroom->identity.certificate,
        .key = newsroom->identity.key};
    struct http_events events = server_events(server);
    if (http_new(&server->http, server->loop, &options, &events) != ERR_OK)
        return fail(EXIT_CONFIG, "https", "the library refuses");
    tls_wipe(&newsroom->identity);
    return 0;
}

static void add_tables(struct server *server)
{
    size_t count;
    const struct routes_table *tables = api_tables(&count);
    server_add_routes(server, sign_in_table());
    server_add_routes(server, health_table());
    server_add_routes(server, events_table());
    for (size_t i = 0; i < count; i++)
        server_add_routes(server, &tables[i]);
}

static int serve(struct newsroom *newsroom)
{
    struct server *server = &newsroom->server;
    server->loop = loop_new();
    server->backend = backend_new(server->loop, ROLE_MESSAGE_FD, on_lost, newsroom);
    server->assets = assets_new(newsroom->options.dev);
    server->events = events_new(server);
    backend_watch(server->backend, on_granted, server->events);
    add_tables(server);
    int code = start_http(newsroom);
    if (code != 0)
        return code;
    newsroom->beat = loop_add_timer(server->loop, on_beat, newsroom);
    loop_set_timer(newsroom->beat, BEAT_MS);
    newsroom->stop = loop_add_timer(server->loop, on_stopped, newsroom);
    (void)loop_add_signal(server->loop, SIGTERM, on_stop, newsroom);
    (void)loop_add_signal(server->loop, SIGINT, on_stop, newsroom);
    log_info("listening address=%s port=%u", newsroom->options.listen, newsroom->port);
    role_ready();
    return loop_run(server->loop);
}

/* A descriptor for each connection, and some more. */
static void allow_connections(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max < DESCRIPTORS ? limit.rlim_max : DESCRIPTORS;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
}

static int start(struct newsroom *newsroom)
{
    const struct options *options = &newsroom->options;
    enum err err = seal_init();
    allow_connections();
    if (err == ERR_OK)
        err = listening_open(
            &newsroom->listening_fd, &newsroom->port, options->listen, options->port);
    if (err != ERR_OK)
        return fail(EXIT_CONFIG, "listen", err_text(err));
    int code = take_names(newsroom);
    if (code == 0)
        code = open_identity(newsroom);
    if (code != 0)
        return code;
    session_init(&newsroom->server.sessions);
    fill_site(newsroom);
    write_show(newsroom);
    return serve(newsroom);
}

int main(int argc, char **argv)
{
    static struct newsroom newsroom;
    bool has_parent = role_begin();
    if (!read_options(&newsroom.options, argc, argv)) {
        (void)fputs(usage, stderr);
        return EXIT_USAGE;
    }
    if (newsroom.options.help)
        return fputs(usage, stdout) < 0;
    if (!has_parent)
        return fail(EXIT_CONFIG, "dispatcher", "file descriptor 3 is no message socket");
    return start(&newsroom);
}
