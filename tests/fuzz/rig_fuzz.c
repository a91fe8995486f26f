/* rig: what rigctld may say, line by line: what is taken is what the line says. */
#include "audio/rig.h"

#include <stdio.h>
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
    char line[RIG_LINE_MAX];
    char again[2 * RIG_LINE_MAX];
    uint64_t number;
    int code;

    if (size >= sizeof(line))
        return 0;
    memcpy(line, data, size);
    line[size] = '\0';
    if (rig_parse_report(&code, line) == ERR_OK) {
        (void)snprintf(again, sizeof(again), "RPRT %d", code);
        check(atol(again + 5) == atol(line + 5));
        check(rig_parse_number(&number, line) != ERR_OK);
    }
    if (rig_parse_number(&number, line) == ERR_OK)
        check(strtoull(line, NULL, 10) == number);
    (void)rig_is_place(line);
    return 0;
}
