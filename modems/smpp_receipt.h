/* smpp_receipt: what a delivery receipt says: which message, and TP-ST for its state. TLVs count before the text, whose form SMPP
 * calls an example ("id:... sub:... stat:DELIVRD err:... text:...", SMPP appendix B) and most centres follow. Pure.
 */
#ifndef MODEMS_SMPP_RECEIPT_H
#define MODEMS_SMPP_RECEIPT_H

#include "modems/smpp_pdu.h"

struct smpp_receipt {
    char id[SMPP_PDU_MESSAGE_ID_SIZE]; /* empty: it does not say */
    uint16_t reference;                /* that we gave the message; 0: it does not say */
    uint8_t status;                    /* TP-ST, 3GPP TS 23.040, 9.2.3.15 */
};

/* Whether deliver is one. */
bool smpp_receipt_is(const struct smpp_pdu_deliver *deliver);
/* ERR_FORMAT if it does not say which message or what became of it. */
ERR_CHECKED enum err smpp_receipt_get(
    struct smpp_receipt *receipt, const struct smpp_pdu_deliver *deliver);

#endif
