// SPDX-License-Identifier: MIT
/* Nesterov's accelerated gradient; definition in
 * reference/optimizers/nesterov_accelerated_gradient.h.
 *
 * How it is distributed: the rows of A are sharded in canonical blocks, as samples would be; w, v
 * and the point ahead are whole on every rank. A row's contribution to the gradient is the row
 * times one coordinate of the point, since A is symmetric. One vector crosses the network in each
 * step, the gradient: a chain over the rows of a block, then the fixed tree over the blocks. The
 * update is the same on every rank.
 */
#include "optimizer.h"

#include <string.h>

enum form { SUBTRACTED, ADDED, RATE_OUT };
enum schedule { CONSTANT, NESTEROV, LINEAR };

/* The momentum of the step that comes next. */
struct schedule_state {
    enum schedule kind;
    scalar momentum, before, now; /* before, now: Nesterov's k of the last step and of this one */
    size_t t;
};

static void advance(struct schedule_state *state)
{
    state->t++;
    if (state->kind != NESTEROV)
        return;
    state->before = state->now;
    state->now = (1 + scalar_sqrt(1 + 4 * state->before * state->before)) / 2;
}

static scalar momentum_now(const struct schedule_state *state)
{
    if (state->kind == CONSTANT)
        return state->momentum;
    if (state->kind == LINEAR)
        return state->t < 2 ? 0 : (scalar)(state->t - 2) / (scalar)(state->t + 1);
    return (state->before - 1) / state->now;
}

static struct schedule_state read_schedule(struct question *q)
{
    static const char *const schedules[] = {"constant", "nesterov", "linear", NULL};
    struct schedule_state state = {.before = 1, .now = 1, .t = 1};
    state.kind = (enum schedule)question_choice(q, "schedule", schedules);
    state.momentum = state.kind == CONSTANT ? updates_share(q, "momentum") : 0;
    for (size_t t = updates_first_step(q); t > 1; t--)
        advance(&state);
    return state;
}

/* Every rank holds the whole case, so every rank refuses the same one. */
static void check_symmetry(struct question *q)
{
    const scalar *A = question_input(q, "A", "PP");
    const size_t P = question_size(q, 'P');
    for (size_t n = 0; n < P; n++)
        for (size_t p = 0; p < n; p++)
            if (scalar_absolute(A[n * P + p] - A[p * P + n]) >
                (scalar)1e-6 * scalar_absolute(A[p * P + n]))
                question_refuse(q, "'A' is not symmetric at row %zu, column %zu", n, p);
}

/* G (P) = A l - b on every rank, from this rank's rows of A. */
static void find_gradient(struct question *q, struct reduction *sum, scalar *G, const scalar *rows,
                          const scalar *l, const scalar *b)
{
    const size_t P = question_size(q, 'P'), first = question_first(q, 'N');
    const struct team *team = question_team(q);
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        for (size_t n = piece.first; n < piece.first + piece.count; n++)
            team->kernels->scale_add(P, leaf, l[first + n], rows + n * P);
        reduction_push(sum);
    }
    reduction_finish(sum, G);
    for (size_t p = 0; p < P; p++)
        G[p] = G[p] - b[p];
}

static void look(size_t P, scalar *l, const scalar *w, const scalar *v, scalar rate, scalar mu,
                 enum form form)
{
    const scalar share = form == RATE_OUT ? rate * mu : mu;
    for (size_t p = 0; p < P; p++)
        l[p] = form == ADDED ? w[p] + share * v[p] : w[p] - share * v[p];
}

static void move(size_t P, scalar *w, scalar *v, const scalar *G, scalar rate, scalar mu,
                 enum form form)
{
    for (size_t p = 0; p < P; p++) {
        const scalar term = form == RATE_OUT ? G[p] : rate * G[p];
        v[p] = form == ADDED ? mu * v[p] - term : mu * v[p] + term;
        const scalar step = form == RATE_OUT ? rate * v[p] : v[p];
        w[p] = form == ADDED ? w[p] + step : w[p] - step;
    }
}

void nesterov_accelerated_gradient_run(struct question *q)
{
    static const char *const forms[] = {"subtracted", "added", "rate_outside", NULL};
    const scalar *b = question_input(q, "b", "P"), *rate = question_input(q, "rate", "S");
    const size_t P = question_size(q, 'P'), bytes = P * sizeof(scalar);
    check_symmetry(q);
    const scalar *rows = question_input(q, "A", "[N]P");
    const enum form form = (enum form)question_choice(q, "form", forms);
    struct schedule_state schedule = read_schedule(q);
    struct reduction *sum = question_sum(q, 'N', P);
    scalar *w = question_scratch(q, P), *v = question_scratch(q, P), *l = question_scratch(q, P);
    memcpy(w, question_input(q, "w", "P"), bytes);
    if (question_has(q, "velocity"))
        memcpy(v, question_input(q, "velocity", "P"), bytes);
    scalar *w_after = question_output(q, "w_after", "SP");
    scalar *v_after = question_output(q, "v_after", "SP");
    scalar *gradient = question_output(q, "gradient", "SP");
    for (size_t s = 0; s < question_size(q, 'S'); s++) {
        const scalar mu = momentum_now(&schedule);
        look(P, l, w, v, rate[s], mu, form);
        find_gradient(q, sum, gradient + s * P, rows, l, b);
        move(P, w, v, gradient + s * P, rate[s], mu, form);
        memcpy(w_after + s * P, w, bytes);
        memcpy(v_after + s * P, v, bytes);
        advance(&schedule);
    }
}
