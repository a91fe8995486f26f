/* keyer: the push-to-talk line, held by a process of its own, so that nothing that happens to the radio leaves the transmitter
 * keyed. The keyer unkeys when it starts, when it is told, when the heartbeat stops for KEYER_SILENT_MS, when the time that was
 * asked for is over, when its asker's end closes, on SIGTERM, and on any answer of the line that it does not expect. While it
 * cannot say for sure that the transmitter is unkeyed, it goes on trying and refuses to key.
 *
 * If the keyer itself is killed: a serial line falls by itself (its last descriptor closes, HUPCL); a rig behind rigctld is
 * unkeyed by the next keyer when it starts.
 */
#ifndef AUDIO_KEYER_H
#define AUDIO_KEYER_H

#include "audio/rig.h"
#include "gateway/base/err.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#define KEYER_BEAT_MS 150   /* heartbeats at least so often while it is keyed */
#define KEYER_SILENT_MS 500 /* without one it unkeys */
#define KEYER_PATH_MAX 256
#define KEYER_WHY_SIZE 96

enum keyer_line { KEYER_NONE, KEYER_RTS, KEYER_DTR, KEYER_RIGCTLD, KEYER_LINE_COUNT };

struct keyer_config {
    enum keyer_line line;
    char device[KEYER_PATH_MAX]; /* tty of KEYER_RTS and KEYER_DTR */
    char rig
        [KEYER_PATH_MAX]; /* rigctld's place: keys by KEYER_RIGCTLD, tunes with any line; empty: none */
};

enum keyer_state {
    KEYER_DOUBT,   /* not known to be unkeyed: it goes on trying */
    KEYER_UNKEYED, /* for sure */
    KEYER_KEYED,
    KEYER_STATE_COUNT
};

/* What the keyer says, after each order and each change. */
struct keyer_report {
    uint32_t serial; /* of the last order that it has taken; 0: none yet */
    enum keyer_state state;
    enum err err;             /* why it is not what was asked for; ERR_TIMEOUT: heartbeat or time */
    char why[KEYER_WHY_SIZE]; /* the same for people, empty if all is well */
};

struct keyer;

/* "none", "rts", "dtr", "rigctld". ERR_MISSING for another word. */
ERR_CHECKED enum err keyer_parse_line(enum keyer_line *line, const char *word);
/* "unkeyed"; "?" for an unknown one. */
const char *keyer_print_state(enum keyer_state state);

/* Starts the process, which unkeys and then reports. To be called before there is a loop or a thread. No memory or no process:
 * the process ends. */
struct keyer *keyer_new(const struct keyer_config *config);
/* Watch it for reading, then call keyer_read. */
int keyer_fd(const struct keyer *keyer);
pid_t keyer_pid(const struct keyer *keyer);
/* Tunes (0 and "" leave what is), then keys for at most most_ms. The report comes later. ERR_CLOSED: the keyer has ended. */
ERR_CHECKED enum err keyer_key(
    struct keyer *keyer, uint32_t most_ms, uint32_t hz, const char *mode);
/* The heartbeat. */
ERR_CHECKED enum err keyer_beat(struct keyer *keyer);
ERR_CHECKED enum err keyer_unkey(struct keyer *keyer);
/* Does not block. Reports from before the last order was taken are passed over: they say nothing of it. ERR_BUSY: nothing yet.
 * ERR_CLOSED: it has ended. */
ERR_CHECKED enum err keyer_read(struct keyer *keyer, struct keyer_report *report);
/* Closes our end, upon which it unkeys, and waits for it, about a second at most. NULL is allowed. */
void keyer_free(struct keyer *keyer);

#endif
