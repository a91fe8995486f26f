/* dabyld: starts, watches and restarts the roles; holds nothing.
 *
 * The dispatcher is started with a message socket of ours. Each modem, SMPP bind and the radio get one end of a new socketpair as
 * their fd 3 at every start; the other end goes to the dispatcher as MESSAGE_PEER. When the dispatcher is started anew,
 * all others are too, since their sockets ended with it.
 */
#include "gateway/base/conf.h"
#include "gateway/base/ipc.h"
#include "gateway/base/log.h"
#include "gateway/base/role.h"
#include "gateway/base/sandbox.h"
#include "gateway/base/spawn.h"
#include "gateway/messages/messages.h"
#include "gateway/parent/folders.h"
#include "gateway/parent/own_names.h"
#include "gateway/parent/radio_words.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define GRACE_MS 8000 /* for a modem: the answer to a text that the network has been given */
#define EXIT_USAGE 2
#define EXIT_CONFIG 3
#define EXIT_RUNNING 4
#define PROGRAM_PATH_MAX 4096
#define NUMBER_TEXT_SIZE 12
#define PIN_FILE_MODE 0600
#define NAMES_SIZE 1024

struct parent;

struct role {
    struct parent *parent;
    enum message_role kind;
    uint16_t index;
    char name[MESSAGES_NAME_SIZE];
    struct spawn *spawn;
    struct sandbox sandbox;
};

struct parent {
    struct loop *loop;
    struct conf conf;
    const char *conf_path;
    char folder[PROGRAM_PATH_MAX]; /* where our programs lie */
    struct spawn *dispatcher;
    int dispatcher_fd; /* our end of its message socket; -1 while it is not running */
    bool started;      /* the roles have been started for the first time */
    unsigned role_count;
    struct role roles[CONF_MODEMS_MAX + CONF_SMPP_MAX + 2];
    unsigned living; /* children that have yet to end, while stopping */
    bool stopping;
    bool last; /* the roles have ended, the dispatcher is being stopped */
};

static const char usage[] =
    "usage: dabyld [--check] --config FILE\n"
    "Runs the gateway: the dispatcher, one process per modem and SMPP bind, the radio and the "
    "newsroom's page, and restarts what ends.\n"
    "  --config FILE   the configuration (dabyld(8) describes it)\n"
    "  --check         read the configuration, say what is wrong with it, run nothing\n"
    "  --help          this text\n"
    "Ends on SIGTERM or SIGINT. Exit codes: 0 stopped, 2 usage, 3 configuration, 4 it is running "
    "already.\n";

static void find_folder(struct parent *parent)
{
    ssize_t size = readlink("/proc/self/exe", parent->folder, sizeof parent->folder - 1);
    if (size <= 0)
        log_fatal("own_path_unknown error=%s", strerror(errno));
    parent->folder[size] = '\0';
    char *slash = strrchr(parent->folder, '/');
    if (slash != NULL)
        *slash = '\0';
}

static void program_path(char path[PROGRAM_PATH_MAX], const struct parent *parent, const char *name)
{
    if (snprintf(path, PROGRAM_PATH_MAX, "%s/%s", parent->folder, name) >= PROGRAM_PATH_MAX)
        log_fatal("path_too_long program=%s", name);
}

/* Introduces the role's new socket to the dispatcher and gives the role its end. */
static int role_message_fd(void *arg)
{
    struct role *role = arg;
    if (role->parent->dispatcher_fd < 0)
        return -1;
    int fds[2];
    if (ipc_pair(fds) != ERR_OK)
        log_fatal("no_socket error=%s", strerror(errno));
    struct message message = {.type = MESSAGE_PEER, .fd = fds[0]};
    message.as.peer.role = (uint8_t)role->kind;
    message.as.peer.index = role->index;
    (void)snprintf(message.as.peer.name, sizeof message.as.peer.name, "%s", role->name);
    enum err err = messages_send(role->parent->dispatcher_fd, &message);
    if (err != ERR_OK)
        log_error("peer_not_introduced name=%s error=%s", role->name, err_name(err));
    close(fds[0]);
    return fds[1];
}

static void stop_one(struct parent *parent, struct spawn *spawn)
{
    if (spawn_pid(spawn) != 0)
        parent->living++;
    spawn_stop(spawn, GRACE_MS);
}

/* The dispatcher last: it hears how the others' work ended. */
static void go_on_stopping(struct parent *parent)
{
    if (parent->living > 0)
        return;
    if (parent->last) {
        loop_stop(parent->loop, 0);
        return;
    }
    parent->last = true;
    stop_one(parent, parent->dispatcher);
    if (parent->living == 0)
        loop_stop(parent->loop, 0);
}

static void one_less(struct parent *parent)
{
    if (!parent->stopping)
        return;
    parent->living--;
    go_on_stopping(parent);
}

static void role_ended(void *arg, int wait_status)
{
    (void)wait_status;
    struct role *role = arg;
    one_less(role->parent);
}

static void start_role(struct role *role, const char *const *argv)
{
    const struct spawn_events events = {
        .message_fd = role_message_fd, .ended = role_ended, .arg = role, .sandbox = &role->sandbox};
    role->spawn = spawn_new(role->parent->loop, argv, &events);
}

/* The PIN goes by a file that only we can read, never by the list of arguments. */
static const char *write_pin(
    char path[PROGRAM_PATH_MAX], const struct parent *parent, const struct conf_modem *modem)
{
    if (snprintf(path, PROGRAM_PATH_MAX, "%s/pin.%s", parent->conf.state, modem->name) >=
        PROGRAM_PATH_MAX)
        log_fatal("path_too_long modem=%s", modem->name);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, PIN_FILE_MODE);
    if (fd < 0 || write(fd, modem->pin, strlen(modem->pin)) < 0)
        log_error("pin_not_written modem=%s error=%s", modem->name, strerror(errno));
    if (fd >= 0)
        close(fd);
    return path;
}

static void add(const char *argv[SPAWN_ARGS_MAX], const char *option, const char *value)
{
    unsigned count = 0;
    while (argv[count] != NULL)
        count++;
    if (value[0] == '\0')
        return;
    if (count + 3 > SPAWN_ARGS_MAX)
        log_fatal("too_many_arguments option=%s", option);
    argv[count] = option;
    argv[count + 1] = value;
}

/* Where it is, by name or by identity, and what it needs. */
static void add_modem(
    const char *argv[SPAWN_ARGS_MAX], const struct parent *parent, const struct conf_modem *modem)
{
    add(argv, "--device", modem->device);
    add(argv, "--imei", modem->imei);
    add(argv, "--iccid", modem->iccid);
    if (modem->device[0] == '\0')
        add(argv, "--devices", parent->conf.devices);
    add(argv, "--name", modem->name);
    add(argv, "--usb-reset", modem->usb_reset);
    add(argv, "--ussd", modem->ussd);
    if (modem->ussd[0] != '\0')
        add(argv, "--ussd-pattern", modem->ussd_pattern);
}

static void start_modem(struct parent *parent, unsigned index)
{
    const struct conf_modem *modem = &parent->conf.modems[index];
    struct role *role = &parent->roles[parent->role_count++];
    *role = (struct role){.parent = parent, .kind = MESSAGE_ROLE_MODEM, .index = (uint16_t)index};
    _Static_assert(sizeof role->name == sizeof modem->name, "one length of names");
    memcpy(role->name, modem->name, sizeof role->name);
    char program[PROGRAM_PATH_MAX];
    char pin[PROGRAM_PATH_MAX];
    char numbers[4][NUMBER_TEXT_SIZE];
    const struct {
        const char *option;
        unsigned value;
    } set[] = {{"--pace", modem->pace}, {"--prompt-timeout", modem->prompt_timeout_s},
        {"--answer-timeout", modem->answer_timeout_s}, {"--ussd-every", modem->ussd_every_s}};
    program_path(program, parent, "dabyl-modem");
    /* a program that cycles its power may have to ask a switch in the network */
    sandbox_init(&role->sandbox, modem->usb_reset[0] == '\0' ? SANDBOX_MODEM : SANDBOX_NONE);
    const char *argv[SPAWN_ARGS_MAX] = {program};
    add_modem(argv, parent, modem);
    for (size_t i = 0; i < sizeof set / sizeof set[0]; i++) {
        (void)snprintf(numbers[i], sizeof numbers[i], "%u", set[i].value);
        add(argv, set[i].option, numbers[i]);
    }
    if (modem->pin[0] != '\0')
        add(argv, "--pin", write_pin(pin, parent, modem));
    start_role(role, argv);
}

/* To the dispatcher a bind is a modem that holds several parts. */
static void start_smpp(struct parent *parent, unsigned index)
{
    const struct conf_smpp *smpp = &parent->conf.smpp[index];
    struct role *role = &parent->roles[parent->role_count++];
    *role = (struct role){.parent = parent,
        .kind = MESSAGE_ROLE_MODEM,
        .index = (uint16_t)(parent->conf.modem_count + index)};
    _Static_assert(sizeof role->name == sizeof smpp->name, "one length of names");
    memcpy(role->name, smpp->name, sizeof role->name);
    char program[PROGRAM_PATH_MAX];
    char port[NUMBER_TEXT_SIZE];
    char window[NUMBER_TEXT_SIZE];
    char per_second[NUMBER_TEXT_SIZE];
    char answer[NUMBER_TEXT_SIZE];
    program_path(program, parent, "dabyl-smpp");
    (void)snprintf(port, sizeof port, "%u", smpp->port);
    (void)snprintf(window, sizeof window, "%u", smpp->window);
    (void)snprintf(per_second, sizeof per_second, "%u", smpp->per_second);
    (void)snprintf(answer, sizeof answer, "%u", smpp->answer_timeout_s);
    const char *const argv[] = {program, "--host", smpp->host, "--port", port, "--system-id",
        smpp->system_id, "--password-file", smpp->password_file, "--source", smpp->source, "--name",
        smpp->name, "--window", window, "--per-second", per_second, "--answer-timeout", answer,
        NULL};
    start_role(role, argv);
}

static void start_radio(struct parent *parent)
{
    struct role *role = &parent->roles[parent->role_count++];
    *role = (struct role){.parent = parent, .kind = MESSAGE_ROLE_RADIO, .name = "radio"};
    char program[PROGRAM_PATH_MAX];
    program_path(program, parent, "dabyl-radio");
    folders_make(parent->conf.radio_directory);
    struct radio_words words;
    radio_words_fill(&words, &parent->conf);
    sandbox_init(&role->sandbox, words.count > 0 ? SANDBOX_TRANSMITTER : SANDBOX_RADIO);
    sandbox_allow(&role->sandbox, SANDBOX_RUN, program);
    sandbox_allow(&role->sandbox, SANDBOX_WRITE, parent->conf.radio_directory);
    const char *argv[SPAWN_ARGS_MAX] = {program};
    add(argv, "--directory", parent->conf.radio_directory);
    add(argv, "--programme", parent->conf.radio_programme);
    add(argv, "--fingerprint", parent->conf.fingerprint);
    add(argv, "--sender", parent->conf.sender);
    if (parent->conf.radio_call[0] != '\0')
        add(argv, "--call", parent->conf.radio_call);
    char readings[FOLDERS_PATH_MAX];
    if (parent->conf.newsroom.on && folders_make_readings(readings, &parent->conf) == ERR_OK) {
        sandbox_allow(&role->sandbox, SANDBOX_READ, readings);
        add(argv, "--readings", readings);
    }
    char station[FOLDERS_PATH_MAX];
    if (parent->conf.radio_quiet && folders_make_station(station, &parent->conf) == ERR_OK) {
        sandbox_allow(&role->sandbox, SANDBOX_WRITE, station);
        add(argv, "--station", station);
    }
    for (unsigned i = 0; i < words.count; i++)
        add(argv, words.pairs[i].option, words.pairs[i].value);
    start_role(role, argv);
}

/* Its own folder, what the radio has recorded, and the program that speaks to editors. */
static void fence_newsroom(struct role *role, const char *program, const char *folder)
{
    const struct conf *conf = &role->parent->conf;
    char speaker[PROGRAM_PATH_MAX];
    program_path(speaker, role->parent, "dabyl-radio");
    sandbox_init(&role->sandbox, SANDBOX_NEWSROOM);
    role->sandbox.port = conf->newsroom.port;
    sandbox_allow(&role->sandbox, SANDBOX_RUN, program);
    sandbox_allow(&role->sandbox, SANDBOX_RUN, speaker);
    sandbox_allow(&role->sandbox, SANDBOX_WRITE, folder);
    sandbox_allow(&role->sandbox, SANDBOX_READ, conf->radio_directory);
    sandbox_allow(&role->sandbox, SANDBOX_READ, conf->newsroom.page);
}

static void start_newsroom(struct parent *parent)
{
    const struct conf *conf = &parent->conf;
    struct role *role = &parent->roles[parent->role_count++];
    *role = (struct role){.parent = parent, .kind = MESSAGE_ROLE_NEWSROOM, .name = "newsroom"};
    char program[PROGRAM_PATH_MAX];
    char folder[PROGRAM_PATH_MAX];
    char port[NUMBER_TEXT_SIZE];
    char names[NAMES_SIZE];
    program_path(program, parent, "dabyl-newsroom");
    if (snprintf(folder, sizeof folder, "%s/newsroom", conf->state) >= (int)sizeof folder)
        log_fatal("path_too_long role=newsroom");
    folders_make(folder);
    fence_newsroom(role, program, folder);
    (void)snprintf(port, sizeof port, "%u", conf->newsroom.port);
    (void)snprintf(names, sizeof names, "%s", conf->newsroom.names);
    own_names_append(names, sizeof names, conf->newsroom.listen);
    const char *argv[SPAWN_ARGS_MAX] = {program};
    add(argv, "--folder", folder);
    add(argv, "--listen", conf->newsroom.listen);
    add(argv, "--port", port);
    add(argv, "--names", names);
    add(argv, "--sender", conf->sender);
    add(argv, "--fingerprint", conf->fingerprint);
    add(argv, "--air", conf->radio_directory);
    add(argv, "--dev", conf->newsroom.page);
    start_role(role, argv);
}

static void dispatcher_ready(void *arg)
{
    struct parent *parent = arg;
    if (parent->started)
        return; /* the others come back by themselves */
    parent->started = true;
    log_info("dispatcher_ready modems=%u smpp=%u radio=%d", parent->conf.modem_count,
        parent->conf.smpp_count, parent->conf.radio);
    for (unsigned i = 0; i < parent->conf.modem_count; i++)
        start_modem(parent, i);
    for (unsigned i = 0; i < parent->conf.smpp_count; i++)
        start_smpp(parent, i);
    if (parent->conf.radio)
        start_radio(parent);
    if (parent->conf.newsroom.on)
        start_newsroom(parent);
}

static int dispatcher_message_fd(void *arg)
{
    struct parent *parent = arg;
    int fds[2];
    if (ipc_pair(fds) != ERR_OK)
        log_fatal("no_socket error=%s", strerror(errno));
    parent->dispatcher_fd = fds[0];
    return fds[1];
}

/* The others end by themselves when their sockets to the dispatcher close, and are started again with new ones. */
static void dispatcher_ended(void *arg, int wait_status)
{
    (void)wait_status;
    struct parent *parent = arg;
    close(parent->dispatcher_fd);
    parent->dispatcher_fd = -1;
    if (parent->last)
        one_less(parent);
}

static void start_dispatcher(struct parent *parent)
{
    char program[PROGRAM_PATH_MAX];
    program_path(program, parent, "dabyl-dispatcher");
    const char *const argv[] = {program, "--config", parent->conf_path, NULL};
    const struct spawn_events events = {.message_fd = dispatcher_message_fd,
        .ready = dispatcher_ready,
        .ended = dispatcher_ended,
        .arg = parent};
    parent->dispatcher = spawn_new(parent->loop, argv, &events);
}

static void on_stop(void *arg)
{
    struct parent *parent = arg;
    if (parent->stopping)
        return;
    parent->stopping = true;
    log_info("stopping");
    for (unsigned i = 0; i < parent->role_count; i++)
        stop_one(parent, parent->roles[i].spawn);
    go_on_stopping(parent);
}

static int say(int code, const char *text)
{
    (void)fprintf(stderr, "dabyld: %s\n", text);
    return code;
}

/* One gateway per state folder: the lock is ours while we live. */
static int lock_state(const struct conf *conf)
{
    char line[CONF_WHY_MAX];
    char path[PROGRAM_PATH_MAX];
    if (mkdir(conf->state, 0700) != 0 && errno != EEXIST) {
        (void)snprintf(line, sizeof line,
            "cannot make the state folder %s: %s; make it, or set state = to another", conf->state,
            strerror(errno));
        return say(EXIT_CONFIG, line);
    }
    (void)snprintf(path, sizeof path, "%s/dabyld.lock", conf->state);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        (void)snprintf(line, sizeof line, "cannot write in the state folder %s: %s", conf->state,
            strerror(errno));
        return say(EXIT_CONFIG, line);
    }
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        (void)snprintf(line, sizeof line, "a gateway is running already on %s; stop that one first",
            conf->state);
        return say(EXIT_RUNNING, line);
    }
    return 0;
}

static int run(struct parent *parent)
{
    int refused = lock_state(&parent->conf);
    if (refused != 0)
        return refused;
    find_folder(parent);
    parent->loop = loop_new();
    struct loop_source *term = loop_add_signal(parent->loop, SIGTERM, on_stop, parent);
    struct loop_source *interrupt = loop_add_signal(parent->loop, SIGINT, on_stop, parent);
    start_dispatcher(parent);
    int code = loop_run(parent->loop);
    for (unsigned i = 0; i < parent->role_count; i++)
        spawn_free(parent->roles[i].spawn);
    spawn_free(parent->dispatcher);
    loop_remove(term);
    loop_remove(interrupt);
    loop_free(parent->loop);
    log_info("stopped");
    return code;
}

int main(int argc, char **argv)
{
    static struct parent parent = {.dispatcher_fd = -1};
    static const struct option options[] = {{"config", required_argument, NULL, 'c'},
        {"check", no_argument, NULL, 'k'}, {"help", no_argument, NULL, 'h'}, {NULL, 0, NULL, 0}};
    bool check = false;
    role_hide();
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (option == 'h')
            return fputs(usage, stdout) < 0;
        if (option == '?')
            return EXIT_USAGE;
        if (option == 'k')
            check = true;
        else
            parent.conf_path = optarg;
    }
    if (parent.conf_path == NULL || optind != argc) {
        (void)fputs(usage, stderr);
        return EXIT_USAGE;
    }
    char why[CONF_WHY_MAX];
    if (conf_load(&parent.conf, why, parent.conf_path) != ERR_OK ||
        radio_words_check(why, &parent.conf, parent.conf_path) != ERR_OK)
        return say(EXIT_CONFIG, why);
    if (check)
        return printf("%s is right: %u modems, %u SMPP binds, radio %s, newsroom %s\n",
                   parent.conf_path, parent.conf.modem_count, parent.conf.smpp_count,
                   parent.conf.radio ? "on" : "off", parent.conf.newsroom.on ? "on" : "off") < 0;
    return run(&parent);
}
