/* reading: an editor's recorded voice in place of the synthesiser's: which recording may be broadcast for which bulletin in
 * which language. A recording is speech that no program can check, so editors sign it as they sign a bulletin: as many of them
 * as the roster asks for, over a statement that binds it to the bulletin. Whoever broadcasts it checks that. Pure.
 *
 *  off  len  field
 *    0    1  0xB2: no bulletin begins so, and no sign-in
 *    1   32  BLAKE2b-256 of the bulletin's body
 *   33    1  language, enum bulletin_language
 *   34   32  BLAKE2b-256 of the recording's file, whole
 *   --- end of the statement, which is signed ---
 *   66    1  m, number of approvals, from 0 on
 *   67  65m  each: editor index, Ed25519 signature over the statement; indices strictly increasing
 */
#ifndef GATEWAY_BULLETIN_READING_H
#define GATEWAY_BULLETIN_READING_H

#include "gateway/bulletin/roster.h"

#define READING_MAGIC 0xb2
#define READING_STATEMENT_SIZE 66
#define READING_SIZE_MAX (READING_STATEMENT_SIZE + 1 + WIRE_APPROVALS_MAX * WIRE_APPROVAL_SIZE)

#define READING_NAME_SIZE (2 * SEAL_HASH_SIZE + 16)

struct reading {
    uint8_t body_hash[SEAL_HASH_SIZE];
    enum bulletin_language language;
    uint8_t file_hash[SEAL_HASH_SIZE];
    unsigned approval_count;
    struct wire_approval approvals[WIRE_APPROVALS_MAX];
};

/* The name of a file of it: the body's hash in hexadecimal, "-kk" and suffix (".reading" for the encoded one, ".sound" for the
 * recording), at most 12 letters. */
void reading_print_name(
    char name[READING_NAME_SIZE], const struct reading *reading, const char *suffix);
/* What editors sign. */
void reading_print_statement(
    uint8_t statement[READING_STATEMENT_SIZE], const struct reading *reading);
/* Writes it with its approvals; returns the bytes. */
size_t reading_encode(uint8_t bytes[READING_SIZE_MAX], const struct reading *reading);
/* ERR_SHORT, ERR_FORMAT, ERR_VALUE (language), ERR_QUORUM (an editor twice, or out of order), ERR_LONG. Signatures are not
 * checked here. */
ERR_CHECKED enum err reading_decode(struct reading *reading, const uint8_t *bytes, size_t size);
/* Adds an approval in its place. ERR_SEAL unless it verifies, ERR_ROSTER for an editor who is not valid at when_s, ERR_EXISTS
 * for one who has signed, ERR_LONG over WIRE_APPROVALS_MAX. */
ERR_CHECKED enum err reading_approve(struct reading *reading, const struct wire_approval *approval,
    const struct roster *roster, int64_t when_s);
/* May it be broadcast? Every approval must verify and be of an editor who is valid at when_s (the bulletin's sent time):
 * ERR_SEAL, ERR_ROSTER; and there must be as many as the roster asks for: ERR_QUORUM. */
ERR_CHECKED enum err reading_check(
    const struct reading *reading, const struct roster *roster, int64_t when_s);

#endif
