// SPDX-License-Identifier: MIT
#include "contest.h"

#include <string.h>

enum { KINDS = 4, POINTS = 6, JUDGED = 3, STREAM = 100 };

static const struct assault assault = {"linf", "cross_entropy", "both"};

static const char *const technique[KINDS] = {"image_translation", "image_rotation", NULL,
                                             "random_erasing"};

/* Whole numbers 0 .. below - 1 plus `from`, one for each image, as an input. */
static void ask_draws(struct ask *ask, struct replica *r, const char *name, size_t count,
                      uint64_t stream, size_t below, int from)
{
    int *value = lab_take(r, count, sizeof *value);
    for (size_t n = 0; n < count; n++)
        value[n] = from + (int)lab_below(r, stream, n, below);
    ask_integers(ask, name, 1, &count, value);
}

static void ask_angles(struct ask *ask, struct replica *r, size_t count, uint64_t stream)
{
    float *angle = lab_floats(r, count);
    for (size_t n = 0; n < count; n++)
        angle[n] = (float)(30 * lab_uniform(r, stream, n) - 15);
    ask_floats(ask, "angle", 1, &count, angle);
}

static void add_noise(struct replica *r, struct samples *batch, uint64_t stream)
{
    const size_t n = batch->count * batch->features;
    float *normal = lab_floats(r, n);
    lab_normal(r, stream, normal, n);
    for (size_t i = 0; i < n; i++)
        batch->x[i] += 0.1f * normal[i];
}

/* New images in the place of those of a batch. */
static void augment(struct fit *fit, struct samples *batch)
{
    struct replica *r = fit->net->replica;
    const size_t kind = *(const size_t *)fit->plan->context, N = batch->count;
    const uint64_t stream = STREAM + 4 * fit->step; /* the same images are met by all kinds */
    const struct arena mark = lab_borrow(r);
    if (kind == 2) {
        add_noise(r, batch, stream);
    } else {
        struct ask *ask = ask_new(r, technique[kind]);
        ask_floats(ask, "x", 4, (size_t[]){N, 1, CONTEST_SIDE, CONTEST_SIDE}, batch->x);
        if (kind == 0) {
            ask_draws(ask, r, "down", N, stream, 3, -1);
            ask_draws(ask, r, "right", N, stream + 1, 3, -1);
        } else if (kind == 1) {
            ask_angles(ask, r, N, stream);
        } else {
            ask_draws(ask, r, "row", N, stream, CONTEST_SIDE, 0);
            ask_draws(ask, r, "column", N, stream + 1, CONTEST_SIDE, 0);
            ask_draws(ask, r, "height", N, stream + 2, 1, 3);
            ask_draws(ask, r, "width", N, stream + 3, 1, 3);
        }
        ask_run(ask);
        memcpy(batch->x, ask_output(ask, "y", N * CONTEST_PIXELS),
               N * CONTEST_PIXELS * sizeof *batch->x);
    }
    lab_return(r, mark);
}

static double under_attack(const struct contest *is, struct network *net, size_t arm)
{
    double accuracy[POINTS];
    contest_accuracy(is, net, &is->test, &assault, is->replica->claim->curve.at, POINTS, accuracy);
    for (size_t i = 0; i < POINTS; i++)
        replica_point(is->replica, arm, i, accuracy[i]);
    network_free(net);
    return accuracy[JUDGED];
}

void augmentation_as_defence(struct replica *r)
{
    const struct contest is = contest_begin(r);
    const struct opponent opponent = {.epsilon = 0.1, .clean = 0.5, .steps = 7};
    const double plain = under_attack(&is, contest_trained(&is, 0), 0);
    for (size_t kind = 0; kind < KINDS; kind++) {
        struct network *net = contest_network(&is, 0);
        struct fit_plan plan = contest_plan();
        plan.alter_batch = augment;
        plan.context = &kind;
        contest_fit(&is, net, &plan);
        replica_effect(r, kind, under_attack(&is, net, 1 + kind) - plain);
    }
    under_attack(&is, contest_hardened(&is, 0, &opponent), 1 + KINDS);
}
