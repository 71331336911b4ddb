// SPDX-License-Identifier: MIT
#include "diagnose_apart.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LONGEST_SECONDS = 20 };

struct head {
    size_t explanations;
    double seconds;
};

static int put(int to, const void *from, size_t size)
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

static int get(int from, void *to, size_t size)
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

static double seconds_since(clock_t began)
{
    return (double)(clock() - began) / CLOCKS_PER_SEC;
}

static _Noreturn void run_child(const struct diagnosing *d, void (*work)(void *), void *argument,
                                int to)
{
    const struct rlimit no_core = {0, 0};
    const struct rlimit limit = {LONGEST_SECONDS, LONGEST_SECONDS + 1};
    clock_t began = clock();
    setrlimit(RLIMIT_CORE, &no_core);
    setrlimit(RLIMIT_CPU, &limit);
    work(argument);
    struct head head = {d->explanations, seconds_since(began)};
    int failed = put(to, &head, sizeof head) != 0 ||
                 put(to, d->explanation, d->explanations * sizeof *d->explanation) != 0;
    _exit(failed ? 2 : 0);
}

/* Takes over what the child has found; all of it or, when it failed, nothing. */
static double receive(struct diagnosing *d, int from)
{
    struct head head;
    if (get(from, &head, sizeof head) != 0)
        return LONGEST_SECONDS;
    struct explanation *list = malloc((head.explanations + 1) * sizeof *list);
    if (!list || get(from, list, head.explanations * sizeof *list) != 0) {
        free(list);
        return LONGEST_SECONDS;
    }
    free(d->explanation);
    d->explanation = list;
    d->explanations = d->room = head.explanations;
    return head.seconds;
}

double diagnose_apart(struct diagnosing *d, void (*work)(void *), void *argument)
{
    int ends[2];
    clock_t began = clock();
    if (getenv("ASSAY_READ_IN_PROCESS") != NULL) {
        work(argument);
        return seconds_since(began);
    }
    if (pipe(ends) != 0)
        return 0;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        run_child(d, work, argument, ends[1]);
    }
    close(ends[1]);
    double seconds = child > 0 ? receive(d, ends[0]) : 0;
    close(ends[0]);
    if (child > 0)
        kill(child, SIGKILL); /* it is at its end, or what it sends is not wanted */
    while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR)
        ;
    return seconds;
}
