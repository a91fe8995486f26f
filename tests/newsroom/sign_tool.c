/* sign_tool: signs what comes on standard input with an editor's key file, as the page does in the browser: for tests that
 * speak to the newsroom's API.
 *
 *   sign_tool KEYFILE PASSPHRASE <bytes     prints the signature in base64
 */
#include "gateway/base/base64.h"
#include "gateway/bulletin/seal.h"
#include "gateway/tools/keyfile.h"

#include <stdio.h>

#define INPUT_MAX 65536

static size_t read_file(uint8_t *bytes, size_t room, const char *path)
{
    FILE *file = fopen(path, "rb");
    size_t size = 0;
    if (file != NULL) {
        size = fread(bytes, 1, room, file);
        (void)fclose(file);
    }
    return size;
}

int main(int argc, char **argv)
{
    static uint8_t input[INPUT_MAX];
    uint8_t sealed_key[KEYFILE_SIZE + 1];
    char line[BASE64_LETTERS(WIRE_SIGNATURE_SIZE) + 1];
    struct wire_approval approval;
    struct keyfile key;
    struct buf_in body;
    if (argc != 3 || seal_init() != ERR_OK)
        return 2;
    size_t key_size = read_file(sealed_key, sizeof sealed_key, argv[1]);
    if (keyfile_open(&key, sealed_key, key_size, argv[2]) != ERR_OK)
        return 1;
    size_t size = fread(input, 1, sizeof input, stdin);
    buf_in_init(&body, input, size);
    seal_approve(&approval, 0, &body, key.secret);
    keyfile_close(&key);
    base64_print(line, approval.signature, sizeof approval.signature);
    return puts(line) < 0;
}
