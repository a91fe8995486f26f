/* unplugged: preloaded, or part of a test, it takes sound cards away: while the file that CARD_GONE names is there, libasound's reads
 * and writes fail as they do when a card is pulled out, and none can be opened to play. Everything else stays the library's own.
 */
#include <alsa/asoundlib.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static int is_gone(void)
{
    return access(getenv("CARD_GONE"), F_OK) == 0;
}

snd_pcm_sframes_t snd_pcm_readi(snd_pcm_t *pcm, void *buffer, snd_pcm_uframes_t size)
{
    snd_pcm_sframes_t (*real)(snd_pcm_t *, void *, snd_pcm_uframes_t);
    *(void **)&real = dlsym(RTLD_NEXT, "snd_pcm_readi");
    return is_gone() ? -ENODEV : real(pcm, buffer, size);
}

snd_pcm_sframes_t snd_pcm_writei(snd_pcm_t *pcm, const void *buffer, snd_pcm_uframes_t size)
{
    snd_pcm_sframes_t (*real)(snd_pcm_t *, const void *, snd_pcm_uframes_t);
    *(void **)&real = dlsym(RTLD_NEXT, "snd_pcm_writei");
    return is_gone() ? -ENODEV : real(pcm, buffer, size);
}

int snd_pcm_open(snd_pcm_t **pcm, const char *name, snd_pcm_stream_t stream, int mode)
{
    int (*real)(snd_pcm_t **, const char *, snd_pcm_stream_t, int);
    *(void **)&real = dlsym(RTLD_NEXT, "snd_pcm_open");
    return stream == SND_PCM_STREAM_PLAYBACK && is_gone() ? -ENOENT : real(pcm, name, stream, mode);
}
