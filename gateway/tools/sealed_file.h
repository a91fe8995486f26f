/* sealed_file: a bulletin from a file: its bytes, or their armour.
 */
#ifndef GATEWAY_TOOLS_SEALED_FILE_H
#define GATEWAY_TOOLS_SEALED_FILE_H

#include "gateway/messages/messages.h"

/* Exit code of args.h, told if not ARGS_EXIT_OK. "-" is standard input. */
__attribute__((warn_unused_result)) int sealed_file_load(
    struct message_sealed_bytes *sealed, const char *path);

#endif
