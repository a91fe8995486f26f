#include "gateway/tools/args.h"
#include "gateway/tools/output.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* The exit code of a command that ends with code and has said something into the file at path. */
static int finish_into(const char *path, int code)
{
    (void)fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        if (freopen(path, "w", stdout) == NULL || freopen("/dev/null", "w", stderr) == NULL)
            _exit(99);
        (void)printf("something\n");
        _exit(output_finish(code));
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void a_full_disk_shows_in_the_exit_code(void **state)
{
    (void)state;
    assert_int_equal(finish_into("/dev/null", ARGS_EXIT_OK), ARGS_EXIT_OK);
    assert_int_equal(finish_into("/dev/full", ARGS_EXIT_OK), ARGS_EXIT_INPUT);
}

static void a_refusal_stays_a_refusal(void **state)
{
    (void)state;
    assert_int_equal(finish_into("/dev/null", ARGS_EXIT_REFUSED), ARGS_EXIT_REFUSED);
    assert_int_equal(finish_into("/dev/full", ARGS_EXIT_REFUSED), ARGS_EXIT_REFUSED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_full_disk_shows_in_the_exit_code),
        cmocka_unit_test(a_refusal_stays_a_refusal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
