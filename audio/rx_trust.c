#include "audio/rx_trust.h"

#include "gateway/bulletin/armour.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define KEY_LINE_MAX 256
#define KEY_LETTERS 44 /* base64 of SEAL_PUBLIC_SIZE bytes: 43 letters and a = */
#define KEY_WORD "dabyl-newsroom "

__attribute__((format(printf, 3, 4))) static enum err complain(
    enum err err, const char *path, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)fprintf(stderr, "dabyl-rx: %s: ", path);
    (void)vfprintf(stderr, format, arguments);
    (void)fputc('\n', stderr);
    va_end(arguments);
    return err;
}

/* The whole file, terminated. */
static enum err load_file(char *bytes, size_t *size, size_t room, const char *path)
{
    FILE *file = fopen(path, "rb");
    *size = 0;
    bytes[0] = '\0';
    if (!file)
        return complain(err_from_errno(errno), path, "cannot be read: %s", strerror(errno));
    *size = fread(bytes, 1, room - 1, file);
    bool whole = !ferror(file) && fgetc(file) == EOF;
    (void)fclose(file);
    bytes[*size] = '\0';
    return whole ? ERR_OK : complain(ERR_LONG, path, "too long for what it should be");
}

static int letter_value(char letter)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = letter ? strchr(letters, letter) : NULL;
    return at ? (int)(at - letters) : -1;
}

enum err rx_trust_parse_key(uint8_t public_key[SEAL_PUBLIC_SIZE], const char *line)
{
    if (strncmp(line, KEY_WORD, strlen(KEY_WORD)) != 0)
        return ERR_FORMAT;
    const char *name = line + strlen(KEY_WORD);
    const char *key = name + strcspn(name, " \n");
    if (key == name || *key++ != ' ' || strcspn(key, "\r\n") != KEY_LETTERS ||
        key[KEY_LETTERS - 1] != '=')
        return ERR_FORMAT;
    unsigned bits = 0;
    size_t used = 0;
    for (unsigned i = 0, held = 0; i < KEY_LETTERS - 1; i++) {
        int value = letter_value(key[i]);
        if (value < 0)
            return ERR_FORMAT;
        bits = bits << 6 | (unsigned)value;
        held += 6;
        if (held >= 8)
            public_key[used++] = (uint8_t)(bits >> (held -= 8) & 0xff);
    }
    return used == SEAL_PUBLIC_SIZE && !(bits & 0x3) ? ERR_OK : ERR_FORMAT;
}

static enum err pin_key(struct rx_judge *judge, const char *path)
{
    char line[KEY_LINE_MAX], fingerprint[SEAL_FINGERPRINT_SIZE];
    size_t size;
    uint8_t public_key[SEAL_PUBLIC_SIZE];
    enum err err = load_file(line, &size, sizeof line, path);
    if (err)
        return err;
    if (rx_trust_parse_key(public_key, line))
        return complain(
            ERR_FORMAT, path, "no newsroom's public key (a line \"dabyl-newsroom ...\")");
    seal_print_fingerprint(fingerprint, public_key);
    return rx_judge_pin(judge, fingerprint);
}

/* Sealed bytes from a file of them or of their armour. */
static enum err load_sealed(uint8_t sealed[WIRE_SEALED_MAX], size_t *size, const char *path)
{
    char bytes[ARMOUR_INPUT_MAX + 1];
    size_t used;
    *size = 0;
    enum err err = load_file(bytes, &used, sizeof bytes, path);
    if (err)
        return err;
    if ((uint8_t)bytes[0] != WIRE_MAGIC) {
        err = armour_parse(sealed, size, bytes, used);
    } else if (used <= WIRE_SEALED_MAX) {
        memcpy(sealed, bytes, used);
        *size = used;
    } else {
        err = ERR_LONG;
    }
    return err ? complain(err, path, "no roster: %s", err_text(err)) : ERR_OK;
}

/* What is wrong with a file that does not decode as a roster, and what to do. */
static const char *describe_fault(enum err err)
{
    static const char *const texts[ERR_COUNT] = {
        [ERR_SHORT] = "a roster of which the end is missing: get it again from the newsroom",
        [ERR_VALUE] = "no roster, or one that was changed: get it again from the newsroom",
        [ERR_VERSION] = "made by a newer dabyl: this program needs to be brought up to date",
        [ERR_KEY] = ("names one newsroom and carries the key of another, so it was changed: get it "
                     "again from the newsroom"),
        [ERR_SEAL] =
            "not as its newsroom signed it, so it was changed: get it again from the newsroom",
        [ERR_QUORUM] = "not signed by its newsroom: get it again from the newsroom",
    };
    return texts[err] ? texts[err] : "no valid roster: get it again from the newsroom";
}

static enum err pin_roster(
    struct rx_judge *judge, const struct roster *roster, const char *path, bool alone)
{
    char fingerprint[SEAL_FINGERPRINT_SIZE];
    seal_print_fingerprint(fingerprint, roster->newsroom_key);
    if (!alone)
        return complain(ERR_KEY, path,
            "roster of another newsroom, whose fingerprint is %s: give the roster of the newsroom "
            "you trust, or compare "
            "this fingerprint with the published one",
            fingerprint);
    (void)fprintf(stderr,
        "dabyl-rx: %s: trusting this roster; compare its fingerprint %s with the published one\n",
        path, fingerprint);
    return rx_judge_pin(judge, fingerprint);
}

static enum err take_roster(struct rx_judge *judge, const char *path, bool alone)
{
    uint8_t sealed[WIRE_SEALED_MAX];
    size_t size;
    struct roster roster;
    enum err err = load_sealed(sealed, &size, path);
    if (err)
        return err;
    err = roster_decode(&roster, sealed, size);
    if (err)
        return complain(err, path, "%s", describe_fault(err));
    err = rx_judge_roster(judge, sealed, size);
    if (err == ERR_KEY) {
        err = pin_roster(judge, &roster, path, alone);
        if (!err)
            err = rx_judge_roster(judge, sealed, size);
    }
    return err == ERR_REPLAY ? ERR_OK : err; /* an older one beside a newer one is no harm */
}

enum err rx_trust_load(struct rx_judge *judge, const struct rx_options *options)
{
    enum err err = ERR_OK;
    for (unsigned i = 0; !err && i < options->fingerprints.count; i++) {
        err = rx_judge_pin(judge, options->fingerprints.texts[i]);
        if (err)
            (void)complain(err, options->fingerprints.texts[i],
                "no fingerprint (32 letters and digits in eight groups)");
    }
    for (unsigned i = 0; !err && i < options->keys.count; i++)
        err = pin_key(judge, options->keys.texts[i]);
    bool alone = !options->fingerprints.count && !options->keys.count;
    for (unsigned i = 0; !err && i < options->rosters.count; i++)
        err = take_roster(judge, options->rosters.texts[i], alone);
    return err;
}
