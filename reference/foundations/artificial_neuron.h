// SPDX-License-Identifier: MIT
/* Artificial neuron: a weighted sum plus a bias, through an activation.
 *
 *     z[n]    = b + sum_i w[i] x[n,i]
 *     a[n]    = f(z[n])
 *     dz[n]   = da[n] f'(z[n])
 *     dx[n,i] = dz[n] w[i],   dw[i] = sum_n dz[n] x[n,i],   db = sum_n dz[n]
 *
 * N samples, I inputs; x (N,I), w (I), b scalar, z and a (N). f is the convention `activation`:
 * identity, sigmoid, tanh, relu, or step (1 if z >= 0 else 0, document 004 C1; no gradient,
 * dz = 0).
 *
 * Conventions: the bias is added to the net input. Document 001 Q2 adds it to the output of f,
 *     which is a fork here.
 * Source: McCulloch and Pitts 1943; documents 000-003 Q1-2, 004 T1 and G1.
 * Edge cases: z = 0 gives a step of 1 and a ReLU of 0.
 * Order of additions: z is a chain over i that starts from b; dw and db are sums over samples.
 *     dz follows the activation's own file; for identity dz = da.
 */
#pragma once

#include "../call.h"

enum neuron_activation { NEURON_IDENTITY, NEURON_SIGMOID, NEURON_TANH, NEURON_RELU, NEURON_STEP };

/* z and a (N) from x (N,I), w (I) and b (1). */
void artificial_neuron_forward(real *z, real *a, const real *x, const real *w, const real *b,
                               enum neuron_activation f, size_t N, size_t I);

/* dz (N), dx (N,I), dw (I), db (1) from da (N) and the forward values. */
void artificial_neuron_backward(real *dz, real *dx, real *dw, real *db, const real *da,
                                const real *z, const real *a, const real *x, const real *w,
                                enum neuron_activation f, size_t N, size_t I, size_t block);

/* Inputs x, w, b, and da when gradients are wanted; outputs z, a, and dz, dx, dw, db. */
void artificial_neuron_answer(struct call *call);
