// SPDX-License-Identifier: MIT
#include "../../reference/optimizers/averaged_gradient_descent.h"
#include "../fork.h"

enum mistake {
    NONE,
    RATE_ONE_STEP_AHEAD,
    RATE_COMPOUNDED,
    SHRINKS_WITHOUT_RATE,
    SHRINKS_NEW_WEIGHT,
    DECAY_AFTER_SHRINKING,
    AVERAGE_WRITTEN_BACK,
    AVERAGE_OF_OLD_WEIGHT,
    AVERAGE_OF_ALL_STEPS,
    AVERAGE_FORGOTTEN
};

/* The mean as a sum of k weights over k. */
struct element {
    real w, sum, last_eta;
};

static real eta_of(const struct averaged_rules *rules, size_t t, real last, int mistake)
{
    size_t before = mistake == RATE_ONE_STEP_AHEAD ? t : t - 1;
    real x = rules->lambd * rules->rate * real_count(before);
    real fall = real_exp(-rules->alpha * real_log1p(x));
    return mistake == RATE_COMPOUNDED ? last * fall : rules->rate * fall;
}

static real next_weight(const struct averaged_rules *rules, real w, real g, real eta, int mistake)
{
    if (mistake == SHRINKS_WITHOUT_RATE)
        return w - rules->lambd * w - eta * (g + rules->decay * w);
    if (mistake == SHRINKS_NEW_WEIGHT)
        return (w - eta * (g + rules->decay * w)) * (1 - rules->lambd * eta);
    if (mistake == DECAY_AFTER_SHRINKING) {
        real shrunk = w * (1 - rules->lambd * eta);
        return shrunk - eta * (g + rules->decay * shrunk);
    }
    return w - eta * (g + (rules->decay + rules->lambd) * w);
}

static void run(struct call *call)
{
    struct updates u = updates_read_without_rate(call);
    struct averaged_rules rules = averaged_rules_read(call);
    int mistake = call_variant(call);
    real *average = updates_state(call, "average");
    real *w_after = call_output(call, "w_after", "SP");
    real *average_after = call_output(call, "average_after", "SP");
    size_t counted = averaged_count(&rules, rules.first) - 1; /* in the given average */
    for (size_t p = 0; p < u.P; p++) {
        struct element e = {u.w[p], average[p] * real_count(counted), rules.rate};
        for (size_t s = 0; s < u.S; s++) {
            size_t t = rules.first + s, at = s * u.P + p;
            real old = e.w;
            size_t k = mistake == AVERAGE_OF_ALL_STEPS ? t : averaged_count(&rules, t);
            e.last_eta = eta_of(&rules, t, e.last_eta, mistake);
            e.w = next_weight(&rules, old, u.g[at], e.last_eta, mistake);
            real entering = mistake == AVERAGE_OF_OLD_WEIGHT ? old : e.w;
            e.sum = k == 1 ? entering : e.sum + entering;
            average_after[at] = mistake == AVERAGE_FORGOTTEN ? e.w : e.sum / real_count(k);
            if (mistake == AVERAGE_WRITTEN_BACK)
                e.w = average_after[at];
            w_after[at] = e.w;
        }
    }
}

static const struct fork table[] = {
    {.info = {"sums", FORK_TWIN, "",
              "Sums instead of running means; shrinking as another weight decay.", NULL},
     .answer = run,
     .variant = NONE},
    {.info = {"counts_previous", FORK_CONVENTION, "", "PyTorch's start of the mean.", NULL},
     .instead = {"counts", "previous"}},
    {.info = {"counts_present", FORK_CONVENTION, "", "The mean starts one step earlier.", NULL},
     .instead = {"counts", "present"}},
    {.info = {"never_averages", FORK_CONVENTION, "", "t0 is a million whatever is asked for.",
              NULL},
     .number = {"t0", 1e6}},
    {.info = {"alpha_one", FORK_CONVENTION, "", "The rate falls as 1 / t.", NULL},
     .number = {"alpha", 1}},
    {.info = {"no_shrinking", FORK_CONVENTION, "", "lambd is 0: neither the rate nor w falls.",
              NULL},
     .number = {"lambd", 0}},
    {.info = {"decay_ignored", FORK_BUG, "84", "There is no weight decay.", NULL},
     .number = {"weight_decay", 0}},
    {.info = {"counter_from_one_again", FORK_BUG, "88", "The counter starts again.", NULL},
     .number = {"first_step", 1}},
    {.info = {"rate_one_step_ahead", FORK_BUG, "", "The first step has the second rate.", NULL},
     .answer = run,
     .variant = RATE_ONE_STEP_AHEAD},
    {.info = {"rate_compounded", FORK_BUG, "", "The rate falls from the last rate.", NULL},
     .answer = run,
     .variant = RATE_COMPOUNDED},
    {.info = {"shrinks_without_rate", FORK_BUG, "80", "1 - lambd instead of 1 - lambd eta.", NULL},
     .answer = run,
     .variant = SHRINKS_WITHOUT_RATE},
    {.info = {"shrinks_new_weight", FORK_CONVENTION, "81", "Shrinks after the step.", NULL},
     .answer = run,
     .variant = SHRINKS_NEW_WEIGHT},
    {.info = {"decay_after_shrinking", FORK_BUG, "", "The decay is that of the shrunk weight.",
              NULL},
     .answer = run,
     .variant = DECAY_AFTER_SHRINKING},
    {.info = {"average_written_back", FORK_BUG, "", "Training goes on from the average.", NULL},
     .answer = run,
     .variant = AVERAGE_WRITTEN_BACK},
    {.info = {"average_of_old_weight", FORK_BUG, "", "The weight before the step enters.", NULL},
     .answer = run,
     .variant = AVERAGE_OF_OLD_WEIGHT},
    {.info = {"average_of_all_steps", FORK_CONVENTION, "", "The mean of all steps.", NULL},
     .answer = run,
     .variant = AVERAGE_OF_ALL_STEPS},
    {.info = {"average_forgotten", FORK_BUG, "", "The average is the last weight.", NULL},
     .answer = run,
     .variant = AVERAGE_FORGOTTEN},
};

const struct fork_list averaged_gradient_descent_forks = {sizeof table / sizeof *table, table};
