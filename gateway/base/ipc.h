/* ipc: typed, length-checked messages over a Unix seqpacket socket: a socketpair between processes, or the control
 * socket. One message is one packet: u16 type, then the payload.
 */
#ifndef GATEWAY_BASE_IPC_H
#define GATEWAY_BASE_IPC_H

#include "gateway/base/err.h"

#include <stddef.h>
#include <stdint.h>

#define IPC_PAYLOAD_MAX 8192

struct ipc_packet {
    uint16_t type;
    size_t size;
    uint8_t payload[IPC_PAYLOAD_MAX];
    int fd; /* passed along, owned by the receiver; -1 if none */
};

/* A connected pair, close-on-exec, not blocking. */
ERR_CHECKED enum err ipc_pair(int fds[2]);
/* A listening socket at path (an old one is replaced), mode 0600, not blocking. ERR_LONG if the path is over 107 bytes. */
ERR_CHECKED enum err ipc_listen(int *fd, const char *path);
/* The next connection, not blocking; ERR_BUSY if there is none. */
ERR_CHECKED enum err ipc_accept(int *fd, int listening_fd);
/* ERR_MISSING or ERR_CLOSED if nobody listens there. Blocking socket. */
ERR_CHECKED enum err ipc_connect(int *fd, const char *path);
/* The same, but neither it nor the socket ever blocks: ERR_BUSY if too many wait there to be accepted. */
ERR_CHECKED enum err ipc_connect_at_once(int *fd, const char *path);
/* Sends packet->payload[0..size) and, unless -1, a copy of packet->fd. ERR_BUSY if the socket is full, ERR_CLOSED. */
ERR_CHECKED enum err ipc_send(int fd, const struct ipc_packet *packet);
/* ERR_BUSY if there is nothing, ERR_CLOSED at the end, ERR_LONG or ERR_SHORT for a malformed packet (it is dropped). */
ERR_CHECKED enum err ipc_receive(int fd, struct ipc_packet *packet);

#endif
