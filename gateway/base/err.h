/* err: the house's result codes and their texts.
 *
 * A function that can fail returns enum err and is marked ERR_CHECKED. Outputs come first, then inputs,
 * each buffer followed by its size. On any result but ERR_OK outputs are unspecified unless the function says more.
 */
#ifndef GATEWAY_BASE_ERR_H
#define GATEWAY_BASE_ERR_H

#define ERR_CHECKED __attribute__((warn_unused_result))

enum err {
    ERR_OK = 0,
    ERR_SHORT,   /* the input ends before the value does */
    ERR_LONG,    /* longer than a named maximum, or no room for it */
    ERR_FORMAT,  /* not of the expected form */
    ERR_VALUE,   /* well formed, but out of its range */
    ERR_TEXT,    /* not UTF-8, or a character that may not stand here */
    ERR_VERSION, /* of a version that this program does not know */
    ERR_MISSING, /* no such thing */
    ERR_EXISTS,  /* it is there already */
    ERR_STATE,   /* not allowed in the state that it is in */
    ERR_KEY,     /* wrong passphrase, or not this key */
    ERR_SEAL,    /* a signature does not verify */
    ERR_QUORUM,  /* not enough different editors have signed */
    ERR_ROSTER, /* signer is not in the roster, not yet or no longer valid, or there is no roster */
    ERR_EXPIRED, /* its time is over */
    ERR_FUTURE,  /* dated too far ahead of our clock */
    ERR_REPLAY,  /* this number was seen before, or a later one was */
    ERR_BUSY,    /* try again later */
    ERR_TIMEOUT, /* no answer in time */
    ERR_CLOSED,  /* the other side has gone */
    ERR_FULL,    /* the disk or a quota is full */
    ERR_DENIED,  /* permission refused */
    ERR_DEVICE,  /* a device is missing or answers wrongly */
    ERR_SYSTEM,  /* a system call or library failed: errno or the log says more */
    ERR_COUNT
};

/* One short English sentence fragment for people, for instance "a signature does not verify". Never NULL, static. */
const char *err_text(enum err err);

/* The code's name in lower case for logs and JSON, for instance "seal". Never NULL, static. */
const char *err_name(enum err err);

/* The result that fits errno: ENOSPC and EDQUOT are ERR_FULL, EACCES and EPERM are ERR_DENIED, ENOENT is ERR_MISSING,
 * EEXIST is ERR_EXISTS, EPIPE and ECONNRESET are ERR_CLOSED, EAGAIN is ERR_BUSY, all others ERR_SYSTEM. */
enum err err_from_errno(int number);

#endif
