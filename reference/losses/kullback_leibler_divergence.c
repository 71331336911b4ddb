// SPDX-License-Identifier: MIT
#include "kullback_leibler_divergence.h"

struct divergence {
    int input_probabilities, target_logarithms, clip;
    real epsilon;
};

/* x in [epsilon, 1]; says in `inside` whether it has been there. */
static real clipped(struct call *call, const struct divergence *how, real x, int *inside)
{
    *inside = 1;
    if (!how->clip)
        return x;
    real low = x - how->epsilon, high = 1 - x;
    call_decisions(call, 1, &low);
    call_decisions(call, 1, &high);
    *inside = low >= 0 && high >= 0;
    return low < 0 ? how->epsilon : high < 0 ? R(1.0) : x;
}

static void element(struct call *call, struct loss *loss, const struct divergence *how, size_t i,
                    real t)
{
    real y = loss->input[0][i], p = t, q = y;
    int inside = 1, ignored;
    p = how->target_logarithms ? real_exp(t) : clipped(call, how, t, &ignored);
    if (how->input_probabilities)
        q = clipped(call, how, y, &inside);
    if (!how->target_logarithms && !(p >= 0))
        call_fail(call, "element %zu of input 't' is negative, but must be a probability", i);
    if (how->input_probabilities && !(q > 0))
        call_fail(call, "element %zu of input 'y' must be a probability above 0", i);
    loss->slope[0][i] = how->input_probabilities ? -(p / q) : -p;
    if (!inside)
        loss->slope[0][i] = R(0.0);
    if (!how->target_logarithms && !(p > 0))
        return; /* 0 log 0 */
    real l = how->target_logarithms ? t : real_log(p);
    real m = how->input_probabilities ? real_log(q) : y;
    loss->value[i] = p * (l - m);
}

void kullback_leibler_divergence_answer(struct call *call)
{
    static const struct loss_form form = {.shape = "NK", .input = {"y"}, .gradient = {"dy"}};
    static const char *const inputs[] = {"logarithms", "probabilities", NULL};
    static const char *const targets[] = {"probabilities", "logarithms", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    struct loss loss = loss_begin(call, &form);
    const real *t = call_input(call, "t", "NK");
    struct divergence how = {.input_probabilities = call_choice(call, "input", inputs),
                             .target_logarithms = call_choice(call, "target", targets),
                             .clip = call_choice(call, "clip", no_yes),
                             .epsilon = call_number_or(call, "epsilon", R(1e-7))};
    if (!(how.epsilon > 0))
        call_fail(call, "number 'epsilon' must be above 0");
    for (size_t i = 0; i < loss.N * loss.K; i++)
        element(call, &loss, &how, i, t[i]);
    loss_finish(call, &loss);
}
