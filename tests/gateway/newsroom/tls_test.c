/* tls: a certificate is made once, kept privately, read again, and refused when it is not the key's. */
#include "gateway/newsroom/tls.h"

#include "gateway/base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_SIZE 128

static const char *const names[] = {"desk.test", "192.168.1.5", "::1"};

static void make(struct tls_identity *identity)
{
    assert_int_equal(tls_make(identity, names, 3, clock_wall_s()), ERR_OK);
}

static void path_of(char path[PATH_SIZE], const char *folder, const char *name)
{
    (void)snprintf(path, PATH_SIZE, "%s/%s", folder, name);
}

static void remove_all(const char *folder)
{
    static const char *const files[] = {"key.pem", "certificate.pem"};
    char path[PATH_SIZE];
    for (size_t i = 0; i < 2; i++) {
        path_of(path, folder, files[i]);
        (void)unlink(path);
    }
    (void)rmdir(folder);
}

static void test_kept(void **state)
{
    (void)state;
    static struct tls_identity made;
    static struct tls_identity loaded;
    char folder[] = "/tmp/tls_test.XXXXXX";
    char path[PATH_SIZE];
    struct stat about;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(tls_load(&loaded, folder), ERR_MISSING);
    make(&made);
    assert_int_equal(strlen(made.fingerprint), TLS_FINGERPRINT_SIZE - 1);
    assert_int_equal(tls_save(&made, folder), ERR_OK);
    assert_int_equal(tls_load(&loaded, folder), ERR_OK);
    assert_string_equal(loaded.fingerprint, made.fingerprint);
    assert_string_equal(loaded.certificate, made.certificate);
    assert_string_equal(loaded.key, made.key);
    path_of(path, folder, "key.pem");
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    tls_wipe(&loaded);
    for (size_t i = 0; i < sizeof loaded.key; i++)
        assert_int_equal(loaded.key[i], 0);
    remove_all(folder);
}

static void test_refused(void **state)
{
    (void)state;
    static struct tls_identity one;
    static struct tls_identity other;
    static struct tls_identity loaded;
    char folder[] = "/tmp/tls_test.XXXXXX";
    char path[PATH_SIZE];
    assert_non_null(mkdtemp(folder));
    make(&one);
    make(&other);
    assert_string_not_equal(one.fingerprint, other.fingerprint);
    memcpy(one.key, other.key, sizeof one.key);
    assert_int_equal(tls_save(&one, folder), ERR_OK);
    assert_int_equal(tls_load(&loaded, folder), ERR_FORMAT); /* another's key */
    path_of(path, folder, "key.pem");
    assert_int_equal(truncate(path, 40), 0);
    assert_int_equal(tls_load(&loaded, folder), ERR_FORMAT);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(tls_load(&loaded, folder), ERR_MISSING);
    assert_int_equal(tls_save(&one, "/nothing/there"), ERR_MISSING);
    remove_all(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kept),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests_name("tls", tests, NULL, NULL);
}
