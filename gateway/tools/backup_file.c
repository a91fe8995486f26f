#include "gateway/tools/backup_file.h"

#include <sodium.h>
#include <stdbool.h>
#include <string.h>

#define MAGIC "DABYLBAK"
#define MAGIC_SIZE 8
#define VERSION 1
#define SALT_SIZE crypto_pwhash_SALTBYTES
#define HEAD_SIZE (MAGIC_SIZE + 1 + SALT_SIZE)
#define STREAM_HEADER_SIZE crypto_secretstream_xchacha20poly1305_HEADERBYTES
#define EXTRA crypto_secretstream_xchacha20poly1305_ABYTES
#define LAST crypto_secretstream_xchacha20poly1305_TAG_FINAL
#define ARGON_PASSES 3
#define ARGON_BYTES (64u << 20)

_Static_assert(EXTRA == 17 && SALT_SIZE == 16 && STREAM_HEADER_SIZE == 24, "as backup_file.h says");

/* In locked memory. */
struct work {
    crypto_secretstream_xchacha20poly1305_state state;
    uint8_t key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
    uint8_t clear[BACKUP_FILE_PIECE];
    uint8_t sealed[BACKUP_FILE_PIECE + EXTRA];
    uint8_t head[HEAD_SIZE];
    size_t head_size; /* associated data: of the first piece alone */
};

static enum err derive(struct work *work, const char *passphrase)
{
    int result = crypto_pwhash(work->key, sizeof work->key, passphrase, strlen(passphrase),
        work->head + MAGIC_SIZE + 1, ARGON_PASSES, ARGON_BYTES, crypto_pwhash_ALG_ARGON2ID13);
    return result == 0 ? ERR_OK : ERR_SYSTEM;
}

static bool put(FILE *file, const void *bytes, size_t size)
{
    return fwrite(bytes, 1, size, file) == size;
}

static enum err write_piece(struct work *work, FILE *backup, size_t size, bool last)
{
    (void)crypto_secretstream_xchacha20poly1305_push(&work->state, work->sealed, NULL, work->clear,
        size, work->head, work->head_size, last ? LAST : 0);
    work->head_size = 0;
    return put(backup, work->sealed, size + EXTRA) ? ERR_OK : ERR_SYSTEM;
}

static enum err write_pieces(struct work *work, FILE *backup, FILE *store)
{
    size_t size = BACKUP_FILE_KEY_SIZE;
    for (;;) {
        size += fread(work->clear + size, 1, sizeof work->clear - size, store);
        if (ferror(store))
            return ERR_SYSTEM;
        bool last = size < sizeof work->clear;
        enum err err = write_piece(work, backup, size, last);
        if (err != ERR_OK || last)
            return err;
        size = 0;
    }
}

static enum err write_all(struct work *work, FILE *backup, FILE *store, const char *passphrase)
{
    uint8_t header[STREAM_HEADER_SIZE];
    memcpy(work->head, MAGIC, MAGIC_SIZE);
    work->head[MAGIC_SIZE] = VERSION;
    randombytes_buf(work->head + MAGIC_SIZE + 1, SALT_SIZE);
    enum err err = derive(work, passphrase);
    if (err != ERR_OK)
        return err;
    (void)crypto_secretstream_xchacha20poly1305_init_push(&work->state, header, work->key);
    if (!put(backup, work->head, HEAD_SIZE) || !put(backup, header, sizeof header))
        return ERR_SYSTEM;
    return write_pieces(work, backup, store);
}

static struct work *work_new(void)
{
    struct work *work = sodium_init() < 0 ? NULL : sodium_malloc(sizeof *work);
    if (work != NULL) {
        memset(work, 0, sizeof *work);
        work->head_size = HEAD_SIZE;
    }
    return work;
}

enum err backup_file_write(
    FILE *backup, FILE *store, const uint8_t key[BACKUP_FILE_KEY_SIZE], const char *passphrase)
{
    struct work *work = work_new();
    if (work == NULL)
        return ERR_SYSTEM;
    memcpy(work->clear, key, BACKUP_FILE_KEY_SIZE);
    enum err err = write_all(work, backup, store, passphrase);
    sodium_free(work);
    return err;
}

static enum err read_head(struct work *work, FILE *backup, const char *passphrase)
{
    uint8_t header[STREAM_HEADER_SIZE];
    if (fread(work->head, 1, HEAD_SIZE, backup) != HEAD_SIZE ||
        memcmp(work->head, MAGIC, MAGIC_SIZE) != 0)
        return ERR_FORMAT;
    if (work->head[MAGIC_SIZE] != VERSION)
        return ERR_VERSION;
    if (fread(header, 1, sizeof header, backup) != sizeof header)
        return ERR_SHORT;
    enum err err = derive(work, passphrase);
    if (err == ERR_OK &&
        crypto_secretstream_xchacha20poly1305_init_pull(&work->state, header, work->key) != 0)
        err = ERR_FORMAT;
    return err;
}

/* The next piece into clear; *last tells whether it was the last. */
static enum err read_piece(struct work *work, size_t *size, bool *last, FILE *backup)
{
    unsigned char tag = 0;
    unsigned long long made = 0;
    size_t got = fread(work->sealed, 1, sizeof work->sealed, backup);
    if (got < EXTRA)
        return ferror(backup) ? ERR_SYSTEM : ERR_SHORT;
    if (crypto_secretstream_xchacha20poly1305_pull(&work->state, work->clear, &made, &tag,
            work->sealed, got, work->head, work->head_size) != 0)
        return work->head_size > 0 ? ERR_KEY : ERR_SEAL;
    work->head_size = 0;
    *size = (size_t)made;
    *last = tag == LAST;
    return ERR_OK;
}

static enum err read_pieces(
    struct work *work, FILE *store, uint8_t key[BACKUP_FILE_KEY_SIZE], FILE *backup)
{
    size_t size = 0;
    bool last = false;
    enum err err = read_piece(work, &size, &last, backup);
    if (err != ERR_OK)
        return err;
    if (size < BACKUP_FILE_KEY_SIZE)
        return ERR_FORMAT;
    memcpy(key, work->clear, BACKUP_FILE_KEY_SIZE);
    for (size_t from = BACKUP_FILE_KEY_SIZE; err == ERR_OK; from = 0) {
        if (!put(store, work->clear + from, size - from))
            return ERR_SYSTEM;
        if (last)
            return fgetc(backup) == EOF ? ERR_OK : ERR_SEAL;
        err = read_piece(work, &size, &last, backup);
    }
    return err;
}

enum err backup_file_read(
    FILE *store, uint8_t key[BACKUP_FILE_KEY_SIZE], FILE *backup, const char *passphrase)
{
    struct work *work = work_new();
    if (work == NULL)
        return ERR_SYSTEM;
    enum err err = read_head(work, backup, passphrase);
    if (err == ERR_OK)
        err = read_pieces(work, store, key, backup);
    sodium_free(work);
    return err;
}
