// SPDX-License-Identifier: MIT
#include "binary_cross_entropy.h"

enum clip { CLIP_NONE, CLIP_LOGARITHM, CLIP_PROBABILITY, CLIP_SHIFT };

static void from_logits(struct loss *loss, const real *t, const real *pos_weight)
{
    for (size_t i = 0; i < loss->N * loss->K; i++) {
        real z = loss->input[0][i], e = real_exp(-real_abs(z)), l = real_log1p(e);
        real positive = pos_weight ? pos_weight[i % loss->K] * t[i] : t[i];
        real softplus_minus = z < 0 ? -z + l : l, softplus = z < 0 ? l : z + l;
        real sigmoid = z < 0 ? e / (1 + e) : 1 / (1 + e);
        real sigmoid_minus = z < 0 ? 1 / (1 + e) : e / (1 + e);
        loss->value[i] = positive * softplus_minus + (1 - t[i]) * softplus;
        loss->slope[0][i] = (1 - t[i]) * sigmoid - positive * sigmoid_minus;
    }
}

static real at_least(real x, real least)
{
    return x < least ? least : x;
}

static void clip_logarithm(struct loss *loss, size_t i, real t)
{
    real y = loss->input[0][i];
    real a = at_least(real_log(y), R(-100.0)), b = at_least(real_log(1 - y), R(-100.0));
    loss->value[i] = -(t * a + (1 - t) * b);
    loss->slope[0][i] = (y - t) / at_least((1 - y) * y, R(1e-12));
}

static void from_probabilities(struct call *call, struct loss *loss, const real *t,
                               const real *pos_weight, enum clip clip)
{
    real epsilon = call_number_or(call, "epsilon", clip == CLIP_SHIFT ? R(1e-12) : R(1e-7));
    real shift = clip == CLIP_SHIFT ? epsilon : R(0.0);
    if (!(epsilon > 0))
        call_fail(call, "number 'epsilon' must be above 0");
    for (size_t i = 0; i < loss->N * loss->K; i++) {
        real y = loss->input[0][i], clipped = y;
        if (clip == CLIP_PROBABILITY) {
            real low = y - epsilon, high = (1 - epsilon) - y;
            clipped = low < 0 ? epsilon : high < 0 ? 1 - epsilon : y;
            call_decisions(call, 1, &low);
            call_decisions(call, 1, &high);
        }
        if (clip != CLIP_NONE)
            call_decisions(call, 1, &y); /* at the end of the domain the slope is one-sided */
        if (clip == CLIP_LOGARITHM) {
            clip_logarithm(loss, i, t[i]);
            continue;
        }
        real positive = pos_weight ? pos_weight[i % loss->K] * t[i] : t[i];
        real p = clipped + shift, q = 1 - clipped + shift;
        loss->value[i] = -(positive * real_log(p) + (1 - t[i]) * real_log(q));
        loss->slope[0][i] = (1 - t[i]) / q - positive / p;
        if (y < clipped || y > clipped)
            loss->slope[0][i] = R(0.0);
    }
}

static void check_probabilities(struct call *call, const struct loss *loss, enum clip clip)
{
    for (size_t i = 0; i < loss->N * loss->K; i++) {
        real y = loss->input[0][i];
        if (clip == CLIP_NONE ? !(y > 0 && y < 1) : !(y >= 0 && y <= 1))
            call_fail(call,
                      "element %zu of input 'y' is no probability that convention 'clip' "
                      "allows",
                      i);
    }
}

static const real *read_targets(struct call *call, const struct loss *loss)
{
    const real *t = call_input(call, "t", "NK");
    for (size_t i = 0; i < loss->N * loss->K; i++) {
        if (!(t[i] >= 0 && t[i] - 1 <= R(1e-6)))
            call_fail(call, "element %zu of input 't' must be in 0..1", i);
    }
    return t;
}

static const real *read_pos_weight(struct call *call, const struct loss *loss)
{
    if (!call_has(call, "pos_weight"))
        return NULL;
    const real *weight = call_input(call, "pos_weight", "K");
    for (size_t k = 0; k < loss->K; k++) {
        if (!(weight[k] >= 0))
            call_fail(call, "element %zu of input 'pos_weight' must be at least 0", k);
    }
    return weight;
}

void binary_cross_entropy_answer(struct call *call)
{
    static const struct loss_form forms[] = {{.shape = "NK", .input = {"z"}, .gradient = {"dz"}},
                                             {.shape = "NK", .input = {"y"}, .gradient = {"dy"}}};
    static const char *const names[] = {"logits", "probabilities", NULL};
    static const char *const clips[] = {"none", "logarithm", "probability", "shift", NULL};
    int probabilities = call_choice(call, "form", names);
    enum clip clip = (enum clip)call_choice(call, "clip", clips);
    struct loss loss = loss_begin(call, &forms[probabilities]);
    const real *t = read_targets(call, &loss), *pos_weight = read_pos_weight(call, &loss);
    if (pos_weight && probabilities && clip == CLIP_LOGARITHM)
        call_fail(call, "convention 'clip' is 'logarithm', which has no 'pos_weight'");
    if (!probabilities) {
        from_logits(&loss, t, pos_weight);
    } else {
        check_probabilities(call, &loss, clip);
        from_probabilities(call, &loss, t, pos_weight, clip);
    }
    loss_finish(call, &loss);
}
