/* number: what is parsed is a mobile in our form, parses to itself, and is never shown in full. */
#include "modems/number.h"

#include "gateway/base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define TEXT_MAX 128
#define RUN_MAX 6 /* digits in a row that may be shown */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int truth)
{
    if (!truth)
        abort();
}

static void check_mask(const char *text)
{
    char mask[NUMBER_MASK_SIZE];
    number_mask(mask, text);
    check(utf8_check(mask, strlen(mask)) == ERR_OK);
    size_t digits = 0;
    for (const char *at = mask; *at != '\0'; at++)
        digits += *at >= '0' && *at <= '9';
    check(digits <= RUN_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[TEXT_MAX + 1];
    char number[NUMBER_SIZE], again[NUMBER_SIZE];
    if (size > TEXT_MAX)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    check_mask(text);
    bool mobile = number_parse_mobile(number, text) == ERR_OK;
    check(mobile == (number_classify(text) == NUMBER_MOBILE) && mobile == number_can_answer(text));
    if (!mobile)
        return 0;
    check(strlen(number) == NUMBER_SIZE - 1 && strspn(number + 1, "0123456789") == NUMBER_SIZE - 2);
    check(strncmp(number, "+77", 3) == 0);
    check(number_parse_mobile(again, number) == ERR_OK && strcmp(number, again) == 0);
    return 0;
}
