// SPDX-License-Identifier: MIT
#include "least_squares_gan_loss.h"

#include "score_loss.h"

struct rules {
    real target[3], h; /* of each part */
};

static real term(const void *rules, enum score_part part, real z, real *slope)
{
    const struct rules *r = rules;
    real d = z - r->target[part];
    *slope = 2 * r->h * d;
    return r->h * (d * d);
}

void least_squares_gan_loss_answer(struct call *call)
{
    static const char *const factors[] = {"half", "one", NULL};
    struct rules rules = {.h = call_choice(call, "factor", factors) ? R(1.0) : R(0.5)};
    rules.target[SCORE_OF_FAKE] = call_number_or(call, "a", R(0.0));
    rules.target[SCORE_OF_REAL] = call_number_or(call, "b", R(1.0));
    rules.target[SCORE_OF_GENERATOR] = call_number_or(call, "c", R(1.0));
    score_loss_answer(call, term, &rules);
}
