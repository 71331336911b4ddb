// SPDX-License-Identifier: MIT
/* Pre-trained weights as initialisation: a network's tensors are loaded, its head is replaced, and
 * one step is taken with the base frozen or not.
 *
 *     w = source_w, or its transpose;  b = source_b, or 0
 *     head = scale deviates, 0, or source_head;  head_bias = 0
 *     a = tanh(x w + b),  y = a head + head_bias,  loss = sum_n |y_n - t_n|^2 / 2 N
 *     learning tensors:  p_after = p - r (gradient + decay p);  frozen ones: p_after = p
 *     checksum = FNV-1a of the binary32 patterns of what was loaded, as its upper and lower 16 bits
 *     frozen = 1 or 0 for w, b, head, head_bias
 *
 * N samples, D inputs, H hidden units, O outputs: x (N,D), t (N,O), w (D,H), b (H), head (H,O).
 *
 * Conventions: layout = in_out (default: source_w is (D,H), Keras, JAX) or out_in ((H,D), PyTorch's
 *     Linear). missing = refuse (default: load_state_dict(strict=True), Keras's load_weights) or
 *     zeros (strict=False, skip_mismatch: a source_b that is not there leaves 0). head = deviates
 *     (default), zeros or kept. base = frozen (default: trainable = False, feature extraction),
 *     fine_tuned, or biases_tuned (b learns, w does not: BitFit). r = rate for the head and
 *     base_rate (rate) for the base. Decay spares what is frozen, as in PyTorch and Keras, whose
 *     optimizers do not see frozen tensors.
 * The hash: for w, b and a kept head as they were stored, each element's four bytes, lowest first:
 *     h = (h xor byte) 16777619 mod 2^32, from 2166136261. It is of the source, before
 *     transposition.
 * Source: Yosinski et al. 2014; Fowler, Noll, Vo and Eastlake 2019 (FNV-1a); documents 000 Q23,
 *     000-003 Q33, 004 C9, T34; Ben Zaken et al. 2022 (BitFit).
 * Edge cases: a head of zeros gives dx = 0 and no gradient to the base in the first step. Tensors
 *     of another shape, rates and decay below 0, and a batch without samples are refused.
 * Order of operations: dense layers as in dense_layer.h; a row's squares in a fused chain, rows in
 *     blocks, / (2 N); dy = (y - t) / N; p - r (g + decay p).
 */
#pragma once

#include "../call.h"

#include <stdint.h>

enum transfer_head { HEAD_DEVIATES, HEAD_ZEROS, HEAD_KEPT };
enum transfer_base { BASE_FROZEN, BASE_FINE_TUNED, BASE_BIASES_TUNED };

struct transfer {
    enum transfer_head head_kind;
    enum transfer_base base_kind;
    int transposed;
    real rate, base_rate, decay, scale;
    size_t N, D, H, O, block;
    const real *x, *t, *source_w, *source_b, *source_head, *deviates; /* what there is */
    real *w, *b, *head, *head_bias;                                   /* outputs */
    real *frozen, *checksum, *y, *loss, *dx;
    real *gradient[4], *after[4]; /* of w, b, head, head_bias: scratch, outputs */
    real *a, *da, *dy;            /* scratch */
};

/* Reads the case and makes all outputs. */
struct transfer transfer_read(struct call *call);

/* The hash h continued over n values. */
uint32_t transfer_hash(uint32_t h, const real *value, size_t n);

/* Tensors, checksum and frozen. */
void transfer_load(const struct transfer *net);

/* y, loss and dy. */
void transfer_forward(const struct transfer *net);

/* Inputs source_w, x, t, and source_b, deviates, source_head as the conventions need; outputs w, b,
 * head, head_bias, frozen, checksum, y, loss, dx, head_gradient, w_after, b_after, head_after,
 * head_bias_after. */
void pretrained_weights_answer(struct call *call);
