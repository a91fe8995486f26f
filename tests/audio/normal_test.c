#include "audio/normal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct spoken {
    const char *written;
    const char *words;
};

static const struct spoken kazakh[] = {
    {"Кездесу 18:00", "Кездесүу он сегіз нөл нөл"},
    {"09:05", "тоғыз нөл бес"},
    {"00:00", "нөл нөл нөл"},
    {"14:00-де шығады", "он төрт нөл нөлде шығады"},
    {"22:09-да болды", "жиырма екі нөл тоғызда болды"},
    {"9:00–20:00", "тоғыз нөл нөлден жиырма нөл нөлге дейін"},
    {"9:00-20:00 аралығында", "тоғыз нөл нөл мен жиырма нөл нөл аралығында"},
    {"23:00-ге дейін", "жиырма үш нөл нөлге дейін"},
    {"112", "бір бір екі"},
    {"112-ге хабарласыңыз", "бір бір екіге хабарласыңыз"},
    {"101 немесе 112 нөміріне қоңырау шалыңыз",
        "бір нөл бір немесе бір бір екі нөміріне қоңырау шалыңыз"},
    {"112 адам көшірілді", "жүз он екі адам көшірілді"},
    {"+7 701 123 45 67", "плюс жеті, жеті нөл бір, бір екі үш, төрт бес, алты жеті"},
    {"8 (727) 264-12-34", "сегіз, жеті екі жеті, екі алты төрт, бір екі, үш төрт"},
    {"87011234567", "сегіз, жеті нөл бір, бір екі үш, төрт бес, алты жеті"},
    {"264-12-34", "екі алты төрт, бір екі, үш төрт"},
    {"10 000 адам", "он мың адам"},
    {"1 250 000 теңге", "бір миллион екі жүз елу мың теңге"},
    {"0", "нөл"},
    {"7", "жеті"},
    {"10", "он"},
    {"41", "қырық бір"},
    {"100", "жүз"},
    {"305", "үш жүз бес"},
    {"1000", "мың"},
    {"2026", "екі мың жиырма алты"},
    {"21 500", "жиырма бір мың бес жүз"},
    {"3,5", "үш бүтін оннан бес"},
    {"28.5", "жиырма сегіз бүтін оннан бес"},
    {"0,05", "нөл бүтін жүзден бес"},
    {"7.145 МГц", "жеті бүтін мыңнан жүз қырық бес мегагерц"},
    {"25%", "жиырма бес пайыз"},
    {"25 %-ға өсті", "жиырма бес пайызға өсті"},
    {"3,5 %", "үш бүтін оннан бес пайыз"},
    {"№7 мектеп", "нөмір жеті мектеп"},
    {"№ 22", "нөмір жиырма екі"},
    {"5-ші", "бесінші"},
    {"6-шы қабат", "алтыншы қабат"},
    {"1-ші, 2-ші және 10-шы үй", "бірінші, екінші және оныншы үй"},
    {"20-ыншы", "жиырмасыншы"},
    {"13-шағын ауданы", "он үшінші шағын ауданы"},
    {"5, 6, 7-шағын аудандарда", "бес, алты, жетінші шағын аудандарда"},
    {"40-та", "қырықта"},
    {"50 км", "елу километр"},
    {"28 м/с", "секундына жиырма сегіз метр"},
    {"60 км/сағ", "сағатына алпыс километр"},
    {"+5 °C", "плюс бес градус"},
    {"−12 °C", "минус он екі градус"},
    {"-12°C", "минус он екі градус"},
    {"5–7 км", "бес, жеті километр"},
    {"5–7 сағатқа", "бес, жеті сағатқа"},
    {"10-15 адам", "он, он бес адам"},
    {"50м", "елу метр"},
    {"5 км-ге дейін", "бес километрге дейін"},
    {"SMS", "эс эм эс"},
    {"SMS-ті жіберіңіз", "эс эм эсті жіберіңіз"},
    {"FM радио", "эф эм радио"},
    {"Telegram арна", "телеграм арна"},
    {"су жоқ", "сұу жоқ"},
    {"Ауыз суды үнемдеңіз", "Ауыз сұуды үнемдеңіз"},
    {"келу", "келүу"},
    {"ЖАҢАРТУ", "ЖАҢАРТҰУ"},
    {"ту", "тұу"},
    {"тау", "тау"},
    {"ауа", "ауа"},
    {"МЧС хабарлады", "эм чэ эс хабарлады"},
    {"ЖЭО-да апат", "ЖЭО-да апат"},
    {"«Абай» (даңғыл)", "Абай, даңғыл,"},
    {"Бұл — жаттығу", "Бұл, жаттығұу"},
    {"Астана–Көкшетау", "Астана, Көкшетау"},
    {"тел. 150", "телефон бір бес нөл"},
    {"24/7", "жиырма төрт, жеті"},
    {"😀 Сәлем", "Сәлем"},
    {"18:30 дейін күшінде", "он сегіз отызға дейін күшінде"},
    {"25-ші қараша 06:00 дейін", "жиырма бесінші қараша алты нөл нөлге дейін"},
    {"07:00–09:00 дейін", "жеті нөл нөлден тоғыз нөл нөлге дейін"},
};

static const struct spoken russian[] = {
    {"Сбор в 18:00", "Сбор в восемнадцать ноль ноль"},
    {"до 23:00", "до двадцати трёх ноль ноль"},
    {"с 09:05", "с девяти ноль пяти"},
    {"после 00:30", "после ноля тридцати"},
    {"10:00–16:00", "с десяти ноль ноль до шестнадцати ноль ноль"},
    {"с 10:00 до 16:00", "с десяти ноль ноль до шестнадцати ноль ноль"},
    {"с 10:00–16:00", "с десяти ноль ноль до шестнадцати ноль ноль"},
    {"звоните 112", "звоните один один два"},
    {"Звоните 101, 102 или 103", "Звоните один ноль один, один ноль два или один ноль три"},
    {"112 человек", "сто двенадцать человек"},
    {"позвоните 104 немедленно", "позвоните один ноль четыре немедленно"},
    {"+7 701 123-45-67", "плюс семь, семь ноль один, один два три, четыре пять, шесть семь"},
    {"8 800 080 11 11", "восемь, восемь ноль ноль, ноль восемь ноль, один один, один один"},
    {"264-12-34", "два шесть четыре, один два, три четыре"},
    {"87011234567", "восемь, семь ноль один, один два три, четыре пять, шесть семь"},
    {"10 000 человек", "десять тысяч человек"},
    {"1 000 000 тенге", "миллион тенге"},
    {"0", "ноль"},
    {"1 человек", "один человек"},
    {"2 школы", "две школы"},
    {"21 минута", "двадцать одна минута"},
    {"1 село", "одно село"},
    {"до 5 машин", "до пяти машин"},
    {"100", "сто"},
    {"945", "девятьсот сорок пять"},
    {"1000", "тысяча"},
    {"2026", "две тысячи двадцать шесть"},
    {"22 001", "двадцать две тысячи один"},
    {"3,5", "три целых пять десятых"},
    {"28.5", "двадцать восемь целых пять десятых"},
    {"1,01", "одна целая одна сотая"},
    {"7.145 МГц", "семь целых сто сорок пять тысячных мегагерца"},
    {"3,14159", "три запятая один четыре один пять девять"},
    {"25%", "двадцать пять процентов"},
    {"1 %", "один процент"},
    {"2,5 %", "две целых пять десятых процента"},
    {"№7", "номер семь"},
    {"школы №5 и № 22", "школы номер пять и номер двадцать два"},
    {"5-й", "пятый"},
    {"3-я группа", "третья группа"},
    {"13-м микрорайоне", "тринадцатом микрорайоне"},
    {"до 3-го и 4-го", "до третьего и четвёртого"},
    {"2-й этаж", "второй этаж"},
    {"40-й", "сороковой"},
    {"100-й", "сотый"},
    {"2-х", "двух"},
    {"5-ти", "пяти"},
    {"5-этажный", "пятиэтажный"},
    {"25-летний", "двадцатипятилетний"},
    {"28 м/с", "двадцать восемь метров в секунду"},
    {"60 км/ч", "шестьдесят километров в час"},
    {"50 м", "пятьдесят метров"},
    {"до 50 м", "до пятидесяти метров"},
    {"21 км", "двадцать один километр"},
    {"2 т", "две тонны"},
    {"+5 °C", "плюс пять градусов"},
    {"−12 °С", "минус двенадцать градусов"},
    {"5–7 км", "от пяти до семи километров"},
    {"5–7 человек", "от пяти до семи человек"},
    {"от 5–7", "от пяти до семи"},
    {"10-15 минут", "от десяти до пятнадцати минут"},
    {"SMS", "эс эм эс"},
    {"по FM", "по эф эм"},
    {"Telegram", "телеграм"},
    {"МЧС", "эм че эс"},
    {"ТЭЦ", "ТЭЦ"},
    {"ул. Абая", "улица Абая"},
    {"«Абай» (проспект)", "Абай, проспект,"},
    {"Астана–Кокшетау", "Астана, Кокшетау"},
    {"Это — проверка", "Это, проверка"},
    {"24/7", "двадцать четыре, семь"},
    {"102 и 103", "один ноль два и один ноль три"},
    {"5 мин", "пять минут"},
    {"30 тыс. тенге", "тридцать тысяч тенге"},
    {"до 06:00 25-го ноября", "до шести ноль ноль двадцать пятого ноября"},
    {"Действует до 18:30.", "Действует до восемнадцати тридцати."},
};

static const struct spoken english[] = {
    {"at 18:00", "at eighteen hundred hours"},
    {"09:05", "nine oh five"},
    {"9:00-15:00", "nine hundred hours to fifteen hundred hours"},
    {"18:30", "eighteen thirty"},
    {"00:00", "zero hundred hours"},
    {"call 112", "call one one two"},
    {"Call 101, 102 or 103", "Call one zero one, one zero two or one zero three"},
    {"112 people", "one hundred and twelve people"},
    {"dial 104 now", "dial one zero four now"},
    {"+7 701 123 45 67", "plus seven, seven zero one, one two three, four five, six seven"},
    {"8 (727) 264-12-34", "eight, seven two seven, two six four, one two, three four"},
    {"264-12-34", "two six four, one two, three four"},
    {"87011234567", "eight, seven zero one, one two three, four five, six seven"},
    {"+1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0",
        "plus one, two, three, four, five, six, seven, eight, nine, zero, one, two, three, four, "
        "five, six, seven, eight, nine, zero"},
    {"1234567890123456789012345678901234567890123",
        "one two three four five six seven eight nine zero one two three four five six seven eight "
        "nine zero one two three four five six seven eight nine zero one two three four five six "
        "seven eight nine zero one hundred and twenty three"},
    {"10,000 people", "ten thousand people"},
    {"10 000 people", "ten thousand people"},
    {"1,250,000", "one million two hundred and fifty thousand"},
    {"0", "zero"},
    {"1", "one"},
    {"12", "twelve"},
    {"21", "twenty one"},
    {"100", "one hundred"},
    {"101 Dalmatians", "one hundred and one Dalmatians"},
    {"305", "three hundred and five"},
    {"1000", "one thousand"},
    {"2026", "two thousand and twenty six"},
    {"1001", "one thousand and one"},
    {"120 005", "one hundred and twenty thousand and five"},
    {"3.5", "three point five"},
    {"28.5", "twenty eight point five"},
    {"0.05", "zero point zero five"},
    {"7.145 MHz", "seven point one four five megahertz"},
    {"25%", "twenty five per cent"},
    {"3.5 %", "three point five per cent"},
    {"No. 7", "number seven"},
    {"Nos. 5 and 22", "numbers five and twenty two"},
    {"№ 41", "number forty one"},
    {"No. I will not.", "No. I will not."},
    {"message No 41", "message number forty one"},
    {"No buses run", "No buses run"},
    {"1st", "first"},
    {"2nd", "second"},
    {"3rd", "third"},
    {"12th", "twelfth"},
    {"20th", "twentieth"},
    {"21st", "twenty first"},
    {"100th", "one hundredth"},
    {"5-storey", "five storey"},
    {"28 m/s", "twenty eight metres per second"},
    {"1 km", "one kilometre"},
    {"60 km/h", "sixty kilometres per hour"},
    {"50 m", "fifty metres"},
    {"50m", "fifty metres"},
    {"+5 °C", "plus five degrees"},
    {"-12 °C", "minus twelve degrees"},
    {"−12 °C", "minus twelve degrees"},
    {"5–7 km", "five to seven kilometres"},
    {"5-7 people", "five to seven people"},
    {"10 - 15 min", "ten to fifteen minutes"},
    {"SMS", "SMS"},
    {"Carry your ID.", "Carry your ID."},
    {"reply OK", "reply okay"},
    {"Алматы", "almaty"},
    {"(Abai avenue)", "Abai avenue,"},
    {"\"Orbita\" & Almagul", "Orbita and Almagul"},
    {"don't go", "don't go"},
    {"24/7", "twenty four, seven"},
    {"Astana–Kokshetau", "Astana, Kokshetau"},
    {"tel. 150", "telephone one five zero"},
    {"This is — a test…", "This is, a test."},
    {"until 06:00 on 25th November", "until six hundred hours on twenty fifth November"},
};

static void check(const struct spoken *table, size_t count, enum bulletin_language language)
{
    unsigned wrong = 0;

    for (size_t i = 0; i < count; i++) {
        char words[NORMAL_TEXT_MAX];

        assert_int_equal(normal_text(words, sizeof(words), table[i].written, language), ERR_OK);
        if (strcmp(words, table[i].words) == 0)
            continue;
        fprintf(stderr, "written: %s\ngot:     %s\nwant:    %s\n", table[i].written, words,
            table[i].words);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

static void kazakh_is_spoken_right(void **state)
{
    (void)state;
    check(kazakh, sizeof(kazakh) / sizeof(kazakh[0]), BULLETIN_KK);
}

static void russian_is_spoken_right(void **state)
{
    (void)state;
    check(russian, sizeof(russian) / sizeof(russian[0]), BULLETIN_RU);
}

static void english_is_spoken_right(void **state)
{
    (void)state;
    check(english, sizeof(english) / sizeof(english[0]), BULLETIN_EN);
}

/* Words are what the synthesiser reads right: said once more they do not change. */
static void words_stay_as_they_are(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(russian) / sizeof(russian[0]); i++) {
        char words[NORMAL_TEXT_MAX];

        assert_int_equal(normal_text(words, sizeof(words), russian[i].words, BULLETIN_RU), ERR_OK);
        if (!strchr(words, ','))
            assert_string_equal(words, russian[i].words);
    }
}

static void codes_are_spelled(void **state)
{
    char words[256];

    (void)state;
    assert_int_equal(normal_spell(words, sizeof(words), "7Q2K", BULLETIN_EN), ERR_OK);
    assert_string_equal(words, "seven, Q, Quebec, two, K, Kilo");
    assert_int_equal(normal_spell(words, sizeof(words), "0Z", BULLETIN_KK), ERR_OK);
    assert_string_equal(words, "нөл, зэт, зулу");
    assert_int_equal(normal_spell(words, sizeof(words), "A9", BULLETIN_RU), ERR_OK);
    assert_string_equal(words, "а, альфа, девять");
    assert_int_equal(normal_spell(words, sizeof(words), "7q", BULLETIN_RU), ERR_TEXT);
    assert_int_equal(normal_spell(words, sizeof(words), "", BULLETIN_RU), ERR_OK);
    assert_string_equal(words, "");
}

/* Room for exactly the words is enough; one byte less is refused and nothing is written beyond. */
static void room_is_kept(void **state)
{
    static const char want[] = "жиырма үш нөл нөлге дейін";
    char words[64];

    (void)state;
    for (size_t size = 0; size <= sizeof(want); size++) {
        memset(words, 0x55, sizeof(words));
        assert_int_equal(normal_text(words, size, "23:00-ге дейін", BULLETIN_KK),
            size == sizeof(want) ? ERR_OK : ERR_LONG);
        assert_int_equal(words[size], 0x55);
    }
    memset(words, 0x55, sizeof(words));
    assert_int_equal(normal_spell(words, 5, "ZZ", BULLETIN_EN), ERR_LONG);
    assert_int_equal(words[5], 0x55);
}

/* The longest text that a bulletin can hold, all digits, fits NORMAL_TEXT_MAX; malformed bytes are passed over. */
static void long_and_odd_texts(void **state)
{
    static const char *const odd[] = {"\xff\xfe", "\xd0", "5\xe2", "№", "+", "-", "(", "1-", "1–",
        "18:", "18:6", "18:60", "3,", "3,4,5", "1.2.3", "99999999999999999999999999", NULL};
    char digits[BULLETIN_DESCRIPTION_MAX + 1];
    char words[NORMAL_TEXT_MAX];

    (void)state;
    memset(digits, '7', sizeof(digits) - 1);
    digits[sizeof(digits) - 1] = '\0';
    for (int language = 0; language < BULLETIN_LANGUAGE_COUNT; language++) {
        assert_int_equal(
            normal_text(words, sizeof(words), digits, (enum bulletin_language)language), ERR_OK);
        for (const char *const *text = odd; *text; text++)
            assert_int_equal(
                normal_text(words, sizeof(words), *text, (enum bulletin_language)language), ERR_OK);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kazakh_is_spoken_right),
        cmocka_unit_test(russian_is_spoken_right),
        cmocka_unit_test(english_is_spoken_right),
        cmocka_unit_test(words_stay_as_they_are),
        cmocka_unit_test(codes_are_spelled),
        cmocka_unit_test(room_is_kept),
        cmocka_unit_test(long_and_odd_texts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
