/* rig: a transceiver behind hamlib's rigctld, by its text protocol (rigctld(1), "PROTOCOL"): one line a command, "RPRT 0" when
 * it is done. A stranger's program: whatever it says that is not the expected answer is an error, and then the connection is of
 * no more use and must be closed.
 *
 * Each command and its answer block for at most RIG_ANSWER_MS: opening is one, keying two, tuning four.
 */
#ifndef AUDIO_RIG_H
#define AUDIO_RIG_H

#include "gateway/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RIG_ANSWER_MS 350
#define RIG_LINE_MAX 64     /* bytes of an answer's line, with its end */
#define RIG_TOLERANCE_HZ 20 /* a transceiver may round what it is given */
#define RIG_MODE_SIZE 8     /* "USB", "PKTUSB", with a NUL */
#define RIG_WIDTH_DEFAULT 0 /* passband in Hz: the transceiver's own */
#define RIG_REPORT "RPRT "

struct rig;

/* Connects to "127.0.0.1:4532": an IPv4 address, a port. ERR_VALUE for another form, ERR_DEVICE, ERR_TIMEOUT. */
ERR_CHECKED enum err rig_open(struct rig **rig, const char *place);
/* Does it have the form of a place? */
bool rig_is_place(const char *place);
/* Readable while no command is under way: rigctld has gone, or speaks unasked. */
int rig_fd(const struct rig *rig);
/* NULL is allowed. */
void rig_close(struct rig *rig);
/* Sets frequency and mode, and reads both back. hz 0 and an empty mode leave what is. ERR_DEVICE if it refuses or has
 * another frequency afterwards, ERR_FORMAT for an answer of another form, ERR_TIMEOUT, ERR_CLOSED. */
ERR_CHECKED enum err rig_tune(struct rig *rig, uint32_t hz, const char *mode);
/* Keys or unkeys, and reads it back where the transceiver can tell. The same errors. */
ERR_CHECKED enum err rig_key(struct rig *rig, bool on);

/* Pure: the code in "RPRT -1", without the line's end. ERR_FORMAT. */
ERR_CHECKED enum err rig_parse_report(int *code, const char *line);
/* Pure: a line that is one number of at most 10 digits. ERR_FORMAT. */
ERR_CHECKED enum err rig_parse_number(uint64_t *number, const char *line);

#endif
