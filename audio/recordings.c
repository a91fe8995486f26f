#include "audio/recordings.h"

#include "gateway/base/clock.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_SIZE 512

static void path_of(
    char path[PATH_SIZE], const char *folder, const struct reading *reading, const char *suffix)
{
    char name[READING_NAME_SIZE];
    reading_print_name(name, reading, suffix);
    (void)snprintf(path, PATH_SIZE, "%s/%s", folder, name);
}

enum err recordings_hash(uint8_t hash[SEAL_HASH_SIZE], int fd, size_t size)
{
    if (size == 0)
        return ERR_SHORT;
    void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED)
        return ERR_SYSTEM;
    seal_hash(hash, bytes, size);
    (void)munmap(bytes, size);
    return ERR_OK;
}

enum err recordings_make_room(const char *folder)
{
    unsigned count = 0;
    int64_t now_s = clock_wall_s();
    DIR *list = opendir(folder);
    if (list == NULL)
        return err_from_errno(errno);
    for (struct dirent *entry; (entry = readdir(list)) != NULL;) {
        struct stat is;
        if (entry->d_name[0] == '.' ||
            fstatat(dirfd(list), entry->d_name, &is, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        if (now_s - is.st_mtime > RECORDINGS_KEPT_S)
            (void)unlinkat(dirfd(list), entry->d_name, 0);
        else
            count++;
    }
    (void)closedir(list);
    return count >= 2 * RECORDINGS_MAX ? ERR_FULL : ERR_OK; /* two files each */
}

enum err recordings_save(const char *folder, const struct reading *reading)
{
    char path[PATH_SIZE], aside[PATH_SIZE];
    uint8_t bytes[READING_SIZE_MAX];
    size_t size = reading_encode(bytes, reading);
    path_of(path, folder, reading, ".reading");
    path_of(aside, folder, reading, ".part");
    int fd = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return err_from_errno(errno);
    enum err err =
        write(fd, bytes, size) == (ssize_t)size && fsync(fd) == 0 ? ERR_OK : err_from_errno(errno);
    if (close(fd) != 0 && err == ERR_OK)
        err = err_from_errno(errno);
    if (err == ERR_OK && rename(aside, path) != 0)
        err = err_from_errno(errno);
    return err;
}

enum err recordings_load(struct reading *reading, const char *folder)
{
    char path[PATH_SIZE];
    uint8_t bytes[READING_SIZE_MAX + 1];
    const struct reading wanted = *reading;
    path_of(path, folder, reading, ".reading");
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return err_from_errno(errno);
    ssize_t got = read(fd, bytes, sizeof bytes);
    close(fd);
    enum err err = got < 0 ? ERR_SYSTEM : reading_decode(reading, bytes, (size_t)got);
    bool same = memcmp(wanted.body_hash, reading->body_hash, sizeof wanted.body_hash) == 0 &&
                wanted.language == reading->language;
    return err == ERR_OK && !same ? ERR_FORMAT : err;
}

enum err recordings_approve(
    struct reading *reading, const struct wire_approval *approval, const struct roster *roster)
{
    return reading_approve(reading, approval, roster, clock_wall_s());
}

enum err recordings_remove(const char *folder, const struct reading *reading)
{
    static const char *const suffixes[] = {".reading", ".sound"};
    enum err result = ERR_MISSING;
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        char path[PATH_SIZE];
        path_of(path, folder, reading, suffixes[i]);
        if (unlink(path) == 0)
            result = ERR_OK;
        else if (errno != ENOENT)
            return err_from_errno(errno);
    }
    return result;
}

int recordings_open(uint64_t *size, bool *flac, const char *folder, const struct reading *reading)
{
    char path[PATH_SIZE], magic[4] = "";
    struct stat is;
    path_of(path, folder, reading, ".sound");
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return -1;
    if (fstat(fd, &is) != 0 || !S_ISREG(is.st_mode) ||
        pread(fd, magic, sizeof magic, 0) != sizeof magic) {
        close(fd);
        return -1;
    }
    *size = (uint64_t)is.st_size;
    *flac = memcmp(magic, "fLaC", sizeof magic) == 0;
    return fd;
}
