#include "audio/duty_file.h"

#include "audio/aside.h"
#include "gateway/base/clock.h"
#include "gateway/base/log.h"

#include <stdio.h>

#define NAME "keyed"
#define MS_PER_S 1000

static struct duty_clocks look_at_clocks(void)
{
    return (struct duty_clocks){.boot_ms = clock_boot_ms(), .wall_s = clock_wall_s()};
}

static enum err print_path(char path[ASIDE_PATH_MAX], const char *directory)
{
    int size = snprintf(path, ASIDE_PATH_MAX, "%s/" NAME, directory);

    return size < 0 || size >= ASIDE_PATH_MAX ? ERR_LONG : ERR_OK;
}

void duty_file_load(struct duty *duty, const char *directory, unsigned percent)
{
    const struct duty_clocks now = look_at_clocks();
    char path[ASIDE_PATH_MAX];
    uint8_t record[DUTY_RECORD_MAX + 1];
    size_t size = 0;
    enum err err = print_path(path, directory);

    *duty = (struct duty){.count = 0};
    if (!err)
        err = aside_read(record, sizeof(record), &size, path);
    if (err == ERR_MISSING)
        return;
    if (!err)
        err = duty_decode(duty, record, size, &now);
    if (err) {
        duty_fill(duty, now.boot_ms, percent);
        log_error(
            "duty_not_read path=%s error=%s: the whole share counts as used; without the file "
            "nothing does",
            path, err_name(err));
        return;
    }
    log_info("duty_taken_up keyed_s=%lld", (long long)(duty_used_ms(duty, now.boot_ms) / MS_PER_S));
}

void duty_file_save(const struct duty *duty, const char *directory)
{
    const struct duty_clocks now = look_at_clocks();
    char path[ASIDE_PATH_MAX];
    uint8_t record[DUTY_RECORD_MAX];
    size_t size;
    enum err err = print_path(path, directory);

    duty_encode(record, &size, duty, &now);
    if (!err)
        err = aside_write(path, record, size);
    if (err)
        log_error("duty_not_saved path=%s error=%s", path, err_name(err));
}
