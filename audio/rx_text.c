#include "audio/rx_text.h"

#include "gateway/base/document.h"
#include "gateway/base/utf8.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static const struct {
    const char *shown, *code;
} modes[RX_TEXT_MODE_COUNT] = {
    [RX_TEXT_MFSK32] = {"MFSK32", "mfsk32"},
    [RX_TEXT_AFSK1200] = {"AFSK1200", "afsk1200"},
    [RX_TEXT_IDENT] = {"who sends", "ident"},
    [RX_TEXT_VOICE] = {"FreeDV", "freedv"},
};

/* Printable, one column each: the letters and signs of our languages and their neighbours. */
static const struct {
    uint32_t first, last;
} shown[] = {
    {0x0020, 0x007e},                   /* ASCII */
    {0x00a1, 0x00ac},                   /* Latin-1, without the soft hyphen */
    {0x00ae, 0x02ff}, {0x0370, 0x0377}, /* Greek */
    {0x0384, 0x03ff}, {0x0400, 0x0482}, /* Cyrillic, without what stands above letters */
    {0x048a, 0x052f}, {0x2010, 0x2027}, /* dashes, quotes */
    {0x2030, 0x205e}, {0x20a0, 0x20bf}, /* currencies */
    {0x2100, 0x218b},                   /* No., fractions */
    {0x2190, 0x22ff},                   /* arrows, mathematics */
};

static bool is_shown(uint32_t code)
{
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++)
        if (code >= shown[i].first && code <= shown[i].last)
            return true;
    return false;
}

const char *rx_text_print_mode(enum rx_text_mode mode)
{
    return modes[mode].shown;
}

size_t rx_text_clean(char *clean, const char *text, size_t columns)
{
    size_t used = 0, count = 0;
    while (*text && count < columns) {
        uint32_t code = utf8_next(&text);
        used += utf8_put(clean + used, is_shown(code) ? code : '?');
        count++;
    }
    clean[used] = '\0';
    return count;
}

void rx_text_print_json(char json[RX_TEXT_JSON_SIZE], enum rx_text_mode mode, const char *line)
{
    char clean[RX_TEXT_SIZE];
    struct document *object = document_new_object();
    (void)rx_text_clean(clean, line, RX_TEXT_COLUMNS_MAX);
    document_set_text(object, "text", clean);
    document_set_text(object, "mode", modes[mode].code);
    document_set_bool(object, "verified", false);
    (void)document_write(json, RX_TEXT_JSON_SIZE, object);
    document_free(object);
}
