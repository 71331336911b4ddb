// SPDX-License-Identifier: MIT
#include "../../reference/metrics/top_loss_samples.h"
#include "../fork.h"

enum mistake {
    NONE,
    SMALLEST,
    UNSORTED,
    OFF_BY_ONE,
    SHARE_OF_COUNT,
    SHARE_OF_TOP,
    EXCESS_OVER_MEDIAN,
    CLASS_SUM,
    CLASS_OVER_ALL,
    CLASS_OF_RANK,
    TOP_OF_ALL,
    BY_BLOCK,
    FROM_ONE
};

static size_t best_left(const struct top_losses *t, const int *taken, enum mistake mistake,
                        size_t end)
{
    size_t best = t->N;
    for (size_t i = 0; i < end; i++) {
        size_t n = t->last ? end - 1 - i : i;
        int wins = best == t->N ||
                   (mistake == SMALLEST ? t->loss[n] < t->loss[best] : t->loss[n] > t->loss[best]);
        best = !taken[n] && wins ? n : best;
    }
    return best;
}

static void classes(const struct top_losses *t, enum mistake mistake)
{
    for (size_t c = 0; c < t->C; c++) {
        size_t count = 0;
        for (size_t n = t->N; n-- > 0;) {
            int in = t->labels[n] == (int)c;
            t->class_loss[c] = t->class_loss[c] + (in ? t->loss[n] : 0);
            count += in != 0;
        }
        if (mistake == CLASS_OVER_ALL)
            count = t->N;
        if (mistake != CLASS_SUM && count > 0)
            t->class_loss[c] = t->class_loss[c] / real_count(count);
        for (size_t i = 0; i < (mistake == TOP_OF_ALL ? t->N : t->P); i++) {
            size_t n = mistake == CLASS_OF_RANK || mistake == TOP_OF_ALL ? i : (size_t)t->index[i];
            t->class_top[c] = t->class_top[c] + (n < t->N && t->labels[n] == (int)c);
        }
    }
}

static void take(struct call *call)
{
    enum mistake mistake = (enum mistake)call_variant(call);
    struct top_losses t = top_loss_samples_read(call);
    int *taken = call_scratch_integers(call, t.N);
    real all = 0, top = 0, excess = 0;
    for (size_t n = t.N; n-- > 0;)
        all = all + t.loss[n];
    for (size_t i = 0; i < t.P; i++) {
        size_t end = mistake == BY_BLOCK && t.P < t.block ? t.block : t.N;
        size_t n = best_left(&t, taken, mistake, end < t.N ? end : t.N);
        taken[n] = 1;
        t.index[i] = real_count(n);
        top = top + t.loss[n];
    }
    for (size_t i = 0, n = 0; mistake == UNSORTED && n < t.N; n++) {
        if (taken[n])
            t.index[i++] = real_count(n);
    }
    for (size_t i = 0; i < t.P; i++) {
        real loss = t.loss[(size_t)t.index[i]];
        excess = loss - (mistake == EXCESS_OVER_MEDIAN ? t.loss[(size_t)t.index[t.P / 2]]
                                                       : all / real_count(t.N));
        t.value[i] = t.excess ? excess : loss;
    }
    *t.share = top / (mistake == SHARE_OF_COUNT ? real_count(t.N) : all);
    if (mistake == SHARE_OF_TOP)
        *t.share = real_count(t.P) / real_count(t.N);
    if (t.labels)
        classes(&t, mistake);
    for (size_t i = 0; i < t.P; i++) {
        if (mistake == FROM_ONE)
            t.index[i] = t.index[i] + 1;
        if (mistake == OFF_BY_ONE)
            t.value[i] = t.loss[((size_t)t.index[i] + 1) % t.N];
    }
}

static const struct fork table[] = {
    {.info = {"selection", FORK_TWIN, "",
              "The largest that is left, one after another; sums backwards.", NULL},
     .answer = take},
    {.info = {"ties_first", FORK_CONVENTION, "221", "The first of equal losses.", NULL},
     .instead = {"ties", "first"}},
    {.info = {"ties_last", FORK_CONVENTION, "221", "The last of equal losses.", NULL},
     .instead = {"ties", "last"}},
    {.info = {"losses", FORK_CONVENTION, "", "Losses for their excess.", NULL},
     .instead = {"value", "loss"}},
    {.info = {"excess", FORK_CONVENTION, "", "Excesses for losses.", NULL},
     .instead = {"value", "excess"}},
    {.info = {"smallest", FORK_BUG, "", "The smallest losses.", NULL},
     .answer = take,
     .variant = SMALLEST},
    {.info = {"unsorted", FORK_BUG, "", "The largest losses in the order of the samples.", NULL},
     .answer = take,
     .variant = UNSORTED},
    {.info = {"off_by_one", FORK_BUG, "268", "The loss of the next sample.", NULL},
     .answer = take,
     .variant = OFF_BY_ONE},
    {.info = {"from_one", FORK_BUG, "", "Samples are counted from 1.", NULL},
     .answer = take,
     .variant = FROM_ONE},
    {.info = {"by_block", FORK_BUG, "", "Only the first block is looked at.", NULL},
     .answer = take,
     .variant = BY_BLOCK},
    {.info = {"share_of_count", FORK_BUG, "",
              "The sum of the top divided by the number of samples.", NULL},
     .answer = take,
     .variant = SHARE_OF_COUNT},
    {.info = {"share_of_samples", FORK_BUG, "", "The share of the samples, not of their loss.",
              NULL},
     .answer = take,
     .variant = SHARE_OF_TOP},
    {.info = {"excess_over_median", FORK_CONVENTION, "", "Above the median of the top.", NULL},
     .answer = take,
     .variant = EXCESS_OVER_MEDIAN},
    {.info = {"class_sum", FORK_BUG, "", "The sum of a class, not its mean.", NULL},
     .answer = take,
     .variant = CLASS_SUM},
    {.info = {"class_over_all", FORK_BUG, "", "The sum of a class divided by all samples.", NULL},
     .answer = take,
     .variant = CLASS_OVER_ALL},
    {.info = {"class_of_rank", FORK_BUG, "", "Ranks are taken for samples.", NULL},
     .answer = take,
     .variant = CLASS_OF_RANK},
    {.info = {"class_counts", FORK_BUG, "", "All samples of a class are counted.", NULL},
     .answer = take,
     .variant = TOP_OF_ALL},
};

const struct fork_list top_loss_samples_forks = {sizeof table / sizeof *table, table};
