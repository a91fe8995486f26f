/* pack_deflate: text model 2 (pack.h): raw deflate of UTF-8. The seam to zlib. A build without zlib takes another file with
 * these functions (gateway/newsroom/web/pack_deflate_none.c) and cannot read the model.
 */
#ifndef GATEWAY_BULLETIN_PACK_DEFLATE_H
#define GATEWAY_BULLETIN_PACK_DEFLATE_H

#include "gateway/base/buf.h"

/* Append to out, which has at most PACK_TEXT_MAX bytes of room. ERR_LONG, ERR_FORMAT, ERR_SYSTEM for no memory; ERR_VERSION
 * in a build without zlib. */
ERR_CHECKED enum err pack_deflate_encode(struct buf_out *out, const uint8_t *text, size_t size);
ERR_CHECKED enum err pack_deflate_decode(struct buf_out *out, const uint8_t *bytes, size_t size);

#endif
