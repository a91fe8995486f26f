/* afsk: any bits as HDLC, any bytes as a frame, any sound as AFSK1200; a frame that decodes encodes again to what decodes to the same,
 * and a bulletin's line is printable. */
#include "audio/afsk_rx.h"
#include "audio/aprs.h"
#include "audio/hdlc.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int truth)
{
    if (!truth)
        abort();
}

static void check_line(const struct ax25 *frame)
{
    struct aprs_line line;
    if (aprs_parse_line(&line, frame))
        return;
    check(strlen(line.text) <= APRS_LINE_MAX && !ax25_check_call(line.source));
    for (const char *at = line.text; *at; at++)
        check(*at >= ' ' && *at < 0x7f);
}

static void check_frame(void *arg, const struct ax25 *frame)
{
    struct ax25 again;
    uint8_t bytes[AX25_FRAME_MAX];
    size_t size;
    (void)arg;
    check(ax25_encode(bytes, &size, frame) == ERR_OK);
    check(ax25_decode(&again, bytes, size) == ERR_OK);
    check(strcmp(again.source, frame->source) == 0 &&
          strcmp(again.destination, frame->destination) == 0 &&
          again.text_size == frame->text_size &&
          memcmp(again.text, frame->text, frame->text_size) == 0);
    check_line(frame);
}

static void take_bits(const uint8_t *data, size_t size)
{
    struct hdlc hdlc;
    struct ax25 frame;
    size_t got;
    hdlc_init(&hdlc);
    for (size_t i = 0; i < size * 8; i++)
        if (hdlc_take(&hdlc, &got, (data[i / 8] >> i % 8 & 1) != 0) &&
            ax25_decode(&frame, hdlc.bytes, got) == ERR_OK)
            check_frame(NULL, &frame);
}

/* Addresses as they come, the rest as text: a check sequence is seldom met by chance. */
static void take_text(const uint8_t *data, size_t size)
{
    struct ax25 frame = {.source = "N0CALL", .destination = "APZDBL"};
    frame.text_size = size < AX25_TEXT_MAX ? size : AX25_TEXT_MAX;
    memcpy(frame.text, data, frame.text_size);
    check_frame(NULL, &frame);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct afsk_rx *rx = afsk_rx_new(check_frame, NULL);
    struct ax25 frame;
    for (size_t i = 0; i + 1 < size; i += 2) {
        int16_t sample = (int16_t)(data[i] | data[i + 1] << 8);
        afsk_rx_take(rx, &sample, 1);
    }
    afsk_rx_free(rx);
    take_bits(data, size);
    take_text(data, size);
    if (ax25_decode(&frame, data, size) == ERR_OK)
        check_frame(NULL, &frame);
    return 0;
}
