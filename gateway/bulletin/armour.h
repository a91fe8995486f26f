/* armour: sealed bytes as text that survives mail, chat and a teleprinter, and exports for stock tools.
 *
 *   -----BEGIN DABYL BULLETIN-----
 *   Code: 7Q2K
 *
 *   sQS2AAApAd...                     base64 (RFC 4648, 4), 64 letters a line
 *   -----END DABYL BULLETIN-----
 *
 * Rosters have the same armour: they are bulletins of their own kind. Of header lines (`Name: value`) only Code has a
 * meaning: it must be the check code of the bytes.
 *
 * signify (OpenBSD, signify-openbsd in Debian) files of one editor, so that the approvals can be checked without us:
 *   public key  "untrusted comment: ...\n", base64 of "Ed", key number 8, key 32
 *   signature   "untrusted comment: ...\n", base64 of "Ed", key number 8, signature 64
 * where the key number is the first 8 bytes of the key's BLAKE2b-256, and what is signed is the body (wire.h):
 *   signify-openbsd -V -p AIDA.pub -x AIDA.sig -m body
 * PEM (RFC 7468, RFC 8410) of the same key, with the 64 bytes of the signature as they are:
 *   openssl pkeyutl -verify -rawin -pubin -inkey AIDA.pem -sigfile AIDA.raw -in body
 */
#ifndef GATEWAY_BULLETIN_ARMOUR_H
#define GATEWAY_BULLETIN_ARMOUR_H

#include "gateway/bulletin/seal.h"
#include "gateway/bulletin/wire.h"

#include <stddef.h>

#define ARMOUR_TEXT_MAX 2816   /* bytes of an armoured bulletin, with the NUL */
#define ARMOUR_INPUT_MAX 16384 /* bytes of text that one is looked for in */
#define ARMOUR_LINE_LETTERS 64
#define ARMOUR_NAME_MAX 64     /* bytes of whose key it is, in signify files */
#define ARMOUR_SIGNIFY_MAX 256 /* bytes of a signify file, with the NUL */
#define ARMOUR_PEM_MAX 128     /* bytes of a key in PEM, with the NUL */

/* Sealed bytes (one bulletin, nothing after it) to a terminated text. What wire_decode_sealed says; ERR_FORMAT for
 * bytes left over. */
ERR_CHECKED enum err armour_print(char text[ARMOUR_TEXT_MAX], const uint8_t *sealed, size_t size);

/* The first armoured bulletin in text[0..text_size), with any text around it, LF or CRLF, spaces at the ends of lines.
 * ERR_MISSING if there is none, ERR_SHORT if its end is missing, ERR_LONG over WIRE_SEALED_MAX or ARMOUR_INPUT_MAX,
 * ERR_FORMAT for bad base64, no check code, another's check code or bytes left over; what wire_decode_sealed says. The
 * seal is not checked here. */
ERR_CHECKED enum err armour_parse(
    uint8_t sealed[WIRE_SEALED_MAX], size_t *sealed_size, const char *text, size_t text_size);

/* A terminated signify public key file; name says whose. ERR_LONG for a name over ARMOUR_NAME_MAX, ERR_TEXT if it is
 * not one line of UTF-8. */
ERR_CHECKED enum err armour_print_signify_key(
    char text[ARMOUR_SIGNIFY_MAX], const uint8_t public_key[SEAL_PUBLIC_SIZE], const char *name);

/* A terminated signify signature file of an approval by the editor who has public_key; otherwise the same. */
ERR_CHECKED enum err armour_print_signify_signature(char text[ARMOUR_SIGNIFY_MAX],
    const struct wire_approval *approval, const uint8_t public_key[SEAL_PUBLIC_SIZE],
    const char *name);

/* The key as SubjectPublicKeyInfo in PEM, terminated. */
void armour_print_pem(char text[ARMOUR_PEM_MAX], const uint8_t public_key[SEAL_PUBLIC_SIZE]);

#endif
