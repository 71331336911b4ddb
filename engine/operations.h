// SPDX-License-Identifier: MIT
/* operations.h - the operations that the tape can record, and what their settings mean. Each is
 * defined in the file of its technique. */
#pragma once

#include "tape.h"

/* Activations: one input, output of the same width. */
extern const struct operation sigmoid_operation, tanh_operation, softmax_operation,
    linear_operation;

extern const struct operation log_softmax_operation; /* scratch: columns + 1 */

/* Settings: NULL or the derivative at 0. */
extern const struct operation relu_operation;
struct relu_settings {
    scalar derivative_at_zero;
};

/* Activations with numbers of their own, which their settings state. */
extern const struct operation leaky_relu_operation;
struct leaky_relu_settings {
    scalar slope, derivative_at_zero;
};
extern const struct operation elu_operation; /* alpha (e^x - 1) to the left, scale x to the right */
struct elu_settings {
    scalar scale, alpha, derivative_at_zero;
};
extern const struct operation softplus_operation;
struct softplus_settings {
    scalar beta, threshold; /* INFINITY: none */
};

extern const struct operation silu_operation; /* parameter: beta; scratch: 2 capacity columns */
struct silu_settings {
    size_t capacity; /* rows of the tape */
};
/* Clipped activations, with their derivatives at the bounds. */
extern const struct operation hard_tanh_operation;
struct hard_tanh_settings {
    scalar low, high, at_bounds;
};
extern const struct operation hard_sigmoid_operation;
struct hard_sigmoid_settings {
    scalar slope, offset, at_bounds;
};
extern const struct operation hard_swish_operation;
struct hard_swish_settings {
    scalar at_low, at_high;
};

/* y = x w + b. Parameters w (I,O) then b (O). */
extern const struct operation dense_layer_operation;
/* For use.rows: row i of its sums is dw[i,:], the last one is db. */
void dense_layer_sum_rows(const struct team *team, const struct node *node, struct piece piece,
                          size_t first, size_t count, scalar *leaf);

/* y = x + scale r, of the inputs x and r. */
extern const struct operation shortcut_operation;
struct shortcut_settings {
    scalar scale;
};
/* Batch normalisation of columns, y = gamma (x - mean) / sqrt(variance + epsilon) + beta, with the
 * statistics of a batch of all ranks' samples, or with running ones. Parameters gamma (C) then beta
 * (C), as many sums. Its passes are collective in training: every rank calls them, also without
 * rows of its own. On MPI_COMM_SELF, a team of one rank and a layout of one rank do. */
extern const struct operation batch_normalization_operation;
/* How the sums over one batch are had. Batches of another size or layout have their own; a network
 * may go from one to another between two steps. */
struct batch_sums {
    size_t samples; /* of all ranks; not 1, unless the running variance is biased or not kept */
    struct reduction *one, *two; /* vectors of C and of 2 C */
};
struct batch_sums batch_sums_create(struct arena *arena, const struct team *team,
                                    const struct layout *layout, size_t C);
struct batch_normalization_settings {
    scalar epsilon;  /* above 0 */
    scalar momentum; /* r <- (1 - momentum) r + momentum (statistic of the batch) */
    bool biased;     /* the variance that goes into the running one; that of a batch always is */
    bool evaluates;  /* running statistics take the place of the batch's, and stay as they are */
    /* (C) each, the caller's, the same on every rank; each forward pass in training moves them on.
     * NULL: none are kept, and it cannot evaluate. */
    scalar *running_mean, *running_variance;
    const struct batch_sums *sums; /* of the batch that is next; not used when it evaluates */
};
size_t batch_normalization_scratch(size_t rows, size_t C);

/* Losses: their only sum is the sum over samples of the loss before the division by W. */
extern const struct operation cross_entropy_operation;
struct cross_entropy_settings {
    const int *labels;          /* of this rank's samples; -1: ignored */
    const scalar *class_weight; /* (C), or NULL: all 1 */
    scalar at_label, elsewhere; /* the targets, after smoothing */
    scalar W;                   /* the normaliser */
    const scalar *dloss;        /* 1, or one per sample */
    bool dloss_per_sample;
};
/* The targets of a smoothing e over C classes; on all classes, or on all but the label. */
void cross_entropy_smooth(struct cross_entropy_settings *settings, scalar e, size_t C,
                          bool spare_the_label);
/* Scalars of scratch memory for `rows` samples of C classes; the losses of the samples are its
 * first `rows`. */
size_t cross_entropy_scratch(size_t rows, size_t C);

extern const struct operation mean_squared_error_operation;
struct mean_squared_error_settings {
    const scalar *target; /* (rows, K) */
    scalar f, W, dloss;
};
size_t mean_squared_error_scratch(size_t rows, size_t K);
