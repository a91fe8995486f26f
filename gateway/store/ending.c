#include "gateway/store/ending.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PATH_SIZE 512
#define BOOT_ID "/proc/sys/kernel/random/boot_id"
#define WORD_SIZE 64 /* a boot id has 36 letters */
#define DAMAGED "damaged"

static void path_of(char path[PATH_SIZE], const char *folder)
{
    (void)snprintf(path, PATH_SIZE, "%s/running", folder);
}

/* The first word of a file; empty if it can't be read. */
static void read_word(char word[WORD_SIZE], const char *path)
{
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    ssize_t size = fd < 0 ? 0 : read(fd, word, WORD_SIZE - 1);
    word[size > 0 ? size : 0] = '\0';
    word[strcspn(word, "\n")] = '\0';
    if (fd >= 0)
        close(fd);
}

enum ending ending_read(const char *folder)
{
    char path[PATH_SIZE];
    char word[WORD_SIZE];
    char boot[WORD_SIZE];
    path_of(path, folder);
    if (access(path, F_OK) != 0)
        return ENDING_CLEAN;
    read_word(word, path);
    read_word(boot, BOOT_ID);
    if (strcmp(word, DAMAGED) == 0)
        return ENDING_DAMAGED;
    return word[0] != '\0' && strcmp(word, boot) == 0 ? ENDING_KILLED : ENDING_CUT;
}

static enum err sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return err_from_errno(errno);
    enum err err = fsync(fd) == 0 ? ERR_OK : err_from_errno(errno);
    close(fd);
    return err;
}

static enum err write_word(const char *folder, const char *word)
{
    char path[PATH_SIZE];
    path_of(path, folder);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return err_from_errno(errno);
    ssize_t size = (ssize_t)strlen(word);
    bool whole = write(fd, word, (size_t)size) == size && fsync(fd) == 0;
    enum err err = whole ? ERR_OK : err_from_errno(errno);
    close(fd);
    return err == ERR_OK ? sync_folder(folder) : err;
}

enum err ending_mark(const char *folder)
{
    char boot[WORD_SIZE];
    read_word(boot, BOOT_ID);
    return write_word(folder, boot);
}

void ending_mark_damage(const char *folder)
{
    (void)!write_word(folder, DAMAGED);
}

void ending_clear(const char *folder)
{
    char path[PATH_SIZE];
    path_of(path, folder);
    (void)unlink(path);
}

const char *ending_name(enum ending ending)
{
    static const char *const names[] = {
        [ENDING_CLEAN] = "clean",
        [ENDING_KILLED] = "killed",
        [ENDING_CUT] = "cut",
        [ENDING_DAMAGED] = "damaged",
    };
    return names[ending];
}
