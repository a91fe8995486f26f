#include "gateway/base/err.h"

#include <errno.h>
#include <stddef.h>

static const struct {
    const char *name;
    const char *text;
} errs[ERR_COUNT] = {
    [ERR_OK] = {"ok", "no error"},
    [ERR_SHORT] = {"short", "the input ends too early"},
    [ERR_LONG] = {"long", "too long"},
    [ERR_FORMAT] = {"format", "not of the expected form"},
    [ERR_VALUE] = {"value", "a value is out of its range"},
    [ERR_TEXT] = {"text", "not valid text"},
    [ERR_VERSION] = {"version", "of a version that this program does not know"},
    [ERR_MISSING] = {"missing", "there is no such thing"},
    [ERR_EXISTS] = {"exists", "it is there already"},
    [ERR_STATE] = {"state", "not allowed in this state"},
    [ERR_KEY] = {"key", "wrong passphrase or wrong key"},
    [ERR_SEAL] = {"seal", "a signature does not verify"},
    [ERR_QUORUM] = {"quorum", "not enough different editors have signed"},
    [ERR_ROSTER] = {"roster", "the signer is not in the roster or not valid now"},
    [ERR_EXPIRED] = {"expired", "it has expired"},
    [ERR_FUTURE] = {"future", "it is dated too far ahead"},
    [ERR_REPLAY] = {"replay", "this number was used before"},
    [ERR_BUSY] = {"busy", "busy, try again"},
    [ERR_TIMEOUT] = {"timeout", "no answer in time"},
    [ERR_CLOSED] = {"closed", "the other side has gone"},
    [ERR_FULL] = {"full", "the disk is full"},
    [ERR_DENIED] = {"denied", "permission denied"},
    [ERR_DEVICE] = {"device", "the device is missing or answers wrongly"},
    [ERR_SYSTEM] = {"system", "a system call failed"},
};

static const struct {
    int number;
    enum err err;
} numbers[] = {
    {ENOSPC, ERR_FULL},
    {EDQUOT, ERR_FULL},
    {EACCES, ERR_DENIED},
    {EPERM, ERR_DENIED},
    {EROFS, ERR_DENIED},
    {ENOENT, ERR_MISSING},
    {EEXIST, ERR_EXISTS},
    {EPIPE, ERR_CLOSED},
    {ECONNRESET, ERR_CLOSED},
    {EAGAIN, ERR_BUSY},
    {ENODEV, ERR_DEVICE},
    {ENXIO, ERR_DEVICE},
};

const char *err_text(enum err err)
{
    return (unsigned)err < ERR_COUNT ? errs[err].text : "an unknown error";
}

const char *err_name(enum err err)
{
    return (unsigned)err < ERR_COUNT ? errs[err].name : "unknown";
}

enum err err_from_errno(int number)
{
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        if (numbers[i].number == number)
            return numbers[i].err;
    return ERR_SYSTEM;
}
