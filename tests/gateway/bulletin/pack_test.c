#include "gateway/bulletin/bulletin.h"
#include "gateway/bulletin/pack.h"
#include "gateway/bulletin/pack_mixer.h"
#include "gateway/bulletin/pack_predict.h"
#include "gateway/bulletin/seal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

static const uint8_t models[] = {
    BULLETIN_TEXT_MODEL_PLAIN,
    BULLETIN_TEXT_MODEL_MIXER,
    BULLETIN_TEXT_MODEL_DEFLATE,
};

#define MODEL_COUNT (sizeof models / sizeof models[0])

static const char *const texts[] = {
    "",
    "a",
    "Ауылға су келді. Ыдыс алып шығыңыз.",
    "Объезд по улице №5 закрыт до 18:00.",
    "The bridge is open again.",
    "ӘҒҚҢӨҰҮҺІ әғқңөұүһі Ёё «»–—…№€",
    "\x1b ESC, 中文 😀 ñ \xc2\x98 \xc2\x80 ÿ",
    "Тақырып\x01Нұсқау\x01Сипаттама\x02"
    "Заголовок\x01Что делать\x01Подробно\x02Headline\x01Instruction\x01"
    "Description",
};

#define TEXT_COUNT (sizeof texts / sizeof texts[0])

static enum err pack(
    uint8_t bytes[PACK_BYTES_MAX], size_t *size, uint8_t model, const char *text, size_t text_size)
{
    struct buf_in in;
    buf_in_init(&in, (const uint8_t *)text, text_size);
    return pack_encode(bytes, size, PACK_BYTES_MAX, model, &in);
}

static enum err unpack(char text[PACK_TEXT_MAX + 1], size_t *size, uint8_t model,
    const uint8_t *bytes, size_t bytes_size)
{
    struct buf_in in;
    buf_in_init(&in, bytes, bytes_size);
    return pack_decode(text, size, PACK_TEXT_MAX + 1, model, &in);
}

static void texts_go_both_ways(void **state)
{
    (void)state;
    uint8_t bytes[PACK_BYTES_MAX];
    char text[PACK_TEXT_MAX + 1];
    size_t size;
    for (size_t m = 0; m < MODEL_COUNT; m++)
        for (size_t i = 0; i < TEXT_COUNT; i++) {
            assert_int_equal(pack(bytes, &size, models[m], texts[i], strlen(texts[i])), ERR_OK);
            assert_int_equal(unpack(text, &size, models[m], bytes, size), ERR_OK);
            assert_int_equal(size, strlen(texts[i]));
            assert_string_equal(text, texts[i]);
        }
}

static void every_bmp_character_goes_both_ways(void **state)
{
    (void)state;
    uint8_t bytes[PACK_BYTES_MAX];
    char text[PACK_TEXT_MAX + 1];
    size_t size;
    for (uint32_t code = 1; code < 0x10000; code++) {
        char one[4] = {(char)(0xe0 | code >> 12), (char)(0x80 | (code >> 6 & 0x3f)),
            (char)(0x80 | (code & 0x3f)), 0};
        size_t one_size = 3;
        if (code < 0x80)
            one[0] = (char)code, one_size = 1;
        else if (code < 0x800)
            one[0] = (char)(0xc0 | code >> 6), one[1] = (char)(0x80 | (code & 0x3f)), one_size = 2;
        enum err want = code >= 0xd800 && code <= 0xdfff ? ERR_TEXT : ERR_OK;
        assert_int_equal(pack(bytes, &size, BULLETIN_TEXT_MODEL_PLAIN, one, one_size), want);
        if (want != ERR_OK)
            continue;
        assert_int_equal(unpack(text, &size, BULLETIN_TEXT_MODEL_PLAIN, bytes, size), ERR_OK);
        assert_int_equal(size, one_size);
        assert_memory_equal(text, one, one_size);
    }
}

static void plain_is_kz1048(void **state)
{
    (void)state;
    static const char text[] = "Қазақстан №1 ғылым, иә: 5–6 ñ";
    static const uint8_t want[] = {0x8d, 0xe0, 0xe7, 0xe0, 0x9d, 0xf1, 0xf2, 0xe0, 0xed, ' ', 0xb9,
        '1', ' ', 0xba, 0xfb, 0xeb, 0xfb, 0xec, ',', ' ', 0xe8, 0xbc, ':', ' ', '5', 0x96, '6', ' ',
        0x1b, 0xc3, 0xb1};
    uint8_t bytes[PACK_BYTES_MAX];
    size_t size;
    assert_int_equal(pack(bytes, &size, BULLETIN_TEXT_MODEL_PLAIN, text, strlen(text)), ERR_OK);
    assert_int_equal(size, sizeof want);
    assert_memory_equal(bytes, want, size);
}

static void plain_refuses_what_no_encoder_makes(void **state)
{
    (void)state;
    static const struct {
        uint8_t bytes[5];
        size_t size;
    } wrong[] = {
        {{0x98}, 1},                         /* not assigned */
        {{0x00}, 1},                         /* NUL */
        {{'a', 0x1b}, 2},                    /* torn escape */
        {{0x1b, 0xe4, 0xb8}, 3},             /* torn character */
        {{0x1b, 'a'}, 2},                    /* needs no escape */
        {{0x1b, 0xd0, 0x90}, 3},             /* А has a byte */
        {{0x1b, 0xc0, 0x80}, 3},             /* overlong */
        {{0x1b, 0xed, 0xa0, 0x80}, 4},       /* surrogate */
        {{0x1b, 0xf4, 0x90, 0x80, 0x80}, 5}, /* over U+10FFFF */
    };
    char text[PACK_TEXT_MAX + 1];
    size_t size;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        if (unpack(text, &size, BULLETIN_TEXT_MODEL_PLAIN, wrong[i].bytes, wrong[i].size) !=
            ERR_FORMAT)
            fail_msg("wrong[%zu] was taken", i);
}

static void deflate_refuses_damage(void **state)
{
    (void)state;
    static const uint8_t stored_ff[] = {
        0x01, 0x01, 0x00, 0xfe, 0xff, 0xff}; /* a stored block of one byte, no UTF-8 */
    uint8_t bytes[PACK_BYTES_MAX];
    char text[PACK_TEXT_MAX + 1];
    size_t size, out;
    assert_int_equal(
        pack(bytes, &size, BULLETIN_TEXT_MODEL_DEFLATE, texts[2], strlen(texts[2])), ERR_OK);
    assert_int_equal(unpack(text, &out, BULLETIN_TEXT_MODEL_DEFLATE, bytes, size - 1), ERR_FORMAT);
    bytes[size] = 0;
    assert_int_equal(unpack(text, &out, BULLETIN_TEXT_MODEL_DEFLATE, bytes, size + 1), ERR_FORMAT);
    assert_int_equal(
        unpack(text, &out, BULLETIN_TEXT_MODEL_DEFLATE, stored_ff, sizeof stored_ff), ERR_FORMAT);
}

static void limits_hold(void **state)
{
    (void)state;
    static char text[PACK_TEXT_MAX + 2];
    uint8_t bytes[PACK_BYTES_MAX];
    char again[PACK_TEXT_MAX + 1];
    struct buf_in in;
    size_t size, out;
    memset(text, 'a', PACK_TEXT_MAX + 1);
    assert_int_equal(
        pack(bytes, &size, BULLETIN_TEXT_MODEL_DEFLATE, text, PACK_TEXT_MAX + 1), ERR_LONG);
    assert_int_equal(pack(bytes, &size, BULLETIN_TEXT_MODEL_DEFLATE, text, PACK_TEXT_MAX), ERR_OK);
    assert_int_equal(unpack(again, &out, BULLETIN_TEXT_MODEL_DEFLATE, bytes, size), ERR_OK);
    assert_int_equal(out, PACK_TEXT_MAX);
    buf_in_init(&in, bytes, size);
    assert_int_equal(
        pack_decode(again, &out, PACK_TEXT_MAX, BULLETIN_TEXT_MODEL_DEFLATE, &in), ERR_LONG);
    assert_int_equal(pack(bytes, &size, BULLETIN_TEXT_MODEL_PLAIN, text, PACK_BYTES_MAX), ERR_OK);
    assert_int_equal(
        pack(bytes, &size, BULLETIN_TEXT_MODEL_PLAIN, text, PACK_BYTES_MAX + 1), ERR_LONG);
    assert_int_equal(pack(bytes, &size, 31, "a", 1), ERR_VERSION);
    assert_int_equal(unpack(again, &out, 31, bytes, 1), ERR_VERSION);
    for (size_t m = 0; m < MODEL_COUNT; m++)
        assert_int_equal(pack(bytes, &size, models[m], "a\xff", 2), ERR_TEXT);
}

static void room_is_kept(void **state)
{
    (void)state;
    uint8_t bytes[PACK_BYTES_MAX];
    char text[PACK_TEXT_MAX + 1];
    size_t size, out;
    for (size_t m = 0; m < MODEL_COUNT; m++) {
        struct buf_in in;
        assert_int_equal(pack(bytes, &size, models[m], texts[3], strlen(texts[3])), ERR_OK);
        buf_in_init(&in, (const uint8_t *)texts[3], strlen(texts[3]));
        assert_int_equal(pack_encode(bytes, &out, size, models[m], &in), ERR_OK);
        bytes[size - 1] = 0xa5;
        assert_int_equal(pack_encode(bytes, &out, size - 1, models[m], &in), ERR_LONG);
        assert_int_equal(bytes[size - 1], 0xa5);
        assert_int_equal(pack(bytes, &size, models[m], texts[3], strlen(texts[3])), ERR_OK);
        buf_in_init(&in, bytes, size);
        memset(text, 0x5a, sizeof text);
        assert_int_equal(pack_decode(text, &out, strlen(texts[3]), models[m], &in), ERR_LONG);
        assert_int_equal(text[strlen(texts[3])], 0x5a);
        assert_int_equal(pack_decode(text, &out, strlen(texts[3]) + 1, models[m], &in), ERR_OK);
        assert_string_equal(text, texts[3]);
        assert_int_equal(pack_decode(text, &out, 0, models[m], &in), ERR_LONG);
    }
}

#define MIXER BULLETIN_TEXT_MODEL_MIXER

static void assert_hash(const uint8_t *bytes, size_t size, const char *want)
{
    uint8_t hash[SEAL_HASH_SIZE];
    char hex[2 * SEAL_HASH_SIZE + 1];
    seal_hash(hash, bytes, size);
    for (size_t i = 0; i < sizeof hash; i++)
        (void)snprintf(hex + 2 * i, 3, "%02x", hash[i]);
    assert_string_equal(hex, want);
}

/* If this fails, texts in the air and in stores can no longer be read: make another model instead. */
static void mixer_is_frozen(void **state)
{
    (void)state;
    static uint8_t bytes[PACK_HISTORY_MAX];
    struct buf_out out;
    buf_out_init(&out, bytes, sizeof bytes);
    assert_int_equal(pack_mixer_prime(&out), ERR_OK);
    assert_int_equal(out.used, 48105);
    assert_hash(
        bytes, out.used, "e66331bff82921c13b1acbc1057e87dcefd6da8d97a34d0c546e80a610b2b949");
    const int16_t *weights = (const int16_t *)&pack_weights;
    buf_out_init(&out, bytes, sizeof bytes);
    for (size_t i = 0; i < sizeof pack_weights / sizeof weights[0]; i++)
        buf_put_u16(&out, (uint16_t)weights[i]);
    assert_hash(
        bytes, out.used, "8f75f77986db5a299b2d6d21f3a4e2c2b95136dcdb699c5b412144ec8daabee5");
}

static void mixer_makes_these_bytes(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *hex;
    } frozen[] = {
        {"", "fffd"},
        {"Жол ашық", "6999b15c51"},
        {"Road closed: A1, 05:40.", "ea568db914097d11d7bc79"},
        {"Көпір\x01"
         "Өтпеңіз\x01\x02"
         "Мост\x01"
         "Не ходите\x01\x02"
         "Bridge\x01"
         "Keep off\x01",
            "5ff28c4ebf960c6ccd30d168c0d05625a87cfddc6883d2d8"},
        {"ñ 中", "ff9c6804de716810dc5492e068"},
    };
    for (size_t i = 0; i < sizeof frozen / sizeof frozen[0]; i++) {
        uint8_t bytes[PACK_BYTES_MAX];
        char hex[2 * PACK_BYTES_MAX + 1] = "";
        size_t size;
        assert_int_equal(pack(bytes, &size, MIXER, frozen[i].text, strlen(frozen[i].text)), ERR_OK);
        for (size_t k = 0; k < size; k++)
            (void)snprintf(hex + 2 * k, 3, "%02x", bytes[k]);
        assert_string_equal(hex, frozen[i].hex);
    }
}

/* A flipped bit, a byte less or more: refused, or another text whose own encoding this is. */
static void mixer_has_one_encoding(void **state)
{
    (void)state;
    uint8_t bytes[PACK_BYTES_MAX], again[PACK_BYTES_MAX];
    char text[PACK_TEXT_MAX + 1];
    size_t size, again_size, out;
    unsigned refused = 0;
    assert_int_equal(pack(bytes, &size, MIXER, texts[3], strlen(texts[3])), ERR_OK);
    for (size_t bit = 0; bit < 8 * size; bit++) {
        bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        enum err err = unpack(text, &out, MIXER, bytes, size);
        if (err == ERR_OK) {
            assert_string_not_equal(text, texts[3]);
            assert_int_equal(pack(again, &again_size, MIXER, text, out), ERR_OK);
            assert_int_equal(again_size, size);
            assert_memory_equal(again, bytes, size);
        } else {
            assert_int_equal(err, ERR_FORMAT);
            refused++;
        }
        bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    assert_true(refused > 0);
    bytes[size] = 0;
    assert_int_equal(unpack(text, &out, MIXER, bytes, size + 1), ERR_FORMAT);
    assert_int_equal(unpack(text, &out, MIXER, bytes, size), ERR_OK);
}

static void mixer_takes_any_bytes(void **state)
{
    (void)state;
    uint8_t bytes[PACK_BYTES_MAX];
    char text[PACK_TEXT_MAX + 1];
    uint32_t random = 1;
    size_t out;
    for (unsigned round = 0; round < 20; round++) {
        for (size_t i = 0; i < sizeof bytes; i++) {
            random = random * 1664525u + 1013904223u;
            bytes[i] = round == 0 ? 0x00 : round == 1 ? 0xff : (uint8_t)(random >> 24);
        }
        enum err err = unpack(text, &out, MIXER, bytes, round < 2 ? sizeof bytes : round * 7);
        assert_int_equal(err, ERR_FORMAT);
    }
}

static void mixer_packs_well(void **state)
{
    (void)state;
    static const char text[] =
        "В Кокшетау отключат воду\x01Наберите воду заранее и закройте краны.\x01Работы на "
        "водопроводе пройдут завтра с 10:00 до 16:00 в северной части города.";
    uint8_t bytes[PACK_BYTES_MAX];
    size_t size;
    assert_int_equal(pack(bytes, &size, MIXER, text, strlen(text)), ERR_OK);
    assert_in_range(size, 1, 55); /* of 134 letters */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_go_both_ways),
        cmocka_unit_test(every_bmp_character_goes_both_ways),
        cmocka_unit_test(plain_is_kz1048),
        cmocka_unit_test(plain_refuses_what_no_encoder_makes),
        cmocka_unit_test(deflate_refuses_damage),
        cmocka_unit_test(limits_hold),
        cmocka_unit_test(room_is_kept),
        cmocka_unit_test(mixer_is_frozen),
        cmocka_unit_test(mixer_makes_these_bytes),
        cmocka_unit_test(mixer_has_one_encoding),
        cmocka_unit_test(mixer_takes_any_bytes),
        cmocka_unit_test(mixer_packs_well),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
