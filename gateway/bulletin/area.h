/* area: the regions of Kazakhstan: their codes (ISO 3166-2:KZ as of 2022), names in three languages, which bit of a
 * bulletin's regions each is. Bit 0 is the whole country, bits 1-20 the codes in ascending order.
 */
#ifndef GATEWAY_BULLETIN_AREA_H
#define GATEWAY_BULLETIN_AREA_H

#include "gateway/bulletin/bulletin.h"

#include <stddef.h>

#define AREA_COUNT 21

struct area {
    uint8_t bit;
    const char *code; /* "KZ" or "KZ-75" */
    const char *name[BULLETIN_LANGUAGE_COUNT];
    const char *centre
        [BULLETIN_LANGUAGE_COUNT]; /* the region's main city; NULL for the country and for cities */
};

/* By bit; NULL if there is none. */
const struct area *area_find_bit(unsigned bit);
/* By code, case ignored, "KZ-75" or "75"; NULL if there is none. */
const struct area *area_find_code(const char *code);
/* Every region that a mask concerns: whole country concerns all, a region concerns itself and whoever chose the
 * whole country. True if a subscriber with regions `chosen` is to get a bulletin for `concerned`. */
bool area_concerns(uint32_t concerned, uint32_t chosen);
/* Codes of a mask, joined by spaces ("KZ-71 KZ-75") into text[size], cut at a whole code if need be. */
void area_print_codes(char *text, size_t size, uint32_t regions);
/* Codes or names in any of the three languages, separated by commas or spaces, to a mask. ERR_MISSING if one is
 * unknown, or there is none. Case is ignored for codes and names. Also known: main cities, names without their word for
 * region, old names and codes ("Нур-Султан", "ВКО", "KZ-ALA"). Letters that look alike are the same, in either alphabet,
 * with or without the Kazakh strokes; hyphens, dots and brackets are spaces. At each place the longest name counts;
 * "Алматы" alone is the city KZ-75, "Алматы облысы" the region KZ-19. */
ERR_CHECKED enum err area_parse(uint32_t *regions, const char *text);
/* Names of a mask in a language joined by ", ". */
void area_print_names(char *text, size_t size, uint32_t regions, enum bulletin_language language);

#endif
