#include "gateway/bulletin/seal.h"

#include <sodium.h>
#include <string.h>

#define LETTER_BITS 5
#define CODE_LETTERS (SEAL_CODE_SIZE - 1)
#define FINGERPRINT_LETTERS 32
#define FINGERPRINT_GROUP 4

/* Douglas Crockford's base 32: no I, L, O, U. */
static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

enum err seal_init(void)
{
    return sodium_init() < 0 ? ERR_SYSTEM : ERR_OK;
}

void seal_keypair(uint8_t public_key[SEAL_PUBLIC_SIZE], uint8_t secret[SEAL_SECRET_SIZE],
    const uint8_t seed[SEAL_SEED_SIZE])
{
    (void)crypto_sign_seed_keypair(public_key, secret, seed);
}

enum err seal_check_key(const uint8_t public_key[SEAL_PUBLIC_SIZE])
{
    return crypto_core_ed25519_is_valid_point(public_key) == 1 ? ERR_OK : ERR_KEY;
}

void seal_hash(uint8_t hash[SEAL_HASH_SIZE], const uint8_t *bytes, size_t size)
{
    (void)crypto_generichash(hash, SEAL_HASH_SIZE, bytes, size, NULL, 0);
}

void seal_approve(struct wire_approval *approval, uint8_t editor, const struct buf_in *body,
    const uint8_t secret[SEAL_SECRET_SIZE])
{
    approval->editor = editor;
    (void)crypto_sign_detached(approval->signature, NULL, body->data, body->size, secret);
}

enum err seal_check(const struct wire_approval *approval, const struct buf_in *body,
    const uint8_t public_key[SEAL_PUBLIC_SIZE])
{
    int bad = crypto_sign_verify_detached(approval->signature, body->data, body->size, public_key);
    return bad == 0 ? ERR_OK : ERR_SEAL;
}

/* The letter made of bits 5 at .. 5 at + 4 of bytes, counted from the most significant one of the first byte. */
static char print_letter(const uint8_t *bytes, size_t at)
{
    unsigned value = 0;
    for (size_t bit = at * LETTER_BITS; bit < (at + 1) * LETTER_BITS; bit++)
        value = value << 1 | ((unsigned)bytes[bit / 8] >> (7 - bit % 8) & 1);
    return letters[value];
}

void seal_print_code(char code[SEAL_CODE_SIZE], const uint8_t *body, size_t body_size)
{
    uint8_t hash[SEAL_HASH_SIZE];
    seal_hash(hash, body, body_size);
    for (size_t i = 0; i < CODE_LETTERS; i++)
        code[i] = print_letter(hash, i);
    code[CODE_LETTERS] = '\0';
}

void seal_newsroom_id(uint8_t id[2], const uint8_t newsroom_key[SEAL_PUBLIC_SIZE])
{
    uint8_t hash[SEAL_HASH_SIZE];
    seal_hash(hash, newsroom_key, SEAL_PUBLIC_SIZE);
    memcpy(id, hash, 2);
}

void seal_print_fingerprint(
    char fingerprint[SEAL_FINGERPRINT_SIZE], const uint8_t public_key[SEAL_PUBLIC_SIZE])
{
    uint8_t hash[SEAL_HASH_SIZE];
    seal_hash(hash, public_key, SEAL_PUBLIC_SIZE);
    char *at = fingerprint;
    for (size_t i = 0; i < FINGERPRINT_LETTERS; i++) {
        if (i > 0 && i % FINGERPRINT_GROUP == 0)
            *at++ = '-';
        *at++ = print_letter(hash, i);
    }
    *at = '\0';
}

/* The letter that people may have meant, or NUL. */
static char fold_letter(char c)
{
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 'a' + 'A');
    if (c == 'O')
        c = '0';
    if (c == 'I' || c == 'L')
        c = '1';
    if (strchr(letters, c) == NULL)
        return '\0';
    return c;
}

/* The letters alone, terminated. */
static enum err parse_fingerprint(char folded[FINGERPRINT_LETTERS + 1], const char *text)
{
    size_t count = 0;
    for (; *text != '\0'; text++) {
        if (*text == '-' || *text == ' ')
            continue;
        char letter = fold_letter(*text);
        if (letter == '\0' || count == FINGERPRINT_LETTERS)
            return ERR_FORMAT;
        folded[count++] = letter;
    }
    folded[count] = '\0';
    return count == FINGERPRINT_LETTERS ? ERR_OK : ERR_FORMAT;
}

enum err seal_check_fingerprint(const char *text, const uint8_t public_key[SEAL_PUBLIC_SIZE])
{
    char wanted[FINGERPRINT_LETTERS + 1];
    char found[FINGERPRINT_LETTERS + 1];
    char fingerprint[SEAL_FINGERPRINT_SIZE];
    enum err err = parse_fingerprint(wanted, text);
    if (err != ERR_OK)
        return err;
    seal_print_fingerprint(fingerprint, public_key);
    err = parse_fingerprint(found, fingerprint);
    if (err != ERR_OK)
        return err;
    return strcmp(wanted, found) == 0 ? ERR_OK : ERR_KEY;
}
