// SPDX-License-Identifier: MIT
#include "diagnose_apart.h"

#include "pipes.h"
#include "work.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LONGEST_SECONDS = 60 };

/* What is sent of every search, before its explanations. */
struct head {
    size_t explanations;
    double units;
};

double share_of(const struct diagnose_share *share)
{
    return share->each + share->left / 2;
}

void share_spend(struct diagnose_share *share, double units)
{
    share->left -= units > share->each ? units - share->each : 0;
    share->left = share->left > 0 ? share->left : 0;
}

/* Returns the units of work done. */
static double go_on(struct search *search, struct diagnose_share *share)
{
    double before = work_done();
    search_later_stages(search, share_of(share));
    share_spend(share, work_done() - before);
    return work_done() - before;
}

static _Noreturn void run_child(size_t count, struct search search[], struct diagnose_share *share,
                                int to)
{
    const struct rlimit no_core = {0, 0};
    const struct rlimit limit = {LONGEST_SECONDS, LONGEST_SECONDS + 1};
    setrlimit(RLIMIT_CORE, &no_core);
    setrlimit(RLIMIT_CPU, &limit);
    for (size_t i = 0; i < count; i++) {
        const struct diagnosing *d = search[i].d;
        if (!search_goes_on(&search[i]))
            continue;
        struct head head = {0, go_on(&search[i], share)};
        head.explanations = d->explanations;
        if (pipes_put(to, &head, sizeof head) != 0 ||
            pipes_put(to, d->explanation, d->explanations * sizeof *d->explanation) != 0)
            _exit(2);
    }
    _exit(0);
}

/* Takes over what the child has found; all of it or, when it failed, nothing. */
static int receive(struct diagnosing *d, struct diagnose_share *share, int from)
{
    struct head head;
    if (pipes_get(from, &head, sizeof head) != 0)
        return 2;
    struct explanation *list = malloc((head.explanations + 1) * sizeof *list);
    if (!list || pipes_get(from, list, head.explanations * sizeof *list) != 0) {
        free(list);
        return 2;
    }
    free(d->explanation);
    d->explanation = list;
    d->explanations = d->room = head.explanations;
    share_spend(share, head.units);
    return 0;
}

/* Starts a child for all searches, and returns behind the last one of which it has told, or behind
 * the one at which it failed. */
static size_t child_for(size_t count, struct search search[], struct diagnose_share *share)
{
    int ends[2];
    size_t i = 0;
    if (pipes_open(ends) != 0)
        return count;
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        run_child(count, search, share, ends[1]);
    }
    close(ends[1]);
    for (int failed = child < 0; i < count && !failed; i++) {
        if (search_goes_on(&search[i]) && receive(search[i].d, share, ends[0]) != 0) {
            failed = 1;
            share_spend(share, share_of(share));
        }
    }
    close(ends[0]);
    if (child > 0)
        kill(child, SIGKILL); /* it is at its end, or what it sends is not wanted */
    while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR)
        ;
    return child > 0 ? i : count;
}

void diagnose_apart(size_t count, struct search search[], struct diagnose_share *share)
{
    int here = getenv("ASSAY_READ_IN_PROCESS") != NULL;
    for (size_t i = 0; i < count;) {
        if (!search_goes_on(&search[i]))
            i++;
        else if (here)
            go_on(&search[i++], share);
        else
            i += child_for(count - i, search + i, share);
    }
}
