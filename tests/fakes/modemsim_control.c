#include "tests/fakes/modemsim_control.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

bool control_path(char *full, size_t size, const char *path, const char *dir)
{
    int length = path ? snprintf(full, size, "%s", path) : snprintf(full, size, "%s/control", dir);
    if (length > 0 && (size_t)length < size)
        return true;
    fprintf(stderr,
        "dabyl-modemsim: the control socket's path is too long (at most %zu bytes); choose a "
        "shorter --dir or --control\n",
        size - 1);
    return false;
}

static int socket_to(struct sockaddr_un *address, const char *path)
{
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    snprintf(address->sun_path, sizeof address->sun_path, "%s", path);
    return socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

static bool somebody_listens(const char *path)
{
    struct sockaddr_un address;
    int fd = socket_to(&address, path);
    bool listens = connect(fd, (const struct sockaddr *)&address, sizeof address) == 0;
    close(fd);
    return listens;
}

bool control_open(struct control *control, const char *path)
{
    struct sockaddr_un address;
    struct stat there;
    *control = (struct control){.fd = -1};
    for (size_t i = 0; i < CONTROL_CLIENTS_MAX; i++)
        control->clients[i].fd = -1;
    if (lstat(path, &there) == 0) {
        if (!S_ISSOCK(there.st_mode)) {
            fprintf(stderr, "dabyl-modemsim: %s: exists and is not a socket; move it away\n", path);
            return false;
        }
        if (somebody_listens(path)) {
            fprintf(stderr,
                "dabyl-modemsim: %s: another dabyl-modemsim runs here; stop it or choose "
                "another --dir\n",
                path);
            return false;
        }
        unlink(path);
    }
    int fd = socket_to(&address, path);
    if (fd < 0 || fcntl(fd, F_SETFL, O_NONBLOCK) != 0 ||
        bind(fd, (const struct sockaddr *)&address, sizeof address) != 0 || listen(fd, 64) != 0) {
        fprintf(stderr, "dabyl-modemsim: %s: %s\n", path, strerror(errno));
        return false;
    }
    control->fd = fd;
    snprintf(control->path, sizeof control->path, "%s", path);
    return true;
}

static void client_close(struct control_client *client)
{
    if (client->fd >= 0)
        close(client->fd);
    out_wipe(&client->request);
    out_wipe(&client->answer);
    *client = (struct control_client){.fd = -1};
}

void control_close(struct control *control)
{
    for (size_t i = 0; i < CONTROL_CLIENTS_MAX; i++)
        client_close(&control->clients[i]);
    if (control->fd >= 0) {
        close(control->fd);
        unlink(control->path);
    }
    control->fd = -1;
}

static struct control_client *client_free(struct control *control)
{
    for (size_t i = 0; i < CONTROL_CLIENTS_MAX; i++)
        if (control->clients[i].fd < 0)
            return &control->clients[i];
    return NULL;
}

void control_poll(struct pollfd *polls, const struct control *control)
{
    bool room = false;
    for (size_t i = 0; i < CONTROL_CLIENTS_MAX; i++) {
        const struct control_client *client = &control->clients[i];
        room |= client->fd < 0;
        polls[i + 1] =
            (struct pollfd){.fd = client->fd, .events = client->answering ? POLLOUT : POLLIN};
    }
    polls[0] = (struct pollfd){.fd = room ? control->fd : -1, .events = POLLIN};
}

static void client_send(struct control_client *client)
{
    while (client->sent < client->answer.length) {
        ssize_t sent = send(client->fd, client->answer.data + client->sent,
            client->answer.length - client->sent, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0 && errno == EAGAIN)
            return;
        if (sent <= 0)
            break;
        client->sent += (size_t)sent;
    }
    client_close(client);
}

static void client_serve(struct control_client *client, struct sim *sim)
{
    char bytes[4096];
    if (client->answering) {
        client_send(client);
        return;
    }
    ssize_t got = recv(client->fd, bytes, sizeof bytes, MSG_DONTWAIT);
    if (got > 0) {
        out_bytes(&client->request, bytes, (size_t)got);
        if (client->request.length > CONTROL_REQUEST_MAX)
            client_close(client);
    } else if (got == 0) {
        out_bytes(&client->request, "", 1);
        request_answer(&client->answer, sim, &client->request);
        client->answering = true;
        client_send(client);
    } else if (errno != EAGAIN && errno != EINTR) {
        client_close(client);
    }
}

void control_serve(struct control *control, struct sim *sim, const struct pollfd *polls)
{
    for (size_t i = 0; i < CONTROL_CLIENTS_MAX; i++)
        if (polls[i + 1].fd >= 0 && polls[i + 1].revents)
            client_serve(&control->clients[i], sim);
    struct control_client *client = client_free(control);
    if (client && polls[0].fd >= 0 && polls[0].revents)
        client->fd = accept4(control->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
}

static bool answer_read(struct out *answer, int fd)
{
    char bytes[4096];
    ssize_t got;
    out_clear(answer);
    while ((got = recv(fd, bytes, sizeof bytes, 0)) > 0)
        out_bytes(answer, bytes, (size_t)got);
    return got == 0 && answer->length > 0;
}

bool control_ask(struct out *answer, const char *path, const struct out *request)
{
    struct sockaddr_un address;
    int fd = socket_to(&address, path);
    if (fd < 0 || connect(fd, (const struct sockaddr *)&address, sizeof address) != 0) {
        fprintf(stderr, "dabyl-modemsim: %s: %s; does `dabyl-modemsim --dir` run there?\n", path,
            strerror(errno));
        if (fd >= 0)
            close(fd);
        return false;
    }
    bool well = true;
    for (size_t done = 0; well && done < request->length;) {
        ssize_t sent = send(fd, request->data + done, request->length - done, MSG_NOSIGNAL);
        well = sent > 0;
        done += well ? (size_t)sent : 0;
    }
    well = well && shutdown(fd, SHUT_WR) == 0 && answer_read(answer, fd);
    close(fd);
    if (!well)
        fprintf(stderr, "dabyl-modemsim: %s: the emulator hung up\n", path);
    return well;
}
