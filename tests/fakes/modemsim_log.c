#include "tests/fakes/modemsim_log.h"

#include "tests/fakes/modemsim_clock.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool log_open(struct log *log, const char *path)
{
    *log = (struct log){.fd = -1};
    if (!path)
        return true;
    log->fd = strcmp(path, "-") == 0 ? dup(STDOUT_FILENO)
                                     : open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    return log->fd >= 0;
}

struct out *log_begin(struct log *log, unsigned modem, const char *event)
{
    int64_t wall_ms = clock_wall_ms();
    out_clear(&log->line);
    out_print(&log->line, "{\"t\":%" PRId64 ".%03d", wall_ms / 1000, (int)(wall_ms % 1000));
    if (modem)
        out_print(&log->line, ",\"modem\":%u", modem);
    out_print(&log->line, ",\"event\":\"%s\"", event);
    return &log->line;
}

void log_end(struct log *log)
{
    out_text(&log->line, "}\n");
    if (log->fd < 0)
        return;
    for (size_t done = 0; done < log->line.length;) {
        ssize_t wrote = write(log->fd, log->line.data + done, log->line.length - done);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0) {
            if (!log->failed)
                fprintf(stderr, "dabyl-modemsim: log: %s; lines are missing from here\n",
                    strerror(errno));
            log->failed = true;
            return;
        }
        done += (size_t)wrote;
    }
}

void log_event(
    struct log *log, unsigned modem, const char *event, const char *key, const char *value)
{
    struct out *line = log_begin(log, modem, event);
    if (key) {
        out_print(line, ",\"%s\":", key);
        out_json(line, value);
    }
    log_end(log);
}

void log_close(struct log *log)
{
    if (log->fd >= 0)
        close(log->fd);
    log->fd = -1;
    out_wipe(&log->line);
}
