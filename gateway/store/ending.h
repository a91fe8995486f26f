/* ending: how the run before this one ended. FOLDER/running holds the kernel's boot id while a store is open and is removed when it
 * is closed; so a start can tell a process that was killed, whose writes the kernel has kept, from a machine that was cut
 * off, and from a disk that failed.
 */
#ifndef GATEWAY_STORE_ENDING_H
#define GATEWAY_STORE_ENDING_H

#include "gateway/base/err.h"

enum ending {
    ENDING_CLEAN,  /* it was closed, or there was none */
    ENDING_KILLED, /* the process ended, the machine has been up since: what it wrote is there */
    ENDING_CUT,    /* the machine went down, or what stands in the file can't be read */
    ENDING_DAMAGED /* SQLite or the disk had reported an error */
};

enum ending ending_read(const char *folder);
/* From now on the store is open; on disk when it returns. ERR_DENIED, ERR_FULL, ERR_LONG, ERR_SYSTEM. */
ERR_CHECKED enum err ending_mark(const char *folder);
/* The disk or SQLite has failed: the next start looks at everything. As far as it can be written. */
void ending_mark_damage(const char *folder);
/* It was closed in order. */
void ending_clear(const char *folder);
/* "clean", "killed", "cut", "damaged". */
const char *ending_name(enum ending ending);

#endif
