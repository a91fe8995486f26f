/* channel: for tests of the radio side: plays sound through the real dabyl-channelsim, found beside the test program
 * (B/tests/audio/NAME_test and B/bin). Included by tests only.
 */
#ifndef TESTS_AUDIO_CHANNEL_H
#define TESTS_AUDIO_CHANNEL_H

#include "audio/wav.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHANNEL_PATH_SIZE 512
#define CHANNEL_COMMAND_SIZE 2048

static char channel_directory[] = "/tmp/dabyl-channel-XXXXXX";

/* A built program's path. */
static inline void channel_program(char path[CHANNEL_PATH_SIZE], const char *name)
{
    char self[CHANNEL_PATH_SIZE / 2] = "";
    ssize_t size = readlink("/proc/self/exe", self, sizeof self - 1);
    self[size > 0 ? size : 0] = '\0';
    for (int i = 0; i < 3 && strrchr(self, '/'); i++)
        *strrchr(self, '/') = '\0';
    snprintf(path, CHANNEL_PATH_SIZE, "%s/bin/%s", self, name);
}

/* Group set-up and tear-down: a directory for the sounds. */
static inline int channel_start(void **state)
{
    (void)state;
    return mkdtemp(channel_directory) ? 0 : -1;
}

static inline void channel_file(char path[CHANNEL_PATH_SIZE], const char *name)
{
    snprintf(path, CHANNEL_PATH_SIZE, "%s/%s", channel_directory, name);
}

static inline int channel_stop(void **state)
{
    (void)state;
    char path[CHANNEL_PATH_SIZE];
    static const char *const names[] = {"in.wav", "out.wav"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        channel_file(path, names[i]);
        unlink(path);
    }
    return rmdir(channel_directory);
}

/* Runs a shell command; what it prints goes to text[size] (NULL: it is left alone). Its exit code, -1 for a signal. */
static inline int channel_shell(char *text, size_t size, const char *command)
{
    int ends[2];
    if (pipe(ends))
        return -1;
    pid_t pid = fork();
    if (pid == 0) {
        if (text)
            dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    size_t used = 0;
    ssize_t got = 1;
    while (text && got > 0 && used + 1 < size) {
        got = read(ends[0], text + used, size - 1 - used);
        used += got > 0 ? (size_t)got : 0;
    }
    if (text)
        text[used] = '\0';
    close(ends[0]);
    int status = 0;
    if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
        return -1;
    return WEXITSTATUS(status);
}

/* Plays in through the channel with these options; the exit code, out only if that is 0. */
static inline int channel_play(struct pcm *out, const struct pcm *in, const char *options)
{
    char program[CHANNEL_PATH_SIZE], from[CHANNEL_PATH_SIZE], to[CHANNEL_PATH_SIZE];
    char command[CHANNEL_COMMAND_SIZE];
    channel_program(program, "dabyl-channelsim");
    channel_file(from, "in.wav");
    channel_file(to, "out.wav");
    if (wav_save(from, in))
        return -1;
    snprintf(command, sizeof command, "timeout 120 '%s' '%s' '%s' %s", program, from, to, options);
    int code = channel_shell(NULL, 0, command);
    if (!code && wav_load(out, to))
        return -1;
    return code;
}

#endif
