/* tls: the newsroom's own certificate: self-signed, ECDSA on P-256 (FIPS 186-5), valid for ten years. The seam to GnuTLS.
 *
 * Browsers do not know it: whoever opens the page compares its SHA-256 fingerprint once with what `dabylctl newsroom show`
 * prints. It lies with its key in a folder of the newsroom's own, readable by nobody else.
 */
#ifndef GATEWAY_NEWSROOM_TLS_H
#define GATEWAY_NEWSROOM_TLS_H

#include "gateway/base/err.h"

#include <stddef.h>
#include <stdint.h>

#define TLS_PEM_MAX 8192
#define TLS_FINGERPRINT_SIZE 96 /* "AB:CD:..." of 32 bytes, with the NUL */
#define TLS_LIFE_S (3650LL * 86400)
#define TLS_NAMES_MAX 64

struct tls_identity {
    char certificate[TLS_PEM_MAX]; /* PEM */
    char key[TLS_PEM_MAX];         /* PEM */
    char fingerprint[TLS_FINGERPRINT_SIZE];
};

/* A new key and certificate for names (the first is its subject's): host names, or addresses as text. ERR_SYSTEM: the library fails. */
ERR_CHECKED enum err tls_make(
    struct tls_identity *identity, const char *const *names, size_t count, int64_t now_s);
/* From FOLDER/certificate.pem and key.pem. ERR_MISSING; ERR_FORMAT for what is neither, or if they are no pair. */
ERR_CHECKED enum err tls_load(struct tls_identity *identity, const char *folder);
/* Writes both, mode 0600, each whole or not at all. */
ERR_CHECKED enum err tls_save(const struct tls_identity *identity, const char *folder);
/* Forgets the key. */
void tls_wipe(struct tls_identity *identity);

#endif
