// SPDX-License-Identifier: MIT
/* Averaged gradient descent; definition in reference/optimizers/averaged_gradient_descent.h.
 *
 * How it is distributed: the parameters and their averages are sharded evenly. Each is updated
 * alone, and every rank finds the rate of a step from its number. Nothing crosses the network
 * before the results are gathered, and nothing is added over ranks.
 */
#include "optimizer.h"

struct settings {
    scalar rate, lambd, alpha, decay;
    size_t start; /* the first step whose k is 2, less 2 */
};

static scalar rate_of(struct question *q, const struct settings *is, size_t steps_before)
{
    scalar value = 1 + is->lambd * is->rate * (scalar)steps_before;
    if (value == 1)
        return is->rate;
    const struct team *team = question_team(q);
    team->kernels->logarithm(1, &value, &value);
    value *= is->alpha;
    team->kernels->exponential(1, &value, &value);
    return is->rate / value;
}

void averaged_gradient_descent_run(struct question *q)
{
    static const char *const counts[] = {"previous", "present", NULL};
    struct updates u = updates_read_without_rate(q);
    struct settings is = {.start = question_choice(q, "counts", counts) == 1 ? 0 : 1};
    is.rate = updates_positive(q, "rate");
    is.lambd = updates_positive(q, "lambd");
    is.alpha = updates_positive(q, "alpha");
    is.decay = updates_positive_or(q, "weight_decay", 0);
    is.start += question_count(q, "t0", 0, (size_t)1 << 24);
    const size_t first = updates_first_step(q);
    scalar *average = updates_state(q, "average");
    scalar *w_after = question_output(q, "w_after", "S[P]");
    scalar *average_after = question_output(q, "average_after", "S[P]");
    for (size_t s = 0; s < u.S; s++) {
        const size_t t = first + s;
        const scalar eta = rate_of(q, &is, t - 1), kept = 1 - is.lambd * eta;
        const scalar *g = u.g + s * u.P;
        for (size_t i = 0; i < u.P; i++)
            u.w[i] = u.w[i] * kept - eta * decayed_gradient(g[i], is.decay, u.w[i]);
        const bool copies = t < is.start + 2;
        const scalar share = copies ? 1 : 1 / (scalar)(t - is.start);
        for (size_t i = 0; i < u.P; i++)
            average[i] = copies ? u.w[i] : average[i] + (u.w[i] - average[i]) * share;
        updates_keep(&u, w_after, s, u.w);
        updates_keep(&u, average_after, s, average);
    }
}
