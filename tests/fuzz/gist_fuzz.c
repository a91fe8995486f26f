/* gist: whatever people text, what is left is short, of letters, digits and stars, and holds no phone's number. */
#include "gateway/dispatcher/gist.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const char *gist)
{
    size_t run = 0;
    for (; *gist != '\0'; gist++) {
        if ((unsigned char)*gist < ' ')
            abort();
        run = *gist >= '0' && *gist <= '9' ? run + 1 : *gist == ' ' ? run : 0;
        if (run > 4)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char text[4097];
    char gist[MESSAGES_WORDS_SIZE], again[MESSAGES_WORDS_SIZE];
    if (size >= sizeof text)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    gist_print(gist, text);
    check(gist);
    gist_print(again, gist);
    (void)gist_match(gist, again);
    (void)gist_match(again, gist);
    return 0;
}
