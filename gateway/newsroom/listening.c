#include "gateway/newsroom/listening.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stddef.h>
#include <sys/socket.h>
#include <unistd.h>

static enum err bind_socket(int fd, const struct sockaddr_storage *address, socklen_t size)
{
    int on = 1;
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
        bind(fd, (const struct sockaddr *)address, size) != 0 || listen(fd, LISTENING_BACKLOG) != 0)
        return err_from_errno(errno);
    return ERR_OK;
}

_Static_assert(offsetof(struct sockaddr_in, sin_port) == offsetof(struct sockaddr_in6, sin6_port),
    "the port stands in one place");

static enum err find_port(unsigned *port, int fd)
{
    struct sockaddr_in6 bound = {0};
    socklen_t size = sizeof bound;
    if (getsockname(fd, (struct sockaddr *)&bound, &size) != 0)
        return err_from_errno(errno);
    *port = ntohs(bound.sin6_port);
    return ERR_OK;
}

enum err listening_open(int *fd, unsigned *bound_port, const char *address, unsigned port)
{
    struct sockaddr_storage where = {0};
    struct sockaddr_in *four = (struct sockaddr_in *)&where;
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)&where;
    socklen_t size = sizeof *four;
    if (inet_pton(AF_INET, address, &four->sin_addr) == 1) {
        four->sin_family = AF_INET;
        four->sin_port = htons((uint16_t)port);
    } else if (inet_pton(AF_INET6, address, &six->sin6_addr) == 1) {
        six->sin6_family = AF_INET6;
        six->sin6_port = htons((uint16_t)port);
        size = sizeof *six;
    } else {
        return ERR_VALUE;
    }
    *fd = socket(where.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (*fd < 0)
        return err_from_errno(errno);
    enum err err = bind_socket(*fd, &where, size);
    if (err == ERR_OK)
        err = find_port(bound_port, *fd);
    if (err != ERR_OK)
        close(*fd);
    return err;
}
