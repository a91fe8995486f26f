#include "audio/readings.h"

#include "audio/shape.h"
#include "audio/speech.h"
#include "audio/wav.h"
#include "gateway/base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_SIZE 512

/* Reads a whole file into memory of its own, which the caller frees. */
static enum err read_file(uint8_t **bytes, size_t *size, size_t max, int fd)
{
    struct stat is;
    if (fstat(fd, &is) || !S_ISREG(is.st_mode))
        return ERR_FORMAT;
    if (is.st_size > (off_t)max)
        return ERR_LONG;
    uint8_t *whole = malloc((size_t)is.st_size + 1);
    if (!whole)
        log_fatal("no_memory reading");
    *size = 0;
    ssize_t got;
    while (*size < (size_t)is.st_size &&
           (got = read(fd, whole + *size, (size_t)is.st_size - *size)) > 0)
        *size += (size_t)got;
    *bytes = whole;
    return ERR_OK;
}

static enum err load_file(uint8_t **bytes, size_t *size, const struct readings_request *request,
    const char *suffix, size_t max)
{
    struct reading named = {.language = request->language};
    char name[READING_NAME_SIZE];
    seal_hash(named.body_hash, request->body, request->body_size);
    reading_print_name(name, &named, suffix);
    int folder = open(request->folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    int fd = folder < 0 ? -1 : openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    enum err err = fd < 0 ? err_from_errno(errno) : read_file(bytes, size, max, fd);
    if (folder >= 0)
        close(folder);
    if (fd >= 0)
        close(fd);
    return err;
}

/* What editors have signed for this bulletin in this language. */
static enum err load_signed(struct reading *reading, const struct readings_request *request)
{
    uint8_t hash[SEAL_HASH_SIZE], *bytes = NULL;
    size_t size = 0;
    enum err err = load_file(&bytes, &size, request, ".reading", READING_SIZE_MAX);
    if (err)
        return err;
    err = reading_decode(reading, bytes, size);
    free(bytes);
    seal_hash(hash, request->body, request->body_size);
    if (!err && (memcmp(hash, reading->body_hash, sizeof hash) != 0 ||
                    reading->language != request->language))
        err = ERR_FORMAT;
    return err ? err : reading_check(reading, request->roster, request->sent_s);
}

/* Sound of bytes in memory, through a file that has no name. */
static enum err decode(struct pcm *pcm, const uint8_t *bytes, size_t size)
{
    struct wav_reader *reader = NULL;
    int fd = memfd_create("reading", MFD_CLOEXEC);
    size_t done = 0;
    ssize_t written = 1;
    while (fd >= 0 && done < size && (written = write(fd, bytes + done, size - done)) > 0)
        done += (size_t)written;
    if (fd < 0 || written <= 0 || lseek(fd, 0, SEEK_SET) != 0) {
        if (fd >= 0)
            close(fd);
        return ERR_SYSTEM;
    }
    enum err err = wav_open_fd(&reader, fd);
    if (!err)
        err = wav_read_all(pcm, reader, READINGS_SECONDS_MAX);
    wav_close(reader);
    return err;
}

enum err readings_load(struct pcm *pcm, const struct readings_request *request, unsigned rate_hz)
{
    struct reading reading;
    struct pcm raw;
    uint8_t hash[SEAL_HASH_SIZE], *bytes = NULL;
    size_t size = 0;
    pcm_init(pcm, rate_hz);
    pcm_init(&raw, rate_hz);
    enum err err = load_signed(&reading, request);
    if (!err)
        err = load_file(&bytes, &size, request, ".sound", READINGS_FILE_MAX);
    if (err)
        return err;
    seal_hash(hash, bytes, size);
    err = memcmp(hash, reading.file_hash, sizeof hash) == 0 ? decode(&raw, bytes, size) : ERR_SEAL;
    free(bytes);
    if (!err) {
        shape_band(&raw, SPEECH_BAND_LOW_HZ, SPEECH_BAND_HIGH_HZ);
        err = pcm_resample(pcm, &raw, rate_hz);
    }
    if (!err)
        shape_peak(pcm, SHAPE_MINUS_3_DBFS);
    pcm_wipe(&raw);
    return err;
}
