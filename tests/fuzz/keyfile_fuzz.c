/* keyfile: any line is a public key or refused. */
#include "gateway/tools/keyfile.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char line[KEYFILE_PUBLIC_LINE_MAX * 2];
    char back[KEYFILE_PUBLIC_LINE_MAX];
    struct keyfile_public key;
    struct keyfile_public again;
    if (size >= sizeof line || seal_init() != ERR_OK)
        return 0;
    memcpy(line, data, size);
    line[size] = '\0';
    if (keyfile_parse_public(&key, line) != ERR_OK)
        return 0;
    keyfile_print_public(back, &key);
    if (keyfile_parse_public(&again, back) != ERR_OK || memcmp(&key, &again, sizeof key) != 0)
        abort();
    return 0;
}
