/* folders: what roles keep inside the state folder. They are made before a role starts: a sandbox leaves only what is there when it
 * is entered.
 */
#ifndef GATEWAY_PARENT_FOLDERS_H
#define GATEWAY_PARENT_FOLDERS_H

#include "gateway/base/conf.h"

#define FOLDERS_PATH_MAX 4096

/* Mode 0700; nothing if it is there. A failure is logged. */
void folders_make(const char *path);
/* Where the newsroom keeps its editors' recordings, and the radio finds them. ERR_LONG. */
ERR_CHECKED enum err folders_make_readings(char path[FOLDERS_PATH_MAX], const struct conf *conf);
/* Where the radio keeps its station's key (audio/station.h). ERR_LONG. */
ERR_CHECKED enum err folders_make_station(char path[FOLDERS_PATH_MAX], const struct conf *conf);

#endif
