/* Any 126 bytes: what decodes must encode to the same bytes. */
#include "audio/frame.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t bytes[FRAME_SIZE] = {0}, again[FRAME_SIZE];
    struct frame frame;
    memcpy(bytes, data, size < FRAME_SIZE ? size : FRAME_SIZE);
    if (frame_decode(&frame, bytes))
        return 0;
    if (frame_encode(again, &frame) || memcmp(bytes, again, FRAME_SIZE) != 0)
        abort();
    return 0;
}
