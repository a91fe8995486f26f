#include "gateway/store/vault.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEY_FILE "site.key"
#define KEY_SIZE 32
#define PATH_SIZE 512
#define KDF_CONTEXT "dabylsit" /* crypto_kdf_CONTEXTBYTES letters */
#define NONCE_SIZE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_SIZE crypto_aead_xchacha20poly1305_ietf_ABYTES

_Static_assert(NONCE_SIZE + TAG_SIZE == VAULT_OVERHEAD, "the header states the overhead");
_Static_assert(KEY_SIZE == crypto_kdf_KEYBYTES, "the site key is a key derivation key");

/* Lives in memory from sodium_malloc: locked, guarded, zeroed when freed, not in core dumps. */
struct vault {
    uint8_t sealing[crypto_aead_xchacha20poly1305_ietf_KEYBYTES];
    uint8_t hashing[crypto_generichash_KEYBYTES];
};

enum { SUBKEY_SEALING = 1, SUBKEY_HASHING = 2 };

static enum err sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return err_from_errno(errno);
    enum err err = fsync(fd) == 0 ? ERR_OK : err_from_errno(errno);
    close(fd);
    return err;
}

/* Written beside and renamed, so that a crash leaves a whole key or none. */
static enum err make_key(const char *path, const char *folder, uint8_t key[KEY_SIZE])
{
    char beside[PATH_SIZE];
    if ((size_t)snprintf(beside, sizeof beside, "%s.new", path) >= sizeof beside)
        return ERR_LONG;
    int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return err_from_errno(errno);
    randombytes_buf(key, KEY_SIZE);
    bool whole = fchmod(fd, 0600) == 0 && write(fd, key, KEY_SIZE) == KEY_SIZE && fsync(fd) == 0;
    enum err err = whole ? ERR_OK : err_from_errno(errno);
    close(fd);
    if (err == ERR_OK && rename(beside, path) != 0)
        err = err_from_errno(errno);
    return err == ERR_OK ? sync_folder(folder) : err;
}

static enum err read_key(int fd, uint8_t key[KEY_SIZE])
{
    struct stat info;
    if (fstat(fd, &info) != 0)
        return err_from_errno(errno);
    if (!S_ISREG(info.st_mode) || info.st_size != KEY_SIZE || (info.st_mode & 077) != 0)
        return ERR_FORMAT;
    return read(fd, key, KEY_SIZE) == KEY_SIZE ? ERR_OK : ERR_SYSTEM;
}

static enum err load_key(const char *folder, bool may_create, uint8_t key[KEY_SIZE])
{
    char path[PATH_SIZE];
    if ((size_t)snprintf(path, sizeof path, "%s/" KEY_FILE, folder) >= sizeof path)
        return ERR_LONG;
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT && may_create)
        return make_key(path, folder, key);
    if (fd < 0)
        return err_from_errno(errno);
    enum err err = read_key(fd, key);
    close(fd);
    return err;
}

enum err vault_open(struct vault **vault, const char *folder, bool may_create)
{
    if (sodium_init() < 0)
        return ERR_SYSTEM;
    struct vault *opened = sodium_malloc(sizeof *opened);
    uint8_t *key = sodium_malloc(KEY_SIZE);
    if (opened == NULL || key == NULL) {
        sodium_free(opened);
        sodium_free(key);
        return ERR_SYSTEM;
    }
    enum err err = load_key(folder, may_create, key);
    if (err == ERR_OK) {
        (void)crypto_kdf_derive_from_key(
            opened->sealing, sizeof opened->sealing, SUBKEY_SEALING, KDF_CONTEXT, key);
        (void)crypto_kdf_derive_from_key(
            opened->hashing, sizeof opened->hashing, SUBKEY_HASHING, KDF_CONTEXT, key);
        (void)sodium_mprotect_readonly(opened);
        *vault = opened;
    } else {
        sodium_free(opened);
    }
    sodium_free(key);
    return err;
}

bool vault_has_key(const char *folder)
{
    char path[PATH_SIZE];
    struct stat info;
    return (size_t)snprintf(path, sizeof path, "%s/" KEY_FILE, folder) < sizeof path &&
           lstat(path, &info) == 0;
}

void vault_close(struct vault *vault)
{
    sodium_free(vault);
}

void vault_hash(const struct vault *vault, uint8_t hash[VAULT_HASH_SIZE], const char *text)
{
    (void)crypto_generichash(hash, VAULT_HASH_SIZE, (const uint8_t *)text, strnlen(text, SIZE_MAX),
        vault->hashing, sizeof vault->hashing);
}

enum err vault_seal(const struct vault *vault, uint8_t sealed[VAULT_SEALED_MAX],
    size_t *sealed_size, const char *text, const uint8_t row[VAULT_HASH_SIZE])
{
    size_t size = strnlen(text, VAULT_PLAIN_MAX + 1);
    if (size > VAULT_PLAIN_MAX)
        return ERR_LONG;
    randombytes_buf(sealed, NONCE_SIZE);
    unsigned long long made = 0;
    (void)crypto_aead_xchacha20poly1305_ietf_encrypt(sealed + NONCE_SIZE, &made,
        (const uint8_t *)text, size, row, VAULT_HASH_SIZE, NULL, sealed, vault->sealing);
    *sealed_size = NONCE_SIZE + (size_t)made;
    return ERR_OK;
}

enum err vault_unseal(const struct vault *vault, char *text, size_t text_size,
    const struct vault_sealed *sealed, const uint8_t row[VAULT_HASH_SIZE])
{
    if (sealed->size < VAULT_OVERHEAD)
        return ERR_SEAL;
    if (sealed->size - VAULT_OVERHEAD >= text_size)
        return ERR_LONG;
    unsigned long long made = 0;
    if (crypto_aead_xchacha20poly1305_ietf_decrypt((uint8_t *)text, &made, NULL,
            sealed->bytes + NONCE_SIZE, sealed->size - NONCE_SIZE, row, VAULT_HASH_SIZE,
            sealed->bytes, vault->sealing) != 0)
        return ERR_SEAL;
    text[made] = '\0';
    return ERR_OK;
}
