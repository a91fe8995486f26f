#include "audio/rx_view.h"

#include "gateway/base/clock.h"
#include "gateway/base/utf8.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define HOME "\x1b[H"
#define ERASE_LINE "\x1b[K"
#define ERASE_BELOW "\x1b[J"
#define BAR_MAX 20
#define LEVEL_LEAST_DB (-60)
#define LEVEL_FULL 32768.0
#define LINE_SIZE 2048
#define OBJECTS_SHOWN 5
#define LINES_SHOWN 3
#define ROWS_LEAST 4
#define COLUMNS_LEAST 20
#define INDENT 4

/* A screen that is being written. Everything goes through put_line, which cleans it. */
struct page {
    char *out;
    size_t used;
    unsigned row, rows, columns;
};

void rx_view_take_sound(struct rx_view *view, const int16_t *samples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        view->level_sum += (double)samples[i] * samples[i];
        if (abs(samples[i]) > view->level_peak)
            view->level_peak = abs(samples[i]);
    }
    view->level_count += count;
}

void rx_view_take_heard(struct rx_view *view, const struct rx_heard *heard)
{
    struct rx_heard *place = &view->heard[view->heard_count++ % RX_VIEW_BULLETINS_MAX];
    *place = *heard;
    place->sealed = NULL;
    place->sealed_size = 0;
}

void rx_view_take_text(struct rx_view *view, enum rx_text_mode mode, const char *line)
{
    char text[LINE_SIZE];
    (void)snprintf(text, sizeof text, "%s: %.1024s", rx_text_print_mode(mode), line);
    (void)rx_text_clean(
        view->lines[view->line_count++ % RX_VIEW_LINES_MAX], text, RX_TEXT_COLUMNS_MAX);
}

void rx_view_take_notice(struct rx_view *view, const char *notice)
{
    char *place = view->notices[view->notice_count++ % RX_VIEW_NOTICES_MAX];
    (void)snprintf(place, sizeof view->notices[0], "%s", notice);
}

static bool is_full(const struct page *page)
{
    return page->row == page->rows;
}

static void put_raw(struct page *page, const char *text)
{
    size_t size = strlen(text);
    memcpy(page->out + page->used, text, size + 1);
    page->used += size;
}

/* A line of text that may be anything. */
static void put_line(struct page *page, const char *text)
{
    char clean[RX_TEXT_SIZE];
    if (is_full(page))
        return;
    /* the last column stays empty: terminals differ in what they do behind it */
    (void)rx_text_clean(clean, text, page->columns - 1);
    put_raw(page, page->row++ ? "\r\n" : HOME);
    put_raw(page, clean);
    put_raw(page, ERASE_LINE);
}

static void put(struct page *page, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void put(struct page *page, const char *format, ...)
{
    char text[LINE_SIZE];
    va_list rest;
    va_start(rest, format);
    (void)vsnprintf(text, sizeof text, format, rest);
    va_end(rest);
    put_line(page, text);
}

/* Bytes of text that fit so many columns, broken at a space if there is one. */
static size_t fit(const char *text, size_t columns)
{
    const char *at = text, *space = NULL;
    for (size_t i = 0; i < columns && *at; i++) {
        if (*at == ' ')
            space = at;
        (void)utf8_next(&at);
    }
    if (!*at || *at == ' ' || !space)
        return (size_t)(at - text);
    return (size_t)(space - text);
}

/* The same in as many lines as it takes, indented. */
static void put_wrapped(struct page *page, const char *text)
{
    while (*text && !is_full(page)) {
        size_t size = fit(text, page->columns - 1 - INDENT);
        put(page, "%*s%.*s", INDENT, "", (int)size, text);
        text += size;
        while (*text == ' ')
            text++;
    }
}

static void print_bar(char bar[BAR_MAX + 1], double share)
{
    for (int i = 0; i < BAR_MAX; i++)
        bar[i] = i < share * BAR_MAX ? '#' : '.';
    bar[BAR_MAX] = '\0';
}

static double decibels(double level)
{
    return level >= 1 ? 20 * log10(level / LEVEL_FULL) : -INFINITY;
}

static void put_level(struct page *page, struct rx_view *view)
{
    char bar[BAR_MAX + 1];
    double rms = view->level_count ? sqrt(view->level_sum / (double)view->level_count) : 0.0;
    double level_db = decibels(rms), peak_db = decibels(view->level_peak);
    print_bar(bar, 1 - level_db / LEVEL_LEAST_DB);
    if (!view->level_count)
        put(page, "level   no sound comes");
    else if (isinf(level_db))
        put(page, "level   %s  silence", bar);
    else
        put(page, "level   %s  %.0f dB, peak %.0f dB%s", bar, level_db, peak_db,
            view->level_peak >= INT16_MAX ? "  TOO LOUD" : "");
    view->level_count = 0;
    view->level_sum = 0;
    view->level_peak = 0;
}

static void put_signal(struct page *page, const struct rx_view_now *now, bool sound)
{
    const struct rx_front_stats *front = &now->front;
    const char *state = !sound              ? "waits for sound"
                        : front->synced     ? "hears data"
                        : now->voice_synced ? "hears voice"
                                            : "searches";
    if (front->good)
        put(page, "signal  %s; last SNR %.1f dB, offset %+.0f Hz", state, front->snr_last_db,
            front->offset_last_hz);
    else
        put(page, "signal  %s", state);
    put(page, "frames  %" PRIu64 " heard, %" PRIu64 " failed, %" PRIu64 " joined from copies",
        front->good, front->bad, front->joined);
    if (now->voice_wanted)
        put(page, "voice   %.0f s", now->voice_s);
}

static void put_objects(struct page *page, const struct collect *collect)
{
    unsigned shown = 0;
    for (unsigned i = 0; i < collect->object_count && shown < OBJECTS_SHOWN; i++) {
        const struct collect_object *object = &collect->objects[i];
        char bar[BAR_MAX + 1];
        unsigned have = collect_distinct(object);
        if (object->found_count)
            continue;
        if (!shown++)
            put(page, "being collected");
        print_bar(bar, (double)have / object->k);
        put(page, "    %02x%02x%02x  %s  %u of %u frames%s", object->tag[0], object->tag[1],
            object->tag[2], bar, have, object->k,
            object->kind == FRAME_BUNDLE ? " of several older ones" : "");
    }
}

static void put_texts(struct page *page, const struct bulletin *bulletin)
{
    for (int i = 0; i < BULLETIN_LANGUAGE_COUNT; i++) {
        char text[LINE_SIZE];
        if (!(bulletin->languages & 1 << i))
            continue;
        (void)snprintf(text, sizeof text, "[%s] %s",
            bulletin_print_language((enum bulletin_language)i), bulletin->text[i].headline);
        put_wrapped(page, text);
        put_wrapped(page, bulletin->text[i].instruction);
    }
}

static void put_heard(struct page *page, const struct rx_heard *heard)
{
    const struct bulletin *bulletin = &heard->bulletin;
    char hhmm[CLOCK_HHMM_SIZE];
    clock_print_hhmm(hhmm, bulletin->sent_s);
    put(page, "  %s  %02x%02x %" PRIu32 "  %s  of %s  %s%s",
        heard->result ? "not verified" : "VERIFIED", bulletin->newsroom[0], bulletin->newsroom[1],
        bulletin->number, bulletin_print_kind(bulletin->kind), hhmm,
        heard->result ? "" : "check code ", heard->result ? rx_print_reason(heard) : heard->code);
    if (!heard->result)
        put_texts(page, bulletin);
}

/* The newest first. */
static void put_all_heard(struct page *page, const struct rx_view *view)
{
    put(page, "bulletins%s", view->heard_count ? "" : ": none yet");
    for (unsigned i = 0; i < view->heard_count && i < RX_VIEW_BULLETINS_MAX && !is_full(page); i++)
        put_heard(page, &view->heard[(view->heard_count - 1 - i) % RX_VIEW_BULLETINS_MAX]);
}

static void put_lines(struct page *page, const struct rx_view *view)
{
    unsigned count = view->line_count < LINES_SHOWN ? view->line_count : LINES_SHOWN;
    if (count)
        put(page, "text, not verified: anybody can send it");
    for (unsigned i = view->line_count - count; i < view->line_count; i++)
        put(page, "  %s", view->lines[i % RX_VIEW_LINES_MAX]);
}

static void put_notices(struct page *page, const struct rx_view *view, const struct rx_judge *judge)
{
    unsigned count =
        view->notice_count < RX_VIEW_NOTICES_MAX ? view->notice_count : RX_VIEW_NOTICES_MAX;
    for (unsigned i = 0; i < judge->newsroom_count; i++) {
        char missing[RX_PRINT_NOTICE_SIZE];
        if (rx_print_missing(missing, &judge->newsrooms[i]))
            put(page, "%s", missing);
    }
    for (unsigned i = view->notice_count - count; i < view->notice_count; i++)
        put(page, "%s", view->notices[i % RX_VIEW_NOTICES_MAX]);
}

static unsigned cut(unsigned value, unsigned least, unsigned most)
{
    return value < least ? least : value > most ? most : value;
}

/* Rows that one part would take. */
static unsigned count_rows(const struct rx_view *view, const struct rx_view_now *now)
{
    char *out = malloc(RX_VIEW_SIZE);
    struct page page = {.out = out, .rows = RX_VIEW_ROWS_MAX, .columns = RX_VIEW_COLUMNS_MAX};
    if (!out)
        return 0;
    put_lines(&page, view);
    put_notices(&page, view, now->judge);
    free(out);
    return page.row;
}

size_t rx_view_print(char screen[RX_VIEW_SIZE], struct rx_view *view, const struct rx_view_now *now)
{
    struct page page = {.out = screen,
        .rows = cut(now->rows, ROWS_LEAST, RX_VIEW_ROWS_MAX),
        .columns = cut(now->columns, COLUMNS_LEAST, RX_VIEW_COLUMNS_MAX)};
    unsigned seconds = (unsigned)(now->front.samples / DATAC_RATE_HZ), rows = page.rows;
    unsigned below = count_rows(view, now);
    put(&page, "dabyl-rx  %s  %u:%02u:%02u  (Ctrl-C ends)", view->source, seconds / 3600,
        seconds / 60 % 60, seconds % 60);
    bool sound = view->level_count > 0;
    put_level(&page, view);
    put_signal(&page, now, sound);
    put_objects(&page, now->collect);
    /* what comes below has its rows; the bulletins have the rest, at least a few */
    if (page.row + 2 + below < rows)
        page.rows = rows - below;
    put_all_heard(&page, view);
    page.rows = rows;
    put_lines(&page, view);
    put_notices(&page, view, now->judge);
    put_raw(&page, is_full(&page) ? "" : ERASE_BELOW);
    return page.used;
}
