#include "audio/keyer_line.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

void keyer_line_init(struct keyer_hold *hold, const struct keyer_config *config)
{
    *hold = (struct keyer_hold){.config = config, .tty = -1};
}

void keyer_line_close(struct keyer_hold *hold)
{
    rig_close(hold->rig);
    hold->rig = NULL;
    if (hold->tty >= 0)
        close(hold->tty);
    hold->tty = -1;
}

static enum err set_none(struct keyer_hold *hold, bool on)
{
    (void)hold;
    (void)on;
    return ERR_OK;
}

/* The kernel raises both lines when a tty is opened: both are lowered at once, and fall by themselves when it is closed. */
static enum err open_tty(struct keyer_hold *hold)
{
    const int both = TIOCM_RTS | TIOCM_DTR;
    struct termios settings;
    int fd = open(hold->config->device, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);

    if (fd < 0)
        return ERR_DEVICE;
    hold->tty = fd;
    if (ioctl(fd, TIOCMBIC, &both) || tcgetattr(fd, &settings))
        return ERR_DEVICE;
    cfmakeraw(&settings);
    settings.c_cflag = (settings.c_cflag & ~(tcflag_t)CRTSCTS) | HUPCL | CLOCAL;
    if (tcsetattr(fd, TCSANOW, &settings) || ioctl(fd, TIOCMBIC, &both))
        return ERR_DEVICE;
    return ERR_OK;
}

static enum err set_tty(struct keyer_hold *hold, bool on, int bit)
{
    enum err err = hold->tty < 0 ? open_tty(hold) : ERR_OK;
    int now;

    if (err)
        return err;
    if (ioctl(hold->tty, on ? TIOCMBIS : TIOCMBIC, &bit) || ioctl(hold->tty, TIOCMGET, &now))
        return ERR_DEVICE;
    return ((now & bit) != 0) == on ? ERR_OK : ERR_DEVICE;
}

static enum err set_rts(struct keyer_hold *hold, bool on)
{
    return set_tty(hold, on, TIOCM_RTS);
}

static enum err set_dtr(struct keyer_hold *hold, bool on)
{
    return set_tty(hold, on, TIOCM_DTR);
}

static enum err need_rig(struct keyer_hold *hold)
{
    return hold->rig ? ERR_OK : rig_open(&hold->rig, hold->config->rig);
}

static enum err set_rig(struct keyer_hold *hold, bool on)
{
    enum err err = need_rig(hold);

    return err ? err : rig_key(hold->rig, on);
}

static enum err (*const setters[KEYER_LINE_COUNT])(struct keyer_hold *hold, bool on) = {
    [KEYER_NONE] = set_none,
    [KEYER_RTS] = set_rts,
    [KEYER_DTR] = set_dtr,
    [KEYER_RIGCTLD] = set_rig,
};

enum err keyer_line_set(struct keyer_hold *hold, bool on)
{
    enum err err = setters[hold->config->line](hold, on);

    if (err)
        keyer_line_close(hold);
    return err;
}

enum err keyer_line_tune(struct keyer_hold *hold, uint32_t hz, const char mode[RIG_MODE_SIZE])
{
    enum err err;

    if (hold->config->rig[0] == '\0')
        return ERR_OK;
    err = need_rig(hold);
    if (!err)
        err = rig_tune(hold->rig, hz, mode);
    if (err) {
        rig_close(hold->rig);
        hold->rig = NULL;
    }
    return err;
}
