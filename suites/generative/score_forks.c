// SPDX-License-Identifier: MIT
#include "score_forks.h"

struct problem {
    int accident, summed;
    real c, dloss;
    score_of_one one;
    struct call *call;
};

struct batch {
    size_t N, K;
    const real *z;
    real W, *gradient;
};

real score_share(int accident, size_t n, size_t N, size_t block)
{
    size_t begin = n / block * block, left = N - begin;
    if (accident == SCORE_LAST_BLOCK_LOST)
        return left <= block ? R(0.0) : R(1.0);
    if (accident != SCORE_MEAN_OF_BLOCK_MEANS)
        return R(1.0);
    size_t own = left < block ? left : block, blocks = (N + block - 1) / block;
    return real_count(N) / real_count(own * blocks);
}

static struct batch batch_read(const struct problem *p, const char *name, const char *shape)
{
    struct batch b = {.z = call_input(p->call, name, shape)};
    b.N = call_size(p->call, shape[0]);
    b.K = call_size(p->call, 'K');
    b.W = p->summed ? R(1.0) : real_count(b.N * b.K);
    return b;
}

static real batch_loss(const struct problem *p, const struct batch *b, enum score_kind kind)
{
    real sum = 0, factor = kind == GENERATOR_SCORE ? R(1.0) : p->c;
    int accident = p->accident;
    if (accident == SCORE_MEAN_OF_BLOCK_MEANS && p->summed)
        accident = SCORE_RIGHT;
    for (size_t i = b->N * b->K; i-- > 0;) {
        real slope, value = p->one(p->call, kind, b->z[i], &slope);
        real part = score_share(accident, i / b->K, b->N, call_block(p->call));
        sum = sum + value * part;
        b->gradient[i] = p->dloss * factor * (part / b->W) * slope;
    }
    return sum / b->W;
}

static void discriminate(const struct problem *p)
{
    struct batch x = batch_read(p, "real", "NK"), y = batch_read(p, "fake", "MK");
    int exchanged = p->accident == SCORE_LABELS_EXCHANGED;
    real c =
        p->accident == SCORE_GRADIENT_NOT_HALVED
            ? (call_choice(p->call, "combine", (const char *const[]){"sum", "half", NULL}) ? R(0.5)
                                                                                           : R(1.0))
            : p->c;
    if (p->accident == SCORE_ONE_MEAN && !p->summed)
        x.W = y.W = real_count((x.N + y.N) * x.K) / 2;
    x.gradient = call_output(p->call, "dreal", "NK");
    real of_real = batch_loss(p, &x, exchanged ? FAKE_SCORE : REAL_SCORE);
    y.gradient = call_output(p->call, "dfake", "MK");
    real of_fake = batch_loss(p, &y, exchanged ? REAL_SCORE : FAKE_SCORE);
    for (size_t i = 0; p->accident == SCORE_FAKE_LOST && i < y.N * y.K; i++)
        y.gradient[i] = of_fake = 0;
    *call_output(p->call, "real_loss", "") = of_real;
    *call_output(p->call, "fake_loss", "") = of_fake;
    *call_output(p->call, "loss", "") = c * of_real + c * of_fake;
}

void score_with_accident(struct call *call, score_of_one one)
{
    static const char *const players[] = {"discriminator", "generator", NULL};
    static const char *const reductions[] = {"mean", "sum", NULL};
    static const char *const combinations[] = {"sum", "half", NULL};
    struct problem p = {.accident = call_variant(call), .one = one, .call = call};
    p.summed = call_choice(call, "reduction", reductions);
    p.c = call_choice(call, "combine", combinations) ? R(0.5) : R(1.0);
    if (p.accident == SCORE_GRADIENT_NOT_HALVED)
        p.c = R(1.0);
    p.dloss = call_has(call, "dloss") ? *call_input(call, "dloss", "") : R(1.0);
    if (p.accident == SCORE_UPSTREAM_IGNORED)
        p.dloss = R(1.0);
    if (p.accident == SCORE_GRADIENT_SIGN)
        p.dloss = -p.dloss;
    if (call_choice(call, "player", players) == 0) {
        discriminate(&p);
        return;
    }
    struct batch y = batch_read(&p, "fake", "MK");
    y.gradient = call_output(call, "dfake", "MK");
    real loss = batch_loss(&p, &y, GENERATOR_SCORE);
    *call_output(call, "loss", "") = loss;
}
