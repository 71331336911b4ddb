// SPDX-License-Identifier: MIT
/* Sharpness; definition in reference/foundations/sharpness.h.
 *
 * How it is distributed: the samples are sharded, parameters and directions are whole on every
 * rank. Activations, errors and slopes of this rank's samples are made once. Each step sums the
 * products of its samples over canonical blocks, one vector of all parameters, and every rank turns
 * its copy of the direction alike.
 */
#include "../techniques.h"

#include <string.h>

struct loss {
    const struct team *team;
    bool network, norm, sum, gauss_newton;
    size_t N, rows, D, H, P;
    const scalar *x, *w1, *b1, *w2, *t;
    scalar b2, f, l2, shift, rate;
    scalar *z, *a, *steep;          /* (rows,H); steep: 1 - a^2 */
    scalar *o, *e;                  /* (rows); logistic: e is q (1 - q) */
    scalar *moved, *turn, *out;     /* (rows,H) along a direction */
    scalar *down;                   /* (rows) */
    struct reduction *over_samples; /* (P) */
};

static scalar dot(const struct loss *loss, const scalar *a, const scalar *b)
{
    scalar s = 0;
    team_product(loss->team, true, false, 1, 1, loss->P, a, 1, b, 1, &s, 1);
    return s;
}

/* y (rows,columns) = b + x w; x (rows,inner). */
static void affine(const struct loss *loss, scalar *y, const scalar *b, const scalar *x,
                   const scalar *w, size_t columns, size_t inner)
{
    for (size_t n = 0; n < loss->rows; n++)
        memcpy(y + n * columns, b, columns * sizeof *y);
    if (loss->rows > 0 && columns > 0 && inner > 0)
        team_product(loss->team, false, false, loss->rows, columns, inner, x, inner, w, columns, y,
                     columns);
}

static void run_logistic(struct loss *loss, const scalar *w)
{
    const scalar zero = 0;
    affine(loss, loss->o, &zero, loss->x, w, 1, loss->D);
    for (size_t n = 0; n < loss->rows; n++)
        loss->e[n] = -scalar_absolute(loss->o[n]);
    loss->team->kernels->exponential(loss->rows, loss->e, loss->e);
    for (size_t n = 0; n < loss->rows; n++) {
        const scalar q = (loss->o[n] < 0 ? loss->e[n] : 1) / (1 + loss->e[n]);
        loss->e[n] = q * (1 - q);
    }
}

static void run_network(struct loss *loss)
{
    const size_t H = loss->H, all = loss->rows * H;
    affine(loss, loss->z, loss->b1, loss->x, loss->w1, H, loss->D);
    loss->team->kernels->hyperbolic_tangent(all, loss->a, loss->z);
    for (size_t i = 0; i < all; i++)
        loss->steep[i] = 1 - loss->a[i] * loss->a[i];
    affine(loss, loss->o, &loss->b2, loss->a, loss->w2, 1, H);
    for (size_t n = 0; n < loss->rows; n++)
        loss->e[n] = loss->f * (loss->o[n] - loss->t[n]);
}

/* What this rank's samples do along v. */
static void move(const struct loss *loss, const scalar *v)
{
    const scalar zero = 0;
    if (!loss->network) {
        affine(loss, loss->down, &zero, loss->x, v, 1, loss->D);
        for (size_t n = 0; n < loss->rows; n++)
            loss->down[n] = loss->e[n] * loss->down[n];
        return;
    }
    const size_t H = loss->H;
    const scalar *b1 = v + loss->D * H, *w2 = b1 + H;
    affine(loss, loss->moved, b1, loss->x, v, H, loss->D);
    for (size_t i = 0; i < loss->rows * H; i++)
        loss->moved[i] = loss->steep[i] * loss->moved[i];
    affine(loss, loss->down, w2 + H, loss->moved, loss->w2, 1, H);
    if (loss->rows > 0)
        team_product(loss->team, false, false, loss->rows, 1, H, loss->a, H, w2, 1, loss->down, 1);
    for (size_t n = 0; n < loss->rows; n++)
        loss->down[n] = loss->f * loss->down[n];
    for (size_t i = 0; i < loss->rows * H; i++) {
        const scalar own = loss->w2[i % H], down = loss->down[i / H], a = loss->a[i];
        const scalar e = loss->e[i / H], moved = loss->moved[i];
        if (loss->gauss_newton) {
            loss->out[i] = a * down;
            loss->turn[i] = loss->steep[i] * (own * down);
        } else {
            loss->out[i] = moved * e + a * down;
            loss->turn[i] =
                loss->steep[i] * (w2[i % H] * e + own * down) - 2 * a * moved * (own * e);
        }
    }
}

/* Adds one piece's samples to the product. */
static void add_piece(const struct loss *loss, struct piece piece, scalar *leaf)
{
    const size_t D = loss->D, H = loss->H, first = piece.first;
    const scalar *x = loss->x + first * D;
    if (!loss->network) {
        team_product(loss->team, true, false, D, 1, piece.count, x, D, loss->down + first, 1, leaf,
                     1);
        return;
    }
    team_product(loss->team, true, false, D, H, piece.count, x, D, loss->turn + first * H, H, leaf,
                 H);
    leaf += D * H;
    for (size_t n = first; n < first + piece.count; n++) {
        for (size_t h = 0; h < H; h++) {
            leaf[h] += loss->turn[n * H + h];
            leaf[H + h] += loss->out[n * H + h];
        }
        leaf[2 * H] += loss->down[n];
    }
}

/* y (P) = (H + shift) v. Collective. */
static void multiply(const struct loss *loss, scalar *y, const scalar *v)
{
    const scalar more = loss->l2 + loss->shift;
    move(loss, v);
    for (size_t i = 0; i < reduction_pieces(loss->over_samples); i++) {
        add_piece(loss, reduction_piece(loss->over_samples, i), reduction_leaf(loss->over_samples));
        reduction_push(loss->over_samples);
    }
    reduction_finish(loss->over_samples, y);
    for (size_t p = 0; p < loss->P; p++)
        y[p] = (loss->sum ? y[p] : y[p] / (scalar)loss->N) + more * v[p];
}

static void read_conventions(struct question *q, struct loss *loss)
{
    static const char *const models[] = {"logistic", "network", NULL};
    static const char *const estimates[] = {"rayleigh", "norm", NULL};
    static const char *const reductions[] = {"mean", "sum", NULL};
    static const char *const errors[] = {"squared", "half_squared", NULL};
    static const char *const curvatures[] = {"hessian", "gauss_newton", NULL};
    loss->network = question_choice(q, "model", models) == 1;
    loss->norm = question_choice(q, "estimate", estimates) == 1;
    loss->sum = question_choice(q, "reduction", reductions) == 1;
    loss->f = question_choice(q, "error", errors) == 1 ? 1 : 2;
    loss->gauss_newton = question_choice(q, "curvature", curvatures) == 1;
    loss->rate = question_number_or(q, "rate", 1);
    loss->l2 = question_number_or(q, "l2", 0);
    loss->shift = question_number_or(q, "shift", 0);
    if (!(loss->l2 >= 0))
        question_refuse(q, "its number 'l2' is negative and would reward large weights");
    if (!(loss->rate > 0))
        question_refuse(q, "its number 'rate' is not positive; nothing would move");
}

static struct loss read_loss(struct question *q)
{
    struct loss loss = {.team = question_team(q)};
    read_conventions(q, &loss);
    loss.x = question_input(q, "x", "[N]D");
    loss.N = question_size(q, 'N');
    loss.D = question_size(q, 'D');
    const size_t rows = loss.rows = question_part(q, 'N');
    if (loss.N == 0)
        question_refuse(q, "its input 'x' has no samples; give at least one");
    if (loss.network) {
        loss.w1 = question_input(q, "w1", "DH");
        loss.b1 = question_input(q, "b1", "H");
        loss.w2 = question_input(q, "w2", "H");
        loss.b2 = question_input(q, "b2", "")[0];
        loss.t = question_input(q, "t", "[N]");
        loss.H = question_size(q, 'H');
    }
    loss.P = loss.network ? loss.D * loss.H + 2 * loss.H + 1 : loss.D;
    question_bind(q, 'P', loss.P);
    scalar **of_units[] = {&loss.z, &loss.a, &loss.steep, &loss.moved, &loss.turn, &loss.out};
    scalar **of_samples[] = {&loss.o, &loss.e, &loss.down};
    for (size_t i = 0; i < sizeof of_units / sizeof *of_units; i++)
        *of_units[i] = question_scratch(q, rows * loss.H);
    for (size_t i = 0; i < sizeof of_samples / sizeof *of_samples; i++)
        *of_samples[i] = question_scratch(q, rows);
    loss.over_samples = question_sum(q, 'N', loss.P);
    return loss;
}

void sharpness_run(struct question *q)
{
    struct loss loss = read_loss(q);
    const scalar *w = loss.network ? NULL : question_input(q, "w", "P");
    const scalar *start = question_input(q, "start", "P");
    const size_t S = question_count(q, "steps", 1, 1 << 16), P = loss.P;
    question_bind(q, 'S', S);
    scalar *eigenvalue = question_output(q, "eigenvalue", "S");
    scalar *residual = question_output(q, "residual", "S");
    scalar *v = question_output(q, "direction", "P"), *y = question_scratch(q, P);
    scalar length = scalar_sqrt(dot(&loss, start, start));
    if (!(length > 0))
        question_refuse(q, "its input 'start' is 0 and has no direction");
    for (size_t p = 0; p < P; p++)
        v[p] = start[p] / length;
    if (loss.network)
        run_network(&loss);
    else
        run_logistic(&loss, w);
    for (size_t s = 0; s < S; s++) {
        multiply(&loss, y, v);
        const scalar along = dot(&loss, v, y);
        length = scalar_sqrt(dot(&loss, y, y));
        if (!(length > 0))
            question_refuse(q, "the loss of its input 'x' is flat: H v is 0 at step %zu", s + 1);
        for (size_t p = 0; p < P; p++) {
            const scalar rest = y[p] - along * v[p];
            v[p] = y[p] / length;
            y[p] = rest;
        }
        residual[s] = scalar_sqrt(dot(&loss, y, y));
        eigenvalue[s] = (loss.norm ? length : along) - loss.shift;
    }
    question_output(q, "stable", "")[0] = eigenvalue[S - 1] <= 2 / loss.rate;
}
