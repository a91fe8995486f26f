#include "gateway/tools/radio_program.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define EXIT_NOT_STARTED 127

int radio_program_find(char path[ARGS_PATH_SIZE])
{
    ssize_t size = readlink("/proc/self/exe", path, ARGS_PATH_SIZE - 1);
    if (size <= 0)
        return args_fail(ARGS_EXIT_INPUT, "cannot find where dabylctl lies: %s", strerror(errno));
    path[size] = '\0';
    char *slash = strrchr(path, '/');
    size_t room = ARGS_PATH_SIZE - (size_t)(slash + 1 - path);
    if (snprintf(slash + 1, room, "dabyl-radio") >= (int)room)
        return args_fail(ARGS_EXIT_INPUT, "the path to dabyl-radio is too long");
    return ARGS_EXIT_OK;
}

static _Noreturn void become(const char *path, const char *command, const char *file)
{
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(nothing, STDOUT_FILENO) < 0)
        _exit(EXIT_NOT_STARTED);
    (void)execl(path, path, command, file, (char *)NULL);
    _exit(EXIT_NOT_STARTED);
}

int radio_program_run(const char *command, const char *file)
{
    char path[ARGS_PATH_SIZE];
    int status = 0, code = radio_program_find(path);
    if (code != ARGS_EXIT_OK)
        return code;
    pid_t child = fork();
    if (child == 0)
        become(path, command, file);
    if (child < 0)
        return args_fail(ARGS_EXIT_INPUT, "no process could be started: %s", strerror(errno));
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_NOT_STARTED)
        return args_fail(ARGS_EXIT_INPUT, "%s cannot be started", path);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? ARGS_EXIT_OK : ARGS_EXIT_INPUT;
}
