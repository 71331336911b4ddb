// SPDX-License-Identifier: MIT
#include "class_weighted_stump.h"

struct stump_data stump_read(struct call *call)
{
    static const char *const criteria[] = {"gini", "entropy", NULL};
    static const char *const thresholds[] = {"middle", "value", NULL};
    static const char *const ties[] = {"first", "last", NULL};
    struct stump_data is = {.C = call_count(call, "classes", 1, 1 << 12)};
    is.x = call_input(call, "x", "ND");
    is.label = call_integers(call, "label", "N", 0, (int)is.C - 1);
    is.N = call_size(call, 'N');
    is.D = call_size(call, 'D');
    call_bind(call, 'C', is.C);
    is.criterion = call_choice(call, "criterion", criteria);
    is.by_value = call_choice(call, "threshold", thresholds);
    is.last_wins = call_choice(call, "ties", ties);
    is.min_leaf = call_count_or(call, "min_leaf", 1, 1, 1 << 20);
    if (is.N < 2 * is.min_leaf)
        call_fail(call, "number 'min_leaf' is %zu, but there are %zu samples", is.min_leaf, is.N);
    return is;
}

const real *stump_weights(struct call *call, const struct stump_data *is)
{
    real *w = call_scratch(call, is->N), total = 0;
    const real *of_class = NULL, *of_sample = NULL;
    if (call_has(call, "class_weight"))
        of_class = call_input(call, "class_weight", "C");
    if (call_has(call, "sample_weight"))
        of_sample = call_input(call, "sample_weight", "N");
    for (size_t n = 0; n < is->N; n++) {
        real a = of_class ? of_class[is->label[n]] : 1, b = of_sample ? of_sample[n] : 1;
        if (!(a >= 0 && b >= 0))
            call_fail(call, "input '%s' must not be negative",
                      a >= 0 ? "sample_weight" : "class_weight");
        w[n] = a * b;
        total = total + w[n];
    }
    if (!(total > 0))
        call_fail(call, "input '%s' leaves no weight at all",
                  of_sample ? "sample_weight" : "class_weight");
    return w;
}

void stump_sort(const struct stump_data *is, size_t d, int *order)
{
    for (size_t n = 0; n < is->N; n++) {
        size_t at = n;
        for (; at > 0 && is->x[(size_t)order[at - 1] * is->D + d] > is->x[n * is->D + d]; at--)
            order[at] = order[at - 1];
        order[at] = (int)n;
    }
}

real stump_impurity(struct call *call, const struct stump_data *is, const real *mass)
{
    real total = sum_features(is->C, mass, 1), *p = call_scratch(call, is->C);
    real *part = call_scratch(call, is->C);
    for (size_t c = 0; c < is->C; c++) {
        p[c] = total > 0 ? mass[c] / total : 0;
        part[c] = p[c] > 0 && is->criterion == STUMP_ENTROPY ? p[c] * real_log(p[c]) : 0;
    }
    if (is->criterion == STUMP_ENTROPY)
        return -sum_features(is->C, part, 1);
    return total > 0 ? 1 - sum_products(R(0.0), is->C, p, 1, p, 1) : 0;
}

int stump_heaviest(const struct stump_data *is, const real *mass)
{
    int best = 0;
    for (int c = 1; c < (int)is->C; c++) {
        if (mass[c] > mass[best] || (is->last_wins && mass[c] == mass[best]))
            best = c;
    }
    return best;
}

/* left, right (N,C): the masses up to each place of the order, and after it. */
static void add_sides(const struct stump_data *is, const real *w, const int *order, real *left,
                      real *right)
{
    size_t N = is->N, C = is->C;
    for (size_t i = 0; i < N; i++) {
        for (size_t c = 0; c < C && i > 0; c++)
            left[i * C + c] = left[(i - 1) * C + c];
        real *own = &left[i * C + (size_t)is->label[order[i]]];
        *own = *own + w[order[i]];
    }
    for (size_t i = N - 1; i-- > 0;) {
        for (size_t c = 0; c < C; c++)
            right[i * C + c] = right[(i + 1) * C + c];
        real *own = &right[i * C + (size_t)is->label[order[i + 1]]];
        *own = *own + w[order[i + 1]];
    }
}

struct stump stump_grow(struct call *call, const struct stump_data *is, const real *w, real *gain)
{
    size_t N = is->N, C = is->C, cuts = 0;
    real *all = call_scratch(call, C), *gains = call_scratch(call, N * is->D);
    real *left = call_scratch(call, N * C), *right = call_scratch(call, N * C);
    int *order = call_scratch_integers(call, N);
    struct stump best = {.left = call_scratch(call, C), .right = call_scratch(call, C)};
    for (size_t n = 0; n < N; n++)
        all[is->label[n]] = all[is->label[n]] + w[n];
    real total = sum_features(C, all, 1), whole = stump_impurity(call, is, all);
    for (size_t d = 0; d < is->D; d++) {
        stump_sort(is, d, order);
        for (size_t i = 0; i < N * C; i++)
            left[i] = right[i] = 0;
        add_sides(is, w, order, left, right);
        int found = 0;
        for (size_t i = is->min_leaf - 1; i + is->min_leaf < N; i++) {
            real low = is->x[(size_t)order[i] * is->D + d];
            real high = is->x[(size_t)order[i + 1] * is->D + d];
            if (low == high)
                continue;
            const real *l = &left[i * C], *r = &right[i * C];
            real mixed = sum_features(C, l, 1) * stump_impurity(call, is, l) +
                         sum_features(C, r, 1) * stump_impurity(call, is, r);
            real value = whole - mixed / total;
            gain[d] = !found || value > gain[d] ? value : gain[d];
            found = 1;
            gains[cuts++] = value;
            if (cuts > 1 && !(value > best.gain || (is->last_wins && value == best.gain)))
                continue;
            best.gain = value;
            best.feature = d;
            best.threshold = is->by_value ? low : (low + high) / 2;
            for (size_t c = 0; c < C; c++) {
                best.left[c] = l[c];
                best.right[c] = r[c];
            }
        }
    }
    if (cuts == 0)
        call_fail(call, "input 'x' is divided by no cut");
    int self = 0;
    for (size_t i = 0; i < cuts; i++) {
        int is_best = gains[i] == best.gain && !self;
        self = self || is_best;
        gains[i] = is_best ? 1 : best.gain - gains[i];
    }
    call_decisions(call, cuts, gains);
    best.left_label = stump_heaviest(is, best.left);
    best.right_label = stump_heaviest(is, best.right);
    return best;
}

void stump_report(struct call *call, const struct stump *stump, size_t C)
{
    *call_output_integers(call, "feature", "") = real_count(stump->feature);
    *call_output(call, "threshold", "") = stump->threshold;
    *call_output_integers(call, "left_label", "") = (real)stump->left_label;
    *call_output_integers(call, "right_label", "") = (real)stump->right_label;
    real *left = call_output(call, "left_mass", "C"), *right = call_output(call, "right_mass", "C");
    for (size_t c = 0; c < C; c++) {
        left[c] = stump->left[c];
        right[c] = stump->right[c];
    }
}

void class_weighted_stump_answer(struct call *call)
{
    struct stump_data is = stump_read(call);
    const real *w = stump_weights(call, &is);
    struct stump best = stump_grow(call, &is, w, call_output(call, "gain", "D"));
    stump_report(call, &best, is.C);
}
