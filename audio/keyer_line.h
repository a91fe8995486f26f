/* keyer_line: the ways to key a transmitter, one row each: nothing (VOX, or a transmitter that is always on), RTS or DTR of a
 * serial line, hamlib's rigctld. Used in the keyer's process alone.
 */
#ifndef AUDIO_KEYER_LINE_H
#define AUDIO_KEYER_LINE_H

#include "audio/keyer.h"

struct keyer_hold {
    const struct keyer_config *config;
    int tty;         /* -1: not open */
    struct rig *rig; /* NULL: not connected */
};

void keyer_line_init(struct keyer_hold *hold, const struct keyer_config *config);
/* Opens what is not open. Sets the line; what fails is closed, so that the next call begins anew. ERR_DEVICE, and what rig_open
 * and rig_key say. Blocks for at most 3 * RIG_ANSWER_MS. */
ERR_CHECKED enum err keyer_line_set(struct keyer_hold *hold, bool on);
/* What rig_open and rig_tune say; nothing is done where there is no rig. */
ERR_CHECKED enum err keyer_line_tune(
    struct keyer_hold *hold, uint32_t hz, const char mode[RIG_MODE_SIZE]);
void keyer_line_close(struct keyer_hold *hold);

#endif
