/* rx_judge: what a receiver believes: rosters of pinned newsrooms, bulletins against them, numbers that are missing.
 *
 * A roster counts only if it was signed by a pinned newsroom key and is newer than the one known. A bulletin that names
 * editors not known yet waits, and is judged again when a roster comes. Pure; the handler is told of each result.
 */
#ifndef AUDIO_RX_JUDGE_H
#define AUDIO_RX_JUDGE_H

#include "gateway/bulletin/quorum.h"

#include <stdbool.h>

#define RX_NEWSROOMS_MAX 24 /* pinned */
#define RX_NUMBERS_MAX 512  /* remembered of a newsroom; older ones are forgotten */
#define RX_WAITING_MAX 16   /* bulletins that wait for a roster; the oldest gives way */
#define RX_SEEN_MAX 128     /* results told lately, so that each is told once */
#define RX_SEEN_SIZE 8      /* bytes of hash that tell objects apart */
#define RX_PIN_SIZE 64      /* room for a fingerprint as people type it */

struct rx_newsroom {
    char fingerprint[RX_PIN_SIZE];
    bool known; /* roster is there */
    struct roster roster;
    unsigned number_count;
    uint32_t numbers[RX_NUMBERS_MAX]; /* of verified bulletins and rosters, in the order heard */
    uint32_t least, most;             /* of the numbers of verified bulletins; 0 none */
};

struct rx_waiting {
    size_t size;
    uint8_t bytes[WIRE_SEALED_MAX];
};

struct rx_seen {
    uint8_t hash[RX_SEEN_SIZE];
    enum err result;
};

/* One result. Pointers are valid during the call. */
struct rx_heard {
    enum err result;             /* ERR_OK: verified */
    bool readable;               /* bulletin's texts are there */
    const struct roster *roster; /* NULL: none known for it; for a roster the new one */
    struct bulletin bulletin;    /* header.kind is BULLETIN_ROSTER for a roster */
    struct quorum quorum;
    char code[SEAL_CODE_SIZE];
    const uint8_t *sealed; /* as it was heard */
    size_t sealed_size;
};

typedef void rx_judge_handler(void *arg, const struct rx_heard *heard);

struct rx_judge {
    rx_judge_handler *handler;
    void *arg;
    unsigned verified; /* bulletins, each once */
    unsigned newsroom_count;
    struct rx_newsroom newsrooms[RX_NEWSROOMS_MAX];
    unsigned waiting_count;
    struct rx_waiting waiting[RX_WAITING_MAX];
    unsigned seen_count; /* all ever; the last RX_SEEN_MAX are remembered */
    struct rx_seen seen[RX_SEEN_MAX];
};

void rx_judge_init(struct rx_judge *judge, rx_judge_handler *handler, void *arg);

/* Pins a newsroom. ERR_FORMAT if the text is no fingerprint, ERR_LONG over RX_NEWSROOMS_MAX. Twice the same is no harm. */
ERR_CHECKED enum err rx_judge_pin(struct rx_judge *judge, const char *fingerprint);

/* Takes a roster: ERR_KEY if it is of no pinned newsroom, ERR_REPLAY if it is not newer than the one known, else as
 * roster_decode says. */
ERR_CHECKED enum err rx_judge_roster(struct rx_judge *judge, const uint8_t *sealed, size_t size);

/* Takes a sealed object that was heard, of any kind, and tells the handler its result unless it was told before. */
void rx_judge_object(struct rx_judge *judge, const uint8_t *sealed, size_t size, int64_t now_s);

/* Takes a bundle (bundle.h) that was heard: each bulletin in it as if it had come by itself; none of it says anything of the others. */
void rx_judge_bundle(struct rx_judge *judge, const uint8_t *bytes, size_t size, int64_t now_s);

/* The next run of numbers, first..last, that lies between verified bulletins' numbers and was not heard, at or after
 * from. False if there is none. */
bool rx_judge_missing(
    const struct rx_newsroom *newsroom, uint32_t from, uint32_t *first, uint32_t *last);

#endif
