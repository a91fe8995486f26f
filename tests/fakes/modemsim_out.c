#include "tests/fakes/modemsim_out.h"

#include "tests/fakes/modemsim_gsm.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OUT_FIRST_SIZE 256

static void out_die(void)
{
    fputs("dabyl-modemsim: out of memory\n", stderr);
    exit(71);
}

void *out_of_heap(size_t size)
{
    void *memory = malloc(size ? size : 1);
    if (!memory)
        out_die();
    return memory;
}

char *out_copy(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = out_of_heap(size);
    memcpy(copy, text, size);
    return copy;
}

static void out_reserve(struct out *out, size_t more)
{
    if (out->length + more < out->size)
        return;
    size_t size = out->size ? out->size : OUT_FIRST_SIZE;
    while (size <= out->length + more)
        size *= 2;
    char *data = realloc(out->data, size);
    if (!data)
        out_die();
    out->data = data;
    out->size = size;
}

void out_clear(struct out *out)
{
    out_reserve(out, 1);
    out->length = 0;
    out->data[0] = 0;
}

void out_wipe(struct out *out)
{
    free(out->data);
    *out = (struct out){0};
}

void out_bytes(struct out *out, const void *bytes, size_t length)
{
    out_reserve(out, length + 1);
    if (length)
        memcpy(out->data + out->length, bytes, length);
    out->length += length;
    out->data[out->length] = 0;
}

void out_text(struct out *out, const char *text)
{
    out_bytes(out, text, strlen(text));
}

void out_print(struct out *out, const char *format, ...)
{
    va_list list, again;
    va_start(list, format);
    va_copy(again, list);
    int length = vsnprintf(NULL, 0, format, list);
    va_end(list);
    if (length > 0) {
        out_reserve(out, (size_t)length + 1);
        vsnprintf(out->data + out->length, (size_t)length + 1, format, again);
        out->length += (size_t)length;
    }
    va_end(again);
}

void out_hex(struct out *out, const uint8_t *bytes, size_t length)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < length; i++) {
        char pair[2] = {digits[bytes[i] >> 4], digits[bytes[i] & 15]};
        out_bytes(out, pair, 2);
    }
}

void out_code_point(struct out *out, uint32_t code)
{
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        code = GSM_REPLACEMENT;
    uint8_t b[4];
    size_t n = 0;
    if (code < 0x80) {
        b[n++] = (uint8_t)code;
    } else if (code < 0x800) {
        b[n++] = (uint8_t)(0xC0 | code >> 6);
        b[n++] = (uint8_t)(0x80 | (code & 63));
    } else if (code < 0x10000) {
        b[n++] = (uint8_t)(0xE0 | code >> 12);
        b[n++] = (uint8_t)(0x80 | (code >> 6 & 63));
        b[n++] = (uint8_t)(0x80 | (code & 63));
    } else {
        b[n++] = (uint8_t)(0xF0 | code >> 18);
        b[n++] = (uint8_t)(0x80 | (code >> 12 & 63));
        b[n++] = (uint8_t)(0x80 | (code >> 6 & 63));
        b[n++] = (uint8_t)(0x80 | (code & 63));
    }
    out_bytes(out, b, n);
}

void out_json(struct out *out, const char *utf8)
{
    out_text(out, "\"");
    for (const char *p = utf8; *p;) {
        uint32_t code = gsm_utf8_next(&p);
        if (code == '"' || code == '\\')
            out_print(out, "\\%c", (char)code);
        else if (code == '\n')
            out_text(out, "\\n");
        else if (code < 0x20 || code == 0x7F)
            out_print(out, "\\u%04x", code);
        else
            out_code_point(out, code);
    }
    out_text(out, "\"");
}
