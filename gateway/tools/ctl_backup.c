#include "gateway/tools/ctl.h"

#include "gateway/store/copy_file.h"
#include "gateway/store/ending.h"
#include "gateway/tools/backup_file.h"
#include "gateway/tools/keyfile.h"
#include "gateway/tools/link.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_SIZE (CONF_PATH_MAX + 32)
#define KEY_NAME "site.key"
#define STORE_NAME "store.db"

/* Has the gateway make a copy of its store in the state folder, and waits for it. */
static int ask_for_copy(const struct args *args)
{
    struct message message = {.type = MESSAGE_BACKUP};
    int fd;
    int code = link_open(&fd, args);
    if (code != ARGS_EXIT_OK)
        return code;
    code = link_ask(fd, &message);
    message = (struct message){.type = MESSAGE_BACKUP_STEP};
    if (code == ARGS_EXIT_OK)
        code = link_ask(fd, &message);
    while (code == ARGS_EXIT_OK && message.type != MESSAGE_END)
        code = link_next(fd, &message);
    close(fd);
    return code;
}

static FILE *open_new(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
    if (file == NULL)
        (void)args_fail(0, "%s: %s", path, strerror(errno));
    return file;
}

/* To the disk; told on failure. */
static bool close_new(FILE *file, const char *path)
{
    bool done = fflush(file) == 0 && fsync(fileno(file)) == 0;
    done = fclose(file) == 0 && done;
    if (!done)
        (void)args_fail(0, "%s: cannot be written: %s", path, strerror(errno));
    return done;
}

static bool read_key(uint8_t key[BACKUP_FILE_KEY_SIZE], const char *state)
{
    char path[PATH_SIZE];
    (void)snprintf(path, sizeof path, "%s/" KEY_NAME, state);
    FILE *file = fopen(path, "re");
    bool done = file != NULL && fread(key, 1, BACKUP_FILE_KEY_SIZE, file) == BACKUP_FILE_KEY_SIZE;
    if (!done)
        (void)args_fail(0, "%s: the site key cannot be read", path);
    if (file != NULL)
        (void)fclose(file);
    return done;
}

/* Written aside, then renamed: an older backup of that name is there until the new one is whole. */
static int encrypt(const char *to, FILE *copy, const char *state, const char *passphrase)
{
    char aside[PATH_SIZE];
    uint8_t key[BACKUP_FILE_KEY_SIZE];
    if (snprintf(aside, sizeof aside, "%s.new", to) >= (int)sizeof aside || !read_key(key, state))
        return ARGS_EXIT_INPUT;
    FILE *out = open_new(aside);
    if (out == NULL)
        return ARGS_EXIT_INPUT;
    enum err err = backup_file_write(out, copy, key, passphrase);
    keyfile_wipe(key, sizeof key);
    if (!close_new(out, aside))
        err = ERR_SYSTEM;
    if (err == ERR_OK && rename(aside, to) == 0)
        return ARGS_EXIT_OK;
    (void)unlink(aside);
    return args_fail(ARGS_EXIT_INPUT, "%s: the backup cannot be written: %s", to, strerror(errno));
}

static int encrypt_copy(const struct args *args, const char *state, const char *passphrase)
{
    char path[PATH_SIZE];
    (void)snprintf(path, sizeof path, "%s/" COPY_FILE_NAME, state);
    FILE *copy = fopen(path, "re");
    if (copy == NULL)
        return args_fail(ARGS_EXIT_INPUT, "%s: %s", path, strerror(errno));
    int code = encrypt(args->out, copy, state, passphrase);
    (void)fclose(copy);
    return code;
}

int ctl_backup(const struct args *args)
{
    char state[CONF_PATH_MAX];
    char sender[CONF_SENDER_MAX + 1];
    char passphrase[KEYFILE_PASSPHRASE_MAX];
    if (args->out == NULL)
        return args_fail(ARGS_EXIT_USAGE, "name the file to be written with -o FILE");
    int code = link_find_site(state, sender, args);
    if (code != ARGS_EXIT_OK)
        return code;
    if (keyfile_ask(passphrase, args->passphrase_file, "a passphrase for the backup", 1) != ERR_OK)
        return ARGS_EXIT_KEY;
    if (strlen(passphrase) < KEYFILE_PASSPHRASE_MIN) {
        keyfile_wipe(passphrase, sizeof passphrase);
        return args_fail(
            ARGS_EXIT_KEY, "a passphrase has at least %d letters", KEYFILE_PASSPHRASE_MIN);
    }
    code = ask_for_copy(args);
    if (code == ARGS_EXIT_OK)
        code = encrypt_copy(args, state, passphrase);
    copy_file_remove(state);
    keyfile_wipe(passphrase, sizeof passphrase);
    if (code == ARGS_EXIT_OK && !args->json)
        printf("%s: the store and its key, encrypted; keep it elsewhere, and the passphrase in "
               "another place\n",
            args->out);
    return code;
}

/* The folder is made if it is not there; nothing that is in use or holds a store is touched. */
static int take_folder(const char *state)
{
    char path[PATH_SIZE];
    if (mkdir(state, 0700) != 0 && errno != EEXIST)
        return args_fail(ARGS_EXIT_INPUT, "%s: %s", state, strerror(errno));
    (void)snprintf(path, sizeof path, "%s/lock", state);
    int fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) != 0)
        return args_fail(ARGS_EXIT_GATEWAY, "a gateway is running on %s: stop it first", state);
    static const char *const names[] = {STORE_NAME, STORE_NAME "-wal", KEY_NAME};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", state, names[i]);
        if (access(path, F_OK) == 0)
            return args_fail(
                ARGS_EXIT_INPUT, "%s is there: move %s away, or restore into another", path, state);
    }
    return ARGS_EXIT_OK;
}

static const char *advice_of(enum err err)
{
    return err == ERR_KEY                            ? "wrong passphrase, or the file was altered"
           : err == ERR_SEAL                         ? "the file was altered"
           : err == ERR_SHORT                        ? "the file was cut, its end is missing"
           : err == ERR_FORMAT || err == ERR_VERSION ? "this is no backup, or a newer dabyl's"
                                                     : err_text(err);
}

/* The key is written last but for the names: a restore that was interrupted leaves no store. */
static int put_in_place(const char *state, const uint8_t key[BACKUP_FILE_KEY_SIZE])
{
    char from[PATH_SIZE];
    char to[PATH_SIZE];
    (void)snprintf(to, sizeof to, "%s/" KEY_NAME, state);
    FILE *file = open_new(to);
    if (file == NULL)
        return ARGS_EXIT_INPUT;
    bool wrote = fwrite(key, 1, BACKUP_FILE_KEY_SIZE, file) == BACKUP_FILE_KEY_SIZE;
    if (!close_new(file, to) || !wrote)
        return ARGS_EXIT_INPUT;
    (void)snprintf(from, sizeof from, "%s/" COPY_FILE_NAME, state);
    (void)snprintf(to, sizeof to, "%s/" STORE_NAME, state);
    ending_mark_damage(state); /* the first start looks at everything */
    if (rename(from, to) != 0)
        return args_fail(ARGS_EXIT_INPUT, "%s: %s", to, strerror(errno));
    return ARGS_EXIT_OK;
}

static int decrypt(const char *state, FILE *backup, const char *path, const char *passphrase)
{
    char copy[PATH_SIZE];
    uint8_t key[BACKUP_FILE_KEY_SIZE];
    (void)snprintf(copy, sizeof copy, "%s/" COPY_FILE_NAME, state);
    FILE *out = open_new(copy);
    if (out == NULL)
        return ARGS_EXIT_INPUT;
    enum err err = backup_file_read(out, key, backup, passphrase);
    bool wrote = close_new(out, copy);
    int code = err == ERR_OK && wrote ? put_in_place(state, key) : ARGS_EXIT_INPUT;
    keyfile_wipe(key, sizeof key);
    if (code != ARGS_EXIT_OK)
        copy_file_remove(state);
    if (err != ERR_OK)
        return args_fail(
            err == ERR_KEY ? ARGS_EXIT_KEY : ARGS_EXIT_INPUT, "%s: %s", path, advice_of(err));
    return code;
}

int ctl_restore(const struct args *args)
{
    char state[CONF_PATH_MAX];
    char sender[CONF_SENDER_MAX + 1];
    char passphrase[KEYFILE_PASSPHRASE_MAX];
    if (args->word_count != 1)
        return args_fail(ARGS_EXIT_USAGE, "name the backup");
    int code = link_find_site(state, sender, args);
    if (code == ARGS_EXIT_OK)
        code = take_folder(state);
    if (code != ARGS_EXIT_OK)
        return code;
    FILE *backup = fopen(args->words[0], "re");
    if (backup == NULL)
        return args_fail(ARGS_EXIT_INPUT, "%s: %s", args->words[0], strerror(errno));
    if (keyfile_ask(passphrase, args->passphrase_file, "the backup's passphrase", 0) == ERR_OK)
        code = decrypt(state, backup, args->words[0], passphrase);
    else
        code = ARGS_EXIT_KEY;
    keyfile_wipe(passphrase, sizeof passphrase);
    (void)fclose(backup);
    if (code == ARGS_EXIT_OK && !args->json)
        printf("restored into %s; start the gateway: what was going out is held until 'dabylctl "
               "resume'\n",
            state);
    return code;
}

int ctl_resume(const struct args *args)
{
    long number;
    if (args->word_count > 1)
        return args_fail(ARGS_EXIT_USAGE, "name one bulletin's number, or none for all");
    if (args_number(&number, args->word_count == 1 ? args->words[0] : NULL, "the bulletin",
            (const long[]){1, BULLETIN_NUMBER_MAX, 0}) != ERR_OK)
        return ARGS_EXIT_USAGE;
    struct message message = {.type = MESSAGE_RESUME};
    message.as.id.id = (uint64_t)number;
    int code = link_ask_once(args, &message);
    if (code == ARGS_EXIT_OK && !args->json)
        printf("%llu go on\n", (unsigned long long)message.as.ok.value);
    return code;
}
