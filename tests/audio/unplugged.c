/* unplugged: preloaded, it takes sound cards away: while the file that CARD_GONE names is there, libasound's reads fail as they do
 * when a card is pulled out. Everything else stays the library's own.
 */
#include <alsa/asoundlib.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

snd_pcm_sframes_t snd_pcm_readi(snd_pcm_t *pcm, void *buffer, snd_pcm_uframes_t size)
{
    snd_pcm_sframes_t (*real)(snd_pcm_t *, void *, snd_pcm_uframes_t);
    *(void **)&real = dlsym(RTLD_NEXT, "snd_pcm_readi");
    return access(getenv("CARD_GONE"), F_OK) == 0 ? -ENODEV : real(pcm, buffer, size);
}
