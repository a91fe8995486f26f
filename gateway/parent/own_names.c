#include "gateway/parent/own_names.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define HOST_NAME_SIZE 65
#define LOCAL_NAME_SIZE (HOST_NAME_SIZE + 6)

static bool is_listed(const char *text, const char *name)
{
    size_t size = strlen(name);
    for (const char *at = text; (at = strstr(at, name)) != NULL; at += size)
        if ((at == text || at[-1] == ' ') && (at[size] == ' ' || at[size] == '\0'))
            return true;
    return false;
}

static void append(char *text, size_t size, const char *name)
{
    size_t used = strlen(text);
    if (name[0] == '\0' || is_listed(text, name) || used + strlen(name) + 2 > size)
        return;
    (void)snprintf(text + used, size - used, "%s%s", used > 0 ? " " : "", name);
}

static void append_address(char *text, size_t size, const struct sockaddr *address)
{
    char name[INET6_ADDRSTRLEN] = "";
    if (address->sa_family == AF_INET) {
        const struct sockaddr_in *four = (const struct sockaddr_in *)(const void *)address;
        (void)inet_ntop(AF_INET, &four->sin_addr, name, sizeof name);
    } else if (address->sa_family == AF_INET6) {
        const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)(const void *)address;
        if (!IN6_IS_ADDR_LINKLOCAL(&six->sin6_addr))
            (void)inet_ntop(AF_INET6, &six->sin6_addr, name, sizeof name);
    }
    append(text, size, name);
}

static void append_host(char *text, size_t size)
{
    char host[HOST_NAME_SIZE] = "";
    char local[LOCAL_NAME_SIZE];
    if (gethostname(host, sizeof host - 1) != 0 || host[0] == '\0')
        return;
    append(text, size, host);
    (void)snprintf(local, sizeof local, "%s.local", host);
    if (strchr(host, '.') == NULL)
        append(text, size, local);
}

static void append_listened(char *text, size_t size, const char *listen)
{
    if (strncmp(listen, "127.", 4) == 0 || strcmp(listen, "::1") == 0)
        append(text, size, "localhost");
    else if (strcmp(listen, "0.0.0.0") != 0 && strcmp(listen, "::") != 0)
        append(text, size, listen);
}

void own_names_append(char *text, size_t size, const char *listen)
{
    append_listened(text, size, listen);
    struct ifaddrs *list = NULL;
    if (getifaddrs(&list) != 0)
        list = NULL;
    for (const struct ifaddrs *one = list; one != NULL; one = one->ifa_next)
        if (one->ifa_addr != NULL && (one->ifa_flags & IFF_UP) != 0 &&
            (one->ifa_flags & IFF_LOOPBACK) == 0)
            append_address(text, size, one->ifa_addr);
    freeifaddrs(list);
    append_host(text, size);
}
