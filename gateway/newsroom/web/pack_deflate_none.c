/* Stands in for pack_deflate.c where there is no zlib: a bulletin of text model 2 cannot be read in a browser, and none is
 * made there. */
#include "gateway/bulletin/pack_deflate.h"

enum err pack_deflate_encode(struct buf_out *out, const uint8_t *text, size_t size)
{
    (void)out;
    (void)text;
    (void)size;
    return ERR_VERSION;
}

enum err pack_deflate_decode(struct buf_out *out, const uint8_t *bytes, size_t size)
{
    (void)out;
    (void)bytes;
    (void)size;
    return ERR_VERSION;
}
