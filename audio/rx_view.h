/* rx_view: what dabyl-rx shows people who watch it: levels, signal, what is being put together, bulletins, text. Pure: it is told
 * what was heard and makes the screen's text.
 */
#ifndef AUDIO_RX_VIEW_H
#define AUDIO_RX_VIEW_H

#include "audio/collect.h"
#include "audio/rx_front.h"
#include "audio/rx_judge.h"
#include "audio/rx_print.h"

#define RX_VIEW_BULLETINS_MAX 8
#define RX_VIEW_LINES_MAX 8   /* of text */
#define RX_VIEW_NOTICES_MAX 4 /* what else there is to say */
#define RX_VIEW_ROWS_MAX 200
#define RX_VIEW_COLUMNS_MAX RX_TEXT_COLUMNS_MAX
#define RX_VIEW_SIZE (RX_VIEW_ROWS_MAX * (RX_TEXT_SIZE + 16))

/* Zeroed it is empty. */
struct rx_view {
    const char *source; /* where the sound comes from */
    unsigned heard_count;
    struct rx_heard
        heard[RX_VIEW_BULLETINS_MAX]; /* rings: number i is at i modulo the size; rosters stay */
    unsigned line_count;
    char lines[RX_VIEW_LINES_MAX][RX_TEXT_SIZE];
    unsigned notice_count;
    char notices[RX_VIEW_NOTICES_MAX][RX_PRINT_NOTICE_SIZE];
    uint64_t level_count; /* samples since the levels were shown last */
    double level_sum;     /* of squares */
    int level_peak;
};

/* How things are at the moment. */
struct rx_view_now {
    const struct collect *collect;
    const struct rx_judge *judge;
    struct rx_front_stats front;
    bool voice_wanted, voice_synced;
    double voice_s;
    unsigned rows, columns; /* of the terminal; cut to what there is room for here */
};

void rx_view_take_sound(struct rx_view *view, const int16_t *samples, size_t count);
/* The roster that it names must outlive the view. */
void rx_view_take_heard(struct rx_view *view, const struct rx_heard *heard);
void rx_view_take_text(struct rx_view *view, enum rx_text_mode mode, const char *line);
void rx_view_take_notice(struct rx_view *view, const char *notice);
/* The whole screen, from its upper left corner; terminated; its bytes. Its only control characters are ours. Levels begin anew. */
size_t rx_view_print(
    char screen[RX_VIEW_SIZE], struct rx_view *view, const struct rx_view_now *now);

#endif
