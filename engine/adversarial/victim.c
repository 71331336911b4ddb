// SPDX-License-Identifier: MIT
#include "victim.h"

#include <string.h>

static void record(struct question *q, struct victim *victim, const struct perceptron_shape *shape)
{
    struct perceptron *net = &victim->net;
    net->shape = *shape;
    net->tape = tape_create(question_arena(q), victim->team, victim->rows);
    net->input = tape_tensor(net->tape, shape->size[0], true);
    net->output = net->input;
    for (size_t l = 0; l < shape->layers; l++) {
        const size_t I = shape->size[l], O = shape->size[l + 1];
        net->w[l] = net->tape->parameters;
        net->b[l] = net->w[l] + I * O;
        struct use use = {.operation = &dense_layer_operation,
                          .input = {net->output},
                          .columns = O,
                          .parameters = I * O + O,
                          .sums = I * O + O};
        net->output = tape_record(net->tape, &use);
        if (l + 1 == shape->layers)
            break;
        use = (struct use){.operation = shape->activation, .input = {net->output}, .columns = O};
        net->output = tape_record(net->tape, &use);
    }
    tape_ready(net->tape);
    perceptron_case_parameters(q, net);
}

static void read_box(struct question *q, struct victim *victim)
{
    static const char *const boxes[] = {"clip", "none", NULL};
    victim->boxed = question_choice(q, "box", boxes) == 0;
    victim->low = question_number_or(q, "low", 0);
    victim->high = question_number_or(q, "high", 1);
    if (!(victim->low < victim->high))
        question_refuse(q, "its number 'low' is not below its number 'high'");
    long long outside = 0;
    for (size_t i = 0; victim->boxed && i < victim->rows * victim->D; i++)
        outside += !(victim->x[i] >= victim->low && victim->x[i] <= victim->high);
    reduce_integers(victim->team, &outside, 1);
    if (outside > 0)
        question_refuse(q, "%lld elements of its input 'x' are outside of its box", outside);
}

static void read_normalisation(struct question *q, struct victim *victim)
{
    if (!question_has(q, "mean") && !question_has(q, "deviation"))
        return;
    victim->mean = question_input(q, "mean", "A");
    victim->deviation = question_input(q, "deviation", "A");
    for (size_t d = 0; d < victim->D; d++)
        if (!(victim->deviation[d] > 0))
            question_refuse(q, "element %zu of its input 'deviation' is not above 0", d);
}

struct victim *victim_read(struct question *q)
{
    static const char *const objectives[] = {"cross_entropy", "binary_cross_entropy",
                                             "logit_margin", NULL};
    static const char *const reductions[] = {"sum", "mean", NULL};
    struct victim *victim = arena_take(question_arena(q), 1, sizeof *victim);
    const struct perceptron_shape shape = perceptron_case_shape(q, "[N]A", &victim->x);
    victim->team = question_team(q);
    victim->N = question_size(q, 'N');
    victim->rows = question_part(q, 'N');
    victim->D = shape.size[0];
    victim->K = shape.size[shape.layers];
    question_bind(q, 'K', victim->K);
    victim->objective = (enum victim_objective)question_choice(q, "objective", objectives);
    victim->W = question_choice(q, "reduction", reductions) == 1 ? (scalar)victim->N : 1;
    if (victim->objective == VICTIM_BINARY && victim->K != 1)
        question_refuse(q, "its 'objective' is binary_cross_entropy; give one logit");
    if (victim->objective == VICTIM_MARGIN && victim->K < 2)
        question_refuse(q, "its 'objective' is logit_margin; give two logits or more");
    read_box(q, victim);
    read_normalisation(q, victim);
    record(q, victim, &shape);
    victim->dz = question_scratch(q, victim->rows * victim->K);
    victim->e = question_scratch(q, victim->rows * victim->K);
    victim->l = question_scratch(q, victim->rows);
    return victim;
}

void victim_read_goal(struct question *q, struct victim *victim)
{
    static const char *const goals[] = {"labels", "target", "predicted", NULL};
    const int last = victim->K == 1 ? 1 : (int)victim->K - 1;
    victim->goal = (enum victim_goal)question_choice(q, "goal", goals);
    if (victim->goal != VICTIM_PREDICTED) {
        const char *name = victim->goal == VICTIM_TARGET ? "target" : "labels";
        victim->answer = question_integers(q, name, "[N]", 0, last);
        return;
    }
    int *predicted = arena_take(question_arena(q), victim->rows, sizeof *predicted);
    victim_predict(victim, predicted, victim_logits(victim, victim->x));
    victim->answer = predicted;
}

const scalar *victim_logits(struct victim *victim, const scalar *x)
{
    scalar *u = victim->net.input->value;
    const size_t D = victim->D;
    memcpy(u, x, victim->rows * D * sizeof *u);
    for (size_t i = 0; victim->mean != NULL && i < victim->rows * D; i++)
        u[i] = (x[i] - victim->mean[i % D]) / victim->deviation[i % D];
    tape_predict(victim->net.tape, victim->rows);
    return victim->net.output->value;
}

/* The largest logit but that of class y; the first of equals. */
static size_t rival(const scalar *z, size_t y, size_t K)
{
    size_t best = y == 0;
    for (size_t k = best + 1; k < K; k++)
        if (k != y && z[k] > z[best])
            best = k;
    return best;
}

static void margin(const struct victim *victim, scalar *loss, scalar *dz, const scalar *z,
                   const int *classes)
{
    const size_t K = victim->K;
    memset(dz, 0, victim->rows * K * sizeof *dz);
    for (size_t n = 0; n < victim->rows; n++) {
        const size_t y = (size_t)classes[n], other = rival(z + n * K, y, K);
        dz[n * K + other] = 1 / victim->W;
        dz[n * K + y] = -1 / victim->W;
        loss[n] = z[n * K + other] - z[n * K + y];
    }
}

static void binary(const struct victim *victim, scalar *loss, scalar *dz, const scalar *z,
                   const int *classes)
{
    scalar *e = victim->e, *l = victim->l;
    for (size_t n = 0; n < victim->rows; n++)
        e[n] = -scalar_absolute(z[n]);
    victim->team->kernels->exponential(victim->rows, e, e);
    victim->team->kernels->logarithm_one_plus(victim->rows, l, e);
    for (size_t n = 0; n < victim->rows; n++) {
        const bool one = classes[n] == 1, right = one == (z[n] >= 0);
        const scalar miss = right ? e[n] / (1 + e[n]) : 1 / (1 + e[n]);
        dz[n] = (one ? -miss : miss) / victim->W;
        loss[n] = right ? l[n] : scalar_absolute(z[n]) + l[n];
    }
}

static void cross_entropy(const struct victim *victim, scalar *loss, scalar *dz, const scalar *z,
                          const int *classes)
{
    const size_t K = victim->K;
    scalar *e = victim->e, *s = victim->l;
    for (size_t n = 0; n < victim->rows; n++) {
        const scalar *z_n = z + n * K;
        scalar m = z_n[0];
        for (size_t k = 1; k < K; k++)
            m = z_n[k] > m ? z_n[k] : m;
        for (size_t k = 0; k < K; k++)
            e[n * K + k] = z_n[k] - m;
        loss[n] = e[n * K + (size_t)classes[n]];
    }
    victim->team->kernels->exponential(victim->rows * K, e, e);
    for (size_t n = 0; n < victim->rows; n++) {
        s[n] = 0;
        for (size_t k = 0; k < K; k++)
            s[n] += e[n * K + k];
        for (size_t k = 0; k < K; k++)
            dz[n * K + k] = (e[n * K + k] / s[n] - ((int)k == classes[n])) / victim->W;
    }
    victim->team->kernels->logarithm(victim->rows, s, s);
    for (size_t n = 0; n < victim->rows; n++)
        loss[n] = s[n] - loss[n];
}

void victim_loss(const struct victim *victim, scalar *loss, scalar *dz, const scalar *z,
                 const int *classes)
{
    if (victim->objective == VICTIM_CROSS_ENTROPY)
        cross_entropy(victim, loss, dz, z, classes);
    else if (victim->objective == VICTIM_BINARY)
        binary(victim, loss, dz, z, classes);
    else
        margin(victim, loss, dz, z, classes);
}

void victim_pullback(struct victim *victim, scalar *dx, const scalar *dz)
{
    struct tape *tape = victim->net.tape;
    for (size_t i = 0; i < tape->nodes; i++)
        tape->node[i].input[0]->has_gradient = false;
    memcpy(victim->net.output->gradient, dz, victim->rows * victim->K * sizeof *dz);
    victim->net.output->has_gradient = true;
    tape_backward(tape, victim->rows);
    const scalar *du = victim->net.input->gradient;
    const size_t D = victim->D;
    memcpy(dx, du, victim->rows * D * sizeof *dx);
    for (size_t i = 0; victim->mean != NULL && i < victim->rows * D; i++)
        dx[i] = du[i] / victim->deviation[i % D];
}

void victim_gradient(struct victim *victim, scalar *loss, scalar *dx, const scalar *x)
{
    const scalar *z = victim_logits(victim, x);
    victim_loss(victim, loss, victim->dz, z, victim->answer);
    victim_pullback(victim, dx, victim->dz);
}

void victim_predict(const struct victim *victim, int *predicted, const scalar *z)
{
    const size_t K = victim->K;
    for (size_t n = 0; n < victim->rows; n++) {
        size_t best = 0;
        for (size_t k = 1; k < K; k++)
            if (z[n * K + k] > z[n * K + best])
                best = k;
        predicted[n] = K == 1 ? z[n] > 0 : (int)best;
    }
}

void victim_confidence(const struct victim *victim, scalar *confidence, const scalar *z)
{
    const size_t K = victim->K;
    scalar *e = victim->e;
    for (size_t n = 0; n < victim->rows; n++) {
        scalar m = z[n * K];
        for (size_t k = 1; k < K; k++)
            m = z[n * K + k] > m ? z[n * K + k] : m;
        for (size_t k = 0; k < K; k++)
            e[n * K + k] = K == 1 ? -scalar_absolute(m) : z[n * K + k] - m;
    }
    victim->team->kernels->exponential(victim->rows * K, e, e);
    for (size_t n = 0; n < victim->rows; n++) {
        scalar s = K == 1 ? 1 : 0;
        for (size_t k = 0; k < K; k++)
            s += e[n * K + k];
        confidence[n] = 1 / s;
    }
}

void victim_clip(const struct victim *victim, scalar *x, size_t n)
{
    for (size_t i = 0; victim->boxed && i < n; i++) {
        x[i] = x[i] < victim->low ? victim->low : x[i];
        x[i] = x[i] > victim->high ? victim->high : x[i];
    }
}
