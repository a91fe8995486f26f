#include "gateway/bulletin/pack.h"

#include "gateway/base/utf8.h"
#include "gateway/bulletin/bulletin.h"
#include "gateway/bulletin/pack_deflate.h"
#include "gateway/bulletin/pack_mixer.h"
#include "gateway/bulletin/pack_plain.h"

#define PLAIN_MAX (PACK_TEXT_MAX * PACK_PLAIN_GROWTH)

/* Both append to out. The text is at most PACK_TEXT_MAX bytes of UTF-8; decode's out has no more room than that. */
struct model {
    enum err (*encode)(struct buf_out *out, const uint8_t *text, size_t size);
    enum err (*decode)(struct buf_out *out, const uint8_t *bytes, size_t size);
};

static enum err mixer_encode(struct buf_out *out, const uint8_t *text, size_t size)
{
    uint8_t plain[PLAIN_MAX];
    struct buf_out letters;
    buf_out_init(&letters, plain, sizeof plain);
    enum err err = pack_plain_encode(&letters, text, size);
    if (err != ERR_OK)
        return err;
    return pack_mixer_encode(out, plain, letters.used);
}

static enum err mixer_decode(struct buf_out *out, const uint8_t *bytes, size_t size)
{
    uint8_t plain[PLAIN_MAX];
    struct buf_out letters;
    buf_out_init(&letters, plain, sizeof plain);
    enum err err = pack_mixer_decode(&letters, bytes, size);
    if (err != ERR_OK)
        return err;
    return pack_plain_decode(out, plain, letters.used);
}

static const struct model models[] = {
    [BULLETIN_TEXT_MODEL_PLAIN] = {pack_plain_encode, pack_plain_decode},
    [BULLETIN_TEXT_MODEL_MIXER] = {mixer_encode, mixer_decode},
    [BULLETIN_TEXT_MODEL_DEFLATE] = {pack_deflate_encode, pack_deflate_decode},
};

#define MODEL_COUNT (sizeof models / sizeof models[0])

enum err pack_encode(
    uint8_t *bytes, size_t *size, size_t room, uint8_t model, const struct buf_in *text)
{
    const uint8_t *from = text->data + text->at;
    size_t left = buf_left(text);
    struct buf_out out;
    if (model >= MODEL_COUNT)
        return ERR_VERSION;
    if (left > PACK_TEXT_MAX)
        return ERR_LONG;
    if (utf8_check((const char *)from, left) != ERR_OK)
        return ERR_TEXT;
    buf_out_init(&out, bytes, room < PACK_BYTES_MAX ? room : PACK_BYTES_MAX);
    enum err err = models[model].encode(&out, from, left);
    *size = out.used;
    return err;
}

enum err pack_decode(
    char *text, size_t *text_size, size_t room, uint8_t model, const struct buf_in *bytes)
{
    struct buf_out out;
    if (model >= MODEL_COUNT)
        return ERR_VERSION;
    if (room == 0 || buf_left(bytes) > PACK_BYTES_MAX)
        return ERR_LONG;
    size_t most = room - 1 < PACK_TEXT_MAX ? room - 1 : PACK_TEXT_MAX;
    buf_out_init(&out, (uint8_t *)text, most);
    enum err err = models[model].decode(&out, bytes->data + bytes->at, buf_left(bytes));
    if (err == ERR_LONG && most == PACK_TEXT_MAX)
        return ERR_FORMAT; /* longer than any encoder takes */
    if (err != ERR_OK)
        return err;
    if (utf8_check(text, out.used) != ERR_OK)
        return ERR_FORMAT;
    text[out.used] = '\0';
    *text_size = out.used;
    return ERR_OK;
}
