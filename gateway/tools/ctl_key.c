#include "gateway/tools/ctl.h"

#include "gateway/tools/keyfile.h"
#include "gateway/tools/output.h"

#include <stdio.h>
#include <string.h>

static int save_pair(
    const struct args *args, const uint8_t bytes[KEYFILE_SIZE], const struct keyfile_public *made)
{
    char path[ARGS_PATH_SIZE];
    char line[KEYFILE_PUBLIC_LINE_MAX + 1];
    if (snprintf(path, sizeof path, "%s.pub", args->out) >= (int)sizeof path)
        return args_fail(ARGS_EXIT_INPUT, "%s: the path is too long", args->out);
    keyfile_print_public(line, made);
    size_t size = strlen(line);
    line[size] = '\n';
    if (args_save_file(args->out, bytes, KEYFILE_SIZE, true) != ERR_OK ||
        args_save_file(path, (const unsigned char *)line, size + 1, false) != ERR_OK)
        return ARGS_EXIT_INPUT;
    return ARGS_EXIT_OK;
}

static int print_key(const struct args *args, const struct keyfile_public *key)
{
    char fingerprint[SEAL_FINGERPRINT_SIZE];
    char line[KEYFILE_PUBLIC_LINE_MAX];
    seal_print_fingerprint(fingerprint, key->public_key);
    keyfile_print_public(line, key);
    static const char *const kinds[] = {[KEYFILE_NEWSROOM] = "newsroom",
        [KEYFILE_EDITOR] = "editor",
        [KEYFILE_STATION] = "station"};
    if (args->json) {
        struct document *object = document_new_object();
        document_set_text(object, "kind", kinds[key->kind]);
        document_set_text(object, "name", key->name);
        document_set_text(object, "fingerprint", fingerprint);
        document_set_text(object, "public", line);
        return output_print(object);
    }
    return printf("%s\nfingerprint %s\n", line, fingerprint) < 0 ? ARGS_EXIT_INPUT : ARGS_EXIT_OK;
}

static int make(const struct args *args, enum keyfile_kind kind)
{
    struct keyfile_public made = {.kind = kind};
    if (args->out == NULL)
        return args_fail(ARGS_EXIT_USAGE, "say where to write the key: -o FILE");
    if (args->name != NULL &&
        (strlen(args->name) > ROSTER_NAME_MAX || strpbrk(args->name, " \t\n") != NULL))
        return args_fail(
            ARGS_EXIT_USAGE, "--name has at most %d bytes and no spaces", ROSTER_NAME_MAX);
    FILE *there = fopen(args->out, "re");
    if (there != NULL) {
        (void)fclose(there);
        return args_fail(
            ARGS_EXIT_INPUT, "%s exists; a key is never overwritten, name another file", args->out);
    }
    (void)snprintf(made.name, sizeof made.name, "%s", args->name != NULL ? args->name : "");
    char passphrase[KEYFILE_PASSPHRASE_MAX];
    if (keyfile_ask(passphrase, args->passphrase_file, "a passphrase for the new key", 1) != ERR_OK)
        return ARGS_EXIT_KEY;
    uint8_t bytes[KEYFILE_SIZE];
    enum err err = keyfile_make(bytes, &made, passphrase);
    keyfile_wipe(passphrase, sizeof passphrase);
    if (err == ERR_VALUE)
        return args_fail(
            ARGS_EXIT_KEY, "the passphrase needs at least %d characters", KEYFILE_PASSPHRASE_MIN);
    if (err != ERR_OK)
        return args_fail(ARGS_EXIT_KEY, "the key cannot be made: %s", err_text(err));
    int code = save_pair(args, bytes, &made);
    return code == ARGS_EXIT_OK ? print_key(args, &made) : code;
}

int ctl_key_newsroom(const struct args *args)
{
    return make(args, KEYFILE_NEWSROOM);
}

int ctl_key_editor(const struct args *args)
{
    if (args->name == NULL)
        return args_fail(ARGS_EXIT_USAGE, "an editor's key carries a name: --name NAME");
    return make(args, KEYFILE_EDITOR);
}

int ctl_key_show(const struct args *args)
{
    struct keyfile_public key;
    unsigned char text[KEYFILE_PUBLIC_LINE_MAX] = {0};
    size_t size;
    if (args->word_count != 1)
        return args_fail(ARGS_EXIT_USAGE, "name one public key file (.pub)");
    if (args_load_file(text, &size, sizeof text - 1, args->words[0]) != ERR_OK)
        return ARGS_EXIT_INPUT;
    if (keyfile_parse_public(&key, (const char *)text) != ERR_OK)
        return args_fail(ARGS_EXIT_INPUT,
            "%s: not a public key file; it lies beside the secret one as .pub", args->words[0]);
    return print_key(args, &key);
}
