// SPDX-License-Identifier: MIT
#include "../../reference/imbalance/class_weighted_stump.h"
#include "../fork.h"

enum mistake {
    RIGHT,
    CLASS_WEIGHTS_UNUSED,
    SAMPLE_WEIGHTS_UNUSED,
    CLASS_WEIGHTS_TWICE,
    SIDES_ALIKE,
    BY_COUNTS,
    BASE_TWO,
    NOT_ABOVE_PARENT,
    ERRORS,
    SMALLEST_GAIN,
    LABELS_BY_COUNT,
    LABELS_SWAPPED,
    LAST_FEATURE_LOST,
    LEAF_OFF_BY_ONE
};

struct side {
    real mass, impurity;
};

/* What a side has of its classes: all those with x above, not above the cut, or (2) all. */
static struct side weigh(const struct stump_data *is, enum mistake mistake, const real *w, size_t d,
                         real cut, int above, real *mass)
{
    struct side side = {0, 0};
    real largest = 0;
    for (size_t c = 0; c < is->C; c++)
        mass[c] = 0;
    for (size_t n = is->N; n-- > 0;) {
        if (above == 2 || (is->x[n * is->D + d] > cut) == above)
            mass[is->label[n]] += w[n];
    }
    for (size_t c = is->C; c-- > 0;)
        side.mass = side.mass + mass[c];
    for (size_t c = is->C; c-- > 0;) { /* sum of p (1 - p), or of p log(1 / p) */
        real p = side.mass > 0 ? mass[c] / side.mass : 0;
        real part = is->criterion == STUMP_GINI ? p * (1 - p) : p > 0 ? p * real_log(1 / p) : 0;
        largest = p > largest ? p : largest;
        side.impurity = side.impurity + part;
    }
    if (mistake == BASE_TWO && is->criterion == STUMP_ENTROPY)
        side.impurity = side.impurity / real_log(R(2.0));
    if (mistake == ERRORS)
        side.impurity = 1 - largest;
    return side;
}

static size_t count_up_to(const struct stump_data *is, size_t d, real cut)
{
    size_t count = 0;
    for (size_t n = 0; n < is->N; n++)
        count += is->x[n * is->D + d] <= cut;
    return count;
}

/* The next larger value of a feature; itself when there is none. */
static real next_value(const struct stump_data *is, size_t d, real value)
{
    real next = value;
    for (size_t n = 0; n < is->N; n++) {
        real x = is->x[n * is->D + d];
        if (x > value && (next == value || x < next))
            next = x;
    }
    return next;
}

static real gain_of(const struct stump_data *is, enum mistake mistake, const real *w, size_t d,
                    real cut, real *left, real *right)
{
    struct side all = weigh(is, mistake, w, d, cut, 2, left);
    struct side l = weigh(is, mistake, w, d, cut, 0, left);
    struct side r = weigh(is, mistake, w, d, cut, 1, right);
    real share = l.mass / all.mass, other = r.mass / all.mass;
    if (mistake == SIDES_ALIKE)
        share = other = R(0.5);
    if (mistake == BY_COUNTS) {
        share = real_count(count_up_to(is, d, cut)) / real_count(is->N);
        other = 1 - share;
    }
    real before = mistake == NOT_ABOVE_PARENT ? 0 : all.impurity;
    return before - share * l.impurity - other * r.impurity;
}

static void search(struct call *call, const struct stump_data *is, enum mistake mistake,
                   const real *w, real *gain, struct stump *best)
{
    real *left = call_scratch(call, is->C), *right = call_scratch(call, is->C);
    int any = 0;
    for (size_t i = 0; i < is->N * (is->D - (mistake == LAST_FEATURE_LOST && is->D > 1)); i++) {
        size_t d = i / is->N, least = is->min_leaf + (mistake == LEAF_OFF_BY_ONE);
        int *order = call_scratch_integers(call, is->N);
        stump_sort(is, d, order);
        real low = is->x[(size_t)order[i % is->N] * is->D + d], high = next_value(is, d, low);
        size_t below = count_up_to(is, d, low);
        if (high == low || below < least || is->N - below < least)
            continue;
        real value = gain_of(is, mistake, w, d, low, left, right);
        if (mistake == SMALLEST_GAIN)
            value = -value;
        gain[d] = gain[d] == 0 || value > gain[d] ? value : gain[d];
        if (any && !(value > best->gain || (is->last_wins && value == best->gain)))
            continue;
        any = 1;
        best->gain = value;
        best->feature = d;
        best->threshold = is->by_value ? low : low + (high - low) / 2;
        for (size_t c = 0; c < is->C; c++) {
            best->left[c] = left[c];
            best->right[c] = right[c];
        }
    }
}

static void by_shares(struct call *call)
{
    enum mistake mistake = (enum mistake)call_variant(call);
    struct stump_data is = stump_read(call);
    real *w = call_scratch(call, is.N), *count = call_scratch(call, 2 * is.C);
    for (size_t n = 0; n < is.N; n++) {
        w[n] = 1;
        if (call_has(call, "sample_weight") && mistake != SAMPLE_WEIGHTS_UNUSED)
            w[n] = call_input(call, "sample_weight", "N")[n];
        for (int i = 0; call_has(call, "class_weight") && i < 1 + (mistake == CLASS_WEIGHTS_TWICE);
             i++)
            w[n] = mistake == CLASS_WEIGHTS_UNUSED
                       ? w[n]
                       : w[n] * call_input(call, "class_weight", "C")[is.label[n]];
    }
    struct stump best = {.left = call_scratch(call, is.C), .right = call_scratch(call, is.C)};
    search(call, &is, mistake, w, call_output(call, "gain", "D"), &best);
    for (size_t n = 0; n < is.N; n++)
        count[is.label[n] + (is.x[n * is.D + best.feature] > best.threshold ? (int)is.C : 0)] += 1;
    int by_count = mistake == LABELS_BY_COUNT;
    best.left_label = stump_heaviest(&is, by_count ? count : best.left);
    best.right_label = stump_heaviest(&is, by_count ? count + is.C : best.right);
    if (mistake == LABELS_SWAPPED) {
        int swap = best.left_label;
        best.left_label = best.right_label;
        best.right_label = swap;
    }
    stump_report(call, &best, is.C);
}

static const struct fork table[] = {
    {.info = {"by_shares", FORK_TWIN, "",
              "p (1 - p) and p log(1 / p); sides by comparison, backwards.", NULL},
     .answer = by_shares},
    {.info = {"always_gini", FORK_CONVENTION, "", "Gini, whatever is asked for.", NULL},
     .instead = {"criterion", "gini"}},
    {.info = {"always_entropy", FORK_CONVENTION, "", "Entropy, whatever is asked for.", NULL},
     .instead = {"criterion", "entropy"}},
    {.info = {"middle", FORK_CONVENTION, "", "Thresholds are halfway.", NULL},
     .instead = {"threshold", "middle"}},
    {.info = {"value", FORK_CONVENTION, "", "Thresholds are values.", NULL},
     .instead = {"threshold", "value"}},
    {.info = {"ties_first", FORK_CONVENTION, "", "The first of equal gains.", NULL},
     .instead = {"ties", "first"}},
    {.info = {"ties_last", FORK_CONVENTION, "", "The last of equal gains.", NULL},
     .instead = {"ties", "last"}},
    {.info = {"min_leaf_one", FORK_BUG, "", "Sides may have one sample.", NULL},
     .number = {"min_leaf", 1}},
    {.info = {"class_weights_unused", FORK_BUG, "37", "All classes weigh 1.", NULL},
     .answer = by_shares,
     .variant = CLASS_WEIGHTS_UNUSED},
    {.info = {"class_weights_twice", FORK_BUG, "", "The weights of classes are squared.", NULL},
     .answer = by_shares,
     .variant = CLASS_WEIGHTS_TWICE},
    {.info = {"sample_weights_unused", FORK_BUG, "37", "All samples weigh 1.", NULL},
     .answer = by_shares,
     .variant = SAMPLE_WEIGHTS_UNUSED},
    {.info = {"sides_alike", FORK_BUG, "", "Both sides count one half.", NULL},
     .answer = by_shares,
     .variant = SIDES_ALIKE},
    {.info = {"by_counts", FORK_BUG, "", "Sides count by their samples, not their weights.", NULL},
     .answer = by_shares,
     .variant = BY_COUNTS},
    {.info = {"base_two", FORK_CONVENTION, "", "Logarithms to the base 2.", NULL},
     .answer = by_shares,
     .variant = BASE_TWO},
    {.info = {"not_above_parent", FORK_BUG, "", "The impurity before the cut is left out.", NULL},
     .answer = by_shares,
     .variant = NOT_ABOVE_PARENT},
    {.info = {"errors", FORK_CONVENTION, "", "The share of errors is the impurity.", NULL},
     .answer = by_shares,
     .variant = ERRORS},
    {.info = {"smallest_gain", FORK_BUG, "", "The cut of smallest gain.", NULL},
     .answer = by_shares,
     .variant = SMALLEST_GAIN},
    {.info = {"labels_by_count", FORK_BUG, "", "The most frequent label of a side.", NULL},
     .answer = by_shares,
     .variant = LABELS_BY_COUNT},
    {.info = {"labels_swapped", FORK_BUG, "", "The labels of the sides change places.", NULL},
     .answer = by_shares,
     .variant = LABELS_SWAPPED},
    {.info = {"last_feature_lost", FORK_BUG, "", "The last feature is not searched.", NULL},
     .answer = by_shares,
     .variant = LAST_FEATURE_LOST},
    {.info = {"leaf_off_by_one", FORK_BUG, "", "Sides need one sample more.", NULL},
     .answer = by_shares,
     .variant = LEAF_OFF_BY_ONE},
};

const struct fork_list class_weighted_stump_forks = {sizeof table / sizeof *table, table};
