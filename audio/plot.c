#include "audio/plot.h"

#include "audio/spectrum.h"
#include "gateway/base/log.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS (PLOT_TOP_HZ / SPECTRUM_FINE_HZ)
#define LEFT 84 /* pixels: of "00:00" and its tick */
#define TOP 58  /* of the title and the frequencies */
#define BOTTOM 34
#define TITLE_Y 8
#define TICK 6
#define GAP 6 /* between what stands side by side */
#define BAR 8 /* the width of a segment's bar */
#define LEADER 18
#define LABEL_HEIGHT 20
#define NAMES_X (LEFT + COLUMNS + GAP + BAR + LEADER + GAP)
#define GRID_HZ 1000
#define GRID_STEP 8 /* rows between its dots */
#define TEXT_SIZE 48
#define S_PER_MIN 60
#define FLOOR_POWER 1e-12
#define LOUDEST_SHARE 0.01
#define FLOOR_SHARE 0.75

/* The palette: shades of loudness, then inks. */
enum { SHADES = 128, INK_TEXT = SHADES, INK_DIM, INK_GRID, INK_BAR, INK_BAR_OTHER };

/* Where the shades go through, evenly spaced; each lighter than the one before. */
static const struct picture_colour stops[] = {{8, 11, 34}, {34, 24, 92}, {92, 28, 122},
    {164, 44, 106}, {222, 86, 64}, {246, 152, 40}, {250, 214, 92}, {255, 252, 222}};
static const struct picture_colour inks[] = {
    {236, 238, 244}, {150, 156, 178}, {96, 104, 140}, {94, 178, 190}, {216, 168, 92}};

static uint8_t mix(uint8_t a, uint8_t b, double part)
{
    return (uint8_t)lround(a + (b - a) * part);
}

static void set_colours(struct picture *picture)
{
    enum { STOPS = sizeof(stops) / sizeof(stops[0]) };

    for (size_t i = 0; i < SHADES; i++) {
        double at = (double)i * (STOPS - 1) / (SHADES - 1);
        size_t stop = (size_t)at < STOPS - 1 ? (size_t)at : STOPS - 2;
        const struct picture_colour *a = &stops[stop], *b = &stops[stop + 1];
        double part = at - (double)stop;

        picture->colours[i] = (struct picture_colour){
            mix(a->red, b->red, part), mix(a->green, b->green, part), mix(a->blue, b->blue, part)};
    }
    memcpy(&picture->colours[SHADES], inks, sizeof(inks));
}

static size_t count_rows(const struct pcm *pcm)
{
    size_t rows = (pcm->count * PLOT_ROWS_PER_S + pcm->rate_hz - 1) / pcm->rate_hz;

    return rows < PLOT_ROWS_MIN ? PLOT_ROWS_MIN : rows > PLOT_ROWS_MAX ? PLOT_ROWS_MAX : rows;
}

/* -- the waterfall */

/* Of one row: the mean of the moments that begin in it, each half over the one before. */
static void measure_row(double *db, struct spectrum *spectrum, const struct pcm *pcm,
    const double span[2] /* samples */)
{
    double power[COLUMNS] = {0.0};
    double hop = (double)spectrum_size(spectrum) / 2.0;
    size_t moments = 1 + (size_t)((span[1] - span[0]) / hop);

    for (size_t i = 0; i < moments; i++)
        spectrum_add(power, COLUMNS, spectrum, pcm,
            (size_t)(span[0] + (span[1] - span[0]) * (double)i / (double)moments));
    for (size_t i = 0; i < COLUMNS; i++)
        db[i] = 10.0 * log10(power[i] / (double)moments + FLOOR_POWER);
}

static double *measure_new(const struct pcm *pcm, size_t rows)
{
    struct spectrum *spectrum = spectrum_new(pcm->rate_hz);
    double *db = calloc(rows * COLUMNS, sizeof(*db));

    if (!db)
        log_fatal("no_memory");
    for (size_t row = 0; row < rows; row++) {
        const double span[2] = {(double)pcm->count * (double)row / (double)rows,
            (double)pcm->count * (double)(row + 1) / (double)rows};

        measure_row(db + row * COLUMNS, spectrum, pcm, span);
    }
    spectrum_free(spectrum);
    return db;
}

/* The loudness that this share of all points exceed. */
static double find_loudness_db(const double *db, size_t count, double share)
{
    enum { STEPS = 121 }; /* 0 to -120 dB */
    size_t at[STEPS] = {0}, seen = 0, step = 0;

    for (size_t i = 0; i < count; i++)
        at[db[i] >= 0.0 ? 0 : db[i] <= 1.0 - STEPS ? STEPS - 1 : (size_t)-db[i]]++;
    while (step < STEPS - 1 && (double)(seen += at[step]) < (double)count * share)
        step++;
    return -(double)step;
}

static void paint_waterfall(struct picture *picture, const struct pcm *pcm, size_t rows)
{
    double *db = measure_new(pcm, rows);
    double floor_db = find_loudness_db(db, rows * COLUMNS, FLOOR_SHARE);
    double top_db =
        fmax(find_loudness_db(db, rows * COLUMNS, LOUDEST_SHARE), floor_db + PLOT_RANGE_LEAST_DB);
    double range_db = fmin(top_db - floor_db, PLOT_RANGE_DB);

    for (size_t i = 0; i < rows * COLUMNS; i++) {
        double shade = (SHADES - 1) * (1.0 + (db[i] - top_db) / range_db);
        size_t at = (TOP + i / COLUMNS) * picture->width + LEFT + i % COLUMNS;

        picture->pixels[at] = (uint8_t)(shade < 0.0          ? 0
                                        : shade > SHADES - 1 ? SHADES - 1
                                                             : lround(shade));
    }
    free(db);
}

/* -- what stands around it */

static void put_text(struct picture *picture, size_t right_x, size_t y, const char *text)
{
    size_t width = picture_text_width(text);

    picture_write(picture, width < right_x ? right_x - width : 0, y, text, INK_TEXT);
}

static void paint_frequencies(struct picture *picture, size_t rows)
{
    const size_t texts_y[] = {TOP - TICK - GAP - PICTURE_LETTER_HEIGHT, TOP + rows + TICK + GAP};
    const size_t ticks_y[] = {TOP - TICK, TOP + rows};

    for (unsigned hz = 0; hz <= PLOT_TOP_HZ; hz += GRID_HZ) {
        size_t x = LEFT + hz / SPECTRUM_FINE_HZ;
        char text[TEXT_SIZE];

        (void)snprintf(text, sizeof(text), hz < PLOT_TOP_HZ ? "%u" : "%u Hz", hz);
        for (size_t i = 0; i < sizeof(ticks_y) / sizeof(ticks_y[0]); i++) {
            picture_fill(picture, &(struct picture_box){x, ticks_y[i], 1, TICK}, INK_DIM);
            picture_write(
                picture, hz == 0 ? x : x - 2 * PICTURE_LETTER_WIDTH, texts_y[i], text, INK_TEXT);
        }
        for (size_t row = 0; row < rows && hz % PLOT_TOP_HZ != 0; row += GRID_STEP)
            picture_fill(picture, &(struct picture_box){x, TOP + row, 1, 1}, INK_GRID);
    }
}

static void print_time(char text[TEXT_SIZE], double seconds)
{
    unsigned whole = (unsigned)seconds;

    (void)snprintf(text, TEXT_SIZE, "%u:%02u", whole / S_PER_MIN, whole % S_PER_MIN);
}

/* The first step at which the times do not touch. */
static unsigned choose_step_s(double rows_per_s)
{
    static const unsigned steps_s[] = {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 3600};
    enum { STEPS = sizeof(steps_s) / sizeof(steps_s[0]) };
    size_t i = 0;

    while (i < STEPS - 1 && steps_s[i] * rows_per_s < 2 * LABEL_HEIGHT)
        i++;
    return steps_s[i];
}

static void paint_times(struct picture *picture, double seconds, size_t rows)
{
    double rows_per_s = (double)rows / seconds;
    unsigned step_s = choose_step_s(rows_per_s);
    char text[TEXT_SIZE];

    for (unsigned at_s = 0; at_s <= seconds; at_s += step_s) {
        size_t y = TOP + (size_t)(at_s * rows_per_s);

        print_time(text, at_s);
        picture_fill(picture, &(struct picture_box){LEFT - TICK, y, TICK, 1}, INK_DIM);
        put_text(picture, LEFT - TICK - GAP, y - PICTURE_LETTER_HEIGHT / 2, text);
    }
}

/* -- the segments */

/* A line from the end of a bar to its name, which may have had to move down. */
static void paint_leader(struct picture *picture, size_t x, size_t from_y, size_t to_y)
{
    for (size_t i = 0, y = from_y; i < LEADER; i++) {
        size_t next = from_y + (to_y - from_y) * (i + 1) / LEADER;

        picture_fill(picture, &(struct picture_box){x + i, y, 1, next > y ? next - y : 1}, INK_DIM);
        y = next;
    }
}

static bool is_named(const struct programme_segment *segment)
{
    return strcmp(segment->name, "silence") != 0;
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static size_t row_of(double seconds, const struct pcm *pcm, size_t rows)
{
    double row = seconds * pcm->rate_hz / (double)pcm->count * (double)rows;

    return row < (double)rows ? (size_t)row : rows;
}

static void print_segment(
    char text[2 * TEXT_SIZE], const struct programme_segment *segment, double at_s)
{
    char time[TEXT_SIZE];

    print_time(time, at_s);
    (void)snprintf(text, 2 * TEXT_SIZE, "%s %s%s%s", time, segment->name,
        segment->language ? " " : "", segment->language ? segment->language : "");
}

static void paint_segments(struct picture *picture, const struct plot *plot, size_t rows)
{
    const size_t x = LEFT + COLUMNS + GAP;
    size_t free_y = 0;
    unsigned named = 0;
    double at_s = 0.0;

    for (size_t i = 0; i < plot->count; at_s += plot->segments[i++].seconds) {
        const struct programme_segment *segment = &plot->segments[i];
        size_t y = TOP + row_of(at_s, plot->pcm, rows);
        size_t end_y = TOP + row_of(at_s + segment->seconds, plot->pcm, rows);
        char text[2 * TEXT_SIZE];

        if (!is_named(segment))
            continue;
        print_segment(text, segment, at_s);
        picture_fill(picture, &(struct picture_box){x, y, BAR, end_y > y ? end_y - y : 1},
            named++ % 2 ? INK_BAR_OTHER : INK_BAR);
        free_y = larger(y, free_y); /* below the one before */
        paint_leader(picture, x + BAR, y, free_y);
        picture_write(picture, NAMES_X, free_y - PICTURE_LETTER_HEIGHT / 2, text, INK_TEXT);
        free_y += LABEL_HEIGHT;
    }
}

/* As wide as the longest name asks for. */
static size_t find_width(const struct plot *plot)
{
    size_t width = LEFT + COLUMNS + LEFT; /* "4000 Hz" */
    double at_s = 0.0;

    for (size_t i = 0; i < plot->count; at_s += plot->segments[i++].seconds) {
        char text[2 * TEXT_SIZE];

        print_segment(text, &plot->segments[i], at_s);
        width = larger(width, NAMES_X + picture_text_width(text) + GAP);
    }
    return width;
}

/* As high as the waterfall, or as all names one below the other. */
static size_t find_height(const struct plot *plot, size_t rows)
{
    size_t free_y = 0;
    double at_s = 0.0;

    for (size_t i = 0; i < plot->count; at_s += plot->segments[i++].seconds)
        if (is_named(&plot->segments[i]))
            free_y = larger(row_of(at_s, plot->pcm, rows), free_y) + LABEL_HEIGHT;
    return TOP + larger(rows, free_y) + BOTTOM;
}

enum err plot_paint(struct picture *picture, const struct plot *plot)
{
    const struct pcm *pcm = plot->pcm;
    size_t rows;

    if (pcm->count == 0)
        return ERR_MISSING;
    rows = count_rows(pcm);
    picture_init(picture, find_width(plot), find_height(plot, rows));
    set_colours(picture);
    paint_waterfall(picture, pcm, rows);
    paint_frequencies(picture, rows);
    paint_times(picture, (double)pcm->count / pcm->rate_hz, rows);
    paint_segments(picture, plot, rows);
    picture_write(picture, LEFT, TITLE_Y, plot->title, INK_TEXT);
    return ERR_OK;
}

enum err plot_save(const char *path, const struct pcm *pcm, const struct programme *programme,
    uint32_t number, const char *code)
{
    struct programme_segment segments[PROGRAMME_SEGMENTS_MAX];
    char title[TEXT_SIZE];
    struct plot plot = {
        .pcm = pcm, .title = title, .count = programme_count(programme), .segments = segments};
    struct picture picture;
    enum err err;

    for (size_t i = 0; i < plot.count; i++)
        segments[i] = programme_describe(programme, i);
    (void)snprintf(title, sizeof(title), "No %u  %s", (unsigned)number, code);
    err = plot_paint(&picture, &plot);
    if (err)
        return err;
    err = picture_save(path, &picture);
    picture_wipe(&picture);
    return err;
}
