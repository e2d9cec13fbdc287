// SPDX-License-Identifier: GPL-2.0-only
/*
 * Stands in for QEMU where a domain needs a device model to come up, and no
 * device: says that it runs, and answers libxl's commands. With -stray NODE it
 * gives the domain a page on that node first.
 */

#include <err.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <xenctrl.h>
#include <xenstore.h>

static const char greeting[] =
    "{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 0, \"minor\": 2, "
    "\"major\": 7}, \"package\": \"\"}, \"capabilities\": []}}\r\n";

static void say_running(const char *domid)
{
    struct xs_handle *xs = xs_open(0);
    char path[64];

    snprintf(path, sizeof(path), "/local/domain/0/device-model/%s/state",
             domid);
    if ( !xs || !xs_write(xs, XBT_NULL, path, "running", strlen("running")) )
        err(1, "%s", path);
    xs_close(xs);
}

/* Where no memory of such a domain is: from 4 GiB on. */
static void give_page(uint32_t domid, unsigned int node)
{
    xc_interface *xch = xc_interface_open(NULL, NULL, 0);
    xen_pfn_t gfn = 0x100000;

    if ( !xch || xc_domain_populate_physmap_exact(xch, domid, 1, 0,
                                                  XENMEMF_exact_node(node),
                                                  &gfn) )
        err(1, "a page on node %u", node);
    xc_interface_close(xch);
}

/* What libxl looks at in the answers; others may be empty. */
static const struct {
    const char *command, *value;
} answers[] = {
    /* The file comes with the command, and is lost: no device has a state. */
    { "add-fd", "{\"fdset-id\": 0, \"fd\": 0}" },
    { "query-chardev", "[]" },
    { "query-command-line-options", "[]" },
    { "query-vnc", "{\"enabled\": false}" },
};

/* Returns whether it was the last command. */
static bool answer(FILE *peer, const char *command)
{
    static const char key[] = "\"id\":";
    const char *id = strstr(command, key), *value = "{}";

    for ( unsigned int i = 0; i < sizeof(answers) / sizeof(*answers); i++ )
        if ( strstr(command, answers[i].command) )
            value = answers[i].value;

    fprintf(peer, "{\"return\": %s", value);
    if ( id )
        fprintf(peer, ", \"id\": %ld", strtol(id + strlen(key), NULL, 10));
    fprintf(peer, "}\r\n");
    fflush(peer);

    return strstr(command, "\"quit\"");
}

/* One connection after the other, as QEMU does it. */
static void serve(int fd)
{
    bool quit = false;

    while ( !quit )
    {
        int connection = accept(fd, NULL, NULL);
        char command[4096];
        FILE *peer;

        if ( connection < 0 || !(peer = fdopen(connection, "r+")) )
            err(1, "accept");
        fputs(greeting, peer);
        fflush(peer);
        while ( !quit && fgets(command, sizeof(command), peer) )
            quit = answer(peer, command);
        fclose(peer);
    }
}

/* The socket for libxl's commands is there already, or ours to make. */
static int open_socket(const char *chardev)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int fd;

    if ( sscanf(chardev, "socket,id=libxl-cmd,fd=%d", &fd) == 1 )
        return fd;
    if ( sscanf(chardev, "socket,id=libxl-cmd,path=%107[^,]",
                address.sun_path) != 1 )
        return -1;

    unlink(address.sun_path);
    fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if ( fd < 0 || bind(fd, (void *)&address, sizeof(address)) ||
         listen(fd, 1) )
        err(1, "%s", address.sun_path);

    return fd;
}

int main(int argc, char **argv)
{
    const char *domid = NULL, *stray = NULL;
    int fd = -1;

    for ( int i = 1; i + 1 < argc; i++ )
        if ( !strcmp(argv[i], "-xen-domid") )
            domid = argv[i + 1];
        else if ( !strcmp(argv[i], "-stray") )
            stray = argv[i + 1];
        else if ( !strcmp(argv[i], "-chardev") && fd < 0 )
            fd = open_socket(argv[i + 1]);
    if ( fd < 0 )
        errx(1, "no socket for commands among the arguments");

    /* Without a domain libxl only asks what options there are. */
    if ( domid && stray )
        give_page(strtoul(domid, NULL, 10), strtoul(stray, NULL, 10));
    if ( domid )
        say_running(domid);
    serve(fd);

    return 0;
}
