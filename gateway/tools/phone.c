#include "gateway/tools/phone.h"

#include "gateway/base/utf8.h"

#include <stdio.h>
#include <string.h>

#define COLUMNS 36 /* of text, about what a small phone shows */
#define LABEL_SIZE 48

/* What takes no column or two of a terminal; all else takes one. */
static const struct {
    uint32_t first;
    uint32_t last;
    unsigned columns;
} widths[] = {
    {0x0300, 0x036f, 0},   /* combining marks */
    {0x200b, 0x200f, 0},   /* joiners */
    {0x2e80, 0xa4cf, 2},   /* Chinese and Japanese */
    {0xac00, 0xd7a3, 2},   /* Korean */
    {0xf900, 0xfaff, 2},   /* Chinese */
    {0xfe00, 0xfe0f, 0},   /* variation selectors */
    {0xff00, 0xff60, 2},   /* wide forms */
    {0x1f1e6, 0x1f1ff, 1}, /* two of these make a flag */
    {0x1f3fb, 0x1f3ff, 0}, /* skin tones */
    {0x1f300, 0x1faff, 2}, /* pictures */
};

static unsigned columns_of(uint32_t code)
{
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++)
        if (code >= widths[i].first && code <= widths[i].last)
            return widths[i].columns;
    return 1;
}

static unsigned measure(const char *text, const char *end)
{
    unsigned columns = 0;
    while (text < end)
        columns += columns_of(utf8_next(&text));
    return columns;
}

/* Where the line that begins at text ends: behind its last space if more follows, or where it is full. */
static const char *find_line_end(const char *text, const char *end)
{
    const char *at = text, *word = NULL;
    unsigned columns = 0;
    while (at < end && *at != '\n') {
        const char *next = at;
        uint32_t code = utf8_next(&next);
        columns += columns_of(code);
        if (columns > COLUMNS && code != ' ')
            return word != NULL ? word : at;
        at = next;
        if (code == ' ')
            word = at;
    }
    return at;
}

static void draw_line(const char *text, const char *end)
{
    while (end > text && end[-1] == ' ')
        end--;
    printf("  │ %.*s%*s │\n", (int)(end - text), text, (int)(COLUMNS - measure(text, end)), "");
}

static void draw_text(const char *text, const char *end)
{
    do {
        const char *line = find_line_end(text, end);
        draw_line(text, line);
        text = line < end && *line == '\n' ? line + 1 : line;
    } while (text < end);
}

static void draw_border(const char *left, const char *label, const char *right)
{
    printf("  %s%s", left, label);
    for (unsigned i = measure(label, label + strlen(label)); i < COLUMNS + 2; i++)
        (void)fputs("─", stdout);
    printf("%s\n", right);
}

void phone_draw(const struct segment *segment)
{
    unsigned most = segment_room(segment->coding, segment->count > 1);
    draw_border("┌", "", "┐");
    for (unsigned i = 0; i < segment->count; i++) {
        const struct segment_part *part = &segment->part[i];
        bool last = i + 1 == segment->count;
        char label[LABEL_SIZE];
        draw_text(part->text, part->text + part->size);
        (void)snprintf(
            label, sizeof label, "─ %u of %u: %u of %u ", i + 1, segment->count, part->units, most);
        draw_border(last ? "└" : "├", label, last ? "┘" : "┤");
    }
}
