/* mhd_bench: libmicrohttpd alone over TLS: the floor under the newsroom's requests. Every path gets the same answer.
 *
 * Usage: mhd_bench CERTIFICATE KEY BYTES
 *
 * Listens on a free port of 127.0.0.1, prints it, and ends when its standard input does.
 */
#include <microhttpd.h>

#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PEM_SIZE 16384
#define BODY_MAX 65536
#define PRIORITIES                                                                                 \
    "SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:%SERVER_PRECEDENCE" /* as in gateway/newsroom/http.c */

static void fail(const char *what)
{
    fprintf(stderr, "mhd_bench: %s\n", what);
    exit(1);
}

static void read_pem(char pem[PEM_SIZE], const char *path)
{
    FILE *file = fopen(path, "re");
    size_t size = file != NULL ? fread(pem, 1, PEM_SIZE - 1, file) : 0;
    if (file == NULL || size == 0)
        fail(path);
    pem[size] = '\0';
    fclose(file);
}

static enum MHD_Result on_access(void *arg, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *upload, size_t *upload_size, void **state)
{
    (void)url, (void)method, (void)version, (void)upload, (void)upload_size;
    if (*state == NULL) {
        *state = arg;
        return MHD_YES;
    }
    return MHD_queue_response(connection, MHD_HTTP_OK, arg);
}

int main(int argc, char **argv)
{
    static char certificate[PEM_SIZE];
    static char key[PEM_SIZE];
    static char body[BODY_MAX];
    size_t size = argc == 4 ? strtoul(argv[3], NULL, 10) : 0;
    if (size == 0 || size > BODY_MAX)
        fail("usage: mhd_bench CERTIFICATE KEY BYTES");
    read_pem(certificate, argv[1]);
    read_pem(key, argv[2]);
    memset(body, 'x', sizeof body);
    struct MHD_Response *response =
        MHD_create_response_from_buffer(size, body, MHD_RESPMEM_PERSISTENT);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct MHD_Daemon *daemon =
        MHD_start_daemon(MHD_USE_TLS | MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, on_access,
            response, MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_HTTPS_MEM_CERT, certificate,
            MHD_OPTION_HTTPS_MEM_KEY, key, MHD_OPTION_HTTPS_PRIORITIES, PRIORITIES, MHD_OPTION_END);
    if (daemon == NULL)
        fail("cannot listen");
    printf("%u\n", MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
    fflush(stdout);
    while (getchar() != EOF)
        continue;
    MHD_stop_daemon(daemon);
    MHD_destroy_response(response);
    return 0;
}
