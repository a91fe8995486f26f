/* newsroom: what is asked for the newsroom's page, and the answers: sketches, audiences, outcomes, rumours, notes. They are
 * messages as the others (messages.h); here are their fields.
 */
#ifndef GATEWAY_MESSAGES_NEWSROOM_H
#define GATEWAY_MESSAGES_NEWSROOM_H

#include "gateway/bulletin/bulletin.h"
#include "gateway/messages/sizes.h"

#include <stdint.h>

#define SKETCH_TEXT_SIZE 7424   /* UTF-8 with its NUL */
#define MESSAGES_WORDS_SIZE 97  /* words by which a rumour is known, or what people ask about */
#define MESSAGES_CLAIM_SIZE 513 /* what a rumour says */
#define MESSAGES_EVIDENCE_SIZE 1025
#define MESSAGES_NOTE_SIZE 161
#define MESSAGES_NO_EDITOR 255
#define MESSAGES_SCRIPTS 2 /* Cyrillic, Latin */

/* What the transmitter does: from the radio, and in STATUS_SITE. */
struct message_on_air {
    uint8_t state;    /* enum message_on_air_state */
    uint32_t number;  /* of the bulletin that is sent; 0 none */
    uint32_t hz;      /* 0: not tuned by us */
    int64_t next_s;   /* when something is due next; 0 never */
    uint32_t next_hz; /* 0: not tuned by us */
    uint8_t result;   /* enum err: why the last broadcast did not go out whole; ERR_OK: it did */
    int64_t since_s;  /* it does so: the dispatcher's to fill in; 0: not known */
};

enum message_on_air_state {
    MESSAGE_ON_AIR_NONE,    /* no transmitter: only files are made */
    MESSAGE_ON_AIR_WAITING, /* unkeyed */
    MESSAGE_ON_AIR_LISTENING,
    MESSAGE_ON_AIR_KEYED,
    MESSAGE_ON_AIR_DOUBT, /* being unkeyed, or not known to be */
    MESSAGE_ON_AIR_COUNT
};

/* A draft in the making: the page's own JSON, which is opaque here. */
struct message_sketch_put {
    uint64_t id;      /* 0: new */
    uint32_t version; /* as it was read; 0: new */
    uint8_t editor;   /* in the roster */
    uint8_t closed;
    uint64_t draft; /* that was made of it; 0 none */
    char text[SKETCH_TEXT_SIZE];
};

struct message_sketch {
    uint64_t id;
    uint32_t version;
    uint8_t author; /* in the roster: who began it */
    uint8_t editor; /* who changed it last */
    uint8_t closed;
    uint64_t draft;
    int64_t at_s; /* of the last change */
    char text[SKETCH_TEXT_SIZE];
};

struct message_audience_get {
    uint32_t regions;
    uint8_t severity;
    uint8_t testers; /* 1: of testers only */
    uint8_t parts[BULLETIN_LANGUAGE_COUNT]
                 [MESSAGES_SCRIPTS]; /* of the text for each; 0: as many as a text may have */
};

struct message_audience {
    uint32_t count[BULLETIN_LANGUAGE_COUNT][MESSAGES_SCRIPTS]; /* by what people chose */
    uint32_t people;
    uint32_t parts;     /* texts for all of them */
    uint32_t minutes;   /* to the last phone; MESSAGES_MINUTES_NEVER */
    uint32_t minutes95; /* to 95 of 100 */
};

enum message_outcome_row {
    MESSAGE_OUTCOME_LANGUAGE, /* of one language and script */
    MESSAGE_OUTCOME_REGION,   /* who chose several regions counts in each */
    MESSAGE_OUTCOME_CAUSE,    /* of those that failed: why */
    MESSAGE_OUTCOME_ROW_COUNT
};

/* One row of what became of a bulletin; what a row does not tell is 0. */
struct message_outcome {
    uint8_t what; /* enum message_outcome_row */
    uint8_t language;
    uint8_t latin;
    uint8_t region; /* bit; 0 the whole country */
    uint8_t cause;  /* enum message_cause */
    uint32_t recipients;
    uint32_t queued;
    uint32_t sent;
    uint32_t delivered;
    uint32_t undeliverable;
    uint32_t failed;
    uint32_t unknown;
    uint32_t skipped;
    uint32_t digest; /* told by a digest */
    uint32_t parts;
};

/* Nothing is ever said about a rumour but that it is being looked into, or what a bulletin says. */
enum message_rumour_status {
    MESSAGE_RUMOUR_CHECKING,
    MESSAGE_RUMOUR_ANSWERED, /* by an accepted bulletin */
    MESSAGE_RUMOUR_CLOSED,   /* CHECK no longer knows it */
    MESSAGE_RUMOUR_STATUS_COUNT
};

/* RUMOUR_PUT and RUMOUR. */
struct message_rumour {
    uint64_t id;                     /* RUMOUR_PUT: 0 new */
    uint8_t status;                  /* enum message_rumour_status */
    uint8_t editor;                  /* who changed it last */
    uint32_t bulletin;               /* ANSWERED: its number */
    uint32_t asked;                  /* RUMOUR: how often CHECK has met it */
    int64_t at_s;                    /* RUMOUR: of the last change */
    char words[MESSAGES_WORDS_SIZE]; /* that CHECK is asked with, apart by spaces */
    char claim[MESSAGES_CLAIM_SIZE];
    char evidence[MESSAGES_EVIDENCE_SIZE];
};

/* What people ask CHECK about, without any number of a phone. */
struct message_asked {
    char text[MESSAGES_WORDS_SIZE];
    uint32_t count;
    int64_t last_s;
};

enum message_note_event {
    MESSAGE_NOTE_SIGN_IN,
    MESSAGE_NOTE_SIGN_IN_REFUSED,
    MESSAGE_NOTE_SIGN_OUT,
    MESSAGE_NOTE_THROTTLED,
    MESSAGE_NOTE_EVENT_COUNT
};

/* A row of audit. */
struct message_note {
    uint8_t event;  /* enum message_note_event */
    uint8_t editor; /* MESSAGES_NO_EDITOR: not known */
    char detail[MESSAGES_NOTE_SIZE];
};

/* A subscriber who gets drills. */
struct message_tester {
    char number[MESSAGES_NUMBER_SIZE];
    uint8_t tester; /* 1 from now on, 0 no more */
};

#endif
