#include "audio/voice_text.h"

#include "gateway/base/log.h"

#include <codec2/freedv_api.h>
#include <codec2/reliable_text.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define END '\r' /* of a text in varicode */

struct voice_text {
    struct freedv *freedv;
    reliable_text_t reliable;       /* NULL: varicode */
    char sent[VOICE_TEXT_SIZE + 1]; /* with END, and a NUL */
    size_t sent_at;
    char heard
        [VOICE_TEXT_SIZE]; /* of what is coming in varicode; VOICE_TEXT_SIZE letters: too long */
    size_t heard_size;
    char before[VOICE_TEXT_SIZE]; /* the last whole one, its size with it */
    size_t before_size;
    voice_text_handler *handler;
    void *arg;
};

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '-';
}

/* Hands on what is a text. */
static void tell(struct voice_text *text, const char *heard, size_t size)
{
    char clean[VOICE_TEXT_SIZE];

    if (!text->handler || size == 0 || size > VOICE_TEXT_MAX)
        return;
    for (size_t i = 0; i < size; i++)
        if (!is_letter(heard[i]))
            return;
    memcpy(clean, heard, size);
    clean[size] = '\0';
    text->handler(text->arg, clean);
}

/* Without the reset codec2 1.0.5 goes on counting symbols behind the end of its buffer. */
static void take_reliable(reliable_text_t reliable, const char *heard, int size, void *arg)
{
    struct voice_text *text = arg;

    reliable_text_reset(reliable);
    tell(text, heard, size > 0 ? (size_t)size : 0);
}

/* Nothing protects it: a text is one only when it comes twice in a row. */
static void take_varicode(void *arg, char c)
{
    struct voice_text *text = arg;

    if (c != END) {
        if (text->heard_size < VOICE_TEXT_SIZE)
            text->heard[text->heard_size++] = c;
        return;
    }
    if (text->heard_size == text->before_size &&
        memcmp(text->heard, text->before, text->heard_size) == 0)
        tell(text, text->heard, text->heard_size);
    memcpy(text->before, text->heard, text->heard_size);
    text->before_size = text->heard_size;
    text->heard_size = 0;
}

static char give_varicode(void *arg)
{
    struct voice_text *text = arg;
    char c = text->sent[text->sent_at++];

    if (text->sent[text->sent_at] == '\0')
        text->sent_at = 0;
    return c;
}

struct voice_text *voice_text_new(struct freedv *freedv, bool reliable)
{
    struct voice_text *text = calloc(1, sizeof(*text));

    if (!text)
        log_fatal("no_memory what=voice");
    text->freedv = freedv;
    if (!reliable)
        return text;
    text->reliable = reliable_text_create();
    if (!text->reliable)
        log_fatal("no_memory what=voice");
    return text;
}

void voice_text_free(struct voice_text *text)
{
    if (!text)
        return;
    if (text->reliable)
        reliable_text_destroy(text->reliable);
    free(text);
}

void voice_text_send(struct voice_text *text, const char *name)
{
    size_t used = 0;

    for (size_t i = 0; name[i] != '\0' && name[i] != '-' && used < VOICE_TEXT_MAX; i++) {
        char c = (char)toupper((unsigned char)name[i]);

        if (is_letter(c))
            text->sent[used++] = c;
    }
    if (used == 0)
        return;
    if (text->reliable) {
        reliable_text_set_string(text->reliable, text->sent, (int)used);
        reliable_text_use_with_freedv(text->reliable, text->freedv, take_reliable, text);
    } else {
        text->sent[used] = END;
        freedv_set_callback_txt(text->freedv, NULL, give_varicode, text);
    }
}

void voice_text_hear(struct voice_text *text, voice_text_handler *handler, void *arg)
{
    text->handler = handler;
    text->arg = arg;
    if (text->reliable)
        reliable_text_use_with_freedv(text->reliable, text->freedv, take_reliable, text);
    else
        freedv_set_callback_txt(text->freedv, take_varicode, NULL, text);
}
