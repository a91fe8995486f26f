/* segment: parts are within their limits, whole characters, as many as were measured, and the text again; what translit
 * and sentence do to the same text stays in bounds. */
#include "modems/segment.h"

#include "gateway/base/utf8.h"
#include "modems/gsm7.h"
#include "modems/sentence.h"
#include "modems/translit.h"

#include <stdlib.h>
#include <string.h>

#define TEXT_MAX 2048

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int truth)
{
    if (!truth)
        abort();
}

static void check_parts(const char *text, enum segment_reference width)
{
    static const unsigned alone[] = {[MESSAGE_GSM7] = 160, [MESSAGE_UCS2] = 70};
    static const unsigned each[][SEGMENT_REFERENCE_COUNT] = {
        [MESSAGE_GSM7] = {153, 152}, [MESSAGE_UCS2] = {67, 66}};
    struct segment segment;
    struct segment_size size;
    enum err err = segment_split(&segment, text, width, 0x1234);
    segment_measure(&size, text);
    check(err == ERR_OK || utf8_check(text, strlen(text)) != ERR_OK);
    if (err != ERR_OK)
        return;
    check(segment.coding == size.coding &&
          (width == SEGMENT_REFERENCE_16 || segment.count == size.parts));
    const char *at = text;
    size_t units = 0;
    for (size_t i = 0; i < segment.count; i++) {
        const struct segment_part *part = &segment.part[i];
        unsigned most = segment.count == 1 ? alone[segment.coding] : each[segment.coding][width];
        check(part->text == at && part->units <= most && utf8_check(at, part->size) == ERR_OK);
        check(segment.count == 1 || (part->size > 0 && part->udh_size == part->udh[0] + 1u));
        at += part->size;
        units += part->units;
    }
    check(*at == '\0' && units == size.units);
}

static void check_latin(const char *text)
{
    char latin[TEXT_MAX * 4], again[TEXT_MAX * 4];
    for (int language = 0; language < BULLETIN_LANGUAGE_COUNT; language++) {
        check(translit_print_latin(latin, sizeof latin, text, (enum bulletin_language)language) ==
              ERR_OK);
        check(translit_print_latin(again, sizeof again, latin, (enum bulletin_language)language) ==
              ERR_OK);
        check(strcmp(latin, again) == 0);
    }
    translit_list_misfits(again, sizeof again, text);
    check(utf8_check(again, strlen(again)) == ERR_OK);
}

static void check_sentences(const char *text)
{
    size_t size;
    while ((size = sentence_measure(text)) > 0)
        text += size;
    check(*text == '\0');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[TEXT_MAX + 1];
    if (size > TEXT_MAX)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    check_parts(text, SEGMENT_REFERENCE_8);
    check_parts(text, SEGMENT_REFERENCE_16);
    check_latin(text);
    check_sentences(text);
    return 0;
}
