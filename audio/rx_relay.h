/* rx_relay: verified bulletins, sealed as they were heard, to a folder or to a gateway, which checks them again itself.
 */
#ifndef AUDIO_RX_RELAY_H
#define AUDIO_RX_RELAY_H

#include "audio/rx_judge.h"

#define RX_RELAY_WAITING_MAX 128 /* for a gateway that is not there; the oldest gives way */
#define RX_RELAY_RETRY_MS 5000
#define RX_RELAY_ANSWER_MS 10000 /* a gateway's time to answer */
#define RX_RELAY_WHY_SIZE 320

/* Zeroed it has nothing waiting. */
struct rx_relay {
    const char *socket; /* a gateway's control socket, or the folder that it is in; NULL: none */
    unsigned waiting_count;
    struct rx_waiting waiting[RX_RELAY_WAITING_MAX];
    unsigned dropped; /* gave way */
    bool paused;      /* nothing is tried before resume_ms */
    int64_t resume_ms;
    bool away;  /* the gateway could not be reached when it was tried last */
    bool asked; /* the first that waits was sent, by fd, at asked_ms */
    int fd;
    int64_t asked_ms;
};

/* Writes FOLDER/NEWSROOM-NUMBER-CODE.bulletin: aside, to the disk, renamed. ERR_MISSING, ERR_DENIED, ERR_FULL, ERR_LONG, ERR_SYSTEM. */
ERR_CHECKED enum err rx_relay_save(const char *folder, const struct rx_heard *heard);

/* Keeps a bulletin for the gateway, to be handed over at once. */
void rx_relay_add(struct rx_relay *relay, const struct rx_heard *heard);
/* Goes on with handing over what waits, one after another: after a failure RX_RELAY_RETRY_MS later. What the gateway can't take
 * just now, for want of a roster or of room, is tried again, too. To be called often; never blocks. True if why says something:
 * what became of a bulletin, or, once, that the gateway can't be reached. */
bool rx_relay_step(struct rx_relay *relay, char why[RX_RELAY_WHY_SIZE], int64_t now_ms);
/* Waits for an answer that is still to come, for RX_RELAY_ANSWER_MS at most. */
void rx_relay_wait(const struct rx_relay *relay);
/* Lets what waits be tried at once. */
void rx_relay_hurry(struct rx_relay *relay);

#endif
