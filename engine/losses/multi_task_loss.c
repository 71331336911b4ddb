// SPDX-License-Identifier: MIT
/* Multi-task loss; definition in reference/losses/multi_task_loss.h.
 *
 * How it is distributed: the samples are sharded; heads and weights are everywhere. Two vectors
 * cross the network: the squared errors of all tasks (T), and the gradient of the heads (I,T). Both
 * are chains over the samples of a canonical block, then the fixed tree over the blocks. The
 * gradient of the shared features stays where its samples are.
 */
#include "loss.h"

struct tasks {
    size_t N, I, T, rows;
    const scalar *x, *w, *t, *s;
    const int *mask;
    bool uncertain;
    scalar h, Z, dloss;
    scalar *c, *M;
};

static bool labelled(const struct tasks *a, size_t i)
{
    return a->mask == NULL || a->mask[i] != 0;
}

static void read_weights(struct question *q, struct tasks *a)
{
    static const char *const no_yes[] = {"no", "yes", NULL};
    static const char *const halves[] = {"yes", "no", NULL};
    const bool normalized = question_choice(q, "normalized", no_yes) == 1;
    const scalar *weight = NULL;
    a->h = question_choice(q, "half", halves) == 1 ? 1 : (scalar)0.5;
    a->c = question_scratch(q, a->T);
    a->Z = normalized && !a->uncertain ? 0 : 1;
    if (a->uncertain) {
        a->s = question_input(q, "s", "T");
        for (size_t k = 0; k < a->T; k++)
            a->c[k] = -a->s[k];
        question_team(q)->kernels->exponential(a->T, a->c, a->c);
    } else if (question_has(q, "weight")) {
        weight = question_input(q, "weight", "T");
    }
    for (size_t k = 0; k < a->T; k++) {
        a->c[k] = a->uncertain ? a->h * a->c[k] : weight != NULL ? weight[k] : 1;
        if (!(a->c[k] >= 0))
            question_refuse(q, "element %zu of 'weight' is %g; give at least 0", k,
                            (double)a->c[k]);
        a->Z += normalized && !a->uncertain ? a->c[k] : 0;
    }
    if (!(a->Z > 0))
        question_refuse(q, "its 'weight' add to 0; give one above 0");
}

/* All ranks count the labels of all samples. */
static void read_labels(struct question *q, struct tasks *a)
{
    const int *all = question_has(q, "mask") ? question_integers(q, "mask", "NT", 0, 1) : NULL;
    a->mask = all != NULL ? question_integers(q, "mask", "[N]T", 0, 1) : NULL;
    a->M = question_scratch(q, a->T);
    for (size_t i = 0; i < a->N * a->T; i++)
        a->M[i % a->T] += all == NULL || all[i] != 0 ? 1 : 0;
    for (size_t k = 0; k < a->T; k++)
        if (!(a->M[k] > 0))
            question_refuse(q, "its 'mask' leaves task %zu without labels; give one", k);
}

/* r (rows,T) becomes e, the gradient with respect to the outputs. */
static void push(const struct tasks *a, scalar *r)
{
    for (size_t i = 0; i < a->rows * a->T; i++) {
        const size_t k = i % a->T;
        r[i] = labelled(a, i) ? 2 * a->c[k] * r[i] * a->dloss / a->Z / a->M[k] : 0;
    }
}

static void heads_gradient(struct question *q, const struct tasks *a, const scalar *e, scalar *dw)
{
    struct reduction *sum = question_sum(q, 'N', a->I * a->T);
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        struct piece piece = reduction_piece(sum, i);
        team_product(question_team(q), true, false, a->I, a->T, piece.count,
                     a->x + piece.first * a->I, a->I, e + piece.first * a->T, a->T,
                     reduction_leaf(sum), a->T);
        reduction_push(sum);
    }
    reduction_finish(sum, dw);
}

/* r (rows,T), L (T) and the loss. */
static scalar losses(struct question *q, const struct tasks *a, scalar *r, scalar *L)
{
    scalar *square = question_scratch(q, a->rows * a->T), loss = 0;
    team_product(question_team(q), false, false, a->rows, a->T, a->I, a->x, a->I, a->w, a->T, r,
                 a->T);
    for (size_t i = 0; i < a->rows * a->T; i++) {
        r[i] -= a->t[i];
        square[i] = labelled(a, i) ? r[i] * r[i] : 0;
    }
    loss_sum_rows(q, 'N', a->T, square, L);
    for (size_t k = 0; k < a->T; k++) {
        L[k] /= a->M[k];
        loss += a->uncertain ? a->c[k] * L[k] + a->h * a->s[k] : a->c[k] * L[k];
    }
    return loss / a->Z;
}

void multi_task_loss_run(struct question *q)
{
    static const char *const weightings[] = {"fixed", "uncertainty", NULL};
    struct tasks a = {.x = question_input(q, "x", "[N]I"),
                      .w = question_input(q, "w", "IT"),
                      .t = question_input(q, "t", "[N]T")};
    a.rows = question_part(q, 'N');
    a.N = question_size(q, 'N');
    a.I = question_size(q, 'I');
    a.T = question_size(q, 'T');
    if (a.N == 0 || a.T == 0)
        question_refuse(q, "its 't' has no elements; give at least one");
    a.uncertain = question_choice(q, "weighting", weightings) == 1;
    a.dloss = question_has(q, "dloss") ? *question_input(q, "dloss", "") : 1;
    read_weights(q, &a);
    read_labels(q, &a);
    scalar *L = question_output(q, "task_loss", "T"), *r = question_scratch(q, a.rows * a.T);
    const scalar loss = losses(q, &a, r, L);
    question_output(q, "loss", "")[0] = loss;
    push(&a, r);
    scalar *dx = question_output(q, "dx", "[N]I");
    team_product(question_team(q), false, true, a.rows, a.I, a.T, r, a.T, a.w, a.T, dx, a.I);
    heads_gradient(q, &a, r, question_output(q, "dw", "IT"));
    scalar *ds = a.uncertain ? question_output(q, "ds", "T") : NULL;
    for (size_t k = 0; a.uncertain && k < a.T; k++)
        ds[k] = (a.h - a.c[k] * L[k]) * a.dloss;
}
