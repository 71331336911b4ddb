// SPDX-License-Identifier: MIT
#include "../../reference/gradients/gradient_norms.h"
#include "../../reference/foundations/dense_layer.h"
#include "../fork.h"

/* What layer l receives, (N,I). */
static const real *input_of(const struct deep *deep, size_t l)
{
    return l == 0 ? deep->x : deep->batch.a[l - 1];
}

static real dot(const real *x, const real *y, size_t n)
{
    real sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i] * y[i];
    return sum;
}

/* The outputs, with norms by another rule. */
static void each(struct call *call, real (*norm_of)(const struct deep *, size_t l))
{
    struct deep deep = deep_read(call);
    size_t L = deep.net.layers;
    *call_output(call, "loss", "") = deep.loss;
    real *norm = call_output(call, "norm", "L");
    for (size_t l = 0; l < L; l++)
        norm[l] = norm_of(&deep, l);
    *call_output(call, "ratio", "") = norm[0] / norm[L - 1];
}

/* |sum_n a_n dz_n^T|^2 = sum over n, m of (a_n . a_m) (dz_n . dz_m): no gradient of a weight is
 * needed. A bias is a weight with the input 1. */
static real gram_norm(const struct deep *deep, size_t l)
{
    size_t I = deep->net.size[l], O = deep->net.size[l + 1];
    const real *a = input_of(deep, l), *dz = deep->batch.dz[l];
    real sum = 0;
    for (size_t n = 0; n < deep->N; n++) {
        real row = 0;
        for (size_t m = 0; m < deep->N; m++) {
            real inputs = dot(&a[n * I], &a[m * I], I) + (deep->with_biases ? 1 : 0);
            row += inputs * dot(&dz[n * O], &dz[m * O], O);
        }
        sum += row;
    }
    return real_sqrt(sum);
}

static void gram(struct call *call)
{
    each(call, gram_norm);
}

static real squared_norm(const struct deep *deep, size_t l)
{
    real norm = deep_norm(deep, l);
    return norm * norm;
}

static void root_forgotten(struct call *call)
{
    each(call, squared_norm);
}

static real mean_norm(const struct deep *deep, size_t l)
{
    return deep_norm(deep, l) / real_sqrt(real_count(deep->net.size[l] * deep->net.size[l + 1]));
}

static void root_mean_square(struct call *call)
{
    each(call, mean_norm);
}

static real magnitudes(const struct deep *deep, size_t l)
{
    real sum = 0;
    for (size_t i = 0; i < deep->net.size[l] * deep->net.size[l + 1]; i++)
        sum += real_abs(deep->batch.dw[l][i]);
    return sum;
}

static void norm_one(struct call *call)
{
    each(call, magnitudes);
}

static real weight_norm(const struct deep *deep, size_t l)
{
    size_t n = deep->net.size[l] * deep->net.size[l + 1];
    return real_sqrt(dot(deep->net.w[l], deep->net.w[l], n));
}

static void of_the_weights_themselves(struct call *call)
{
    each(call, weight_norm);
}

static real reversed_norm(const struct deep *deep, size_t l)
{
    return deep_norm(deep, deep->net.layers - 1 - l);
}

static void from_the_output(struct call *call)
{
    each(call, reversed_norm);
}

static real summed_norm(const struct deep *deep, size_t l)
{
    return deep_norm(deep, l) * real_count(deep->N);
}

static void loss_summed(struct call *call)
{
    each(call, summed_norm);
}

/* The root of the sum over samples of each sample's own squared norm. */
static real sample_norm(const struct deep *deep, size_t l)
{
    size_t I = deep->net.size[l], O = deep->net.size[l + 1];
    const real *a = input_of(deep, l), *dz = deep->batch.dz[l];
    real sum = 0;
    for (size_t n = 0; n < deep->N; n++)
        sum += dot(&a[n * I], &a[n * I], I) * dot(&dz[n * O], &dz[n * O], O);
    return real_sqrt(sum);
}

static void norms_of_single_samples(struct call *call)
{
    each(call, sample_norm);
}

/* Only the last layer has a gradient: the others were cut off from the loss. */
static real detached_norm(const struct deep *deep, size_t l)
{
    return l + 1 < deep->net.layers ? 0 : deep_norm(deep, l);
}

static void detached(struct call *call)
{
    each(call, detached_norm);
}

/* Backward once more, as if every activation had the slope 1. */
static void slope_forgotten(struct call *call)
{
    struct deep deep = deep_read(call);
    size_t L = deep.net.layers;
    real *dx = call_scratch(call, deep.N * deep.net.size[0]);
    for (size_t l = L; l-- > 0;)
        dense_layer_backward(l == 0 ? dx : deep.batch.dz[l - 1], deep.batch.dw[l], deep.batch.db[l],
                             deep.batch.dz[l], input_of(&deep, l), deep.net.w[l], deep.N,
                             deep.net.size[l], deep.net.size[l + 1], deep.block);
    *call_output(call, "loss", "") = deep.loss;
    real *norm = call_output(call, "norm", "L");
    for (size_t l = 0; l < L; l++)
        norm[l] = deep_norm(&deep, l);
    *call_output(call, "ratio", "") = norm[0] / norm[L - 1];
}

static void ratio_inverted(struct call *call)
{
    struct deep deep = deep_read(call);
    size_t L = deep.net.layers;
    *call_output(call, "loss", "") = deep.loss;
    real *norm = call_output(call, "norm", "L");
    for (size_t l = 0; l < L; l++)
        norm[l] = deep_norm(&deep, l);
    *call_output(call, "ratio", "") = norm[L - 1] / norm[0];
}

static const struct fork table[] = {
    {.info = {"gram", FORK_TWIN, "",
              "From inner products between samples, without the gradients of the weights.", NULL},
     .answer = gram},
    {.info = {"root_forgotten", FORK_BUG, "", "Squared norms.", NULL}, .answer = root_forgotten},
    {.info = {"root_mean_square", FORK_CONVENTION, "", "Divided by the root of the count.", NULL},
     .answer = root_mean_square},
    {.info = {"norm_one", FORK_CONVENTION, "", "Sums of magnitudes.", NULL}, .answer = norm_one},
    {.info = {"of_the_weights_themselves", FORK_BUG, "", "Norms of weights, not gradients.", NULL},
     .answer = of_the_weights_themselves},
    {.info = {"from_the_output", FORK_BUG, "", "Layers are counted from the output.", NULL},
     .answer = from_the_output},
    {.info = {"loss_summed", FORK_CONVENTION, "", "Gradients of the summed, not mean, loss.", NULL},
     .answer = loss_summed},
    {.info = {"norms_of_single_samples", FORK_BUG, "",
              "The samples' squared norms are added instead of their gradients.", NULL},
     .answer = norms_of_single_samples},
    {.info = {"detached", FORK_BUG, "", "The layers before the last are cut off from the loss.",
              NULL},
     .answer = detached},
    {.info = {"slope_forgotten", FORK_BUG, "",
              "The slope of the activation is left out, so nothing vanishes.", NULL},
     .answer = slope_forgotten},
    {.info = {"ratio_inverted", FORK_BUG, "", "The last norm is divided by the first.", NULL},
     .answer = ratio_inverted},
    {.info = {"biases_counted", FORK_CONVENTION, "", "The biases belong to a layer.", NULL},
     .instead = {"of", "layer"}},
    {.info = {"biases_not_counted", FORK_CONVENTION, "", "The weights alone.", NULL},
     .instead = {"of", "weights"}},
};

const struct fork_list gradient_norms_forks = {sizeof table / sizeof *table, table};
