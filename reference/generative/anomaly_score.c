// SPDX-License-Identifier: MIT
#include "anomaly_score.h"

#include "named_network.h"

struct search {
    struct perceptron g, f;
    int has_features, squared;
    size_t N, D, K, Z, steps;
    real lambda, rate, momentum;
    const real *x, *wanted; /* (N,D), (N,K): F(x) */
    real *cost;             /* (N) */
};

static real number_in(struct call *call, const char *name, real otherwise, real low, real high)
{
    real value = call_number_or(call, name, otherwise);
    if (!(value >= low && value <= high))
        call_fail(call, "number '%s' is outside what it can be", name);
    return value;
}

/* One part of every sample's cost, times weight; fills de (N,D). */
static void compare(struct call *call, const struct search *is, real *de, const real *a,
                    const real *b, size_t D, real weight)
{
    real *gap = call_scratch(call, is->N * D), *term = call_scratch(call, D);
    for (size_t n = 0; n < is->N; n++) {
        for (size_t d = 0; d < D; d++) {
            size_t i = n * D + d;
            real e = gap[i] = a[i] - b[i];
            term[d] = is->squared ? e * e : real_abs(e);
            de[i] = weight * (is->squared ? 2 * e : e > 0 ? R(1.0) : e < 0 ? R(-1.0) : 0);
        }
        is->cost[n] = is->cost[n] + weight * sum_features(D, term, 1);
    }
    if (!is->squared)
        call_decisions(call, is->N * D, gap);
}

/* The cost at z (N,Z), and its gradient. */
static void descend(struct call *call, struct search *is, real *dz, const real *z)
{
    struct perceptron_batch of_g, of_f;
    size_t N = is->N, D = is->D;
    real *de = call_scratch(call, N * D), *df = call_scratch(call, N * is->K);
    real *through = call_scratch(call, N * D);
    const real *made = network_forward(call, &is->g, &of_g, z, N);
    for (size_t n = 0; n < N; n++)
        is->cost[n] = 0;
    compare(call, is, de, made, is->x, D, 1 - is->lambda);
    if (is->has_features) {
        const real *seen = network_forward(call, &is->f, &of_f, made, N);
        compare(call, is, df, seen, is->wanted, is->K, is->lambda);
        network_backward(&is->f, &of_f, through, df, made, N, N);
        for (size_t i = 0; i < N * D; i++)
            de[i] = de[i] + through[i];
    }
    network_backward(&is->g, &of_g, dz, de, z, N, N);
}

static void read_search(struct call *call, struct search *is)
{
    static const char *const distances[] = {"l1", "l2", NULL};
    is->squared = call_choice(call, "distance", distances) == 1;
    is->has_features = call_has(call, "fw1");
    is->lambda = number_in(call, "lambda", is->has_features ? R(0.1) : 0, 0, 1);
    is->momentum = number_in(call, "momentum", 0, 0, 1 - REAL_UNIT_ROUNDOFF);
    is->rate = call_number(call, "rate");
    is->steps = call_count(call, "steps", 1, 1000);
    network_read(call, &is->g, "g", 'a');
    is->Z = network_inputs(&is->g);
    if (!(is->rate > 0))
        call_fail(call, "number 'rate' must be above 0");
    if (!is->has_features && is->lambda > 0)
        call_fail(call, "number 'lambda' must be 0 without a network of features");
    if (network_outputs(&is->g) != is->D)
        call_fail(call, "the generator of 'gw1' must make what 'x' is");
    call_bind(call, 'S', is->steps);
    if (is->has_features) {
        struct perceptron_batch use;
        network_read(call, &is->f, "f", 'p');
        if (network_inputs(&is->f) != is->D)
            call_fail(call, "the features of 'fw1' must be those of 'x'");
        is->K = network_outputs(&is->f);
        is->wanted = network_forward(call, &is->f, &use, is->x, is->N);
    }
}

static void run_search(struct call *call, struct search *is, real *score)
{
    read_search(call, is);
    const real *z = call_input(call, "start", "Na");
    size_t count = is->N * is->Z;
    real *path = call_output(call, "z", "SNa"), *costs = call_output(call, "cost", "SN");
    real *dz = call_scratch(call, count), *velocity = call_scratch(call, count);
    is->cost = call_scratch(call, is->N);
    for (size_t s = 0; s < is->steps; s++) {
        descend(call, is, dz, z);
        for (size_t n = 0; n < is->N; n++)
            costs[s * is->N + n] = is->cost[n];
        for (size_t i = 0; i < count; i++) {
            velocity[i] = is->momentum * velocity[i] + dz[i];
            path[s * count + i] = z[i] - is->rate * velocity[i];
        }
        z = &path[s * count];
    }
    descend(call, is, dz, z);
    for (size_t n = 0; n < is->N; n++)
        score[n] = is->cost[n];
}

static void run_critic(struct call *call, const struct search *is, real *score)
{
    struct perceptron c;
    struct perceptron_batch use;
    network_read(call, &c, "c", 'a');
    if (network_inputs(&c) != is->D || network_outputs(&c) != 1)
        call_fail(call, "the critic of 'cw1' must take what 'x' is and give one logit");
    const real *z = network_forward(call, &c, &use, is->x, is->N);
    for (size_t n = 0; n < is->N; n++) {
        real e = real_exp(-real_abs(z[n]));
        score[n] = z[n] >= 0 ? e / (1 + e) : 1 / (1 + e);
    }
}

void anomaly_score_answer(struct call *call)
{
    static const char *const methods[] = {"critic", "search", NULL};
    int method = call_choice(call, "method", methods);
    struct search is = {.x = call_input(call, "x", "ND")};
    is.N = call_size(call, 'N');
    is.D = call_size(call, 'D');
    real *score = call_output(call, "score", "N"), *gap = call_scratch(call, is.N);
    if (method == 1)
        run_search(call, &is, score);
    else
        run_critic(call, &is, score);
    real threshold = call_number_or(call, "threshold", R(-1.0));
    if (call_number_or(call, "threshold", R(-2.0)) != threshold)
        return;
    if (!(threshold >= 0))
        call_fail(call, "number 'threshold' must not be negative");
    real *anomalous = call_output_integers(call, "anomalous", "N");
    for (size_t n = 0; n < is.N; n++) {
        gap[n] = score[n] - threshold;
        anomalous[n] = gap[n] > 0;
    }
    call_decisions(call, is.N, gap);
}
