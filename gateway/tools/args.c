#include "gateway/tools/args.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum kind { FLAG, TEXT, EDITOR, STATION, SET };

static const struct {
    const char *name;
    size_t offset;
    enum kind kind;
    bool always;
} table[] = {
    {"json", offsetof(struct args, json), FLAG, true},
    {"help", offsetof(struct args, help), FLAG, true},
    {"config", offsetof(struct args, config), TEXT, true},
    {"state", offsetof(struct args, state), TEXT, true},
    {"yes", offsetof(struct args, yes), FLAG, false},
    {"watch", offsetof(struct args, watch), FLAG, false},
    {"numbers", offsetof(struct args, numbers), FLAG, false},
    {"sms", offsetof(struct args, sms), FLAG, false},
    {"full", offsetof(struct args, full), FLAG, false},
    {"print", offsetof(struct args, print), FLAG, false},
    {"testers", offsetof(struct args, testers), FLAG, false},
    {"remove", offsetof(struct args, remove), FLAG, false},
    {"key", offsetof(struct args, key), TEXT, false},
    {"passphrase-file", offsetof(struct args, passphrase_file), TEXT, false},
    {"from", offsetof(struct args, from), TEXT, false},
    {"to", offsetof(struct args, to), TEXT, false},
    {"out", offsetof(struct args, out), TEXT, false},
    {"lang", offsetof(struct args, lang), TEXT, false},
    {"script", offsetof(struct args, script), TEXT, false},
    {"air", offsetof(struct args, air), TEXT, false},
    {"roster", offsetof(struct args, roster), TEXT, false},
    {"fingerprint", offsetof(struct args, fingerprint), TEXT, false},
    {"name", offsetof(struct args, name), TEXT, false},
    {"consent", offsetof(struct args, consent), TEXT, false},
    {"format", offsetof(struct args, format), TEXT, false},
    {"sender", offsetof(struct args, sender), TEXT, false},
    {"parts", offsetof(struct args, parts), TEXT, false},
    {"approvals", offsetof(struct args, approvals), TEXT, false},
    {"number", offsetof(struct args, number), TEXT, false},
    {"days", offsetof(struct args, days), TEXT, false},
    {"revoke", offsetof(struct args, revoke), TEXT, false},
    {"template", offsetof(struct args, template_name), TEXT, false},
    {"regions", offsetof(struct args, regions), TEXT, false},
    {"lifetime", offsetof(struct args, lifetime), TEXT, false},
    {"severity", offsetof(struct args, severity), TEXT, false},
    {"ask", offsetof(struct args, ask), TEXT, false},
    {"claim", offsetof(struct args, claim), TEXT, false},
    {"evidence", offsetof(struct args, evidence), TEXT, false},
    {"answer", offsetof(struct args, answer), TEXT, false},
    {"editor", 0, EDITOR, false},
    {"station", 0, STATION, false},
    {"set", 0, SET, false},
};

#define OPTION_COUNT (sizeof table / sizeof table[0])

int args_fail(int code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    (void)fputs("dabylctl: ", stderr);
    (void)vfprintf(stderr, format, args);
    (void)fputc('\n', stderr);
    va_end(args);
    return code;
}

static bool *flag_of(struct args *args, size_t i)
{
    return (bool *)(void *)((char *)args + table[i].offset);
}

static const char **text_of(struct args *args, size_t i)
{
    return (const char **)(void *)((char *)args + table[i].offset);
}

static enum err append(const char **list, unsigned *count, unsigned most, const char *value)
{
    if (*count == most) {
        (void)args_fail(0, "at most %u such options; '%s' is too many", most, value);
        return ERR_VALUE;
    }
    list[(*count)++] = value;
    return ERR_OK;
}

static enum err take(struct args *args, size_t i, const char *value)
{
    if (table[i].kind == FLAG) {
        *flag_of(args, i) = true;
        return ERR_OK;
    }
    if (table[i].kind == TEXT) {
        *text_of(args, i) = value;
        return ERR_OK;
    }
    if (table[i].kind == EDITOR)
        return append(args->editors, &args->editor_count, ARGS_EDITORS_MAX, value);
    if (table[i].kind == STATION)
        return append(args->stations, &args->station_count, ARGS_STATIONS_MAX, value);
    return append(args->sets, &args->set_count, ARGS_SETS_MAX, value);
}

enum err args_parse(struct args *args, int argc, char **argv)
{
    struct option options[OPTION_COUNT + 1] = {0};
    memset(args, 0, sizeof *args);
    for (size_t i = 0; i < OPTION_COUNT; i++)
        options[i] = (struct option){
            table[i].name, table[i].kind == FLAG ? no_argument : required_argument, NULL, 0};
    for (int index = -1, found; (found = getopt_long(argc, argv, "o:h", options, &index)) != -1;
         index = -1) {
        if (found == 'o')
            args->out = optarg;
        else if (found == 'h')
            args->help = true;
        else if (found == '?' || take(args, (size_t)index, optarg) != ERR_OK)
            return ERR_VALUE;
    }
    for (; optind < argc; optind++) {
        if (args->word_count == ARGS_WORDS_MAX) {
            (void)args_fail(0, "too many words from '%s' on", argv[optind]);
            return ERR_VALUE;
        }
        args->words[args->word_count++] = argv[optind];
    }
    return ERR_OK;
}

static bool is_given(const struct args *args, size_t i)
{
    if (table[i].kind == EDITOR)
        return args->editor_count > 0;
    if (table[i].kind == STATION)
        return args->station_count > 0;
    if (table[i].kind == SET)
        return args->set_count > 0;
    const char *at = (const char *)args + table[i].offset;
    const char *text = NULL;
    if (table[i].kind == TEXT)
        memcpy(&text, at, sizeof text);
    return table[i].kind == FLAG ? *at != 0 : text != NULL;
}

static bool has_word(const char *list, const char *word)
{
    size_t size = strlen(word);
    for (const char *at = strstr(list, word); at != NULL; at = strstr(at + 1, word))
        if ((at == list || at[-1] == ' ') && (at[size] == ' ' || at[size] == '\0'))
            return true;
    return false;
}

enum err args_check_allowed(const struct args *args, const char *allowed)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (!table[i].always && is_given(args, i) && !has_word(allowed, table[i].name)) {
            (void)args_fail(0, "--%s does not go with this command", table[i].name);
            return ERR_VALUE;
        }
    return ERR_OK;
}

enum err args_number(long *value, const char *text, const char *what, const long range[3])
{
    *value = range[2];
    if (text == NULL)
        return ERR_OK;
    char *end;
    errno = 0;
    *value = strtol(text, &end, 10);
    if (errno == 0 && *text != '\0' && *end == '\0' && *value >= range[0] && *value <= range[1])
        return ERR_OK;
    (void)args_fail(
        0, "%s is '%s'; it must be a whole number from %ld to %ld", what, text, range[0], range[1]);
    return ERR_VALUE;
}

enum err args_load_file(unsigned char *bytes, size_t *used, size_t size, const char *path)
{
    bool standard = strcmp(path, "-") == 0;
    FILE *file = standard ? stdin : fopen(path, "re");
    if (file == NULL) {
        enum err err = err_from_errno(errno);
        (void)args_fail(0, "%s: %s", path, strerror(errno));
        return err;
    }
    *used = fread(bytes, 1, size, file);
    enum err err = ferror(file) != 0 ? ERR_SYSTEM : fgetc(file) != EOF ? ERR_LONG : ERR_OK;
    if (err == ERR_SYSTEM)
        (void)args_fail(0, "%s: cannot be read: %s", path, strerror(errno));
    if (err == ERR_LONG)
        (void)args_fail(0, "%s: longer than the %zu bytes that it may have", path, size);
    if (!standard)
        (void)fclose(file);
    return err;
}

static enum err write_all(int fd, const unsigned char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t put = write(fd, bytes, size);
        if (put < 0 && errno != EINTR)
            return err_from_errno(errno);
        if (put > 0) {
            bytes += put;
            size -= (size_t)put;
        }
    }
    return fsync(fd) == 0 ? ERR_OK : err_from_errno(errno);
}

/* A rename would put a file in the place of a device or a folder. */
static enum err check_target(const char *path)
{
    struct stat about;
    if (stat(path, &about) != 0 || S_ISREG(about.st_mode))
        return ERR_OK;
    (void)args_fail(0, "%s: is there and not a plain file; name another", path);
    return ERR_EXISTS;
}

enum err args_save_file(const char *path, const unsigned char *bytes, size_t size, bool secret)
{
    char aside[ARGS_PATH_SIZE];
    if (check_target(path) != ERR_OK)
        return ERR_EXISTS;
    if (snprintf(aside, sizeof aside, "%s.new", path) >= (int)sizeof aside) {
        (void)args_fail(0, "%s: the path is too long", path);
        return ERR_LONG;
    }
    int fd =
        open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, secret ? 0600 : 0644);
    enum err err = fd >= 0 ? write_all(fd, bytes, size) : err_from_errno(errno);
    if (fd >= 0 && close(fd) != 0 && err == ERR_OK)
        err = err_from_errno(errno);
    if (err == ERR_OK && rename(aside, path) != 0)
        err = err_from_errno(errno);
    if (err == ERR_OK)
        return ERR_OK;
    (void)args_fail(
        0, "%s: cannot be written: %s", path, err == ERR_SYSTEM ? strerror(errno) : err_text(err));
    if (fd >= 0)
        (void)unlink(aside);
    return err;
}
