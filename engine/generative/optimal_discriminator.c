// SPDX-License-Identifier: MIT
/* The best discriminator; definition in reference/generative/optimal_discriminator.h.
 *
 * How it is distributed: the cells of the grid are sharded. What crosses the network: the sums of p
 * and q when they are to be normalised; then, in one sum, the two losses, the two halves of the
 * divergence, the distance |p - q|, and the value of another discriminator; chains over the cells
 * of a canonical block, then the fixed tree over the blocks. Whether a case is impossible is
 * decided from the whole inputs, which every rank has.
 */
#include "../losses/loss.h"

enum { REAL_LOSS, FAKE_LOSS, REAL_HALF, FAKE_HALF, VARIATION, PLAYED, SUMS };

struct grid {
    size_t I, rows;
    bool normalized, is_distance;
    scalar unit, total[2];
    const scalar *w; /* NULL: 1 */
    scalar *p[2], *log[2];
};

static scalar weight_of(const struct grid *g, size_t i)
{
    return g->w != NULL ? g->w[i] : 1;
}

static const scalar *checked(struct question *q, const char *name, size_t *count)
{
    const scalar *whole = question_input(q, name, "I");
    *count = question_size(q, 'I');
    for (size_t i = 0; i < *count; i++)
        if (!(whole[i] >= 0))
            question_refuse(q, "element %zu of its '%s' is negative; give 0 or more", i, name);
    return question_input(q, name, "[I]");
}

static void read_density(struct question *q, struct grid *g, int which, const scalar *raw)
{
    const char *name = which == 0 ? "p" : "q";
    scalar *mass = question_scratch(q, g->rows);
    g->p[which] = question_scratch(q, g->rows);
    for (size_t i = 0; i < g->rows; i++)
        mass[i] = weight_of(g, i) * raw[i];
    g->total[which] = 1;
    if (g->normalized)
        loss_sum_rows(q, 'I', 1, mass, &g->total[which]);
    if (!(g->total[which] > 0))
        question_refuse(q, "its '%s' adds up to 0 and cannot be normalised", name);
    for (size_t i = 0; i < g->rows; i++)
        g->p[which][i] = g->normalized ? raw[i] / g->total[which] : raw[i];
}

static struct grid read_grid(struct question *q)
{
    static const char *const no_yes[] = {"no", "yes", NULL};
    static const char *const measures[] = {"divergence", "distance", NULL};
    static const char *const bases[] = {"nats", "bits", NULL};
    struct grid g = {.normalized = false};
    const scalar *p = checked(q, "p", &g.I), *generated = checked(q, "q", &g.I);
    g.rows = question_part(q, 'I');
    g.w = question_has(q, "weight") ? checked(q, "weight", &g.I) : NULL;
    g.normalized = question_choice(q, "normalization", no_yes) == 1;
    g.is_distance = question_choice(q, "measure", measures) == 1;
    g.unit = 1;
    if (question_choice(q, "base", bases) == 1)
        question_team(q)->kernels->logarithm(1, &g.unit, &(scalar){2});
    read_density(q, &g, 0, p);
    read_density(q, &g, 1, generated);
    return g;
}

static void find_optimum(struct question *q, struct grid *g)
{
    static const char *const both_zero[] = {"half", "zero", NULL};
    const scalar nowhere = question_choice(q, "both_zero", both_zero) == 1 ? 0 : (scalar)0.5;
    const struct kernels *kernels = question_team(q)->kernels;
    scalar *optimal = question_output(q, "optimal", "[I]");
    for (int k = 0; k < 2; k++) {
        const scalar *own = g->p[k], *other = g->p[1 - k];
        g->log[k] = question_scratch(q, g->rows);
        for (size_t i = 0; i < g->rows; i++)
            g->log[k][i] = own[i] > 0 ? (own[i] - other[i]) / (own[i] + other[i]) : 0;
        kernels->logarithm_one_plus(g->rows, g->log[k], g->log[k]);
    }
    for (size_t i = 0; i < g->rows; i++) {
        const scalar both = g->p[0][i] + g->p[1][i];
        optimal[i] = both > 0 ? g->p[0][i] / both : nowhere;
    }
}

/* The terms of another discriminator. */
static void play(struct question *q, const struct grid *g, scalar *terms)
{
    const struct kernels *kernels = question_team(q)->kernels;
    const scalar *whole = question_input(q, "discriminator", "I");
    for (size_t i = 0; i < g->I; i++)
        if (!(whole[i] > 0 && whole[i] < 1))
            question_refuse(q, "element %zu of its 'discriminator' is not between 0 and 1", i);
    const scalar *d = question_input(q, "discriminator", "[I]");
    scalar *yes = question_scratch(q, g->rows), *no = question_scratch(q, g->rows);
    for (size_t i = 0; i < g->rows; i++)
        no[i] = -d[i];
    kernels->logarithm(g->rows, yes, d);
    kernels->logarithm_one_plus(g->rows, no, no);
    for (size_t i = 0; i < g->rows; i++)
        terms[i * SUMS + PLAYED] = weight_of(g, i) * (g->p[0][i] * yes[i] + g->p[1][i] * no[i]);
}

static void add_up(struct question *q, const struct grid *g, scalar total[SUMS])
{
    scalar log_two, *terms = question_scratch(q, g->rows * SUMS);
    question_team(q)->kernels->logarithm(1, &log_two, &(scalar){2});
    if (question_has(q, "discriminator"))
        play(q, g, terms);
    for (size_t i = 0; i < g->rows; i++) {
        scalar *term = terms + i * SUMS;
        for (int k = 0; k < 2; k++) {
            const scalar mass = weight_of(g, i) * g->p[k][i];
            term[REAL_LOSS + k] = mass * (g->log[k][i] - log_two);
            term[REAL_HALF + k] = mass * g->log[k][i];
        }
        term[VARIATION] = weight_of(g, i) * scalar_absolute(g->p[0][i] - g->p[1][i]);
    }
    loss_sum_rows(q, 'I', SUMS, terms, total);
}

static void differentiate(struct question *q, const struct grid *g, const scalar half[2],
                          scalar measured)
{
    scalar upstream = *question_input(q, "djensen_shannon", "") / g->unit;
    const scalar *p = question_input(q, "p", "I"), *generated = question_input(q, "q", "I");
    if (g->is_distance && !(measured > 0))
        question_refuse(q, "its 'djensen_shannon' asks for the gradient of a distance of 0");
    if (g->is_distance)
        upstream /= 2 * measured;
    for (size_t i = 0; i < g->I; i++)
        if ((p[i] > 0) != (generated[i] > 0))
            question_refuse(q, "its 'djensen_shannon' asks for a gradient that is infinite at %zu",
                            i);
    for (int k = 0; k < 2; k++) {
        scalar *dp = question_output(q, k == 0 ? "dp" : "dq", "[I]");
        const scalar mean = g->normalized ? half[k] : 0;
        for (size_t i = 0; i < g->rows; i++)
            dp[i] = weight_of(g, i) / g->total[k] * (g->log[k][i] / 2 - mean) * upstream;
    }
}

void optimal_discriminator_run(struct question *q)
{
    struct grid g = read_grid(q);
    scalar total[SUMS];
    find_optimum(q, &g);
    add_up(q, &g, total);
    const scalar half[] = {total[REAL_HALF] / 2, total[FAKE_HALF] / 2};
    scalar divergence = (half[0] + half[1]) / g.unit;
    if (g.is_distance)
        divergence = divergence > 0 ? scalar_sqrt(divergence) : 0;
    question_output(q, "real_loss", "")[0] = -total[REAL_LOSS];
    question_output(q, "fake_loss", "")[0] = -total[FAKE_LOSS];
    question_output(q, "value", "")[0] = -(-total[REAL_LOSS] + -total[FAKE_LOSS]);
    question_output(q, "accuracy", "")[0] = (1 + total[VARIATION] / 2) / 2;
    question_output(q, "jensen_shannon", "")[0] = divergence;
    if (question_has(q, "discriminator"))
        question_output(q, "played", "")[0] = total[PLAYED];
    if (question_has(q, "djensen_shannon"))
        differentiate(q, &g, half, divergence);
}
