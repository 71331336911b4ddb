// SPDX-License-Identifier: MIT
#include "multi_margin.h"

struct rules {
    int largest, squared;
    real margin, Z;
};

/* p[k] for k != label, and p'[k]. */
static real missing(struct call *call, real h, int squared, real *slope)
{
    call_decisions(call, 1, &h);
    *slope = h > 0 ? (squared ? 2 * h : R(1.0)) : R(0.0);
    return h > 0 ? (squared ? h * h : h) : R(0.0);
}

/* The only class that counts: the first of the largest other scores. */
static size_t rival_of(struct call *call, const real *y, size_t label, size_t C)
{
    size_t best = label == 0 ? 1 : 0;
    for (size_t k = best + 1; k < C; k++)
        best = k != label && y[k] > y[best] ? k : best;
    for (size_t k = 0; k < C; k++) {
        real gap = y[best] - y[k];
        if (k != label && k != best)
            call_decisions(call, 1, &gap);
    }
    return best;
}

/* The loss of one sample, and its slopes (C). */
static real sample_loss(struct call *call, const struct rules *rules, const real *y, size_t label,
                        real c, real *slope, size_t C)
{
    real sum = R(0.0), slopes = R(0.0), each;
    size_t rival = rules->largest ? rival_of(call, y, label, C) : C;
    for (size_t k = 0; k < C; k++) {
        if (k == label || (rules->largest && k != rival))
            continue;
        sum = sum + missing(call, rules->margin - y[label] + y[k], rules->squared, &each);
        slopes = slopes + each;
        slope[k] = c * each / rules->Z;
    }
    slope[label] = -(c * slopes / rules->Z);
    return c * sum / rules->Z;
}

void multi_margin_answer(struct call *call)
{
    static const struct loss_form form = {
        .shape = "NC", .per_sample = 1, .input = {"y"}, .gradient = {"dy"}};
    static const char *const overs[] = {"sum", "largest", NULL};
    static const char *const divisors[] = {"classes", "none", "others", NULL};
    static const char *const powers[] = {"one", "two", NULL};
    struct loss loss = loss_begin(call, &form);
    size_t C = loss.K;
    if (C < 2)
        call_fail(call, "input 'y' must have at least two classes");
    const int *labels = call_integers(call, "labels", "N", 0, (int)C - 1);
    const real *weight = NULL;
    if (call_has(call, "class_weight"))
        weight = call_input(call, "class_weight", "C");
    for (size_t k = 0; weight && k < C; k++)
        if (!(weight[k] >= 0))
            call_fail(call, "element %zu of input 'class_weight' must be at least 0", k);
    const real Z[] = {real_count(C), R(1.0), real_count(C - 1)};
    struct rules rules = {.largest = call_choice(call, "over", overs),
                          .squared = call_choice(call, "power", powers),
                          .margin = call_number_or(call, "margin", R(1.0)),
                          .Z = Z[call_choice(call, "divisor", divisors)]};
    if (!(rules.margin > 0))
        call_fail(call, "number 'margin' must be above 0");
    for (size_t n = 0; n < loss.N; n++) {
        size_t label = (size_t)labels[n];
        loss.value[n] = sample_loss(call, &rules, &loss.input[0][n * C], label,
                                    weight ? weight[label] : R(1.0), &loss.slope[0][n * C], C);
    }
    loss_finish(call, &loss);
}
