#include "gateway/store/wipe.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEY_FILE "site.key"
#define DEPTH_MAX 8

static void keep_first(enum err *first, enum err err)
{
    if (*first == ERR_OK)
        *first = err;
}

/* In place, to the disk, before the name goes. */
static enum err overwrite(int folder, const char *name)
{
    struct stat info;
    static const unsigned char zeros[4096];
    int fd = openat(folder, name, O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return err_from_errno(errno);
    bool done = fstat(fd, &info) == 0 && S_ISREG(info.st_mode);
    for (off_t at = 0; done && at < info.st_size;) {
        off_t left = info.st_size - at;
        ssize_t wrote = write(fd, zeros, left < (off_t)sizeof zeros ? (size_t)left : sizeof zeros);
        done = wrote > 0;
        at += done ? wrote : 0;
    }
    enum err err = done && fsync(fd) == 0 ? ERR_OK : err_from_errno(errno);
    close(fd);
    return err;
}

static enum err destroy_key(int folder)
{
    enum err err = overwrite(folder, KEY_FILE);
    if (unlinkat(folder, KEY_FILE, 0) != 0)
        keep_first(&err, err_from_errno(errno));
    if (fsync(folder) != 0)
        keep_first(&err, err_from_errno(errno));
    return err;
}

static void empty_folder(int folder, enum err *first, unsigned depth);

static void remove_one(int folder, const char *name, enum err *first, unsigned depth)
{
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || unlinkat(folder, name, 0) == 0)
        return;
    int inner = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (inner >= 0)
        empty_folder(inner, first, depth + 1);
    if (unlinkat(folder, name, AT_REMOVEDIR) != 0)
        keep_first(first, err_from_errno(errno));
}

/* Takes folder. */
static void empty_folder(int folder, enum err *first, unsigned depth)
{
    DIR *list = depth < DEPTH_MAX ? fdopendir(folder) : NULL;
    if (list == NULL) {
        keep_first(first, ERR_SYSTEM);
        close(folder);
        return;
    }
    for (struct dirent *entry; (entry = readdir(list)) != NULL;)
        remove_one(folder, entry->d_name, first, depth);
    if (fsync(folder) != 0)
        keep_first(first, err_from_errno(errno));
    (void)closedir(list);
}

enum err wipe_folder(const char *path)
{
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return err_from_errno(errno);
    if (faccessat(folder, KEY_FILE, F_OK, AT_SYMLINK_NOFOLLOW) != 0) {
        close(folder);
        return ERR_MISSING;
    }
    enum err err = destroy_key(folder);
    empty_folder(folder, &err, 0);
    return err;
}
