// SPDX-License-Identifier: MIT
#include "../../reference/distributed/scaling_efficiency.h"
#include "../fork.h"

enum rival {
    TWIN,
    BASELINE_IS_ONE,
    INVERSE_SPEEDUP,
    BY_THE_LAST,
    SPEEDUP_TO_PREVIOUS,
    EFFICIENCY_BY_PROCESSORS,
    SERIAL_WITHOUT_DIVISION,
    PARALLEL_FRACTION,
    FRACTIONS_SWAPPED,
    GUSTAFSON_IS_AMDAHL,
    AMDAHL_LIMIT,
    COST_OF_RATIO,
    FITTED_IS_MEAN,
    FITTED_BY_LAST,
    LAST_RUN_LOST
};

struct run {
    real q, speedup, serial;
};

/* What is told of run m, with everything multiplied out. */
static struct run run_of(const struct scaling_efficiency *s, size_t m, enum rival rival)
{
    size_t base = rival == BY_THE_LAST ? s->M - 1 : rival == SPEEDUP_TO_PREVIOUS && m ? m - 1 : 0;
    real p = (real)s->processors[m], p0 = (real)s->processors[base];
    p0 = rival == BASELINE_IS_ONE ? 1 : p0;
    struct run run = {.q = p / p0, .speedup = s->time[base] / s->time[m]};
    if (s->weak)
        run.speedup = p * s->time[base] / (p0 * s->time[m]);
    if (rival == INVERSE_SPEEDUP)
        run.speedup = 1 / run.speedup;
    real excess = run.q / run.speedup - 1, parallel = run.q - 1;
    if (rival == SERIAL_WITHOUT_DIVISION)
        parallel = run.q;
    run.serial = run.q == 1 ? 0 : excess / parallel;
    return run;
}

static real fit(const struct scaling_efficiency *s, enum rival rival)
{
    real above = 0, below = 0, mean = 0, runs = 0;
    size_t M = rival == LAST_RUN_LOST && s->M > 1 ? s->M - 1 : s->M;
    for (size_t m = M; m-- > 0;) {
        struct run run = run_of(s, m, rival);
        real parallel = (run.q - 1) / run.q;
        above = above + run.serial * parallel * parallel;
        below = below + parallel * parallel;
        mean += run.serial;
        runs += run.q == 1 ? 0 : 1;
    }
    if (rival == FITTED_IS_MEAN)
        return runs > 0 ? mean / runs : 0;
    if (rival == FITTED_BY_LAST)
        return run_of(s, s->M - 1, rival).serial;
    return below > 0 ? above / below : 0;
}

static void rival(struct call *call)
{
    struct scaling_efficiency s;
    enum rival rival = (enum rival)call_variant(call);
    scaling_efficiency_read(call, &s);
    real *speedup = call_output(call, "speedup", "M");
    real *efficiency = call_output(call, "efficiency", "M"), *cost = call_output(call, "cost", "M");
    real *serial = call_output(call, "serial", "M"), *amdahl = call_output(call, "amdahl", "M");
    real *gustafson = call_output(call, "gustafson", "M");
    real f = rival == FRACTIONS_SWAPPED ? 1 - s.f : s.f;
    for (size_t m = 0; m < s.M; m++) {
        struct run run = run_of(&s, m, rival);
        real p = (real)s.processors[m];
        speedup[m] = run.speedup;
        efficiency[m] = run.speedup / (rival == EFFICIENCY_BY_PROCESSORS ? p : run.q);
        cost[m] = (rival == COST_OF_RATIO ? run.q : p) * s.time[m];
        serial[m] = rival == PARALLEL_FRACTION ? 1 - run.serial : run.serial;
        amdahl[m] = run.q / (f * run.q + (1 - f));
        gustafson[m] = run.q - f * (run.q - 1);
        if (rival == AMDAHL_LIMIT && f > 0)
            amdahl[m] = 1 / f;
        if (rival == GUSTAFSON_IS_AMDAHL)
            gustafson[m] = amdahl[m];
    }
    *call_output(call, "fitted", "") = fit(&s, rival);
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"multiplied_out", FORK_TWIN, "", "Everything multiplied by q.", NULL},
     .answer = rival, .variant = TWIN},
    {.info = {"strong", FORK_CONVENTION, "", "The work is the same whatever is asked for.", NULL},
     .instead = {"scaling", "strong"}},
    {.info = {"weak", FORK_CONVENTION, "", "The work grows whatever is asked for.", NULL},
     .instead = {"scaling", "weak"}},
    {.info = {"baseline_is_one", FORK_BUG, "", "The baseline is taken for one processor.", NULL},
     .answer = rival, .variant = BASELINE_IS_ONE},
    {.info = {"inverse_speedup", FORK_BUG, "", "The speed-up is upside down.", NULL},
     .answer = rival, .variant = INVERSE_SPEEDUP},
    {.info = {"by_the_last", FORK_BUG, "", "The last run is the baseline.", NULL},
     .answer = rival, .variant = BY_THE_LAST},
    {.info = {"to_the_previous", FORK_CONVENTION, "", "Each run is held against the one before.",
     NULL},
     .answer = rival, .variant = SPEEDUP_TO_PREVIOUS},
    {.info = {"efficiency_by_processors", FORK_BUG, "",
     "Efficiency divides by the processors, whatever the baseline had.", NULL},
     .answer = rival, .variant = EFFICIENCY_BY_PROCESSORS},
    {.info = {"serial_without_division", FORK_BUG, "",
     "The serial fraction is not divided by what could be parallel.", NULL},
     .answer = rival, .variant = SERIAL_WITHOUT_DIVISION},
    {.info = {"parallel_fraction", FORK_CONVENTION, "", "The fraction that is parallel.", NULL},
     .answer = rival, .variant = PARALLEL_FRACTION},
    {.info = {"fractions_swapped", FORK_BUG, "", "f is taken for the parallel fraction.", NULL},
     .answer = rival, .variant = FRACTIONS_SWAPPED},
    {.info = {"gustafson_is_amdahl", FORK_BUG, "", "One law for both.", NULL},
     .answer = rival, .variant = GUSTAFSON_IS_AMDAHL},
    {.info = {"amdahl_limit", FORK_BUG, "", "The limit 1 / f for any number of processors.", NULL},
     .answer = rival, .variant = AMDAHL_LIMIT},
    {.info = {"cost_of_ratio", FORK_BUG, "", "Cost counts in baselines, not in processors.", NULL},
     .answer = rival, .variant = COST_OF_RATIO},
    {.info = {"fitted_is_mean", FORK_CONVENTION, "", "The mean of all serial fractions.", NULL},
     .answer = rival, .variant = FITTED_IS_MEAN},
    {.info = {"fitted_by_last", FORK_CONVENTION, "", "The serial fraction of the last run.", NULL},
     .answer = rival, .variant = FITTED_BY_LAST},
    {.info = {"last_run_lost", FORK_BUG, "", "The last run is not in the fit.", NULL},
     .answer = rival, .variant = LAST_RUN_LOST},
};
/* clang-format on */

const struct fork_list scaling_efficiency_forks = {sizeof table / sizeof *table, table};
