// SPDX-License-Identifier: MIT
/* Batch normalisation; definition in reference/normalization/batch_normalization.h.
 *
 * How it is distributed: the samples are sharded, and the statistics are those of all ranks'
 * samples together (synchronised batch normalisation). Three sums cross the network, each a chain
 * over the samples and positions of a canonical block, then the fixed tree over the blocks: the
 * values; the squares about the mean; and, backwards, dy x_hat with dy. Everything else is
 * elementwise. Parameters and running statistics are whole on every rank, and each rank updates
 * them alike.
 */
#include "normalization.h"

#include <string.h>

/* Rows are positions of this rank's samples: (rows P, C). */
struct state {
    struct maps maps;
    size_t count; /* M: values of a channel over all ranks */
    bool inference;
    scalar *x;     /* becomes x - mean, then x_hat */
    scalar *slope; /* x_hat, or without an outer epsilon */
    scalar *mean, *squares, *variance, *divisor, *dy;
    const scalar *gamma;
};

/* total (C): the sum over all samples and positions of x, or of a x when a is given. */
static void sum_up(struct question *q, const struct state *s, const scalar *a, const scalar *x,
                   scalar *total)
{
    const size_t C = s->maps.C, P = s->maps.P;
    const struct kernels *kernels = question_team(q)->kernels;
    struct reduction *sum = question_sum(q, 'N', C);
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        for (size_t m = piece.first * P; m < (piece.first + piece.count) * P; m++) {
            if (a != NULL) {
                kernels->multiply_add(C, leaf, a + m * C, x + m * C);
                continue;
            }
            for (size_t c = 0; c < C; c++)
                leaf[c] += x[m * C + c];
        }
        reduction_push(sum);
    }
    reduction_finish(sum, total);
}

static void centre(const struct state *s, const scalar *mean)
{
    for (size_t i = 0; i < s->maps.rows * s->maps.P * s->maps.C; i++)
        s->x[i] -= mean[i % s->maps.C];
}

static void batch_statistics(struct question *q, struct state *s)
{
    static const char *const options[] = {"refused", "variance_zero", NULL};
    const size_t C = s->maps.C;
    if (question_choice(q, "one_value", options) == 0 && s->count == 1)
        question_refuse(q,
                        "it has one value per channel; give more values, or choose variance_zero "
                        "for its convention 'one_value'");
    s->mean = question_output(q, "mean", "C");
    s->variance = question_output(q, "variance", "C");
    s->squares = question_scratch(q, C);
    sum_up(q, s, NULL, s->x, s->mean);
    for (size_t c = 0; c < C; c++)
        s->mean[c] /= (scalar)s->count;
    centre(s, s->mean);
    sum_up(q, s, s->x, s->x, s->squares);
    for (size_t c = 0; c < C; c++)
        s->variance[c] = s->squares[c] / (scalar)s->count;
}

static void running_statistics(struct question *q, struct state *s)
{
    const scalar *variance = question_input(q, "running_variance", "C");
    centre(s, question_input(q, "running_mean", "C"));
    s->variance = question_scratch(q, s->maps.C);
    for (size_t c = 0; c < s->maps.C; c++) {
        if (!(variance[c] >= 0))
            question_refuse(q, "element %zu of its input 'running_variance' is negative", c);
        s->variance[c] = variance[c];
    }
}

static void normalize(struct question *q, struct state *s)
{
    const size_t C = s->maps.C, all = s->maps.rows * s->maps.P * C;
    const scalar *beta = maps_parameter(q, "beta", 0);
    const struct smoothing smoothing = smoothing_read(q, (scalar)1e-5);
    scalar *y = question_scratch(q, all), *root = question_scratch(q, C);
    s->divisor = question_scratch(q, C);
    s->slope = question_scratch(q, all);
    for (size_t c = 0; c < C; c++) {
        s->divisor[c] = smoothing_divisor(&smoothing, s->variance[c], &root[c]);
        if (!(s->divisor[c] > 0))
            question_refuse(q, "its number 'epsilon' is 0, and so is the variance of channel %zu",
                            c);
    }
    for (size_t m = 0; m < all; m += C)
        for (size_t c = 0; c < C; c++) {
            s->slope[m + c] = root[c] > 0 ? s->x[m + c] / root[c] : 0;
            s->x[m + c] /= s->divisor[c];
            y[m + c] = s->gamma[c] * s->x[m + c] + beta[c];
        }
    maps_scatter(&s->maps, question_output(q, "y", s->maps.shape), y);
}

/* The weights of the old running statistic and of this batch's. */
static void read_weights(struct question *q, scalar *old, scalar *fresh)
{
    static const char *const weighs[] = {"new", "old", NULL};
    static const char *const averages[] = {"exponential", "cumulative", NULL};
    const scalar momentum = question_number_or(q, "momentum", (scalar)0.1);
    const bool weighs_old = question_choice(q, "momentum_weighs", weighs) == 1;
    if (!(momentum >= 0 && momentum <= 1))
        question_refuse(q, "its number 'momentum' is %g; it must be from 0 to 1", (double)momentum);
    *old = weighs_old ? momentum : 1 - momentum;
    *fresh = weighs_old ? 1 - momentum : momentum;
    if (question_choice(q, "average", averages) == 1) {
        scalar batches = question_number_or(q, "batches", 0);
        if (batches != 0)
            batches = (scalar)question_count(q, "batches", 0, 1 << 20);
        *fresh = 1 / (batches + 1);
        *old = 1 - *fresh;
    }
}

static void update_running(struct question *q, const struct state *s)
{
    static const char *const kinds[] = {"unbiased", "biased", NULL};
    const size_t C = s->maps.C;
    const scalar *mean = question_input(q, "running_mean", "C");
    const scalar *variance = question_input(q, "running_variance", "C");
    const bool biased = question_choice(q, "running_variance_kind", kinds) == 1;
    scalar *mean_after = question_output(q, "running_mean_after", "C");
    scalar *variance_after = question_output(q, "running_variance_after", "C");
    scalar old, fresh;
    read_weights(q, &old, &fresh);
    memcpy(mean_after, mean, C * sizeof *mean);
    memcpy(variance_after, variance, C * sizeof *variance);
    if (s->inference)
        return;
    if (!biased && s->count == 1)
        question_refuse(q, "it has one value per channel, and so no unbiased running variance; "
                           "give more values or choose biased for 'running_variance_kind'");
    for (size_t c = 0; c < C; c++) {
        scalar now = biased ? s->variance[c] : s->squares[c] / (scalar)(s->count - 1);
        mean_after[c] = old * mean[c] + fresh * s->mean[c];
        variance_after[c] = old * variance[c] + fresh * now;
    }
}

static void differentiate(struct question *q, const struct state *s)
{
    const size_t C = s->maps.C, all = s->maps.rows * s->maps.P * C;
    const scalar count = (scalar)s->count;
    scalar *dy = question_scratch(q, all), *dx = question_scratch(q, all);
    maps_gather(&s->maps, dy, question_input(q, "dy", s->maps.shape));
    scalar *dx_out = question_output(q, "dx", s->maps.shape);
    scalar *dgamma = question_output(q, "dgamma", "C"), *dbeta = question_output(q, "dbeta", "C");
    sum_up(q, s, dy, s->x, dgamma);
    sum_up(q, s, NULL, dy, dbeta);
    for (size_t i = 0; i < all; i++) {
        const size_t c = i % C;
        const scalar factor = s->gamma[c] / s->divisor[c];
        if (s->inference)
            dx[i] = factor * dy[i];
        else
            dx[i] = factor * (dy[i] - dbeta[c] / count - s->slope[i] * (dgamma[c] / count));
    }
    maps_scatter(&s->maps, dx_out, dx);
}

void batch_normalization_run(struct question *q)
{
    static const char *const modes[] = {"training", "inference", NULL};
    struct state s = {.inference = question_choice(q, "mode", modes) == 1};
    const scalar *x;
    s.maps = maps_read(q, &x);
    s.count = s.maps.N * s.maps.P;
    s.gamma = maps_parameter(q, "gamma", 1);
    s.x = question_scratch(q, s.maps.rows * s.maps.P * s.maps.C);
    maps_gather(&s.maps, s.x, x);
    if (s.inference)
        running_statistics(q, &s);
    else
        batch_statistics(q, &s);
    normalize(q, &s);
    if (question_has(q, "running_mean"))
        update_running(q, &s);
    if (question_has(q, "dy"))
        differentiate(q, &s);
}
