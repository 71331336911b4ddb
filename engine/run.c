// SPDX-License-Identifier: MIT
#include "run.h"

#include "../suites/protocol/assay.h"
#include "cases.h"
#include "failure.h"
#include "techniques.h"
#include "version.h"

#include <stdio.h>
#include <stdlib.h>

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

/* Prints how long a case takes: ranks start together, and the slowest one counts. */
static void measure(const struct team *team, const struct assay_case *test,
                    void (*technique)(struct question *), size_t repetitions)
{
    struct arena arena = {NULL};
    double *seconds = arena_take(&arena, repetitions, sizeof *seconds);
    for (size_t i = 0; i < repetitions; i++) {
        MPI_Barrier(team->comm);
        double before = MPI_Wtime();
        question_answer(team, test, technique, NULL);
        seconds[i] = reduce_largest_time(team, MPI_Wtime() - before);
    }
    qsort(seconds, repetitions, sizeof *seconds, compare_times);
    if (team->rank == 0)
        printf("%s/%s: %.1f us minimum, %.1f us median\n", test->technique, test->name,
               seconds[0] * 1e6, seconds[repetitions / 2] * 1e6);
    arena_release(&arena);
}

/* Answers one case on all ranks, if its technique is known here. */
static int answer(const struct team *team, struct assay_run *run, const struct assay_case *test,
                  const struct assay_case *shared, size_t repetitions)
{
    void (*technique)(struct question *) = technique_find(shared->technique);
    if (technique == NULL)
        return 0; /* never begun: reported as not covered */
    if (repetitions > 0)
        measure(team, shared, technique, repetitions);
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
            status = answer(&team, run, test, shared, request->repetitions);
        arena_release(&arena);
    }
    if (run != NULL)
        status = assay_close(run); /* says what has failed, and writes nothing then */
    MPI_Bcast(&status, 1, MPI_INT, 0, team.comm);
    return status;
}
