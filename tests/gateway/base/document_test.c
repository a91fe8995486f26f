#include "gateway/base/base64.h"
#include "gateway/base/document.h"
#include "gateway/base/fields.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#define ROOM 4096

static struct document *parse(const char *text)
{
    struct document *document;
    char why[DOCUMENT_WHY_MAX];
    assert_int_equal(document_parse(&document, why, text, strlen(text), ROOM), ERR_OK);
    assert_string_equal(why, "");
    return document;
}

static void what_is_made_is_written(void **state)
{
    (void)state;
    char text[ROOM];
    struct document *object = document_new_object();
    struct document *list = document_new_list();
    document_append_text(list, "a\"b");
    document_append_number(list, -7);
    document_append(list, document_new_object());
    document_set(object, "list", list);
    document_set_text(object, "t", "Шұғыл");
    document_set_number(object, "n", INT64_C(9007199254740993));
    document_set_bool(object, "yes", true);
    document_set_null(object, "none");
    document_set_bytes(object, "b", (const uint8_t *)"\xff\x00\x01\x02", 4);
    document_set_time(object, "at", 1735689600);
    static const char want[] =
        "{\"list\":[\"a\\\"b\",-7,{}],\"t\":\"Шұғыл\",\"n\":9007199254740993,\"yes\":true,"
        "\"none\":null,\"b\":\"/wABAg==\",\"at\":\"2025-01-01T00:00:00Z\"}";
    assert_int_equal(document_write(text, sizeof text, object), sizeof want - 1);
    assert_string_equal(text, want);
    assert_int_equal(document_write(text, sizeof want - 1, object), 0);
    size_t size;
    char *heap = document_write_new(&size, object);
    assert_int_equal(size, sizeof want - 1);
    assert_string_equal(heap, want);
    free(heap);
    document_free(object);
}

static void a_malformed_text_is_mended(void **state)
{
    (void)state;
    char text[ROOM];
    struct document *list = document_new_list();
    document_append_text(list, "a\xc3z\xff");
    assert_true(document_write(text, sizeof text, list) > 0);
    assert_string_equal(text, "[\"a\xef\xbf\xbdz\xef\xbf\xbd\"]");
    document_free(list);
}

static void hostile_texts_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum err err;
    } wrong[] = {
        {"", ERR_FORMAT},
        {"7", ERR_FORMAT},
        {"{\"a\":1,\"a\":2}", ERR_FORMAT},
        {"{\"a\":1} x", ERR_FORMAT},
        {"[\"\\u0000\"]", ERR_FORMAT},
        {"[\"\xff\"]", ERR_FORMAT},
        {"[1e999]", ERR_FORMAT},
        {"[NaN]", ERR_FORMAT},
        {"[99999999999999999999]", ERR_FORMAT},
        {"[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]", ERR_LONG},
        {"{\"a", ERR_FORMAT},
    };
    struct document *document;
    char why[DOCUMENT_WHY_MAX];
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_int_equal(document_parse(&document, why, wrong[i].text, strlen(wrong[i].text), ROOM),
            wrong[i].err);
        assert_true(strlen(why) > 0 && strpbrk(why, "\r\n") == NULL);
    }
    assert_int_equal(document_parse(&document, why, "[1,2]", 5, 4), ERR_LONG);
    document_free(parse("[\"[[[[[[[[[[[[[[[[[[[[[\\\"[[[[\",[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]"));
}

static void fields_are_read(void **state)
{
    (void)state;
    struct document *document =
        parse("{\"t\":\"x\",\"e\":\"\",\"n\":5,\"b\":true,\"y\":\"AQID\",\"l\":[1],\"o\":{},"
              "\"z\":null}");
    struct fields in;
    char why[DOCUMENT_WHY_MAX], text[2], empty[2] = "q";
    int64_t number = 0;
    bool truth = false;
    uint8_t bytes[3];
    fields_init(&in, document, "", why);
    fields_get_text(&in, "t", text, sizeof text);
    fields_get_any_text(&in, "e", empty, sizeof empty);
    fields_get_number(&in, "n", &number, 1, 5);
    fields_get_bool(&in, "b", &truth);
    fields_get_exact(&in, "y", bytes, sizeof bytes);
    assert_int_equal(document_count(fields_get_list(&in, "l")), 1);
    assert_non_null(fields_get_object(&in, "o"));
    assert_false(fields_has(&in, "z"));
    assert_false(fields_has(&in, "not there"));
    assert_int_equal(fields_end(&in), ERR_OK);
    assert_string_equal(text, "x");
    assert_string_equal(empty, "");
    assert_int_equal(number, 5);
    assert_true(truth);
    assert_memory_equal(bytes, "\x01\x02\x03", 3);
    document_free(document);
}

/* Reads an object {"a": text of at most 3, "n": 1..9, "y": 2 bytes, "l": list} and returns why not. */
static enum err read_wrong(char why[DOCUMENT_WHY_MAX], const char *json)
{
    struct document *document = parse(json);
    struct fields in;
    char text[4];
    int64_t number;
    uint8_t bytes[2];
    fields_init(&in, document, "p", why);
    fields_get_text(&in, "a", text, sizeof text);
    fields_get_number(&in, "n", &number, 1, 9);
    fields_get_exact(&in, "y", bytes, sizeof bytes);
    fields_get_list(&in, "l");
    enum err err = fields_end(&in);
    document_free(document);
    return err;
}

static void wrong_fields_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        enum err err;
        const char *why;
    } wrong[] = {
        {"[]", ERR_FORMAT, "p: must be an object"},
        {"{}", ERR_MISSING, "p.a: is missing"},
        {"{\"a\":7}", ERR_FORMAT, "p.a: must be a text in quotes"},
        {"{\"a\":null}", ERR_FORMAT, "p.a: must be a text in quotes"},
        {"{\"a\":\"\"}", ERR_VALUE, "p.a: must not be empty"},
        {"{\"a\":\"four\"}", ERR_LONG, "p.a: 4 bytes, at most 3 fit"},
        {"{\"a\":\"x\",\"n\":0}", ERR_VALUE, "p.n: must be a whole number from 1 to 9"},
        {"{\"a\":\"x\",\"n\":1.5}", ERR_VALUE, "p.n: must be a whole number from 1 to 9"},
        {"{\"a\":\"x\",\"n\":1,\"y\":\"AQ\"}", ERR_FORMAT,
            "p.y: must be bytes in base64 with padding"},
        {"{\"a\":\"x\",\"n\":1,\"y\":\"AQ==\"}", ERR_VALUE, "p.y: must be 2 bytes, not 1"},
        {"{\"a\":\"x\",\"n\":1,\"y\":\"AQID\"}", ERR_LONG, "p.y: at most 2 bytes fit"},
        {"{\"a\":\"x\",\"n\":1,\"y\":\"AQI=\",\"l\":{}}", ERR_FORMAT,
            "p.l: must be a list in brackets"},
        {"{\"a\":\"x\",\"n\":1,\"y\":\"AQI=\",\"l\":[],\"m\":1}", ERR_VALUE, "p.m: unknown member"},
    };
    char why[DOCUMENT_WHY_MAX];
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_int_equal(read_wrong(why, wrong[i].json), wrong[i].err);
        assert_string_equal(why, wrong[i].why);
    }
    assert_int_equal(read_wrong(why, "{\"a\":\"x\",\"n\":1,\"y\":\"AQI=\",\"l\":[]}"), ERR_OK);
}

static void base64_is_rfc_4648(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *text; /* RFC 4648, 10 */
    } pairs[] = {{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}};
    char text[BASE64_LETTERS(6) + 1];
    uint8_t bytes[6];
    size_t size;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        base64_print(text, (const uint8_t *)pairs[i].bytes, strlen(pairs[i].bytes));
        assert_string_equal(text, pairs[i].text);
        assert_int_equal(base64_parse(bytes, &size, sizeof bytes, text, strlen(text)), ERR_OK);
        assert_int_equal(size, strlen(pairs[i].bytes));
        assert_memory_equal(bytes, pairs[i].bytes, size);
    }
    static const char *const wrong[] = {
        "Z", "Zg", "Zg=", "Zh==", "Zm9=", "Z===", "====", "Zg==Zg==", "Zm9v\n", "Zm-v", "Zm9v Zg="};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_int_equal(
            base64_parse(bytes, &size, sizeof bytes, wrong[i], strlen(wrong[i])), ERR_FORMAT);
    assert_int_equal(base64_parse(bytes, &size, 5, "Zm9vYmFy", 8), ERR_LONG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_made_is_written),
        cmocka_unit_test(a_malformed_text_is_mended),
        cmocka_unit_test(hostile_texts_are_refused),
        cmocka_unit_test(fields_are_read),
        cmocka_unit_test(wrong_fields_are_named),
        cmocka_unit_test(base64_is_rfc_4648),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
