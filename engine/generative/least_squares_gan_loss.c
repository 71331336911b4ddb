// SPDX-License-Identifier: MIT
/* Least-squares GAN loss; definition in reference/generative/least_squares_gan_loss.h.
 *
 * How it is distributed: samples are sharded; one sum a batch crosses the network (score_loss.h).
 */
#include "score_loss.h"

struct rules {
    scalar target[3], h; /* of each part */
};

static void term(const struct question *q, const void *rules, enum score_part part, size_t n,
                 const scalar *z, scalar *value, scalar *slope)
{
    (void)q;
    const struct rules *r = rules;
    const scalar target = r->target[part], twice = 2 * r->h;
    for (size_t i = 0; i < n; i++) {
        const scalar d = z[i] - target;
        value[i] = r->h * (d * d);
        slope[i] = twice * d;
    }
}

void least_squares_gan_loss_run(struct question *q)
{
    static const char *const factors[] = {"half", "one", NULL};
    struct rules rules = {.h = question_choice(q, "factor", factors) == 1 ? 1 : (scalar)0.5};
    rules.target[SCORE_OF_FAKE] = question_number_or(q, "a", 0);
    rules.target[SCORE_OF_REAL] = question_number_or(q, "b", 1);
    rules.target[SCORE_OF_GENERATOR] = question_number_or(q, "c", 1);
    score_loss_run(q, term, &rules);
}
