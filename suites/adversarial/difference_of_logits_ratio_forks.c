// SPDX-License-Identifier: MIT
#include "../../reference/adversarial/difference_of_logits_ratio.h"
#include "../fork.h"

enum mistake {
    NONE,
    SECOND_BELOW,
    DENOMINATOR_CONSTANT,
    LARGEST_ALWAYS,
    MARGIN_ALONE,
    SIGN_TURNED,
    FOURTH_FORGOTTEN,
    SUM_OF_THIRD_AND_FOURTH,
    TARGET_IGNORED,
    ARGUMENTS_SWAPPED,
    UPSTREAM_IGNORED,
    LAST_OF_EQUALS,
    TARGET_DOWN
};

/* How many logits stand before k. */
static size_t place_of(const real *z, size_t K, size_t k, int last)
{
    size_t before = 0;
    for (size_t i = 0; i < K; i++) {
        int ahead = last ? i > k : i < k;
        before += z[i] > z[k] || (z[i] == z[k] && ahead);
    }
    return before;
}

static size_t at(const real *z, size_t K, size_t place, int last)
{
    size_t k = 0;
    while (k < K && place_of(z, K, k, last) != place)
        k++;
    return k < K ? k : 0;
}

/* 1 in a place of numerator or denominator. */
static real is(size_t a, size_t b)
{
    return a == b ? 1 : 0;
}

static real ratio(enum mistake mistake, real *dz, const real *z, size_t K, size_t y, int target,
                  real tiny)
{
    int last = mistake == LAST_OF_EQUALS, aims = target >= 0 && mistake != TARGET_IGNORED;
    size_t first = at(z, K, 0, last), third = at(z, K, mistake == SECOND_BELOW ? 1 : 2, last);
    size_t fourth = aims && mistake != FOURTH_FORGOTTEN ? at(z, K, 3, last) : third;
    size_t to = mistake != LARGEST_ALWAYS && first == y ? at(z, K, 1, last) : first;
    to = aims ? (size_t)target : to;
    if (mistake == ARGUMENTS_SWAPPED) {
        size_t swapped = y;
        y = to;
        to = swapped;
    }
    real half = mistake == SUM_OF_THIRD_AND_FOURTH && aims ? 1 : R(0.5);
    real above = z[to] - z[y];
    real below = (z[first] - z[third]) * half + (z[first] - z[fourth]) * half + tiny;
    if (mistake == SUM_OF_THIRD_AND_FOURTH && aims)
        below = z[first] - z[third] - z[fourth] + tiny;
    for (size_t k = 0; k < K; k++) {
        real d_above = is(k, to) - is(k, y);
        real d_below = is(k, first) - half * (is(k, third) + is(k, fourth));
        if (mistake == DENOMINATOR_CONSTANT)
            d_below = 0;
        dz[k] = (d_above * below - above * d_below) / (below * below);
        if (mistake == MARGIN_ALONE)
            dz[k] = d_above;
        if (mistake == SIGN_TURNED || (mistake == TARGET_DOWN && aims))
            dz[k] = -dz[k];
    }
    if (mistake == MARGIN_ALONE)
        return above;
    return mistake == SIGN_TURNED || (mistake == TARGET_DOWN && aims) ? -above / below
                                                                      : above / below;
}

static void rate(struct call *call)
{
    enum mistake mistake = (enum mistake)call_variant(call);
    const real *z = call_input(call, "z", "NK");
    size_t N = call_size(call, 'N'), K = call_size(call, 'K');
    const int *labels = call_integers(call, "labels", "N", 0, (int)K - 1), *target = NULL;
    if (call_has(call, "target"))
        target = call_integers(call, "target", "N", 0, (int)K - 1);
    const real *dloss = call_has(call, "dloss") ? call_input(call, "dloss", "N") : NULL;
    real tiny = call_number_or(call, "tiny", R(1e-12));
    real *loss = call_output(call, "loss", "N"), *dz = call_output(call, "dz", "NK");
    for (size_t n = 0; n < N; n++) {
        loss[n] = ratio(mistake, &dz[n * K], &z[n * K], K, (size_t)labels[n],
                        target ? target[n] : -1, tiny);
        for (size_t k = 0; dloss && mistake != UPSTREAM_IGNORED && k < K; k++)
            dz[n * K + k] = dloss[n] * dz[n * K + k];
    }
}

static const struct fork table[] = {
    {.info = {"quotient_rule", FORK_TWIN, "",
              "Places are counted, and the quotient rule is written out.", NULL},
     .answer = rate},
    {.info = {"second_below", FORK_BUG, "", "The second logit in place of the third.", NULL},
     .answer = rate,
     .variant = SECOND_BELOW},
    {.info = {"denominator_constant", FORK_BUG, "", "No gradient flows through the denominator.",
              NULL},
     .answer = rate,
     .variant = DENOMINATOR_CONSTANT},
    {.info = {"largest_always", FORK_BUG, "",
              "The largest logit is the rival even if it is the label's.", NULL},
     .answer = rate,
     .variant = LARGEST_ALWAYS},
    {.info = {"margin_alone", FORK_CONVENTION, "", "The difference without the ratio.", NULL},
     .answer = rate,
     .variant = MARGIN_ALONE},
    {.info = {"sign_turned", FORK_BUG, "", "Descended instead of climbed.", NULL},
     .answer = rate,
     .variant = SIGN_TURNED},
    {.info = {"fourth_forgotten", FORK_BUG, "", "The third logit alone, with a target too.", NULL},
     .answer = rate,
     .variant = FOURTH_FORGOTTEN},
    {.info = {"third_and_fourth_summed", FORK_BUG, "", "Their sum in place of their mean.", NULL},
     .answer = rate,
     .variant = SUM_OF_THIRD_AND_FOURTH},
    {.info = {"target_ignored", FORK_BUG, "250", "The loss without a target.", NULL},
     .answer = rate,
     .variant = TARGET_IGNORED},
    {.info = {"arguments_swapped", FORK_BUG, "249", "Label and rival, or target, change places.",
              NULL},
     .answer = rate,
     .variant = ARGUMENTS_SWAPPED},
    {.info = {"target_down", FORK_BUG, "250", "The sign of a target's loss is turned.", NULL},
     .answer = rate,
     .variant = TARGET_DOWN},
    {.info = {"upstream_ignored", FORK_BUG, "", "dloss is taken for 1.", NULL},
     .answer = rate,
     .variant = UPSTREAM_IGNORED},
    {.info = {"last_of_equals", FORK_CONVENTION, "",
              "Of equal logits the larger class comes first.", NULL},
     .answer = rate,
     .variant = LAST_OF_EQUALS},
    {.info = {"floor_forgotten", FORK_BUG, "", "Nothing is added to the denominator.", NULL},
     .number = {"tiny", 0}},
};

const struct fork_list difference_of_logits_ratio_forks = {sizeof table / sizeof *table, table};
