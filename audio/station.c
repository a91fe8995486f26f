#include "audio/station.h"

#include "gateway/base/base64.h"
#include "gateway/base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC "DABYLSTN"
#define MAGIC_SIZE 8
#define VERSION 1
#define FILE_SIZE (MAGIC_SIZE + 1 + SEAL_SEED_SIZE)
#define KEY_NAME "station.key"
#define PUBLIC_NAME "station.key.pub"
#define SECRET_MODE 0600
#define PUBLIC_MODE 0644
#define LINE_SIZE 128
#define PATH_SIZE 512

static enum err print_path(
    char path[PATH_SIZE], const char *folder, const char *name, const char *suffix)
{
    int size = snprintf(path, PATH_SIZE, "%s/%s%s", folder, name, suffix);

    return size < 0 || size >= PATH_SIZE ? ERR_LONG : ERR_OK;
}

static enum err write_all(int fd, const void *bytes, size_t size)
{
    enum err err = ERR_OK;

    if (write(fd, bytes, size) != (ssize_t)size || fsync(fd))
        err = err_from_errno(errno);
    if (close(fd) && !err)
        err = err_from_errno(errno);
    return err;
}

/* Aside, to the disk, renamed; both names in folder. */
static enum err save(
    const char *folder, const char *name, mode_t mode, const void *bytes, size_t size)
{
    char path[PATH_SIZE], aside[PATH_SIZE];
    enum err err = print_path(path, folder, name, "");
    int fd;

    if (!err)
        err = print_path(aside, folder, name, ".new");
    if (err)
        return err;
    fd = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode);
    if (fd < 0)
        return err_from_errno(errno);
    err = write_all(fd, bytes, size);
    if (!err && rename(aside, path))
        err = err_from_errno(errno);
    return err;
}

/* Bytes of a file, at most size. */
static enum err load(void *bytes, size_t *used, size_t size, const char *folder, const char *name)
{
    char path[PATH_SIZE];
    enum err err = print_path(path, folder, name, "");
    int fd = err ? -1 : open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    ssize_t got = fd < 0 ? -1 : read(fd, bytes, size);

    if (!err && got < 0)
        err = err_from_errno(errno);
    if (fd >= 0)
        (void)close(fd);
    *used = got < 0 ? 0 : (size_t)got;
    return err;
}

static enum err decode(uint8_t seed[SEAL_SEED_SIZE], const uint8_t *bytes, size_t size)
{
    if (size != FILE_SIZE || memcmp(bytes, MAGIC, MAGIC_SIZE) != 0)
        return ERR_FORMAT;
    if (bytes[MAGIC_SIZE] != VERSION)
        return ERR_VERSION;
    memcpy(seed, bytes + MAGIC_SIZE + 1, SEAL_SEED_SIZE);
    return ERR_OK;
}

static enum err make(uint8_t bytes[FILE_SIZE], const char *folder)
{
    enum err err = ERR_OK;

    memcpy(bytes, MAGIC, MAGIC_SIZE);
    bytes[MAGIC_SIZE] = VERSION;
    if (getrandom(bytes + MAGIC_SIZE + 1, SEAL_SEED_SIZE, 0) != SEAL_SEED_SIZE)
        return ERR_SYSTEM;
    err = save(folder, KEY_NAME, SECRET_MODE, bytes, FILE_SIZE);
    if (!err)
        log_info("station_key_made folder=%s", folder);
    return err;
}

static enum err save_public(const struct station *station, const char *folder, const char *name)
{
    char key[BASE64_LETTERS(SEAL_PUBLIC_SIZE) + 1], line[LINE_SIZE], there[LINE_SIZE];
    size_t used;
    int size;

    base64_print(key, station->public_key, SEAL_PUBLIC_SIZE);
    size = snprintf(line, sizeof(line), "dabyl-station %s %s\n", name ? name : "-", key);
    if (size < 0 || (size_t)size >= sizeof(line))
        return ERR_LONG;
    if (load(there, &used, sizeof(there), folder, PUBLIC_NAME) == ERR_OK && used == (size_t)size &&
        memcmp(there, line, used) == 0)
        return ERR_OK;
    return save(folder, PUBLIC_NAME, PUBLIC_MODE, line, (size_t)size);
}

enum err station_open(struct station *station, const char *folder, const char *name)
{
    uint8_t bytes[FILE_SIZE + 1], seed[SEAL_SEED_SIZE];
    size_t used;
    enum err err = load(bytes, &used, sizeof(bytes), folder, KEY_NAME);

    if (err == ERR_MISSING) {
        err = make(bytes, folder);
        used = FILE_SIZE;
    }
    if (!err)
        err = decode(seed, bytes, used);
    if (!err)
        seal_keypair(station->public_key, station->secret, seed);
    explicit_bzero(bytes, sizeof(bytes));
    explicit_bzero(seed, sizeof(seed));
    if (!err)
        err = save_public(station, folder, name);
    if (err)
        station_wipe(station);
    return err;
}

void station_wipe(struct station *station)
{
    explicit_bzero(station, sizeof(*station));
}

bool station_is_listed(const struct station *station, const struct roster *roster, int64_t when_s)
{
    const struct roster_station *listed = roster_find_station(roster, station->public_key);

    return listed && roster_station_valid(listed, when_s);
}
