/* keyer_process: what runs in the keyer's process (keyer.h), and the orders that it gets.
 */
#ifndef AUDIO_KEYER_PROCESS_H
#define AUDIO_KEYER_PROCESS_H

#include "audio/keyer.h"

#define KEYER_PATIENCE_MS 60000 /* without an asker */

enum keyer_what { KEYER_KEY, KEYER_BEAT, KEYER_UNKEY };

/* One packet between two processes of one program. */
struct keyer_order {
    enum keyer_what what;
    uint32_t serial; /* of what is answered: counts up */
    uint32_t most_ms;
    uint32_t hz;
    char mode[RIG_MODE_SIZE];
};

/* Serves the asker at the other end of fd until that closes; exits once the transmitter is unkeyed, or with code 1 if that could
 * not be had in KEYER_PATIENCE_MS. */
_Noreturn void keyer_process_run(int fd, const struct keyer_config *config);

#endif
