#include "audio/mfsk.h"

#include "audio/convolve.h"
#include "audio/mfsk_code.h"
#include "gateway/base/utf8.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#define IDLE_BITS 32
#define FLUSH_BITS 107 /* bring the last character through coder and interleaver */
#define DELAY_SYMBOLS ((MFSK_SYMBOL_BITS - 1) * MFSK_STAGGER + 1)
#define ASCII_END 0x80

static const char opening[] = {'\r', MFSK_CODE_STX, '\r'};
static const char closing[] = {'\r', MFSK_CODE_EOT, '\r'};

/* A text on its way: bits to symbols. symbol is called for each. */
struct sender {
    struct convolve_encoder encoder;
    uint8_t late[DELAY_SYMBOLS]; /* symbols before the interleaver, a ring */
    size_t at;
    unsigned bits; /* of the symbol that is being filled, and how many they are */
    unsigned count;
    void (*symbol)(struct sender *sender, unsigned tone);
    size_t symbols;
    struct pcm *pcm;
    double peak;
    double phase;
};

/* The tone whose number has these bits as its Gray code. */
static unsigned find_tone(unsigned bits)
{
    return bits ^ bits >> 1 ^ bits >> 2 ^ bits >> 3;
}

static unsigned interleave(struct sender *sender, unsigned bits)
{
    unsigned out = 0;

    sender->late[sender->at] = (uint8_t)bits;
    for (unsigned i = 0; i < MFSK_SYMBOL_BITS; i++) {
        size_t then = (sender->at + DELAY_SYMBOLS - i * MFSK_STAGGER) % DELAY_SYMBOLS;
        unsigned mask = 1u << (MFSK_SYMBOL_BITS - 1 - i);

        out |= sender->late[then] & mask;
    }
    sender->at = (sender->at + 1) % DELAY_SYMBOLS;
    return out;
}

static void put_bit(struct sender *sender, bool bit)
{
    bool sent[2];

    convolve_encode(&sender->encoder, sent, bit);
    for (unsigned i = 0; i < 2; i++) {
        sender->bits = sender->bits << 1 | (sent[i] ? 1u : 0u);
        if (++sender->count == MFSK_SYMBOL_BITS) {
            sender->symbol(sender, find_tone(interleave(sender, sender->bits)));
            sender->bits = 0;
            sender->count = 0;
        }
    }
}

static void put_zeros(struct sender *sender, unsigned count)
{
    while (count-- > 0)
        put_bit(sender, false);
}

static void put_text(struct sender *sender, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        uint16_t code = mfsk_code_encode(text[i]);

        for (unsigned bit = mfsk_code_count(code); bit > 0; bit--)
            put_bit(sender, ((unsigned)code >> (bit - 1) & 1u) != 0);
    }
}

static void put_all(struct sender *sender, const char *ascii)
{
    put_zeros(sender, IDLE_BITS);
    put_text(sender, opening, sizeof(opening));
    put_text(sender, ascii, strlen(ascii));
    put_text(sender, closing, sizeof(closing));
    put_bit(sender, true);
    put_zeros(sender, FLUSH_BITS);
}

static void count_symbol(struct sender *sender, unsigned tone)
{
    (void)tone;
    sender->symbols++;
}

static void sound_symbol(struct sender *sender, unsigned tone)
{
    int16_t samples[MFSK_SYMBOL_SAMPLES];
    double hz = MFSK_CENTRE_HZ + ((double)tone - (MFSK_TONES - 1) / 2.0) * MFSK_SPACING_HZ;

    for (size_t i = 0; i < MFSK_SYMBOL_SAMPLES; i++) {
        samples[i] = (int16_t)lrint(sender->peak * sin(sender->phase));
        sender->phase = fmod(sender->phase + 2.0 * M_PI * hz / MFSK_RATE_HZ, 2.0 * M_PI);
    }
    pcm_append(sender->pcm, samples, MFSK_SYMBOL_SAMPLES);
}

size_t mfsk_count_samples(const char *ascii)
{
    struct sender sender = {.symbol = count_symbol};

    put_all(&sender, ascii);
    return sender.symbols * MFSK_SYMBOL_SAMPLES;
}

void mfsk_append(struct pcm *pcm, const char *ascii, double peak)
{
    struct sender sender = {.symbol = sound_symbol, .pcm = pcm, .peak = peak};

    put_all(&sender, ascii);
}

/* What stands for a character that ASCII lacks. */
static const struct likeness {
    uint32_t code;
    const char *ascii;
} likenesses[] = {
    {0xa0, " "},
    {0xa7, "par."},
    {0xab, "\""},
    {0xbb, "\""},
    {0xbf, "?"},
    {0xa1, "!"},
    {0xc4, "A"},
    {0xc5, "A"},
    {0xc6, "AE"},
    {0xc7, "C"},
    {0xc9, "E"},
    {0xd1, "N"},
    {0xd6, "O"},
    {0xd8, "O"},
    {0xdc, "U"},
    {0xdf, "ss"},
    {0xe0, "a"},
    {0xe4, "a"},
    {0xe5, "a"},
    {0xe6, "ae"},
    {0xe7, "c"},
    {0xe8, "e"},
    {0xe9, "e"},
    {0xec, "i"},
    {0xf1, "n"},
    {0xf2, "o"},
    {0xf6, "o"},
    {0xf8, "o"},
    {0xf9, "u"},
    {0xfc, "u"},
    {0x2013, "-"},
    {0x2014, "-"},
    {0x2018, "'"},
    {0x2019, "'"},
    {0x201c, "\""},
    {0x201d, "\""},
    {0x2026, "..."},
    {0x2116, "No"},
};

static const char *find_likeness(uint32_t code)
{
    for (size_t i = 0; i < sizeof(likenesses) / sizeof(likenesses[0]); i++)
        if (likenesses[i].code == code)
            return likenesses[i].ascii;
    return "?";
}

enum err mfsk_print_ascii(char *ascii, size_t size, const char *text)
{
    size_t used = 0;
    enum err err = utf8_check(text, strlen(text));

    while (!err && *text != '\0') {
        uint32_t code = utf8_next(&text);
        char plain[2] = {(char)code, '\0'};
        const char *put = code < ASCII_END ? plain : find_likeness(code);
        size_t length = strlen(put);

        if (used + length >= size)
            return ERR_LONG;
        memcpy(ascii + used, put, length);
        used += length;
    }
    if (!err && size > 0)
        ascii[used] = '\0';
    return err;
}
