/* preview: what subscribers will read of a bulletin in one language and script: its text, parts, what is left out, and
 * which characters cost three times more.
 */
#ifndef GATEWAY_TOOLS_PREVIEW_H
#define GATEWAY_TOOLS_PREVIEW_H

#include "gateway/tools/output.h"
#include "modems/compose.h"

struct preview {
    struct compose_request request;
    struct compose compose;
    struct segment segment; /* of compose.text */
};

/* Returns an exit code of args.h, told if not ARGS_EXIT_OK. */
__attribute__((warn_unused_result)) int preview_make(
    struct preview *preview, const struct compose_request *request);

/* {"language", "script", "encoding", "text", "part_count", "parts": [{"text", "units"}], "units", "units_per_part",
 *  "misfits": [{"character", "code", "latin"}], "left_out_sentences", "left_out_bytes", "says_how_to_get_rest", "over_budget"}
 * misfits are the different characters that make it UCS-2; latin is what the Latin script writes for each, null if it
 * has nothing for it. */
struct document *preview_output(const struct preview *preview);

/* For people: the parts as a phone shows them, and what there is to say of them. */
void preview_print(const struct preview *preview);

#endif
