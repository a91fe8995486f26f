/* A line of a modem's: the answer to each question of the vitals, and a network's USSD. Texts stay whole UTF-8, amounts are
 * never negative.
 */
#include "gateway/base/utf8.h"
#include "modems/ussd.h"
#include "modems/vitals.h"

#include <stdlib.h>
#include <string.h>

#define LINE_MAX_BYTES 600

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_ussd(const char *pattern, const char *line)
{
    regex_t compiled;
    int64_t amount = -1;
    if (regcomp(&compiled, pattern, REG_EXTENDED) != 0)
        abort();
    if (ussd_read(&amount, &compiled, line) && amount < 0)
        abort();
    regfree(&compiled);
    (void)ussd_is_open(line);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char line[LINE_MAX_BYTES + 1];
    struct vitals vitals;
    if (size > LINE_MAX_BYTES)
        return 0;
    memcpy(line, data, size);
    line[size] = '\0';
    for (size_t i = 0; i < size; i++)
        if (line[i] < ' ' || line[i] > '~')
            return 0; /* the filter lets no other through */
    vitals_init(&vitals);
    for (unsigned step = 0; vitals_question(step) != NULL; step++)
        vitals_line(&vitals, step, line);
    if (strnlen(vitals.operator_name, sizeof vitals.operator_name) == sizeof vitals.operator_name ||
        utf8_check(vitals.operator_name, strlen(vitals.operator_name)) != ERR_OK)
        abort();
    if (vitals.signal > 100 && vitals.signal != VITALS_UNKNOWN)
        abort();
    check_ussd("([-0-9 ]+)", line);
    check_ussd("(.*)", line);
    return 0;
}
