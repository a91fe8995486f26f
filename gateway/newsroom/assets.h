/* assets: the page's files: gzipped within the program (embed makes them), or read from a folder while the page is being
 * made. Everything that is no file of the page is answered by index.html if it looks like one of its addresses.
 */
#ifndef GATEWAY_NEWSROOM_ASSETS_H
#define GATEWAY_NEWSROOM_ASSETS_H

#include "gateway/newsroom/routes.h"

#include <stddef.h>
#include <stdint.h>

/* One file, as the assembler has laid it down. */
struct assets_file {
    const char *path; /* "/app.js"; NULL ends the list */
    const char *etag; /* of the whole file, quoted */
    const uint8_t *bytes;
    const uint8_t *end;
};

struct assets;

/* folder: files are read from there at each request, uncompressed; NULL: the embedded ones. */
struct assets *assets_new(const char *folder);
/* The route of a file, or NULL if there is none of that path. */
const struct route *assets_find(const struct assets *assets, const char *path);
/* The type of a file by the end of its name; static. */
const char *assets_type(const char *path);

#endif
