/* buf: read and write bounded bytes. Numbers are big-endian. The first error sticks: later calls do nothing
 * (reads give zeros), so that a codec is a list of puts or gets and one check at its end.
 * Neither type owns its bytes.
 */
#ifndef GATEWAY_BASE_BUF_H
#define GATEWAY_BASE_BUF_H

#include "gateway/base/err.h"

#include <stddef.h>
#include <stdint.h>

/* Bytes to be written: data[0..size) is room, used bytes are filled. */
struct buf_out {
    uint8_t *data;
    size_t size;
    size_t used;
    enum err err; /* ERR_OK, or ERR_LONG once something did not fit */
};

/* Bytes to be read: data[at..size) is left. */
struct buf_in {
    const uint8_t *data;
    size_t size;
    size_t at;
    enum err err; /* ERR_OK, or the first error */
};

void buf_out_init(struct buf_out *out, uint8_t *data, size_t size);
void buf_put_u8(struct buf_out *out, uint8_t value);
void buf_put_u16(struct buf_out *out, uint16_t value);
void buf_put_u24(struct buf_out *out, uint32_t value); /* the low 24 bits */
void buf_put_u32(struct buf_out *out, uint32_t value);
void buf_put_u64(struct buf_out *out, uint64_t value);
void buf_put_bytes(struct buf_out *out, const void *bytes, size_t size);
void buf_put_zeros(struct buf_out *out, size_t size);
/* u16 length, then that many bytes. */
void buf_put_string(struct buf_out *out, const char *text);

void buf_in_init(struct buf_in *in, const uint8_t *data, size_t size);
uint8_t buf_get_u8(struct buf_in *in);
uint16_t buf_get_u16(struct buf_in *in);
uint32_t buf_get_u24(struct buf_in *in);
uint32_t buf_get_u32(struct buf_in *in);
uint64_t buf_get_u64(struct buf_in *in);
/* Copies size bytes out; zeros on error. */
void buf_get_bytes(struct buf_in *in, void *bytes, size_t size);
/* The next size bytes in place, or NULL on error; they live as long as the data. */
const uint8_t *buf_get_view(struct buf_in *in, size_t size);
/* Reads what buf_put_string wrote into text[text_size], always terminated; ERR_LONG if it does not fit,
 * ERR_TEXT if it holds a NUL byte. */
void buf_get_string(struct buf_in *in, char *text, size_t text_size);
size_t buf_left(const struct buf_in *in);
/* The result of a whole read: the first error, or ERR_FORMAT if bytes are left over. */
ERR_CHECKED enum err buf_in_end(const struct buf_in *in);

#endif
