// SPDX-License-Identifier: MIT
#include "loss_forks.h"

enum {
    LABEL_INCLUDED = LOSS_OWN,
    WEIGHT_INSIDE,
    WEIGHTS_FORGOTTEN,
    WEIGHT_OF_OTHER,
    POWER_OF_SUM,
    LABEL_GRADIENT_ZERO,
    LABEL_GRADIENT_ONE,
    LAST_OF_LARGEST,
    NOT_CUT,
    SLOPE_AT_ZERO,
    SIGN_EXCHANGED
};

struct settings {
    int variant, largest, squared;
    real margin, Z;
    const real *weight;
};

/* The class that alone counts for `largest`, found from the last to the first. */
static size_t rival_of(const struct settings *s, const real *y, size_t label, size_t C)
{
    size_t best = C;
    for (size_t k = C; k-- > 0;) {
        int better =
            best == C || (s->variant == LAST_OF_LARGEST ? y[k] > y[best] : y[k] >= y[best]);
        best = k != label && better ? k : best;
    }
    return best;
}

static real missing(const struct settings *s, real gap, real *slope)
{
    real h = s->margin - gap;
    if (s->variant == SIGN_EXCHANGED)
        h = s->margin + gap;
    int positive = s->variant == NOT_CUT || gap < s->margin;
    if (s->variant == SIGN_EXCHANGED)
        positive = h > 0;
    if (s->variant == SLOPE_AT_ZERO)
        positive = positive || !(gap > s->margin);
    *slope = positive ? (s->squared ? h + h : R(1.0)) : R(0.0);
    return positive ? (s->squared ? h * h : h) : R(0.0);
}

static void sample(const struct loss *a, const struct settings *s, size_t n, size_t label)
{
    const real *y = &a->input[0][n * a->K];
    real *slope = &a->slope[0][n * a->K], sum = R(0.0), each, total = R(0.0);
    real c = s->weight ? s->weight[s->variant == WEIGHT_OF_OTHER ? (label + 1) % a->K : label] : 1;
    size_t rival = rival_of(s, y, label, a->K);
    c = s->variant == WEIGHTS_FORGOTTEN ? R(1.0) : c;
    if (s->variant == WEIGHT_INSIDE && s->squared)
        c = c * c;
    for (size_t k = a->K; k-- > 0;) {
        if (k == label || (s->largest && k != rival))
            continue;
        sum = sum + c / s->Z * missing(s, y[label] - y[k], &each);
        slope[k] = c / s->Z * each;
        total = total + slope[k];
    }
    slope[label] = s->variant == LABEL_GRADIENT_ZERO ? R(0.0) : -total;
    if (s->variant == LABEL_GRADIENT_ONE && total > 0)
        slope[label] = -c / s->Z;
    if (s->variant == LABEL_INCLUDED)
        sum = sum + c / s->Z * (s->squared ? s->margin * s->margin : s->margin);
    a->value[n] = s->variant == POWER_OF_SUM && s->squared ? sum * sum : sum;
}

static void answer(struct call *call)
{
    static const struct loss_form form = {
        .shape = "NC", .per_sample = 1, .input = {"y"}, .gradient = {"dy"}};
    static const char *const overs[] = {"sum", "largest", NULL};
    static const char *const divisors[] = {"classes", "none", "others", NULL};
    static const char *const powers[] = {"one", "two", NULL};
    struct loss a = loss_begin(call, &form);
    const int *labels = call_integers(call, "labels", "N", 0, (int)a.K - 1);
    const real Z[] = {real_count(a.K), R(1.0), real_count(a.K - 1)};
    struct settings s = {.variant = call_variant(call),
                         .largest = call_choice(call, "over", overs),
                         .squared = call_choice(call, "power", powers),
                         .margin = call_number_or(call, "margin", R(1.0)),
                         .Z = Z[call_choice(call, "divisor", divisors)]};
    if (call_has(call, "class_weight"))
        s.weight = call_input(call, "class_weight", "C");
    for (size_t n = 0; n < a.N; n++)
        sample(&a, &s, n, (size_t)labels[n]);
    loss_fork_end(call, &a);
}

static const struct fork table[] = {
    {.info = {"gap_below_margin", FORK_TWIN, "",
              "margin - (y[label] - y[k]), each divided first, from the last class.", NULL},
     .answer = answer},
    {.info = {"divided_by_classes", FORK_CONVENTION, "46", "Divided by C.", NULL},
     .instead = {"divisor", "classes"}},
    {.info = {"not_divided", FORK_CONVENTION, "46", "Not divided.", NULL},
     .instead = {"divisor", "none"}},
    {.info = {"divided_by_others", FORK_CONVENTION, "46", "Divided by C - 1.", NULL},
     .instead = {"divisor", "others"}},
    {.info = {"first_power", FORK_CONVENTION, "46", "The first power.", NULL},
     .instead = {"power", "one"}},
    {.info = {"squared", FORK_CONVENTION, "46", "Squares.", NULL}, .instead = {"power", "two"}},
    {.info = {"power_of_sum", FORK_BUG, "46", "The square of the sum over classes.", NULL},
     .answer = answer,
     .variant = POWER_OF_SUM},
    {.info = {"sum_over_classes", FORK_CONVENTION, "", "All other classes count.", NULL},
     .instead = {"over", "sum"}},
    {.info = {"largest_class", FORK_CONVENTION, "", "The largest other class counts.", NULL},
     .instead = {"over", "largest"}},
    {.info = {"weight_inside", FORK_CONVENTION, "46", "The class weight is within the power.",
              NULL},
     .answer = answer,
     .variant = WEIGHT_INSIDE},
    {.info = {"class_weights_ignored", FORK_BUG, "37", "Class weights are ignored.", NULL},
     .answer = answer,
     .variant = WEIGHTS_FORGOTTEN},
    {.info = {"weight_of_other_class", FORK_BUG, "", "The weight of the class after the label.",
              NULL},
     .answer = answer,
     .variant = WEIGHT_OF_OTHER},
    {.info = {"label_included", FORK_BUG, "46", "The label itself pays the margin.", NULL},
     .answer = answer,
     .variant = LABEL_INCLUDED},
    {.info = {"label_gradient_zero", FORK_BUG, "", "The label's score has no gradient.", NULL},
     .answer = answer,
     .variant = LABEL_GRADIENT_ZERO},
    {.info = {"label_gradient_one", FORK_BUG, "", "The label's gradient counts one class.", NULL},
     .answer = answer,
     .variant = LABEL_GRADIENT_ONE},
    {.info = {"last_of_largest", FORK_CONVENTION, "221", "Of equal scores the last counts.", NULL},
     .answer = answer,
     .variant = LAST_OF_LARGEST},
    {.info = {"not_cut", FORK_BUG, "", "Without max(0, .).", NULL},
     .answer = answer,
     .variant = NOT_CUT},
    {.info = {"slope_at_margin", FORK_CONVENTION, "8", "At the margin the slope is 1.", NULL},
     .answer = answer,
     .variant = SLOPE_AT_ZERO},
    {.info = {"sign_exchanged", FORK_BUG, "", "margin + y[label] - y[k].", NULL},
     .answer = answer,
     .variant = SIGN_EXCHANGED},
    {.info = {"margin_one", FORK_BUG, "", "The margin is 1, whatever is stated.", NULL},
     .number = {"margin", 1}},
    LOSS_FORKS(answer),
};

const struct fork_list multi_margin_forks = {sizeof table / sizeof *table, table};
