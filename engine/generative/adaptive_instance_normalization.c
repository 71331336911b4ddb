// SPDX-License-Identifier: MIT
/* Adaptive instance normalization; definition in
 * reference/generative/adaptive_instance_normalization.h.
 *
 * How it is distributed: images are sharded, with their styles; the mapping network is whole on
 * every rank. Statistics belong to one map of one image and need nobody else's. What crosses the
 * network are the gradients of the mapping network alone, chains over the images of each canonical
 * block, then the fixed tree.
 */
#include "named_network.h"

struct block {
    struct question *q;
    const struct team *team;
    size_t rows, C, P, Q, Z, ddof;
    bool from_latent, plain;
    scalar epsilon, offset;
    struct network net;
    struct network_use use;
    const scalar *x, *s, *z;
    scalar *x_hat, *deviation, *s_gap, *scale, *shift, *v, *r, *dscale, *dshift;
};

static scalar sum_of(size_t n, const scalar *x)
{
    scalar sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i];
    return sum;
}

/* gap (maps, n), mean and deviation (maps) of x (maps, n). */
static void measure(const struct block *is, size_t maps, size_t n, const scalar *x, scalar *gap,
                    scalar *mean, scalar *deviation)
{
    for (size_t i = 0; i < maps; i++) {
        mean[i] = sum_of(n, x + i * n) / (scalar)n;
        for (size_t p = i * n; p < (i + 1) * n; p++)
            gap[p] = x[p] - mean[i];
    }
    team_row_products(is->team, maps, n, gap, gap, deviation);
    for (size_t i = 0; i < maps; i++)
        deviation[i] = scalar_sqrt(deviation[i] / (scalar)(n - is->ddof) + is->epsilon);
}

static void style_of_features(struct block *is)
{
    const size_t maps = is->rows * is->C;
    is->s = question_input(is->q, "s", "[N]CQ");
    is->Q = question_size(is->q, 'Q');
    if (is->Q <= is->ddof)
        question_refuse(is->q, "its 's' has too few positions for a deviation");
    is->s_gap = question_scratch(is->q, maps * is->Q);
    measure(is, maps, is->Q, is->s, is->s_gap, is->shift, is->scale);
}

static void style_of_latent(struct block *is)
{
    const size_t C = is->C;
    is->net = network_read(is->q, "m", 'a');
    is->z = question_input(is->q, "z", "[N]a");
    const size_t Z = is->Z = network_inputs(&is->net);
    if (network_outputs(&is->net) != 2 * C)
        question_refuse(is->q, "its 'mw1' and so on must end in a scale and a shift for each map");
    is->v = question_scratch(is->q, is->rows * Z);
    is->r = question_scratch(is->q, is->rows);
    team_row_products(is->team, is->rows, Z, is->z, is->z, is->r);
    for (size_t n = 0; n < is->rows; n++) {
        is->r[n] = is->plain ? 1 : scalar_sqrt(is->r[n] / (scalar)Z + (scalar)1e-8);
        for (size_t k = n * Z; k < (n + 1) * Z; k++)
            is->v[k] = is->z[k] / is->r[n];
    }
    is->use = network_use(is->q, &is->net, is->rows);
    const scalar *h = network_forward(&is->use, is->v);
    for (size_t i = 0; i < is->rows * C; i++) {
        const scalar *own = h + i / C * 2 * C + i % C;
        is->scale[i] = is->offset + own[0];
        is->shift[i] = own[C];
    }
}

static void backward_maps(const struct block *is)
{
    const size_t P = is->P, maps = is->rows * is->C;
    const scalar *dy = question_input(is->q, "dy", "[N]CP");
    scalar *dx = question_output(is->q, "dx", "[N]CP"), *d = question_scratch(is->q, maps * P);
    scalar *slope = question_scratch(is->q, maps);
    team_row_products(is->team, maps, P, dy, is->x_hat, is->dscale);
    for (size_t i = 0; i < maps * P; i++)
        d[i] = is->scale[i / P] * dy[i];
    team_row_products(is->team, maps, P, d, is->x_hat, slope);
    for (size_t i = 0; i < maps; i++) {
        is->dshift[i] = sum_of(P, dy + i * P);
        const scalar mean = sum_of(P, d + i * P) / (scalar)P;
        const scalar tilt = slope[i] / (scalar)(P - is->ddof);
        for (size_t p = i * P; p < (i + 1) * P; p++)
            dx[p] = (d[p] - mean - is->x_hat[p] * tilt) / is->deviation[i];
    }
}

static void backward_features(const struct block *is)
{
    const size_t Q = is->Q;
    scalar *ds = question_output(is->q, "ds", "[N]CQ");
    for (size_t i = 0; i < is->rows * is->C * Q; i++) {
        const scalar part = is->s_gap[i] / ((scalar)(Q - is->ddof) * is->scale[i / Q]);
        ds[i] = is->dshift[i / Q] / (scalar)Q + is->dscale[i / Q] * part;
    }
}

static void backward_latent(const struct block *is)
{
    const size_t C = is->C, Z = is->Z;
    scalar *dh = question_scratch(is->q, is->rows * 2 * C);
    scalar *dz = question_output(is->q, "dz", "[N]a"), *slope = question_scratch(is->q, is->rows);
    scalar *total = question_scratch(is->q, is->net.parameters);
    for (size_t i = 0; i < is->rows * C; i++) {
        scalar *own = dh + i / C * 2 * C + i % C;
        own[0] = is->dscale[i];
        own[C] = is->dshift[i];
    }
    const scalar *dv = network_backward(&is->use, dh);
    team_row_products(is->team, is->rows, Z, dv, is->v, slope);
    for (size_t i = 0; i < is->rows * Z; i++) {
        const scalar along = is->v[i] * (slope[i / Z] / (scalar)Z);
        dz[i] = is->plain ? dv[i] : (dv[i] - along) / is->r[i / Z];
    }
    network_add(is->q, 'N', &is->use, total);
    network_gradients(is->q, &is->net, total);
}

static void read(struct block *is)
{
    static const char *const styles[] = {"features", "latent", NULL};
    static const char *const latents[] = {"normalized", "plain", NULL};
    static const char *const deviations[] = {"population", "sample", NULL};
    is->from_latent = question_choice(is->q, "style", styles) == 1;
    is->plain = question_choice(is->q, "latent", latents) == 1;
    is->ddof = (size_t)question_choice(is->q, "deviation", deviations);
    is->epsilon = question_number_or(is->q, "epsilon", (scalar)1e-5);
    is->offset = question_number_or(is->q, "offset", 1);
    is->x = question_input(is->q, "x", "[N]CP");
    is->rows = question_part(is->q, 'N');
    is->C = question_size(is->q, 'C');
    is->P = question_size(is->q, 'P');
    if (!(is->epsilon > 0))
        question_refuse(is->q, "its 'epsilon' must be above 0, for maps that are constant");
    if (is->P <= is->ddof)
        question_refuse(is->q, "its 'x' has too few positions for a deviation");
    const size_t maps = is->rows * is->C;
    scalar **of_maps[] = {&is->deviation, &is->scale, &is->shift, &is->dscale, &is->dshift};
    for (size_t i = 0; i < sizeof of_maps / sizeof *of_maps; i++)
        *of_maps[i] = question_scratch(is->q, maps);
    is->x_hat = question_scratch(is->q, maps * is->P);
}

void adaptive_instance_normalization_run(struct question *q)
{
    struct block is = {.q = q, .team = question_team(q)};
    read(&is);
    if (is.from_latent)
        style_of_latent(&is);
    else
        style_of_features(&is);
    const size_t maps = is.rows * is.C, P = is.P;
    scalar *y = question_output(q, "y", "[N]CP"), *mean = question_scratch(q, maps);
    measure(&is, maps, P, is.x, is.x_hat, mean, is.deviation);
    for (size_t i = 0; i < maps * P; i++) {
        is.x_hat[i] /= is.deviation[i / P];
        y[i] = is.scale[i / P] * is.x_hat[i] + is.shift[i / P];
    }
    if (!question_has(q, "dy"))
        return;
    backward_maps(&is);
    if (is.from_latent)
        backward_latent(&is);
    else
        backward_features(&is);
}
