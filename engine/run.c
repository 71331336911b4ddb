// SPDX-License-Identifier: MIT
#include "run.h"

#include "../suites/protocol/assay.h"
#include "cases.h"
#include "failure.h"
#include "techniques.h"
#include "version.h"

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

/* Answers one case on all ranks, if its technique is known here. */
static int answer(const struct team *team, struct assay_run *run, const struct assay_case *test,
                  const struct assay_case *shared)
{
    void (*technique)(struct question *) = technique_find(shared->technique);
    if (technique == NULL)
        return 0; /* never begun: reported as not covered */
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
            status = answer(&team, run, test, shared);
        arena_release(&arena);
    }
    if (run != NULL)
        status = assay_close(run); /* says what has failed, and writes nothing then */
    MPI_Bcast(&status, 1, MPI_INT, 0, team.comm);
    return status;
}
