#include "audio/same.h"

#include "audio/fsk.h"
#include "gateway/base/clock.h"
#include "gateway/bulletin/area.h"
#include "gateway/bulletin/phrases.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define PREAMBLE 0xabu
#define PREAMBLE_BYTES 16
#define BYTE_BITS 8
#define ORIGINATOR "CIV"
#define SEVERAL_STEPS_MIN 60 /* up to here in steps of FINE_MIN, then of COARSE_MIN */
#define FINE_MIN 15
#define COARSE_MIN 30
#define MINUTES 60

/* 47 CFR 11.31 (e). An empty one: the next table is asked. */
static const char *const kind_codes[BULLETIN_KIND_COUNT] = {
    [BULLETIN_RETRACT] = "ADR", /* administrative message */
    [BULLETIN_ALL_CLEAR] = "ADR",
    [BULLETIN_DRILL] = "DMO"}; /* practice */

static const char *const response_codes[BULLETIN_RESPONSE_COUNT] = {
    [BULLETIN_SHELTER] = "SPW", [BULLETIN_EVACUATE] = "EVI"};

/* Those of the phrase book's events for which there is one. */
static const struct {
    const char *event, *code;
} event_codes[] = {
    {"shooting", "CDW"}, /* civil danger */
    {"avoid", "CDW"},
    {"explosion", "CDW"},
    {"evacuation", "EVI"},
    {"flood", "FLW"},
    {"mudflow", "FFW"}, /* flash flood */
    {"earthquake", "EQW"},
    {"snowstorm", "BZW"}, /* blizzard */
    {"strong wind", "HWW"},
    {"wildfire", "FRW"},
    {"fire", "FRW"},
    {"gas leak", "HMW"}, /* hazardous materials */
    {"chemical leak", "HMW"},
    {"all clear", "ADR"},
    {"correction", "ADR"},
    {"drill", "DMO"},
};

/* The rest are civil emergencies. */
static const char *const category_codes[BULLETIN_CATEGORY_COUNT] = {
    [BULLETIN_SECURITY] = "CDW", [BULLETIN_FIRE] = "FRW", [BULLETIN_CBRNE] = "HMW"};

static const char *find_event_code(uint8_t event)
{
    const char *name = phrases_event_name(event);

    for (size_t i = 0; name && i < sizeof(event_codes) / sizeof(event_codes[0]); i++)
        if (strcmp(event_codes[i].event, name) == 0)
            return event_codes[i].code;
    return NULL;
}

static const char *choose_code(const struct bulletin *bulletin)
{
    const char *const codes[] = {kind_codes[bulletin->kind], response_codes[bulletin->response],
        find_event_code(bulletin->event), category_codes[bulletin->category]};

    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
        if (codes[i])
            return codes[i];
    return "CEM";
}

/* Rounded up to a step. */
static unsigned round_minutes(unsigned minutes)
{
    unsigned step = minutes <= SEVERAL_STEPS_MIN ? FINE_MIN : COARSE_MIN;

    return (minutes + step - 1) / step * step;
}

static void print_station(char station[SAME_STATION_MAX + 1], const char *name)
{
    size_t size = strcspn(name, "-");
    size_t used = 0;

    for (size_t i = 0; i < size && used < SAME_STATION_MAX; i++)
        if (isalnum((unsigned char)name[i]) || name[i] == '/')
            station[used++] = name[i];
    station[used] = '\0';
}

/* "-099001-099002"; all of them are fewer letters than SAME_TEXT_SIZE. */
static size_t print_regions(char *text, size_t size, uint32_t regions)
{
    size_t used = 0;

    if (regions & BULLETIN_COUNTRY)
        regions = BULLETIN_COUNTRY;
    for (unsigned bit = 0; bit < AREA_COUNT; bit++)
        if (regions >> bit & 1u)
            used += (size_t)snprintf(text + used, size - used, "-099%03u", bit);
    return used;
}

void same_print(char text[SAME_TEXT_SIZE], const struct bulletin *bulletin, const char *station)
{
    char name[SAME_STATION_MAX + 1];
    char issued[CLOCK_ORDINAL_SIZE];
    unsigned minutes = round_minutes(bulletin->lifetime_min);
    size_t used =
        (size_t)snprintf(text, SAME_TEXT_SIZE, "ZCZC-" ORIGINATOR "-%s", choose_code(bulletin));

    used += print_regions(text + used, SAME_TEXT_SIZE - used, bulletin->regions);
    print_station(name, station);
    clock_print_ordinal(issued, bulletin->sent_s);
    (void)snprintf(text + used, SAME_TEXT_SIZE - used, "+%02u%02u-%s-%-8s-", minutes / MINUTES,
        minutes % MINUTES, issued, name);
}

static size_t count_once(const char *text, unsigned rate_hz)
{
    double bits = BYTE_BITS * (double)(PREAMBLE_BYTES + strlen(text));

    return fsk_count_samples(SAME_BAUD, bits, rate_hz) + (size_t)SAME_PAUSE_MS * rate_hz / 1000;
}

size_t same_count_samples(const char *text, unsigned rate_hz)
{
    return SAME_TIMES * count_once(text, rate_hz);
}

static void put_byte(struct fsk *fsk, struct pcm *pcm, unsigned byte)
{
    for (unsigned bit = 0; bit < BYTE_BITS; bit++)
        fsk_put(fsk, pcm, (byte >> bit & 1u) != 0, 1.0);
}

void same_append(struct pcm *pcm, const char *text, double peak)
{
    for (unsigned time = 0; time < SAME_TIMES; time++) {
        struct fsk fsk = {
            .mark_hz = SAME_MARK_HZ, .space_hz = SAME_SPACE_HZ, .baud = SAME_BAUD, .peak = peak};

        for (unsigned i = 0; i < PREAMBLE_BYTES; i++)
            put_byte(&fsk, pcm, PREAMBLE);
        for (size_t i = 0; text[i] != '\0'; i++)
            put_byte(&fsk, pcm, (unsigned char)text[i]);
        pcm_append_silence(pcm, SAME_PAUSE_MS);
    }
}
