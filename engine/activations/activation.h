// SPDX-License-Identifier: MIT
/* activation.h - what the activations share: a case with one input and one output of its shape. */
#pragma once

#include "../operations.h"
#include "../techniques.h"

/* Inputs x (N,C), and dy when the gradient is wanted; outputs y, and dx. */
void activation_run(struct question *q, const struct operation *operation, const void *settings);

/* The same for an operation whose scratch is one row and `spare` scalars. */
void activation_run_with(struct question *q, const struct operation *operation,
                         const void *settings, size_t spare);

/* The convention derivative_at_zero, between the two one-sided derivatives: left (the default),
 * right, or the mean of both. */
scalar activation_at_zero(struct question *q, scalar left, scalar right);

/* The convention derivative_at_bounds of a clipped activation. */
enum activation_bounds { BOUNDS_OUTSIDE, BOUNDS_INSIDE, BOUNDS_MEAN };
enum activation_bounds activation_at_bounds(struct question *q);
scalar activation_between(enum activation_bounds bounds, scalar outside, scalar inside);
