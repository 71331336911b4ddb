// SPDX-License-Identifier: MIT
/* Delta rule; definition in reference/foundations/delta_rule.h.
 *
 * How it is distributed: with an update after every sample each step needs the weights that the
 * sample before left, and nothing can be shared: every rank holds the samples and takes all steps,
 * in the same order, which takes no longer than one rank alone. With batch updates the samples are
 * sharded; sums of the error and of error times feature cross the network, a chain over each
 * canonical block and then the fixed tree. The squared errors are summed in that way in both.
 */
#include "../techniques.h"

#include <string.h>

enum update { BY_SAMPLE, BATCH_MEAN, BATCH_SUM };

struct unit {
    const struct team *team;
    const scalar *x, *t; /* whole */
    size_t N, D, first, count;
    enum update update;
    scalar rate, factor, b, *w;
    scalar *error;         /* (N); only this rank's part is used in a batch */
    struct reduction *sum; /* of error x (D), error, error^2 */
    scalar *total;         /* (D + 2) */
};

static void find_error(struct unit *u, size_t n)
{
    scalar z = u->b;
    team_product(u->team, false, false, 1, 1, u->D, u->x + n * u->D, u->D, u->w, 1, &z, 1);
    u->error[n] = z - u->t[n];
}

static void walk(struct unit *u)
{
    for (size_t n = 0; n < u->N; n++) {
        find_error(u, n);
        scalar step = u->rate * (u->factor * u->error[n]);
        for (size_t d = 0; d < u->D; d++)
            u->w[d] = u->w[d] - step * u->x[n * u->D + d];
        u->b = u->b - step;
    }
}

static void add_up(struct unit *u)
{
    const struct kernels *kernels = u->team->kernels;
    size_t D = u->D;
    for (size_t i = 0; i < reduction_pieces(u->sum); i++) {
        struct piece piece = reduction_piece(u->sum, i);
        scalar *leaf = reduction_leaf(u->sum);
        for (size_t n = u->first + piece.first; n < u->first + piece.first + piece.count; n++) {
            kernels->scale_add(D, leaf, u->error[n], u->x + n * D);
            leaf[D] += u->error[n];
            kernels->multiply_add(1, leaf + D + 1, u->error + n, u->error + n);
        }
        reduction_push(u->sum);
    }
    reduction_finish(u->sum, u->total);
}

/* From the sums in total. */
static void step_of_batch(struct unit *u)
{
    scalar share = u->update == BATCH_MEAN ? (scalar)u->N : 1;
    for (size_t d = 0; d < u->D; d++)
        u->w[d] = u->w[d] - u->rate * (u->factor * (u->total[d] / share));
    u->b = u->b - u->rate * (u->factor * (u->total[u->D] / share));
}

static struct unit read_unit(struct question *q)
{
    static const char *const updates[] = {"sample", "batch_mean", "batch_sum", NULL};
    static const char *const gradients[] = {"error", "squared", NULL};
    struct unit u = {.team = question_team(q), .x = question_input(q, "x", "ND")};
    u.t = question_input(q, "t", "N");
    u.N = question_size(q, 'N');
    u.D = question_size(q, 'D');
    if (u.N == 0)
        question_refuse(q, "it has no samples; give at least one");
    u.update = (enum update)question_choice(q, "update", updates);
    u.factor = question_choice(q, "gradient", gradients) == 1 ? 2 : 1;
    u.rate = question_number_or(q, "rate", (scalar)0.01);
    if (!(u.rate >= 0))
        question_refuse(q, "its number 'rate' is negative and would climb; give 0 or more");
    u.w = question_scratch(q, u.D);
    if (question_has(q, "w"))
        memcpy(u.w, question_input(q, "w", "D"), u.D * sizeof *u.w);
    if (question_has(q, "b"))
        u.b = question_input(q, "b", "")[0];
    question_input(q, "t", "[N]"); /* shards the samples */
    u.first = question_first(q, 'N');
    u.count = question_part(q, 'N');
    u.error = question_scratch(q, u.N);
    u.total = question_scratch(q, u.D + 2);
    u.sum = question_sum(q, 'N', u.D + 2);
    return u;
}

void delta_rule_run(struct question *q)
{
    struct unit u = read_unit(q);
    size_t E = question_count(q, "epochs", 1, 1 << 20);
    question_bind(q, 'E', E);
    scalar *w_after = question_output(q, "w_after", "ED");
    scalar *b_after = question_output(q, "b_after", "E");
    scalar *squared = question_output(q, "squared_error", "E");
    for (size_t e = 0; e < E; e++) {
        if (u.update == BY_SAMPLE)
            walk(&u);
        for (size_t n = u.first; n < u.first + u.count && u.update != BY_SAMPLE; n++)
            find_error(&u, n);
        add_up(&u);
        if (u.update != BY_SAMPLE)
            step_of_batch(&u);
        squared[e] = u.total[u.D + 1] / (scalar)u.N;
        b_after[e] = u.b;
        memcpy(w_after + e * u.D, u.w, u.D * sizeof *u.w);
    }
}
