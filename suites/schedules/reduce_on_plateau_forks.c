// SPDX-License-Identifier: MIT
#include "../../reference/schedules/reduce_on_plateau.h"
#include "../../reference/schedules/schedule.h"
#include "../fork.h"

/* What a fork breaks; all 0 is the definition. */
struct flaws {
    int best_always_moves;    /* best is the last value */
    int compares_with_last;   /* with the value before, though best is kept */
    int wait_survives_better; /* an improvement does not reset the wait */
    int wait_survives_cut;    /* a reduction does not reset the wait */
    int target_of_sign;       /* best (1 - threshold) whatever the sign of best */
    int subtracts_factor;     /* rate (1 - factor) */
    int inclusive;            /* as good as the target is better */
    int delta_reversed;       /* a value up to min_delta worse is better */
};

static int is_better(const struct plateau *rules, const struct flaws *flaws, real value, real best)
{
    real target = plateau_target(rules, best);
    if (flaws->delta_reversed)
        target = 2 * best - target;
    if (flaws->target_of_sign && rules->relative)
        target = best * (rules->maximise ? 1 + rules->min_delta : 1 - rules->min_delta);
    if (flaws->inclusive && value == target)
        return 1;
    return rules->maximise ? value > target : value < target;
}

/* By dates instead of counts: `from` is the epoch after which bad epochs count, `warm` the first
 * one at which the cooldown lets them. The rate is a power of the factor. */
static void by_dates(struct call *call, const struct flaws *flaws)
{
    struct plateau rules = plateau_read(call);
    const real *metric = call_input(call, "metric", "E");
    size_t E = call_size(call, 'E'), from = 0, cuts = 0, warm = 0;
    size_t needed = rules.patience + (size_t)rules.exceeded;
    real *rate = call_output(call, "rate", "E"), *best = call_output(call, "best", "E");
    real factor = flaws->subtracts_factor ? 1 - rules.factor : rules.factor;
    for (size_t e = 0; e < E; e++) {
        real before = e > 0 ? flaws->compares_with_last ? metric[e - 1] : best[e - 1] : 0;
        int better = e == 0 || is_better(&rules, flaws, metric[e], before);
        best[e] = better || flaws->best_always_moves ? metric[e] : best[e - 1];
        size_t at_start = cuts;
        if ((better && !flaws->wait_survives_better) || e < warm)
            from = e;
        if (!better && e - from >= (needed > 0 ? needed : 1)) {
            cuts++;
            from = flaws->wait_survives_cut ? from : e;
            warm = e + rules.cooldown + (rules.skipped || rules.cooldown == 0);
        }
        real power = schedule_power(factor, rules.during ? at_start : cuts);
        rate[e] = schedule_at_least(rules.rate * power, rules.minimum);
    }
}

static void dates(struct call *call)
{
    by_dates(call, &(struct flaws){0});
}

static void best_always_moves(struct call *call)
{
    by_dates(call, &(struct flaws){.best_always_moves = 1});
}

static void compares_with_last(struct call *call)
{
    by_dates(call, &(struct flaws){.compares_with_last = 1});
}

static void wait_survives_better(struct call *call)
{
    by_dates(call, &(struct flaws){.wait_survives_better = 1});
}

static void wait_survives_cut(struct call *call)
{
    by_dates(call, &(struct flaws){.wait_survives_cut = 1});
}

static void target_of_sign(struct call *call)
{
    by_dates(call, &(struct flaws){.target_of_sign = 1});
}

static void subtracts_factor(struct call *call)
{
    by_dates(call, &(struct flaws){.subtracts_factor = 1});
}

static void inclusive(struct call *call)
{
    by_dates(call, &(struct flaws){.inclusive = 1});
}

static void delta_reversed(struct call *call)
{
    by_dates(call, &(struct flaws){.delta_reversed = 1});
}

static const struct fork table[] = {
    {.info = {"dates", FORK_TWIN, "",
              "By the dates of events instead of counts, the rate as a power of the factor.", NULL},
     .answer = dates},
    {.info = {"best_always_moves", FORK_BUG, "", "The best value is the last one.", NULL},
     .answer = best_always_moves},
    {.info = {"compares_with_last", FORK_BUG, "",
              "A value is compared with the one before, not with the best.", NULL},
     .answer = compares_with_last},
    {.info = {"wait_survives_better", FORK_BUG, "", "An improvement does not reset the wait.",
              NULL},
     .answer = wait_survives_better},
    {.info = {"wait_survives_cut", FORK_BUG, "",
              "A reduction does not reset the wait, so the next epoch reduces again.", NULL},
     .answer = wait_survives_cut},
    {.info = {"target_of_sign", FORK_CONVENTION, "",
              "best (1 - threshold), which is worse than a best below 0: PyTorch.", NULL},
     .answer = target_of_sign},
    {.info = {"subtracts_factor", FORK_CONVENTION, "", "1 - factor remains.", NULL},
     .answer = subtracts_factor},
    {.info = {"inclusive", FORK_BUG, "", "Better by exactly min_delta counts.", NULL},
     .answer = inclusive},
    {.info = {"delta_reversed", FORK_BUG, "",
              "min_delta with the wrong sign: a little worse still counts as better.", NULL},
     .answer = delta_reversed},
    {.info = {"min_delta_ignored", FORK_BUG, "", "Any improvement counts.", NULL},
     .number = {"min_delta", 0}},
    {.info = {"cooldown_ignored", FORK_BUG, "", "There is no cooldown.", NULL},
     .number = {"cooldown", 0}},
    {.info = {"minimum_ignored", FORK_BUG, "115", "There is no minimum.", NULL},
     .number = {"minimum", 0}},
    {.info = {"patience_exceeded", FORK_CONVENTION, "", "Reduces one epoch later.", NULL},
     .instead = {"patience_is", "exceeded"}},
    {.info = {"patience_reached", FORK_CONVENTION, "", "Reduces one epoch earlier.", NULL},
     .instead = {"patience_is", "reached"}},
    {.info = {"cooldown_skipped", FORK_CONVENTION, "", "No epoch of the cooldown counts.", NULL},
     .instead = {"cooldown_end", "skipped"}},
    {.info = {"cooldown_counted", FORK_CONVENTION, "", "The last epoch of it counts.", NULL},
     .instead = {"cooldown_end", "counted"}},
    {.info = {"absolute", FORK_CONVENTION, "", "The threshold is not relative.", NULL},
     .instead = {"threshold", "absolute"}},
    {.info = {"relative", FORK_CONVENTION, "", "The threshold is relative.", NULL},
     .instead = {"threshold", "relative"}},
    {.info = {"mode_ignored", FORK_BUG, "", "Smaller is better, whatever is monitored.", NULL},
     .instead = {"mode", "min"}},
    {.info = {"rate_of_next_epoch", FORK_CONVENTION, "116", "The rate after the epoch.", NULL},
     .instead = {"recorded", "after"}},
    {.info = {"rate_of_last_epoch", FORK_CONVENTION, "116", "The rate before the judgement.", NULL},
     .instead = {"recorded", "during"}},
};

const struct fork_list reduce_on_plateau_forks = {sizeof table / sizeof *table, table};
