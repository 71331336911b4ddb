// SPDX-License-Identifier: MIT
#include "distill.h"

#include <string.h>

static const double temperature = 20;

/* The batch's targets are logits of the teacher: aims at the slope of the distillation loss. */
static void soften(struct fit *fit, struct samples *batch)
{
    struct replica *r = fit->net->replica;
    const size_t dim[] = {batch->count, batch->outputs}, n = batch->count * batch->outputs;
    const struct arena mark = lab_borrow(r);
    network_forward(fit->net, batch, 0);
    struct ask *ask = ask_new(r, "distillation_loss");
    ask_floats(ask, "z", 2, dim, fit->net->output->value);
    ask_floats(ask, "v", 2, dim, batch->target);
    ask_number(ask, "temperature", temperature);
    ask_run(ask);
    fit_aim(batch, fit->net->output->value, ask_output(ask, "dz", n));
    lab_return(r, mark);
}

/* A network that learns from logits (N,K). */
static struct network *pupil(const struct contest *is, uint64_t stream, float *logits)
{
    struct contest with = *is;
    struct network_plan plan = network_plan(CONTEST_PIXELS, 2, CONTEST_HIDDEN, CONTEST_CLASSES);
    struct fit_plan how = contest_plan();
    plan.loss = LOSS_SQUARED_ERROR;
    plan.stream = stream;
    how.alter_batch = soften;
    how.keep_going = true;
    with.train.target = logits;
    with.train.outputs = CONTEST_CLASSES;
    struct network *net = network_create(is->replica, &plan, CONTEST_TEST);
    contest_fit(&with, net, &how);
    return net;
}

struct network *distilled(const struct contest *is, uint64_t stream, struct network **teacher)
{
    const size_t K = CONTEST_CLASSES;
    float *logits = lab_floats(is->replica, CONTEST_TRAIN * K);
    /* Of the labels: so large that they are certain at that temperature, too. */
    for (size_t n = 0; n < CONTEST_TRAIN; n++)
        logits[n * K + (size_t)is->train.label[n]] = 1000 * (float)temperature;
    struct network *first = pupil(is, stream, logits);
    network_outputs(first, &is->train, logits);
    if (teacher != NULL)
        *teacher = first;
    else
        network_free(first);
    return pupil(is, stream + 1000, logits);
}
