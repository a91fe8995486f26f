/* phones: what each subscriber's phone received, joined from its parts as a phone would. */
#ifndef TESTS_FAKES_MODEMSIM_PHONES_H
#define TESTS_FAKES_MODEMSIM_PHONES_H

#include "tests/fakes/modemsim_out.h"
#include "tests/fakes/modemsim_pdu.h"

#include <stdbool.h>

struct phones_part {
    char number[PDU_ADDRESS_SIZE];
    unsigned modem;
    int64_t wall_ms;
    unsigned ref, part, parts;
    enum pdu_coding coding;
    char *text; /* heap, owned */
};

struct phones {
    struct phones_part *list; /* owned; in the order of arrival */
    size_t count, size, most;
    unsigned long forgotten; /* older ones, dropped to stay below `most` */
};

/* most: parts kept, at least 2. */
void phones_init(struct phones *phones, size_t most);
/* Takes part->text. */
void phones_add(struct phones *phones, const struct phones_part *part);
/* Appends what each phone shows. number: only that phone; NULL all. */
void phones_print(struct out *out, const struct phones *phones, const char *number, bool json);
void phones_wipe(struct phones *phones);

#endif
