/* wire: one body per bulletin, both ways; nothing else is taken; nothing is read past the end. */
#include "tests/gateway/bulletin/fixture.h"

#include "gateway/bulletin/pack.h"

#include <stdlib.h>

static const uint8_t two[] = {FIXTURE_AIDA, FIXTURE_BOLAT};
static const uint8_t models[] = {
    BULLETIN_TEXT_MODEL_PLAIN, BULLETIN_TEXT_MODEL_DEFLATE, BULLETIN_TEXT_MODEL_MIXER};

#define MODEL_COUNT (sizeof models / sizeof models[0])

/* On the heap and of exactly this size, so that a sanitizer sees one byte too far. */
static enum err decode_exactly(struct wire_sealed *sealed, const uint8_t *bytes, size_t size)
{
    uint8_t *copy = malloc(size > 0 ? size : 1);
    assert_non_null(copy);
    memcpy(copy, bytes, size);
    enum err err = wire_decode_sealed(sealed, copy, size);
    free(copy);
    return err;
}

static void round_trip(const struct bulletin *bulletin)
{
    uint8_t body[WIRE_BODY_MAX], again[WIRE_BODY_MAX];
    size_t again_size;
    struct buf_in view;
    struct wire_sealed sealed;
    struct bulletin got;
    fixture_body(body, &view, bulletin);
    assert_int_equal(wire_decode_body(&sealed, body, view.size), ERR_OK);
    assert_int_equal(sealed.size, view.size);
    assert_int_equal(sealed.body_size, view.size);
    assert_int_equal(sealed.approval_count, 0);
    assert_int_equal(wire_decode_bulletin(&got, &sealed), ERR_OK);
    fixture_assert_same(&got, bulletin);
    assert_int_equal(wire_encode_body(again, &again_size, &got), ERR_OK);
    assert_int_equal(again_size, view.size);
    assert_memory_equal(again, body, again_size);
}

static void test_every_kind_and_language_comes_back(void **state)
{
    (void)state;
    static const struct bulletin_text empty;
    for (unsigned i = 0; i < MODEL_COUNT * BULLETIN_ROSTER * 7; i++) {
        struct bulletin b;
        fixture_bulletin(&b);
        b.text_model = models[i % MODEL_COUNT];
        b.kind = (enum bulletin_kind)(i / MODEL_COUNT % BULLETIN_ROSTER);
        b.languages = (uint8_t)(i / MODEL_COUNT / BULLETIN_ROSTER + 1);
        b.follows = b.kind == BULLETIN_RETRACT ? b.number : 0;
        if (b.kind == BULLETIN_UPDATE || b.kind == BULLETIN_ALL_CLEAR)
            b.follows = b.number - 1;
        for (unsigned language = 0; language < BULLETIN_LANGUAGE_COUNT; language++)
            if ((b.languages >> language & 1) == 0)
                b.text[language] = empty;
        round_trip(&b);
    }
}

static void test_a_drill_says_whom_it_is_for(void **state)
{
    (void)state;
    uint8_t body[WIRE_BODY_MAX];
    size_t testers_size, everyone_size;
    struct bulletin b;
    fixture_bulletin(&b);
    b.kind = BULLETIN_DRILL;
    round_trip(&b);
    assert_int_equal(wire_encode_body(body, &testers_size, &b), ERR_OK);
    b.everyone = true;
    round_trip(&b);
    assert_int_equal(wire_encode_body(body, &everyone_size, &b), ERR_OK);
    assert_int_equal(everyone_size, testers_size + 5);
    b.kind = BULLETIN_ALERT;
    assert_int_equal(wire_encode_body(body, &everyone_size, &b), ERR_VALUE);
}

static void test_every_value_of_a_header_comes_back(void **state)
{
    (void)state;
    struct bulletin b;
    fixture_bulletin(&b);
    for (int i = 0; i < BULLETIN_CATEGORY_COUNT; i++) {
        b.category = (enum bulletin_category)i;
        b.response = (enum bulletin_response)(i % BULLETIN_RESPONSE_COUNT);
        b.severity = (enum bulletin_severity)(i % BULLETIN_SEVERITY_COUNT);
        b.urgency = (enum bulletin_urgency)(i * 2 % BULLETIN_URGENCY_COUNT);
        b.certainty = (enum bulletin_certainty)(i * 3 % BULLETIN_CERTAINTY_COUNT);
        b.event = (uint8_t)(i * 23);
        b.regions = 1u << i;
        b.lifetime_min = (uint16_t)(1 + i * 130);
        b.number = 1u + (uint32_t)i * 1398101u;
        b.sent_s = BULLETIN_EPOCH_S + i * 390451572LL;
        round_trip(&b);
    }
}

static void test_draft_is_a_body_only(void **state)
{
    (void)state;
    uint8_t bytes[WIRE_SEALED_MAX];
    struct bulletin b;
    struct wire_sealed sealed;
    fixture_bulletin(&b);
    b.number = 0;
    b.sent_s = 0;
    memset(b.newsroom, 0, sizeof b.newsroom);
    round_trip(&b);
    size_t size = fixture_seal(bytes, &b, two, 2);
    assert_int_equal(wire_decode_sealed(&sealed, bytes, size), ERR_VALUE);
}

/* wire.h's table, byte by byte */
static void test_layout(void **state)
{
    (void)state;
    static const uint8_t wanted[] = {0xb1, 0x12, 0x34, 0, 0, 42, 0, 0, 0, 60, 0, 90, 0x17, 0x70,
        0x32, 9, 0x10, 0, 1, 0xab, 0xcd, 0x20, 0, 5, 'H', 1, 'I', 1, 'D', 0, 0, 41};
    struct bulletin b = {.newsroom = {0x12, 0x34},
        .number = 42,
        .sent_s = BULLETIN_EPOCH_S + 60,
        .lifetime_min = 90,
        .kind = BULLETIN_UPDATE,
        .severity = BULLETIN_SEVERE,
        .urgency = BULLETIN_EXPECTED,
        .certainty = BULLETIN_OBSERVED,
        .category = BULLETIN_SECURITY,
        .response = BULLETIN_PREPARE,
        .event = 9,
        .regions = 1u << 20 | BULLETIN_COUNTRY,
        .audit_head = {0xab, 0xcd},
        .languages = 1u << BULLETIN_EN,
        .follows = 41,
        .text = {[BULLETIN_EN] = {"H", "I", "D"}}};
    uint8_t body[WIRE_BODY_MAX];
    struct buf_in view;
    fixture_body(body, &view, &b);
    assert_int_equal(view.size, sizeof wanted);
    assert_memory_equal(body, wanted, sizeof wanted);
}

static void test_sealed_comes_apart(void **state)
{
    (void)state;
    uint8_t bytes[WIRE_SEALED_MAX + 100] = {0};
    struct bulletin b;
    struct wire_sealed sealed;
    fixture_bulletin(&b);
    size_t size = fixture_seal(bytes, &b, two, 2);
    assert_int_equal(wire_decode_sealed(&sealed, bytes, size + 100), ERR_OK);
    assert_int_equal(sealed.size, size);
    assert_ptr_equal(sealed.body, bytes);
    assert_int_equal(sealed.body_size, size - 1 - 2 * WIRE_APPROVAL_SIZE);
    assert_ptr_equal(sealed.text, bytes + WIRE_HEADER_SIZE);
    assert_int_equal(sealed.approval_count, 2);
    assert_int_equal(sealed.approvals[0].editor, FIXTURE_AIDA);
    assert_int_equal(sealed.approvals[1].editor, FIXTURE_BOLAT);
    assert_string_equal(sealed.header.text[BULLETIN_EN].headline, "");
}

/* Whoever signs first, the bytes are the same. */
static void test_approvals_are_written_in_one_order(void **state)
{
    (void)state;
    static const uint8_t turned[] = {FIXTURE_BOLAT, FIXTURE_AIDA};
    uint8_t bytes[WIRE_SEALED_MAX], other[WIRE_SEALED_MAX];
    struct bulletin b;
    fixture_bulletin(&b);
    size_t size = fixture_seal(bytes, &b, two, 2);
    assert_int_equal(fixture_seal(other, &b, turned, 2), size);
    assert_memory_equal(bytes, other, size);
}

static void test_same_editor_twice_is_not_written(void **state)
{
    (void)state;
    uint8_t bytes[WIRE_SEALED_MAX];
    const uint8_t body[] = {1};
    struct wire_approval approvals[WIRE_APPROVALS_MAX + 1] = {{.editor = 3}, {.editor = 3}};
    struct buf_in view;
    size_t size;
    buf_in_init(&view, body, sizeof body);
    assert_int_equal(wire_encode_sealed(bytes, &size, &view, approvals, 2), ERR_QUORUM);
    assert_int_equal(
        wire_encode_sealed(bytes, &size, &view, approvals, WIRE_APPROVALS_MAX + 1), ERR_LONG);
}

static void test_same_editor_twice_is_not_read(void **state)
{
    (void)state;
    uint8_t bytes[WIRE_SEALED_MAX];
    struct bulletin b;
    struct wire_sealed sealed;
    fixture_bulletin(&b);
    size_t size = fixture_seal(bytes, &b, two, 2);
    bytes[size - WIRE_APPROVAL_SIZE] = FIXTURE_AIDA;
    assert_int_equal(decode_exactly(&sealed, bytes, size), ERR_QUORUM);
    bytes[size - WIRE_APPROVAL_SIZE] = FIXTURE_AIDA - 1;
    assert_int_equal(decode_exactly(&sealed, bytes, size), ERR_FORMAT);
}

static void test_every_cut_is_short(void **state)
{
    (void)state;
    uint8_t bytes[WIRE_SEALED_MAX];
    struct bulletin b;
    struct wire_sealed sealed;
    fixture_bulletin(&b);
    b.kind = BULLETIN_UPDATE;
    b.follows = 3;
    size_t size = fixture_seal(bytes, &b, two, 2);
    for (size_t cut = 0; cut < size; cut++)
        assert_int_equal(decode_exactly(&sealed, bytes, cut), ERR_SHORT);
    assert_int_equal(decode_exactly(&sealed, bytes, size), ERR_OK);
}

/* Whatever one flipped bit makes of a body, what is still taken has that very encoding: no two bodies mean the same. */
static void test_what_decodes_is_canonical(void **state)
{
    (void)state;
    uint8_t body[WIRE_BODY_MAX], again[WIRE_BODY_MAX];
    size_t again_size, taken = 0;
    struct buf_in view;
    struct bulletin b;
    fixture_bulletin(&b);
    fixture_body(body, &view, &b);
    for (size_t bit = 0; bit < 8 * view.size; bit++) {
        struct wire_sealed sealed;
        body[bit / 8] ^= (uint8_t)(1 << bit % 8);
        if (wire_decode_body(&sealed, body, view.size) == ERR_OK &&
            wire_decode_bulletin(&b, &sealed) == ERR_OK) {
            assert_int_equal(wire_encode_body(again, &again_size, &b), ERR_OK);
            assert_int_equal(again_size, view.size);
            assert_memory_equal(again, body, again_size);
            taken++;
        }
        body[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    assert_true(taken > 100);
}

static void test_longest_body(void **state)
{
    (void)state;
    uint8_t body[WIRE_BODY_MAX];
    size_t size;
    struct bulletin b;
    fixture_bulletin(&b);
    memset(b.text, 0, sizeof b.text);
    b.languages = 1u << BULLETIN_EN;
    struct bulletin_text *text = &b.text[BULLETIN_EN];
    text->headline[0] = 'h';
    memset(text->instruction, 'i', BULLETIN_INSTRUCTION_MAX);
    size_t left = WIRE_TEXT_MAX - 3 - BULLETIN_INSTRUCTION_MAX;
    memset(text->description, 'd', left);
    round_trip(&b);
    text->description[left] = 'd';
    assert_int_equal(wire_encode_body(body, &size, &b), ERR_LONG);
    text->description[left] = '\0';
    b.kind = BULLETIN_UPDATE;
    b.follows = 1;
    assert_int_equal(wire_encode_body(body, &size, &b), ERR_LONG);
    text->description[left - 3] = '\0';
    round_trip(&b);
}

/* The longest body takes two approvals; a third one makes the whole too long, as one more byte does the body. */
static void test_longest_sealed(void **state)
{
    (void)state;
    uint8_t bytes[2 * WIRE_SEALED_MAX] = {0};
    struct bulletin b;
    struct wire_sealed sealed;
    fixture_bulletin(&b);
    memset(b.text, 0, sizeof b.text);
    b.languages = 1u << BULLETIN_EN;
    memset(b.text[BULLETIN_EN].headline, 'h', BULLETIN_HEADLINE_MAX);
    memset(b.text[BULLETIN_EN].instruction, 'i', BULLETIN_INSTRUCTION_MAX);
    memset(b.text[BULLETIN_EN].description, 'd',
        WIRE_TEXT_MAX - 2 - BULLETIN_HEADLINE_MAX - BULLETIN_INSTRUCTION_MAX);
    size_t size = fixture_seal(bytes, &b, two, 2);
    assert_int_equal(size, WIRE_SEALED_MAX);
    assert_int_equal(decode_exactly(&sealed, bytes, size), ERR_OK);
    assert_int_equal(sealed.body_size, WIRE_BODY_MAX);
    bytes[WIRE_BODY_MAX] = 3;
    bytes[size] = FIXTURE_BOLAT + 1;
    assert_int_equal(decode_exactly(&sealed, bytes, size + WIRE_APPROVAL_SIZE), ERR_LONG);
    bytes[22] = (uint8_t)((WIRE_TEXT_MAX + 1) >> 8);
    bytes[23] = (uint8_t)(WIRE_TEXT_MAX + 1);
    bytes[WIRE_BODY_MAX] = 'd';
    assert_int_equal(wire_decode_body(&sealed, bytes, WIRE_BODY_MAX + 1), ERR_LONG);
}

/* A text of one language whose fields have these sizes, as no encoder of ours writes it. */
static enum err decode_fields(size_t headline, size_t instruction, size_t description)
{
    uint8_t body[WIRE_BODY_MAX];
    struct buf_in view;
    struct buf_out out;
    struct wire_sealed sealed;
    struct bulletin b;
    size_t size = headline + instruction + description + 2;
    fixture_bulletin(&b);
    fixture_body(body, &view, &b);
    body[21] = 0x20;
    buf_out_init(&out, body, sizeof body);
    out.used = 22;
    buf_put_u16(&out, (uint16_t)size);
    memset(body + WIRE_HEADER_SIZE, 'x', size);
    body[WIRE_HEADER_SIZE + headline] = 1;
    body[WIRE_HEADER_SIZE + headline + 1 + instruction] = 1;
    assert_int_equal(wire_decode_body(&sealed, body, WIRE_HEADER_SIZE + size), ERR_OK);
    return wire_decode_bulletin(&b, &sealed);
}

static void test_fields_have_limits(void **state)
{
    (void)state;
    assert_int_equal(decode_fields(BULLETIN_HEADLINE_MAX, BULLETIN_INSTRUCTION_MAX, 0), ERR_OK);
    assert_int_equal(decode_fields(BULLETIN_HEADLINE_MAX + 1, 0, 0), ERR_LONG);
    assert_int_equal(decode_fields(BULLETIN_HEADLINE_MAX + 2, 0, 0), ERR_LONG);
    assert_int_equal(decode_fields(1, BULLETIN_INSTRUCTION_MAX + 1, 0), ERR_LONG);
    assert_int_equal(decode_fields(1, 0, BULLETIN_DESCRIPTION_MAX), ERR_OK);
    assert_int_equal(decode_fields(1, 0, BULLETIN_DESCRIPTION_MAX + 1), ERR_LONG);
    assert_int_equal(decode_fields(1, 0, 1700), ERR_LONG);
}

/* Texts at their very limits in all languages: 6,720 bytes of UTF-8. */
static void test_longest_texts(void **state)
{
    (void)state;
    struct bulletin b;
    fixture_bulletin(&b);
    b.text_model = BULLETIN_TEXT_MODEL_DEFLATE;
    for (unsigned i = 0; i < BULLETIN_LANGUAGE_COUNT; i++) {
        memset(b.text[i].headline, 'h', BULLETIN_HEADLINE_MAX);
        memset(b.text[i].instruction, 'i', BULLETIN_INSTRUCTION_MAX);
        memset(b.text[i].description, 'd', BULLETIN_DESCRIPTION_MAX);
    }
    round_trip(&b);
}

static void test_bad_bulletins_are_not_written(void **state)
{
    (void)state;
    uint8_t body[WIRE_BODY_MAX];
    size_t size;
    struct bulletin b;
    struct buf_in list, none;
    buf_in_init(&none, NULL, 0);
    fixture_bulletin(&b);
    b.regions = 0;
    assert_int_equal(wire_encode_body(body, &size, &b), ERR_VALUE);
    fixture_bulletin(&b);
    b.kind = BULLETIN_ROSTER;
    assert_int_equal(wire_encode_body(body, &size, &b), ERR_VALUE);
    buf_in_init(&list, body, WIRE_TEXT_MAX + 1);
    assert_int_equal(wire_encode_roster_body(body, &size, &b, &list, &none), ERR_LONG);
    buf_in_init(&list, (const uint8_t *)"x", 1);
    b.number = 0;
    assert_int_equal(wire_encode_roster_body(body, &size, &b, &list, &none), ERR_VALUE);
}

/* A later text model can be checked and passed on, though not read. */
static void test_later_text_model(void **state)
{
    (void)state;
    uint8_t body[WIRE_BODY_MAX];
    struct buf_in view;
    struct wire_sealed sealed;
    struct bulletin b;
    fixture_bulletin(&b);
    fixture_body(body, &view, &b);
    body[21] |= 0x1f;
    assert_int_equal(wire_decode_body(&sealed, body, view.size), ERR_OK);
    assert_int_equal(wire_decode_bulletin(&b, &sealed), ERR_VERSION);
}

static void test_body_has_an_end(void **state)
{
    (void)state;
    uint8_t body[WIRE_BODY_MAX];
    struct buf_in view;
    struct wire_sealed sealed;
    struct bulletin b;
    fixture_bulletin(&b);
    fixture_body(body, &view, &b);
    body[view.size] = 0;
    assert_int_equal(wire_decode_body(&sealed, body, view.size + 1), ERR_FORMAT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_kind_and_language_comes_back),
        cmocka_unit_test(test_a_drill_says_whom_it_is_for),
        cmocka_unit_test(test_every_value_of_a_header_comes_back),
        cmocka_unit_test(test_draft_is_a_body_only),
        cmocka_unit_test(test_layout),
        cmocka_unit_test(test_sealed_comes_apart),
        cmocka_unit_test(test_approvals_are_written_in_one_order),
        cmocka_unit_test(test_same_editor_twice_is_not_written),
        cmocka_unit_test(test_same_editor_twice_is_not_read),
        cmocka_unit_test(test_every_cut_is_short),
        cmocka_unit_test(test_what_decodes_is_canonical),
        cmocka_unit_test(test_longest_body),
        cmocka_unit_test(test_longest_sealed),
        cmocka_unit_test(test_fields_have_limits),
        cmocka_unit_test(test_longest_texts),
        cmocka_unit_test(test_bad_bulletins_are_not_written),
        cmocka_unit_test(test_later_text_model),
        cmocka_unit_test(test_body_has_an_end),
    };
    if (seal_init() != ERR_OK)
        return 1;
    return cmocka_run_group_tests_name("wire", tests, NULL, NULL);
}
