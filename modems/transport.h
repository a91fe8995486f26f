/* transport: a driver for modems as a table of functions. libgammu's is the first; others would stand beside it.
 *
 * All functions block, may hang, leak or crash on what a modem says, and are called only in a process that can be killed.
 */
#ifndef MODEMS_TRANSPORT_H
#define MODEMS_TRANSPORT_H

#include "gateway/messages/messages.h"

#include <stdbool.h>
#include <stdint.h>

enum transport_kind {
    TRANSPORT_TEXT,    /* from a phone */
    TRANSPORT_REPORT,  /* of a delivery */
    TRANSPORT_CORRUPT, /* refused by pdu_guard, or not to be decoded */
    TRANSPORT_OTHER,   /* our own texts, kept by the modem */
    TRANSPORT_KIND_COUNT
};

/* A message from storage (location > 0) or from the air. serial fields are 0. */
struct transport_found {
    uint32_t location;
    uint32_t kind; /* enum transport_kind */
    struct message_inbound inbound;
    struct message_report report;
};

/* What became of a part, as the modem's answer says. */
struct transport_sent {
    int32_t status;    /* 0 sent, -1 a bare ERROR, else the CMS or CME code */
    int32_t reference; /* TP-MR, -1 not given */
};

struct transport {
    const char *name;
    /* Connects by the tty at path and says who the modem is; *state is freed by the process's end only. ERR_DEVICE if it
     * does not answer as a modem does, ERR_MISSING if the SIM knows no service centre, ERR_TIMEOUT. */
    enum err (*open)(void **state, struct message_modem_hello *hello, const char *path);
    /* Sends one part and waits for the answer. ERR_VALUE if number or text is unfit, ERR_TIMEOUT, ERR_DEVICE; *sent counts
     * only with ERR_OK. */
    enum err (*send)(void *state, struct transport_sent *sent, const struct message_part *part);
    /* The first or next message in storage. ERR_MISSING after the last, ERR_TIMEOUT, ERR_DEVICE. */
    enum err (*next)(void *state, struct transport_found *found, bool first);
    /* Deletes a message. ERR_MISSING if there is none, ERR_TIMEOUT, ERR_DEVICE. */
    enum err (*remove)(void *state, uint32_t location);
    /* Decodes the hex of a PDU that came without being stored. Its location is 0. ERR_FORMAT if it is no hex. */
    enum err (*decode)(void *state, struct transport_found *found, const char *hex);
};

extern const struct transport transport_gammu;

#endif
