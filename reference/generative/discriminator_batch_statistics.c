// SPDX-License-Identifier: MIT
#include "discriminator_batch_statistics.h"

#include "../foundations/dense_layer.h"
#include "game.h"

/* One batch on its way; all arrays (n,H) but for x, logit and dlogit. */
struct batch {
    size_t n;
    const real *x;
    real *x_hat, *y, *a, *dy, *logit, *dlogit;
};

/* What normalises a group of batches. */
struct statistics {
    size_t count;
    real *mean, *squares, *variance, *s;
};

struct discriminator {
    size_t I, H, block;
    const real *w1, *gamma, *beta, *w2, *b2;
    real epsilon, momentum, slope;
    int joint, updated_by, biased;
    real *running_mean, *running_variance;
    real *value;
};

static struct batch batch_read(struct call *call, const struct discriminator *d, const char *name,
                               const char *shape)
{
    struct batch b = {.x = call_input(call, name, shape)};
    b.n = call_size(call, shape[0]);
    if (b.n < 2)
        call_fail(call, "input '%s' has fewer than two samples: no statistics", name);
    b.x_hat = call_scratch(call, b.n * d->H);
    b.y = call_scratch(call, b.n * d->H);
    b.a = call_scratch(call, b.n * d->H);
    b.dy = call_scratch(call, b.n * d->H);
    b.logit = call_scratch(call, b.n);
    b.dlogit = call_scratch(call, b.n);
    dense_layer_forward(b.x_hat, b.x, d->w1, call_scratch(call, d->H), b.n, d->I, d->H);
    return b;
}

/* Statistics of the h of `count` batches, which becomes h - mean. */
static struct statistics gather(struct call *call, const struct discriminator *d,
                                struct batch *batch, size_t count)
{
    size_t H = d->H;
    struct statistics g = {.mean = call_scratch(call, H), .squares = call_scratch(call, H)};
    g.variance = call_scratch(call, H);
    g.s = call_scratch(call, H);
    for (size_t k = 0; k < count; k++)
        g.count += batch[k].n;
    for (size_t h = 0; h < H; h++) {
        for (size_t k = 0; k < count; k++)
            g.mean[h] = g.mean[h] + sum_samples(batch[k].n, d->block, batch[k].x_hat + h, H);
        g.mean[h] = g.mean[h] / real_count(g.count);
        for (size_t k = 0; k < count; k++) {
            real *c = batch[k].x_hat + h;
            for (size_t n = 0; n < batch[k].n; n++)
                c[n * H] = c[n * H] - g.mean[h];
            g.squares[h] = g.squares[h] + sum_sample_products(batch[k].n, d->block, c, H, c, H);
        }
        g.variance[h] = g.squares[h] / real_count(g.count);
        g.s[h] = real_sqrt(g.variance[h] + d->epsilon);
    }
    return g;
}

/* From h - mean to the logits. */
static void finish_forward(struct call *call, const struct discriminator *d, struct batch *b,
                           const real *s)
{
    size_t H = d->H;
    for (size_t i = 0; i < b->n * H; i++) {
        b->x_hat[i] = b->x_hat[i] / s[i % H];
        b->y[i] = d->gamma[i % H] * b->x_hat[i] + d->beta[i % H];
        b->a[i] = b->y[i] > 0 ? b->y[i] : d->slope * b->y[i];
    }
    call_decisions(call, b->n * H, b->y);
    for (size_t n = 0; n < b->n; n++)
        b->logit[n] = sum_products(*d->b2, H, b->a + n * H, 1, d->w2, 1);
}

static real batch_loss(const struct discriminator *d, struct batch *b, real target, real dloss)
{
    for (size_t n = 0; n < b->n; n++) {
        real slope;
        d->value[n] = game_cross_entropy(b->logit[n], target, &slope);
        b->dlogit[n] = slope * dloss / real_count(b->n);
    }
    return sum_samples(b->n, d->block, d->value, 1) / real_count(b->n);
}

static void update_running(const struct discriminator *d, const struct statistics *g)
{
    real old = 1 - d->momentum;
    for (size_t h = 0; h < d->H; h++) {
        real variance = d->biased ? g->variance[h] : g->squares[h] / real_count(g->count - 1);
        d->running_mean[h] = old * d->running_mean[h] + d->momentum * g->mean[h];
        d->running_variance[h] = old * d->running_variance[h] + d->momentum * variance;
    }
}

/* dy of every batch becomes dh; their sums are added to dgamma and dbeta. */
static void normalize_backward(struct call *call, const struct discriminator *d,
                               struct batch *batch, size_t count, const struct statistics *g,
                               real *dgamma, real *dbeta)
{
    size_t H = d->H;
    real *of_gamma = call_scratch(call, H), *of_beta = call_scratch(call, H);
    for (size_t h = 0; h < H; h++) {
        for (size_t k = 0; k < count; k++) {
            struct batch *b = &batch[k];
            of_gamma[h] =
                of_gamma[h] + sum_sample_products(b->n, d->block, b->dy + h, H, b->x_hat + h, H);
            of_beta[h] = of_beta[h] + sum_samples(b->n, d->block, b->dy + h, H);
        }
        dgamma[h] = dgamma[h] + of_gamma[h];
        dbeta[h] = dbeta[h] + of_beta[h];
    }
    for (size_t k = 0; k < count; k++)
        for (size_t i = 0; i < batch[k].n * H; i++) {
            size_t h = i % H;
            real *dy = &batch[k].dy[i], count_g = real_count(g->count);
            *dy = d->gamma[h] / g->s[h] *
                  (*dy - of_beta[h] / count_g - batch[k].x_hat[i] * (of_gamma[h] / count_g));
        }
}

/* dy from dlogit; adds to dw2 and db2. */
static void head_backward(const struct discriminator *d, struct batch *b, real *dw2, real *db2)
{
    size_t H = d->H;
    for (size_t i = 0; i < b->n * H; i++) {
        real da = b->dlogit[i / H] * d->w2[i % H];
        b->dy[i] = b->y[i] > 0 ? da : d->slope * da;
    }
    for (size_t h = 0; h < H; h++)
        dw2[h] = dw2[h] + sum_sample_products(b->n, d->block, b->a + h, H, b->dlogit, 1);
    *db2 = *db2 + sum_samples(b->n, d->block, b->dlogit, 1);
}

static void add_dense(struct call *call, const struct discriminator *d, const struct batch *b,
                      real *dx, real *dw1)
{
    size_t I = d->I, H = d->H;
    real *dw = call_scratch(call, I * H);
    dense_layer_backward(dx, dw, NULL, b->dy, b->x, d->w1, b->n, I, H, d->block);
    for (size_t i = 0; i < I * H; i++)
        dw1[i] = dw1[i] + dw[i];
}

static void keep(struct call *call, const char *name, const char *shape, const real *from, size_t n)
{
    real *to = call_output(call, name, shape);
    for (size_t i = 0; i < n; i++)
        to[i] = from[i];
}

/* ---- reading ------------------------------------------------------------------------------ */

static real *state(struct call *call, const char *name, size_t H)
{
    const real *from = call_input(call, name, "H");
    real *to = call_scratch(call, H);
    for (size_t h = 0; h < H; h++)
        to[h] = from[h];
    return to;
}

static void read_conventions(struct call *call, struct discriminator *d)
{
    static const char *const batches[] = {"separate", "joint", NULL};
    static const char *const updates[] = {"all", "real", "none", NULL};
    static const char *const kinds[] = {"unbiased", "biased", NULL};
    d->joint = call_choice(call, "batches", batches);
    d->updated_by = call_choice(call, "updated_by", updates);
    d->biased = call_choice(call, "running_variance_kind", kinds);
    d->epsilon = call_number_or(call, "epsilon", R(1e-5));
    d->momentum = call_number_or(call, "momentum", R(0.1));
    d->slope = call_number_or(call, "slope", R(0.2));
    if (!(d->epsilon > 0))
        call_fail(call, "number 'epsilon' must be above 0");
    if (!(d->momentum >= 0 && d->momentum <= 1))
        call_fail(call, "number 'momentum' must be from 0 to 1");
    if (d->joint && d->updated_by != 0)
        call_fail(call, "convention 'updated_by' is for separate batches");
}

static void read_discriminator(struct call *call, struct discriminator *d)
{
    d->w1 = call_input(call, "w1", "IH");
    d->I = call_size(call, 'I');
    d->H = call_size(call, 'H');
    d->gamma = call_input(call, "gamma", "H");
    d->beta = call_input(call, "beta", "H");
    d->w2 = call_input(call, "w2", "H");
    d->b2 = call_input(call, "b2", "");
    d->running_mean = state(call, "running_mean", d->H);
    d->running_variance = state(call, "running_variance", d->H);
    for (size_t h = 0; h < d->H; h++)
        if (!(d->running_variance[h] >= 0))
            call_fail(call, "element %zu of input 'running_variance' is negative", h);
    d->block = call_block(call);
    read_conventions(call, d);
}

/* ---- the two steps ------------------------------------------------------------------------ */

static void discriminator_step(struct call *call, struct discriminator *d)
{
    struct batch batch[2] = {batch_read(call, d, "real", "NI"), batch_read(call, d, "fake", "MI")};
    struct statistics group[2];
    size_t groups = d->joint ? 1 : 2, H = d->H, most = batch[0].n + batch[1].n;
    real dloss = call_has(call, "dloss") ? *call_input(call, "dloss", "") : R(1.0), loss[2];
    d->value = call_scratch(call, most);
    for (size_t k = 0; k < groups; k++) {
        group[k] = gather(call, d, &batch[k], d->joint ? 2 : 1);
        if (d->updated_by == 0 || (d->updated_by == 1 && k == 0))
            update_running(d, &group[k]);
    }
    for (size_t k = 0; k < 2; k++) {
        finish_forward(call, d, &batch[k], group[d->joint ? 0 : k].s);
        loss[k] = batch_loss(d, &batch[k], k == 0 ? R(1.0) : R(0.0), dloss);
    }
    keep(call, "real_logits", "N", batch[0].logit, batch[0].n);
    keep(call, "fake_logits", "M", batch[1].logit, batch[1].n);
    *call_output(call, "real_loss", "") = loss[0];
    *call_output(call, "fake_loss", "") = loss[1];
    *call_output(call, "loss", "") = loss[0] + loss[1];
    real *dx[2] = {call_output(call, "dreal", "NI"), call_output(call, "dfake", "MI")};
    real *dw1 = call_output(call, "dw1", "IH");
    real *dgamma = call_output(call, "dgamma", "H"), *dbeta = call_output(call, "dbeta", "H");
    real *dw2 = call_output(call, "dw2", "H"), *db2 = call_output(call, "db2", "");
    for (size_t k = 0; k < 2; k++)
        head_backward(d, &batch[k], dw2, db2);
    for (size_t k = 0; k < groups; k++)
        normalize_backward(call, d, &batch[k], d->joint ? 2 : 1, &group[k], dgamma, dbeta);
    for (size_t k = 0; k < 2; k++)
        add_dense(call, d, &batch[k], dx[k], dw1);
    keep(call, "running_mean_after", "H", d->running_mean, H);
    keep(call, "running_variance_after", "H", d->running_variance, H);
}

static void generator_step(struct call *call, struct discriminator *d)
{
    static const char *const options[] = {"batch", "running", NULL};
    struct batch b = batch_read(call, d, "generated", "BI");
    size_t H = d->H;
    real *s = call_scratch(call, H);
    d->value = call_scratch(call, b.n);
    if (call_choice(call, "generator_statistics", options) == 0) {
        struct statistics g = gather(call, d, &b, 1);
        update_running(d, &g);
        s = g.s;
    } else {
        for (size_t i = 0; i < b.n * H; i++)
            b.x_hat[i] = b.x_hat[i] - d->running_mean[i % H];
        for (size_t h = 0; h < H; h++)
            s[h] = real_sqrt(d->running_variance[h] + d->epsilon);
    }
    finish_forward(call, d, &b, s);
    keep(call, "generated_logits", "B", b.logit, b.n);
    *call_output(call, "generator_loss", "") = batch_loss(d, &b, R(1.0), R(1.0));
    keep(call, "running_mean_final", "H", d->running_mean, H);
    keep(call, "running_variance_final", "H", d->running_variance, H);
}

void discriminator_batch_statistics_answer(struct call *call)
{
    struct discriminator d = {.I = 0};
    read_discriminator(call, &d);
    discriminator_step(call, &d);
    if (call_has(call, "generated"))
        generator_step(call, &d);
}
