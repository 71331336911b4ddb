// SPDX-License-Identifier: MIT
#include "loss_forks.h"

enum {
    LABELS_EXCHANGED = LOSS_OWN,
    MARGIN_ADDED,
    NOT_CUT,
    MARGIN_AFTER_SQUARE,
    ABSOLUTE_DIFFERENCE,
    OTHER_GRADIENT_ZERO,
    SOFT,
    ALL_PAIRS
};

struct settings {
    int variant, squared;
    real margin, at_zero, f;
};

/* What is missing between a and b where a should be larger, and the slope by that. */
static real missing(const struct settings *s, real larger, real smaller, real *slope)
{
    real goal = s->variant == MARGIN_ADDED ? smaller - s->margin : smaller + s->margin;
    real h = goal - larger;
    *slope = goal > larger ? R(1.0) : goal < larger ? R(0.0) : s->at_zero;
    if (s->variant == ABSOLUTE_DIFFERENCE)
        h = s->margin - real_abs(larger - smaller);
    if (s->variant == NOT_CUT || h > 0) {
        *slope = R(1.0);
        return h;
    }
    return R(0.0);
}

static void pair(const struct loss *a, const struct settings *s, size_t i, int t)
{
    const real *x = a->input[0], *y = a->input[1];
    int first = s->variant == LABELS_EXCHANGED ? t < 0 : t > 0;
    real slope, h = missing(s, first ? x[i] : y[i], first ? y[i] : x[i], &slope);
    a->value[i] = s->f * (s->squared ? h * h : h);
    if (s->variant == MARGIN_AFTER_SQUARE && s->squared) {
        real d = first ? x[i] - y[i] : y[i] - x[i], left = s->margin + (d < 0 ? d * d : -d * d);
        a->value[i] = s->f * (left > 0 ? left : R(0.0));
    }
    if (s->variant == SOFT) {
        h = h - s->margin;
        a->value[i] = s->f * real_log1p(real_exp(h));
        slope = 1 / (1 + real_exp(-h));
    }
    real push = s->f * (s->squared && s->variant != SOFT ? h + h : slope);
    a->slope[0][i] = first ? -push : push;
    a->slope[1][i] = s->variant == OTHER_GRADIENT_ZERO ? R(0.0) : first ? push : -push;
}

/* (N,1) against (N): every a meets every b. */
static void all_pairs(const struct loss *a, const struct settings *s, const int *t)
{
    for (size_t n = 0; a->K == 1 && n < a->N; n++) {
        a->value[n] = R(0.0);
        for (size_t m = 0; m < a->N; m++) {
            real h = s->margin - real_count(1) * (real)t[n] * (a->input[0][n] - a->input[1][m]);
            a->value[n] += s->f * (h > 0 ? h : R(0.0)) / real_count(a->N);
        }
    }
}

static void answer(struct call *call)
{
    static const struct loss_form form = {
        .shape = "NK", .input = {"a", "b"}, .gradient = {"da", "db"}};
    static const char *const powers[] = {"one", "two", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    struct loss a = loss_begin(call, &form);
    const int *t = call_integers(call, "t", "NK", -1, 1);
    struct settings s = {.variant = call_variant(call),
                         .squared = call_choice(call, "power", powers),
                         .margin = call_number_or(call, "margin", R(0.0)),
                         .at_zero = call_number_or(call, "slope_at_zero", R(0.0))};
    s.f = call_choice(call, "half", no_yes) ? R(0.5) : R(1.0);
    for (size_t i = 0; i < a.N * a.K; i++)
        pair(&a, &s, i, t[i]);
    if (s.variant == ALL_PAIRS)
        all_pairs(&a, &s, t);
    loss_fork_end(call, &a);
}

static const struct fork table[] = {
    {.info = {"goal_minus_larger", FORK_TWIN, "",
              "(smaller + margin) - larger, by who should be larger; no label is multiplied.",
              NULL},
     .answer = answer},
    {.info = {"not_squared", FORK_CONVENTION, "62", "The first power, whatever is asked for.",
              NULL},
     .instead = {"power", "one"}},
    {.info = {"squared", FORK_CONVENTION, "62", "Squares, whatever is asked for.", NULL},
     .instead = {"power", "two"}},
    {.info = {"with_half", FORK_CONVENTION, "62", "A half, whatever is asked for.", NULL},
     .instead = {"half", "yes"}},
    {.info = {"without_half", FORK_CONVENTION, "62", "No half, whatever is asked for.", NULL},
     .instead = {"half", "no"}},
    {.info = {"margin_after_square", FORK_BUG, "62", "margin - d^2 in the place of (margin - d)^2.",
              NULL},
     .answer = answer,
     .variant = MARGIN_AFTER_SQUARE},
    {.info = {"margin_zero", FORK_BUG, "", "The margin is ignored.", NULL},
     .number = {"margin", 0}},
    {.info = {"margin_subtracted", FORK_BUG, "", "The margin has the wrong sign.", NULL},
     .answer = answer,
     .variant = MARGIN_ADDED},
    {.info = {"slope_at_zero_is_one", FORK_CONVENTION, "7 8", "The slope at the corner is 1.",
              NULL},
     .number = {"slope_at_zero", 1}},
    {.info = {"slope_at_zero_is_zero", FORK_CONVENTION, "7 8", "The slope at the corner is 0.",
              NULL},
     .number = {"slope_at_zero", 0}},
    {.info = {"slope_at_zero_is_half", FORK_CONVENTION, "7 8", "The slope at the corner is 1/2.",
              NULL},
     .number = {"slope_at_zero", 0.5}},
    {.info = {"labels_exchanged", FORK_BUG, "", "1 means that b should be larger.", NULL},
     .answer = answer,
     .variant = LABELS_EXCHANGED},
    {.info = {"not_cut", FORK_BUG, "", "Without max(0, .): right orders are rewarded.", NULL},
     .answer = answer,
     .variant = NOT_CUT},
    {.info = {"absolute_difference", FORK_BUG, "", "The sign of the difference is lost.", NULL},
     .answer = answer,
     .variant = ABSOLUTE_DIFFERENCE},
    {.info = {"soft", FORK_CONVENTION, "", "log(1 + e^h), as of RankNet.", NULL},
     .answer = answer,
     .variant = SOFT},
    {.info = {"other_gradient_zero", FORK_BUG, "", "Only one of the two scores gets a gradient.",
              NULL},
     .answer = answer,
     .variant = OTHER_GRADIENT_ZERO},
    {.info = {"all_pairs", FORK_BUG, "211", "(N,1) against (N): every a meets every b.", NULL},
     .answer = answer,
     .variant = ALL_PAIRS},
    LOSS_FORK_OF_ELEMENTS,
    LOSS_FORKS(answer),
};

const struct fork_list margin_ranking_forks = {sizeof table / sizeof *table, table};
