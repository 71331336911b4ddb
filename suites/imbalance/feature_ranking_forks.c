// SPDX-License-Identifier: MIT
#include "../../reference/imbalance/feature_ranking.h"
#include "../fork.h"

enum mistake {
    RIGHT,
    SQUARES_OF_SUMS,
    MEAN_OF_MEANS,
    UNWEIGHTED,
    FREEDOM_OF_ALL,
    FREEDOM_FORGOTTEN,
    TOTAL_FOR_WITHIN,
    EXPECTED_EQUAL,
    OBSERVED_DIVIDES,
    ROOT_OF_CHI,
    ASCENDING,
    FROM_ZERO,
    LAST_BLOCK_LOST,
    COUNTS_ALL_CLASSES
};

static void add(const struct ranking *is, enum mistake mistake)
{
    size_t end = mistake == LAST_BLOCK_LOST ? (is->N - 1) / is->block * is->block : is->N;
    for (size_t n = end; n-- > 0;) {
        for (size_t d = 0; d < is->D; d++)
            is->total[(size_t)is->label[n] * is->D + d] += is->x[n * is->D + d];
    }
}

/* between from all pairs of classes, within from the last sample to the first. */
static real anova(const struct ranking *is, enum mistake mistake, size_t d)
{
    real N = real_count(is->N), between = 0, within = 0, all = 0, squares = 0, means = 0;
    real K = real_count(mistake == COUNTS_ALL_CLASSES ? is->C : is->K);
    for (size_t c = 0; c < is->C; c++) {
        all = all + is->total[c * is->D + d];
        means =
            means +
            (is->count[c] ? is->total[c * is->D + d] / (real)is->count[c] / real_count(is->K) : 0);
    }
    real mean = mistake == MEAN_OF_MEANS ? means : all / N;
    for (size_t c = is->C; c-- > 0;) {
        real count = (real)is->count[c];
        if (is->count[c] == 0)
            continue;
        real own = is->total[c * is->D + d] / count;
        for (size_t k = 0; k < c && mistake == RIGHT; k++) {
            real other = is->count[k] ? is->total[k * is->D + d] / (real)is->count[k] : 0;
            between = between + count * (real)is->count[k] / N * (own - other) * (own - other);
        }
        if (mistake != RIGHT)
            between = between + (mistake == UNWEIGHTED ? 1 : count) * (own - mean) * (own - mean);
        for (size_t n = is->N; n-- > 0;) {
            real value = is->x[n * is->D + d];
            real gap = value - (mistake == TOTAL_FOR_WITHIN ? mean : own);
            if ((size_t)is->label[n] != c)
                continue;
            within = within + gap * gap;
            squares = squares + value * value;
        }
    }
    if (mistake == SQUARES_OF_SUMS) {
        real sums = 0;
        for (size_t c = 0; c < is->C; c++) {
            real total = is->total[c * is->D + d];
            sums = sums + (is->count[c] ? total * total / (real)is->count[c] : 0);
        }
        between = sums - all * all / N;
        within = squares - sums;
    }
    if (mistake == FREEDOM_FORGOTTEN)
        return between / within;
    return between / (K - 1) / (within / (mistake == FREEDOM_OF_ALL ? N - 1 : N - K));
}

static real chi_squared(const struct ranking *is, enum mistake mistake, size_t d)
{
    real all = 0, score = 0, N = real_count(is->N);
    for (size_t c = is->C; c-- > 0;)
        all = all + is->total[c * is->D + d];
    for (size_t c = is->C; c-- > 0;) {
        real expected = (real)is->count[c] * all / N, observed = is->total[c * is->D + d];
        if (mistake == EXPECTED_EQUAL)
            expected = all / real_count(is->K);
        if (is->count[c] > 0)
            score = score + (observed - expected) /
                                (mistake == OBSERVED_DIVIDES ? observed : expected) *
                                (observed - expected);
    }
    return mistake == ROOT_OF_CHI ? real_sqrt(score) : score;
}

static void again(struct call *call)
{
    enum mistake mistake = (enum mistake)call_variant(call);
    struct ranking is = feature_ranking_read(call);
    add(&is, mistake);
    for (size_t d = 0; d < is.D; d++) {
        if (!ranking_is_constant(&is, d))
            is.score[d] = is.by_chi ? chi_squared(&is, mistake, d) : anova(&is, mistake, d);
    }
    ranking_order(call, &is);
    for (size_t d = 0; d < is.D; d++) {
        if (mistake == FROM_ZERO)
            is.rank[d] -= 1;
        if (mistake == ASCENDING)
            is.rank[d] = real_count(is.D) + 1 - is.rank[d];
    }
}

static const struct fork table[] = {
    {.info = {"again", FORK_TWIN, "", "Between from pairs of classes; sums backwards.", NULL},
     .answer = again},
    {.info = {"squares_of_sums", FORK_NUMERICAL, "",
              "Sums of squares less squares of sums, as scikit-learn computes F.", NULL},
     .answer = again,
     .variant = SQUARES_OF_SUMS},
    {.info = {"always_anova", FORK_CONVENTION, "", "The F score, whatever is asked for.", NULL},
     .instead = {"method", "anova"}},
    {.info = {"ties_first", FORK_CONVENTION, "", "The first of equal scores comes first.", NULL},
     .instead = {"ties", "first"}},
    {.info = {"ties_last", FORK_CONVENTION, "", "The last of equal scores comes first.", NULL},
     .instead = {"ties", "last"}},
    {.info = {"ordinal_ranks", FORK_CONVENTION, "", "Equal scores have different ranks.", NULL},
     .instead = {"ranks", "ordinal"}},
    {.info = {"average_ranks", FORK_CONVENTION, "", "Equal scores have the average rank.", NULL},
     .instead = {"ranks", "average"}},
    {.info = {"mean_of_means", FORK_BUG, "", "The mean of the class means for that of all.", NULL},
     .answer = again,
     .variant = MEAN_OF_MEANS},
    {.info = {"unweighted", FORK_BUG, "", "Classes count alike in what is between them.", NULL},
     .answer = again,
     .variant = UNWEIGHTED},
    {.info = {"freedom_of_all", FORK_BUG, "", "N - 1 degrees of freedom within the classes.", NULL},
     .answer = again,
     .variant = FREEDOM_OF_ALL},
    {.info = {"freedom_forgotten", FORK_BUG, "", "Sums of squares, no mean squares.", NULL},
     .answer = again,
     .variant = FREEDOM_FORGOTTEN},
    {.info = {"counts_all_classes", FORK_BUG, "", "Classes that do not occur count in K.", NULL},
     .answer = again,
     .variant = COUNTS_ALL_CLASSES},
    {.info = {"total_for_within", FORK_BUG, "", "Distances from the mean of all.", NULL},
     .answer = again,
     .variant = TOTAL_FOR_WITHIN},
    {.info = {"expected_equal", FORK_BUG, "", "Expects the same of every class.", NULL},
     .answer = again,
     .variant = EXPECTED_EQUAL},
    {.info = {"observed_divides", FORK_CONVENTION, "", "Neyman's statistic: divided by observed.",
              NULL},
     .answer = again,
     .variant = OBSERVED_DIVIDES},
    {.info = {"root_of_chi", FORK_BUG, "", "The root of the statistic.", NULL},
     .answer = again,
     .variant = ROOT_OF_CHI},
    {.info = {"ascending", FORK_BUG, "", "Rank 1 is the lowest score.", NULL},
     .answer = again,
     .variant = ASCENDING},
    {.info = {"from_zero", FORK_CONVENTION, "", "Ranks from 0.", NULL},
     .answer = again,
     .variant = FROM_ZERO},
    {.info = {"one_selected", FORK_BUG, "", "One feature is selected.", NULL},
     .number = {"select", 1}},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block is left out of the totals.",
              NULL},
     .answer = again,
     .variant = LAST_BLOCK_LOST},
};

const struct fork_list feature_ranking_forks = {sizeof table / sizeof *table, table};
