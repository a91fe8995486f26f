#include "gateway/base/ipc.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define TYPE_SIZE 2
#define LISTEN_BACKLOG 16
#define SOCKET_BUFFER_BYTES (1 << 20)

enum err ipc_pair(int fds[2])
{
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, fds) != 0)
        return err_from_errno(errno);
    for (int i = 0; i < 2; i++) {
        int size = SOCKET_BUFFER_BYTES;
        (void)setsockopt(fds[i], SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
    }
    return ERR_OK;
}

static enum err fill_address(struct sockaddr_un *address, const char *path)
{
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    size_t size = strlen(path);
    if (size >= sizeof address->sun_path)
        return ERR_LONG;
    memcpy(address->sun_path, path, size + 1);
    return ERR_OK;
}

/* A socket for this path, neither bound nor connected, and the path as its address. */
static enum err open_socket(int *fd, struct sockaddr_un *address, const char *path, int flags)
{
    enum err err = fill_address(address, path);
    if (err != ERR_OK)
        return err;
    *fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | flags, 0);
    return *fd >= 0 ? ERR_OK : err_from_errno(errno);
}

static void close_socket(int *fd)
{
    close(*fd);
    *fd = -1;
}

static enum err bind_private(int fd, const struct sockaddr_un *address)
{
    mode_t old = umask(0177);
    int bound = bind(fd, (const struct sockaddr *)address, sizeof *address);
    int number = errno;
    (void)umask(old);
    if (bound != 0)
        return err_from_errno(number);
    return listen(fd, LISTEN_BACKLOG) == 0 ? ERR_OK : err_from_errno(errno);
}

enum err ipc_listen(int *fd, const char *path)
{
    struct sockaddr_un address;
    enum err err = open_socket(fd, &address, path, SOCK_NONBLOCK);
    if (err != ERR_OK)
        return err;
    (void)unlink(path);
    err = bind_private(*fd, &address);
    if (err != ERR_OK)
        close_socket(fd);
    return err;
}

enum err ipc_accept(int *fd, int listening_fd)
{
    *fd = accept4(listening_fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    return *fd >= 0 ? ERR_OK : err_from_errno(errno);
}

static enum err connect_socket(int *fd, const char *path, int flags)
{
    struct sockaddr_un address;
    enum err err = open_socket(fd, &address, path, flags);
    if (err != ERR_OK)
        return err;
    if (connect(*fd, (const struct sockaddr *)&address, sizeof address) == 0)
        return ERR_OK;
    err = errno == ECONNREFUSED ? ERR_CLOSED : err_from_errno(errno);
    close_socket(fd);
    return err;
}

enum err ipc_connect(int *fd, const char *path)
{
    return connect_socket(fd, path, 0);
}

enum err ipc_connect_at_once(int *fd, const char *path)
{
    return connect_socket(fd, path, SOCK_NONBLOCK);
}

union control {
    struct cmsghdr align;
    char bytes[CMSG_SPACE(sizeof(int))];
};

enum err ipc_send(int fd, const struct ipc_packet *packet)
{
    if (packet->size > IPC_PAYLOAD_MAX)
        return ERR_LONG;
    uint8_t type[TYPE_SIZE] = {(uint8_t)(packet->type >> 8), (uint8_t)(packet->type & 0xff)};
    struct ipc_packet copy = *packet;
    struct iovec parts[2] = {{type, sizeof type}, {copy.payload, copy.size}};
    struct msghdr header = {.msg_iov = parts, .msg_iovlen = 2};
    union control control = {0};
    if (packet->fd >= 0) {
        header.msg_control = control.bytes;
        header.msg_controllen = sizeof control.bytes;
        struct cmsghdr *rights = CMSG_FIRSTHDR(&header);
        rights->cmsg_level = SOL_SOCKET;
        rights->cmsg_type = SCM_RIGHTS;
        rights->cmsg_len = CMSG_LEN(sizeof(int));
        memcpy(CMSG_DATA(rights), &packet->fd, sizeof(int));
    }
    if (sendmsg(fd, &header, MSG_NOSIGNAL) >= 0)
        return ERR_OK;
    return errno == ENOTCONN ? ERR_CLOSED : err_from_errno(errno);
}

static int passed_fd(struct msghdr *header)
{
    int fd = -1;
    struct cmsghdr *rights = CMSG_FIRSTHDR(header);
    if (rights != NULL && rights->cmsg_level == SOL_SOCKET && rights->cmsg_type == SCM_RIGHTS)
        memcpy(&fd, CMSG_DATA(rights), sizeof fd);
    return fd;
}

enum err ipc_receive(int fd, struct ipc_packet *packet)
{
    uint8_t type[TYPE_SIZE];
    struct iovec parts[2] = {{type, sizeof type}, {packet->payload, sizeof packet->payload}};
    union control control = {0};
    struct msghdr header = {.msg_iov = parts,
        .msg_iovlen = 2,
        .msg_control = control.bytes,
        .msg_controllen = sizeof control.bytes};
    packet->fd = -1;
    packet->size = 0;
    ssize_t got = recvmsg(fd, &header, MSG_CMSG_CLOEXEC);
    if (got < 0)
        return err_from_errno(errno);
    if (got == 0)
        return ERR_CLOSED;
    packet->fd = passed_fd(&header);
    enum err err = (header.msg_flags & MSG_TRUNC) != 0 ? ERR_LONG
                   : got < TYPE_SIZE                   ? ERR_SHORT
                                                       : ERR_OK;
    if (err != ERR_OK) {
        if (packet->fd >= 0)
            close(packet->fd);
        packet->fd = -1;
        return err;
    }
    packet->type = (uint16_t)(type[0] << 8 | type[1]);
    packet->size = (size_t)got - TYPE_SIZE;
    return ERR_OK;
}
