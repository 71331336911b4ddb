// SPDX-License-Identifier: MIT
#include "../../reference/metrics/log_loss.h"
#include "../fork.h"

enum { NONE, BOTH, BELOW, LOGARITHM };

enum mistake {
    RIGHT,
    BASE_TWO,
    SIGN,
    DIVIDED_BY_SAMPLES,
    DIVIDED_BY_CLASSES,
    WEIGHTS_IGNORED,
    MISALIGNED,
    LAST_BLOCK_LOST,
    BLOCKS_AVERAGED,
    POSITIVES_ONLY,
    ADDED_EPSILON,
    ALL_CLASSES,
    LABELS_OFF,
    SUM_NOT_DIVIDED,
    COMPLEMENT_LAST
};

struct walk {
    enum mistake mistake;
    size_t N, K, block;
    const real *p, *target, *weight;
    const int *label;
    int clip, normalized; /* 1: after clipping, 2: before */
    real epsilon, least;
};

static real clip(const struct walk *w, real p)
{
    if (w->mistake == ADDED_EPSILON)
        return p + w->epsilon;
    if (w->clip != BOTH && w->clip != BELOW)
        return p;
    if (w->clip == BOTH && 1 - p < w->epsilon)
        return 1 - w->epsilon;
    return p < w->epsilon ? w->epsilon : p;
}

/* log p, near 1 by way of 1 - p. */
static real logarithm(const struct walk *w, real p)
{
    real value = p <= 0 ? w->least : p > R(0.5) ? real_log1p(p - 1) : real_log(p);
    if (p <= 0 && w->clip != LOGARITHM)
        value = -1000;
    if (w->clip == LOGARITHM && value < w->least)
        value = w->least;
    return w->mistake == BASE_TWO ? value / real_log(2) : value;
}

static real target_of(const struct walk *w, size_t n, size_t k)
{
    if (w->mistake == MISALIGNED)
        n = (n + 1) % w->N;
    if (w->target)
        return w->target[n * w->K + k];
    size_t label = (size_t)w->label[n];
    if (w->mistake == LABELS_OFF)
        label = label > 0 ? label - 1 : 0;
    return label == k ? 1 : 0;
}

static real loss_of(const struct walk *w, size_t n)
{
    real sum = 0, before = 0, after = 0;
    if (w->K == 1) {
        real p = clip(w, w->p[n]),
             q = w->mistake == ADDED_EPSILON ? 1 - w->p[n] + w->epsilon : clip(w, 1 - w->p[n]);
        real y = target_of(w, n, 1);
        if (w->mistake == COMPLEMENT_LAST)
            q = 1 - p;
        sum = y > 0 ? logarithm(w, p) : 0;
        if (y == 0 && w->mistake != POSITIVES_ONLY)
            sum = logarithm(w, q);
        return -sum;
    }
    for (size_t k = w->K; k-- > 0;)
        before = before + w->p[n * w->K + k];
    before = w->normalized == 2 ? before : 1;
    for (size_t k = w->K; k-- > 0;)
        after = after + clip(w, w->p[n * w->K + k] / before);
    after = w->normalized == 1 ? after : 1;
    for (size_t k = w->K; k-- > 0;) {
        real t = target_of(w, n, k), p = clip(w, w->p[n * w->K + k] / before) / after;
        if (t > 0)
            sum = sum + t * logarithm(w, p);
        else if (w->mistake == ALL_CLASSES)
            sum = sum + real_log(1 - p);
    }
    return w->mistake == DIVIDED_BY_CLASSES ? -sum / real_count(w->K) : -sum;
}

static real total_of(const struct walk *w, size_t begin, size_t end, int sum_only)
{
    real sum = 0, weights = 0;
    for (size_t n = end; n-- > begin;) {
        real weight = w->weight && w->mistake != WEIGHTS_IGNORED ? w->weight[n] : 1;
        sum = sum + weight * loss_of(w, n);
        weights = weights + (w->mistake == DIVIDED_BY_SAMPLES ? 1 : weight);
    }
    if (sum_only || w->mistake == SUM_NOT_DIVIDED)
        return sum;
    return w->mistake == SIGN ? -sum / weights : sum / weights;
}

static void walk(struct call *call)
{
    static const char *const clips[] = {"none", "both", "below", "logarithm", NULL};
    static const char *const rows[] = {"as_given", "clipped_then_normalized",
                                       "normalized_then_clipped", NULL};
    static const char *const reductions[] = {"mean", "sum", NULL};
    int columns = call_rank(call, "probabilities") == 2;
    struct walk w = {.mistake = (enum mistake)call_variant(call),
                     .p = call_input(call, "probabilities", columns ? "NK" : "N")};
    w.N = call_size(call, 'N');
    w.K = columns ? call_size(call, 'K') : 1;
    w.block = call_block(call);
    w.target = call_has(call, "targets") ? call_input(call, "targets", "NK") : NULL;
    w.label = w.target ? NULL : call_integers(call, "labels", "N", 0, columns ? (int)w.K - 1 : 1);
    w.weight = call_has(call, "weight") ? call_input(call, "weight", "N") : NULL;
    w.clip = call_choice(call, "clip", clips);
    w.normalized = call_choice(call, "rows", rows);
    w.epsilon = call_number_or(call, "epsilon", 0);
    w.least = call_number_or(call, "least", -100);
    int sum = call_choice(call, "reduction", reductions);
    real *out = call_output(call, "log_loss", "");
    size_t steps = (w.N + w.block - 1) / w.block;
    if (w.mistake != BLOCKS_AVERAGED) {
        *out = total_of(&w, 0, w.mistake == LAST_BLOCK_LOST ? (steps - 1) * w.block : w.N, sum);
        return;
    }
    for (size_t i = 0; i < steps; i++) {
        size_t end = (i + 1) * w.block < w.N ? (i + 1) * w.block : w.N;
        *out = *out + total_of(&w, i * w.block, end, sum) / real_count(steps);
    }
}

static const struct fork table[] = {
    {.info = {"complement", FORK_TWIN, "",
              "Logarithms of probabilities near 1 from the complement; sums from the end.", NULL},
     .answer = walk},
    {.info = {"base_two", FORK_CONVENTION, "", "In bits.", NULL},
     .answer = walk,
     .variant = BASE_TWO},
    {.info = {"sign_lost", FORK_BUG, "", "The mean logarithm, negative.", NULL},
     .answer = walk,
     .variant = SIGN},
    {.info = {"divided_by_samples", FORK_BUG, "", "A weighted sum divided by N.", NULL},
     .answer = walk,
     .variant = DIVIDED_BY_SAMPLES},
    {.info = {"divided_by_classes", FORK_BUG, "", "The mean over classes too.", NULL},
     .answer = walk,
     .variant = DIVIDED_BY_CLASSES},
    {.info = {"weights_ignored", FORK_BUG, "", "All samples weigh 1.", NULL},
     .answer = walk,
     .variant = WEIGHTS_IGNORED},
    {.info = {"misaligned", FORK_BUG, "268", "Each row meets the next label.", NULL},
     .answer = walk,
     .variant = MISALIGNED},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of samples is left out.", NULL},
     .answer = walk,
     .variant = LAST_BLOCK_LOST},
    {.info = {"blocks_averaged", FORK_BUG, "269", "The mean of the losses of blocks.", NULL},
     .answer = walk,
     .variant = BLOCKS_AVERAGED},
    {.info = {"positives_only", FORK_BUG, "", "y log p without the other term.", NULL},
     .answer = walk,
     .variant = POSITIVES_ONLY},
    {.info = {"epsilon_added", FORK_CONVENTION, "", "log(p + epsilon), without clipping.", NULL},
     .answer = walk,
     .variant = ADDED_EPSILON},
    {.info = {"all_classes", FORK_BUG, "", "Each class is a binary loss of its own.", NULL},
     .answer = walk,
     .variant = ALL_CLASSES},
    {.info = {"label_off_by_one", FORK_BUG, "", "Classes are taken to count from 1.", NULL},
     .answer = walk,
     .variant = LABELS_OFF},
    {.info = {"not_divided", FORK_BUG, "", "The sum where the mean was asked for.", NULL},
     .answer = walk,
     .variant = SUM_NOT_DIVIDED},
    {.info = {"complement_last", FORK_NUMERICAL, "",
              "1 - p is taken after p was clipped, where 1 - epsilon has lost its digits.", NULL},
     .answer = walk,
     .variant = COMPLEMENT_LAST},
    {.info = {"clip_both", FORK_CONVENTION, "", "Clipped on both sides.", NULL},
     .instead = {"clip", "both"}},
    {.info = {"clip_below", FORK_CONVENTION, "", "Clipped from below.", NULL},
     .instead = {"clip", "below"}},
    {.info = {"epsilon_keras", FORK_CONVENTION, "", "An epsilon of 1e-7.", NULL},
     .number = {"epsilon", 1e-7}},
    {.info = {"least_hundred", FORK_CONVENTION, "", "Logarithms end at -100.", NULL},
     .number = {"least", -100}},
    {.info = {"rows_as_given", FORK_CONVENTION, "", "Rows are not divided.", NULL},
     .instead = {"rows", "as_given"}},
    {.info = {"clipped_first", FORK_CONVENTION, "", "Clipped, then divided.", NULL},
     .instead = {"rows", "clipped_then_normalized"}},
    {.info = {"normalized_first", FORK_CONVENTION, "", "Divided, then clipped.", NULL},
     .instead = {"rows", "normalized_then_clipped"}},
    {.info = {"mean", FORK_CONVENTION, "", "The mean.", NULL}, .instead = {"reduction", "mean"}},
};

const struct fork_list log_loss_forks = {sizeof table / sizeof *table, table};
