// SPDX-License-Identifier: MIT
/* Nadam; definition in reference/optimizers/nadam.h.
 *
 * How it is distributed: the parameters and their moments are sharded evenly. Each is updated
 * alone; nothing crosses the network before the results are gathered, and nothing is added over
 * ranks. The momenta and their products are computed on every rank in the same way.
 */
#include "optimizer.h"

struct settings {
    bool constant, scheduled;
    scalar beta1, beta2, epsilon, momentum_decay;
    struct decay_settings decay;
};

/* What a step needs of the time: this momentum and the next, their products, beta2^t. */
struct moment_of_time {
    size_t t;
    scalar mu, mu_next, product, power2;
};

static struct settings read_settings(struct question *q)
{
    static const char *const schedules[] = {"warming", "constant", NULL};
    static const char *const moments[] = {"beta1", "schedule", NULL};
    return (struct settings){
        .constant = question_choice(q, "momentum_schedule", schedules) == 1,
        .scheduled = question_choice(q, "first_moment", moments) == 1,
        .beta1 = updates_share(q, "beta1"),
        .beta2 = updates_share(q, "beta2"),
        .epsilon = updates_positive(q, "epsilon"),
        .momentum_decay = updates_positive_or(q, "momentum_decay", (scalar)0.004),
        .decay = decay_read(q),
    };
}

static scalar momentum(const struct kernels *kernels, const struct settings *settings, size_t t)
{
    scalar power = (scalar)0.96;
    if (settings->constant)
        return settings->beta1;
    kernels->logarithm(1, &power, &power);
    power *= (scalar)t * settings->momentum_decay;
    kernels->exponential(1, &power, &power);
    return settings->beta1 * (1 - power / 2);
}

static void advance(struct moment_of_time *now, const struct kernels *kernels,
                    const struct settings *settings)
{
    now->t++;
    now->mu = now->mu_next;
    now->mu_next = momentum(kernels, settings, now->t + 1);
    now->product *= now->mu;
    now->power2 *= settings->beta2;
}

static struct moment_of_time start(struct question *q, const struct settings *settings)
{
    const struct kernels *kernels = question_team(q)->kernels;
    struct moment_of_time now = {1, momentum(kernels, settings, 1), momentum(kernels, settings, 2),
                                 0, settings->beta2};
    now.product = now.mu;
    for (size_t first = updates_first_step(q); now.t < first;)
        advance(&now, kernels, settings);
    return now;
}

static void step(size_t count, scalar *restrict w, scalar *restrict m, scalar *restrict v,
                 const scalar *restrict h, scalar rate, const struct moment_of_time *now,
                 const struct settings *settings)
{
    const scalar beta2 = settings->beta2, rest2 = 1 - beta2, epsilon = settings->epsilon;
    const scalar keep = settings->scheduled ? now->mu : settings->beta1, rest = 1 - keep;
    const scalar c_next = 1 - now->product * now->mu_next, c_now = 1 - now->product;
    const scalar c2 = 1 - now->power2, rest_now = 1 - now->mu, ahead = now->mu_next;
    for (size_t i = 0; i < count; i++) {
        m[i] = keep * m[i] + rest * h[i];
        v[i] = beta2 * v[i] + rest2 * h[i] * h[i];
        scalar n = ahead * m[i] / c_next + rest_now * h[i] / c_now;
        w[i] = w[i] - rate * n / (scalar_sqrt(v[i] / c2) + epsilon);
    }
}

void nadam_run(struct question *q)
{
    struct updates updates = updates_read(q);
    const struct settings settings = read_settings(q);
    const size_t P = updates.P;
    struct moment_of_time now = start(q, &settings);
    scalar *m = updates_state(q, "m"), *v = updates_state(q, "v"), *h = question_scratch(q, P);
    scalar *w_after = question_output(q, "w_after", "S[P]");
    scalar *m_after = question_output(q, "m_after", "S[P]");
    scalar *v_after = question_output(q, "v_after", "S[P]");
    for (size_t s = 0; s < updates.S; s++) {
        decay_step(&settings.decay, P, h, updates.w, updates.g + s * P, updates.rate[s]);
        step(P, updates.w, m, v, h, updates.rate[s], &now, &settings);
        advance(&now, question_team(q)->kernels, &settings);
        updates_keep(&updates, w_after, s, updates.w);
        updates_keep(&updates, m_after, s, m);
        updates_keep(&updates, v_after, s, v);
    }
}
