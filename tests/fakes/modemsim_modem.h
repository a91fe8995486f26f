/* modem: one emulated modem and the emulator that holds them all. */
#ifndef TESTS_FAKES_MODEMSIM_MODEM_H
#define TESTS_FAKES_MODEMSIM_MODEM_H

#include "tests/fakes/modemsim_at.h"
#include "tests/fakes/modemsim_fault.h"
#include "tests/fakes/modemsim_log.h"
#include "tests/fakes/modemsim_out.h"
#include "tests/fakes/modemsim_pdu.h"
#include "tests/fakes/modemsim_phones.h"
#include "tests/fakes/modemsim_pty.h"
#include "tests/fakes/modemsim_store.h"
#include "tests/fakes/modemsim_timer.h"

#include <stdbool.h>
#include <stdint.h>

#define MODEM_MAX 64
#define MODEM_PENDING_MAX 20000 /* inbound texts that wait for room in a SIM */

struct modem_options {
    unsigned modems;
    const char *dir, *control, *log;
    double latency_s, report_delay_s;
    bool reports;
    unsigned seed;
    const char *imei_base; /* 14 digits */
    unsigned store_size;
    const char *pin; /* NULL: none asked */
    double balance;  /* money on each SIM */
    const char *manufacturer, *model;
    unsigned keep; /* parts that `phones` can show */
};

struct sim {
    struct modem_options options;
    struct modem *modems; /* options.modems of them */
    struct timers timers;
    struct log log;
    struct phones phones;
    int notify; /* inotify: who opens the ttys */
    unsigned last_inbound;
};

enum modem_health {
    MODEM_WELL,
    MODEM_HUNG,    /* reads and never answers */
    MODEM_MUTE,    /* as hung, but sends ^RSSI */
    MODEM_STALLED, /* does not even read */
};

struct modem_identity {
    char imei[16], imsi[16], iccid[21], number[16], smsc[PDU_ADDRESS_SIZE];
};

struct modem_counts {
    unsigned long accepted, refused, inbound, reports;
};

/* The message between +CMGS and its answer. */
struct modem_message {
    struct pdu_submit submit;
    struct out text;
    uint8_t tpdu[PDU_TPDU_SIZE];
    size_t tpdu_octets;
};

/* An inbound text that waits for room. */
struct modem_pending {
    struct store_slot slot;
    struct modem_pending *next;
};

struct modem {
    struct sim *sim;
    unsigned index; /* from 1 */
    struct modem_identity identity;
    struct pty tty;
    struct at at;
    struct store store;
    struct fault_set faults;
    struct modem_message message;
    struct modem_counts counts;
    struct modem_pending *pending, **pending_end;
    unsigned pending_count;
    struct out out;   /* answers of the moment, on their way to tty */
    struct out urcs;  /* unsolicited lines that wait for the end of an entry */
    uint32_t life;    /* counts power-cuts: timers of an earlier life do not run */
    uint32_t trouble; /* counts `clear`: timers of a cleared fault do not run */
    enum modem_health health;
    bool trickle;             /* writes a few bytes at a time */
    bool trickling;           /* its timer runs */
    bool nul;                 /* NUL bytes before each answer */
    bool restart;             /* AT+CFUN asked for one */
    unsigned function;        /* AT+CFUN */
    unsigned operator_format; /* AT+COPS */
    bool pin_given;
    unsigned pin_tries;
    bool has_sim, has_network;
    unsigned network_code,
        credit_code; /* CMS error without network; without credit, 0 while there is some */
    double balance;
    uint8_t next_mr;
};

void modem_init(struct modem *modem, struct sim *sim, unsigned index);
void modem_wipe(struct modem *modem);
/* Loses its settings, as by a power cut. */
void modem_reset(struct modem *modem);

/* Adds to what goes out at the next modem_flush. */
void modem_put(struct modem *modem, const char *text);
/* "\r\n", the text and "\r\n". */
void modem_line(struct modem *modem, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The same, but held back while a PDU is being entered, and flushed at once. */
void modem_urc(struct modem *modem, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Lines that waited go out. */
void modem_release(struct modem *modem);
/* Moves what was put to the tty, as its health allows. */
void modem_flush(struct modem *modem);

/* A line of the log that only has a modem and an event. */
void modem_note(struct modem *modem, const char *event);
/* Runs `run` later unless the modem loses its power before. Takes data. */
void modem_later(
    struct modem *modem, double seconds, void (*run)(struct modem *, void *), void *data);

#endif
