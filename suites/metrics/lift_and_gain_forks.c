// SPDX-License-Identifier: MIT
#include "../../reference/metrics/lift_and_gain.h"
#include "../fork.h"
#include "curve_forks.h"

enum mistake {
    NOT_CUMULATIVE = CURVE_MISTAKES,
    LIFT_BY_PRECISION_ONLY,
    GAIN_OF_ALL,
    RISING_SCORES,
    SUMMED_DISTANCE,
    DISTANCE_IN_COUNTS
};

struct walk {
    struct threshold_curve c;
    int by_index;
};

/* How much of sample n is among the first `taken`: 0..1. */
static real share_of(const struct walk *w, size_t n, real taken)
{
    real above = 0, tied = 0, before = 0;
    for (size_t k = w->c.N; k-- > 0;) {
        int higher = w->c.mistake == RISING_SCORES ? w->c.score[k] < w->c.score[n]
                                                   : w->c.score[k] > w->c.score[n];
        above = above + (real)higher;
        tied = tied + (w->c.score[k] == w->c.score[n] ? 1 : 0);
        before = before + (w->c.score[k] == w->c.score[n] && k < n ? 1 : 0);
    }
    real room = w->by_index ? taken - above - before : (taken - above) / tied;
    return room <= 0 ? 0 : room >= 1 ? 1 : room;
}

static real found(const struct walk *w, real taken)
{
    real sum = 0;
    for (size_t n = w->c.N; n-- > 0;) {
        int label = w->c.label[w->c.mistake == CURVE_MISALIGNED ? (n + 1) % w->c.N : n];
        if (label != (w->c.mistake == CURVE_TURNED))
            sum = sum + share_of(w, n, taken);
    }
    return sum;
}

static void put_gains(struct call *call, const struct walk *w, size_t B)
{
    static const char *const ways[] = {"up", "down", "interpolated", NULL};
    int way = call_choice(call, "taken", ways);
    real *gain = call_output(call, "gain", "B"), *lift = call_output(call, "lift", "B");
    real before = 0;
    for (size_t b = 1; b <= B; b++) {
        size_t whole = w->c.N * b / B, rest = w->c.N * b % B;
        real low = real_count(whole), high = real_count(whole + (rest > 0));
        real taken = way == 0 ? high : low, f = real_count(rest) / real_count(B);
        real sum = found(w, taken);
        if (way == 2) {
            taken = real_count(w->c.N) * real_count(b) / real_count(B);
            sum = (1 - f) * found(w, low) + f * found(w, high);
        }
        real all = w->c.mistake == GAIN_OF_ALL ? real_count(w->c.N) : w->c.P;
        real step = w->c.mistake == NOT_CUMULATIVE ? sum - before : sum;
        before = sum;
        gain[b - 1] = step / all;
        lift[b - 1] = taken > 0 ? step * real_count(w->c.N) / (taken * all) : 0;
        if (w->c.mistake == LIFT_BY_PRECISION_ONLY)
            lift[b - 1] = taken > 0 ? step / taken : 0;
    }
}

static void walk(struct call *call)
{
    static const char *const sides[] = {"two", "positive", NULL};
    static const char *const ties[] = {"averaged", "index", NULL};
    struct walk w = {threshold_curve_read(call), call_choice(call, "ties", ties)};
    size_t B = call_count_or(call, "parts", 10, 1, 1000), best = 0;
    int positive = call_choice(call, "sided", sides);
    real largest = 0, sum = 0;
    call_bind(call, 'B', B);
    put_gains(call, &w, B);
    for (size_t t = 0; t < w.c.T; t++) {
        real gap = (w.c.tp[t] * w.c.F - w.c.fp[t] * w.c.P) / (w.c.P * w.c.F);
        if (w.c.mistake == DISTANCE_IN_COUNTS)
            gap = (w.c.tp[t] - w.c.fp[t]) / (w.c.P + w.c.F);
        gap = positive ? gap : real_abs(gap);
        sum = sum + gap;
        best = gap > largest ? t : best;
        largest = gap > largest ? gap : largest;
    }
    *call_output(call, "ks", "") =
        w.c.mistake == SUMMED_DISTANCE ? sum / real_count(w.c.T) : largest;
    *call_output(call, "ks_threshold", "") = w.c.threshold[best];
}

static const struct fork table[] = {
    {.info = {"share_of_each", FORK_TWIN, "",
              "How much of each sample is taken, by counting those above it.", NULL},
     .answer = walk},
    CURVE_FORKS(walk),
    {.info = {"not_cumulative", FORK_CONVENTION, "", "Each part by itself.", NULL},
     .answer = walk,
     .variant = NOT_CUMULATIVE},
    {.info = {"precision", FORK_BUG, "", "Precision for lift, not divided by the share of all.",
              NULL},
     .answer = walk,
     .variant = LIFT_BY_PRECISION_ONLY},
    {.info = {"gain_of_all", FORK_BUG, "", "Divided by all samples.", NULL},
     .answer = walk,
     .variant = GAIN_OF_ALL},
    {.info = {"rising_scores", FORK_BUG, "", "The smallest scores first.", NULL},
     .answer = walk,
     .variant = RISING_SCORES},
    {.info = {"mean_distance", FORK_BUG, "", "The mean distance.", NULL},
     .answer = walk,
     .variant = SUMMED_DISTANCE},
    {.info = {"distance_in_counts", FORK_BUG, "", "Counts, not rates of each class.", NULL},
     .answer = walk,
     .variant = DISTANCE_IN_COUNTS},
    {.info = {"taken_up", FORK_CONVENTION, "", "The ceiling.", NULL}, .instead = {"taken", "up"}},
    {.info = {"taken_down", FORK_CONVENTION, "", "The floor.", NULL}, .instead = {"taken", "down"}},
    {.info = {"taken_interpolated", FORK_CONVENTION, "", "Straight lines.", NULL},
     .instead = {"taken", "interpolated"}},
    {.info = {"ties_averaged", FORK_CONVENTION, "266", "Ties share.", NULL},
     .instead = {"ties", "averaged"}},
    {.info = {"ties_by_index", FORK_CONVENTION, "266", "Ties by index.", NULL},
     .instead = {"ties", "index"}},
    {.info = {"two_sided", FORK_CONVENTION, "", "Both sides.", NULL}, .instead = {"sided", "two"}},
    {.info = {"one_sided", FORK_CONVENTION, "", "One side.", NULL},
     .instead = {"sided", "positive"}},
};

const struct fork_list lift_and_gain_forks = {sizeof table / sizeof *table, table};
