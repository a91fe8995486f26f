#include "audio/speech.h"

#include "audio/shape.h"
#include "gateway/base/clock.h"

#include <errno.h>
#include <espeak-ng/speak_lib.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* klatt2 is the formant variant that comes best through 700D's vocoder. */
static const char *const voices[BULLETIN_LANGUAGE_COUNT] = {
    [BULLETIN_KK] = "kk+klatt2", [BULLETIN_RU] = "ru+klatt2", [BULLETIN_EN] = "en+klatt2"};

/* What the child's exit code says. */
enum { EXIT_SPOKEN, EXIT_NO_ENGINE, EXIT_NO_VOICE, EXIT_NOT_SPOKEN };

/* Called by espeak-ng with each block, not const; user_data of its events is the pipe's descriptor. */
// NOLINTNEXTLINE(readability-non-const-parameter): the library's type of a callback
static int write_block(short *samples, int count, espeak_EVENT *events)
{
    const char *at = (const char *)samples;
    size_t left = samples && count > 0 ? (size_t)count * sizeof(*samples) : 0;
    int fd = *(const int *)events->user_data;

    while (left > 0) {
        ssize_t n = write(fd, at, left);

        if (n < 0 && errno != EINTR)
            return 1;
        if (n > 0) {
            at += n;
            left -= (size_t)n;
        }
    }
    return 0;
}

/* The engine looks for a sound device, which it does not need, and says at length that it finds none. */
static void be_silent(void)
{
    int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nothing >= 0)
        (void)dup2(nothing, STDERR_FILENO);
}

_Noreturn static void speak(int fd, const char *text, enum bulletin_language language)
{
    (void)signal(SIGALRM, SIG_DFL);
    (void)signal(SIGTERM, SIG_DFL);
    alarm(SPEECH_DEADLINE_S);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    be_silent();
    if (espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, NULL, espeakINITIALIZE_DONT_EXIT) !=
        SPEECH_RATE_HZ)
        _exit(EXIT_NO_ENGINE);
    espeak_SetSynthCallback(write_block);
    if (espeak_SetVoiceByName(voices[language]) != EE_OK ||
        espeak_SetParameter(espeakRATE, SPEECH_WORDS_PER_MINUTE, 0) != EE_OK)
        _exit(EXIT_NO_VOICE);
    if (espeak_Synth(text, strlen(text) + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8 | espeakENDPAUSE,
            NULL, &fd) != EE_OK)
        _exit(EXIT_NOT_SPOKEN);
    _exit(EXIT_SPOKEN);
}

/* Reads the next bytes, at most until deadline_ms of the boot clock. *count 0: the end. */
static enum err read_some(void *bytes, size_t *count, size_t room, int fd, int64_t deadline_ms)
{
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    int64_t left_ms = deadline_ms - clock_boot_ms();
    int n = left_ms > 0 ? poll(&ready, 1, (int)left_ms) : 0;
    ssize_t got = 0;

    *count = 0;
    if (n == 0)
        return ERR_TIMEOUT;
    if (n > 0)
        got = read(fd, bytes, room);
    if (n < 0 || got < 0)
        return errno == EINTR ? ERR_BUSY : ERR_SYSTEM;
    *count = (size_t)got;
    return ERR_OK;
}

static enum err collect(struct pcm *pcm, int fd)
{
    int16_t block[8192];
    size_t held = 0; /* bytes in block: an odd one waits for its other half */
    int64_t deadline_ms = clock_boot_ms() + (int64_t)SPEECH_DEADLINE_S * 1000;

    for (;;) {
        size_t got;
        enum err err = read_some((char *)block + held, &got, sizeof(block) - held, fd, deadline_ms);

        if (err == ERR_BUSY)
            continue;
        if (err || got == 0)
            return err;
        held += got;
        pcm_append(pcm, block, held / sizeof(*block));
        memmove(block, (char *)block + held / 2 * 2, held % 2);
        held %= 2;
        if (pcm->count > (size_t)SPEECH_SECONDS_MAX * SPEECH_RATE_HZ)
            return ERR_LONG;
    }
}

/* Ends the child whatever it does, and says how it went. */
static enum err reap(pid_t child, enum err err)
{
    int status = 0;

    if (err)
        kill(child, SIGKILL);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    if (err)
        return err;
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
        return ERR_TIMEOUT;
    return WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SPOKEN ? ERR_OK : ERR_DEVICE;
}

static enum err synthesise(struct pcm *pcm, const char *text, enum bulletin_language language)
{
    int fds[2];
    pid_t child;
    enum err err;

    if (pipe2(fds, O_CLOEXEC))
        return ERR_SYSTEM;
    child = fork();
    if (child == 0)
        speak(fds[1], text, language);
    close(fds[1]);
    err = child < 0 ? ERR_SYSTEM : reap(child, collect(pcm, fds[0]));
    close(fds[0]);
    return err;
}

enum err speech_say(
    struct pcm *pcm, const char *text, enum bulletin_language language, unsigned rate_hz)
{
    struct pcm raw;
    enum err err;

    pcm_init(pcm, rate_hz);
    pcm_init(&raw, SPEECH_RATE_HZ);
    err = synthesise(&raw, text, language);
    if (!err) {
        shape_band(&raw, SPEECH_BAND_LOW_HZ, SPEECH_BAND_HIGH_HZ);
        err = pcm_resample(pcm, &raw, rate_hz);
    }
    if (!err)
        shape_peak(pcm, SHAPE_MINUS_3_DBFS);
    pcm_wipe(&raw);
    return err;
}
