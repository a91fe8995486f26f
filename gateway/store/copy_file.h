/* copy_file: where a copy of the store lies until dabylctl has encrypted it, or put it in the place of a store.
 */
#ifndef GATEWAY_STORE_COPY_FILE_H
#define GATEWAY_STORE_COPY_FILE_H

#define COPY_FILE_NAME "copy.db" /* in the state folder; whoever has read it removes it */

/* Removes it, and what a crash has left of one. */
void copy_file_remove(const char *folder);

#endif
