/* wallclock: preloaded, it moves the wall clock of a program by the seconds that stand, as an int64_t, in the file that WALL_CLOCK
 * names, at any moment. Clocks that count from boot, and timers by them, stay the kernel's own: libfaketime would move timers of
 * CLOCK_BOOTTIME, too.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static const volatile int64_t *moved_s;

__attribute__((constructor)) static void open_file(void)
{
    int fd = open(getenv("WALL_CLOCK"), O_RDONLY | O_CLOEXEC);

    moved_s = mmap(NULL, sizeof(*moved_s), PROT_READ, MAP_SHARED, fd, 0);
    if (moved_s == MAP_FAILED)
        abort();
    close(fd);
}

int clock_gettime(clockid_t id, struct timespec *now)
{
    int (*real)(clockid_t, struct timespec *);
    int result;

    *(void **)&real = dlsym(RTLD_NEXT, "clock_gettime");
    result = real(id, now);
    if (result == 0 && id == CLOCK_REALTIME)
        now->tv_sec += *moved_s;
    return result;
}
