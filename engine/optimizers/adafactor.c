// SPDX-License-Identifier: MIT
/* Adafactor; definition in reference/optimizers/adafactor.h.
 *
 * How it is distributed: rows are sharded as samples are, in canonical blocks of `block` rows;
 * every rank holds all column means. Three sums cross the network in a step: the column sums,
 * together with the squares of the weights; the sum of the row means; the squares of the update.
 * All are added per block, then in the fixed tree over the blocks.
 */
#include "optimizer.h"

#include <string.h>

struct settings {
    bool clamped, relative_step, scale_parameter;
    scalar epsilon1, epsilon2, power, clip, decay;
};

/* This rank's n rows of R; all columns. */
struct shard {
    const struct team *team;
    size_t R, n, C;
    scalar *w, *r, *c, *g, *U; /* (n,C), (n), (C), (n,C), (n,C) */
    scalar *total;             /* (C+1) */
    struct reduction *columns, *one;
};

static struct settings read_settings(struct question *q)
{
    static const char *const forms[] = {"added", "clamped", NULL};
    static const char *const yes_no[] = {"yes", "no", NULL};
    return (struct settings){
        .clamped = question_choice(q, "epsilon_form", forms) == 1,
        .relative_step = question_choice(q, "relative_step", yes_no) == 0,
        .scale_parameter = question_choice(q, "scale_parameter", yes_no) == 0,
        .epsilon1 = updates_positive(q, "epsilon1"),
        .epsilon2 = updates_positive(q, "epsilon2"),
        .power = updates_positive(q, "decay_power"),
        .clip = updates_positive_or(q, "clip", 0),
        .decay = question_number_or(q, "weight_decay", 0),
    };
}

/* t^-power. */
static scalar power_of(const struct team *team, size_t t, scalar power)
{
    scalar x = (scalar)t;
    team->kernels->logarithm(1, &x, &x);
    x = -(power * x);
    team->kernels->exponential(1, &x, &x);
    return x;
}

static scalar sum_of_squares(size_t count, const scalar *x)
{
    scalar sum = 0;
    for (size_t j = 0; j < count; j++)
        sum = sum + x[j] * x[j];
    return sum;
}

/* Both means, and the mean square of all weights, which is returned. */
static scalar find_means(struct shard *k, size_t t, const struct settings *settings)
{
    const size_t C = k->C;
    const scalar kept = 1 - power_of(k->team, t, settings->power);
    const scalar added = settings->clamped ? 0 : settings->epsilon1;
    for (size_t b = 0; b < reduction_pieces(k->columns); b++) {
        const struct piece piece = reduction_piece(k->columns, b);
        scalar *leaf = reduction_leaf(k->columns);
        for (size_t i = piece.first; i < piece.first + piece.count; i++) {
            scalar row = 0;
            for (size_t j = 0; j < C; j++) {
                const scalar q = k->g[i * C + j] * k->g[i * C + j] + added;
                row = row + q;
                leaf[j] = leaf[j] + q;
            }
            k->r[i] = kept * k->r[i] + (1 - kept) * (row / (scalar)C);
            leaf[C] = leaf[C] + sum_of_squares(C, k->w + i * C);
        }
        reduction_push(k->columns);
    }
    reduction_finish(k->columns, k->total);
    for (size_t j = 0; j < C; j++)
        k->c[j] = kept * k->c[j] + (1 - kept) * (k->total[j] / (scalar)k->R);
    return k->total[C] / (scalar)(k->R * C);
}

/* The sum over all rows of what the function makes of a row. */
static scalar sum_rows(struct shard *k, scalar (*row)(const struct shard *, size_t i))
{
    scalar sum;
    for (size_t b = 0; b < reduction_pieces(k->one); b++) {
        const struct piece piece = reduction_piece(k->one, b);
        scalar *leaf = reduction_leaf(k->one);
        for (size_t i = piece.first; i < piece.first + piece.count; i++)
            leaf[0] = leaf[0] + row(k, i);
        reduction_push(k->one);
    }
    reduction_finish(k->one, &sum);
    return sum;
}

static scalar row_mean(const struct shard *k, size_t i)
{
    return k->r[i];
}

static scalar row_of_update(const struct shard *k, size_t i)
{
    return sum_of_squares(k->C, k->U + i * k->C);
}

static void find_update(struct shard *k, const struct settings *settings)
{
    scalar mean = sum_rows(k, row_mean) / (scalar)k->R;
    const scalar least = settings->epsilon1 * settings->epsilon1;
    if (settings->clamped && mean < settings->epsilon1)
        mean = settings->epsilon1;
    for (size_t i = 0; i < k->n; i++) {
        const scalar share = k->r[i] / mean;
        for (size_t j = 0; j < k->C; j++) {
            scalar v = share * k->c[j];
            if (settings->clamped && v < least)
                v = least;
            k->U[i * k->C + j] = k->g[i * k->C + j] / scalar_sqrt(v);
        }
    }
}

static void move(struct shard *k, scalar shrink, scalar step, scalar divisor)
{
    for (size_t i = 0; i < k->n * k->C; i++) {
        const scalar w = shrink != 0 ? k->w[i] - shrink * k->w[i] : k->w[i];
        k->w[i] = w - step * (divisor > 1 ? k->U[i] / divisor : k->U[i]);
    }
}

static void take(scalar *to, struct question *q, const char *name, const char *shape, size_t count)
{
    if (question_has(q, name) && count)
        memcpy(to, question_input(q, name, shape), count * sizeof *to);
}

void adafactor_run(struct question *q)
{
    static const char *const no_yes[] = {"no", "yes", NULL};
    const scalar *g = question_input(q, "g", "S[R]C"), *w = question_input(q, "w", "[R]C");
    const scalar *rate = question_input(q, "rate", "S");
    const struct settings settings = read_settings(q);
    const scalar sign = question_choice(q, "maximize", no_yes) ? -1 : 1;
    const size_t S = question_size(q, 'S'), n = question_part(q, 'R'), C = question_size(q, 'C');
    struct shard k = {question_team(q),
                      question_size(q, 'R'),
                      n,
                      C,
                      question_scratch(q, n * C),
                      NULL,
                      question_scratch(q, C),
                      question_scratch(q, n * C),
                      question_scratch(q, n * C),
                      question_scratch(q, C + 1),
                      question_sum(q, 'R', C + 1),
                      question_sum(q, 'R', 1)};
    k.r = question_scratch(q, n);
    if (n)
        memcpy(k.w, w, n * C * sizeof *w);
    take(k.r, q, "r", "[R]", n);
    take(k.c, q, "c", "C", C);
    scalar *w_after = question_output(q, "w_after", "S[R]C");
    scalar *r_after = question_output(q, "r_after", "S[R]");
    scalar *c_after = question_output(q, "c_after", "SC");
    scalar *step = question_output(q, "step", "S"), *update = question_output(q, "update", "S");
    size_t t = updates_first_step(q);
    for (size_t s = 0; s < S; s++, t++) {
        for (size_t i = 0; i < n * C; i++)
            k.g[i] = sign * g[s * n * C + i];
        const scalar weights = scalar_sqrt(find_means(&k, t, &settings));
        find_update(&k, &settings);
        update[s] = scalar_sqrt(sum_rows(&k, row_of_update) / (scalar)(k.R * C));
        const scalar limit = 1 / scalar_sqrt((scalar)t);
        step[s] = settings.relative_step && limit < rate[s] ? limit : rate[s];
        if (settings.scale_parameter)
            step[s] = (weights > settings.epsilon2 ? weights : settings.epsilon2) * step[s];
        move(&k, rate[s] * settings.decay, step[s],
             settings.clip > 0 ? update[s] / settings.clip : 1);
        if (n) {
            memcpy(w_after + s * n * C, k.w, n * C * sizeof *k.w);
            memcpy(r_after + s * n, k.r, n * sizeof *k.r);
        }
        memcpy(c_after + s * C, k.c, C * sizeof *k.c);
    }
}
