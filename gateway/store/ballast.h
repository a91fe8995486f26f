/* ballast: room kept on the disk for the day when it is full. FOLDER/ballast is a file of real blocks; when the free room
 * falls to the low mark it is removed: what is under way goes on in its room and nothing new is taken in, until somebody
 * makes room; then the ballast is laid again.
 */
#ifndef GATEWAY_STORE_BALLAST_H
#define GATEWAY_STORE_BALLAST_H

#include <stdint.h>

#define BALLAST_BYTES (64LL << 20) /* the usual size */

enum ballast_room {
    BALLAST_PLENTY, /* all goes on */
    BALLAST_LOW,    /* refuse what is new, go on sending */
    BALLAST_NONE    /* not even what is under way can be recorded: send nothing */
};

struct ballast {
    const char *folder; /* outlives it */
    int64_t bytes;
    enum ballast_room room;
};

/* Lays the ballast if there is room for it. bytes 0: no ballast, but the marks hold all the same. */
void ballast_init(struct ballast *ballast, const char *folder, int64_t bytes);
/* Looks at the disk, lays or releases the ballast and says how it is. Cheap: a system call when nothing changes. */
enum ballast_room ballast_check(struct ballast *ballast);

#endif
