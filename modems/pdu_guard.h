/* pdu_guard: is every length in a PDU from strangers true? Looked at before libgammu decodes it, since libgammu believes
 * them: a user data header that claims to be longer than its message overwrites what lies behind it.
 * Layouts: 3GPP TS 23.040, 9.2.2 (as a modem gives them, with the service centre's address in front, TS 27.005, 3.1).
 */
#ifndef MODEMS_PDU_GUARD_H
#define MODEMS_PDU_GUARD_H

#include <stddef.h>
#include <stdint.h>

#define PDU_GUARD_MAX 176 /* bytes: service centre 12, SMS-DELIVER or SMS-SUBMIT at most 164 */

enum pdu_guard {
    PDU_GUARD_GOOD,
    PDU_GUARD_SHORT,   /* ends before its fields do */
    PDU_GUARD_LONG,    /* longer than any message */
    PDU_GUARD_TYPE,    /* the reserved message type, or a validity format libgammu does not know */
    PDU_GUARD_ADDRESS, /* an address longer than the standard allows */
    PDU_GUARD_TEXT,    /* more user data than fits a message, or than is there */
    PDU_GUARD_HEADER, /* the user data header is longer than the user data, or its elements than the header */
    PDU_GUARD_COUNT
};

/* What decoding is doing, kept in memory shared with the parent: if the decoder dies, the parent knows by what. */
struct pdu_guard_note {
    volatile uint8_t busy; /* 1: while libgammu decodes pdu */
    volatile uint16_t size;
    uint8_t pdu[PDU_GUARD_MAX];
};

/* centre: 1 if the PDU begins with the service centre's address. Pure. */
enum pdu_guard pdu_guard_check(const uint8_t *pdu, size_t size, int centre);
/* "good", "header" ... */
const char *pdu_guard_name(enum pdu_guard result);

/* The arguments of libgammu's GSM_DecodePDUFrame. */
struct pdu_guard_call {
    void *debug;   /* GSM_Debug_Info */
    void *message; /* GSM_SMSMessage */
    const uint8_t *pdu;
    size_t size;
    size_t *end; /* NULL, or gets where decoding stopped */
    int centre;
};

/* Stands in for GSM_DecodePDUFrame and returns its result, a GSM_Error: what the check refuses is called corrupted, the
 * rest is noted in note (unless NULL) and given to the true function; of a report only what stands before its optional
 * fields, which libgammu copies over its own stack. */
int pdu_guard_decode(struct pdu_guard_note *note, const struct pdu_guard_call *call);

#endif
