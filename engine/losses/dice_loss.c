// SPDX-License-Identifier: MIT
/* Dice and Tversky loss; definition in reference/losses/dice_loss.h.
 *
 * How it is distributed: the samples are sharded. For one overlap of the whole batch three numbers
 * cross the network, the sums I, A and B of all samples, before anybody knows a gradient; for one
 * of each sample a single number does, the sum of the losses. All are chains over a canonical
 * block, then the fixed tree.
 */
#include "loss.h"

struct rules {
    bool tversky, squared;
    scalar alpha, beta, s_n, s_d;
};

/* 1 - F of the sums I, A, B; F and the denominator in their place. */
static scalar overlap(const struct rules *rules, scalar *sums)
{
    const scalar I = sums[0], A = sums[1], B = sums[2];
    const scalar num = rules->tversky ? I + rules->s_n : 2 * I + rules->s_n;
    const scalar wrong = rules->alpha * (A - I), missed = rules->beta * (B - I);
    const scalar den = rules->tversky ? I + wrong + missed + rules->s_d : A + B + rules->s_d;
    sums[0] = num / den;
    sums[1] = den;
    return 1 - sums[0];
}

/* From F and the denominator. */
static scalar slope(const struct rules *rules, const scalar *sums, scalar y, scalar t)
{
    const scalar grown = rules->squared ? 2 * y : 1, F = sums[0], den = sums[1];
    if (!rules->tversky)
        return (F * grown - 2 * t) / den;
    const scalar wrong = rules->alpha * (grown - t), missed = rules->beta * t;
    return (F * (t + wrong - missed) - t) / den;
}

static struct rules read_rules(struct question *q)
{
    static const char *const forms[] = {"dice", "tversky", NULL};
    static const char *const powers[] = {"one", "two", NULL};
    static const char *const places[] = {"denominator", "both", NULL};
    struct rules rules = {.tversky = question_choice(q, "form", forms) == 1,
                          .squared = question_choice(q, "power", powers) == 1,
                          .alpha = question_number_or(q, "alpha", (scalar)0.5),
                          .beta = question_number_or(q, "beta", (scalar)0.5),
                          .s_d = question_number_or(q, "smooth", (scalar)1e-7)};
    rules.s_n = question_choice(q, "smooth_place", places) == 1 ? rules.s_d : 0;
    if (!(rules.s_d > 0))
        question_refuse(q, "its 'smooth' is %g; give more than 0", (double)rules.s_d);
    if (!(rules.alpha >= 0))
        question_refuse(q, "its 'alpha' is %g; give at least 0", (double)rules.alpha);
    if (!(rules.beta >= 0))
        question_refuse(q, "its 'beta' is %g; give at least 0", (double)rules.beta);
    return rules;
}

/* All ranks look at all samples, so they find the same. */
static const scalar *read_chances(struct question *q, const char *name)
{
    const scalar *part = question_input(q, name, "[N]K"), *x = question_input(q, name, "NK");
    const size_t count = question_size(q, 'N') * question_size(q, 'K');
    if (count == 0)
        question_refuse(q, "its '%s' has no elements; give at least one", name);
    for (size_t i = 0; i < count; i++)
        if (!(x[i] >= (scalar)-1e-6 && x[i] - 1 <= (scalar)1e-6))
            question_refuse(q, "element %zu of '%s' is %g; give 0 to 1", i, name, (double)x[i]);
    return part;
}

/* I, A and B (rows,3) of this rank's samples. */
static void add_up(const struct rules *rules, size_t rows, size_t K, const scalar *y,
                   const scalar *t, const scalar *products, scalar *sums)
{
    for (size_t n = 0; n < rows; n++) {
        for (size_t j = 0; j < 3; j++)
            sums[3 * n + j] = products[j * rows + n];
        if (rules->squared)
            continue;
        sums[3 * n + 1] = sums[3 * n + 2] = 0;
        for (size_t i = n * K; i < (n + 1) * K; i++) {
            sums[3 * n + 1] += y[i];
            sums[3 * n + 2] += t[i];
        }
    }
}

void dice_loss_run(struct question *q)
{
    static const char *const overs[] = {"samples", "batch", NULL};
    static const char *const reductions[] = {"mean", "sum", NULL};
    const scalar *y = read_chances(q, "y"), *t = read_chances(q, "t");
    const size_t rows = question_part(q, 'N'), K = question_size(q, 'K');
    const struct rules rules = read_rules(q);
    const bool whole = question_choice(q, "over", overs) == 1;
    const bool summed = question_choice(q, "reduction", reductions) == 1;
    const scalar W = whole || summed ? 1 : (scalar)question_size(q, 'N');
    const scalar dloss = question_has(q, "dloss") ? *question_input(q, "dloss", "") : 1;
    scalar *products = question_scratch(q, 3 * rows), *sums = question_scratch(q, 3 * rows);
    scalar *value = question_scratch(q, rows), all[3], loss = 0;
    team_row_products(question_team(q), rows, K, y, t, products);
    team_row_products(question_team(q), rows, K, y, y, products + rows);
    team_row_products(question_team(q), rows, K, t, t, products + 2 * rows);
    add_up(&rules, rows, K, y, t, products, sums);
    if (whole) {
        loss_sum_rows(q, 'N', 3, sums, all);
        loss = overlap(&rules, all);
    } else {
        for (size_t n = 0; n < rows; n++)
            value[n] = overlap(&rules, &sums[3 * n]);
        loss_sum_rows(q, 'N', 1, value, &loss);
        loss /= W;
    }
    question_output(q, "loss", "")[0] = loss;
    scalar *dy = question_output(q, "dy", "[N]K");
    for (size_t i = 0; i < rows * K; i++)
        dy[i] = slope(&rules, whole ? all : &sums[3 * (i / K)], y[i], t[i]) * dloss / W;
}
