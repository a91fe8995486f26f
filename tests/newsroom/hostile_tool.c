/* hostile_tool: what somebody could try who has taken the newsroom's place: it is started instead of dabyl-newsroom, and
 * tries by its message socket and by the system to send, to read numbers and keys, and to harm the others.
 *
 * Waits for a line "STATE DISPATCHER_PID DRAFT BULLETIN PORT" in FOLDER/go, then writes one line "what result" for each try to
 * FOLDER/report. Results: "refused", "granted", or for messages the error's name.
 */
#include "gateway/base/role.h"
#include "gateway/messages/messages.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define ANSWER_MS 3000
#define BEAT_MS 500
#define PATH_SIZE 512

struct target {
    char folder[PATH_SIZE];
    char state[PATH_SIZE];
    int dispatcher;
    unsigned long long draft;
    unsigned long long bulletin;
    int port;
    FILE *report;
};

static void tell(const struct target *target, const char *what, const char *result)
{
    (void)fprintf(target->report, "%s %s\n", what, result);
}

static void tell_call(const struct target *target, const char *what, long result)
{
    tell(target, what, result < 0 ? "refused" : "granted");
}

/* -- by the message socket */

static bool next(struct message *reply)
{
    struct pollfd socket_ready = {.fd = ROLE_MESSAGE_FD, .events = POLLIN};
    if (poll(&socket_ready, 1, ANSWER_MS) <= 0)
        return false;
    return messages_receive(ROLE_MESSAGE_FD, reply) == ERR_OK;
}

/* Whatever has not been answered after a while was not taken. */
static void ask(const struct target *target, const char *what, const struct message *message)
{
    struct message reply;
    if (messages_send(ROLE_MESSAGE_FD, message) != ERR_OK || !next(&reply))
        tell(target, what, "silence");
    else if (reply.type == MESSAGE_REFUSED)
        tell(target, what, err_name((enum err)reply.as.refused.result));
    else
        tell(target, what, "granted");
}

static void ask_forbidden(const struct target *target)
{
    static const enum message_type forbidden[] = {MESSAGE_EXPORT_NEXT, MESSAGE_SUBSCRIBER_LIST,
        MESSAGE_WIPED, MESSAGE_PULL, MESSAGE_PART_SENT, MESSAGE_INBOUND, MESSAGE_PEER,
        MESSAGE_MODEM_HELLO, MESSAGE_AIRED, MESSAGE_PART, MESSAGE_OK};
    for (size_t i = 0; i < sizeof forbidden / sizeof forbidden[0]; i++) {
        struct message message = {.type = forbidden[i], .fd = -1};
        ask(target, messages_name(forbidden[i]), &message);
    }
    struct message test = {.type = MESSAGE_MODEM_CONTROL, .fd = -1};
    test.as.modem_control = (struct message_modem_control){
        .name = "sim1", .control = MESSAGE_CONTROL_TEST, .number = "+77010000001"};
    ask(target, "modem_test", &test);
}

static void forge(const struct target *target)
{
    struct message message = {.type = MESSAGE_DRAFT_GET, .fd = -1};
    struct message reply;
    message.as.id.id = target->draft;
    if (messages_send(ROLE_MESSAGE_FD, &message) != ERR_OK || !next(&reply) ||
        reply.type != MESSAGE_DRAFT) {
        tell(target, "draft_get", "failed");
        return;
    }
    tell(target, "draft_get", "granted");
    struct message approve = {.type = MESSAGE_DRAFT_APPROVE, .fd = -1};
    approve.as.draft_approve.id = target->draft;
    approve.as.draft_approve.body = reply.as.draft.sealed;
    approve.as.draft_approve.body.size--; /* without the count of approvals */
    for (uint8_t editor = 0; editor < 2; editor++) {
        approve.as.draft_approve.editor = editor;
        memset(approve.as.draft_approve.signature, 0x41, WIRE_SIGNATURE_SIZE);
        ask(target, "forged_approval", &approve);
    }
    struct message send = {.type = MESSAGE_DRAFT_SEND, .fd = -1};
    send.as.id.id = target->draft;
    ask(target, "unsigned_send", &send);
}

static void alter(const struct target *target)
{
    struct message message = {.type = MESSAGE_BULLETIN_GET, .fd = -1};
    struct message reply;
    message.as.id.id = target->bulletin;
    if (messages_send(ROLE_MESSAGE_FD, &message) != ERR_OK || !next(&reply) ||
        reply.type != MESSAGE_SEALED) {
        tell(target, "bulletin_get", "failed");
        return;
    }
    tell(target, "bulletin_get", "granted");
    struct message submit = {.type = MESSAGE_BULLETIN_SUBMIT, .fd = -1};
    submit.as.sealed.sealed = reply.as.sealed.sealed;
    ask(target, "sent_again", &submit);
    submit.as.sealed.sealed.bytes[5]++; /* another number */
    ask(target, "altered_number", &submit);
    submit.as.sealed.sealed = reply.as.sealed.sealed;
    submit.as.sealed.sealed.bytes[submit.as.sealed.sealed.size - 1] ^= 1;
    ask(target, "altered_signature", &submit);
    submit.type = MESSAGE_ROSTER_PUT;
    ask(target, "bulletin_as_roster", &submit);
}

/* -- by the system */

static void open_files(const struct target *target)
{
    static const struct {
        const char *path;
        int flags;
    } files[] = {{"store.db", O_RDONLY}, {"store.db", O_WRONLY}, {"store.db-wal", O_RDONLY},
        {"site.key", O_RDONLY}, {"station/station.key", O_RDONLY}, {"lock", O_RDWR},
        {"dabyld.lock", O_RDONLY}, {".", O_RDONLY}, {"mine", O_WRONLY | O_CREAT},
        {"../dabyl.conf", O_RDONLY}, {"../passphrase", O_RDONLY}, {"../AIGERIM.key", O_RDONLY},
        {"../newsroom.key", O_RDONLY}};
    char path[2 * PATH_SIZE];
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", target->state, files[i].path);
        tell_call(target, files[i].path, open(path, files[i].flags | O_CLOEXEC, 0600));
    }
    (void)snprintf(path, sizeof path, "%s/store.db", target->state);
    tell_call(target, "truncate", truncate(path, 0));
    tell_call(target, "chmod", chmod(path, 0666));
    tell_call(target, "chown", chown(path, 1, 1));
    tell_call(target, "unlink", unlink(path));
    char mine[2 * PATH_SIZE];
    (void)snprintf(mine, sizeof mine, "%s/link", target->folder);
    tell_call(target, "hard_link", link(path, mine));
    tell_call(target, "symbolic_link", symlink(path, mine));
    tell_call(target, "rename", rename(path, mine));
    tell_call(target, "passwd", open("/etc/passwd", O_RDONLY));
    tell_call(target, "proc", open("/proc", O_RDONLY | O_DIRECTORY));
}

static void touch_processes(const struct target *target)
{
    char path[PATH_SIZE];
    char byte;
    struct iovec here = {&byte, 1};
    struct rlimit limit = {0, 0};
    pid_t pid = target->dispatcher;
    (void)snprintf(path, sizeof path, "/proc/%d/mem", (int)pid);
    tell_call(target, "memory", open(path, O_RDWR));
    (void)snprintf(path, sizeof path, "/proc/%d/fd/3", (int)pid);
    tell_call(target, "descriptor", open(path, O_RDWR));
    tell_call(target, "ptrace", ptrace(PTRACE_ATTACH, pid, NULL, NULL));
    tell_call(target, "vm_read", process_vm_readv(pid, &here, 1, &here, 1, 0));
    tell_call(target, "pidfd", syscall(SYS_pidfd_open, pid, 0));
    tell_call(target, "limits", prlimit(pid, RLIMIT_NOFILE, &limit, NULL));
    tell_call(target, "kill", kill(pid, SIGKILL));
    tell_call(target, "kill_parent", kill(getppid(), SIGTERM));
    tell_call(target, "kill_all", kill(-1, 0));
    tell_call(target, "tkill", syscall(SYS_tkill, pid, SIGKILL));
    tell_call(target, "queue", sigqueue(pid, SIGKILL, (union sigval){0}));
}

static void reach_out(const struct target *target)
{
    struct sockaddr_un control = {.sun_family = AF_UNIX};
    (void)snprintf(control.sun_path, sizeof control.sun_path, "%.90s/control", target->state);
    struct sockaddr_in local = {.sin_family = AF_INET,
        .sin_port = htons((uint16_t)target->port),
        .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int line = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    tell_call(target, "unix_socket", line);
    tell_call(target, "control", connect(line, (const struct sockaddr *)&control, sizeof control));
    int pair[2];
    tell_call(target, "pair", socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair));
    tell_call(target, "control_of_pair",
        connect(pair[0], (const struct sockaddr *)&control, sizeof control));
    tell_call(target, "udp", socket(AF_INET, SOCK_DGRAM, 0));
    tell_call(target, "netlink", socket(AF_NETLINK, SOCK_RAW, 0));
    tell_call(target, "packet", socket(AF_PACKET, SOCK_RAW, 0));
    int out = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    tell_call(target, "tcp_socket", out);
    tell_call(target, "tcp_connect", connect(out, (const struct sockaddr *)&local, sizeof local));
    tell_call(target, "tcp_fast_open",
        sendto(out, "x", 1, MSG_FASTOPEN, (const struct sockaddr *)&local, sizeof local));
}

static void escape(const struct target *target)
{
    char *const shell[] = {(char[]){"sh"}, (char[]){"-c"}, (char[]){"exit 0"}, NULL};
    pid_t child = fork();
    if (child == 0) {
        (void)execv("/bin/sh", shell);
        _exit(99);
    }
    int status = 0;
    tell_call(target, "fork", waitpid(child, &status, 0));
    tell(target, "shell", WIFEXITED(status) && WEXITSTATUS(status) == 99 ? "refused" : "granted");
    tell_call(target, "unshare", unshare(CLONE_NEWUSER));
    tell_call(target, "chroot", chroot("/"));
    tell_call(target, "bpf", syscall(SYS_bpf, 0, NULL, 0));
    tell_call(target, "io_uring", syscall(SYS_io_uring_setup, 1, NULL));
    char key = 'x';
    tell_call(target, "type_into_terminal", ioctl(STDERR_FILENO, TIOCSTI, &key));
}

static bool read_target(struct target *target)
{
    char path[2 * PATH_SIZE];
    (void)snprintf(path, sizeof path, "%s/go", target->folder);
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return false;
    int got = fscanf(file, "%511s %d %llu %llu %d", target->state, &target->dispatcher,
        &target->draft, &target->bulletin, &target->port);
    (void)fclose(file);
    return got == 5;
}

static void try_all(struct target *target)
{
    char part[2 * PATH_SIZE];
    char path[2 * PATH_SIZE];
    (void)snprintf(part, sizeof part, "%s/report.part", target->folder);
    (void)snprintf(path, sizeof path, "%s/report", target->folder);
    target->report = fopen(part, "we");
    if (target->report == NULL)
        return;
    ask_forbidden(target);
    forge(target);
    alter(target);
    open_files(target);
    reach_out(target);
    escape(target);
    touch_processes(target);
    (void)fclose(target->report);
    (void)rename(part, path);
}

int main(int argc, char **argv)
{
    struct target target = {0};
    for (int i = 1; i + 1 < argc; i++)
        if (strcmp(argv[i], "--folder") == 0)
            (void)snprintf(target.folder, sizeof target.folder, "%s", argv[i + 1]);
    if (!role_begin())
        return 2;
    role_ready();
    for (bool done = false;; role_alive()) {
        struct pollfd ended = {.fd = ROLE_MESSAGE_FD, .events = 0};
        if (poll(&ended, 1, BEAT_MS) > 0)
            return 0;
        if (!done && read_target(&target)) {
            try_all(&target);
            done = true;
        }
    }
}
