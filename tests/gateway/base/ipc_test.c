/* ipc: whole packets, descriptors passed, limits kept, a gone peer seen. */
#include "gateway/base/ipc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define CROWD 100 /* more than are held until they are accepted */

static void test_packet_and_descriptor(void **state)
{
    (void)state;
    int fds[2];
    int ends[2];
    assert_int_equal(ipc_pair(fds), ERR_OK);
    assert_int_equal(pipe(ends), 0);
    struct ipc_packet sent = {.type = 7, .size = 3, .payload = {1, 2, 3}, .fd = ends[1]};
    assert_int_equal(ipc_send(fds[0], &sent), ERR_OK);
    struct ipc_packet got;
    assert_int_equal(ipc_receive(fds[1], &got), ERR_OK);
    assert_int_equal(got.type, 7);
    assert_int_equal(got.size, 3);
    assert_memory_equal(got.payload, sent.payload, 3);
    assert_int_equal(write(got.fd, "x", 1), 1);
    char c;
    assert_int_equal(read(ends[0], &c, 1), 1);
    assert_int_equal(ipc_receive(fds[1], &got), ERR_BUSY);
    close(fds[0]);
    assert_int_equal(ipc_receive(fds[1], &got), ERR_CLOSED);
    assert_int_equal(ipc_send(fds[1], &sent), ERR_CLOSED);
}

static void test_malformed(void **state)
{
    (void)state;
    int fds[2];
    assert_int_equal(ipc_pair(fds), ERR_OK);
    struct ipc_packet got;
    assert_int_equal(send(fds[0], "x", 1, 0), 1);
    assert_int_equal(ipc_receive(fds[1], &got), ERR_SHORT);
    static uint8_t huge[IPC_PAYLOAD_MAX + 3];
    assert_int_equal(send(fds[0], huge, sizeof huge, 0), sizeof huge);
    assert_int_equal(ipc_receive(fds[1], &got), ERR_LONG);
    struct ipc_packet largest = {.type = 1, .size = IPC_PAYLOAD_MAX, .fd = -1};
    assert_int_equal(ipc_send(fds[0], &largest), ERR_OK);
    assert_int_equal(ipc_receive(fds[1], &got), ERR_OK);
    assert_int_equal(got.size, IPC_PAYLOAD_MAX);
    largest.size++;
    assert_int_equal(ipc_send(fds[0], &largest), ERR_LONG);
}

static void test_listen(void **state)
{
    (void)state;
    char path[] = "/tmp/ipc_testXXXXXX";
    assert_non_null(mkdtemp(path));
    char socket_path[64];
    (void)snprintf(socket_path, sizeof socket_path, "%s/control", path);
    int fd;
    assert_int_equal(ipc_connect(&fd, socket_path), ERR_MISSING);
    int listening;
    assert_int_equal(ipc_listen(&listening, socket_path), ERR_OK);
    struct stat about;
    assert_int_equal(stat(socket_path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    int accepted, waiting[CROWD];
    assert_int_equal(ipc_accept(&accepted, listening), ERR_BUSY);
    assert_int_equal(ipc_connect(&fd, socket_path), ERR_OK);
    assert_int_equal(ipc_accept(&accepted, listening), ERR_OK);
    for (int i = 0; i < CROWD; i++)
        waiting[i] = -1;
    enum err err = ERR_OK;
    for (int i = 0; i < CROWD && !err; i++)
        err = ipc_connect_at_once(&waiting[i], socket_path);
    assert_int_equal(err, ERR_BUSY);
    for (int i = 0; i < CROWD; i++)
        if (waiting[i] >= 0)
            close(waiting[i]);
    close(listening);
    close(accepted);
    close(fd);
    assert_int_equal(ipc_connect(&fd, socket_path), ERR_CLOSED);
    unlink(socket_path);
    rmdir(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_packet_and_descriptor),
        cmocka_unit_test(test_malformed),
        cmocka_unit_test(test_listen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
