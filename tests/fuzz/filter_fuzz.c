/* A dialogue: a byte 0x80 lets the talker speak, 0x81 the modem, 0x82 is filter_go, 0x83 filter_drop, 0x84 filter_resync,
 * 0x85 filter_ask; other bytes belong to whoever speaks. Whatever they say, no Ctrl-Z reaches the modem but by filter_go; no
 * prompt the talker but after AT+CMGS, and nothing of an answer that the worker asked for.
 */
#include "modems/filter.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct watch {
    struct filter filter;
    bool going; /* within filter_go */
};

static void to_modem(void *arg, const void *bytes, size_t size)
{
    const struct watch *watch = arg;
    if (memchr(bytes, FILTER_CTRL_Z, size) != NULL && !watch->going)
        abort();
}

static void to_talker(void *arg, const void *bytes, size_t size)
{
    const struct watch *watch = arg;
    if (watch->filter.asks)
        abort();
    if (memmem(bytes, size, "\n> ", 3) != NULL &&
        strncasecmp(watch->filter.command, "AT+CMGS=", 8) != 0)
        abort();
    if (memchr(bytes, '\0', size) != NULL || size > FILTER_LINE_MAX)
        abort();
}

static void event(void *arg, enum filter_event event, int value, const char *text)
{
    (void)arg;
    if (event >= FILTER_EVENT_COUNT || value < -1 || strlen(text) > FILTER_LINE_MAX)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct watch watch = {.going = false};
    const struct filter_sink sink = {to_modem, to_talker, event, &watch};
    filter_init(&watch.filter, &sink);
    bool modem = false;
    for (size_t i = 0; i < size; i++) {
        switch (data[i]) {
        case 0x80:
        case 0x81:
            modem = data[i] == 0x81;
            break;
        case 0x82:
            watch.going = true;
            if (filter_go(&watch.filter) == ERR_OK && watch.filter.state != FILTER_RESULT)
                abort();
            watch.going = false;
            break;
        case 0x83:
            if (filter_drop(&watch.filter) == ERR_OK && watch.filter.state != FILTER_RESYNC)
                abort();
            break;
        case 0x84:
            filter_resync(&watch.filter);
            break;
        case 0x85:
            if (filter_ask(&watch.filter, "AT+CSQ") == ERR_OK &&
                watch.filter.state != FILTER_ANSWER)
                abort();
            break;
        default:
            if (modem)
                filter_from_modem(&watch.filter, data + i, 1);
            else
                filter_from_talker(&watch.filter, data + i, 1);
        }
    }
    return 0;
}
