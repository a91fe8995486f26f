/* vault: phone numbers at rest: sealed with XChaCha20-Poly1305, found by a keyed BLAKE2b hash. The store's seam to libsodium.
 *
 * The site key is 32 random bytes in FOLDER/site.key (0600), made at the first start; two keys are derived from it and
 * held in locked memory (sodium_malloc). Who destroys the file destroys the numbers.
 */
#ifndef GATEWAY_STORE_VAULT_H
#define GATEWAY_STORE_VAULT_H

#include "gateway/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VAULT_HASH_SIZE 16
#define VAULT_OVERHEAD 40 /* nonce 24, tag 16 */
#define VAULT_PLAIN_MAX 1024
#define VAULT_SEALED_MAX (VAULT_PLAIN_MAX + VAULT_OVERHEAD)

struct vault;

/* Reads FOLDER/site.key; makes it if it is not there and may_create. ERR_MISSING, ERR_DENIED, ERR_FORMAT (not 32 bytes, or
 * others may read it), ERR_FULL, ERR_SYSTEM. */
ERR_CHECKED enum err vault_open(struct vault **vault, const char *folder, bool may_create);
/* Whether FOLDER/site.key is there. */
bool vault_has_key(const char *folder);
/* Wipes the keys. NULL is allowed. */
void vault_close(struct vault *vault);

/* Keyed hash of a terminated text, for look-ups: the same text gives the same hash at this site only. */
void vault_hash(const struct vault *vault, uint8_t hash[VAULT_HASH_SIZE], const char *text);

/* Seals text[0..VAULT_PLAIN_MAX] into sealed (text's length + VAULT_OVERHEAD bytes). row (the row's keyed hash) is
 * bound to it: moved to another row it does not open. ERR_LONG. */
ERR_CHECKED enum err vault_seal(const struct vault *vault, uint8_t sealed[VAULT_SEALED_MAX],
    size_t *sealed_size, const char *text, const uint8_t row[VAULT_HASH_SIZE]);

/* A sealed text. */
struct vault_sealed {
    const uint8_t *bytes;
    size_t size;
};

/* Opens into text[text_size], terminated. ERR_SEAL if it was altered or moved or is another site's, ERR_LONG. */
ERR_CHECKED enum err vault_unseal(const struct vault *vault, char *text, size_t text_size,
    const struct vault_sealed *sealed, const uint8_t row[VAULT_HASH_SIZE]);

#endif
