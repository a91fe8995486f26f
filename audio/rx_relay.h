/* rx_relay: verified bulletins, sealed as they were heard, to a folder or to a gateway, which checks them again itself.
 */
#ifndef AUDIO_RX_RELAY_H
#define AUDIO_RX_RELAY_H

#include "audio/rx_judge.h"

#define RX_RELAY_WAITING_MAX 16 /* for a gateway that is not there; the oldest gives way */
#define RX_RELAY_RETRY_MS 10000
#define RX_RELAY_ANSWER_S 2 /* a gateway's time to answer */
#define RX_RELAY_WHY_SIZE 320

/* Zeroed it has nothing waiting. */
struct rx_relay {
    const char *socket; /* a gateway's control socket, or the folder that it is in; NULL: none */
    unsigned waiting_count;
    struct rx_waiting waiting[RX_RELAY_WAITING_MAX];
    int64_t tried_ms;
};

/* Writes FOLDER/NEWSROOM-NUMBER-CODE.bulletin: aside, to the disk, renamed. ERR_MISSING, ERR_DENIED, ERR_FULL, ERR_LONG, ERR_SYSTEM. */
ERR_CHECKED enum err rx_relay_save(const char *folder, const struct rx_heard *heard);

/* Keeps a bulletin for the gateway. */
void rx_relay_add(struct rx_relay *relay, const struct rx_heard *heard);
/* Hands over what waits, at most every RX_RELAY_RETRY_MS after a failure (now: at once). Blocks for up to RX_RELAY_ANSWER_S. True if
 * why says something: what became of the bulletin that was tried last. */
bool rx_relay_try(struct rx_relay *relay, char why[RX_RELAY_WHY_SIZE], bool now);

#endif
