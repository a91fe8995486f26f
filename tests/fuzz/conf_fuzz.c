/* conf: any file is read or refused with a line that says why. */
#include "gateway/base/conf.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct conf conf;
    char why[CONF_WHY_MAX];
    char path[64];
    int fd = memfd_create("conf", MFD_CLOEXEC);
    if (fd < 0 || write(fd, data, size) != (ssize_t)size)
        abort();
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (conf_load(&conf, why, path) != ERR_OK && why[0] == '\0')
        abort();
    close(fd);
    return 0;
}
