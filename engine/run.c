// SPDX-License-Identifier: MIT
#include "run.h"

#include "../suites/protocol/assay.h"
#include "cases.h"
#include "failure.h"
#include "orders.h"
#include "techniques.h"
#include "version.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int open_run(struct assay_run **run, const struct team *team,
                    const struct run_request *request)
{
    int status = 0;
    *run = NULL;
    if (team->rank == 0) {
        struct assay_implementation me = {team->reproducible
                                              ? "assay-engine, reproducible arithmetic"
                                              : "assay-engine, fast arithmetic",
                                          ENGINE_VERSION, SCALAR_PRECISION};
        if (assay_open(run, &me, request->paths, request->path, request->result_path) != 0)
            status = assay_complain(*run);
    }
    MPI_Bcast(&status, 1, MPI_INT, 0, team->comm);
    return status;
}

static int compare_times(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* How long a case takes, or below 0 if it is refused: ranks start together, and the slowest one
 * counts. */
static double measure_once(const struct team *team, const struct assay_case *test,
                           void (*technique)(struct question *))
{
    double seconds;
    MPI_Barrier(team->comm);
    if (question_time(team, test, technique, &seconds) != 0)
        return -1;
    return reduce_largest_time(team, seconds);
}

/* Does so as often and whenever it is told to. A case that is refused is left to whoever answers. */
static int measure_by_orders(const struct team *team, const struct assay_case *test,
                             void (*technique)(struct question *))
{
    struct order order;
    int more;
    while ((more = orders_next(team, "answer", &order)) > 0) {
        if (strcmp(order.what, "answer") != 0)
            return orders_refuse(&order, "answer");
        double seconds = 0, once = 0;
        for (size_t i = 0; i < order.count && once >= 0; i++)
            seconds += once = measure_once(team, test, technique);
        if (once < 0)
            return 0;
        orders_answer(team, seconds);
    }
    return more;
}

static void measure(const struct team *team, const struct assay_case *test,
                    void (*technique)(struct question *), size_t repetitions)
{
    struct arena arena = {NULL};
    double *seconds = arena_take(&arena, repetitions, sizeof *seconds);
    for (size_t i = 0; i < repetitions; i++)
        seconds[i] = measure_once(team, test, technique);
    qsort(seconds, repetitions, sizeof *seconds, compare_times);
    if (team->rank == 0)
        printf("%s/%s: %.1f us minimum, %.1f us median\n", test->technique, test->name,
               seconds[0] * 1e6, seconds[repetitions / 2] * 1e6);
    arena_release(&arena);
}

/* Answers one case on all ranks, if its technique is known here. */
static int answer(const struct team *team, struct assay_run *run, const struct assay_case *test,
                  const struct assay_case *shared, const struct run_request *request)
{
    void (*technique)(struct question *) = technique_find(shared->technique);
    if (technique == NULL)
        return 0; /* never begun: reported as not covered */
    if (request->by_orders && measure_by_orders(team, shared, technique) < 0)
        return EXIT_UNUSABLE;
    if (request->repetitions > 0)
        measure(team, shared, technique, request->repetitions);
    if (run != NULL)
        assay_begin(run, test);
    return question_answer(team, shared, technique, run);
}

int run_cases(const struct arithmetic *arithmetic, const struct run_request *request)
{
    struct team team;
    struct assay_run *run;
    int status = team_gather(&team, arithmetic);
    if (status == 0)
        status = open_run(&run, &team, request);
    if (status != 0)
        return status;
    for (bool more = true; more && status == 0;) {
        struct arena arena = {NULL};
        const struct assay_case *test = NULL;
        if (run != NULL)
            assay_next(run, &test);
        const struct assay_case *shared = cases_share(&arena, team.comm, test);
        more = shared != NULL;
        if (more)
            status = answer(&team, run, test, shared, request);
        arena_release(&arena);
    }
    const int closed = run != NULL ? assay_close(run) : 0; /* says what has failed, and writes
                                                              nothing then */
    status = closed != 0 ? closed : status;
    MPI_Bcast(&status, 1, MPI_INT, 0, team.comm);
    return status;
}
