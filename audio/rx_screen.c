#include "audio/rx_screen.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define ROWS_USUAL 24
#define COLUMNS_USUAL 80
#define OPEN "\x1b[?25l\x1b[H\x1b[2J"
#define CLOSE "\x1b[H\x1b[2J\x1b[?25h"

bool rx_screen_there(void)
{
    const char *kind = getenv("TERM");
    return isatty(STDOUT_FILENO) && kind && *kind && strcmp(kind, "dumb") != 0;
}

void rx_screen_size(unsigned *rows, unsigned *columns)
{
    struct winsize size = {0};
    (void)ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
    *rows = size.ws_row ? size.ws_row : ROWS_USUAL;
    *columns = size.ws_col ? size.ws_col : COLUMNS_USUAL;
}

bool rx_screen_write(const char *screen, size_t size)
{
    while (size > 0) {
        ssize_t done = write(STDOUT_FILENO, screen, size);
        if (done < 0 && errno != EINTR)
            return false;
        screen += done > 0 ? done : 0;
        size -= done > 0 ? (size_t)done : 0;
    }
    return true;
}

void rx_screen_open(void)
{
    (void)rx_screen_write(OPEN, sizeof OPEN - 1);
}

void rx_screen_close(void)
{
    (void)rx_screen_write(CLOSE, sizeof CLOSE - 1);
}
