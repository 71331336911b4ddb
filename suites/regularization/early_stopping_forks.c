// SPDX-License-Identifier: MIT
#include "../../reference/regularization/early_stopping.h"
#include "../fork.h"

/* What a fork does differently; all 0 is the definition. */
struct oddity {
    int keep_counting;        /* an improvement does not reset the wait */
    int against_previous;     /* compared with the epoch before, not with the best */
    int ties_improve;         /* a gain of exactly min_delta counts */
    int ignore_delta;         /* min_delta is taken for 0 */
    int signed_delta;         /* a negative min_delta makes worse values improvements */
    int relative_delta;       /* min_delta is a share of the best */
    int late, early;          /* one epoch more or less of patience */
    int restore_last;         /* never goes back */
    int restore_previous;     /* goes back one epoch */
    int restore_at_stop_only; /* forgets to when the epochs run out */
    int other_mode;
    int ignore_start, ignore_baseline;
    int count_from_one;
    int follow_every_drop; /* best moves with any gain, counted as improvement or not */
};

struct trial {
    const real *validation, *weights;
    size_t E, P, patience, start;
    int maximize, exceeded, restore;
    real delta, best;
    int known;
};

static struct trial read(struct call *call, const struct oddity *odd)
{
    static const char *const modes[] = {"min", "max", NULL};
    static const char *const limits[] = {"reached", "exceeded", NULL};
    static const char *const restores[] = {"yes", "no", "when_stopped", NULL};
    struct trial t = {.validation = call_input(call, "validation", "E")};
    t.weights = call_input(call, "weights", "EP");
    t.E = call_size(call, 'E');
    t.P = call_size(call, 'P');
    t.patience = call_count_or(call, "patience", 0, 0, 1u << 20);
    t.start = odd->ignore_start ? 0 : call_count_or(call, "start_epoch", 0, 0, t.E - 1);
    t.maximize = call_choice(call, "mode", modes) ^ odd->other_mode;
    t.exceeded = call_choice(call, "stop_when", limits);
    t.restore = call_choice(call, "restore", restores);
    t.delta = call_number_or(call, "min_delta", 0);
    t.delta = odd->signed_delta ? t.delta : real_abs(t.delta);
    t.delta = odd->ignore_delta ? 0 : t.delta;
    t.known = call_has(call, "baseline") && !odd->ignore_baseline;
    t.best = t.known ? *call_input(call, "baseline", "") : 0;
    return t;
}

static int improves(const struct trial *t, size_t e, const struct oddity *odd)
{
    real before = odd->against_previous && e > t->start ? t->validation[e - 1] : t->best;
    real gain = t->maximize ? t->validation[e] - before : before - t->validation[e];
    real delta = odd->relative_delta ? t->delta * real_abs(before) : t->delta;
    return !t->known || gain > delta || (odd->ties_improve && gain == delta);
}

static void run(struct call *call, struct oddity odd)
{
    struct trial t = read(call, &odd);
    real *improved = call_output_integers(call, "improved", "E");
    real *wait = call_output_integers(call, "wait", "E");
    size_t limit = t.patience + (size_t)t.exceeded + (size_t)odd.late, waited = 0, last = 0;
    long best_epoch = -1;
    int stopped = 0;
    limit -= odd.early && limit > 0;
    for (size_t e = 0; e < t.E && !stopped; e++) {
        last = e;
        if (e < t.start)
            continue;
        int better = improves(&t, e, &odd);
        waited = better && !odd.keep_counting ? 0 : waited + !better;
        if (better || (odd.follow_every_drop && t.validation[e] < t.best)) {
            t.best = t.validation[e];
            best_epoch = (long)e;
            t.known = 1;
        }
        improved[e] = (real)better;
        wait[e] = real_count(waited);
        stopped = !better && waited >= limit;
    }
    int back = best_epoch >= 0 && (t.restore == 0 || (t.restore == 2 && stopped));
    back &= !odd.restore_last && (stopped || !odd.restore_at_stop_only);
    size_t from = back ? (size_t)best_epoch : last;
    from -= odd.restore_previous && back && from > 0;
    *call_output_integers(call, "stop_epoch", "") = real_count(last + (size_t)odd.count_from_one);
    *call_output_integers(call, "best_epoch", "") = (real)(best_epoch + odd.count_from_one);
    *call_output_integers(call, "stopped", "") = (real)stopped;
    *call_output(call, "best", "") = t.best;
    real *restored = call_output(call, "restored", "P");
    for (size_t p = 0; p < t.P; p++)
        restored[p] = t.weights[from * t.P + p];
}

/* No counter: the wait is the distance to the epoch of the last record. */
static void by_history(struct call *call)
{
    struct oddity none = {0};
    struct trial t = read(call, &none);
    real *improved = call_output_integers(call, "improved", "E");
    real *wait = call_output_integers(call, "wait", "E");
    size_t limit = t.patience + (size_t)t.exceeded, last = t.start;
    long record = (long)t.start - 1, best_epoch = -1;
    int stopped = 0;
    for (size_t e = t.start; e < t.E && !stopped; e++) {
        int better = improves(&t, e, &none);
        record = better ? (long)e : record;
        t.best = better ? t.validation[e] : t.best;
        t.known |= better;
        best_epoch = better ? record : best_epoch;
        improved[e] = (real)better;
        wait[e] = (real)((long)e - record);
        last = e;
        stopped = !better && e - (size_t)(record + 1) + 1 >= limit;
    }
    *call_output_integers(call, "stop_epoch", "") = real_count(last);
    *call_output_integers(call, "best_epoch", "") = (real)best_epoch;
    *call_output_integers(call, "stopped", "") = (real)stopped;
    *call_output(call, "best", "") = t.best;
    int keep = t.restore == 1 || (t.restore == 2 && !stopped) || best_epoch < 0;
    real *restored = call_output(call, "restored", "P");
    for (size_t p = 0; p < t.P; p++)
        restored[p] = t.weights[(keep ? last : (size_t)best_epoch) * t.P + p];
}

static void counter_not_reset(struct call *call)
{
    run(call, (struct oddity){.keep_counting = 1});
}

static void compared_with_previous(struct call *call)
{
    run(call, (struct oddity){.against_previous = 1});
}

static void tie_improves(struct call *call)
{
    run(call, (struct oddity){.ties_improve = 1});
}

static void delta_ignored(struct call *call)
{
    run(call, (struct oddity){.ignore_delta = 1});
}

static void signed_delta(struct call *call)
{
    run(call, (struct oddity){.signed_delta = 1});
}

static void relative_delta(struct call *call)
{
    run(call, (struct oddity){.relative_delta = 1});
}

static void one_epoch_late(struct call *call)
{
    run(call, (struct oddity){.late = 1});
}

static void one_epoch_early(struct call *call)
{
    run(call, (struct oddity){.early = 1});
}

static void last_weights(struct call *call)
{
    run(call, (struct oddity){.restore_last = 1});
}

static void saved_one_epoch_early(struct call *call)
{
    run(call, (struct oddity){.restore_previous = 1});
}

static void restored_only_when_stopped(struct call *call)
{
    run(call, (struct oddity){.restore_at_stop_only = 1});
}

static void other_mode(struct call *call)
{
    run(call, (struct oddity){.other_mode = 1});
}

static void warm_up_ignored(struct call *call)
{
    run(call, (struct oddity){.ignore_start = 1});
}

static void baseline_ignored(struct call *call)
{
    run(call, (struct oddity){.ignore_baseline = 1});
}

static void epochs_from_one(struct call *call)
{
    run(call, (struct oddity){.count_from_one = 1});
}

static void best_follows_every_drop(struct call *call)
{
    run(call, (struct oddity){.follow_every_drop = 1});
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"by_history", FORK_TWIN, "",
     "No counter: the wait is the distance to the epoch of the last record.", NULL},
     .answer = by_history},
    {.info = {"counter_not_reset", FORK_BUG, "", "The wait is not set to 0 by an improvement.",
     NULL}, .answer = counter_not_reset},
    {.info = {"compared_with_previous", FORK_BUG, "",
     "Each epoch is compared with the one before instead of the best.", NULL},
     .answer = compared_with_previous},
    {.info = {"tie_improves", FORK_BUG, "", "A gain of exactly min_delta counts as an improvement.",
     NULL}, .answer = tie_improves},
    {.info = {"delta_ignored", FORK_BUG, "", "min_delta is taken for 0.", NULL},
     .answer = delta_ignored},
    {.info = {"signed_delta", FORK_CONVENTION, "",
     "A negative min_delta keeps its sign, and worse epochs improve.", NULL},
     .answer = signed_delta},
    {.info = {"relative_delta", FORK_CONVENTION, "",
     "min_delta is a share of the best value (PyTorch's threshold_mode rel).", NULL},
     .answer = relative_delta},
    {.info = {"one_epoch_late", FORK_CONVENTION, "", "Stops one epoch later than asked for.", NULL},
     .answer = one_epoch_late},
    {.info = {"one_epoch_early", FORK_BUG, "", "Stops one epoch earlier than asked for.", NULL},
     .answer = one_epoch_early},
    {.info = {"last_weights", FORK_BUG, "",
     "The weights of the last epoch stay, the best ones are lost.", NULL}, .answer = last_weights},
    {.info = {"saved_one_epoch_early", FORK_BUG, "",
     "The weights were saved before the best epoch instead of after it.", NULL},
     .answer = saved_one_epoch_early},
    {.info = {"restored_only_when_stopped", FORK_CONVENTION, "",
     "The best weights are restored only if training was stopped (old Keras).", NULL},
     .answer = restored_only_when_stopped},
    {.info = {"other_mode", FORK_BUG, "",
     "The figure is maximised instead of minimised, or the other way round.", NULL},
     .answer = other_mode},
    {.info = {"warm_up_ignored", FORK_BUG, "", "Epochs before start_epoch are looked at.", NULL},
     .answer = warm_up_ignored},
    {.info = {"baseline_ignored", FORK_BUG, "", "The first epoch improves whatever the baseline.",
     NULL}, .answer = baseline_ignored},
    {.info = {"epochs_from_one", FORK_CONVENTION, "", "Epochs are counted from 1.", NULL},
     .answer = epochs_from_one},
    {.info = {"best_follows_every_drop", FORK_CONVENTION, "",
     "The best value moves with gains below min_delta (Ignite's cumulative_delta = False).", NULL},
     .answer = best_follows_every_drop},
    /* clang-format on */
};

const struct fork_list early_stopping_forks = {sizeof table / sizeof *table, table};
