#include "audio/aside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#define FILE_MODE 0600

static enum err write_file(const char *path, const uint8_t *bytes, size_t size)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, FILE_MODE);
    enum err err = ERR_OK;

    if (fd < 0)
        return err_from_errno(errno);
    if (write(fd, bytes, size) != (ssize_t)size || fsync(fd))
        err = err_from_errno(errno);
    if (close(fd) && !err)
        err = err_from_errno(errno);
    return err;
}

enum err aside_write(const char *path, const uint8_t *bytes, size_t size)
{
    char aside[ASIDE_PATH_MAX];
    int length = snprintf(aside, sizeof(aside), "%s" ASIDE_END, path);
    enum err err =
        length < 0 || (size_t)length >= sizeof(aside) ? ERR_LONG : write_file(aside, bytes, size);

    if (!err && rename(aside, path))
        err = err_from_errno(errno);
    return err;
}

enum err aside_read(uint8_t *bytes, size_t size, size_t *used, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    ssize_t got = fd < 0 ? -1 : read(fd, bytes, size);
    enum err err = got < 0 ? err_from_errno(errno) : ERR_OK;

    if (fd >= 0)
        close(fd);
    *used = err ? 0 : (size_t)got;
    return err;
}
