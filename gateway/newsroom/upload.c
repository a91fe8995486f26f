#include "gateway/newsroom/upload.h"

#include "gateway/base/clock.h"
#include "gateway/newsroom/http.h"
#include "gateway/newsroom/response.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_SIZE 512
#define TRIES 8

static void path_of(char path[PATH_SIZE], const struct request *request, const char *name)
{
    (void)snprintf(path, PATH_SIZE, "%s/%s", request->site->readings, name);
}

static bool take(void *arg, const char *bytes, size_t size)
{
    struct request_file *file = arg;
    ssize_t written = 1;
    for (size_t done = 0; done < size && written > 0; done += (size_t)written)
        written = write(file->fd, bytes + done, size - done);
    file->size += written > 0 ? size : 0;
    return written > 0;
}

/* A name that no other upload has: made of the time, and of a number while that is taken. */
static enum err make(struct request *request)
{
    char path[PATH_SIZE];
    int64_t now_ms = clock_boot_ms();
    (void)mkdir(request->site->readings, 0700);
    for (unsigned i = 0; i < TRIES && request->file.fd < 0; i++) {
        (void)snprintf(
            request->file.name, sizeof request->file.name, "upload-%" PRId64 "-%u", now_ms, i);
        path_of(path, request, request->file.name);
        request->file.fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        if (request->file.fd < 0 && errno != EEXIST)
            return err_from_errno(errno);
    }
    return request->file.fd < 0 ? ERR_BUSY : ERR_OK;
}

bool upload_begin(struct request *request, uint64_t size)
{
    const struct http_sink sink = {.take = take, .arg = &request->file};
    enum err err = make(request);
    if (err != ERR_OK) {
        response_header(request, "Connection", "close");
        response_error(request, err, "no file can be made for it: see the disk");
        return false;
    }
    http_expect_stream(request->exchange, size, &sink);
    return true;
}

enum err upload_keep(struct request *request, const char *name)
{
    char from[PATH_SIZE], to[PATH_SIZE];
    path_of(from, request, request->file.name);
    path_of(to, request, name);
    if (fsync(request->file.fd) != 0 || rename(from, to) != 0)
        return err_from_errno(errno);
    request->file.name[0] = '\0';
    return ERR_OK;
}

void upload_end(struct request *request)
{
    char path[PATH_SIZE];
    if (request->file.fd < 0)
        return;
    close(request->file.fd);
    request->file.fd = -1;
    if (request->file.name[0] == '\0')
        return;
    path_of(path, request, request->file.name);
    (void)unlink(path);
}
