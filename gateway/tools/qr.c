#include "gateway/tools/qr.h"

#include <qrencode.h>
#include <stdbool.h>

#define QUIET 4 /* dots around the code */
#define COLOURS "\x1b[30;107m"
#define COLOURS_OFF "\x1b[0m"

static bool is_dark(const QRcode *code, int x, int y)
{
    bool inside = x >= 0 && y >= 0 && x < code->width && y < code->width;
    return inside && (code->data[y * code->width + x] & 1) != 0;
}

enum err qr_print(FILE *to, const char *text)
{
    static const char *const halves[] = {" ", "\u2580", "\u2584", "\u2588"};
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    if (code == NULL)
        return ERR_LONG;
    for (int y = -QUIET; y < code->width + QUIET; y += 2) {
        (void)fputs(COLOURS, to);
        for (int x = -QUIET; x < code->width + QUIET; x++)
            (void)fputs(
                halves[(is_dark(code, x, y) ? 1 : 0) + (is_dark(code, x, y + 1) ? 2 : 0)], to);
        (void)fputs(COLOURS_OFF "\n", to);
    }
    QRcode_free(code);
    return ERR_OK;
}
