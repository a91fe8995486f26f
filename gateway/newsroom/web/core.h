/* core: dabyl's own rules in the browser. The same C that the gateway runs, compiled to WebAssembly (core.wasm), so that an
 * editor's page makes and reads the very bytes that are signed and shows the very texts that phones get. core.js is its
 * only caller and gives it the shape of a JavaScript library.
 *
 * There is one bulletin under work at a time. Numbers are passed as they are; texts and bytes through core_in, into which
 * the caller writes before the call, and core_out, from which it reads before the next one. Static texts are returned
 * as pointers to terminated UTF-8. Every `size` counts bytes in core_in. No heap, no I/O, no imports.
 */
#ifndef GATEWAY_NEWSROOM_WEB_CORE_H
#define GATEWAY_NEWSROOM_WEB_CORE_H

#include "gateway/bulletin/bulletin.h"

#define CORE_IN_SIZE 8192 /* the longest that is given: a sealed bulletin, a text, a slot's value */

#pragma GCC visibility push(default) /* what the module exports */

uint8_t *core_in(void);
size_t core_in_size(void);
const char *core_out(void);
size_t core_out_size(void);
/* What the last refusal was about, in a static English phrase; "" if there is nothing to say. */
const char *core_why(void);

/* ---- lists of names; in core.js they are `lists`, in the same order ---- */

enum core_list {
    CORE_FIELDS, /* numbers of a bulletin, named as in struct bulletin */
    CORE_KINDS,
    CORE_SEVERITIES,
    CORE_URGENCIES,
    CORE_CERTAINTIES,
    CORE_CATEGORIES,
    CORE_RESPONSES,
    CORE_LANGUAGES,
    CORE_TEXTS,       /* headline, instruction, description */
    CORE_ERRORS,      /* enum err: names */
    CORE_ERROR_TEXTS, /* and what they mean */
    CORE_EVENTS,      /* index 0 is event code 1 */
    CORE_EVENT_WORDS,
    CORE_AREA_CODES, /* the index is the bit of regions */
    CORE_AREA_NAMES,
    CORE_AREA_CENTRES, /* "" where an area has none */
    CORE_TEMPLATES,
    CORE_TEMPLATE_SLOTS, /* joined by spaces */
    CORE_PARTS,          /* of a complete bulletin (complete.h) */
    CORE_LIST_COUNT
};

/* The entry of a list, in a language where it has several; NULL behind its end. */
const char *core_name(enum core_list list, unsigned index, enum bulletin_language language);
/* By the name in core_in, also by short names and other spellings: an event's code, an area's bit; -1 if there is none. */
int core_find_event(size_t size);
int core_find_area(size_t size);

/* ---- the bulletin under work ---- */

/* An alert without texts or regions, with the defaults of a draft (json.h). */
void core_clear(void);
/* A number by its place in CORE_FIELDS. newsroom and audit_head are two bytes, the first one the lower. ERR_VALUE if it is no
 * whole number that the field can hold. */
ERR_CHECKED enum err core_set(unsigned field, double value);
double core_get(unsigned field);
/* A text by language and place in CORE_TEXTS. ERR_LONG over core_text_max. */
ERR_CHECKED enum err core_set_text(enum bulletin_language language, unsigned text, size_t size);
const char *core_text(enum bulletin_language language, unsigned text);
size_t core_text_max(unsigned text);

/* bulletin_check, or bulletin_check_draft where it has no number. */
ERR_CHECKED enum err core_check(void);
/* complete.h: the mask of missing parts, and whether it is refused for them. */
unsigned core_find_missing(void);
ERR_CHECKED enum err core_check_complete(void);

/* The body into core_out (wire_encode_body). */
ERR_CHECKED enum err core_encode(void);
/* Reads a sealed bulletin, or a body alone, from core_in into the bulletin under work: every byte of it. Signatures are
 * looked at by nobody here. What wire_decode_* says; ERR_FORMAT for bytes left over. */
ERR_CHECKED enum err core_decode_sealed(size_t size);
ERR_CHECKED enum err core_decode_body(size_t size);
/* Of what was decoded last, until core_in is written again: bytes of its body, with which core_in begins; approvals, each
 * WIRE_APPROVAL_SIZE bytes: index, signature. */
size_t core_body_size(void);
unsigned core_approval_count(void);
const uint8_t *core_approval(unsigned index);

/* ---- templates ---- */

/* A template's codes and texts, slots still in braces, into the bulletin under work. ERR_MISSING. Forgets all values. */
ERR_CHECKED enum err core_load_template(unsigned index);
/* core_in holds a slot's name, NUL, its value, both counted by size. BULLETIN_LANGUAGE_COUNT: for all languages. */
ERR_CHECKED enum err core_add_value(enum bulletin_language language, size_t size);
/* templates_fill with the values added since core_load_template. */
ERR_CHECKED enum err core_fill_template(unsigned index);

/* ---- what phones show and ears hear; the bulletin must be one that core_check accepts, with a number ---- */

enum core_word { CORE_SENDER, CORE_CODE, CORE_OWN_WORD, CORE_WORD_COUNT };

/* Who speaks, the check code, a subscriber's own word: kept until set again. */
ERR_CHECKED enum err core_set_word(enum core_word word, size_t size);

/* compose_text and its parts (8-bit reference); the text is in core_out. */
ERR_CHECKED enum err core_compose(enum bulletin_language language, bool latin, unsigned parts);

enum core_measure {
    CORE_UNITS,
    CORE_UNITS_PER_PART,
    CORE_IS_UCS2,
    CORE_LEFT_SENTENCES,
    CORE_LEFT_BYTES,
    CORE_MORE,
    CORE_OVER,
    CORE_PART_COUNT
};

/* Of the text that was composed last. */
unsigned core_measure(enum core_measure measure);
size_t core_part_size(unsigned part);
/* The characters that make it UCS-2, each once, into core_out. */
void core_list_misfits(void);
/* The text in core_in in Latin letters into core_out (translit.h). */
ERR_CHECKED enum err core_print_latin(enum bulletin_language language, size_t size);

/* script_write into core_out. */
ERR_CHECKED enum err core_write_script(enum bulletin_language language, bool brief);

#pragma GCC visibility pop

#endif
