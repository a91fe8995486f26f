#include "gateway/base/sandbox.h"

#include "gateway/base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <linux/capability.h>
#include <sched.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* -- Landlock, as the kernel's headers of 6.12 have it; Debian 12's stop at bit 13 */

#define LANDLOCK_VERSION 0x1u
#define FS_EXECUTE (1ull << 0)
#define FS_WRITE_FILE (1ull << 1)
#define FS_READ_FILE (1ull << 2)
#define FS_READ_DIR (1ull << 3)
#define FS_REMOVE_FILE (1ull << 5)
#define FS_MAKE_REG (1ull << 8)
#define FS_TRUNCATE (1ull << 14)
#define FS_ALL_1 ((1ull << 13) - 1)
#define FS_REFER (1ull << 13)        /* from 2 on */
#define FS_IOCTL_DEVICE (1ull << 15) /* from 5 on */
#define FS_OF_FILES (FS_EXECUTE | FS_WRITE_FILE | FS_READ_FILE | FS_TRUNCATE | FS_IOCTL_DEVICE)
#define NET_BIND_TCP 0x1u
#define NET_CONNECT_TCP 0x2u /* from 4 on */
#define SCOPE_ALL 0x3u       /* abstract sockets and signals, from 6 on */
#define RULE_PATH 1
#define RULE_PORT 2
#define VERSION_TRUNCATE 3
#define VERSION_NET 4
#define VERSION_IOCTL 5
#define VERSION_SCOPE 6

#define BEHIND_NICE 5
#define BEHIND_MEMORY "500" /* of 1000: proc(5), oom_score_adj */

struct ruleset {
    uint64_t fs;
    uint64_t net;
    uint64_t scope;
};

struct rule_path {
    uint64_t access;
    int32_t fd;
} __attribute__((packed));

struct rule_port {
    uint64_t access;
    uint64_t port;
};

/* What every program of ours reads. /proc/self is the process's own alone, by the number that it has now. */
static const struct {
    unsigned access;
    const char *path;
} common[] = {
    {SANDBOX_READ, "/usr/lib"},
    {SANDBOX_READ, "/usr/lib64"},
    {SANDBOX_READ, "/lib"},
    {SANDBOX_READ, "/lib64"},
    {SANDBOX_READ, "/usr/share"},
    {SANDBOX_READ, "/etc/ld.so.cache"},
    {SANDBOX_READ, "/etc/localtime"},
    {SANDBOX_READ, "/proc/self"},
    {SANDBOX_READ, "/dev/urandom"},
    {SANDBOX_READ, "/dev/zero"},
    {SANDBOX_WRITE, "/dev/null"},
};

static uint64_t rights_of(unsigned access, bool folder)
{
    uint64_t rights = FS_READ_FILE | FS_READ_DIR;
    if ((access & SANDBOX_WRITE) != 0)
        rights |= FS_WRITE_FILE | FS_MAKE_REG | FS_REMOVE_FILE | FS_TRUNCATE;
    if ((access & SANDBOX_RUN) != 0)
        rights |= FS_EXECUTE;
    return folder ? rights : rights & FS_OF_FILES;
}

static void add_path(int ruleset, uint64_t handled, unsigned access, const char *path)
{
    struct stat about;
    struct rule_path rule = {.fd = open(path, O_PATH | O_CLOEXEC)};
    if (rule.fd < 0)
        return; /* it is not there: nothing to allow */
    if (fstat(rule.fd, &about) == 0) {
        rule.access = rights_of(access, S_ISDIR(about.st_mode)) & handled;
        if (syscall(SYS_landlock_add_rule, ruleset, RULE_PATH, &rule, 0) != 0)
            log_warn("sandbox_path path=%s error=%s", path, strerror(errno));
    }
    close(rule.fd);
}

/* The loader of this program is the loader of all of them. */
static int find_loader(struct dl_phdr_info *info, size_t size, void *arg)
{
    (void)size;
    const char **loader = arg;
    for (int i = 0; i < info->dlpi_phnum; i++)
        if (info->dlpi_phdr[i].p_type == PT_INTERP)
            // NOLINTNEXTLINE(performance-no-int-to-ptr): so the loader tells it
            *loader = (const char *)(info->dlpi_addr + info->dlpi_phdr[i].p_vaddr);
    return *loader != NULL;
}

static void add_rules(int ruleset, const struct ruleset *handled, const struct sandbox *sandbox)
{
    const char *loader = NULL;
    for (size_t i = 0; i < sizeof common / sizeof common[0]; i++)
        add_path(ruleset, handled->fs, common[i].access, common[i].path);
    for (size_t i = 0; i < sandbox->count; i++)
        add_path(ruleset, handled->fs, sandbox->paths[i].access, sandbox->paths[i].path);
    (void)dl_iterate_phdr(find_loader, &loader);
    if (loader != NULL)
        add_path(ruleset, handled->fs, SANDBOX_RUN, loader);
    const struct rule_port rule = {NET_BIND_TCP, sandbox->port};
    if (sandbox->port != 0 && handled->net != 0 &&
        syscall(SYS_landlock_add_rule, ruleset, RULE_PORT, &rule, 0) != 0)
        log_warn("sandbox_port port=%u error=%s", sandbox->port, strerror(errno));
}

/* Everything that this kernel can forbid is forbidden, but for what the rules allow. */
static struct ruleset handle_all(long version)
{
    struct ruleset handled = {.fs = FS_ALL_1};
    if (version >= 2)
        handled.fs |= FS_REFER;
    if (version >= VERSION_TRUNCATE)
        handled.fs |= FS_TRUNCATE;
    if (version >= VERSION_IOCTL)
        handled.fs |= FS_IOCTL_DEVICE;
    if (version >= VERSION_NET)
        handled.net = NET_BIND_TCP | NET_CONNECT_TCP;
    if (version >= VERSION_SCOPE)
        handled.scope = SCOPE_ALL;
    return handled;
}

static void fence_paths(const struct sandbox *sandbox, const char *name)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_VERSION);
    if (version < 1) {
        log_warn("sandbox_less profile=%s lacks=landlock error=%s", name, strerror(errno));
        return;
    }
    const struct ruleset handled = handle_all(version);
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0);
    if (ruleset < 0) {
        log_warn("sandbox_less profile=%s lacks=landlock error=%s", name, strerror(errno));
        return;
    }
    add_rules(ruleset, &handled, sandbox);
    if (syscall(SYS_landlock_restrict_self, ruleset, 0) != 0)
        log_warn("sandbox_less profile=%s lacks=landlock error=%s", name, strerror(errno));
    close(ruleset);
    if (version < VERSION_SCOPE)
        log_info("sandbox_older profile=%s landlock=%ld", name, version);
}

/* -- seccomp */

/* What the newsroom and its speaking child call; everything else is refused. Path calls stay within Landlock's paths. */
static const char *const newsroom_calls[] = {"read", "write", "readv", "writev", "pread64",
    "pwrite64", "open", "openat", "openat2", "close", "close_range", "dup", "dup2", "dup3", "pipe",
    "pipe2", "fcntl", "lseek", "fstat", "stat", "lstat", "newfstatat", "statx", "access",
    "faccessat", "faccessat2", "readlink", "readlinkat", "getdents64", "getcwd", "mkdir", "mkdirat",
    "rename", "renameat", "renameat2", "unlink", "unlinkat", "fsync", "fdatasync", "ftruncate",
    "umask", "sendfile", "mmap", "munmap", "mprotect", "mremap", "madvise", "brk", "mlock",
    "mlock2", "munlock", "membarrier", "rseq", "futex", "set_robust_list", "get_robust_list",
    "set_tid_address", "arch_prctl", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn",
    "rt_sigpending", "rt_sigtimedwait", "rt_sigsuspend", "sigaltstack", "pause", "restart_syscall",
    "clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time",
    "alarm", "setitimer", "timerfd_create", "timerfd_settime", "timerfd_gettime", "signalfd4",
    "eventfd2", "epoll_create", "epoll_create1", "epoll_ctl", "epoll_wait", "epoll_pwait",
    "epoll_pwait2", "poll", "ppoll", "select", "pselect6", "getpid", "getppid", "gettid", "getuid",
    "geteuid", "getgid", "getegid", "getresuid", "getresgid", "getpgrp", "getpgid", "getsid",
    "setpgid", "setsid", "getrlimit", "setrlimit", "getrusage", "times", "sysinfo", "uname",
    "sched_yield", "sched_getaffinity", "getcpu", "getrandom", "prctl", "bind", "listen", "accept",
    "accept4", "getsockname", "getpeername", "setsockopt", "getsockopt", "shutdown", "recvfrom",
    "recvmsg", "socketpair", "fork", "vfork", "execve", "wait4", "waitid", "exit", "exit_group"};

/* What no role has any use for. */
static const char *const dangerous_calls[] = {"ptrace", "process_vm_readv", "process_vm_writev",
    "process_madvise", "kcmp", "pidfd_getfd", "perf_event_open", "bpf", "userfaultfd",
    "io_uring_setup", "io_uring_enter", "io_uring_register", "mount", "umount2", "pivot_root",
    "chroot", "move_mount", "open_tree", "fsopen", "fsconfig", "fsmount", "fspick", "mount_setattr",
    "unshare", "setns", "init_module", "finit_module", "delete_module", "kexec_load",
    "kexec_file_load", "reboot", "swapon", "swapoff", "acct", "quotactl", "keyctl", "add_key",
    "request_key", "open_by_handle_at", "name_to_handle_at", "iopl", "ioperm", "syslog",
    "settimeofday", "clock_settime", "clock_adjtime", "adjtimex", "sethostname", "setdomainname",
    "personality"};

/* One call under conditions on its arguments; the conditions of a row must all hold. */
static int add_rule(
    scmp_filter_ctx filter, uint32_t action, const char *call, struct scmp_arg_cmp condition)
{
    int number = seccomp_syscall_resolve_name(call);
    if (number == __NR_SCMP_ERROR)
        return 0; /* this machine has no such call */
    return seccomp_rule_add_array(filter, action, number, 1, &condition);
}

static int add_calls(
    scmp_filter_ctx filter, uint32_t action, const char *const *calls, size_t count)
{
    int failed = 0;
    for (size_t i = 0; i < count; i++) {
        int number = seccomp_syscall_resolve_name(calls[i]);
        if (number != __NR_SCMP_ERROR && seccomp_rule_add_array(filter, action, number, 0, NULL))
            failed = -EINVAL;
    }
    return failed;
}

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))
#define NEW_NAMESPACES                                                                             \
    (CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET |     \
        CLONE_NEWCGROUP)

/* TCP sockets that are never connected (also not by a first datagram, RFC 7413), signals to itself, limits of its own, no
 * keys pressed into a terminal. */
static int fill_newsroom(scmp_filter_ctx filter)
{
    const scmp_datum_t self = (scmp_datum_t)getpid();
    const struct {
        const char *call;
        struct scmp_arg_cmp condition;
    } rows[] = {
        {"sendto", SCMP_A3_64(SCMP_CMP_MASKED_EQ, MSG_FASTOPEN, 0)},
        {"sendmsg", SCMP_A2_64(SCMP_CMP_MASKED_EQ, MSG_FASTOPEN, 0)},
        {"clone", SCMP_A0_64(SCMP_CMP_MASKED_EQ, NEW_NAMESPACES, 0)},
        {"kill", SCMP_A0_64(SCMP_CMP_EQ, self, 0)},
        {"tgkill", SCMP_A0_64(SCMP_CMP_EQ, self, 0)},
        {"prlimit64", SCMP_A0_64(SCMP_CMP_EQ, 0, 0)},
        {"ioctl", SCMP_A1_64(SCMP_CMP_EQ, FIONBIO, 0)},
        {"ioctl", SCMP_A1_64(SCMP_CMP_EQ, FIONREAD, 0)},
        {"ioctl", SCMP_A1_64(SCMP_CMP_EQ, TCGETS, 0)},
    };
    int failed = add_calls(filter, SCMP_ACT_ALLOW, newsroom_calls, COUNT(newsroom_calls));
    for (size_t i = 0; i < COUNT(rows); i++)
        if (add_rule(filter, SCMP_ACT_ALLOW, rows[i].call, rows[i].condition) != 0)
            failed = -EINVAL;
    for (unsigned i = 0; i < 2; i++) {
        const struct scmp_arg_cmp stream[] = {
            SCMP_A0_64(SCMP_CMP_EQ, i == 0 ? AF_INET : AF_INET6, 0),
            SCMP_A1_64(SCMP_CMP_MASKED_EQ, 0xf, SOCK_STREAM),
        };
        if (seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(socket), 2, stream) != 0)
            failed = -EINVAL;
    }
    /* its flags can't be looked at: as on a kernel without it */
    if (seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0, NULL) != 0)
        failed = -EINVAL;
    return failed;
}

static int fill_transmitter(scmp_filter_ctx filter)
{
    return add_calls(filter, SCMP_ACT_ERRNO(EPERM), dangerous_calls, COUNT(dangerous_calls));
}

static int fill_radio(scmp_filter_ctx filter)
{
    static const char *const network[] = {"socket", "connect", "bind", "listen"};
    int failed = fill_transmitter(filter);
    return failed != 0 ? failed : add_calls(filter, SCMP_ACT_ERRNO(EPERM), network, COUNT(network));
}

static int fill_modem(scmp_filter_ctx filter)
{
    static const int families[] = {AF_INET, AF_INET6, AF_PACKET};
    int failed = add_calls(filter, SCMP_ACT_ERRNO(EPERM), dangerous_calls, COUNT(dangerous_calls));
    for (size_t i = 0; i < COUNT(families) && failed == 0; i++)
        failed = add_rule(filter, SCMP_ACT_ERRNO(EPERM), "socket",
            SCMP_A0_64(SCMP_CMP_EQ, (scmp_datum_t)families[i], 0));
    return failed;
}

/* One row for each profile. */
static const struct profile {
    const char *name;
    bool paths;         /* Landlock */
    bool capabilities;  /* all but that of a port below 1024 are given up */
    bool behind;        /* the dispatcher and modems come first, in time and in memory */
    uint32_t otherwise; /* what happens to a call that no rule names */
    int (*fill)(scmp_filter_ctx filter);
} profiles[SANDBOX_PROFILE_COUNT] = {
    [SANDBOX_NONE] = {"none", false, false, false, SCMP_ACT_ALLOW, NULL},
    [SANDBOX_NEWSROOM] = {"newsroom", true, true, true, SCMP_ACT_ERRNO(EPERM), fill_newsroom},
    [SANDBOX_RADIO] = {"radio", true, true, true, SCMP_ACT_ALLOW, fill_radio},
    [SANDBOX_TRANSMITTER] = {"transmitter", false, true, false, SCMP_ACT_ALLOW, fill_transmitter},
    [SANDBOX_MODEM] = {"modem", false, false, false, SCMP_ACT_ALLOW, fill_modem},
};

static void fence_calls(const struct profile *profile)
{
    scmp_filter_ctx filter = seccomp_init(profile->otherwise);
    int failed = filter == NULL ? -ENOMEM : profile->fill(filter);
    if (failed == 0)
        failed = seccomp_load(filter);
    if (failed != 0)
        log_warn("sandbox_less profile=%s lacks=seccomp error=%s", profile->name,
            strerror(failed < 0 ? -failed : failed));
    if (filter != NULL)
        seccomp_release(filter);
}

/* Root's program gets back at its start what is in the bounding set: so that is emptied. */
static void drop_capabilities(void)
{
    for (unsigned long i = 0; i <= CAP_LAST_CAP; i++)
        if (i != CAP_NET_BIND_SERVICE)
            (void)prctl(PR_CAPBSET_DROP, i, 0, 0, 0);
}

/* Who floods it with requests must not slow the sending down; if memory ends, it goes first. */
static void stand_behind(void)
{
    static const char score[] = BEHIND_MEMORY;
    int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (fd >= 0) {
        if (write(fd, score, sizeof score - 1) < 0)
            log_warn("sandbox_memory error=%s", strerror(errno));
        close(fd);
    }
    (void)setpriority(PRIO_PROCESS, 0, BEHIND_NICE);
}

void sandbox_init(struct sandbox *sandbox, enum sandbox_profile profile)
{
    *sandbox = (struct sandbox){.profile = profile};
}

void sandbox_allow(struct sandbox *sandbox, unsigned access, const char *path)
{
    if (sandbox->count == SANDBOX_PATHS_MAX)
        log_fatal("sandbox_paths_too_many path=%s", path);
    struct sandbox_path *to = &sandbox->paths[sandbox->count];
    to->access = access;
    if (snprintf(to->path, sizeof to->path, "%s", path) >= (int)sizeof to->path)
        log_fatal("path_too_long path=%s", path);
    if (path[0] != '\0')
        sandbox->count++;
}

void sandbox_enter(const struct sandbox *sandbox)
{
    const struct profile *profile = &profiles[sandbox->profile];
    if (profile->fill == NULL)
        return;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        log_warn("sandbox_less profile=%s lacks=no_new_privs", profile->name);
    if (profile->behind)
        stand_behind();
    if (profile->capabilities)
        drop_capabilities();
    if (profile->paths)
        fence_paths(sandbox, profile->name);
    fence_calls(profile);
}
