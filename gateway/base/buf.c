#include "gateway/base/buf.h"

#include <string.h>

void buf_out_init(struct buf_out *out, uint8_t *data, size_t size)
{
    *out = (struct buf_out){.size = size, .err = ERR_OK};
    out->data = data;
}

static uint8_t *reserve(struct buf_out *out, size_t size)
{
    if (out->err != ERR_OK)
        return NULL;
    if (size > out->size - out->used) {
        out->err = ERR_LONG;
        return NULL;
    }
    uint8_t *at = out->data + out->used;
    out->used += size;
    return at;
}

static void put_number(struct buf_out *out, uint64_t value, size_t size)
{
    uint8_t *at = reserve(out, size);
    if (at == NULL)
        return;
    for (size_t i = size; i-- > 0; value >>= 8)
        at[i] = (uint8_t)(value & 0xff);
}

void buf_put_u8(struct buf_out *out, uint8_t value)
{
    put_number(out, value, 1);
}

void buf_put_u16(struct buf_out *out, uint16_t value)
{
    put_number(out, value, 2);
}

void buf_put_u24(struct buf_out *out, uint32_t value)
{
    put_number(out, value, 3);
}

void buf_put_u32(struct buf_out *out, uint32_t value)
{
    put_number(out, value, 4);
}

void buf_put_u64(struct buf_out *out, uint64_t value)
{
    put_number(out, value, 8);
}

void buf_put_bytes(struct buf_out *out, const void *bytes, size_t size)
{
    uint8_t *at = reserve(out, size);
    if (at != NULL && size > 0)
        memcpy(at, bytes, size);
}

void buf_put_zeros(struct buf_out *out, size_t size)
{
    uint8_t *at = reserve(out, size);
    if (at != NULL && size > 0)
        memset(at, 0, size);
}

void buf_put_string(struct buf_out *out, const char *text)
{
    size_t size = strlen(text);
    if (size > UINT16_MAX) {
        out->err = ERR_LONG;
        return;
    }
    buf_put_u16(out, (uint16_t)size);
    buf_put_bytes(out, text, size);
}

void buf_in_init(struct buf_in *in, const uint8_t *data, size_t size)
{
    *in = (struct buf_in){.data = data, .size = size, .err = ERR_OK};
}

const uint8_t *buf_get_view(struct buf_in *in, size_t size)
{
    if (in->err != ERR_OK)
        return NULL;
    if (size > in->size - in->at) {
        in->err = ERR_SHORT;
        return NULL;
    }
    const uint8_t *at = in->data + in->at;
    in->at += size;
    return at;
}

static uint64_t get_number(struct buf_in *in, size_t size)
{
    const uint8_t *at = buf_get_view(in, size);
    uint64_t value = 0;
    if (at != NULL)
        for (size_t i = 0; i < size; i++)
            value = value << 8 | at[i];
    return value;
}

uint8_t buf_get_u8(struct buf_in *in)
{
    return (uint8_t)get_number(in, 1);
}

uint16_t buf_get_u16(struct buf_in *in)
{
    return (uint16_t)get_number(in, 2);
}

uint32_t buf_get_u24(struct buf_in *in)
{
    return (uint32_t)get_number(in, 3);
}

uint32_t buf_get_u32(struct buf_in *in)
{
    return (uint32_t)get_number(in, 4);
}

uint64_t buf_get_u64(struct buf_in *in)
{
    return get_number(in, 8);
}

void buf_get_bytes(struct buf_in *in, void *bytes, size_t size)
{
    const uint8_t *at = buf_get_view(in, size);
    if (size == 0)
        return;
    if (at != NULL)
        memcpy(bytes, at, size);
    else
        memset(bytes, 0, size);
}

void buf_get_string(struct buf_in *in, char *text, size_t text_size)
{
    size_t size = buf_get_u16(in);
    text[0] = '\0';
    if (in->err == ERR_OK && size >= text_size)
        in->err = ERR_LONG;
    const uint8_t *at = buf_get_view(in, size);
    if (at == NULL)
        return;
    if (size > 0 && memchr(at, 0, size) != NULL) {
        in->err = ERR_TEXT;
        return;
    }
    memcpy(text, at, size);
    text[size] = '\0';
}

size_t buf_left(const struct buf_in *in)
{
    return in->err == ERR_OK ? in->size - in->at : 0;
}

enum err buf_in_end(const struct buf_in *in)
{
    if (in->err != ERR_OK)
        return in->err;
    return in->at == in->size ? ERR_OK : ERR_FORMAT;
}
