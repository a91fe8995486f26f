#include "gateway/tools/key_open.h"

static int open_file(struct keyfile *key, const struct args *args)
{
    uint8_t bytes[KEYFILE_SIZE];
    size_t size;
    char passphrase[KEYFILE_PASSPHRASE_MAX];
    if (args_load_file(bytes, &size, sizeof bytes, args->key) != ERR_OK)
        return ARGS_EXIT_INPUT;
    if (keyfile_ask(passphrase, args->passphrase_file, "your key's passphrase", 0) != ERR_OK)
        return ARGS_EXIT_KEY;
    enum err err = keyfile_open(key, bytes, size, passphrase);
    keyfile_wipe(passphrase, sizeof passphrase);
    if (err != ERR_OK)
        return args_fail(ARGS_EXIT_KEY, "%s: %s", args->key, err_text(err));
    return ARGS_EXIT_OK;
}

int key_open_editor(
    struct keyfile *key, uint8_t *editor, const struct roster *roster, const struct args *args)
{
    int code = open_file(key, args);
    if (code != ARGS_EXIT_OK)
        return code;
    const struct roster_editor *found = roster_find_key(roster, key->public_key);
    if (found == NULL) {
        keyfile_close(key);
        return args_fail(ARGS_EXIT_KEY,
            "%s is not in the gateway's roster; the newsroom's key holder must add it (dabylctl "
            "roster make)",
            args->key);
    }
    *editor = found->index;
    return ARGS_EXIT_OK;
}
