/* control: the socket by which injections, faults and questions reach a running emulator, both ends.
 * A request is fields, each ended by a NUL: the verb, then KEY=VALUE; the client then closes its side. The answer
 * is "+" or "-" and a text.
 */
#ifndef TESTS_FAKES_MODEMSIM_CONTROL_H
#define TESTS_FAKES_MODEMSIM_CONTROL_H

#include "tests/fakes/modemsim_modem.h"

#include <poll.h>
#include <stdbool.h>
#include <sys/un.h>

#define CONTROL_CLIENTS_MAX 8
#define CONTROL_REQUEST_MAX (256 * 1024)
#define CONTROL_POLLS (CONTROL_CLIENTS_MAX + 1)
#define CONTROL_PATH_SIZE sizeof(((struct sockaddr_un *)0)->sun_path)

struct control_client {
    int fd; /* -1 free */
    struct out request, answer;
    size_t sent;
    bool answering;
};

struct control {
    int fd;
    char path[CONTROL_PATH_SIZE];
    struct control_client clients[CONTROL_CLIENTS_MAX];
};

/* DIR/control unless path is given; false with a line on standard error when it is too long. */
bool control_path(char *full, size_t size, const char *path, const char *dir);
/* Listens; a socket that nobody listens at is replaced. False with a line on standard error. */
bool control_open(struct control *control, const char *path);
void control_close(struct control *control);
/* Fills CONTROL_POLLS rows, and serves what poll said of them. */
void control_poll(struct pollfd *polls, const struct control *control);
void control_serve(struct control *control, struct sim *sim, const struct pollfd *polls);

/* What the socket answers to a request, in modemsim_request.c. */
void request_answer(struct out *answer, struct sim *sim, const struct out *request);

/* The client's side: asks once and waits. False with a line on standard error. */
bool control_ask(struct out *answer, const char *path, const struct out *request);

#endif
