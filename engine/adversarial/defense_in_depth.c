// SPDX-License-Identifier: MIT
/* Defence in depth; definition in reference/adversarial/defense_in_depth.h.
 *
 * How it is distributed: the samples are sharded, each with its noise; every rank holds the
 * network. Attacks belong to a sample. What crosses the network in each step, once for the clean
 * and once for the attacked inputs: the gradients of the parameters and the losses, chains over
 * the samples of each canonical block, then the fixed tree over the blocks.
 */
#include "defense.h"

#include <string.h>

enum { ADAPTIVE, CLIPPED, STATIC };

struct wall {
    struct question *q;
    struct victim *model;
    size_t size, bits; /* size: rows D */
    int attacker;
    bool noise_first;
    scalar sigma, epsilon, share, rate;
    scalar *seen, *pass, *losses, *dx, *gradient, *total;
    struct reduction *loss_sum, *gradient_sum;
};

static void check(struct question *q, const struct wall *is)
{
    if (!(is->sigma >= 0))
        question_refuse(q, "its 'sigma' is %g; give at least 0", (double)is->sigma);
    if (!(is->epsilon >= 0))
        question_refuse(q, "its 'epsilon' is %g; give at least 0", (double)is->epsilon);
    if (!(is->share >= 0 && is->share <= 1))
        question_refuse(q, "its 'share' is %g; give 0 to 1", (double)is->share);
    if (is->model->objective != VICTIM_CROSS_ENTROPY)
        question_refuse(q, "its 'objective' is not cross_entropy");
    if (!is->model->boxed)
        question_refuse(q, "its 'box' is none, but levels need one");
}

static struct wall read(struct question *q)
{
    static const char *const attackers[] = {"adaptive", "clipped", "static", NULL};
    static const char *const orders[] = {"squeeze_first", "noise_first", NULL};
    struct victim *model = victim_read(q);
    victim_read_goal(q, model);
    struct wall is = {.q = q,
                      .model = model,
                      .size = model->rows * model->D,
                      .bits = question_count(q, "bit_depth", 1, 16),
                      .attacker = question_choice(q, "attacker", attackers),
                      .noise_first = question_choice(q, "order", orders) == 1,
                      .sigma = question_number(q, "sigma"),
                      .epsilon = question_number(q, "epsilon"),
                      .share = question_number_or(q, "share", (scalar)0.5),
                      .rate = question_number(q, "rate")};
    const size_t sums = model->net.tape->sums;
    check(q, &is);
    is.seen = question_scratch(q, is.size);
    is.pass = question_scratch(q, is.size);
    is.dx = question_scratch(q, is.size);
    is.losses = question_scratch(q, model->rows);
    is.gradient = question_scratch(q, sums);
    is.total = question_scratch(q, sums);
    is.loss_sum = question_sum(q, 'N', 1);
    is.gradient_sum = question_sum(q, 'N', sums);
    return is;
}

static const scalar *look(const struct wall *is, const scalar *x, const scalar *e)
{
    const scalar low = is->model->low, high = is->model->high;
    for (size_t i = 0; i < is->size; i++) {
        scalar v = is->noise_first ? x[i] : defense_reduce(x[i], low, high, is->bits, 0);
        v += is->sigma * e[i];
        is->pass[i] = v >= low && v <= high;
        v = v < low ? low : v > high ? high : v;
        is->seen[i] = is->noise_first ? defense_reduce(v, low, high, is->bits, 0) : v;
    }
    return victim_logits(is->model, is->seen);
}

static void pull(const struct wall *is, scalar *to, const scalar *e)
{
    struct victim *model = is->model;
    const scalar *z =
        is->attacker == STATIC ? victim_logits(model, model->x) : look(is, model->x, e);
    model->W = 1;
    victim_loss(model, is->losses, model->dz, z, model->answer);
    victim_pullback(model, to, model->dz);
    for (size_t i = 0; is->attacker == CLIPPED && i < is->size; i++)
        to[i] *= is->pass[i];
}

static void attack(const struct wall *is, scalar *to, const scalar *v)
{
    for (size_t i = 0; i < is->size; i++) {
        const scalar sign = v[i] > 0 ? 1 : v[i] < 0 ? -1 : 0;
        to[i] = is->model->x[i] + is->epsilon * sign;
    }
    victim_clip(is->model, to, is->size);
}

static scalar sum_losses(const struct wall *is)
{
    scalar sum = 0;
    for (size_t i = 0; i < reduction_pieces(is->loss_sum); i++) {
        const struct piece piece = reduction_piece(is->loss_sum, i);
        scalar *leaf = reduction_leaf(is->loss_sum);
        for (size_t n = piece.first; n < piece.first + piece.count; n++)
            leaf[0] += is->losses[n];
        reduction_push(is->loss_sum);
    }
    reduction_finish(is->loss_sum, &sum);
    return sum / (scalar)is->model->N;
}

/* The mean loss at x, times share; its gradient is added. */
static scalar learn(const struct wall *is, const scalar *x, const scalar *e, scalar share)
{
    struct victim *model = is->model;
    const scalar *z = look(is, x, e);
    model->W = (scalar)model->N;
    victim_loss(model, is->losses, model->dz, z, model->answer);
    for (size_t i = 0; i < model->rows * model->K; i++)
        model->dz[i] *= share;
    victim_pullback(model, is->dx, model->dz);
    tape_sum(model->net.tape, is->gradient_sum);
    reduction_finish(is->gradient_sum, is->total);
    for (size_t i = 0; i < model->net.tape->parameters; i++)
        is->gradient[i] += is->total[i];
    return share * sum_losses(is);
}

static void descend(const struct wall *is)
{
    struct tape *tape = is->model->net.tape;
    for (size_t i = 0; i < tape->parameters; i++) {
        tape->parameter[i] -= is->rate * is->gradient[i];
        is->gradient[i] = 0;
    }
}

static void predict(const struct wall *is, const char *name, const scalar *z)
{
    int *class = arena_take(question_arena(is->q), is->model->rows, sizeof *class);
    scalar *to = question_output(is->q, name, "[N]");
    victim_predict(is->model, class, z);
    for (size_t n = 0; n < is->model->rows; n++)
        to[n] = (scalar) class[n];
}

static void test(const struct wall *is, const scalar *e)
{
    struct victim *model = is->model;
    scalar *z = question_output(is->q, "z", "[N]K"),
           *slope = question_output(is->q, "slope", "[N]A");
    memcpy(z, look(is, model->x, e), model->rows * model->K * sizeof *z);
    predict(is, "predicted", z);
    pull(is, slope, e);
    attack(is, is->dx, slope);
    predict(is, "predicted_attacked", look(is, is->dx, e));
}

void defense_in_depth_run(struct question *q)
{
    const struct wall is = read(q);
    const scalar *noise = question_input(q, "noise", "S[N]A");
    const scalar *e = question_input(q, "test_noise", "[N]A");
    scalar *loss = question_output(q, "loss", "S"), *v = question_scratch(q, is.size);
    scalar *attacked = question_output(q, "attacked", "S[N]A");
    for (size_t s = 0; s < question_size(q, 'S'); s++) {
        const scalar *draw = noise + s * is.size;
        scalar *to = attacked + s * is.size;
        pull(&is, v, draw);
        attack(&is, to, v);
        loss[s] = learn(&is, is.model->x, draw, 1 - is.share);
        loss[s] += learn(&is, to, draw, is.share);
        descend(&is);
    }
    test(&is, e);
    const struct perceptron_outputs outputs =
        perceptron_case_outputs(q, &is.model->net, "trained_", "", 0);
    perceptron_case_record(&is.model->net, &outputs, 0, is.model->net.tape->parameter);
}
