// SPDX-License-Identifier: MIT
#include "pipes.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

int pipes_put(int to, const void *from, size_t size)
{
    const char *next = from;
    while (size > 0) {
        ssize_t written = write(to, next, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return 2;
        next += written;
        size -= (size_t)written;
    }
    return 0;
}

int pipes_get(int from, void *to, size_t size)
{
    char *next = to;
    while (size > 0) {
        ssize_t got = read(from, next, size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return 2;
        next += got;
        size -= (size_t)got;
    }
    return 0;
}

int pipes_open(int ends[2])
{
    if (pipe(ends) != 0)
        return 2;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    return 0;
}
