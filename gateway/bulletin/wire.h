/* wire: the canonical bytes of a bulletin, both ways: the same on every carrier, in the store and in the signature.
 *
 * All numbers big-endian. "Body" is everything that is signed; "sealed" is the body and its approvals.
 *
 *  off  len  field
 *    0    1  0xB1: magic and version
 *    1    2  newsroom: first 2 bytes of BLAKE2b-256 of the newsroom key
 *    3    3  number
 *    6    4  sent, seconds since 2025-01-01T00:00:00Z
 *   10    2  lifetime, minutes
 *   12    1  kind (4 bits, high) | severity (3 bits) | has-reference (1 bit, low)
 *   13    1  urgency (3 bits, high) | certainty (3 bits) | has-TLV (1 bit) | spare, 0 (1 bit, low)
 *   14    1  CAP category (4 bits, high) | response type (4 bits)
 *   15    1  event code
 *   16    3  regions
 *   19    2  first 2 bytes of the audit chain's head
 *   21    1  languages: kk 0x80, ru 0x40, en 0x20 | text model (5 bits, low)
 *   22    2  n, length of the text
 *   24    n  text, by its model (pack.h): per language present, in the order kk ru en: headline 0x01 instruction 0x01
 *            description; languages joined by 0x02; one stream. A roster's text is its list (roster.h), model 0.
 *    .    3  number that this follows, if has-reference
 *    .    .  if has-TLV: 2 bytes length of all TLVs, then each: type 1, length 1, value. Unknown types below 128 are
 *            skipped, from 128 on they refuse the bulletin. Types strictly increasing; at least one; they fill their
 *            length exactly. Known:
 *              2  audience, 1 byte, in a drill alone: 1 it is for everyone. Without it a drill is for testers.
 *              3  stations, in a roster alone (roster.h)
 *   --- end of the body ---
 *    .    1  m, number of approvals
 *    .  65m  each: editor index in the roster (255: the newsroom key), Ed25519 signature (RFC 8032) over the body;
 *            indices strictly increasing
 *
 * One bulletin has one body: spare bits are 0, orders are fixed, text models 0 and 1 pack a text in one way, nothing
 * follows the last field. The approvals are not part of its identity (three editors make three valid pairs): what
 * compares bulletins compares bodies.
 *
 * A draft is a body whose number and sent time are both 0, because they are given at the end. It can be encoded and
 * decoded as a body, but is refused as a sealed bulletin.
 */
#ifndef GATEWAY_BULLETIN_WIRE_H
#define GATEWAY_BULLETIN_WIRE_H

#include "gateway/base/buf.h"
#include "gateway/bulletin/bulletin.h"

#include <stddef.h>
#include <stdint.h>

#define WIRE_MAGIC 0xb1
#define WIRE_HEADER_SIZE 24
#define WIRE_SEALED_MAX 1936 /* 16 radio symbols of 121 bytes */
#define WIRE_APPROVALS_MAX 8
#define WIRE_SIGNATURE_SIZE 64
#define WIRE_APPROVAL_SIZE (1 + WIRE_SIGNATURE_SIZE)
#define WIRE_BODY_MAX (WIRE_SEALED_MAX - 1 - 2 * WIRE_APPROVAL_SIZE)
#define WIRE_TEXT_MAX                                                                              \
    (WIRE_BODY_MAX - WIRE_HEADER_SIZE) /* packed text; a reference and TLVs leave less */
#define WIRE_NEWSROOM_KEY_INDEX 255

struct wire_approval {
    uint8_t editor; /* index in the roster, or WIRE_NEWSROOM_KEY_INDEX */
    uint8_t signature[WIRE_SIGNATURE_SIZE];
};

/* A sealed bulletin taken apart without decompressing its text. body, text and stations point into the bytes given. */
struct wire_sealed {
    const uint8_t *body;
    size_t body_size;
    const uint8_t *text; /* the packed text inside the body */
    size_t text_size;
    const uint8_t *stations; /* a roster's, inside the body; NULL: it has none */
    size_t stations_size;
    size_t size;            /* of the whole sealed bulletin */
    struct bulletin header; /* every field but the texts, which are empty */
    unsigned approval_count;
    struct wire_approval approvals[WIRE_APPROVALS_MAX];
};

/* Writes the body of a bulletin or draft; packs its texts by its text_model. ERR_LONG if it would not fit WIRE_BODY_MAX,
 * otherwise what bulletin_check or pack says. Not for rosters. */
ERR_CHECKED enum err wire_encode_body(
    uint8_t body[WIRE_BODY_MAX], size_t *body_size, const struct bulletin *bulletin);

/* Writes the body of a roster: the header's number, sent and newsroom are taken, the text is the list as it is
 * (all of list->data[0..size)), and so are its stations, none if their size is 0. ERR_VALUE for a number or time out of range,
 * ERR_LONG. */
ERR_CHECKED enum err wire_encode_roster_body(uint8_t body[WIRE_BODY_MAX], size_t *body_size,
    const struct bulletin *header, const struct buf_in *list, const struct buf_in *stations);

/* Body (all of body->data[0..size)) and approvals, in any order, to sealed bytes. ERR_LONG over WIRE_SEALED_MAX or
 * WIRE_APPROVALS_MAX, ERR_QUORUM if an editor stands there twice. sealed and body->data must not overlap. */
ERR_CHECKED enum err wire_encode_sealed(uint8_t sealed[WIRE_SEALED_MAX], size_t *sealed_size,
    const struct buf_in *body, const struct wire_approval *approvals, unsigned approval_count);

/* Takes sealed bytes apart: structure, ranges, no decompression, no signature check. Bytes after the last approval are
 * allowed (a radio symbol's padding) and counted out by sealed->size; a caller with an exact file compares it.
 * A text model that is not known yet passes here: it can be verified and relayed, though not read.
 * ERR_SHORT, ERR_FORMAT, ERR_VALUE (a field out of range, or a draft), ERR_VERSION (magic, critical TLV), ERR_LONG,
 * ERR_QUORUM (the same editor twice). */
ERR_CHECKED enum err wire_decode_sealed(
    struct wire_sealed *sealed, const uint8_t *bytes, size_t size);

/* As wire_decode_sealed for a body alone, which may be a draft: sealed->approval_count is 0 and size is the body's. Bytes
 * after it are ERR_FORMAT. */
ERR_CHECKED enum err wire_decode_body(
    struct wire_sealed *sealed, const uint8_t *bytes, size_t size);

/* The whole bulletin with its texts unpacked. Call it only after the seal has been checked. Refuses texts that
 * bulletin_check refuses, and text bytes that are not the canonical packing's (by pack.h). ERR_VERSION for a text model
 * that is not known, ERR_VALUE for a roster, otherwise ERR_FORMAT, ERR_LONG, ERR_TEXT, ERR_VALUE. */
ERR_CHECKED enum err wire_decode_bulletin(
    struct bulletin *bulletin, const struct wire_sealed *sealed);

#endif
