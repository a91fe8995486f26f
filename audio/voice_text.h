/* voice_text: the text channel of FreeDV's voice modes: who sends, a few letters over and over beside the speech. Part of the seam to
 * codec2 with voice.h.
 *
 * 700D and 700E have 25 bits a second for it, filled by codec2's reliable_text: up to eight letters with a code that corrects
 * errors and a check sum, 5 s each time, as FreeDV's own program sends and shows call signs. 2400B has 50, filled by its varicode,
 * which detects no errors: eight letters take 2 s. Nothing of it is signed.
 */
#ifndef AUDIO_VOICE_TEXT_H
#define AUDIO_VOICE_TEXT_H

#include <stdbool.h>

#define VOICE_TEXT_MAX 8
#define VOICE_TEXT_SIZE (VOICE_TEXT_MAX + 1)

struct freedv;
struct voice_text;

/* Called with each text heard whole: terminated, not empty, capital letters, digits, '/' and '-' alone. */
typedef void voice_text_handler(void *arg, const char *text);

/* On a modem that was just opened, to which it belongs until it is freed. Heap; no memory: the process ends. */
struct voice_text *voice_text_new(struct freedv *freedv, bool reliable);
/* Before the modem is closed. NULL is allowed. */
void voice_text_free(struct voice_text *text);
/* What is to be sent: of a call sign or name its first letters, in capitals, before any '-' (a station's number is not its sign). */
void voice_text_send(struct voice_text *text, const char *name);
/* Who is to hear of what is received. */
void voice_text_hear(struct voice_text *text, voice_text_handler *handler, void *arg);

#endif
