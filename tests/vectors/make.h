/* make: writes the test vectors, from fixed seeds, always the same bytes.
 */
#ifndef TESTS_VECTORS_MAKE_H
#define TESTS_VECTORS_MAKE_H

#include <stddef.h>
#include <stdint.h>

#define VECTORS_PATH_MAX 64

/* Gets one file of the vectors; path is relative to tests/vectors. */
typedef void vectors_handler(void *arg, const char *path, const uint8_t *bytes, size_t size);

/* Makes every file in a fixed order. Ends the process (abort) if our own code refuses what it should make. */
void vectors_make(vectors_handler *handler, void *arg);

#endif
