/* smpp_pdu: the PDUs of SMPP 3.4 that a bind needs, both ways ("SMPP" below is the SMPP Protocol Specification v3.4, issue 1.2).
 *
 *     off  len   header (SMPP 3.2)
 *      0    4    command_length, of the whole PDU with this field
 *      4    4    command_id, its top bit set in responses
 *      8    4    command_status, 0 in requests
 *     12    4    sequence_number, the same in request and response
 *
 * We write and read these few by ourselves and not by libsmpp34: that one reads a stranger's PDU into fixed arrays by the lengths
 * that the PDU claims (Debian's changelog tells of reads beyond their end), keeps a list of TLVs on the heap
 * and its errors in global variables; what we need of it is four bodies. The tests compare us with it, byte by byte.
 *
 * Pure. Nothing here owns memory; views point into the caller's bytes.
 */
#ifndef MODEMS_SMPP_PDU_H
#define MODEMS_SMPP_PDU_H

#include "gateway/base/buf.h"

#include <stdbool.h>

#define SMPP_PDU_HEADER_SIZE 16
#define SMPP_PDU_MAX                                                                               \
    8192 /* the longest that we take; a text of 255 octets with all its TLVs is shorter */
#define SMPP_PDU_OUT_MAX 512     /* the longest that we make */
#define SMPP_PDU_ADDRESS_SIZE 21 /* SMPP 5.2.8, with its NUL, as all these */
#define SMPP_PDU_SYSTEM_ID_SIZE 16
#define SMPP_PDU_PASSWORD_SIZE 9
#define SMPP_PDU_MESSAGE_ID_SIZE 65
#define SMPP_PDU_SHORT_MAX 254 /* octets of short_message, SMPP 5.2.22 */
#define SMPP_PDU_RESPONSE 0x80000000u
#define SMPP_PDU_SEQUENCE_MAX 0x7fffffffu

/* SMPP 5.1.2.1 */
enum smpp_pdu_id {
    SMPP_GENERIC_NACK = 0,
    SMPP_SUBMIT = 0x04,
    SMPP_DELIVER = 0x05,
    SMPP_UNBIND = 0x06,
    SMPP_BIND_TRANSCEIVER = 0x09,
    SMPP_ENQUIRE = 0x15,
};

/* SMPP 5.1.3; what they mean for a part stands in cause.c. */
#define SMPP_STATUS_OK 0x00u
#define SMPP_STATUS_BAD_COMMAND 0x03u
#define SMPP_STATUS_BIND_FAILED 0x0du
#define SMPP_STATUS_BAD_PASSWORD 0x0eu
#define SMPP_STATUS_BAD_SYSTEM_ID 0x0fu
#define SMPP_STATUS_LATER 0x64u /* ESME_RX_T_APPN: the centre keeps it and tries again */
#define SMPP_STATUS_NEVER 0x65u /* ESME_RX_P_APPN */

/* SMPP 5.2.12 */
#define SMPP_ESM_UDH 0x40u          /* the text begins with a user data header */
#define SMPP_ESM_KIND 0x3cu         /* the bits that tell texts from receipts */
#define SMPP_ESM_RECEIPT 0x04u      /* a delivery receipt */
#define SMPP_ESM_INTERMEDIATE 0x20u /* a receipt that is not the last one */

struct smpp_pdu_header {
    uint32_t id; /* with SMPP_PDU_RESPONSE */
    uint32_t status;
    uint32_t sequence;
};

/* SMPP 5.2.5 to 5.2.9. */
struct smpp_pdu_address {
    uint8_t ton;
    uint8_t npi;
    char digits[SMPP_PDU_ADDRESS_SIZE];
};

struct smpp_pdu_bind {
    const char *system_id;
    const char *password;
};

struct smpp_pdu_submit {
    struct smpp_pdu_address source;
    struct smpp_pdu_address destination;
    uint16_t validity_min; /* never 0 */
    bool udh;              /* message begins with a user data header */
    bool receipt;          /* asked for */
    uint8_t coding;        /* SMPP 5.2.19 */
    uint16_t reference;    /* user_message_reference, which a receipt repeats; 0 none */
    uint8_t size;          /* at most SMPP_PDU_SHORT_MAX */
    uint8_t message[SMPP_PDU_SHORT_MAX];
};

/* What deliver_sm says, SMPP 4.6.1; of the TLVs those of SMPP 5.3.2 that we use. */
struct smpp_pdu_deliver {
    struct smpp_pdu_address source;
    struct smpp_pdu_address destination;
    uint8_t esm_class;
    uint8_t coding;
    const uint8_t *message; /* short_message, or message_payload if that is there */
    size_t size;
    char receipted_id[SMPP_PDU_MESSAGE_ID_SIZE]; /* empty: none */
    uint8_t state;                               /* message_state; 0 none */
    uint16_t reference;                          /* user_message_reference; 0 none */
    uint16_t sar_reference;
    uint8_t sar_parts; /* 0: none */
    uint8_t sar_part;
};

/* The size of the first PDU in bytes[0..have). ERR_BUSY if not all of it is there yet; ERR_SHORT or ERR_LONG if it can be none
 * of ours: then nothing behind it can be understood either. */
ERR_CHECKED enum err smpp_pdu_measure(size_t *size, const uint8_t *bytes, size_t have);

/* Each of these reads one whole PDU as measured. ERR_SHORT, ERR_LONG or ERR_FORMAT if a field is not as it must be. */
ERR_CHECKED enum err smpp_pdu_get_header(
    struct smpp_pdu_header *header, const uint8_t *pdu, size_t size);
/* message_id is empty if there is none, as in an answer that refuses. */
ERR_CHECKED enum err smpp_pdu_get_submit_resp(
    char message_id[SMPP_PDU_MESSAGE_ID_SIZE], const uint8_t *pdu, size_t size);
ERR_CHECKED enum err smpp_pdu_get_deliver(
    struct smpp_pdu_deliver *deliver, const uint8_t *pdu, size_t size);

/* Each of these appends one PDU; out->err tells if it did not fit (SMPP_PDU_OUT_MAX always does). */
void smpp_pdu_put_bind(struct buf_out *out, uint32_t sequence, const struct smpp_pdu_bind *bind);
void smpp_pdu_put_submit(
    struct buf_out *out, uint32_t sequence, const struct smpp_pdu_submit *submit);
/* Without a body: enquire_link, unbind, their answers, generic_nack. deliver_sm_resp gets its empty message_id. */
void smpp_pdu_put_plain(struct buf_out *out, const struct smpp_pdu_header *header);

/* "submit_sm_resp"; "?" for one that we do not know. */
const char *smpp_pdu_name(uint32_t id);

#endif
