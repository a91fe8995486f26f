/* own_names: by what names and addresses this machine may be reached: for the newsroom's certificate and Host.
 */
#ifndef GATEWAY_PARENT_OWN_NAMES_H
#define GATEWAY_PARENT_OWN_NAMES_H

#include <stddef.h>

/* Appends to text, blanks between, as many as fit: what leads to the address that is listened on, if it is one (localhost for
 * loopback), so that it comes before names that lead elsewhere; the addresses of interfaces that are up, but for loopback and link-local
 * ones; then the machine's name and NAME.local. */
void own_names_append(char *text, size_t size, const char *listen);

#endif
