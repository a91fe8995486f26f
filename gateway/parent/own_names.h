/* own_names: by what names and addresses this machine may be reached: for the newsroom's certificate and Host.
 */
#ifndef GATEWAY_PARENT_OWN_NAMES_H
#define GATEWAY_PARENT_OWN_NAMES_H

#include <stddef.h>

/* The machine's name, NAME.local, and the addresses of its interfaces that are up but for loopback and link-local ones, appended to text,
 * a blank before each, as many as fit. */
void own_names_append(char *text, size_t size);

#endif
