/* The C library's formatting can print to a stream, for which it wants these three functions of WASI, by these names; ours
 * only ever formats into memory. Answering "not supported" here leaves the module without a single import. */
#include <stdint.h>

/* NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c): the names are the C library's */
#define NOT_SUPPORTED 58 /* WASI's errno notsup */

int32_t __imported_wasi_snapshot_preview1_fd_close(int32_t fd);
int32_t __imported_wasi_snapshot_preview1_fd_seek(
    int32_t fd, int64_t offset, int32_t whence, int32_t at);
int32_t __imported_wasi_snapshot_preview1_fd_write(
    int32_t fd, int32_t pieces, int32_t count, int32_t written);

int32_t __imported_wasi_snapshot_preview1_fd_close(int32_t fd)
{
    (void)fd;
    return NOT_SUPPORTED;
}

int32_t __imported_wasi_snapshot_preview1_fd_seek(
    int32_t fd, int64_t offset, int32_t whence, int32_t at)
{
    (void)fd;
    (void)offset;
    (void)whence;
    (void)at;
    return NOT_SUPPORTED;
}

int32_t __imported_wasi_snapshot_preview1_fd_write(
    int32_t fd, int32_t pieces, int32_t count, int32_t written)
{
    (void)fd;
    (void)pieces;
    (void)count;
    (void)written;
    return NOT_SUPPORTED;
}
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c) */
