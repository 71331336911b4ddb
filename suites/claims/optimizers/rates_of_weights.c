// SPDX-License-Identifier: MIT
#include "../lab/tasks.h"
#include "../statistics.h"

#include <math.h>
#include <stdlib.h>

enum { PARTS = 2, STEPS = 600, LAST = 100, BATCH = 32, TENTHS = 10 };
enum { ORDER = 200, OTHERS = 201 }; /* streams: batches for Adam, and for the sizes */

static const enum task_kind kind[PARTS] = {TASK_DIGITS, TASK_REGRESSION};

/* Of each weight that ever had a gradient. */
struct weight {
    double gradient, rate, step; /* mean |gradient|, 1 / denominator at the end, mean |step| */
    size_t number;
};

static int by_gradient(const void *a, const void *b)
{
    const struct weight *x = a, *y = b;
    if (x->gradient != y->gradient)
        return x->gradient < y->gradient ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

/* The gradient of batch `s` of a stream. */
static void batch_gradient(struct network *net, const struct task *task, uint64_t stream, size_t s)
{
    uint32_t row[BATCH];
    for (size_t n = 0; n < BATCH; n++)
        row[n] = (uint32_t)lab_below(net->replica, stream, s * BATCH + n, task->train.count);
    network_gradient(net, &task->train, row, BATCH, 0);
}

/* Trains with Adam; weight (P) receives what there is to know. Returns how many are alive. */
static size_t watch(struct replica *r, const struct task *task, struct weight *weight, size_t P,
                    struct network *net)
{
    struct steps *adam = steps_create(&r->arena, FIT_ADAM, 0, P);
    float *w = network_parameter(net), *before = lab_floats(r, P), *denominator = lab_floats(r, P);
    size_t alive = 0;
    for (size_t s = 0; s < STEPS; s++) {
        batch_gradient(net, task, OTHERS, s);
        for (size_t i = 0; i < P; i++) {
            weight[i].gradient += (double)fabsf(net->gradient[i]) / STEPS;
            before[i] = w[i];
        }
        batch_gradient(net, task, ORDER, s);
        steps_take(adam, w, net->gradient, 0.003);
        for (size_t i = 0; i < P && s >= STEPS - LAST; i++)
            weight[i].step += (double)fabsf(w[i] - before[i]) / LAST;
    }
    steps_denominator(adam, denominator);
    for (size_t i = 0; i < P; i++) {
        weight[i].rate = 1 / (double)denominator[i];
        weight[i].number = i;
        if (weight[i].gradient > 0)
            weight[alive++] = weight[i];
    }
    return alive;
}

/* Means of the tenths of the weights, from small gradients to large ones, over that of all. */
static void draw(struct replica *r, const struct weight *weight, size_t count)
{
    double all[3] = {0, 0, 0};
    for (size_t i = 0; i < count; i++) {
        all[0] += weight[i].rate / (double)count;
        all[1] += weight[i].step / (double)count;
        all[2] += weight[i].gradient / (double)count;
    }
    for (size_t t = 0; t < TENTHS; t++) {
        const size_t first = t * count / TENTHS, end = (t + 1) * count / TENTHS;
        double sum[3] = {0, 0, 0};
        for (size_t i = first; i < end; i++) {
            sum[0] += weight[i].rate;
            sum[1] += weight[i].step;
            sum[2] += weight[i].gradient;
        }
        for (size_t arm = 0; arm < 3; arm++)
            replica_point(r, arm, t, sum[arm] / (double)(end - first) / all[arm]);
    }
}

void rates_of_weights(struct replica *r)
{
    for (size_t p = 0; p < PARTS; p++) {
        const struct task task = task_create(r, kind[p]);
        struct network *net = network_create(r, &task.network, BATCH);
        const size_t P = network_parameters(net);
        struct weight *weight = lab_take(r, P, sizeof *weight);
        const size_t alive = watch(r, &task, weight, P, net);
        double *gradient = lab_take(r, P, sizeof *gradient), *rate = lab_take(r, P, sizeof *rate);
        network_free(net);
        qsort(weight, alive, sizeof *weight, by_gradient);
        for (size_t i = 0; i < alive; i++) {
            gradient[i] = weight[i].gradient;
            rate[i] = weight[i].rate;
        }
        replica_effect(r, p, -spearman_correlation(gradient, rate, alive));
        if (p == 0)
            draw(r, weight, alive);
    }
}
