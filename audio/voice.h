/* voice: digital voice: FreeDV 700D, 8,000 samples a second on both sides. The seam to codec2's speech modes.
 *
 * A modem frame is VOICE_FRAME_SAMPLES of sound, carries as many of speech, takes 160 ms and about 1,000 Hz around
 * 1,500 Hz. A receiver needs some frames before it has synchronism, so voice_encode begins and ends with frames of
 * silence. Nothing here does I/O.
 */
#ifndef AUDIO_VOICE_H
#define AUDIO_VOICE_H

#include "audio/pcm.h"
#include "gateway/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VOICE_RATE_HZ 8000
#define VOICE_FRAME_SAMPLES 1280
#define VOICE_LEAD_FRAMES 6 /* 0.96 s: a receiver in fading takes a few frames to synchronise */
#define VOICE_TAIL_FRAMES 3 /* the decoder lags; the last word must not stay in it */

/* How many modem samples voice_encode makes of so many samples of speech. */
size_t voice_encoded_samples(size_t speech_samples);

/* Speech at VOICE_RATE_HZ, best at -3 dBFS, to the modem's sound, clipped and filtered for the transmitter. modem is
 * initialised here. ERR_VALUE if the rate is another, ERR_SYSTEM if the library fails. */
ERR_CHECKED enum err voice_encode(struct pcm *modem, const struct pcm *speech);

struct voice_receiver;

/* Waits for a signal within about 50 Hz of its nominal frequency. NULL if the library fails. */
struct voice_receiver *voice_receiver_new(void);
/* NULL is allowed. */
void voice_receiver_free(struct voice_receiver *receiver);
/* Takes any number of received samples at VOICE_RATE_HZ and appends what was decoded to speech, which is of the same
 * rate: nothing without synchronism or far (1.9 s) from any frame that came through without errors, so that noise and
 * other modems' signals are never heard as voice. */
void voice_receiver_push(
    struct voice_receiver *receiver, struct pcm *speech, const int16_t *samples, size_t count);
/* Is a voice signal there, as of the last whole frame? */
bool voice_receiver_synced(const struct voice_receiver *receiver);
/* Signal to noise in 3,000 Hz, in dB, as the demodulator estimates it; 0 while not synchronised. */
double voice_receiver_snr_db(const struct voice_receiver *receiver);
/* Speech frames of VOICE_FRAME_SAMPLES that were let out so far. */
unsigned voice_receiver_frames(const struct voice_receiver *receiver);

#endif
