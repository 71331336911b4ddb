// SPDX-License-Identifier: MIT
#include "../../reference/gradients/normalized_depth.h"
#include "depth_forks.h"

static void forward_mode(struct call *call)
{
    struct depth d = depth_read(call);
    const real *dy = call_input(call, "dy", "NH");
    real *moved = call_scratch(call, d.N * d.D), *dx = call_output(call, "dx", "ND");
    depth_forward(&d);
    depth_forward_mode(call, &d, dy);
    for (size_t i = 0; i < d.N * d.D; i++) {
        moved[i] = 1;
        dx[i] = depth_directional(call, &d, dy, 0, -1, moved);
        moved[i] = 0;
    }
    /* In the order of the technique's outputs. */
    normalized_depth_outputs(call, &d);
}

enum mistake {
    STATISTICS_CONSTANT,
    INVERSE_FORGOTTEN,
    UNBIASED,
    STATISTICS_OF_BLOCK,
    REVERSED_NORMS,
    SQUARED_NORMS,
    ACTIVATION_FORGOTTEN,
    LAST_BLOCK_LOST
};

/* What the batch of a sample is under these mistakes: [first, first + count). */
static void own_block(const struct depth *d, size_t n, size_t *first, size_t *count)
{
    *first = n / d->block * d->block;
    *count = d->N - *first < d->block ? d->N - *first : d->block;
}

/* y by statistics of each block of samples alone, as unsynchronised ranks have it. */
static void blocks_alone(const struct depth *d)
{
    struct depth part = *d;
    for (size_t n = 0; n < d->N; n += d->block) {
        size_t first;
        own_block(d, n, &first, &part.N);
        part.x = &d->x[first * d->D];
        for (size_t l = 0; l < d->layers; l++) {
            part.z[l] = &d->z[l][first * d->H];
            part.a[l] = &d->a[l][first * d->H];
        }
        depth_forward(&part);
    }
}

/* Both passes, with a mistake in the backward pass of the normalisation. */
static void backward(const struct depth *d, real *dx, real *dy, enum mistake mistake)
{
    struct depth wrong = *d;
    if (mistake == STATISTICS_CONSTANT || mistake == INVERSE_FORGOTTEN)
        wrong.norm = DEPTH_NONE;
    if (mistake == LAST_BLOCK_LOST)
        wrong.N = (d->N - 1) / d->block * d->block;
    /* With constant statistics a layer's gradient is only scaled: put the factor into dy. */
    for (size_t i = 0; mistake == STATISTICS_CONSTANT && i < d->N * d->H; i++)
        dy[i] = d->norm == DEPTH_BATCH   ? dy[i] * d->inverse[d->layers - 1][i % d->H]
                : d->norm == DEPTH_LAYER ? dy[i] * d->inverse[d->layers - 1][i / d->H]
                                         : dy[i];
    depth_backward(&wrong, dx, dy);
}

static void wrong(struct call *call)
{
    struct depth d = depth_read(call);
    enum mistake mistake = (enum mistake)call_variant(call);
    const real *dy = call_input(call, "dy", "NH");
    real *upstream = call_scratch(call, d.N * d.H), *dx = call_output(call, "dx", "ND");
    for (size_t i = 0; i < d.N * d.H; i++)
        upstream[i] = dy[i];
    if (mistake == STATISTICS_OF_BLOCK)
        blocks_alone(&d);
    else
        depth_forward(&d);
    if (mistake == UNBIASED && d.norm != DEPTH_NONE) {
        real m = real_count(d.norm == DEPTH_BATCH ? d.N : d.H);
        for (size_t i = 0; i < d.N * d.H; i++)
            d.z[d.layers - 1][i] = d.z[d.layers - 1][i] * real_sqrt((m - 1) / m);
        curve_forward(d.f, d.a[d.layers - 1], d.z[d.layers - 1], d.N * d.H);
    }
    backward(&d, dx, upstream, mistake);
    if (mistake == ACTIVATION_FORGOTTEN) {
        for (size_t i = 0; i < d.D * d.H; i++)
            d.dw[0][i] = d.dw[0][i] * 4;
    }
    normalized_depth_outputs(call, &d);
}

/* Norms by another rule. */
static void other_norms(struct call *call)
{
    struct depth d = depth_read(call), other;
    enum mistake mistake = (enum mistake)call_variant(call);
    const real *dy = call_input(call, "dy", "NH");
    real *upstream = call_scratch(call, d.N * d.H);
    for (size_t i = 0; i < d.N * d.H; i++)
        upstream[i] = dy[i];
    depth_forward(&d);
    depth_backward(&d, call_output(call, "dx", "ND"), upstream);
    other = d;
    for (size_t l = 0; l < d.layers; l++) {
        size_t n = depth_inputs(&d, l) * d.H;
        if (mistake == REVERSED_NORMS)
            other.dw[l] = d.dw[l ? d.layers - l : 0];
        for (size_t i = 0; mistake == SQUARED_NORMS && l > 0 && i < n; i++)
            other.dw[l][i] = d.dw[l][i] * depth_gradient_norm(&d, 0);
    }
    normalized_depth_outputs(call, &other);
}

static const struct fork table[] = {
    {.info = {"forward_mode", FORK_TWIN, "", "Tangents, forward, one for each weight and input.",
              NULL},
     .answer = forward_mode},
    {.info = {"statistics_constant", FORK_BUG, "", "Mean and deviation have no gradient.", NULL},
     .answer = wrong,
     .variant = STATISTICS_CONSTANT},
    {.info = {"inverse_forgotten", FORK_BUG, "", "Backwards, the normalisation is not there.",
              NULL},
     .answer = wrong,
     .variant = INVERSE_FORGOTTEN},
    {.info = {"unbiased", FORK_CONVENTION, "", "The last variance is divided by its count - 1.",
              NULL},
     .answer = wrong,
     .variant = UNBIASED},
    {.info = {"statistics_of_block", FORK_BUG, "", "Each block of samples has its own statistics.",
              NULL},
     .answer = wrong,
     .variant = STATISTICS_OF_BLOCK},
    {.info = {"last_block_lost", FORK_BUG, "", "The last block is not in the gradients.", NULL},
     .answer = wrong,
     .variant = LAST_BLOCK_LOST},
    {.info = {"first_slope_forgotten", FORK_BUG, "",
              "The first layer's slope counts as 1, not 1/4.", NULL},
     .answer = wrong,
     .variant = ACTIVATION_FORGOTTEN},
    {.info = {"norms_reversed", FORK_BUG, "",
              "Norms of the layers behind the first from the output on.", NULL},
     .answer = other_norms,
     .variant = REVERSED_NORMS},
    {.info = {"norms_multiplied", FORK_BUG, "", "Norms times that of the first layer.", NULL},
     .answer = other_norms,
     .variant = SQUARED_NORMS},
    {.info = {"never_normalised", FORK_BUG, "", "Nothing is normalised.", NULL},
     .instead = {"normalization", "none"}},
    {.info = {"over_the_batch", FORK_CONVENTION, "", "Always over samples.", NULL},
     .instead = {"normalization", "batch"}},
    {.info = {"over_the_units", FORK_CONVENTION, "", "Always over units.", NULL},
     .instead = {"normalization", "layer"}},
    {.info = {"epsilon_of_keras", FORK_CONVENTION, "", "An epsilon of about 1e-3.", NULL},
     .number = {"epsilon", 0x1p-10}},
};

const struct fork_list normalized_depth_forks = {sizeof table / sizeof *table, table};
