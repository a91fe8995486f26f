/* voice: digital voice: FreeDV's modes; sound and speech at 8,000 samples a second. The seam to codec2's speech modes.
 *
 *          a frame  takes
 *   700D   160 ms   1,000 Hz around 1,500 Hz: shortwave, slow and sturdy
 *   700E   80 ms    1,500 Hz around 1,500 Hz: shortwave that fades fast, at 4 dB more
 *   2400B  40 ms    0.3 to 3 or more kHz: FM, by microphone and loudspeaker or data port; no code against errors
 *
 * codec2 modulates 2400B at 48,000 samples a second, in rectangles; what of them lies above 4 kHz is left out here: it fills the
 * neighbouring channels and helps no receiver. A frame carries as much speech as it takes. A receiver needs some frames before it has
 * synchronism, so voice_encode begins and ends with frames of silence. Nothing here does I/O.
 */
#ifndef AUDIO_VOICE_H
#define AUDIO_VOICE_H

#include "audio/pcm.h"
#include "audio/voice_text.h"
#include "gateway/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VOICE_RATE_HZ 8000

enum voice_mode { VOICE_700D, VOICE_700E, VOICE_2400B, VOICE_MODE_COUNT };

/* "700D" */
const char *voice_print_mode(enum voice_mode mode);
/* Samples of speech in a frame. */
size_t voice_frame_samples(enum voice_mode mode);
/* How many modem samples voice_encode makes of so many samples of speech. */
size_t voice_encoded_samples(enum voice_mode mode, size_t speech_samples);

/* Speech at VOICE_RATE_HZ, best at -3 dBFS, to the modem's sound; on shortwave clipped and filtered for the transmitter. name says who
 * sends (voice_text_send); NULL: nobody. modem is initialised here. ERR_VALUE if the rate is another, ERR_SYSTEM if the library
 * fails. */
ERR_CHECKED enum err voice_encode(
    struct pcm *modem, const struct pcm *speech, enum voice_mode mode, const char *name);

struct voice_receiver;

/* Waits for a signal, on shortwave within about 50 Hz of its nominal frequency. NULL if the library fails. */
struct voice_receiver *voice_receiver_new(enum voice_mode mode);
/* NULL is allowed. */
void voice_receiver_free(struct voice_receiver *receiver);
/* Who is to be told what its text channel says while voice is heard. */
void voice_receiver_hear_text(
    struct voice_receiver *receiver, voice_text_handler *handler, void *arg);
/* Takes any number of received samples at VOICE_RATE_HZ and appends what was decoded to speech, which is of the same rate: nothing
 * without synchronism or far (1.9 s; 2400B: 0.4) from any frame that came through without errors, so that noise and other modems'
 * signals are not heard as voice. */
void voice_receiver_push(
    struct voice_receiver *receiver, struct pcm *speech, const int16_t *samples, size_t count);
/* Is a voice signal there, as of the last whole frame? */
bool voice_receiver_synced(const struct voice_receiver *receiver);
/* Signal to noise in dB as the demodulator estimates it, on shortwave in 3,000 Hz; 0 while not synchronised. */
double voice_receiver_snr_db(const struct voice_receiver *receiver);
/* Frames of speech that were let out so far. */
unsigned voice_receiver_frames(const struct voice_receiver *receiver);

#endif
