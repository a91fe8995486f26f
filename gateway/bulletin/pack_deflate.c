#include "gateway/bulletin/pack_deflate.h"

#include "gateway/bulletin/pack.h"

#define ZLIB_CONST
#include <zlib.h>

#define RAW_DEFLATE (-MAX_WBITS) /* zlib's way to say RFC 1951 without its own header */
#define DEFLATE_GROWTH                                                                             \
    64 /* zlib wants room past the end, and stored blocks cost 5 bytes per 16 KB */

/* zlib keeps its state on the heap: 270 KB while it packs, 40 KB while it unpacks. */
enum err pack_deflate_encode(struct buf_out *out, const uint8_t *text, size_t size)
{
    uint8_t deflated[PACK_TEXT_MAX + DEFLATE_GROWTH];
    z_stream stream = {0};
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, RAW_DEFLATE, MAX_MEM_LEVEL,
            Z_DEFAULT_STRATEGY) != Z_OK)
        return ERR_SYSTEM;
    stream.next_in = text;
    stream.avail_in = (uInt)size;
    stream.next_out = deflated;
    stream.avail_out = sizeof deflated;
    int result = deflate(&stream, Z_FINISH);
    (void)deflateEnd(&stream);
    if (result != Z_STREAM_END)
        return ERR_LONG;
    buf_put_bytes(out, deflated, stream.total_out);
    return out->err;
}

enum err pack_deflate_decode(struct buf_out *out, const uint8_t *bytes, size_t size)
{
    z_stream stream = {0};
    if (inflateInit2(&stream, RAW_DEFLATE) != Z_OK)
        return ERR_SYSTEM;
    stream.next_in = bytes;
    stream.avail_in = (uInt)size;
    stream.next_out = out->data + out->used;
    stream.avail_out = (uInt)(out->size - out->used);
    int result = inflate(&stream, Z_FINISH);
    out->used += stream.total_out;
    int left_over = stream.avail_in > 0;
    int full = stream.avail_out == 0;
    (void)inflateEnd(&stream);
    if (result == Z_STREAM_END && !left_over)
        return ERR_OK;
    return result == Z_BUF_ERROR && full ? ERR_LONG : ERR_FORMAT;
}
