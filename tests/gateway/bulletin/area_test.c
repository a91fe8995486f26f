#include "gateway/bulletin/area.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static const struct {
    const char *text;
    unsigned bit;
} written[] = {
    {"KZ", 0},
    {"KZ-10", 1},
    {"kz-79", 20},
    {"75", 19},
    {"KZ 75", 19},
    {"KZ-ALA", 19},
    {"kz-yuz", 15},
    {"Казахстан", 0},
    {"Алматы", 19},
    {"алматы қаласы", 19},
    {"г. Алматы", 19},
    {"город Алматы", 19},
    {"Almaty (city)", 19},
    {"Алма-Ата", 19},
    {"Алматы облысы", 4},
    {"Алматинская область", 4},
    {"АЛМАТИНСКАЯ ОБЛ.", 4},
    {"область Алматы", 4},
    {"almaty region", 4},
    {"Қонаев", 4},
    {"Qonaev (Konaev)", 4},
    {"Конаев", 4},
    {"Нур-Султан", 18},
    {"нур султан", 18},
    {"Нұр-Сұлтан", 18},
    {"ақтау", 12},
    {"актау", 12},
    {"Aktau", 12},
    {"Абайская область (область Абай)", 1},
    {"Усть-Каменогорск", 17},
    {"ускемен", 0xff},
    {"Өскемен", 17},
    {"ВКО", 17},
    {"Батыс Қазақстан", 6},
    {"батыс казакстан облысы", 6},
    {"Ақтөбе", 3},
    {"Актюбинск", 3},
    {"Шымкент қ.", 20},
    {"Петропавловск", 14},
    {"KAPAГAHДA", 9}, /* Latin letters that look Cyrillic */
    {"Кызылорда", 11},
    {"Атлантида", 0xff},
    {"Алматыда", 0xff},
    {"KZ-99", 0xff},
    {"область", 0xff},
    {"", 0xff},
    {" , ", 0xff},
};

static void written_places_are_known(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof written / sizeof written[0]; i++) {
        uint32_t regions = 0;
        enum err err = area_parse(&regions, written[i].text);
        enum err want = written[i].bit == 0xff ? ERR_MISSING : ERR_OK;
        if (err != want || (want == ERR_OK && regions != 1u << written[i].bit))
            fail_msg("\"%s\": got %s, mask %x, want bit %u", written[i].text, err_name(err),
                regions, written[i].bit);
    }
}

static void each_name_and_centre_is_its_own_region(void **state)
{
    (void)state;
    for (unsigned bit = 0; bit < AREA_COUNT; bit++) {
        const struct area *area = area_find_bit(bit);
        assert_int_equal(area->bit, bit);
        assert_ptr_equal(area_find_code(area->code), area);
        for (unsigned i = 0; i < BULLETIN_LANGUAGE_COUNT; i++) {
            uint32_t regions = 0;
            assert_int_equal(area_parse(&regions, area->name[i]), ERR_OK);
            assert_int_equal(regions, 1u << bit);
            assert_int_equal(area->centre[i] == NULL, bit == 0 || bit > 17);
            if (area->centre[i] == NULL)
                continue;
            assert_int_equal(area_parse(&regions, area->centre[i]), ERR_OK);
            assert_int_equal(regions, 1u << bit);
        }
    }
    assert_null(area_find_bit(AREA_COUNT));
}

static void codes_stand_in_ascending_order(void **state)
{
    (void)state;
    for (unsigned bit = 1; bit < AREA_COUNT; bit++)
        assert_true(strcmp(area_find_bit(bit - 1)->code, area_find_bit(bit)->code) < 0);
    assert_int_equal(BULLETIN_REGIONS_ALL, (1u << AREA_COUNT) - 1);
}

static void codes_are_found(void **state)
{
    (void)state;
    assert_int_equal(area_find_code("kz-63")->bit, 17);
    assert_int_equal(area_find_code("63")->bit, 17);
    assert_int_equal(area_find_code("KZ")->bit, 0);
    assert_null(area_find_code("KZ-6"));
    assert_null(area_find_code("KZ-63 KZ-71"));
    assert_null(area_find_code(""));
    assert_null(area_find_code("Алматы"));
}

static void lists_are_read_and_printed(void **state)
{
    (void)state;
    uint32_t regions;
    char text[200];
    assert_int_equal(area_parse(&regions, "KZ-71, Алматы;Батыс Қазақстан облысы 47"), ERR_OK);
    area_print_codes(text, sizeof text, regions);
    assert_string_equal(text, "KZ-27 KZ-47 KZ-71 KZ-75");
    area_print_names(text, sizeof text, regions, BULLETIN_RU);
    assert_string_equal(
        text, "Западно-Казахстанская область, Мангистауская область, Астана, Алматы");
    uint32_t again;
    assert_int_equal(area_parse(&again, text), ERR_OK);
    assert_int_equal(again, regions);
    area_print_codes(text, 12, regions);
    assert_string_equal(text, "KZ-27 KZ-47");
    area_print_codes(text, 11, regions);
    assert_string_equal(text, "KZ-27");
    area_print_names(text, 1, regions, BULLETIN_EN);
    assert_string_equal(text, "");
}

static void whatever_is_printed_is_read(void **state)
{
    (void)state;
    for (uint32_t regions = 1; regions <= BULLETIN_REGIONS_ALL; regions = regions * 3 + 1)
        for (int i = 0; i <= BULLETIN_LANGUAGE_COUNT; i++) {
            char text[1200];
            uint32_t again;
            if (i == BULLETIN_LANGUAGE_COUNT)
                area_print_codes(text, sizeof text, regions);
            else
                area_print_names(text, sizeof text, regions, (enum bulletin_language)i);
            assert_int_equal(area_parse(&again, text), ERR_OK);
            assert_int_equal(again, regions);
        }
}

static void country_concerns_all(void **state)
{
    (void)state;
    const uint32_t astana = 1u << 18, almaty = 1u << 19;
    assert_true(area_concerns(BULLETIN_COUNTRY, almaty));
    assert_true(area_concerns(almaty, BULLETIN_COUNTRY));
    assert_true(area_concerns(almaty | astana, almaty));
    assert_false(area_concerns(astana, almaty));
    assert_false(area_concerns(astana, 0));
}

static void long_text_is_refused(void **state)
{
    (void)state;
    char text[600];
    uint32_t regions;
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    assert_int_equal(area_parse(&regions, text), ERR_MISSING);
    assert_null(area_find_code(text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(written_places_are_known),
        cmocka_unit_test(each_name_and_centre_is_its_own_region),
        cmocka_unit_test(codes_stand_in_ascending_order),
        cmocka_unit_test(codes_are_found),
        cmocka_unit_test(lists_are_read_and_printed),
        cmocka_unit_test(whatever_is_printed_is_read),
        cmocka_unit_test(country_concerns_all),
        cmocka_unit_test(long_text_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
