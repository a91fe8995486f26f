#include "audio/collect.h"

#include "audio/bundle.h"
#include "audio/carousel.h"
#include "gateway/bulletin/seal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct object {
    enum frame_object kind;
    uint8_t bytes[WIRE_SEALED_MAX];
    size_t size;
    unsigned k;
};

static int start(void **state)
{
    (void)state;
    return seal_init() != ERR_OK;
}

/* Sealed bytes with two approvals and about `letters` bytes of text. The collector does not judge signatures. */
static struct object make_object(uint32_t number, size_t letters)
{
    struct bulletin bulletin = {.number = number,
        .newsroom = {1, 2},
        .sent_s = BULLETIN_EPOCH_S + 1000,
        .lifetime_min = 60,
        .regions = BULLETIN_COUNTRY,
        .languages = 1 << BULLETIN_EN,
        .text_model = BULLETIN_TEXT_MODEL_PLAIN};
    snprintf(bulletin.text[BULLETIN_EN].headline, BULLETIN_HEADLINE_MAX, "Test %u", number);
    memset(bulletin.text[BULLETIN_EN].description, 'x', letters);
    uint8_t body[WIRE_BODY_MAX];
    size_t body_size;
    assert_int_equal(wire_encode_body(body, &body_size, &bulletin), ERR_OK);
    struct wire_approval approvals[2] = {{.editor = 1}, {.editor = 2}};
    memset(approvals[0].signature, (int)number, WIRE_SIGNATURE_SIZE);
    struct buf_in in;
    buf_in_init(&in, body, body_size);
    struct object object = {.kind = FRAME_BULLETIN};
    assert_int_equal(wire_encode_sealed(object.bytes, &object.size, &in, approvals, 2), ERR_OK);
    object.k = erasure_count(object.size);
    return object;
}

static void make_frame(uint8_t bytes[FRAME_SIZE], const struct object *object, unsigned index)
{
    uint8_t source[ERASURE_SOURCE_MAX] = {0};
    memcpy(source, object->bytes, object->size);
    struct frame frame = {.object = object->kind, .k = object->k};
    frame_make_tag(frame.tag, object->bytes, object->size);
    assert_int_equal(erasure_encode(&frame.symbol, source, object->k, index), ERR_OK);
    assert_int_equal(frame_encode(bytes, &frame), ERR_OK);
}

static enum err put(struct collect *collect, const struct object *object, unsigned index)
{
    uint8_t bytes[FRAME_SIZE];
    struct collect_found found;
    make_frame(bytes, object, index);
    enum err err = collect_add(collect, &found, bytes);
    if (!err) {
        assert_int_equal(found.size, object->size);
        assert_memory_equal(found.bytes, object->bytes, object->size);
    }
    return err;
}

static enum err put_wrong(
    struct collect *collect, const struct object *object, unsigned index, uint8_t salt)
{
    uint8_t bytes[FRAME_SIZE];
    struct collect_found found;
    make_frame(bytes, object, index);
    bytes[60] ^= salt;
    return collect_add(collect, &found, bytes);
}

static struct collect *new_collect(void)
{
    struct collect *collect = malloc(sizeof *collect);
    assert_non_null(collect);
    collect_init(collect);
    return collect;
}

/* Any k symbols do, in any order; more of them are nothing new. */
static void test_any_order(void **state)
{
    (void)state;
    struct object object = make_object(1, 280);
    assert_int_equal(object.k, 4);
    struct collect *collect = new_collect();
    assert_int_equal(put(collect, &object, 7), ERR_SHORT);
    assert_int_equal(put(collect, &object, 7), ERR_SHORT);
    assert_int_equal(put(collect, &object, 2), ERR_SHORT);
    assert_int_equal(put(collect, &object, 0), ERR_SHORT);
    assert_int_equal(put(collect, &object, 5), ERR_OK);
    assert_int_equal(put(collect, &object, 1), ERR_EXISTS);
    assert_int_equal(put(collect, &object, 5), ERR_EXISTS);
    assert_int_equal(collect->tries, 1);
    free(collect);
}

static void test_interleaved(void **state)
{
    (void)state;
    struct object a = make_object(1, 200), b = make_object(2, 500), c = make_object(3, 20);
    struct collect *collect = new_collect();
    unsigned whole = 0;
    for (unsigned i = 0; i < 8; i++) {
        whole += put(collect, &a, i % (2 * a.k)) == ERR_OK;
        whole += put(collect, &b, (i + 3) % (2 * b.k)) == ERR_OK;
        whole += put(collect, &c, (i + 1) % (2 * c.k)) == ERR_OK;
    }
    assert_int_equal(whole, 3);
    free(collect);
}

/* Two wrong symbols among the right ones, under the same tag, in the way of each. */
static void test_polluted(void **state)
{
    (void)state;
    struct object object = make_object(1, 280);
    struct collect *collect = new_collect();
    assert_int_equal(put_wrong(collect, &object, 0, 0x55), ERR_SHORT);
    assert_int_equal(put_wrong(collect, &object, 1, 0x66), ERR_SHORT);
    assert_int_equal(put(collect, &object, 2), ERR_SHORT);
    assert_int_equal(put(collect, &object, 3), ERR_SHORT);
    assert_int_equal(put(collect, &object, 4), ERR_SHORT);
    assert_int_equal(put(collect, &object, 0), ERR_OK);
    assert_int_equal(put(collect, &object, 1), ERR_EXISTS);
    free(collect);
}

/* A flood of wrong symbols pushes out what was heard once; what is repeated wins through. */
static void test_flooded(void **state)
{
    (void)state;
    struct object object = make_object(1, 200);
    struct collect *collect = new_collect();
    for (uint8_t salt = 1; salt < COLLECT_SYMBOLS_MAX; salt++)
        assert_int_equal(put_wrong(collect, &object, salt % (2 * object.k), salt), ERR_SHORT);
    for (unsigned i = 0; i + 1 < object.k; i++)
        for (unsigned round = 0; round < 2; round++)
            assert_int_equal(put(collect, &object, i), ERR_SHORT);
    for (uint8_t salt = 100; salt < 200; salt++)
        assert_int_equal(put_wrong(collect, &object, salt % (2 * object.k), salt), ERR_SHORT);
    assert_int_equal(put(collect, &object, object.k), ERR_OK);
    assert_true(collect->tries <= 200ull * COLLECT_TRIES_MAX);
    free(collect);
}

static uint32_t tag_of(const struct object *object)
{
    uint8_t tag[FRAME_TAG_SIZE];
    frame_make_tag(tag, object->bytes, object->size);
    return (uint32_t)tag[0] << 16 | (uint32_t)tag[1] << 8 | tag[2];
}

/* Changes two bytes of the second signature. */
static void vary(struct object *object, unsigned n)
{
    object->bytes[object->size - 2] = (uint8_t)(n >> 8);
    object->bytes[object->size - 1] = (uint8_t)n;
}

/* Two objects of one tag: of many variants of each, two that happen to meet. */
static void make_twins(struct object *one, struct object *two)
{
    static uint16_t variant[1 << 24]; /* by tag: which variant of one has it, and 1 */
    *one = make_object(1, 200);
    *two = make_object(2, 200);
    for (unsigned n = 0; n < 0xffff; n++) {
        vary(one, n);
        variant[tag_of(one)] = (uint16_t)(n + 1);
    }
    for (unsigned n = 0; n < 0xffff; n++) {
        vary(two, n);
        if (!variant[tag_of(two)])
            continue;
        vary(one, variant[tag_of(two)] - 1u);
        return;
    }
    fail_msg("no twins");
}

/* Somebody made an object with our tag and was heard first: each comes out, once, whatever the order. */
static void test_twins(void **state)
{
    (void)state;
    struct object theirs, ours;
    make_twins(&theirs, &ours);
    assert_int_equal(tag_of(&theirs), tag_of(&ours));
    struct collect *collect = new_collect();
    unsigned k = ours.k;
    assert_int_equal(put(collect, &ours, 0), ERR_SHORT);
    for (unsigned i = 0; i < k; i++)
        assert_int_equal(put(collect, &theirs, i), i + 1 < k ? ERR_SHORT : ERR_OK);
    for (unsigned i = k; i < 2 * k - 1; i++)
        assert_int_equal(put(collect, &ours, i), i + 1 < 2 * k - 1 ? ERR_SHORT : ERR_OK);
    for (unsigned i = 0; i < 2 * k; i++) {
        assert_int_equal(put(collect, &theirs, i), ERR_EXISTS);
        assert_int_equal(put(collect, &ours, i), ERR_EXISTS);
    }
    assert_int_equal(collect->objects[0].found_count, 2);
    free(collect);
}

/* Strangers' objects beyond the maximum push out the one heard longest ago, not the one that is being heard. */
static void test_many_objects(void **state)
{
    (void)state;
    struct object ours = make_object(1, 200);
    struct collect *collect = new_collect();
    assert_int_equal(put(collect, &ours, 0), ERR_SHORT);
    for (uint32_t n = 0; n < 100; n++) {
        struct object other = make_object(100 + n, 100);
        assert_int_equal(put(collect, &other, 0), ERR_SHORT);
        if (n % 20 == 0)
            assert_int_equal(put(collect, &ours, 1), ERR_SHORT);
    }
    assert_int_equal(collect->object_count, COLLECT_OBJECTS_MAX);
    assert_true(collect->evicted > 60);
    assert_int_equal(put(collect, &ours, ours.k), ERR_OK);
    free(collect);
}

static struct object make_bundle(const struct object *members, size_t count)
{
    struct object object = {.kind = FRAME_BUNDLE};
    struct bundle bundle = {.count = count};
    for (size_t i = 0; i < count; i++)
        bundle.members[i] = (struct bundle_member){members[i].bytes, members[i].size};
    assert_int_equal(bundle_encode(object.bytes, &bundle), ERR_OK);
    object.size = bundle.size;
    object.k = erasure_count(object.size);
    return object;
}

/* A bundle is put together like a bulletin, beside one that has the same frames but for their kind, and with wrong symbols in its way. */
static void test_bundle(void **state)
{
    (void)state;
    const struct object members[] = {make_object(1, 200), make_object(2, 300)};
    struct object bundle = make_bundle(members, 2), other = bundle;
    struct collect *collect = new_collect();
    other.kind = FRAME_BULLETIN;
    for (unsigned i = 0; i < other.k; i++)
        assert_int_equal(put(collect, &other, i), ERR_SHORT);
    assert_int_equal(put_wrong(collect, &bundle, 0, 0x55), ERR_SHORT);
    for (unsigned i = 0; i + 1 < bundle.k; i++)
        assert_int_equal(put(collect, &bundle, bundle.k + i), ERR_SHORT);
    assert_int_equal(put(collect, &bundle, 1), ERR_OK);
    assert_int_equal(put(collect, &bundle, 2), ERR_EXISTS);
    assert_int_equal(collect->object_count, 2);
    assert_int_equal(collect->objects[1].kind, FRAME_BUNDLE);
    free(collect);
}

static void test_counted(void **state)
{
    (void)state;
    struct collect *collect = new_collect();
    struct collect_found found;
    uint8_t bytes[FRAME_SIZE] = {0};
    assert_int_equal(collect_add(collect, &found, bytes), ERR_VERSION);
    bytes[0] = 0x70; /* of the kind that is reserved */
    assert_int_equal(collect_add(collect, &found, bytes), ERR_MISSING);
    assert_int_equal(collect->foreign, 1);
    assert_int_equal(collect->skipped, 1);
    assert_int_equal(collect->frames, 0);
    free(collect);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_any_order),
        cmocka_unit_test(test_interleaved),
        cmocka_unit_test(test_polluted),
        cmocka_unit_test(test_flooded),
        cmocka_unit_test(test_twins),
        cmocka_unit_test(test_many_objects),
        cmocka_unit_test(test_bundle),
        cmocka_unit_test(test_counted),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
