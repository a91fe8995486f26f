#include "gateway/base/role.h"

#include "gateway/base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static void must(int result, const char *what)
{
    if (result != 0)
        log_fatal("role_failed call=%s error=%s", what, strerror(errno));
}

static bool is_message_socket(int fd)
{
    int type;
    socklen_t size = sizeof type;
    return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_SEQPACKET;
}

void role_hide(void)
{
    const struct rlimit no_core = {0, 0};
    must(setrlimit(RLIMIT_CORE, &no_core), "setrlimit");
    must(prctl(PR_SET_DUMPABLE, 0, 0, 0, 0), "prctl_dumpable");
    must(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl_no_new_privs");
}

bool role_begin(void)
{
    role_hide();
    if (signal(SIGPIPE, SIG_IGN) == SIG_ERR)
        log_fatal("role_failed call=signal error=%s", strerror(errno));
    (void)close_range(ROLE_LIFE_FD + 1, ~0u, 0);
    if (!is_message_socket(ROLE_MESSAGE_FD))
        return false;
    must(prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0), "prctl_pdeathsig");
    must(fcntl(ROLE_MESSAGE_FD, F_SETFD, FD_CLOEXEC), "fcntl");
    must(fcntl(ROLE_MESSAGE_FD, F_SETFL, O_NONBLOCK), "fcntl");
    return true;
}

void role_begin_child(int first_fd)
{
    sigset_t none;
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    (void)close_range((unsigned)first_fd, ~0u, 0);
}

/* Whatever else a shell may have left open there must not be written to. */
static bool is_pipe(int fd)
{
    struct stat about;
    return fstat(fd, &about) == 0 && S_ISFIFO(about.st_mode);
}

static void tell(char what)
{
    if (is_pipe(ROLE_LIFE_FD) && write(ROLE_LIFE_FD, &what, 1) < 0 && errno == EPIPE)
        close(ROLE_LIFE_FD);
}

void role_ready(void)
{
    tell('\n');
}

void role_alive(void)
{
    tell('.');
}
