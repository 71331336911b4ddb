// SPDX-License-Identifier: MIT
#include "normal_sets.h"

#include <string.h>

/* What an operation keeps of one sample, in the order of its sets. */
struct kept {
    scalar *x_hat, *slope, *dy, *gradient; /* (sets length) each */
    scalar *divisor;                       /* (sets) */
};

static size_t kept_size(const struct normal_sets *sets)
{
    return 4 * sets->sets * sets->length + sets->sets;
}

static struct kept kept_of(const struct node *node, size_t row)
{
    const struct normal_sets *sets = node->settings;
    const size_t width = sets->sets * sets->length;
    scalar *at = node->scratch + row * kept_size(sets);
    return (struct kept){at, at + width, at + 2 * width, at + 3 * width, at + 4 * width};
}

/* v (length) becomes x_hat; slope (length) for the backward pass; returns the divisor. */
static scalar standardize(const struct team *team, const struct normal_sets *sets, scalar *v,
                          scalar *slope)
{
    const size_t n = sets->length;
    scalar mean = 0, squares, root;
    for (size_t i = 0; i < n; i++)
        mean += v[i];
    mean /= (scalar)n;
    for (size_t i = 0; i < n; i++)
        v[i] -= mean;
    team_row_products(team, 1, n, v, v, &squares);
    scalar s = smoothing_divisor(&sets->smoothing, squares / (scalar)(n - sets->ddof), &root);
    for (size_t i = 0; i < n; i++) {
        slope[i] = root > 0 ? v[i] / root : 0;
        v[i] /= s;
    }
    return s;
}

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    const struct normal_sets *sets = node->settings;
    const size_t L = sets->length, width = sets->sets * L;
    const scalar *gamma = node->parameter, *beta = gamma + sets->channels;
    for (size_t r = 0; r < rows; r++) {
        const scalar *x = node->input[0]->value + r * width;
        scalar *y = node->output->value + r * width;
        struct kept kept = kept_of(node, r);
        for (size_t k = 0; k < width; k++)
            kept.x_hat[k] = x[sets->place[k]];
        for (size_t j = 0; j < sets->sets; j++)
            kept.divisor[j] = standardize(team, sets, kept.x_hat + j * L, kept.slope + j * L);
        for (size_t k = 0; k < width; k++) {
            size_t c = sets->channel[k];
            y[sets->place[k]] = gamma[c] * kept.x_hat[k] + beta[c];
        }
    }
}

/* g (length) is gamma dy and becomes dx. */
static void set_backward(const struct team *team, const struct normal_sets *sets, scalar *g,
                         const scalar *x_hat, const scalar *slope, scalar s)
{
    const size_t n = sets->length;
    scalar a = 0, b;
    for (size_t i = 0; i < n; i++)
        a += g[i];
    a /= (scalar)n;
    team_row_products(team, 1, n, g, x_hat, &b);
    b /= (scalar)(n - sets->ddof);
    for (size_t i = 0; i < n; i++)
        g[i] = (g[i] - a - slope[i] * b) / s;
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    const struct normal_sets *sets = node->settings;
    const size_t L = sets->length, width = sets->sets * L;
    for (size_t r = 0; r < rows; r++) {
        const scalar *dy = node->output->gradient + r * width;
        scalar *dx = node->dx[0] + r * width;
        struct kept kept = kept_of(node, r);
        for (size_t k = 0; k < width; k++) {
            kept.dy[k] = dy[sets->place[k]];
            kept.gradient[k] = node->parameter[sets->channel[k]] * kept.dy[k];
        }
        for (size_t j = 0; j < sets->sets; j++)
            set_backward(team, sets, kept.gradient + j * L, kept.x_hat + j * L, kept.slope + j * L,
                         kept.divisor[j]);
        for (size_t k = 0; k < width; k++)
            dx[sets->place[k]] = kept.gradient[k];
    }
}

/* dgamma and dbeta: of every channel one chain through samples and positions. */
static void sum(const struct team *team, const struct node *node, struct piece piece, scalar *leaf)
{
    const struct normal_sets *sets = node->settings;
    const size_t width = sets->sets * sets->length, run = sets->run;
    for (size_t r = piece.first; r < piece.first + piece.count; r++) {
        struct kept kept = kept_of(node, r);
        for (size_t k = 0; k < width; k += run) {
            size_t c = sets->channel[k];
            team->kernels->matrix_product(false, false, 1, 1, run, kept.dy + k, run, kept.x_hat + k,
                                          1, leaf + c, 1);
            for (size_t p = 0; p < run; p++)
                leaf[sets->channels + c] += kept.dy[k + p];
        }
    }
}

static const struct operation normal_sets_operation = {"normal_sets", forward, backward, sum};

void normal_sets_prepare(struct question *q, struct normal_sets *sets)
{
    static const char *const deviations[] = {"population", "sample", NULL};
    const size_t width = sets->sets * sets->length;
    sets->smoothing = smoothing_read(q, (scalar)1e-5);
    sets->ddof = question_choice(q, "deviation", deviations) == 1;
    if (sets->length <= sets->ddof)
        question_refuse(
            q, "its statistics are over %zu values; its convention 'deviation' needs at least %zu",
            sets->length, sets->ddof + 1);
    sets->place = arena_take(question_arena(q), width, sizeof *sets->place);
    sets->channel = arena_take(question_arena(q), width, sizeof *sets->channel);
}

void normal_sets_run(struct question *q, const struct normal_sets *sets, const scalar *x,
                     const char *shape)
{
    const size_t C = sets->channels, width = sets->sets * sets->length;
    const size_t rows = question_part(q, 'N'), bytes = rows * width * sizeof *x;
    struct tape *tape = tape_create(question_arena(q), question_team(q), rows);
    struct tensor *in = tape_tensor(tape, width, true);
    struct tensor *out = tape_record(tape, &(struct use){.operation = &normal_sets_operation,
                                                         .settings = sets,
                                                         .input = {in},
                                                         .columns = width,
                                                         .parameters = 2 * C,
                                                         .sums = 2 * C,
                                                         .scratch = rows * kept_size(sets)});
    tape_ready(tape);
    memcpy(in->value, x, bytes);
    memcpy(tape->parameter, maps_parameter(q, "gamma", 1), C * sizeof *x);
    memcpy(tape->parameter + C, maps_parameter(q, "beta", 0), C * sizeof *x);
    tape_forward(tape, rows);
    scalar *divisor = question_scratch(q, rows * sets->sets);
    for (size_t r = 0; r < rows; r++)
        memcpy(divisor + r * sets->sets, kept_of(&tape->node[0], r).divisor,
               sets->sets * sizeof *divisor);
    smoothing_demand(q, divisor, rows * sets->sets, 1);
    memcpy(question_output(q, "y", shape), out->value, bytes);
    if (!question_has(q, "dy"))
        return;
    memcpy(out->gradient, question_input(q, "dy", shape), bytes);
    out->has_gradient = true;
    tape_backward(tape, rows);
    memcpy(question_output(q, "dx", shape), in->gradient, bytes);
    scalar *total = question_scratch(q, 2 * C);
    struct reduction *over_samples = question_sum(q, 'N', 2 * C);
    tape_sum(tape, over_samples);
    reduction_finish(over_samples, total);
    memcpy(question_output(q, "dgamma", "C"), total, C * sizeof *x);
    memcpy(question_output(q, "dbeta", "C"), total + C, C * sizeof *x);
}

void normal_sets_of_groups(struct question *q, size_t groups, bool strided)
{
    const scalar *x;
    const struct maps maps = maps_read(q, &x);
    const size_t G = groups != 0 ? groups : maps.C;
    if (maps.C % G != 0)
        question_refuse(
            q, "its %zu channels cannot be cut by its number 'groups', %zu; choose a divisor",
            maps.C, G);
    struct normal_sets sets = {
        .sets = G, .length = maps.C / G * maps.P, .run = maps.P, .channels = maps.C};
    normal_sets_prepare(q, &sets);
    for (size_t k = 0; k < maps.C * maps.P; k++) {
        size_t j = k / maps.P, p = k % maps.P, in_group = maps.C / G;
        size_t c = strided ? j % in_group * G + j / in_group : j;
        sets.channel[k] = c;
        sets.place[k] = maps.channels_last ? p * maps.C + c : c * maps.P + p;
    }
    normal_sets_run(q, &sets, x, maps.shape);
}
