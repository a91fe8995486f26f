/* keyfile: secret keys in files, encrypted with a passphrase, and public keys beside them. The seam to libsodium for
 * dabylctl.
 *
 * Secret: "DABYLKEY" 8 bytes, version 1, kind 1 (0 newsroom, 1 editor), name 12 (zero padded), salt 16, nonce 24, then
 * 32 + 16 bytes: the seed by XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha), key by Argon2id (RFC 9106, 64 MiB, 3
 * passes), all before the salt as associated data. Public, a line of text: "dabyl-newsroom", "dabyl-editor" or
 * "dabyl-station", the name or "-", the key in base64. A station's secret key is no such file: its radio makes and keeps it
 * (audio/station.h).
 */
#ifndef GATEWAY_TOOLS_KEYFILE_H
#define GATEWAY_TOOLS_KEYFILE_H

#include "gateway/base/err.h"
#include "gateway/bulletin/roster.h"

#define KEYFILE_SIZE 110
#define KEYFILE_PASSPHRASE_MAX 256
#define KEYFILE_PASSPHRASE_MIN 8
#define KEYFILE_PUBLIC_LINE_MAX 128
#define KEYFILE_PUBLIC_FILE_MAX 512 /* the line first; a fingerprint may stand behind it */

enum keyfile_kind { KEYFILE_NEWSROOM, KEYFILE_EDITOR, KEYFILE_STATION };

/* An opened key. secret lives in locked memory; keyfile_close wipes it. */
struct keyfile {
    enum keyfile_kind kind;
    char name[ROSTER_NAME_MAX + 1];
    uint8_t public_key[SEAL_PUBLIC_SIZE];
    uint8_t *secret; /* SEAL_SECRET_SIZE */
};

struct keyfile_public {
    enum keyfile_kind kind;
    char name[ROSTER_NAME_MAX + 1];
    uint8_t public_key[SEAL_PUBLIC_SIZE];
};

/* A new random key, encrypted into bytes. ERR_LONG for the name, ERR_VALUE for too short a passphrase. */
ERR_CHECKED enum err keyfile_make(
    uint8_t bytes[KEYFILE_SIZE], struct keyfile_public *made, const char *passphrase);
/* ERR_KEY for a wrong passphrase, ERR_FORMAT, ERR_VERSION, ERR_SHORT for what is no key file. */
ERR_CHECKED enum err keyfile_open(
    struct keyfile *key, const uint8_t *bytes, size_t size, const char *passphrase);
void keyfile_close(struct keyfile *key);

void keyfile_print_public(
    char line[KEYFILE_PUBLIC_LINE_MAX], const struct keyfile_public *public_key);
ERR_CHECKED enum err keyfile_parse_public(struct keyfile_public *public_key, const char *line);

/* A passphrase from a file's first line, or asked on the terminal without echo; told on failure. Wipe it with
 * keyfile_wipe. twice: asks again and compares. */
ERR_CHECKED enum err keyfile_ask(
    char passphrase[KEYFILE_PASSPHRASE_MAX], const char *file, const char *prompt, int twice);
void keyfile_wipe(void *bytes, size_t size);

#endif
