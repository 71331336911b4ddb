// SPDX-License-Identifier: MIT
/* activation.h - what the activations share: a case with one input and one output of its shape. */
#pragma once

#include "../operations.h"
#include "../techniques.h"

/* Inputs x (N,C), and dy when the gradient is wanted; outputs y, and dx. */
void activation_run(struct question *q, const struct operation *operation, const void *settings);
