// SPDX-License-Identifier: MIT
/* Mean absolute percentage error.
 *
 *     value[n,k] = f |y[n,k] - t[n,k]| / m,    m = max(|t[n,k]|, epsilon) or |t[n,k]| + epsilon
 *     slope[n,k] = f sign(y[n,k] - t[n,k]) / m
 *
 * N samples, K outputs; y predictions and t targets (N,K); loss and dy from value and slope, with
 * the conventions of loss.h.
 *
 * Conventions:
 *   percent = yes (Keras, default): f = 100; no (scikit-learn, torchmetrics): f = 1.
 *   epsilon_place = larger (Keras, scikit-learn, default): the larger of |t| and epsilon; sum:
 *     |t| + epsilon.
 *   epsilon (1e-7 as Keras has it, above 0): scikit-learn has 2.2e-16, torchmetrics 1.17e-6.
 * Source: Keras, scikit-learn and torchmetrics documentation; document 000 Q31 (regression losses).
 * Edge cases: a target of 0 is divided by epsilon, so one of them outweighs everything. sign(0) =
 * 0. Order of operations: d = y - t; f |d| / m and f sign(d) / m, from left to right. Then as
 * loss.h
 *     says.
 */
#pragma once

#include "loss.h"

/* Inputs y, t; outputs loss and dy. */
void mean_absolute_percentage_error_answer(struct call *call);
