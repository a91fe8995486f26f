#include "gateway/tools/keyfile.h"

#include "gateway/base/buf.h"
#include "gateway/tools/args.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define MAGIC "DABYLKEY"
#define MAGIC_SIZE 8
#define VERSION 1
#define HEAD_SIZE (MAGIC_SIZE + 2 + ROSTER_NAME_MAX)
#define SALT_SIZE crypto_pwhash_SALTBYTES
#define NONCE_SIZE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define CRYPT_KEY_SIZE crypto_aead_xchacha20poly1305_ietf_KEYBYTES
#define BOX_SIZE (SEAL_SEED_SIZE + crypto_aead_xchacha20poly1305_ietf_ABYTES)
#define ARGON_PASSES 3
#define ARGON_BYTES (64u << 20)

_Static_assert(
    HEAD_SIZE + SALT_SIZE + NONCE_SIZE + BOX_SIZE == KEYFILE_SIZE, "the layout of keyfile.h");

static const char *const kinds[] = {[KEYFILE_NEWSROOM] = "dabyl-newsroom",
    [KEYFILE_EDITOR] = "dabyl-editor",
    [KEYFILE_STATION] = "dabyl-station"};

static enum err derive(uint8_t key[CRYPT_KEY_SIZE], const char *passphrase, const uint8_t *salt)
{
    int result = crypto_pwhash(key, CRYPT_KEY_SIZE, passphrase, strlen(passphrase), salt,
        ARGON_PASSES, ARGON_BYTES, crypto_pwhash_ALG_ARGON2ID13);
    return result == 0 ? ERR_OK : ERR_SYSTEM;
}

enum err keyfile_make(
    uint8_t bytes[KEYFILE_SIZE], struct keyfile_public *made, const char *passphrase)
{
    size_t name_size = strlen(made->name);
    if (name_size > ROSTER_NAME_MAX)
        return ERR_LONG;
    if (strlen(passphrase) < KEYFILE_PASSPHRASE_MIN)
        return ERR_VALUE;
    struct buf_out out;
    buf_out_init(&out, bytes, KEYFILE_SIZE);
    buf_put_bytes(&out, MAGIC, MAGIC_SIZE);
    buf_put_u8(&out, VERSION);
    buf_put_u8(&out, (uint8_t)made->kind);
    buf_put_bytes(&out, made->name, name_size);
    buf_put_zeros(&out, ROSTER_NAME_MAX - name_size);
    uint8_t *salt = bytes + out.used;
    uint8_t *nonce = salt + SALT_SIZE;
    randombytes_buf(salt, SALT_SIZE + NONCE_SIZE);
    uint8_t *seed = sodium_malloc(SEAL_SEED_SIZE + CRYPT_KEY_SIZE + SEAL_SECRET_SIZE);
    if (seed == NULL)
        return ERR_SYSTEM;
    uint8_t *key = seed + SEAL_SEED_SIZE;
    randombytes_buf(seed, SEAL_SEED_SIZE);
    seal_keypair(made->public_key, key + CRYPT_KEY_SIZE, seed);
    enum err err = derive(key, passphrase, salt);
    if (err == ERR_OK)
        (void)crypto_aead_xchacha20poly1305_ietf_encrypt(
            nonce + NONCE_SIZE, NULL, seed, SEAL_SEED_SIZE, bytes, HEAD_SIZE, NULL, nonce, key);
    sodium_free(seed);
    return err;
}

static enum err read_head(struct keyfile *key, const uint8_t *bytes, size_t size)
{
    struct buf_in in;
    buf_in_init(&in, bytes, size);
    const uint8_t *magic = buf_get_view(&in, MAGIC_SIZE);
    uint8_t version = buf_get_u8(&in);
    uint8_t kind = buf_get_u8(&in);
    buf_get_bytes(&in, key->name, ROSTER_NAME_MAX);
    if (in.err != ERR_OK)
        return in.err;
    if (memcmp(magic, MAGIC, MAGIC_SIZE) != 0)
        return ERR_FORMAT;
    if (version != VERSION)
        return ERR_VERSION;
    if (kind > KEYFILE_EDITOR)
        return ERR_VALUE;
    key->kind = (enum keyfile_kind)kind;
    return size == KEYFILE_SIZE ? ERR_OK : size < KEYFILE_SIZE ? ERR_SHORT : ERR_LONG;
}

enum err keyfile_open(
    struct keyfile *key, const uint8_t *bytes, size_t size, const char *passphrase)
{
    memset(key, 0, sizeof *key);
    enum err err = read_head(key, bytes, size);
    if (err != ERR_OK)
        return err;
    uint8_t *seed = sodium_malloc(SEAL_SEED_SIZE + CRYPT_KEY_SIZE);
    key->secret = sodium_malloc(SEAL_SECRET_SIZE);
    if (seed == NULL || key->secret == NULL)
        return ERR_SYSTEM;
    uint8_t *crypt_key = seed + SEAL_SEED_SIZE;
    const uint8_t *salt = bytes + HEAD_SIZE;
    const uint8_t *nonce = salt + SALT_SIZE;
    err = derive(crypt_key, passphrase, salt);
    if (err == ERR_OK && crypto_aead_xchacha20poly1305_ietf_decrypt(seed, NULL, NULL,
                             nonce + NONCE_SIZE, BOX_SIZE, bytes, HEAD_SIZE, nonce, crypt_key) != 0)
        err = ERR_KEY;
    if (err == ERR_OK)
        seal_keypair(key->public_key, key->secret, seed);
    sodium_free(seed);
    if (err != ERR_OK)
        keyfile_close(key);
    return err;
}

void keyfile_close(struct keyfile *key)
{
    if (key->secret != NULL)
        sodium_free(key->secret);
    key->secret = NULL;
}

void keyfile_print_public(
    char line[KEYFILE_PUBLIC_LINE_MAX], const struct keyfile_public *public_key)
{
    char base64[sodium_base64_ENCODED_LEN(SEAL_PUBLIC_SIZE, sodium_base64_VARIANT_ORIGINAL)];
    (void)sodium_bin2base64(base64, sizeof base64, public_key->public_key, SEAL_PUBLIC_SIZE,
        sodium_base64_VARIANT_ORIGINAL);
    (void)snprintf(line, KEYFILE_PUBLIC_LINE_MAX, "%s %s %s", kinds[public_key->kind],
        public_key->name[0] != '\0' ? public_key->name : "-", base64);
}

enum err keyfile_parse_public(struct keyfile_public *public_key, const char *line)
{
    char kind[16];
    char name[ROSTER_NAME_MAX + 1];
    char base64[64];
    memset(public_key, 0, sizeof *public_key);
    if (sscanf(line, "%15s %12s %63s", kind, name, base64) != 3)
        return ERR_FORMAT;
    size_t found = 0;
    while (found < sizeof kinds / sizeof kinds[0] && strcmp(kind, kinds[found]) != 0)
        found++;
    if (found == sizeof kinds / sizeof kinds[0])
        return ERR_FORMAT;
    public_key->kind = (enum keyfile_kind)found;
    if (strcmp(name, "-") != 0)
        (void)snprintf(public_key->name, sizeof public_key->name, "%s", name);
    size_t size = 0;
    if (sodium_base642bin(public_key->public_key, SEAL_PUBLIC_SIZE, base64, strlen(base64), NULL,
            &size, NULL, sodium_base64_VARIANT_ORIGINAL) != 0 ||
        size != SEAL_PUBLIC_SIZE)
        return ERR_FORMAT;
    return ERR_OK;
}

static enum err read_line(char passphrase[KEYFILE_PASSPHRASE_MAX], FILE *file)
{
    if (fgets(passphrase, KEYFILE_PASSPHRASE_MAX, file) == NULL)
        return ERR_SHORT;
    size_t size = strcspn(passphrase, "\r\n");
    if (passphrase[size] == '\0' && size == KEYFILE_PASSPHRASE_MAX - 1)
        return ERR_LONG;
    passphrase[size] = '\0';
    return ERR_OK;
}

static enum err ask_terminal(char passphrase[KEYFILE_PASSPHRASE_MAX], const char *prompt)
{
    FILE *terminal = fopen("/dev/tty", "r+e");
    if (terminal == NULL) {
        (void)args_fail(
            0, "a passphrase is needed and there is no terminal; give --passphrase-file FILE");
        return ERR_MISSING;
    }
    struct termios before;
    int fd = fileno(terminal);
    enum err err = tcgetattr(fd, &before) == 0 ? ERR_OK : ERR_SYSTEM;
    if (err == ERR_OK) {
        struct termios silent = before;
        silent.c_lflag &= ~(tcflag_t)ECHO;
        (void)tcsetattr(fd, TCSAFLUSH, &silent);
        (void)fprintf(terminal, "%s: ", prompt);
        (void)fflush(terminal);
        err = read_line(passphrase, terminal);
        (void)tcsetattr(fd, TCSAFLUSH, &before);
        (void)fputc('\n', terminal);
    }
    (void)fclose(terminal);
    return err;
}

static enum err ask_file(char passphrase[KEYFILE_PASSPHRASE_MAX], const char *path)
{
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        (void)args_fail(0, "%s: %s", path, strerror(errno));
        return err_from_errno(errno);
    }
    enum err err = read_line(passphrase, file);
    (void)fclose(file);
    if (err != ERR_OK)
        (void)args_fail(0, "%s: its first line must be the passphrase", path);
    return err;
}

enum err keyfile_ask(
    char passphrase[KEYFILE_PASSPHRASE_MAX], const char *file, const char *prompt, int twice)
{
    if (file != NULL)
        return ask_file(passphrase, file);
    enum err err = ask_terminal(passphrase, prompt);
    if (err != ERR_OK || !twice)
        return err;
    char again[KEYFILE_PASSPHRASE_MAX];
    err = ask_terminal(again, "the same again");
    if (err == ERR_OK && strcmp(passphrase, again) != 0) {
        (void)args_fail(0, "the two passphrases differ; nothing was written");
        err = ERR_KEY;
    }
    keyfile_wipe(again, sizeof again);
    return err;
}

void keyfile_wipe(void *bytes, size_t size)
{
    sodium_memzero(bytes, size);
}
