/* rx_screen: the terminal that people watch: its size, and writing over it in place.
 */
#ifndef AUDIO_RX_SCREEN_H
#define AUDIO_RX_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

/* Is standard output a terminal on which the cursor can be moved? */
bool rx_screen_there(void);
/* Clears it and hides the cursor. */
void rx_screen_open(void);
/* Its size now; 24 rows of 80 columns if it does not say. */
void rx_screen_size(unsigned *rows, unsigned *columns);
/* False if it can no longer be written to. Blocks as the terminal does. */
bool rx_screen_write(const char *screen, size_t size);
/* Clears it and shows the cursor. */
void rx_screen_close(void);

#endif
