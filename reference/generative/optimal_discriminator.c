// SPDX-License-Identifier: MIT
#include "optimal_discriminator.h"

struct grid {
    size_t I, block;
    int normalized, is_distance;
    real unit;            /* log of the base */
    const real *w;        /* NULL: 1 */
    const real *raw[2];   /* p, q as given */
    real *p[2], total[2]; /* as used; what they were divided by */
    real *log1p_u[2];     /* log1p(u), log1p(-u); 0 where its own p is 0 */
    real half[2];         /* J_p, J_q */
    real *term;
};

static real weight_of(const struct grid *g, size_t i)
{
    return g->w ? g->w[i] : R(1.0);
}

static void check(struct call *call, const char *name, const real *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!(x[i] >= 0))
            call_fail(call, "element %zu of input '%s' is negative", i, name);
}

static real sum(const struct grid *g)
{
    return sum_samples(g->I, g->block, g->term, 1);
}

/* Copies p and q, divided by their sums if that is asked for. */
static void read_density(struct call *call, struct grid *g, int which)
{
    const char *name = which ? "q" : "p";
    g->p[which] = call_scratch(call, g->I);
    check(call, name, g->raw[which], g->I);
    for (size_t i = 0; i < g->I; i++)
        g->term[i] = weight_of(g, i) * g->raw[which][i];
    g->total[which] = g->normalized ? sum(g) : R(1.0);
    if (!(g->total[which] > 0))
        call_fail(call, "input '%s' adds up to 0, and cannot be normalised", name);
    for (size_t i = 0; i < g->I; i++)
        g->p[which][i] = g->normalized ? g->raw[which][i] / g->total[which] : g->raw[which][i];
}

static void read_grid(struct call *call, struct grid *g)
{
    static const char *const yes_no[] = {"no", "yes", NULL};
    static const char *const measures[] = {"divergence", "distance", NULL};
    static const char *const bases[] = {"nats", "bits", NULL};
    g->raw[0] = call_input(call, "p", "I");
    g->raw[1] = call_input(call, "q", "I");
    g->I = call_size(call, 'I');
    g->block = call_block(call);
    g->w = call_has(call, "weight") ? call_input(call, "weight", "I") : NULL;
    if (g->w)
        check(call, "weight", g->w, g->I);
    g->normalized = call_choice(call, "normalization", yes_no);
    g->is_distance = call_choice(call, "measure", measures);
    g->unit = call_choice(call, "base", bases) ? real_log(R(2.0)) : R(1.0);
    g->term = call_scratch(call, g->I);
    read_density(call, g, 0);
    read_density(call, g, 1);
}

/* D*, and log1p(+-u). */
static void find_optimum(struct call *call, struct grid *g)
{
    static const char *const both_zero[] = {"half", "zero", NULL};
    real nowhere = call_choice(call, "both_zero", both_zero) ? R(0.0) : R(0.5);
    real *optimal = call_output(call, "optimal", "I");
    g->log1p_u[0] = call_scratch(call, g->I);
    g->log1p_u[1] = call_scratch(call, g->I);
    for (size_t i = 0; i < g->I; i++) {
        real p = g->p[0][i], q = g->p[1][i];
        if (!(p + q > 0)) {
            optimal[i] = nowhere;
            continue;
        }
        real u = (p - q) / (p + q);
        optimal[i] = p / (p + q);
        g->log1p_u[0][i] = p > 0 ? real_log1p(u) : R(0.0);
        g->log1p_u[1][i] = q > 0 ? real_log1p(-u) : R(0.0);
    }
}

/* Losses, halves of the divergence, accuracy. */
static void add_up(struct call *call, struct grid *g)
{
    real log_two = real_log(R(2.0)), loss[2];
    for (int k = 0; k < 2; k++) {
        for (size_t i = 0; i < g->I; i++)
            g->term[i] = weight_of(g, i) * g->p[k][i] * (g->log1p_u[k][i] - log_two);
        loss[k] = -sum(g);
        for (size_t i = 0; i < g->I; i++)
            g->term[i] = weight_of(g, i) * g->p[k][i] * g->log1p_u[k][i];
        g->half[k] = sum(g) / 2;
    }
    for (size_t i = 0; i < g->I; i++)
        g->term[i] = weight_of(g, i) * real_abs(g->p[0][i] - g->p[1][i]);
    *call_output(call, "real_loss", "") = loss[0];
    *call_output(call, "fake_loss", "") = loss[1];
    *call_output(call, "value", "") = -(loss[0] + loss[1]);
    *call_output(call, "accuracy", "") = (1 + sum(g) / 2) / 2;
}

/* What another discriminator gets. */
static void play(struct call *call, struct grid *g)
{
    const real *d = call_input(call, "discriminator", "I");
    for (size_t i = 0; i < g->I; i++) {
        if (!(d[i] > 0 && d[i] < 1))
            call_fail(call, "element %zu of input 'discriminator' is not between 0 and 1", i);
        g->term[i] =
            weight_of(g, i) * (g->p[0][i] * real_log(d[i]) + g->p[1][i] * real_log1p(-d[i]));
    }
    *call_output(call, "played", "") = sum(g);
}

static void differentiate(struct call *call, struct grid *g, real measured)
{
    real upstream = *call_input(call, "djensen_shannon", "") / g->unit;
    if (g->is_distance && !(measured > 0))
        call_fail(call, "input 'djensen_shannon' asks for the gradient of a distance of 0");
    if (g->is_distance)
        upstream = upstream / (2 * measured);
    for (size_t i = 0; i < g->I; i++)
        if ((g->p[0][i] > 0) != (g->p[1][i] > 0))
            call_fail(call, "input 'djensen_shannon' asks for a gradient that is infinite at %zu",
                      i);
    for (int k = 0; k < 2; k++) {
        real *dp = call_output(call, k ? "dq" : "dp", "I");
        real mean = g->normalized ? g->half[k] : R(0.0);
        for (size_t i = 0; i < g->I; i++)
            dp[i] = weight_of(g, i) / g->total[k] * (g->log1p_u[k][i] / 2 - mean) * upstream;
    }
}

void optimal_discriminator_answer(struct call *call)
{
    struct grid g = {.normalized = 0};
    read_grid(call, &g);
    find_optimum(call, &g);
    add_up(call, &g);
    real divergence = (g.half[0] + g.half[1]) / g.unit;
    if (g.is_distance)
        divergence = divergence > 0 ? real_sqrt(divergence) : R(0.0);
    *call_output(call, "jensen_shannon", "") = divergence;
    if (call_has(call, "discriminator"))
        play(call, &g);
    if (call_has(call, "djensen_shannon"))
        differentiate(call, &g, divergence);
}
