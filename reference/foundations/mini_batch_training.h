// SPDX-License-Identifier: MIT
/* Mini-batch training of a multilayer perceptron, step by step.
 *
 *     for each epoch e = 1 .. E:
 *         for each batch of `batch` consecutive entries of permutation[e] (the last one shorter):
 *             forward, loss (the mean over this batch), backward      (multilayer_perceptron.h)
 *             update of all parameters with rate rate[s]              (the optimizer's file)
 *
 * N samples; x (N,D) and labels (N) or targets (N,K); permutation (E,N), each row a permutation of
 * 0..N-1; rate (S), with S = E ceil(N / batch), or the S first steps when rate is shorter.
 * Parameters start from w1, b1, ...; the state of the optimizer starts from zero.
 *
 * Outputs, with a leading axis of S steps: loss (S), w1_after (S,D,A), b1_after (S,A), ...; for
 * momentum v_w1 ...; for Adam m_w1, v_w1, m_b1, v_b1 ... With record = last the leading axis is 1
 * and only the final state is given, with record = listed the state after the steps of the input
 * recorded (R), which count from 1 and rise (loss stays (S)).
 *
 * Dropout: a hidden layer l with an input mask<l> (E,N,units) of 0 and 1 and the number keep in
 * (0, 1] is a_l = f(z_l) / keep where the mask of this epoch and sample is 1, else 0.
 *
 * Batch normalisation (normalization = batch) of every hidden layer l = 1 .. L-1, whose O units have
 * gamma<l> and beta<l> (O), before its activation (the default) or behind it, and then dropout:
 *
 *     u_l = a_{l-1} w_l + b_l
 *     a_l = f(norm_l(u_l))  or  a_l = norm_l(f(u_l))
 *     norm_l(v)[n,o] = gamma_l[o] v_hat[n,o] + beta_l[o]
 *     v_hat[n,o] = (v[n,o] - mean[o]) / s[o];    s[o] = sqrt(variance[o] + epsilon)
 *     mean[o] = sum_n v[n,o] / B;   variance[o] = sum_n (v[n,o] - mean[o])^2 / B
 *     dgamma_l[o] = sum_n dy[n,o] v_hat[n,o];    dbeta_l[o] = sum_n dy[n,o]
 *     dv[n,o] = (gamma_l[o] / s[o]) (dy[n,o] - dbeta_l[o] / B - v_hat[n,o] dgamma_l[o] / B)
 *     running mean   <- (1 - momentum) running mean + momentum mean
 *     running variance likewise, with sum_n (v - mean)^2 / (B - 1), or / B when it is biased
 *
 * over the B samples of the whole batch, whoever holds them. gamma<l> starts from 1, beta<l> from 0,
 * running_mean<l> from 0 and running_variance<l> from 1 unless they are inputs. The optimizer learns
 * gamma and beta like all others; hidden_weights spares them. Outputs besides: gamma<l>_after,
 * beta<l>_after with their states as for w, and running_mean<l>_after, running_variance<l>_after.
 * The gradient of b<l> before a normalisation is 0 but for rounding, since the mean takes b away.
 *
 * Conventions: normalization = none (default) or batch; normalization_place = before_activation
 *     (default) or after_activation; running_variance_kind = unbiased (default) or biased; one_value
 *     = refused (default) or variance_zero: as in batch_normalization.h; with the numbers
 *     normalization_epsilon (1e-5) and normalization_momentum (0.1). optimizer = gradient_descent (default), momentum (rate_outside, no dampening) or
 *     adam (with bias correction; epsilon_placement as in adam.h), with their numbers; last_batch =
 *     keep (default) or drop; decayed = all (default: weight_decay is for every parameter, as in
 *     PyTorch) or hidden_weights (for w1 .. w(L-1): a Keras kernel_regularizer l2(c) on the hidden
 *     layers, whose derivative 2 c w is weight_decay = 2 c). The loss is without the penalty.
 *     Gradients of a short batch are divided by its own size.
 * Source: documents 000-003 Q10, Q16 and Q49, 004 G3, T4, T33 and S3 (32, 64, 128; shuffle every
 *     epoch); Ioffe and Szegedy 2015 (before the activation).
 * Edge cases: batch >= N is batch gradient descent; batch = 1 is one-sample SGD. Refused: a row of
 *     permutation that is none, more rates than steps, a batch above N that would be dropped, an
 *     empty batch, keep outside of (0, 1], a mask that is not 0 or 1, beta1 or beta2 outside of [0,
 *     1), a negative epsilon or momentum. When hidden layers are normalised also: a
 *     normalization_epsilon that is not above 0, a normalization_momentum outside of [0, 1], a
 *     negative running variance, a batch of one sample unless one_value allows it and the running
 *     variance is biased.
 * Order of additions: blocks are consecutive positions within the batch, so sums over samples do
 *     not depend on who holds the samples.
 */
#pragma once

#include "../call.h"
#include "../optimizers/adam.h"
#include "../optimizers/gradient_descent.h"
#include "../optimizers/momentum.h"
#include "multilayer_perceptron.h"

enum training_optimizer { TRAINING_GRADIENT_DESCENT, TRAINING_MOMENTUM, TRAINING_ADAM };
enum { TRAINING_TENSORS = 4 * PERCEPTRON_LAYERS }; /* w1, b1, gamma1, beta1, w2, b2, ... */
enum training_kind { TRAINING_WEIGHTS, TRAINING_BIASES, TRAINING_GAMMA, TRAINING_BETA };

/* One parameter tensor, its optimizer state, and where both are recorded (NULL: nowhere). */
struct training_tensor {
    enum training_kind kind;
    size_t layer, count; /* layer from 0 */
    real *value, *gradient, *first, *second;
    real *value_after, *first_after, *second_after;
};

/* A whole training run: the request, the network as it is now, and where it is recorded. */
struct training {
    struct perceptron net;
    struct perceptron_batch space;
    struct hidden_normalization normalization; /* space.normalization, if there is one */
    real *running_mean_after[PERCEPTRON_LAYERS], *running_variance_after[PERCEPTRON_LAYERS];
    struct training_tensor tensor[TRAINING_TENSORS];
    size_t tensors, steps;
    size_t N, epochs, batch, used, block; /* used: samples of an epoch */
    const real *x, *targets, *rate;
    const int *labels, *permutation;
    enum training_optimizer optimizer;
    struct momentum_rules momentum;
    struct adam_rules adam;
    real decay;
    int hidden_weights_only; /* decayed */
    int record;              /* 0 all, 1 last, 2 listed */
    const int *recorded;     /* (rows_recorded), for listed */
    size_t rows_recorded;
    const int *mask[PERCEPTRON_LAYERS]; /* (E,N,units), or NULL */
    int *mask_batch[PERCEPTRON_LAYERS];
    size_t epoch; /* of the last batch chosen */
    real *x_batch, *targets_batch;
    int *labels_batch;
    real *loss; /* the output */
};

/* Reads the request and makes all outputs. */
void training_read(struct call *call, struct training *t);

/* The samples of step s (from 0), and how many they are; their masks are those of its epoch. */
size_t training_choose(struct training *t, size_t s, const int **chosen);

/* Copies the samples `chosen` (n) into the batch. */
void training_gather(struct training *t, const int *chosen, size_t n);

/* The mean loss of the n samples of the batch; fills all gradients. */
real training_gradient(struct call *call, struct training *t, size_t n);

/* Whether the decay is for this tensor, too. */
int training_decays(const struct training *t, const struct training_tensor *w);

/* One update of tensor i, as the optimizer's step s (from 0). */
void training_update(struct training *t, size_t i, size_t s);

/* Records all tensors as they are after step s, when that is wanted. */
void training_record(struct training *t, size_t s);

/* See above. */
void mini_batch_training_answer(struct call *call);
