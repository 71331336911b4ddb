// SPDX-License-Identifier: MIT
#include "../../reference/metrics/learning_curve_divergence.h"
#include "../fork.h"

enum mistake {
    NONE,
    TRAINING_WATCHED,
    RAW_WATCHED,
    WEIGHTS_SWAPPED,
    START_AT_ZERO,
    POWER_OFF_BY_ONE,
    GAP_SIGN,
    GAP_RAW,
    WAIT_NEVER_RESET,
    BEST_IS_LAST,
    BEST_IS_FIRST_OF_ALL,
    PREVIOUS_EPOCH,
    EQUAL_IMPROVES,
    STOP_AT_BEST,
    RUNS_ON,
    VERDICT_BY_LAST,
    LARGER_IS_BETTER,
    FROM_ONE
};

struct watcher {
    enum mistake mistake;
    struct divergence d;
    size_t r;
};

/* s[e] as a weighted sum of all that came before. */
static real smoothed(const struct watcher *w, const real *v, size_t e)
{
    const struct divergence *d = &w->d;
    real b = d->smoothing, weight = 1, sum = 0, all = 0;
    if (w->mistake == WEIGHTS_SWAPPED)
        b = b == 0 ? b : 1 - b;
    for (size_t i = e + 1; i-- > 0;) {
        int first = i == 0 && !d->corrected && w->mistake != START_AT_ZERO;
        sum = sum + weight * (first ? 1 : 1 - b) * v[i];
        all = all + weight * (1 - b);
        weight = weight * b;
    }
    if (w->mistake == POWER_OFF_BY_ONE && d->corrected)
        all = e == 0 ? 1 : (all - (1 - b)) / b;
    return d->corrected ? sum / all : sum;
}

static int improves(const struct watcher *w, real best, real s)
{
    const struct divergence *d = &w->d;
    real border = d->relative ? best * (1 - d->delta) : best - d->delta;
    if (w->mistake == LARGER_IS_BETTER)
        return s > border;
    return w->mistake == EQUAL_IMPROVES ? s <= border : s < border;
}

static void follow(const struct watcher *w)
{
    const struct divergence *d = &w->d;
    size_t E = d->E, at = w->r * E, best = 0, waited = 0, stop = E;
    const real *s = w->mistake == TRAINING_WATCHED ? &d->smooth_training[at]
                    : w->mistake == RAW_WATCHED    ? &d->validation[at]
                                                   : &d->smooth_validation[at];
    const real *t = &d->smooth_training[at];
    for (size_t e = 1; e < E && (stop == E || w->mistake == RUNS_ON); e++) {
        int better = improves(w, s[w->mistake == PREVIOUS_EPOCH ? e - 1 : best], s[e]);
        best = better || w->mistake == BEST_IS_LAST ? e : best;
        waited = better && w->mistake != WAIT_NEVER_RESET ? 0 : waited + !better;
        d->wait[at + e] = real_count(waited);
        if (!better && waited >= d->patience + (size_t)d->exceeded && stop == E)
            stop = e;
    }
    size_t compared = w->mistake == VERDICT_BY_LAST ? (stop > 0 ? stop - 1 : 0) : best;
    if (stop < E)
        d->verdict[w->r] = t[stop] < t[compared] ? 1 : 2;
    for (size_t e = 1; w->mistake == BEST_IS_FIRST_OF_ALL && e < E; e++)
        best = s[e] < s[best] ? e : best;
    d->best[w->r] = s[best];
    d->best_epoch[w->r] = real_count(best + (w->mistake == FROM_ONE));
    d->stop_epoch[w->r] = real_count(w->mistake == STOP_AT_BEST && stop < E ? best : stop);
}

static void watch(struct call *call)
{
    struct watcher w = {(enum mistake)call_variant(call), learning_curve_divergence_read(call), 0};
    const struct divergence *d = &w.d;
    for (; w.r < d->R; w.r++) {
        size_t at = w.r * d->E;
        for (size_t e = 0; e < d->E; e++) {
            d->smooth_training[at + e] = smoothed(&w, &d->training[at], e);
            d->smooth_validation[at + e] = smoothed(&w, &d->validation[at], e);
            d->gap[at + e] = d->smooth_validation[at + e] - d->smooth_training[at + e];
            if (w.mistake == GAP_SIGN)
                d->gap[at + e] = -d->gap[at + e];
            if (w.mistake == GAP_RAW)
                d->gap[at + e] = d->validation[at + e] - d->training[at + e];
        }
        follow(&w);
    }
}

static const struct fork table[] = {
    {.info = {"weighted_sums", FORK_TWIN, "",
              "Each epoch as a weighted sum of all before, divided by the sum of weights.", NULL},
     .answer = watch},
    {.info = {"absolute", FORK_CONVENTION, "", "The threshold is a loss.", NULL},
     .instead = {"threshold", "absolute"}},
    {.info = {"relative", FORK_CONVENTION, "", "The threshold is a share of the best.", NULL},
     .instead = {"threshold", "relative"}},
    {.info = {"reached", FORK_CONVENTION, "", "wait >= patience.", NULL},
     .instead = {"patience_counts", "reached"}},
    {.info = {"exceeded", FORK_CONVENTION, "", "wait > patience.", NULL},
     .instead = {"patience_counts", "exceeded"}},
    {.info = {"uncorrected", FORK_CONVENTION, "", "Smoothing from the first value.", NULL},
     .instead = {"correction", "none"}},
    {.info = {"corrected", FORK_CONVENTION, "", "Smoothing from 0, corrected.", NULL},
     .instead = {"correction", "bias"}},
    {.info = {"training_watched", FORK_BUG, "", "The training loss is watched.", NULL},
     .answer = watch,
     .variant = TRAINING_WATCHED},
    {.info = {"raw_watched", FORK_BUG, "", "The curve is smoothed for display alone.", NULL},
     .answer = watch,
     .variant = RAW_WATCHED},
    {.info = {"weights_swapped", FORK_CONVENTION, "", "The smoothing is the weight of what is new.",
              NULL},
     .answer = watch,
     .variant = WEIGHTS_SWAPPED},
    {.info = {"start_at_zero", FORK_BUG, "", "Smoothing from 0 without a correction.", NULL},
     .answer = watch,
     .variant = START_AT_ZERO},
    {.info = {"power_off_by_one", FORK_BUG, "", "Corrected by 1 - b^e.", NULL},
     .answer = watch,
     .variant = POWER_OFF_BY_ONE},
    {.info = {"gap_sign", FORK_BUG, "", "Training minus validation.", NULL},
     .answer = watch,
     .variant = GAP_SIGN},
    {.info = {"gap_raw", FORK_CONVENTION, "", "The gap of the curves before smoothing.", NULL},
     .answer = watch,
     .variant = GAP_RAW},
    {.info = {"wait_never_reset", FORK_BUG, "", "Bad epochs add up over the whole run.", NULL},
     .answer = watch,
     .variant = WAIT_NEVER_RESET},
    {.info = {"best_is_last", FORK_BUG, "", "The last epoch is kept as the best.", NULL},
     .answer = watch,
     .variant = BEST_IS_LAST},
    {.info = {"best_of_whole_run", FORK_CONVENTION, "",
              "The best of all epochs, also after the stop and within the threshold.", NULL},
     .answer = watch,
     .variant = BEST_IS_FIRST_OF_ALL},
    {.info = {"previous_epoch", FORK_BUG, "", "Compared with the epoch before instead of the best.",
              NULL},
     .answer = watch,
     .variant = PREVIOUS_EPOCH},
    {.info = {"equal_improves", FORK_BUG, "", "An equal loss counts as an improvement.", NULL},
     .answer = watch,
     .variant = EQUAL_IMPROVES},
    {.info = {"stop_at_best", FORK_CONVENTION, "", "The stop is reported at the best epoch.", NULL},
     .answer = watch,
     .variant = STOP_AT_BEST},
    {.info = {"runs_on", FORK_BUG, "", "Watching goes on after the stop.", NULL},
     .answer = watch,
     .variant = RUNS_ON},
    {.info = {"verdict_by_last", FORK_BUG, "",
              "The training loss is compared with the epoch before.", NULL},
     .answer = watch,
     .variant = VERDICT_BY_LAST},
    {.info = {"larger_is_better", FORK_BUG, "", "Losses are taken for scores.", NULL},
     .answer = watch,
     .variant = LARGER_IS_BETTER},
    {.info = {"from_one", FORK_CONVENTION, "", "Epochs are counted from 1.", NULL},
     .answer = watch,
     .variant = FROM_ONE},
};

const struct fork_list learning_curve_divergence_forks = {sizeof table / sizeof *table, table};
