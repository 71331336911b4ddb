// SPDX-License-Identifier: MIT
#include "hinge_gan_loss.h"

#include "score_loss.h"

struct rules {
    int linear;
    real margin, at_kink;
};

static real term(const void *rules, enum score_part part, real z, real *slope)
{
    const struct rules *r = rules;
    if (part == SCORE_OF_GENERATOR && r->linear) {
        *slope = R(-1.0);
        return -z;
    }
    real sign = part == SCORE_OF_FAKE ? R(1.0) : R(-1.0), u = r->margin + sign * z;
    *slope = u > 0 ? sign : u < 0 ? R(0.0) : sign * r->at_kink;
    return u > 0 ? u : R(0.0);
}

/* The signs of margin -+ z decide. */
static void declare(struct call *call, const char *name, const char *shape, real margin, real sign)
{
    const real *z = call_input(call, name, shape);
    size_t n = call_size(call, shape[0]) * call_size(call, 'K');
    real *distance = call_scratch(call, n);
    for (size_t i = 0; i < n; i++)
        distance[i] = margin + sign * z[i];
    call_decisions(call, n, distance);
}

void hinge_gan_loss_answer(struct call *call)
{
    static const char *const goals[] = {"linear", "hinge", NULL};
    static const char *const kinks[] = {"zero", "half", "one", NULL};
    static const real slopes[] = {R(0.0), R(0.5), R(1.0)};
    struct rules rules = {.linear = call_choice(call, "goal", goals) == 0};
    int generator = score_generator(call);
    rules.margin = call_number_or(call, "margin", R(1.0));
    rules.at_kink = slopes[call_choice(call, "derivative_at_kink", kinks)];
    if (!(rules.margin > 0))
        call_fail(call, "number 'margin' must be above 0");
    score_loss_answer(call, term, &rules);
    if (!generator)
        declare(call, "real", "NK", rules.margin, R(-1.0));
    if (!generator || !rules.linear)
        declare(call, "fake", "MK", rules.margin, generator ? R(-1.0) : R(1.0));
}
