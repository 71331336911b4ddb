// SPDX-License-Identifier: MIT
/* fit.h - training the networks of experiments.
 *
 *     for each epoch: an order of the samples; for each batch of it (the last one shorter):
 *         loss and gradient of the batch; penalties; clipping; the optimizer's step
 *
 * The order of epoch e is the permutation of stream 70000 + order_stream + e (random_shuffle), so
 * networks that are fitted with the same replica and plan see the same batches.
 */
#pragma once

#include "network.h"
#include "steps.h"

enum fit_order { FIT_RESHUFFLED, FIT_SHUFFLED_ONCE, FIT_IN_ORDER };

struct fit;

struct fit_plan {
    enum fit_optimizer optimizer;
    double rate;
    double momentum;        /* of FIT_MOMENTUM, FIT_NESTEROV, FIT_ADAM; 0 means 0.9, below 0 none */
    double decay;           /* c of the penalty c w^2 / 2, a term of the gradient (weights alone) */
    double decoupled_decay; /* w = w - rate c w instead, beside the step, and of all weights */
    double l1;              /* c of the penalty c |w|, by its subgradient (weights alone) */
    bool spares_outputs;    /* the last layer's weights have no penalty (decay and l1 alone) */
    double epsilon;         /* of FIT_ADAM and FIT_RMSPROP; 0 means 1e-8 */
    double clip_norm, clip_value; /* of the gradient; 0: not */
    size_t batch;                 /* 0: all samples */
    size_t epochs;
    size_t steps; /* at most so many; 0: no limit */
    enum fit_order order;
    uint64_t order_stream;
    bool tune_by_loss; /* fit_tune looks at the validation loss where there are labels, too */
    /* Stops when the loss of `validation` has not fallen for `patience` epochs; 0: does not.
     * `restore`: then takes back the parameters of the best epoch. */
    const struct samples *validation;
    size_t patience;
    bool restore;
    /* Ends a run whose loss is no number or above 1e4 (1 + the first one) (a run that has
     * diverged), at once. */
    bool keep_going; /* not so */
    /* The caller's own, each may be NULL. The rate of a step (from 0); a change of the samples
     * before an epoch (a copy, which stays changed); a change of a batch before its step (a copy,
     * of that step alone); a look after every step or epoch, which returns true to stop. */
    double (*rate_at)(const struct fit *fit);
    void (*alter)(struct fit *fit, struct samples *samples);
    void (*alter_batch)(struct fit *fit, struct samples *batch);
    bool (*after_step)(struct fit *fit);
    bool (*after_epoch)(struct fit *fit);
    void *context; /* for these functions */
};

/* A run, while it goes on and at its end. */
struct fit {
    const struct fit_plan *plan;
    struct network *net;
    size_t step, epoch; /* done */
    double loss;        /* of the last batch, before its step */
    double epoch_loss;  /* sum of the losses before steps over the samples of the last epoch, over
                           all samples: their mean, but of an epoch that ended early too small */
    double first_loss;  /* of the first batch */
    double rate;        /* of the last step */
    double best_validation; /* loss */
    size_t best_epoch;      /* from 1 */
    bool has_diverged;
};

/* Trains the network from where it is. */
struct fit fit_network(struct network *net, const struct samples *train,
                       const struct fit_plan *plan);

/* Tuning, the same for all arms: fits a network anew with each rate of the grid and returns the
 * place of the rate whose validation accuracy (loss: for regression, or tune_by_loss) is best; of
 * equal ones the first. The network is left as the best run left it. `score` (count), if not NULL,
 * receives the accuracies (or negative losses); runs that diverged, or whose loss is no number, get
 * -infinity. */
size_t fit_tune(struct network *net, const struct samples *train, const struct samples *validation,
                const struct fit_plan *plan, const double *rate, size_t count, double *score);

/* In alter_batch, for any loss that a technique knows: of a network with LOSS_SQUARED_ERROR, sets
 * the batch's targets so that the gradient of that loss by the outputs y is dy (count, outputs), up
 * to the rounding of y. What the fit says of losses then means nothing. */
void fit_aim(struct samples *batch, const float *y, const float *dy);
