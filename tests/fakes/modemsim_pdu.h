/* pdu: the transport layer of short messages, 3GPP TS 23.040: SUBMIT read, DELIVER and STATUS-REPORT written.
 * Written apart from the gateway's own, so that each can judge the other. Pure; times come as parameters.
 */
#ifndef TESTS_FAKES_MODEMSIM_PDU_H
#define TESTS_FAKES_MODEMSIM_PDU_H

#include "tests/fakes/modemsim_out.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PDU_ADDRESS_SIZE 24 /* "+" and 20 digits, or 11 letters as UTF-8, and a NUL */
#define PDU_TPDU_SIZE 176   /* a SIM record, TS 51.011 section 10.5.3 */
#define PDU_USER_MAX 140    /* octets of user data, 23.040 section 9.2.3.24 */
#define PDU_SEPTETS_MAX 160
#define PDU_ZONE_S (5 * 3600) /* the emulated network's local time, UTC+5 */

enum pdu_coding { PDU_GSM7, PDU_BYTES, PDU_UCS2 };

/* 23.040 section 9.2.2.2 */
struct pdu_submit {
    char to[PDU_ADDRESS_SIZE];
    uint8_t mr; /* as submitted; the modem replaces it */
    uint8_t pid;
    uint8_t dcs;
    int message_class;      /* 0-3, -1 none */
    int64_t validity_min;   /* -1 when there is none */
    bool srr, rd, rp, udhi; /* report wanted, reject duplicates, reply path, header present */
    enum pdu_coding coding;
    unsigned length;    /* TP-UDL: septets or octets */
    size_t user_octets; /* octets of TP-UD */
    size_t udh_octets;  /* with the length octet; 0 none */
    uint8_t udh[PDU_USER_MAX];
    unsigned ref, part, parts; /* concatenation, parts 1 when none */
    unsigned flaws;            /* mask of enum gsm_flaw, of the text */
};

/* What a SUBMIT says. text: its user data as UTF-8, appended (PDU_BYTES: as hexadecimal digits).
 * wall_s: for absolute validity. Returns NULL when it is right, else a sentence that names what is wrong. */
const char *pdu_submit_decode(struct pdu_submit *submit, struct out *text, const uint8_t *tpdu,
    size_t length, int64_t wall_s);
/* "gsm7", "bytes" or "ucs2". */
const char *pdu_coding_name(enum pdu_coding coding);
/* The service centre's octets before the TPDU: how many, length octet and all; 0 when they overrun. */
size_t pdu_smsc_octets(const uint8_t *pdu, size_t length);

/* One part of a text on its way to a modem. */
struct pdu_deliver {
    const char *from;
    enum pdu_coding coding;
    const uint8_t *units; /* septets one a byte, or octets */
    size_t count;         /* of units */
    unsigned ref, part, parts;
    int64_t wall_s;
};

/* All of these write service centre and TPDU. Return octets in all, 0 when something does not fit.
 * *tpdu_octets: without the service centre, as +CMGL and +CMT count. */
size_t pdu_deliver_encode(uint8_t *pdu, size_t size, size_t *tpdu_octets, const char *smsc,
    const struct pdu_deliver *deliver);

/* 23.040 section 9.2.2.3 */
struct pdu_report {
    const char *to;
    uint8_t mr, status;
    int64_t sent_s, done_s;
};
size_t pdu_report_encode(uint8_t *pdu, size_t size, size_t *tpdu_octets, const char *smsc,
    const struct pdu_report *report);

/* Sender and text of a DELIVER (service centre first), as a phone would show; false when it is not one. */
bool pdu_deliver_decode(
    char from[PDU_ADDRESS_SIZE], struct out *text, const uint8_t *pdu, size_t length);

/* Digits to bytes; false when one is no digit, there is half a byte or it does not fit. */
bool pdu_hex_decode(uint8_t *bytes, size_t size, size_t *length, const char *hex, size_t digits);

#endif
