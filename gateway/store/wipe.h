/* wipe: a state folder is destroyed: the site key first, so that from then on no number can be read, then everything else.
 */
#ifndef GATEWAY_STORE_WIPE_H
#define GATEWAY_STORE_WIPE_H

#include "gateway/base/err.h"

/* Overwrites, syncs and removes FOLDER/site.key; then removes what is in the folder and in folders in it, and syncs. What does
 * not go does not stop it: the first such error is returned. ERR_MISSING if there is no site key. On flash the old blocks
 * of the key may outlive the overwriting: only an encrypted disk helps there. */
ERR_CHECKED enum err wipe_folder(const char *folder);

#endif
