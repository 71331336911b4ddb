// SPDX-License-Identifier: MIT
/* primitives.h - oneDNN's primitives as functions on plain arrays, in binary32.
 *
 * Each returns 0, or -1 when oneDNN says that it has no such primitive or that its arguments are
 * wrong; primitive_message then has its word for it. Gradients are computed when dy is not NULL.
 */
#pragma once

#include <oneapi/dnnl/dnnl.h>

#include <stddef.h>

/* An engine and a stream. */
int primitives_begin(void);
void primitives_end(void);

const char *primitive_message(void);

/* y, dx (n). */
int primitive_elementwise(dnnl_alg_kind_t kind, float alpha, float beta, size_t n, const float *x,
                          const float *dy, float *y, float *dx);

/* y, dx (N,C) over the last axis; logarithmic or not. */
int primitive_softmax(int logarithmic, size_t N, size_t C, const float *x, const float *dy,
                      float *y, float *dx);

/* y, dx (M,C), dgamma, dbeta (C); statistics of each row. */
int primitive_layer_normalization(float epsilon, size_t M, size_t C, const float *x,
                                  const float *gamma, const float *beta, const float *dy, float *y,
                                  float *dx, float *dgamma, float *dbeta);

/* y (N,O); w is (O,I), as oneDNN stores it, and so is dw. b may be NULL. */
int primitive_inner_product(size_t N, size_t I, size_t O, const float *x, const float *w,
                            const float *b, const float *dy, float *y, float *dx, float *dw,
                            float *db);

/* y, dx (N,C,H,W), across channels. */
int primitive_local_response(size_t size, float alpha, float beta, float k, const size_t dim[4],
                             const float *x, const float *dy, float *y, float *dx);
