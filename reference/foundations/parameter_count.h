// SPDX-License-Identifier: MIT
/* Summary of a stack of layers: the shape behind each of them, and its parameters.
 *
 * A shape is (height, width, channels); a vector of C features is (1,1,C), a sequence of T steps of
 * C features (1,T,C). Row l of layers (L,6) is kind, units u, kernel k, stride s, same, bias b (0
 * or 1). With (h,w,c) before it, and side(n) the new height or width:
 *
 *     0 dense                  (h,w,u)              c u + b u, along the channels
 *     1 convolution            (side h, side w, u)  k k c u + b u
 *     2 transposed convolution (side h, side w, u)  k k c u + b u
 *     3 pooling                (side h, side w, c)  0
 *     4 flatten                (1, 1, h w c)        0
 *     5 elementwise            (h,w,c)              0: an activation, a dropout
 *     6 batch normalization    (h,w,c)              4 c, of which 2 c are trained
 *     7 simple recurrent       (1,1,u)              u (u + c + b)
 *     8 LSTM                   (1,1,u)              4 u (u + c + b)
 *     9 GRU                    (1,1,u)              3 u (u + c + b), or 3 u (u + c + 2 b)
 *    10 separable convolution  (side h, side w, u)  k k c + c u + b u
 *
 *     side(n): convolutions and pooling: same = 0: floor((n - k) / s) + 1;  same = 1: ceil(n / s)
 *              transposed:               same = 0: (n - 1) s + max(k, s);   same = 1: n s
 *
 * Input input_shape (3). Conventions: gru_bias = one (default: reset before the product) or two
 * (reset after it, as cuDNN, PyTorch and today's Keras); recurrent_bias = one (default) or two
 * (PyTorch: one for the input and one for the state), for simple recurrent layers and LSTMs.
 * Source: documents 004 C2, C3, C5-C10 (model.summary()); their counts are cases.
 * Edge cases: a kernel that is larger than its input, without same, is refused; so are a
 *     kernel, a stride or units of 0 and a count that is not exact in binary32 (above 2^24).
 * Order of operations: whole numbers.
 */
#pragma once

#include "../call.h"

struct stack_layer {
    int kind;
    size_t units, kernel, stride, same, bias;
};

/* The shape (3) behind a layer, in place, its parameters and how many of them are trained; biases:
 * copies of the bias in a GRU and in other recurrent layers. Returns 0, or -1 when it does not fit.
 */
int parameter_count_layer(size_t *shape, size_t *parameters, size_t *trained,
                          const struct stack_layer *layer, const size_t biases[2]);

/* Inputs input_shape, layers; outputs shape (L,3), parameters (L), trained (L), total and
 * total_trained, all whole numbers. */
void parameter_count_answer(struct call *call);
