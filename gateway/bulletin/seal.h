/* seal: approvals, check code, key identifiers and fingerprints. The seam to libsodium for signatures and hashes.
 *
 * An approval is an Ed25519 signature (RFC 8032) over the canonical body, whose first byte separates the domain.
 * Call seal_init once before anything else in the process. Nothing here blocks or does I/O.
 */
#ifndef GATEWAY_BULLETIN_SEAL_H
#define GATEWAY_BULLETIN_SEAL_H

#include "gateway/base/err.h"
#include "gateway/bulletin/wire.h"

#include <stddef.h>
#include <stdint.h>

#define SEAL_PUBLIC_SIZE 32
#define SEAL_SECRET_SIZE 64 /* libsodium's form: seed, then public key */
#define SEAL_SEED_SIZE 32
#define SEAL_HASH_SIZE 32
#define SEAL_CODE_SIZE 5 /* four Crockford base32 letters and a NUL */
#define SEAL_FINGERPRINT_SIZE                                                                      \
    40 /* "XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX" (160 bits, Crockford) and a NUL */

/* ERR_SYSTEM if the library cannot start (no randomness). Safe to call again. */
ERR_CHECKED enum err seal_init(void);

/* A key pair from a 32-byte seed (random ones come from whoever holds the key). secret is to be kept in
 * locked memory and wiped by the caller. */
void seal_keypair(uint8_t public_key[SEAL_PUBLIC_SIZE], uint8_t secret[SEAL_SECRET_SIZE],
    const uint8_t seed[SEAL_SEED_SIZE]);

/* ERR_KEY unless the key is the one encoding of a point in the group's main subgroup. Keys of small or mixed order would
 * let one secret answer to several public keys, that is, one person sign as two. */
ERR_CHECKED enum err seal_check_key(const uint8_t public_key[SEAL_PUBLIC_SIZE]);

/* BLAKE2b-256 (RFC 7693) of bytes. */
void seal_hash(uint8_t hash[SEAL_HASH_SIZE], const uint8_t *bytes, size_t size);

/* The approval of editor (roster index) over body: all of body->data[0..size), wherever its cursor stands. */
void seal_approve(struct wire_approval *approval, uint8_t editor, const struct buf_in *body,
    const uint8_t secret[SEAL_SECRET_SIZE]);

/* ERR_SEAL unless the approval's signature by public_key over body verifies. */
ERR_CHECKED enum err seal_check(const struct wire_approval *approval, const struct buf_in *body,
    const uint8_t public_key[SEAL_PUBLIC_SIZE]);

/* The check code: the first 20 bits of the body's BLAKE2b-256 as four Crockford letters, most significant bit first. */
void seal_print_code(char code[SEAL_CODE_SIZE], const uint8_t *body, size_t body_size);

/* First two bytes of the BLAKE2b-256 of the newsroom's public key: bulletin.newsroom. */
void seal_newsroom_id(uint8_t id[2], const uint8_t newsroom_key[SEAL_PUBLIC_SIZE]);

/* The fingerprint that people pin and compare: the first 160 bits of the key's BLAKE2b-256. */
void seal_print_fingerprint(
    char fingerprint[SEAL_FINGERPRINT_SIZE], const uint8_t public_key[SEAL_PUBLIC_SIZE]);

/* ERR_KEY unless the text is the key's fingerprint. Dashes, spaces and case are ignored; O reads as 0, I and L as 1.
 * ERR_FORMAT if it is no fingerprint at all. */
ERR_CHECKED enum err seal_check_fingerprint(
    const char *text, const uint8_t public_key[SEAL_PUBLIC_SIZE]);

#endif
