// SPDX-License-Identifier: MIT
/* Hinge GAN loss; definition in reference/generative/hinge_gan_loss.h.
 *
 * How it is distributed: samples are sharded; one sum a batch crosses the network (score_loss.h).
 */
#include "score_loss.h"

struct rules {
    bool linear;
    scalar margin, at_kink;
};

static void term(const struct question *q, const void *rules, enum score_part part, size_t n,
                 const scalar *z, scalar *value, scalar *slope)
{
    (void)q;
    const struct rules *r = rules;
    const scalar sign = part == SCORE_OF_FAKE ? 1 : -1;
    const bool linear = part == SCORE_OF_GENERATOR && r->linear;
    for (size_t i = 0; i < n; i++) {
        const scalar u = linear ? -z[i] : r->margin + sign * z[i];
        const scalar beside = u < 0 ? 0 : sign * r->at_kink;
        value[i] = u > 0 || linear ? u : 0;
        slope[i] = u > 0 || linear ? sign : beside;
    }
}

void hinge_gan_loss_run(struct question *q)
{
    static const char *const goals[] = {"linear", "hinge", NULL};
    static const char *const kinks[] = {"zero", "half", "one", NULL};
    static const scalar slopes[] = {0, (scalar)0.5, 1};
    struct rules rules = {.linear = question_choice(q, "goal", goals) == 0};
    rules.margin = question_number_or(q, "margin", 1);
    rules.at_kink = slopes[question_choice(q, "derivative_at_kink", kinks)];
    if (!(rules.margin > 0))
        question_refuse(q, "its 'margin' is %g; give more than 0", (double)rules.margin);
    score_loss_run(q, term, &rules);
}
