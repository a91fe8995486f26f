/* conf: the configuration file. The seam to libconfuse. Unknown keys, wrong types and values out of range are refused with
 * file:line and what would be right.
 *
 *   sender = "AZAT"              # how texts begin, at most 11 letters
 *   state = "/var/lib/dabyl"     # store, keys, socket, recordings
 *   fingerprint = "XXXX-..."     # the newsroom key's, pinned
 *   latin_first = false
 *   parts = 2                    # part budget of a text, 1-6
 *   report_wait = 60             # seconds that a part in doubt waits for a delivery report
 *   digest_after = 30            # minutes after which unsent bulletins are named in one text; 0 never
 *   devices = "/dev/ttyUSB*"     # where modems that are known by their IMEI or SIM are looked for
 *   radio_text_kk = "..."        # also _ru, _en: answer to RADIO; lawyer_text_kk ... : to LAWYER
 *   modem "one" { device = "/dev/serial/by-id/..."  pin = "0000"  pace = 0  per_minute = 60
 *                 per_hour = 1000  per_day = 5000  number = "+7..."
 *                 prompt_timeout = 8  answer_timeout = 60 }
 *   modem "two" { imei = "356938035643015"  iccid = "..."  usb_reset = "/path/program"
 *                 ussd = "*100#"  ussd_pattern = "Balance: ([0-9]+)"  ussd_every = 3600 }
 *   smpp "operator" { host = "127.0.0.1"  port = 2775  system_id = "azat"  password_file = "/etc/dabyl/smpp"
 *                     source = "AZAT"  window = 10  per_second = 0  answer_timeout = 60 }
 *   radio { directory = "/var/lib/dabyl/air"  programme = "hf"  call = "UN7ABC"
 *           card = "plughw:1,0"  ptt = "rigctld"  rig = "127.0.0.1:4532"  mode = "USB"  at = ":00 :30"
 *           frequency = "06-20=7105000 20-06=5505000"  receiver = ""  receiver_level = -35
 *           ptt_device = ""  lead_ms = 400  max_seconds = 600  duty = 25  quiet = "hourly" }
 *   newsroom { listen = "0.0.0.0"  port = 8443  names = "desk.local 192.168.1.5"  page = "" }
 *
 * sender, state and fingerprint are required; a modem needs its device, IMEI or ICCID, an smpp bind its host, system_id and
 * password_file, and no two of them have one name; a radio section, even an empty one, asks for
 * the radio, whose directory is STATE/air by default; a newsroom section, even an empty one, for the page. Not reentrant (libconfuse's error callback).
 */
#ifndef GATEWAY_BASE_CONF_H
#define GATEWAY_BASE_CONF_H

#include "gateway/base/err.h"

#include <stdbool.h>
#include <stddef.h>

#define CONF_PATH_MAX 256
#define CONF_NAME_MAX 32
#define CONF_PROGRAMME_MAX 129 /* a running order in words (audio/programme.h) */
#define CONF_CALL_MAX 10       /* with the NUL */
#define CONF_DEVICES_MAX 256
#define CONF_PATTERN_MAX 128
#define CONF_SENDER_MAX 11
#define CONF_MODEMS_MAX 64
#define CONF_SMPP_MAX 8
#define CONF_HOST_MAX 128
#define CONF_NAMES_MAX 512
#define CONF_SYSTEM_ID_MAX 15 /* SMPP 3.4, 5.2.1 */
#define CONF_SOURCE_MAX 20    /* SMPP 3.4, 5.2.8 */
#define CONF_WHY_MAX 512
#define CONF_TEXT_SIZE 400 /* of an answer that the configuration words */
#define CONF_LANGUAGES 3   /* kk, ru, en, as enum bulletin_language */
#define CONF_NUMBER_MAX 24
#define CONF_CARD_MAX 128  /* an ALSA name */
#define CONF_TIMES_MAX 512 /* of a schedule */

struct conf_modem {
    char name[CONF_NAME_MAX];
    char device[CONF_PATH_MAX]; /* empty: wherever a modem has that IMEI or SIM */
    char imei[16];              /* empty: any */
    char iccid[21];
    char usb_reset[CONF_PATH_MAX];       /* program that cycles its power; empty: none */
    char ussd[CONF_NAME_MAX];            /* asks for the credit; empty: it is not asked for */
    char ussd_pattern[CONF_PATTERN_MAX]; /* POSIX extended, the amount in its first group */
    unsigned ussd_every_s;
    char pin[9];         /* empty: none is ever sent */
    unsigned pace;       /* percent of libgammu's own pauses, 0-100 */
    unsigned per_minute; /* most texts in any minute, hour, day; 0 no limit */
    unsigned per_hour;
    unsigned per_day;
    char number[CONF_NUMBER_MAX]; /* the SIM's own: never answered; empty: not known */
    unsigned prompt_timeout_s;
    unsigned answer_timeout_s;
};

/* The page for editors. */
struct conf_newsroom {
    bool on;                    /* a newsroom section is there */
    char listen[CONF_HOST_MAX]; /* an address of ours; "0.0.0.0" or "::" all */
    unsigned port;
    char names[CONF_NAMES_MAX]; /* host names and addresses by which it is opened, blanks between */
    char page[CONF_PATH_MAX];   /* the page's files are read from there; empty: the built-in ones */
};

/* What a radio sends with; the words are checked by audio/radio_transmitter. */
struct conf_transmitter {
    char card[CONF_CARD_MAX];     /* ALSA's name of the card; empty: only files are made */
    char receiver[CONF_CARD_MAX]; /* card that is listened to first; empty: none */
    int receiver_level;           /* dBFS; louder means that somebody speaks */
    char ptt[CONF_NAME_MAX];      /* "none", "rts", "dtr", "rigctld" */
    char ptt_device[CONF_PATH_MAX];
    char rig[CONF_HOST_MAX]; /* rigctld's address and port; empty: nothing is tuned */
    char mode[CONF_NAME_MAX];
    char frequency[CONF_TIMES_MAX]; /* hertz, by local hours */
    char at[CONF_TIMES_MAX];        /* local times of the schedule */
    unsigned lead_ms;
    unsigned max_seconds;
    unsigned duty; /* percent of an hour */
};

/* A bind to an operator's service centre (SMPP). */
struct conf_smpp {
    char name[CONF_NAME_MAX];
    char host[CONF_HOST_MAX];
    unsigned port;
    char system_id[CONF_SYSTEM_ID_MAX + 1];
    char password_file[CONF_PATH_MAX];
    char
        source[CONF_SOURCE_MAX + 1]; /* the sender that phones show; empty: the operator's choice */
    unsigned window;                 /* most texts unanswered */
    unsigned per_second;             /* most texts in a second; 0 no limit */
    unsigned answer_timeout_s;
};

struct conf {
    char sender[CONF_SENDER_MAX + 1];
    char state[CONF_PATH_MAX];
    char fingerprint[64];
    char radio_text[CONF_LANGUAGES][CONF_TEXT_SIZE];  /* answers to RADIO; empty: the usual words */
    char lawyer_text[CONF_LANGUAGES][CONF_TEXT_SIZE]; /* answers to LAWYER; empty: to HELP */
    bool latin_first;                                 /* new subscribers get Latin letters */
    unsigned parts;
    unsigned report_wait_s;         /* how long a part in doubt waits for a delivery report */
    unsigned digest_after_min;      /* after which what is unsent is named in one text; 0 never */
    char devices[CONF_DEVICES_MAX]; /* shell patterns of ttys, with spaces between */
    unsigned modem_count;
    struct conf_modem modems[CONF_MODEMS_MAX];
    unsigned smpp_count;
    struct conf_smpp smpp[CONF_SMPP_MAX];
    bool radio; /* a radio section is there */
    char radio_directory[CONF_PATH_MAX];
    char radio_programme[CONF_PROGRAMME_MAX];
    char radio_call[CONF_CALL_MAX]; /* call sign of the licence; empty: none */
    bool radio_quiet; /* where nothing is in force the transmitter says so each hour */
    struct conf_transmitter transmitter;
    struct conf_newsroom newsroom;
};

/* Reads a file. why gets one line, "FILE:LINE: what is wrong and what would be right". ERR_MISSING, ERR_FORMAT, ERR_VALUE. */
ERR_CHECKED enum err conf_load(struct conf *conf, char why[CONF_WHY_MAX], const char *path);

#endif
