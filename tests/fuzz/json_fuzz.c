/* json: no draft breaks the reader; what it takes is valid and can be printed; a refusal is one terminated line. */
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
    static struct bulletin bulletin;
    static char text[JSON_TEXT_MAX];
    char why[JSON_WHY_MAX];
    const char *field;
    size_t used;
    if (json_parse_draft(&bulletin, why, (const char *)data, size) != ERR_OK) {
        size_t length = strnlen(why, sizeof why);
        check(length > 0 && length < sizeof why && strpbrk(why, "\r\n") == NULL);
        return 0;
    }
    check(bulletin_check_draft(&bulletin, &field) == ERR_OK);
    struct json_verdict verdict = {ERR_QUORUM, NULL, NULL, "7Q2K"};
    check(json_print_bulletin(text, &used, &bulletin, &verdict) == ERR_OK);
    check(used == strlen(text) && strpbrk(text, "\r\n") == NULL);
    return 0;
}
