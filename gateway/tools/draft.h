/* draft: a draft from a template and the command line's --set, --regions and --lifetime.
 */
#ifndef GATEWAY_TOOLS_DRAFT_H
#define GATEWAY_TOOLS_DRAFT_H

#include "gateway/tools/args.h"

/* Writes the draft as terminated JSON that json_parse_draft reads; *used without the NUL. Returns an exit code of args.h, told
 * if not ARGS_EXIT_OK. */
__attribute__((warn_unused_result)) int draft_fill_template(
    char *text, size_t *used, size_t size, const struct args *args);

#endif
