// SPDX-License-Identifier: MIT
/* Anomaly score; definition in reference/generative/anomaly_score.h.
 *
 * How it is distributed: samples are sharded, the frozen networks are whole on every rank. Every
 * sample is judged and searched for alone: nothing crosses the network, nothing is added over
 * samples.
 */
#include "named_network.h"

#include <string.h>

struct search {
    struct question *q;
    struct network g, f;
    struct network_use of_g, of_f;
    bool has_features, squared;
    size_t rows, D, K, Z, steps;
    scalar lambda, rate, momentum;
    const scalar *x;
    scalar *wanted, *cost, *de, *df;
};

static scalar number_in(struct question *q, const char *name, scalar otherwise, bool below_one)
{
    const scalar value = question_number_or(q, name, otherwise);
    if (!(value >= 0 && (below_one ? value < 1 : value <= 1)))
        question_refuse(q, "its '%s' is %g, which is outside what it can be", name, (double)value);
    return value;
}

/* Adds one part of the cost of every sample; fills de (rows,D). */
static void compare(const struct search *is, scalar *de, const scalar *a, const scalar *b, size_t D,
                    scalar weight)
{
    for (size_t n = 0; n < is->rows; n++) {
        scalar sum = 0;
        for (size_t i = n * D; i < (n + 1) * D; i++) {
            const scalar e = a[i] - b[i], sign = (scalar)((e > 0) - (e < 0));
            sum += is->squared ? e * e : scalar_absolute(e);
            de[i] = weight * (is->squared ? 2 * e : sign);
        }
        is->cost[n] += weight * sum;
    }
}

/* The cost at z; returns its gradient. */
static const scalar *descend(const struct search *is, const scalar *z)
{
    const scalar *made = network_forward(&is->of_g, z);
    memset(is->cost, 0, is->rows * sizeof *is->cost);
    compare(is, is->de, made, is->x, is->D, 1 - is->lambda);
    if (is->has_features) {
        compare(is, is->df, network_forward(&is->of_f, made), is->wanted, is->K, is->lambda);
        const scalar *through = network_backward(&is->of_f, is->df);
        for (size_t i = 0; i < is->rows * is->D; i++)
            is->de[i] += through[i];
    }
    return network_backward(&is->of_g, is->de);
}

static void read_features(struct search *is)
{
    is->f = network_read(is->q, "f", 'p');
    if (network_inputs(&is->f) != is->D)
        question_refuse(is->q, "its features 'fw1' must be those of 'x'");
    is->K = network_outputs(&is->f);
    is->of_f = network_use(is->q, &is->f, is->rows);
    is->wanted = question_scratch(is->q, is->rows * is->K);
    is->df = question_scratch(is->q, is->rows * is->K);
    memcpy(is->wanted, network_forward(&is->of_f, is->x), is->rows * is->K * sizeof *is->wanted);
}

static void read_search(struct search *is)
{
    static const char *const distances[] = {"l1", "l2", NULL};
    struct question *q = is->q;
    is->squared = question_choice(q, "distance", distances) == 1;
    is->has_features = question_has(q, "fw1");
    is->lambda = number_in(q, "lambda", is->has_features ? (scalar)0.1 : 0, false);
    is->momentum = number_in(q, "momentum", 0, true);
    is->rate = question_number(q, "rate");
    is->steps = question_count(q, "steps", 1, 1000);
    is->g = network_read(q, "g", 'a');
    is->Z = network_inputs(&is->g);
    if (!(is->rate > 0))
        question_refuse(q, "its 'rate' is %g; give a number above 0", (double)is->rate);
    if (!is->has_features && is->lambda > 0)
        question_refuse(q, "its 'lambda' must be 0 without a network of features");
    if (network_outputs(&is->g) != is->D)
        question_refuse(q, "its generator 'gw1' must make what 'x' is");
    question_bind(q, 'S', is->steps);
    is->of_g = network_use(q, &is->g, is->rows);
    is->cost = question_scratch(q, is->rows);
    is->de = question_scratch(q, is->rows * is->D);
    if (is->has_features)
        read_features(is);
}

static void run_search(struct search *is, scalar *score)
{
    read_search(is);
    const scalar *z = question_input(is->q, "start", "[N]a");
    const size_t count = is->rows * is->Z;
    scalar *path = question_output(is->q, "z", "S[N]a");
    scalar *costs = question_output(is->q, "cost", "S[N]");
    scalar *velocity = question_scratch(is->q, count);
    for (size_t s = 0; s < is->steps; s++) {
        const scalar *dz = descend(is, z);
        memcpy(costs + s * is->rows, is->cost, is->rows * sizeof *costs);
        for (size_t i = 0; i < count; i++) {
            velocity[i] = is->momentum * velocity[i] + dz[i];
            path[i] = z[i] - is->rate * velocity[i];
        }
        z = path;
        path += count;
    }
    descend(is, z);
    memcpy(score, is->cost, is->rows * sizeof *score);
}

static void run_critic(const struct search *is, scalar *score)
{
    const struct network c = network_read(is->q, "c", 'a');
    if (network_inputs(&c) != is->D || network_outputs(&c) != 1)
        question_refuse(is->q, "its critic 'cw1' must take what 'x' is and give one logit");
    const struct network_use use = network_use(is->q, &c, is->rows);
    const scalar *z = network_forward(&use, is->x);
    for (size_t n = 0; n < is->rows; n++)
        score[n] = -scalar_absolute(z[n]);
    question_team(is->q)->kernels->exponential(is->rows, score, score);
    for (size_t n = 0; n < is->rows; n++)
        score[n] = z[n] >= 0 ? score[n] / (1 + score[n]) : 1 / (1 + score[n]);
}

void anomaly_score_run(struct question *q)
{
    static const char *const methods[] = {"critic", "search", NULL};
    const bool searched = question_choice(q, "method", methods) == 1;
    struct search is = {.q = q, .x = question_input(q, "x", "[N]D")};
    is.rows = question_part(q, 'N');
    is.D = question_size(q, 'D');
    scalar *score = question_output(q, "score", "[N]");
    if (searched)
        run_search(&is, score);
    else
        run_critic(&is, score);
    const scalar threshold = question_number_or(q, "threshold", -1);
    if (question_number_or(q, "threshold", -2) != threshold)
        return;
    if (!(threshold >= 0))
        question_refuse(q, "its 'threshold' is negative; give at least 0");
    scalar *anomalous = question_output(q, "anomalous", "[N]");
    for (size_t n = 0; n < is.rows; n++)
        anomalous[n] = score[n] - threshold > 0;
}
