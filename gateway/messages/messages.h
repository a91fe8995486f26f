/* messages: every message between processes: its number, name, sender and fields, in one table (messages.c).
 *
 * A message is one ipc packet: its type and its fields in order: numbers big-endian, texts and bytes with a u16 length.
 * Writer and reader are one table, so they cannot differ. Fixed-size values, nothing owned but fd.
 */
#ifndef GATEWAY_MESSAGES_MESSAGES_H
#define GATEWAY_MESSAGES_MESSAGES_H

#include "gateway/base/ipc.h"
#include "gateway/bulletin/wire.h"
#include "gateway/messages/newsroom.h"
#include "gateway/messages/radio.h"
#include "gateway/messages/sizes.h"

#include <stdint.h>

enum message_type {
    MESSAGE_NONE,
    /* dabyld to dispatcher */
    MESSAGE_PEER, /* here is the socket (fd) of a role that has just been started */
    /* modem to dispatcher */
    MESSAGE_MODEM_HELLO, /* who this modem is, after each connection to it */
    MESSAGE_MODEM_STATE, /* how it is */
    MESSAGE_PULL, /* healthy, and has room for one more part; sent once for each, then it waits */
    MESSAGE_PART_HOLD, /* the PDU is written, Ctrl-Z is held back until MESSAGE_PART_GO */
    MESSAGE_PART_SENT, /* +CMGS answered */
    MESSAGE_PART_FAILED,
    MESSAGE_INBOUND, /* a text from a phone, still on the SIM */
    MESSAGE_REPORT,  /* a delivery report */
    /* dispatcher to modem */
    MESSAGE_PART,      /* one part to be sent, the answer to MESSAGE_PULL */
    MESSAGE_PART_GO,   /* submitting is on disk: write Ctrl-Z */
    MESSAGE_PART_DROP, /* stopped, expired or retracted meanwhile: write ESC, then pull again */
    MESSAGE_INBOUND_STORED, /* it is on disk: delete it from the SIM */
    /* dispatcher to radio and back */
    MESSAGE_AIR,
    MESSAGE_AIRED,
    /* any client of the control socket to dispatcher */
    MESSAGE_ROSTER_PUT, /* answered by OK or REFUSED */
    MESSAGE_ROSTER_GET, /* by SEALED */
    MESSAGE_DRAFT_NEW,  /* by DRAFT */
    MESSAGE_DRAFT_GET, /* by DRAFT; without an approval its body is stamped anew with number, time, audit head */
    MESSAGE_DRAFT_LIST,       /* by DRAFT ..., END */
    MESSAGE_DRAFT_APPROVE,    /* by DRAFT */
    MESSAGE_DRAFT_SEND,       /* by OK (value: the number) once it is on disk */
    MESSAGE_BULLETIN_SUBMIT,  /* sealed bytes from elsewhere: by OK once it is on disk */
    MESSAGE_BULLETIN_GET,     /* by SEALED */
    MESSAGE_STATUS_GET,       /* by STATUS_SITE, STATUS_MODEM ..., STATUS_BULLETIN ..., END */
    MESSAGE_SUBSCRIBER_PUT,   /* by OK (value: 1 new, 0 changed) */
    MESSAGE_SUBSCRIBER_LIST,  /* by SUBSCRIBER ..., END */
    MESSAGE_SUBSCRIBER_COUNT, /* by COUNT ..., END */
    MESSAGE_DOUBT_LIST,       /* by DOUBT ..., END */
    MESSAGE_MODEM_CONTROL,    /* by OK */
    MESSAGE_TIP_LIST,         /* what people sent to the desk: by TIP ..., END */
    MESSAGE_AUDIT_LIST,       /* by AUDIT ..., END */
    MESSAGE_AUDIT_VERIFY,     /* by OK (value: rows), or REFUSED with the first that does not fit */
    MESSAGE_EXPORT_NEXT, /* with the number in clear: by SUBSCRIBER or END; id 0 begins, and is audited */
    MESSAGE_BACKUP,      /* a copy of the store is begun: by OK */
    MESSAGE_BACKUP_STEP, /* by OK (value: pages left) ..., END: the copy is in the state folder */
    MESSAGE_RESUME,      /* what is held goes on: by OK (value: how many) */
    MESSAGE_WIPED,       /* the state folder has been destroyed: the process ends */
    /* dispatcher to client */
    MESSAGE_OK,
    MESSAGE_REFUSED,
    MESSAGE_END,
    MESSAGE_SEALED,
    MESSAGE_DRAFT,
    MESSAGE_STATUS_SITE,
    MESSAGE_STATUS_MODEM,
    MESSAGE_STATUS_BULLETIN,
    MESSAGE_SUBSCRIBER,
    MESSAGE_COUNT,
    MESSAGE_DOUBT,
    MESSAGE_TIP,
    MESSAGE_AUDIT,
    /* client to dispatcher, for the newsroom's page and what dabylctl does of it (newsroom.h) */
    MESSAGE_DRAFT_DROP,   /* by OK */
    MESSAGE_SKETCH_PUT,   /* by SKETCH; ERR_STATE: another has changed it meanwhile */
    MESSAGE_SKETCH_GET,   /* by SKETCH */
    MESSAGE_SKETCH_LIST,  /* by SKETCH ..., END */
    MESSAGE_AUDIENCE_GET, /* by AUDIENCE */
    MESSAGE_OUTCOME_LIST, /* of a bulletin's number: by OUTCOME ..., END */
    MESSAGE_RUMOUR_PUT,   /* by OK (value: its id) */
    MESSAGE_RUMOUR_LIST,  /* by RUMOUR ..., END */
    MESSAGE_ASKED_LIST,   /* by ASKED ..., END */
    MESSAGE_NOTE,         /* by OK */
    MESSAGE_AIR_LIST,     /* by AIRED ..., END */
    MESSAGE_TESTER_PUT,   /* by OK */
    /* dispatcher to client */
    MESSAGE_SKETCH,
    MESSAGE_AUDIENCE,
    MESSAGE_OUTCOME,
    MESSAGE_RUMOUR,
    MESSAGE_ASKED,
    MESSAGE_RECEPTION_LIST, /* client to dispatcher, how well bulletins were heard: by RECEPTION ..., END */
    MESSAGE_RECEPTION,
    MESSAGE_ON_AIR, /* radio to dispatcher: what the transmitter does, whenever that changes */
    MESSAGE_QUIET,  /* dispatcher to radio: what there is to say where nothing is in force */
    MESSAGE_CLOCK, /* dispatcher to radio: what time it is, after each start and whenever it is another than it was told */
    MESSAGE_CLOCK_TRUST, /* client to dispatcher: the wall clock is right: by OK */
    MESSAGE_TYPE_COUNT
};

enum message_role {
    MESSAGE_ROLE_MODEM,
    MESSAGE_ROLE_RADIO,
    MESSAGE_ROLE_NEWSROOM, /* a client that may ask for less than those of the control socket */
    MESSAGE_ROLE_COUNT
};

enum message_condition {
    MESSAGE_MODEM_STARTING, /* the tty is open, libgammu is connecting */
    MESSAGE_MODEM_ONLINE,
    MESSAGE_MODEM_SICK, /* does not answer or answers wrongly; is being reset */
    MESSAGE_MODEM_GONE, /* no tty, or the process is not there */
    MESSAGE_CONDITION_COUNT
};

/* Why a part was not sent: what is at fault (modems/cause.h maps CMS, CME and libgammu codes). */
enum message_cause {
    MESSAGE_CAUSE_NETWORK, /* congestion, no service: later, by any modem */
    MESSAGE_CAUSE_NUMBER,  /* this number is wrong, refuses, or its phone is off */
    MESSAGE_CAUSE_TEXT,    /* our PDU was refused */
    MESSAGE_CAUSE_SIM,     /* barred, no credit, no SIM: by another modem */
    MESSAGE_CAUSE_MODEM,   /* the modem failed or vanished: by another modem or later */
    MESSAGE_CAUSE_COUNT
};

/* Whether a modem gets work after what became of the work before (gateway/dispatcher/breaker.h). */
enum message_breaker {
    MESSAGE_BREAKER_CLOSED,
    MESSAGE_BREAKER_OPEN,   /* set aside for a while */
    MESSAGE_BREAKER_TRYING, /* one part at a time, to see */
    MESSAGE_BREAKER_COUNT
};

/* What an operator has told a modem; kept over a restart. */
enum message_hold {
    MESSAGE_HOLD_NONE,
    MESSAGE_HOLD_PAUSED,  /* gets nothing but test texts */
    MESSAGE_HOLD_DRAINED, /* finishes the texts that it has begun, and gets no others */
    MESSAGE_HOLD_COUNT
};

enum message_control {
    MESSAGE_CONTROL_PAUSE,
    MESSAGE_CONTROL_RESUME,
    MESSAGE_CONTROL_DRAIN,
    MESSAGE_CONTROL_TEST, /* one text of fixed wording */
    MESSAGE_CONTROL_COUNT
};

enum message_coding { MESSAGE_GSM7, MESSAGE_UCS2 };

struct message_peer {
    uint8_t role;
    uint16_t index;
    char name[MESSAGES_NAME_SIZE];
};

struct message_modem_hello {
    char imei[MESSAGES_NAME_SIZE];
    char imsi[MESSAGES_NAME_SIZE];
    char iccid[MESSAGES_NAME_SIZE]; /* of the SIM card, empty if it does not say */
    char model[MESSAGES_NAME_SIZE];
    uint16_t
        parts; /* that it can hold at a time, each asked for by a MESSAGE_PULL of its own; 0 is 1 */
};

/* Told when something of it has changed, and at least once a minute. */
struct message_modem_state {
    uint8_t state;        /* enum message_condition */
    uint8_t signal;       /* percent, 255 unknown */
    uint8_t registration; /* TS 27.007, 7.2: 1 at home, 2 searching, 5 roaming ...; 255 unknown */
    uint8_t pace;         /* percent of the driver's own pauses that are kept */
    int64_t credit;       /* on the SIM, in whole units of its money; -1 unknown */
    char operator_name[MESSAGES_NAME_SIZE]; /* empty: none */
    char detail[MESSAGES_DETAIL_SIZE];
};

struct message_part {
    uint64_t job;
    char number[MESSAGES_NUMBER_SIZE];
    char text[MESSAGES_TEXT_SIZE]; /* of this part */
    uint8_t coding;                /* enum message_coding */
    uint8_t udh_size;              /* 0: a single part */
    uint8_t udh[MESSAGES_UDH_MAX];
    uint16_t validity_min; /* TP-VP, never 0 */
    uint8_t report;        /* 1: ask for a delivery report */
    uint8_t again;         /* 1: a second try of one in doubt: same reference, TP-RD set */
    uint16_t
        reference; /* TP-MR to use; the modem may choose its own: what counts is MESSAGE_PART_SENT's */
    int64_t until_boot_ms; /* not to be sent at or after this (clock_boot_ms) */
};

/* PART_HOLD, PART_GO, PART_DROP. */
struct message_job {
    uint64_t job;
    uint16_t reference; /* PART_HOLD: by which reports will name it; 0: by the part's own */
};

struct message_part_sent {
    uint64_t job;
    uint16_t reference; /* TP-MR; over 255 of a carrier that has its own */
};

struct message_part_failed {
    uint64_t job;
    uint8_t doubt; /* 1: Ctrl-Z was written, the network may have it */
    uint8_t cause; /* enum message_cause */
    uint8_t final; /* 1: will fail for ever with this number or text */
    uint32_t code; /* CMS or CME error, 0 none */
};

struct message_inbound {
    uint64_t serial; /* names it in INBOUND_STORED; unique while the modem process lives */
    char number[MESSAGES_NUMBER_SIZE];
    char text[MESSAGES_TEXT_SIZE];
    uint16_t reference; /* of a concatenated text */
    uint8_t part;       /* 1.. of a concatenated text, 0 if single */
    uint8_t parts;
    int64_t smsc_s; /* TP-SCTS */
};

struct message_report {
    uint64_t serial; /* to be answered by INBOUND_STORED unless 0 */
    char number[MESSAGES_NUMBER_SIZE];
    uint16_t reference; /* as in PART_SENT */
    uint8_t status;     /* TP-ST, 3GPP TS 23.040, 9.2.3.15 */
    int64_t done_s;     /* TP-DT */
};

struct message_serial {
    uint64_t serial;
};

/* ROSTER_PUT, BULLETIN_SUBMIT, SEALED. */
struct message_sealed {
    uint8_t state; /* SEALED: of a bulletin, else 0 */
    struct message_sealed_bytes sealed;
};

struct message_draft_new {
    struct message_sealed_bytes body; /* number, sent and newsroom 0 */
};

struct message_id {
    uint64_t id; /* a draft's id, a bulletin's number, or the last subscriber seen */
};

struct message_draft_approve {
    uint64_t id;
    struct message_sealed_bytes body; /* exactly what was signed */
    uint8_t editor;
    uint8_t signature[WIRE_SIGNATURE_SIZE];
};

enum message_draft_state {
    MESSAGE_DRAFT_OPEN,     /* no approval */
    MESSAGE_DRAFT_APPROVED, /* some, not yet enough */
    MESSAGE_DRAFT_READY,    /* enough: can be sent */
    MESSAGE_DRAFT_SENT,
    MESSAGE_DRAFT_STATE_COUNT
};

struct message_draft {
    uint64_t id;
    uint8_t state;
    int64_t created_s;
    int64_t first_s;                    /* of the first approval, 0 none; 15 min later all lapse */
    struct message_sealed_bytes sealed; /* body and the approvals so far */
};

struct message_subscriber_put {
    char number[MESSAGES_NUMBER_SIZE];
    uint8_t language; /* enum bulletin_language */
    uint8_t latin;    /* 1: Latin letters */
    uint32_t regions;
    uint8_t level;  /* least severity, enum bulletin_severity; 0 all */
    uint8_t tester; /* 1: gets drills from now on; 0: as before */
    char consent[MESSAGES_DETAIL_SIZE];
};

struct message_modem_control {
    char name[MESSAGES_NAME_SIZE];
    uint8_t control;                   /* enum message_control */
    char number[MESSAGES_NUMBER_SIZE]; /* TEST: whom to */
};

struct message_ok {
    uint64_t value;
};

struct message_refused {
    uint8_t result; /* enum err */
    char detail[MESSAGES_DETAIL_SIZE];
};

struct message_status_site {
    int64_t now_s;
    uint8_t time; /* enum trust_verdict (gateway/base/trust.h): 0 believed, 1 behind, 2 ahead */
    int64_t started_s;
    uint32_t subscribers;
    uint32_t roster_number;   /* 0: none */
    uint32_t answers_waiting; /* answers to subscribers not yet sent */
    uint32_t inbound;         /* texts received since the start */
    uint8_t radio;            /* 1: a radio role is there */
    uint32_t minutes; /* to reach all subscribers with a whole text; MESSAGES_MINUTES_NEVER */
    uint32_t testers; /* subscribers who get drills */
    uint8_t room;     /* 0: enough on the disk, 1: little, nothing new is taken in; 2: none */
    struct message_on_air on_air;
};

struct message_status_modem {
    char name[MESSAGES_NAME_SIZE];
    uint8_t state;
    uint8_t signal;
    char imei[MESSAGES_NAME_SIZE];
    uint32_t sent;
    uint32_t failed;
    char detail[MESSAGES_DETAIL_SIZE];
    char operator_name[MESSAGES_NAME_SIZE];
    int64_t credit; /* as in MODEM_STATE */
    uint8_t pace;
    uint8_t hold;     /* enum message_hold */
    uint8_t breaker;  /* enum message_breaker */
    uint8_t cause;    /* enum message_cause: why the breaker is not closed */
    uint32_t wait_s;  /* until an open breaker is tried again */
    uint32_t rate;    /* parts given to it in the last minute */
    uint32_t part_ms; /* that a part takes; 0 not yet known */
    uint32_t left;    /* parts that its budgets allow now; MESSAGES_NO_LIMIT */
};

#define MESSAGES_HEARD 5 /* levels of reception that listeners report */

struct message_status_bulletin {
    uint32_t number;
    uint8_t kind;
    uint8_t state; /* enum message_bulletin_state */
    int64_t sent_s;
    int64_t expires_s;
    char code[5];
    uint32_t recipients; /* who was there when it was committed */
    uint32_t queued;
    uint32_t in_flight;
    uint32_t sent; /* all parts accepted by the operator; those delivered are counted among them */
    uint32_t delivered;
    uint32_t undeliverable;
    uint32_t doubt;   /* may or may not have arrived, still being resolved */
    uint32_t unknown; /* may or may not have arrived, final */
    uint32_t failed;
    uint32_t skipped; /* expired, stopped or superseded before it was sent */
    uint32_t digest;  /* told by a digest that names it, not counted among those sent */
    uint32_t parts;   /* texts accepted by the operator */
    uint32_t again;   /* parts sent a second time */
    uint8_t aired;    /* 1: the programme is rendered */
    char air_path[MESSAGES_DETAIL_SIZE];
    uint32_t
        minutes; /* to the last phone at the present pace and budgets; MESSAGES_MINUTES_NEVER */
    uint8_t severity;
    uint32_t regions;
    uint32_t follows;               /* 0: none */
    uint32_t oks;                   /* a drill: how many have answered OK */
    uint8_t everyone;               /* a drill: 1 for all, 0 for testers only */
    uint32_t heard[MESSAGES_HEARD]; /* how many heard it on the radio: 1 hardly ... 5 well */
};

struct message_reception {
    uint32_t number; /* of the bulletin */
    uint32_t heard[MESSAGES_HEARD];
};

enum message_bulletin_state {
    MESSAGE_BULLETIN_SENDING,
    MESSAGE_BULLETIN_DONE,
    MESSAGE_BULLETIN_EXPIRED,
    MESSAGE_BULLETIN_RETRACTED,
    MESSAGE_BULLETIN_HELD, /* was going out when a backup was made that has been restored: waits for somebody to say that it goes on */
    MESSAGE_BULLETIN_STATE_COUNT
};

struct message_subscriber {
    uint64_t id;
    char number[MESSAGES_MASK_SIZE]; /* masked */
    uint8_t language;
    uint8_t latin;
    uint32_t regions;
    uint8_t level;
    uint8_t stopped;
    int64_t joined_s;
    uint8_t tester;
};

struct message_count {
    uint8_t language;
    uint8_t latin;
    uint8_t region; /* bit */
    uint32_t count;
};

struct message_doubt {
    uint32_t bulletin;
    char number[MESSAGES_MASK_SIZE]; /* masked */
    uint8_t part;
    uint8_t final; /* 1: unknown for good */
    char modem[MESSAGES_NAME_SIZE];
};

struct message_tip {
    uint64_t id;
    int64_t at_s;
    char number[MESSAGES_MASK_SIZE]; /* masked */
    char text[MESSAGES_TEXT_SIZE];
};

struct message_audit {
    uint64_t id;
    int64_t at_s;
    char event[MESSAGES_EVENT_SIZE];
    char detail[MESSAGES_AUDIT_SIZE];
    uint8_t hash[MESSAGES_HASH_SIZE];
};

struct message {
    enum message_type type;
    int fd; /* passed along, owned by the receiver; -1 if none */
    union {
        struct message_peer peer;
        struct message_modem_hello modem_hello;
        struct message_modem_state modem_state;
        struct message_part part;
        struct message_job job; /* PART_HOLD, PART_GO, PART_DROP */
        struct message_part_sent part_sent;
        struct message_part_failed part_failed;
        struct message_inbound inbound;
        struct message_report report;
        struct message_serial serial; /* INBOUND_STORED */
        struct message_air air;
        struct message_aired aired;
        struct message_on_air on_air;
        struct message_quiet quiet;
        struct message_clock clock;
        struct message_sealed sealed; /* ROSTER_PUT, BULLETIN_SUBMIT, SEALED */
        struct message_draft_new draft_new;
        struct message_id id; /* what asks for one thing, or for a list from one on */
        struct message_draft_approve draft_approve;
        struct message_draft draft;
        struct message_subscriber_put subscriber_put;
        struct message_modem_control modem_control;
        struct message_ok ok;
        struct message_refused refused;
        struct message_status_site status_site;
        struct message_status_modem status_modem;
        struct message_status_bulletin status_bulletin;
        struct message_subscriber subscriber;
        struct message_count count;
        struct message_doubt doubt;
        struct message_tip tip;
        struct message_reception reception;
        struct message_audit audit;
        struct message_sketch_put sketch_put;
        struct message_sketch sketch;
        struct message_audience_get audience_get;
        struct message_audience audience;
        struct message_outcome outcome;
        struct message_rumour rumour; /* RUMOUR_PUT, RUMOUR */
        struct message_asked asked;
        struct message_note note;
        struct message_tester tester; /* TESTER_PUT */
    } as;
};

/* "part_sent"; "?" for an unknown type. */
const char *messages_name(enum message_type type);
/* "sim"; "?" for an unknown one. */
const char *messages_cause(enum message_cause cause);
/* "starting", "online", "sick", "gone"; "?" for an unknown one. */
const char *messages_condition(enum message_condition condition);
/* Encodes and sends; fd -1 unless message->fd is to be passed. ERR_BUSY if the socket is full, ERR_CLOSED, ERR_LONG. */
ERR_CHECKED enum err messages_send(int fd, const struct message *message);
/* Receives and decodes. ERR_BUSY if there is nothing, ERR_CLOSED at the end, ERR_FORMAT and others for a bad packet,
 * which is dropped. On any error message->fd is -1. */
ERR_CHECKED enum err messages_receive(int fd, struct message *message);
/* The codec alone, for tests and fuzzing. */
ERR_CHECKED enum err messages_encode(struct ipc_packet *packet, const struct message *message);
ERR_CHECKED enum err messages_decode(struct message *message, const struct ipc_packet *packet);

#endif
