// SPDX-License-Identifier: MIT
#include "../../reference/metrics/brier_score.h"
#include "../fork.h"

enum mistake {
    RIGHT,
    MISALIGNED,
    LAST_BLOCK_LOST,
    BLOCKS_AVERAGED,
    WEIGHTS_IGNORED,
    ABSOLUTE,
    ROOT,
    DIVIDED_BY_CLASSES,
    LABEL_ONLY,
    PARTS_SWAPPED,
    GROUPS_NOT_WEIGHTED,
    MIDDLE_OF_BIN,
    SKILL_TURNED
};

struct walk {
    enum mistake mistake;
    size_t N, K, B, block;
    const real *p, *weight;
    const int *label;
    int binned;
};

static real weight_of(const struct walk *w, size_t n)
{
    return w->weight && w->mistake != WEIGHTS_IGNORED ? w->weight[n] : 1;
}

static int label_of(const struct walk *w, size_t n)
{
    return w->label[w->mistake == MISALIGNED ? (n + 1) % w->N : n];
}

/* 1 - 2 p[label] + sum p^2 for classes, by products for two. */
static real square(const struct walk *w, size_t n)
{
    const real *row = &w->p[n * w->K];
    size_t label = (size_t)label_of(w, n);
    real sum = 0;
    if (w->K == 1) {
        real miss = label ? 1 - row[0] : row[0];
        return w->mistake == ABSOLUTE ? miss : miss * miss;
    }
    for (size_t k = w->K; k-- > 0;) {
        real miss = k == label ? 1 - row[k] : row[k];
        if (w->mistake != LABEL_ONLY || k == label)
            sum = sum + (w->mistake == ABSOLUTE ? miss : miss * miss);
    }
    return w->mistake == DIVIDED_BY_CLASSES ? sum / real_count(w->K) : sum;
}

static real mean_square(const struct walk *w, size_t begin, size_t end)
{
    real sum = 0, total = 0;
    for (size_t n = end; n-- > begin;) {
        sum = sum + weight_of(w, n) * square(w, n);
        total = total + weight_of(w, n);
    }
    return w->mistake == ROOT ? real_sqrt(sum / total) : sum / total;
}

static int same_group(const struct walk *w, size_t n, size_t m)
{
    if (!w->binned)
        return w->p[n] == w->p[m];
    for (size_t k = 1; k < w->B; k++) {
        real edge = real_count(k) / real_count(w->B);
        if ((w->p[n] > edge) != (w->p[m] > edge))
            return 0;
    }
    return 1;
}

static real middle(const struct walk *w, real p)
{
    size_t k = 0;
    while (k + 1 < w->B && p > real_count(k + 1) / real_count(w->B))
        k++;
    return (real_count(k) + R(0.5)) / real_count(w->B);
}

/* The first sample of each group finds the others by comparing with all. */
static void parts(const struct walk *w, size_t end, real *reliability, real *resolution,
                  real *share)
{
    real total = 0, events = 0, groups = 0;
    for (size_t n = end; n-- > 0;) {
        total = total + weight_of(w, n);
        events = events + (label_of(w, n) ? weight_of(w, n) : 0);
    }
    *share = events / total;
    for (size_t n = end; n-- > 0;) {
        real c = 0, f = 0, o = 0, factor;
        int first = 1;
        for (size_t m = end; m-- > 0;) {
            if (!same_group(w, n, m))
                continue;
            c = c + weight_of(w, m);
            f = f + weight_of(w, m) * w->p[m];
            o = o + (label_of(w, m) ? weight_of(w, m) : 0);
            first &= m >= n;
        }
        f = w->mistake == MIDDLE_OF_BIN && w->binned ? middle(w, w->p[n]) : f / c;
        o = o / c;
        groups = groups + (first ? 1 : 0);
        if (!first) /* N roundings of the same number would be more than a group's one */
            continue;
        factor = w->mistake == GROUPS_NOT_WEIGHTED ? 1 : c;
        *reliability = *reliability + factor * ((f - o) * (f - o));
        *resolution = *resolution + factor * ((o - *share) * (o - *share));
    }
    total = w->mistake == GROUPS_NOT_WEIGHTED ? groups : total;
    *reliability = *reliability / total;
    *resolution = *resolution / total;
}

static void walk(struct call *call)
{
    static const char *const scales[] = {"auto", "half", "full", NULL};
    static const char *const groups[] = {"distinct", "bins", NULL};
    int columns = call_rank(call, "probabilities") == 2;
    struct walk w = {.mistake = (enum mistake)call_variant(call),
                     .p = call_input(call, "probabilities", columns ? "NK" : "N")};
    w.N = call_size(call, 'N');
    w.K = columns ? call_size(call, 'K') : 1;
    w.B = call_count_or(call, "bins", 10, 1, 1000);
    w.block = call_block(call);
    w.label = call_integers(call, "labels", "N", 0, columns ? (int)w.K - 1 : 1);
    w.weight = call_has(call, "weight") ? call_input(call, "weight", "N") : NULL;
    w.binned = call_choice(call, "groups", groups);
    int scale = call_choice(call, "scale", scales);
    size_t steps = (w.N + w.block - 1) / w.block;
    size_t end = w.mistake == LAST_BLOCK_LOST ? (steps - 1) * w.block : w.N;
    real brier = 0, reliability = 0, resolution = 0, share = 0;
    for (size_t i = 0; w.mistake == BLOCKS_AVERAGED && i < steps; i++)
        brier = brier + mean_square(&w, i * w.block, i + 1 < steps ? (i + 1) * w.block : w.N) /
                            real_count(steps);
    if (w.mistake != BLOCKS_AVERAGED)
        brier = mean_square(&w, 0, end);
    real factor = columns ? (scale == 1 ? R(0.5) : 1) : (scale == 2 ? 2 : 1);
    *call_output(call, "brier", "") = factor * brier;
    if (columns)
        return;
    parts(&w, end, &reliability, &resolution, &share);
    real uncertainty = (1 - share) * share;
    int swapped = w.mistake == PARTS_SWAPPED;
    *call_output(call, "reliability", "") = swapped ? resolution : reliability;
    *call_output(call, "resolution", "") = swapped ? reliability : resolution;
    *call_output(call, "uncertainty", "") = uncertainty;
    *call_output(call, "skill", "") =
        w.mistake == SKILL_TURNED ? brier / uncertainty : (uncertainty - brier) / uncertainty;
}

static const struct fork table[] = {
    {.info = {"first_of_group", FORK_TWIN, "",
              "The first sample of a group looks for the others among all; sums from the end.",
              NULL},
     .answer = walk},
    {.info = {"misaligned", FORK_BUG, "268", "Each probability meets the next label.", NULL},
     .answer = walk,
     .variant = MISALIGNED},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of samples is left out.", NULL},
     .answer = walk,
     .variant = LAST_BLOCK_LOST},
    {.info = {"blocks_averaged", FORK_BUG, "269", "The mean of the scores of blocks.", NULL},
     .answer = walk,
     .variant = BLOCKS_AVERAGED},
    {.info = {"weights_ignored", FORK_BUG, "", "All samples weigh 1.", NULL},
     .answer = walk,
     .variant = WEIGHTS_IGNORED},
    {.info = {"absolute", FORK_BUG, "", "Absolute differences.", NULL},
     .answer = walk,
     .variant = ABSOLUTE},
    {.info = {"root", FORK_BUG, "", "The root of the score.", NULL},
     .answer = walk,
     .variant = ROOT},
    {.info = {"divided_by_classes", FORK_CONVENTION, "", "The mean over classes too.", NULL},
     .answer = walk,
     .variant = DIVIDED_BY_CLASSES},
    {.info = {"label_only", FORK_BUG, "", "Only the label's probability.", NULL},
     .answer = walk,
     .variant = LABEL_ONLY},
    {.info = {"parts_swapped", FORK_BUG, "", "Reliability and resolution exchanged.", NULL},
     .answer = walk,
     .variant = PARTS_SWAPPED},
    {.info = {"groups_not_weighted", FORK_BUG, "", "All groups count the same.", NULL},
     .answer = walk,
     .variant = GROUPS_NOT_WEIGHTED},
    {.info = {"middle_of_bin", FORK_CONVENTION, "", "The middle of a bin as its forecast.", NULL},
     .answer = walk,
     .variant = MIDDLE_OF_BIN},
    {.info = {"skill_turned", FORK_BUG, "", "The ratio that skill takes from 1.", NULL},
     .answer = walk,
     .variant = SKILL_TURNED},
    {.info = {"scale_auto", FORK_CONVENTION, "", "As many classes as there are columns.", NULL},
     .instead = {"scale", "auto"}},
    {.info = {"scale_full", FORK_CONVENTION, "", "Both classes.", NULL},
     .instead = {"scale", "full"}},
    {.info = {"scale_half", FORK_CONVENTION, "", "Half of all classes.", NULL},
     .instead = {"scale", "half"}},
    {.info = {"distinct", FORK_CONVENTION, "", "Groups of equal probability.", NULL},
     .instead = {"groups", "distinct"}},
    {.info = {"ten_bins", FORK_CONVENTION, "", "Ten bins.", NULL}, .number = {"bins", 10}},
};

const struct fork_list brier_score_forks = {sizeof table / sizeof *table, table};
