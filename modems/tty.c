#include "modems/tty.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <termios.h>
#include <unistd.h>

static int set_raw(int fd)
{
    struct termios settings;
    if (tcgetattr(fd, &settings) != 0)
        return -1;
    cfmakeraw(&settings);
    settings.c_cflag |= CLOCAL | CREAD;
    settings.c_cflag &= ~(tcflag_t)(CRTSCTS | HUPCL);
    settings.c_cc[VMIN] = 1;
    settings.c_cc[VTIME] = 0;
    (void)cfsetispeed(&settings, B115200);
    (void)cfsetospeed(&settings, B115200);
    return tcsetattr(fd, TCSANOW, &settings);
}

static enum err open_error(int number)
{
    if (number == ENODEV || number == ENXIO || number == ENOTDIR)
        return ERR_MISSING;
    return number == EBUSY ? ERR_BUSY : err_from_errno(number);
}

/* A socket's name in the kernel is free again when its holder ends, however it ends. */
enum err tty_claim(int *claim, const char *path)
{
    struct stat is;
    struct sockaddr_un name = {.sun_family = AF_UNIX};
    *claim = -1;
    if (stat(path, &is) != 0)
        return open_error(errno);
    if (!S_ISCHR(is.st_mode))
        return ERR_DEVICE;
    int size = snprintf(name.sun_path + 1, sizeof name.sun_path - 1, "dabyl-modem %llx %llx",
        (unsigned long long)is.st_rdev, (unsigned long long)is.st_ino);
    *claim = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (*claim < 0)
        return err_from_errno(errno);
    if (bind(*claim, (const struct sockaddr *)&name,
            (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + (size_t)size)) == 0)
        return ERR_OK;
    enum err err = errno == EADDRINUSE ? ERR_BUSY : err_from_errno(errno);
    close(*claim);
    *claim = -1;
    return err;
}

/* Locked before anything is changed: another process may be speaking to the modem. */
static enum err take(int fd)
{
    if (!isatty(fd))
        return ERR_DEVICE;
    if (flock(fd, LOCK_EX | LOCK_NB) != 0)
        return errno == EWOULDBLOCK ? ERR_BUSY : err_from_errno(errno);
    if (set_raw(fd) != 0)
        return ERR_DEVICE;
    (void)ioctl(fd, TIOCEXCL);
    (void)tcflush(fd, TCIOFLUSH);
    return ERR_OK;
}

enum err tty_open(int *fd, const char *path)
{
    *fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (*fd < 0)
        return open_error(errno);
    enum err err = take(*fd);
    if (err != ERR_OK) {
        close(*fd);
        *fd = -1;
    }
    return err;
}

void tty_discard(int fd)
{
    (void)tcflush(fd, TCOFLUSH);
}

static enum err open_slave(struct tty_pair *pair)
{
    if (grantpt(pair->master) != 0 || unlockpt(pair->master) != 0 ||
        ptsname_r(pair->master, pair->path, sizeof pair->path) != 0)
        return err_from_errno(errno);
    pair->slave = open(pair->path, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (pair->slave < 0 || set_raw(pair->slave) != 0)
        return err_from_errno(errno);
    return ERR_OK;
}

enum err tty_pair_open(struct tty_pair *pair)
{
    *pair = (struct tty_pair){.master = -1, .slave = -1};
    pair->master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    if (pair->master < 0)
        return err_from_errno(errno);
    enum err err = open_slave(pair);
    if (err != ERR_OK)
        tty_pair_close(pair);
    return err;
}

void tty_pair_close(struct tty_pair *pair)
{
    if (pair->slave >= 0)
        close(pair->slave);
    if (pair->master >= 0)
        close(pair->master);
    pair->slave = pair->master = -1;
}
