// SPDX-License-Identifier: MIT
#include "../lab/ask.h"
#include "../lab/fit.h"
#include "../lab/split.h"

#include <math.h>
#include <string.h>

enum { LAYERS = 3, UNITS = 64, BATCH = 32, STEPS = 1200, RATES = 2, SIZES = 3 };
enum { SIDE = 8, MIX_STREAM = 100, KINDS = 4 };

enum mixing { MIXING_NONE, MIXUP, CUTMIX, CUTOUT, MIXINGS };

static const double rates[RATES] = {0.001, 0.003};

/* What an epoch's samples are made from, and where their targets go. */
struct recipe {
    enum mixing mixing;
    bool is_weak; /* mixup and CutMix only every second epoch; Cutout with the smaller square */
    const struct samples *train;
    float *target; /* as they are (count, classes) */
    float *mixed;  /* as they are learnt */
};

static int *draw_places(struct replica *r, uint64_t stream, size_t count)
{
    int *place = lab_take(r, count, sizeof *place);
    for (size_t n = 0; n < count; n++)
        place[n] = (int)lab_below(r, stream, n, SIDE);
    return place;
}

/* Partners and weights; Beta(1, 1) is uniform. */
static void ask_partners(struct replica *r, struct ask *ask, const struct recipe *recipe,
                         uint64_t stream)
{
    const size_t N = recipe->train->count;
    uint32_t *order = lab_take(r, N, sizeof *order);
    int *partner = lab_take(r, N, sizeof *partner);
    float *lambda = lab_floats(r, N);
    lab_shuffle(r, stream, order, N);
    for (size_t n = 0; n < N; n++) {
        partner[n] = (int)order[n];
        lambda[n] = (float)lab_uniform(r, stream + 1, n);
    }
    ask_floats(ask, "t", 2, (size_t[]){N, recipe->train->classes}, recipe->target);
    ask_integers(ask, "partner", 1, &N, partner);
    ask_floats(ask, "lambda", 1, &N, lambda);
    ask_choice(ask, "scope", "sample");
}

static void ask_boxes(struct replica *r, struct ask *ask, const struct recipe *recipe,
                      uint64_t stream)
{
    const size_t N = recipe->train->count;
    ask_integers(ask, "row", 1, &N, draw_places(r, stream + 2, N));
    ask_integers(ask, "column", 1, &N, draw_places(r, stream + 3, N));
    if (recipe->mixing == CUTMIX)
        return;
    int *size = lab_take(r, N, sizeof *size);
    for (size_t n = 0; n < N; n++)
        size[n] = recipe->is_weak ? 2 : 4;
    ask_integers(ask, "height", 1, &N, size);
    ask_integers(ask, "width", 1, &N, size);
    ask_choice(ask, "anchor", "centre");
}

static void mix(struct fit *fit, struct samples *samples)
{
    static const char *const techniques[] = {NULL, "mixup", "cutmix", "random_erasing"};
    const struct recipe *recipe = fit->plan->context;
    struct replica *r = fit->net->replica;
    const size_t N = samples->count, D = samples->features, K = recipe->train->classes;
    const uint64_t stream = MIX_STREAM + KINDS * fit->epoch;
    memcpy(samples->x, recipe->train->x, N * D * sizeof(float));
    memcpy(recipe->mixed, recipe->target, N * K * sizeof(float));
    if (recipe->mixing == MIXING_NONE ||
        (recipe->mixing != CUTOUT && recipe->is_weak && fit->epoch % 2 == 1))
        return;
    const struct arena kept = lab_borrow(r);
    struct ask *ask = ask_new(r, techniques[recipe->mixing]);
    if (recipe->mixing == MIXUP)
        ask_floats(ask, "x", 2, (size_t[]){N, D}, recipe->train->x);
    else
        ask_floats(ask, "x", 4, (size_t[]){N, 1, SIDE, SIDE}, recipe->train->x);
    if (recipe->mixing != MIXUP)
        ask_boxes(r, ask, recipe, stream);
    if (recipe->mixing != CUTOUT)
        ask_partners(r, ask, recipe, stream);
    ask_run(ask);
    if (recipe->mixing != CUTOUT)
        memcpy(recipe->mixed, ask_output(ask, "t_mixed", N * K), N * K * sizeof(float));
    memcpy(samples->x, ask_output(ask, recipe->mixing == CUTOUT ? "y" : "x_mixed", N * D),
           N * D * sizeof(float));
    lab_return(r, kept);
}

struct outcome {
    double validation, test; /* accuracies */
};

static struct outcome learns(struct replica *r, const struct split *split, enum mixing mixing,
                             bool is_weak)
{
    const size_t N = split->train.count, K = split->train.classes;
    struct recipe recipe = {mixing, is_weak, &split->train, lab_floats(r, N * K),
                            lab_floats(r, N * K)};
    struct samples train = split->train;
    train.target = recipe.mixed;
    train.outputs = K;
    for (size_t n = 0; n < N; n++)
        recipe.target[n * K + (size_t)train.label[n]] = 1;
    struct network_plan plan = network_plan(train.features, LAYERS, UNITS, K);
    plan.loss = LOSS_BINARY_CROSS_ENTROPY;
    const struct fit_plan how = {.optimizer = FIT_ADAM,
                                 .batch = BATCH,
                                 .epochs = STEPS,
                                 .steps = STEPS,
                                 .alter = mix,
                                 .context = &recipe};
    struct network *net = network_create(r, &plan, 256);
    double score[RATES];
    const size_t best = fit_tune(net, &train, &split->validation, &how, rates, RATES, score);
    const struct outcome outcome = {score[best], network_accuracy(net, &split->test)};
    network_free(net);
    return outcome;
}

void mixed_images(struct replica *r)
{
    for (size_t i = 0; i < SIZES; i++) {
        const struct split split = split_digits(r, (size_t)claim_place(r->claim, i), 0);
        double accuracy[MIXINGS];
        for (size_t m = 0; m < MIXINGS; m++) {
            const struct outcome strong = learns(r, &split, (enum mixing)m, false);
            const struct outcome weak =
                m == MIXING_NONE ? strong : learns(r, &split, (enum mixing)m, true);
            accuracy[m] = weak.validation > strong.validation ? weak.test : strong.test;
            replica_point(r, m, i, accuracy[m]);
        }
        for (size_t m = MIXUP; i < 2 && m < MIXINGS; m++)
            replica_effect(r, 3 * i + m - MIXUP, accuracy[m] - accuracy[MIXING_NONE]);
    }
}
