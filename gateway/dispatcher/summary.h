/* summary: one text that names what still holds, in place of the texts themselves. Pure.
 *
 *     [SENDER ]Действуют: №41 Алматы: стрельба до 23:05; №42 ПАВОДОК до 22:00. Полностью: пришлите номер.[ (WORD)]
 *
 * The most urgent stand first. Each is named by its headline if all together fit the wanted parts; else those that are about an
 * event of the phrase book are named by its words, as far as SUMMARY_PARTS_MAX goes. What is no alarm says so: a drill, an
 * update, an all-clear.
 */
#ifndef GATEWAY_DISPATCHER_SUMMARY_H
#define GATEWAY_DISPATCHER_SUMMARY_H

#include "gateway/bulletin/bulletin.h"

#define SUMMARY_ITEMS_MAX 12
#define SUMMARY_PARTS_MAX 4

/* For whom. */
struct summary_reader {
    enum bulletin_language language;
    bool latin;
    const char *sender; /* "" for none */
    const char *word;   /* the reader's own; "" for none */
    unsigned parts;     /* wanted, 1..SUMMARY_PARTS_MAX */
};

struct summary {
    unsigned count;
    const struct bulletin *items[SUMMARY_ITEMS_MAX]; /* the most urgent first */
};

/* Adds in the order of urgency. The bulletin must outlive the summary. False if there are SUMMARY_ITEMS_MAX. */
bool summary_add(struct summary *summary, const struct bulletin *bulletin);
/* ERR_LONG if it takes more than SUMMARY_PARTS_MAX parts or than size. */
ERR_CHECKED enum err summary_print(
    char *text, size_t size, const struct summary *summary, const struct summary_reader *reader);

#endif
