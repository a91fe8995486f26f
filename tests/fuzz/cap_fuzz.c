/* cap: no message breaks the reader; a refusal names a rule in one line; what is taken can be a draft or is told to be
 * incomplete, and its texts are such as a bulletin may hold. */
#include "gateway/bulletin/cap_import.h"
#include "gateway/bulletin/json.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int truth)
{
    if (!truth)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct cap_tree tree;
    static struct cap_draft draft;
    static struct bulletin again;
    struct cap_fault fault;
    char why[JSON_WHY_MAX];
    if (cap_import(&draft, &fault, &tree, (const char *)data, size) != ERR_OK) {
        check(fault.rule[0] != '\0' && fault.why[0] != '\0' && strpbrk(fault.why, "\r\n") == NULL);
        return 0;
    }
    check(draft.note_count > 0 && draft.bulletin.languages != 0);
    for (int i = 0; i < BULLETIN_LANGUAGE_COUNT; i++) {
        const struct bulletin_text *text = &draft.bulletin.text[i];
        check(bulletin_check_line(text->headline, BULLETIN_HEADLINE_MAX) == ERR_OK);
        check(bulletin_check_line(text->instruction, BULLETIN_INSTRUCTION_MAX) == ERR_OK);
        check(bulletin_check_line(text->description, BULLETIN_DESCRIPTION_MAX) == ERR_OK);
    }
    struct document *object = json_new_draft(&draft.bulletin);
    bool whole = draft.bulletin.regions != 0 &&
                 (draft.bulletin.kind == BULLETIN_ALERT || draft.bulletin.kind == BULLETIN_DRILL);
    enum err err = json_read_draft(&again, why, object);
    document_free(object);
    check(!whole || err == ERR_OK);
    return 0;
}
