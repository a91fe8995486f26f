/* out: a text that grows: log lines, answers of the control socket, answers of a modem.
 * All functions keep `data` ended by a NUL that `length` does not count. When memory ends the program
 * says so and exits: an emulator has nothing to rescue.
 */
#ifndef TESTS_FAKES_MODEMSIM_OUT_H
#define TESTS_FAKES_MODEMSIM_OUT_H

#include <stddef.h>
#include <stdint.h>

struct out {
    char *data;    /* heap, owned; NULL before the first byte */
    size_t length; /* bytes, without the NUL */
    size_t size;   /* bytes allocated */
};

void out_clear(struct out *out);
/* Frees the memory; the value may be used again. */
void out_wipe(struct out *out);
void out_bytes(struct out *out, const void *bytes, size_t length);
void out_text(struct out *out, const char *text);
void out_print(struct out *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Upper-case hexadecimal digits, two a byte. */
void out_hex(struct out *out, const uint8_t *bytes, size_t length);
/* A quoted JSON string (RFC 8259 section 7); bytes that are not UTF-8 become U+FFFD. */
void out_json(struct out *out, const char *utf8);
/* One code point as UTF-8; surrogates and what lies beyond U+10FFFF become U+FFFD. */
void out_code_point(struct out *out, uint32_t code);

/* What malloc gives, or the end of the program. */
void *out_of_heap(size_t size);
/* A copy on the heap; the caller frees it. */
char *out_copy(const char *text);

#endif
