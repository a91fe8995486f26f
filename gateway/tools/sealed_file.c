#include "gateway/tools/sealed_file.h"

#include "gateway/bulletin/armour.h"
#include "gateway/tools/args.h"

#include <string.h>

int sealed_file_load(struct message_sealed_bytes *sealed, const char *path)
{
    static unsigned char bytes[ARMOUR_INPUT_MAX];
    size_t size;
    if (args_load_file(bytes, &size, sizeof bytes, path) != ERR_OK)
        return ARGS_EXIT_INPUT;
    if (size == 0)
        return args_fail(ARGS_EXIT_INPUT, "%s: is empty", path);
    enum err err = ERR_OK;
    size_t sealed_size = size;
    if (bytes[0] != WIRE_MAGIC)
        err = armour_parse(sealed->bytes, &sealed_size, (const char *)bytes, size);
    else if (size > WIRE_SEALED_MAX)
        err = ERR_LONG;
    else
        memcpy(sealed->bytes, bytes, size);
    sealed->size = (uint16_t)sealed_size;
    struct wire_sealed apart;
    if (err == ERR_OK && wire_decode_sealed(&apart, sealed->bytes, sealed->size) == ERR_SHORT)
        return args_fail(ARGS_EXIT_INPUT, "%s: is cut short; get the file again", path);
    return err == ERR_OK ? ARGS_EXIT_OK
                         : args_fail(ARGS_EXIT_INPUT, "%s: not a bulletin, or a damaged one: %s",
                               path, err_text(err));
}
