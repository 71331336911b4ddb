// SPDX-License-Identifier: MIT
#include "../../reference/metrics/roc_auc.h"
#include "../fork.h"

enum mistake {
    NONE,
    TIES_LOST,
    TIES_WON,
    TIES_IN_ORDER,
    MISALIGNED,
    BLOCKS_AVERAGED,
    LAST_BLOCK_LOST,
    WEIGHTS_IGNORED,
    ONE_WEIGHT_IGNORED,
    TURNED_UP,
    GINI,
    TURNED_AROUND,
    LEFT_STEPS,
    CUT_AT_A_POINT,
    TRUE_RATE_CUT,
    ONE_DIRECTION,
    PAIRS_AMONG_ALL,
    SHARES_OF_LABEL_ONE,
    LABEL_OFF
};

struct walk {
    enum mistake mistake;
    const real *score, *weight;
    const int *label;
    size_t N, C, block;
    real *more, *less; /* scratch (N) */
};

/* What a positive of score s has against a negative of score u, 0..1. */
static real wins(const struct walk *w, real s, real u, int before)
{
    if (s != u)
        return s > u ? 1 : 0;
    if (w->mistake == TIES_LOST || w->mistake == TIES_WON)
        return w->mistake == TIES_WON ? 1 : 0;
    return w->mistake == TIES_IN_ORDER ? (before ? 1 : 0) : R(0.5);
}

static real weight_of(const struct walk *w, size_t n, int positive)
{
    if (!w->weight || w->mistake == WEIGHTS_IGNORED ||
        (w->mistake == ONE_WEIGHT_IGNORED && !positive))
        return 1;
    return w->weight[n];
}

/* Whether sample n is a positive (1), a negative (0) or neither (-1) of class a against b, or
 * against all if b < 0. */
static int side(const struct walk *w, size_t n, int a, int b)
{
    int label = w->label[w->mistake == MISALIGNED ? (n + 1) % w->N : n];
    if (w->mistake == LABEL_OFF && w->C > 1)
        label = label > 0 ? label - 1 : 0;
    if (label == a)
        return 1;
    return b < 0 || label == b || w->mistake == PAIRS_AMONG_ALL ? 0 : -1;
}

/* The area of the samples begin .. end - 1 by all pairs; -1 without both classes. */
static real by_pairs(const struct walk *w, int a, int b, size_t begin, size_t end)
{
    real sum = 0, pairs = 0;
    for (size_t i = end; i-- > begin;) {
        for (size_t j = end; j-- > begin && side(w, i, a, b) == 1;) {
            if (side(w, j, a, b) != 0)
                continue;
            real weight = weight_of(w, i, 1) * weight_of(w, j, 0);
            pairs = pairs + weight;
            sum = sum + weight * wins(w, w->score[i * w->C + (w->C > 1 ? (size_t)a : 0)],
                                      w->score[j * w->C + (w->C > 1 ? (size_t)a : 0)], i < j);
        }
    }
    return pairs > 0 ? sum / pairs : -1;
}

static real area_of(const struct walk *w, int a, int b)
{
    if (w->mistake == BLOCKS_AVERAGED) {
        real sum = 0, blocks = 0;
        for (size_t begin = 0; begin < w->N; begin += w->block) {
            size_t end = begin + w->block < w->N ? begin + w->block : w->N;
            real area = by_pairs(w, a, b, begin, end);
            sum = sum + (area < 0 ? 0 : area);
            blocks = blocks + (area < 0 ? 0 : 1);
        }
        return blocks > 0 ? sum / blocks : -1;
    }
    size_t end = w->mistake == LAST_BLOCK_LOST ? (w->N - 1) / w->block * w->block : w->N;
    real area = by_pairs(w, a, b, 0, end);
    if (area < 0)
        return area;
    if (w->mistake == TURNED_UP)
        return area < R(0.5) ? 1 - area : area;
    if (w->mistake == GINI)
        return 2 * area - 1;
    return w->mistake == TURNED_AROUND ? 1 - area : area;
}

/* Weight of the samples of a side whose score is above s, or also at it. */
static real above(const struct walk *w, int which, real s, int with_ties)
{
    real sum = 0;
    for (size_t n = w->N; n-- > 0;) {
        if (side(w, n, 1, 0) == which && (w->score[n] > s || (with_ties && w->score[n] == s)))
            sum = sum + weight_of(w, n, which);
    }
    return sum;
}

/* The area left of m: each segment of the curve clipped. */
static real partial(const struct walk *w, real m)
{
    real P = 0, F = 0, area = 0;
    for (size_t n = 0; n < w->N; n++) {
        P = P + (side(w, n, 1, 0) == 1 ? weight_of(w, n, 1) : 0);
        F = F + (side(w, n, 1, 0) == 0 ? weight_of(w, n, 0) : 0);
    }
    for (size_t n = 0; n < w->N; n++) {
        int seen = 0;
        for (size_t k = 0; k < n; k++)
            seen |= w->score[k] == w->score[n];
        real x0 = above(w, 0, w->score[n], 0) / F, x1 = above(w, 0, w->score[n], 1) / F;
        real y0 = above(w, 1, w->score[n], 0) / P, y1 = above(w, 1, w->score[n], 1) / P;
        if (w->mistake == TRUE_RATE_CUT) {
            real kept = x0;
            x0 = 1 - y1;
            y1 = 1 - kept;
            kept = x1;
            x1 = 1 - y0;
            y0 = 1 - kept;
        }
        if (seen || x1 == x0 || x0 >= m)
            continue;
        real part = x1 <= m ? 1 : (m - x0) / (x1 - x0);
        if (w->mistake == CUT_AT_A_POINT && x1 > m)
            part = 0;
        area =
            area + (x1 - x0) * part * (w->mistake == LEFT_STEPS ? y0 : y0 + (y1 - y0) * part / 2);
    }
    return area;
}

static real stand_in(struct call *call, int *counts)
{
    static const char *const one_class[] = {"refused", "zero", "half", "excluded", NULL};
    int choice = call_choice(call, "one_class", one_class);
    *counts = choice != 3;
    return choice == 2 ? R(0.5) : 0;
}

static void walk_two(struct call *call, struct walk *w)
{
    static const char *const corrections[] = {"mcclish", "divided", "none", NULL};
    int correction = call_choice(call, "correction", corrections), counts;
    real m = call_number_or(call, "max_fpr", 1);
    real area = area_of(w, 1, 0);
    if (area < 0 && w->mistake != GINI)
        area = stand_in(call, &counts);
    if (m < 1) {
        area = partial(w, m);
        if (correction == 0) /* as twice the area above the diagonal, on the scale of the rest */
            area = R(0.5) + (area - m * m / 2) / (m * (2 - m));
        else if (correction == 1)
            area = area / m;
    }
    *call_output(call, "auc", "") = area;
}

static real count_label(const struct walk *w, int label, int weighted)
{
    real sum = 0;
    for (size_t n = w->N; n-- > 0;) {
        if (w->label[n] == label)
            sum = sum + (weighted ? weight_of(w, n, 1) : 1);
    }
    return sum;
}

static real micro(struct call *call, const struct walk *w)
{
    struct walk flat = *w;
    real *weight = call_scratch(call, w->N * w->C);
    int *label = call_scratch_integers(call, w->N * w->C);
    for (size_t i = 0; i < w->N * w->C; i++) {
        label[i] = (size_t)w->label[i / w->C] == i % w->C;
        weight[i] = w->weight ? w->weight[i / w->C] : 1;
    }
    flat.N = w->N * w->C;
    flat.block = w->block * w->C;
    flat.C = 1;
    flat.label = label;
    flat.weight = weight;
    return area_of(&flat, 1, 0);
}

static void walk_rest(struct call *call, struct walk *w, int average)
{
    real *auc = call_output(call, "auc", ""), *class = call_output(call, "auc_class", "C");
    real sum = 0, total = 0;
    for (size_t c = 0; c < w->C; c++) {
        int counts = 1;
        class[c] = area_of(w, (int)c, -1);
        if (class[c] < 0 && w->mistake != GINI)
            class[c] = stand_in(call, &counts);
        real share = average == 1 ? count_label(w, (int)c, 1) : 1;
        sum = sum + (counts ? class[c] * share : 0);
        total = total + (counts ? share : 0);
    }
    *auc = average == 2 ? micro(call, w) : sum / total;
}

static void walk_pairs(struct call *call, struct walk *w, int average)
{
    real *auc = call_output(call, "auc", ""), *pair = call_output(call, "auc_pair", "CC");
    real sum = 0, total = 0;
    for (size_t k = 0; k < w->C * w->C; k++) {
        size_t i = k / w->C, j = k % w->C;
        int counts = 1;
        if (i == j)
            continue;
        pair[k] = area_of(w, (int)i, (int)j);
        if (pair[k] < 0 && w->mistake != GINI)
            pair[k] = stand_in(call, &counts);
        real share = count_label(w, (int)i, 0) +
                     (w->mistake == SHARES_OF_LABEL_ONE ? 0 : count_label(w, (int)j, 0));
        share = average == 1 ? share : 1;
        if (!counts || (w->mistake == ONE_DIRECTION && j < i))
            continue;
        sum = sum + pair[k] * share;
        total = total + share;
    }
    *auc = sum / total;
}

static void walk(struct call *call)
{
    static const char *const averages[] = {"macro", "weighted", "micro", NULL};
    static const char *const ways[] = {"one_vs_rest", "one_vs_one", NULL};
    int two = call_rank(call, "scores") == 1;
    struct walk w = {.mistake = (enum mistake)call_variant(call),
                     .score = call_input(call, "scores", two ? "N" : "NC")};
    w.N = call_size(call, 'N');
    w.C = two ? 1 : call_size(call, 'C');
    w.block = call_block(call);
    w.label = call_integers(call, "labels", "N", 0, two ? 1 : (int)w.C - 1);
    w.weight = call_has(call, "weight") ? call_input(call, "weight", "N") : NULL;
    int average = call_choice(call, "average", averages);
    if (two)
        walk_two(call, &w);
    else if (call_choice(call, "multi_class", ways) == 1)
        walk_pairs(call, &w, average);
    else
        walk_rest(call, &w, average);
}

static const struct fork table[] = {
    {.info = {"all_pairs", FORK_TWIN, "",
              "Every positive against every negative, and segments of the curve clipped.", NULL},
     .answer = walk},
    {.info = {"ties_lost", FORK_BUG, "266", "A tie counts for the negative sample.", NULL},
     .answer = walk,
     .variant = TIES_LOST},
    {.info = {"ties_won", FORK_BUG, "266", "A tie counts for the positive sample.", NULL},
     .answer = walk,
     .variant = TIES_WON},
    {.info = {"ties_in_order", FORK_BUG, "266 267",
              "Of equal scores the earlier sample ranks higher, as after a jitter or a stable sort "
              "whose ties are not averaged.",
              NULL},
     .answer = walk,
     .variant = TIES_IN_ORDER},
    {.info = {"misaligned", FORK_BUG, "268", "Each score has the label of the next sample.", NULL},
     .answer = walk,
     .variant = MISALIGNED},
    {.info = {"blocks_averaged", FORK_BUG, "269",
              "The mean of the areas of the blocks that have both classes.", NULL},
     .answer = walk,
     .variant = BLOCKS_AVERAGED},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of samples is left out.", NULL},
     .answer = walk,
     .variant = LAST_BLOCK_LOST},
    {.info = {"weights_ignored", FORK_BUG, "", "All samples weigh 1.", NULL},
     .answer = walk,
     .variant = WEIGHTS_IGNORED},
    {.info = {"negatives_unweighted", FORK_BUG, "", "Only the positives have weights.", NULL},
     .answer = walk,
     .variant = ONE_WEIGHT_IGNORED},
    {.info = {"turned_up", FORK_CONVENTION, "",
              "An area below 1/2 is turned around, as packages that guess the direction do.", NULL},
     .answer = walk,
     .variant = TURNED_UP},
    {.info = {"gini", FORK_CONVENTION, "", "2 auc - 1, the coefficient of Gini.", NULL},
     .answer = walk,
     .variant = GINI},
    {.info = {"turned_around", FORK_BUG, "", "The label 0 is taken for positive.", NULL},
     .answer = walk,
     .variant = TURNED_AROUND},
    {.info = {"left_steps", FORK_BUG, "", "A partial area of rectangles, not trapezoids.", NULL},
     .answer = walk,
     .variant = LEFT_STEPS},
    {.info = {"cut_at_a_point", FORK_BUG, "",
              "A partial area that ends at the last whole point, without interpolation.", NULL},
     .answer = walk,
     .variant = CUT_AT_A_POINT},
    {.info = {"true_rate_cut", FORK_CONVENTION, "",
              "The partial area where the true positive rate is high.", NULL},
     .answer = walk,
     .variant = TRUE_RATE_CUT},
    {.info = {"not_corrected", FORK_CONVENTION, "", "The plain partial area.", NULL},
     .instead = {"correction", "none"}},
    {.info = {"divided_by_width", FORK_CONVENTION, "", "The partial area over its width.", NULL},
     .instead = {"correction", "divided"}},
    {.info = {"mcclish", FORK_CONVENTION, "", "The correction of McClish.", NULL},
     .instead = {"correction", "mcclish"}},
    {.info = {"whole_area", FORK_BUG, "", "max_fpr is ignored.", NULL}, .number = {"max_fpr", 1}},
    {.info = {"one_direction", FORK_BUG, "", "Each pair of classes in one direction only.", NULL},
     .answer = walk,
     .variant = ONE_DIRECTION},
    {.info = {"pairs_among_all", FORK_BUG, "",
              "A pair of classes keeps the samples of all others as negatives.", NULL},
     .answer = walk,
     .variant = PAIRS_AMONG_ALL},
    {.info = {"shares_of_one_label", FORK_BUG, "",
              "A pair of classes is weighted by the samples of one of them.", NULL},
     .answer = walk,
     .variant = SHARES_OF_LABEL_ONE},
    {.info = {"label_off_by_one", FORK_BUG, "", "Classes are taken to count from 1.", NULL},
     .answer = walk,
     .variant = LABEL_OFF},
    {.info = {"plain_mean", FORK_CONVENTION, "", "The mean over classes or pairs.", NULL},
     .instead = {"average", "macro"}},
    {.info = {"weighted_mean", FORK_CONVENTION, "", "Weighted by the samples.", NULL},
     .instead = {"average", "weighted"}},
    {.info = {"one_ranking", FORK_CONVENTION, "", "All scores of all classes together.", NULL},
     .instead = {"average", "micro"}},
    {.info = {"empty_class_zero", FORK_CONVENTION, "270", "No pairs: 0.", NULL},
     .instead = {"one_class", "zero"}},
    {.info = {"empty_class_half", FORK_CONVENTION, "270", "No pairs: 1/2.", NULL},
     .instead = {"one_class", "half"}},
    {.info = {"empty_class_excluded", FORK_CONVENTION, "270", "No pairs: not averaged.", NULL},
     .instead = {"one_class", "excluded"}},
};

const struct fork_list roc_auc_forks = {sizeof table / sizeof *table, table};
