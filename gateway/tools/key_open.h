/* key_open: an editor's key file opened with its passphrase.
 */
#ifndef GATEWAY_TOOLS_KEY_OPEN_H
#define GATEWAY_TOOLS_KEY_OPEN_H

#include "gateway/tools/args.h"
#include "gateway/tools/keyfile.h"

/* The key of args->key, and who it is in the roster; keyfile_close it. Exit code of args.h, told. */
__attribute__((warn_unused_result)) int key_open_editor(
    struct keyfile *key, uint8_t *editor, const struct roster *roster, const struct args *args);

#endif
