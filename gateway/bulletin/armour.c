#include "gateway/bulletin/armour.h"

#include <stdio.h>
#include <string.h>

#define BEGIN_LINE "-----BEGIN DABYL BULLETIN-----"
#define END_LINE "-----END DABYL BULLETIN-----"
#define CODE_NAME "Code:"
#define KEY_NUMBER_SIZE 8
#define GROUP_BYTES 3
#define GROUP_LETTERS 4
#define LETTER_BITS 6

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* One to three bytes as four letters. */
static void put_group(struct buf_out *out, const uint8_t *bytes, size_t size)
{
    uint32_t bits = 0;
    for (size_t i = 0; i < GROUP_BYTES; i++)
        bits = bits << 8 | (i < size ? bytes[i] : 0u);
    for (size_t i = 0; i < GROUP_LETTERS; i++) {
        uint32_t value = bits >> (LETTER_BITS * (GROUP_LETTERS - 1 - i)) & 0x3f;
        buf_put_u8(out, (uint8_t)(i <= size ? letters[value] : '='));
    }
}

/* Lines of line_letters, each ended by a newline, the last one too. */
static void put_base64(struct buf_out *out, const uint8_t *bytes, size_t size, size_t line_letters)
{
    for (size_t at = 0; at < size; at += GROUP_BYTES) {
        size_t left = size - at;
        if (at > 0 && at / GROUP_BYTES * GROUP_LETTERS % line_letters == 0)
            buf_put_u8(out, '\n');
        put_group(out, bytes + at, left < GROUP_BYTES ? left : GROUP_BYTES);
    }
    buf_put_u8(out, '\n');
}

static void put_text(struct buf_out *out, const char *text)
{
    buf_put_bytes(out, text, strlen(text));
}

/* Exactly one sealed bulletin, and its check code. */
static enum err print_code(char code[SEAL_CODE_SIZE], const uint8_t *sealed, size_t size)
{
    struct wire_sealed wire;
    enum err err = wire_decode_sealed(&wire, sealed, size);
    if (err != ERR_OK)
        return err;
    seal_print_code(code, wire.body, wire.body_size);
    return wire.size == size ? ERR_OK : ERR_FORMAT;
}

enum err armour_print(char text[ARMOUR_TEXT_MAX], const uint8_t *sealed, size_t size)
{
    char code[SEAL_CODE_SIZE];
    struct buf_out out;
    enum err err = print_code(code, sealed, size);
    if (err != ERR_OK)
        return err;
    buf_out_init(&out, (uint8_t *)text, ARMOUR_TEXT_MAX);
    put_text(&out, BEGIN_LINE "\n" CODE_NAME " ");
    put_text(&out, code);
    put_text(&out, "\n\n");
    put_base64(&out, sealed, size, ARMOUR_LINE_LETTERS);
    put_text(&out, END_LINE "\n");
    buf_put_u8(&out, '\0');
    return out.err;
}

/* A line without its newline and what is blank at its end. */
struct line {
    const char *text;
    size_t size;
};

static bool get_line(struct line *line, struct buf_in *in)
{
    size_t left = buf_left(in);
    if (left == 0)
        return false;
    const char *start = (const char *)buf_get_view(in, 0);
    const char *end = memchr(start, '\n', left);
    size_t size = end == NULL ? left : (size_t)(end - start);
    (void)buf_get_view(in, end == NULL ? size : size + 1);
    while (
        size > 0 && (start[size - 1] == '\r' || start[size - 1] == ' ' || start[size - 1] == '\t'))
        size--;
    *line = (struct line){.text = start, .size = size};
    return true;
}

static bool is_line(const struct line *line, const char *text)
{
    return line->size == strlen(text) && memcmp(line->text, text, line->size) == 0;
}

/* The header up to its empty line: one Code, other names are skipped. */
static enum err parse_header(char code[SEAL_CODE_SIZE], struct buf_in *in)
{
    const size_t name_size = strlen(CODE_NAME);
    const size_t letters_size = SEAL_CODE_SIZE - 1;
    struct line line;
    code[0] = '\0';
    while (get_line(&line, in)) {
        if (line.size == 0)
            return code[0] != '\0' ? ERR_OK : ERR_FORMAT;
        if (memchr(line.text, ':', line.size) == NULL)
            return ERR_FORMAT;
        if (line.size < name_size || memcmp(line.text, CODE_NAME, name_size) != 0)
            continue;
        if (code[0] != '\0' || line.size != name_size + 1 + letters_size)
            return ERR_FORMAT;
        memcpy(code, line.text + name_size + 1, letters_size);
        code[letters_size] = '\0';
    }
    return ERR_SHORT;
}

/* A base64 stream: whole groups go out; after one with padding nothing may come. */
struct base64 {
    uint32_t bits;
    unsigned letters; /* in this group, padding included */
    unsigned padding;
    bool ended;
};

static enum err end_group(struct buf_out *out, struct base64 *stream)
{
    size_t size = GROUP_BYTES - stream->padding;
    uint32_t spare = stream->padding == 0 ? 0 : stream->bits & ((1u << 8 * stream->padding) - 1);
    if (spare != 0)
        return ERR_FORMAT; /* two texts would mean the same bytes */
    for (size_t i = 0; i < size; i++)
        buf_put_u8(out, (uint8_t)(stream->bits >> 8 * (GROUP_BYTES - 1 - i) & 0xff));
    *stream = (struct base64){.ended = stream->padding > 0};
    return out->err;
}

static enum err parse_letter(struct buf_out *out, struct base64 *stream, char c)
{
    const char *at = c == '\0' ? NULL : strchr(letters, c);
    bool padding = c == '=' && stream->letters >= 2;
    if (stream->ended || (at == NULL && !padding) || (at != NULL && stream->padding > 0))
        return ERR_FORMAT;
    stream->bits = stream->bits << LETTER_BITS | (padding ? 0u : (uint32_t)(at - letters));
    stream->padding += padding ? 1 : 0;
    stream->letters++;
    return stream->letters == GROUP_LETTERS ? end_group(out, stream) : ERR_OK;
}

static enum err parse_line(struct buf_out *out, struct base64 *stream, const struct line *line)
{
    for (size_t i = 0; i < line->size; i++) {
        enum err err = parse_letter(out, stream, line->text[i]);
        if (err != ERR_OK)
            return err;
    }
    return ERR_OK;
}

static enum err parse_base64(uint8_t *sealed, size_t *size, struct buf_in *in)
{
    struct buf_out out;
    struct base64 stream = {0};
    struct line line;
    buf_out_init(&out, sealed, WIRE_SEALED_MAX);
    while (get_line(&line, in)) {
        if (is_line(&line, END_LINE)) {
            *size = out.used;
            return stream.letters == 0 ? ERR_OK : ERR_FORMAT;
        }
        enum err err = parse_line(&out, &stream, &line);
        if (err != ERR_OK)
            return err;
    }
    return ERR_SHORT;
}

enum err armour_parse(
    uint8_t sealed[WIRE_SEALED_MAX], size_t *sealed_size, const char *text, size_t text_size)
{
    char wanted[SEAL_CODE_SIZE];
    char found[SEAL_CODE_SIZE];
    struct buf_in in;
    struct line line = {0};
    if (text_size > ARMOUR_INPUT_MAX)
        return ERR_LONG;
    buf_in_init(&in, (const uint8_t *)text, text_size);
    while (!is_line(&line, BEGIN_LINE))
        if (!get_line(&line, &in))
            return ERR_MISSING;
    enum err err = parse_header(wanted, &in);
    if (err == ERR_OK)
        err = parse_base64(sealed, sealed_size, &in);
    if (err == ERR_OK)
        err = print_code(found, sealed, *sealed_size);
    if (err != ERR_OK)
        return err;
    return strcmp(wanted, found) == 0 ? ERR_OK : ERR_FORMAT;
}

/* The comment, "Ed", the key number and value, as signify(1) writes them. */
static enum err print_signify(
    char *text, const char *comment, const struct buf_in *value, const uint8_t *public_key)
{
    uint8_t hash[SEAL_HASH_SIZE];
    uint8_t bytes[2 + KEY_NUMBER_SIZE + WIRE_SIGNATURE_SIZE];
    struct buf_out raw;
    struct buf_out out;
    seal_hash(hash, public_key, SEAL_PUBLIC_SIZE);
    buf_out_init(&raw, bytes, sizeof bytes);
    put_text(&raw, "Ed");
    buf_put_bytes(&raw, hash, KEY_NUMBER_SIZE);
    buf_put_bytes(&raw, value->data, value->size);
    buf_out_init(&out, (uint8_t *)text, ARMOUR_SIGNIFY_MAX);
    put_text(&out, "untrusted comment: ");
    put_text(&out, comment);
    buf_put_u8(&out, '\n');
    put_base64(&out, bytes, raw.used, SIZE_MAX);
    buf_put_u8(&out, '\0');
    return raw.err == ERR_OK ? out.err : raw.err;
}

enum err armour_print_signify_key(
    char text[ARMOUR_SIGNIFY_MAX], const uint8_t public_key[SEAL_PUBLIC_SIZE], const char *name)
{
    char comment[ARMOUR_SIGNIFY_MAX];
    struct buf_in value;
    enum err err = bulletin_check_line(name, ARMOUR_NAME_MAX);
    if (err != ERR_OK)
        return err;
    (void)snprintf(comment, sizeof comment, "dabyl editor %s", name);
    buf_in_init(&value, public_key, SEAL_PUBLIC_SIZE);
    return print_signify(text, comment, &value, public_key);
}

enum err armour_print_signify_signature(char text[ARMOUR_SIGNIFY_MAX],
    const struct wire_approval *approval, const uint8_t public_key[SEAL_PUBLIC_SIZE],
    const char *name)
{
    char comment[ARMOUR_SIGNIFY_MAX];
    struct buf_in value;
    enum err err = bulletin_check_line(name, ARMOUR_NAME_MAX);
    if (err != ERR_OK)
        return err;
    (void)snprintf(comment, sizeof comment, "approval by dabyl editor %s", name);
    buf_in_init(&value, approval->signature, WIRE_SIGNATURE_SIZE);
    return print_signify(text, comment, &value, public_key);
}

void armour_print_pem(char text[ARMOUR_PEM_MAX], const uint8_t public_key[SEAL_PUBLIC_SIZE])
{
    /* RFC 8410, 4: SEQUENCE { SEQUENCE { OID 1.3.101.112 }, BIT STRING of the key } */
    static const uint8_t prefix[] = {
        0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};
    uint8_t der[sizeof prefix + SEAL_PUBLIC_SIZE];
    struct buf_out out;
    memcpy(der, prefix, sizeof prefix);
    memcpy(der + sizeof prefix, public_key, SEAL_PUBLIC_SIZE);
    buf_out_init(&out, (uint8_t *)text, ARMOUR_PEM_MAX);
    put_text(&out, "-----BEGIN PUBLIC KEY-----\n");
    put_base64(&out, der, sizeof der, ARMOUR_LINE_LETTERS);
    put_text(&out, "-----END PUBLIC KEY-----\n");
    buf_put_u8(&out, '\0');
}
