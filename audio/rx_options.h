/* rx_options: dabyl-rx's command line and exit codes.
 */
#ifndef AUDIO_RX_OPTIONS_H
#define AUDIO_RX_OPTIONS_H

#include "gateway/base/err.h"

#include <stdbool.h>
#include <stdint.h>

#define RX_PINS_MAX 8 /* of each way to name a newsroom */
#define RX_RATE_MIN_HZ 8000
#define RX_RATE_MAX_HZ 48000

/* Part of the interface (dabyl-rx(1)). */
enum rx_exit {
    RX_EXIT_VERIFIED = 0, /* at least one verified bulletin */
    RX_EXIT_NOTHING = 1,  /* nothing that could be verified was heard */
    RX_EXIT_USAGE = 2,
    RX_EXIT_INPUT = 3,  /* no sound could be read */
    RX_EXIT_TRUST = 4,  /* a roster, key or fingerprint cannot be used */
    RX_EXIT_OUTPUT = 5, /* what was heard could not be written */
};

struct rx_list {
    unsigned count;
    const char *texts[RX_PINS_MAX];
};

struct rx_options {
    bool help;
    bool json;
    bool stats;
    bool unverified;
    bool view, lines; /* how it is shown, if that was said */
    bool now_given;
    int64_t now_s;
    unsigned rate_hz;    /* of raw samples */
    const char *device;  /* sound card; NULL: none */
    const char *voice;   /* file; NULL: none */
    const char *speaker; /* sound card */
    const char *save;    /* folder */
    const char *relay;   /* socket */
    struct rx_list fingerprints;
    struct rx_list keys;
    struct rx_list rosters;
    unsigned input_count;
    char **inputs;
};

/* ERR_VALUE after a line on standard error. The texts stay argv's. */
ERR_CHECKED enum err rx_options_parse(struct rx_options *options, int argc, char **argv);
void rx_options_print_help(void);
/* Does sound come as it is heard, not from a recording? */
bool rx_options_live(const struct rx_options *options);

/* "2026-01-31T23:59:59Z" or seconds since 1970-01-01Z. ERR_FORMAT. */
ERR_CHECKED enum err rx_options_parse_time(int64_t *when_s, const char *text);

#endif
