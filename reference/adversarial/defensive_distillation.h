// SPDX-License-Identifier: MIT
/* Defensive distillation: a second network of the same shape learns the softened outputs of the
 * first, and is used without softening.
 *
 *     teacher: `steps` times  w <- w - rate grad L(w; t), from the weights given
 *     soft[n,k] = softmax(z(x[n]; teacher) / T)[k]
 *     student: `steps` times  w <- w - rate grad L(w; soft), from the weights that `start` names
 *     t[n,k]    = [k = labels[n]]
 *     L(w; t)   = F mean_n sum_k t[n,k] (-log softmax(z(x[n]; w) / T)[k])
 *     p         = softmax(z(x; student) / U)
 *     slope[n]  = the gradient of -log p[n,labels[n]] by x[n]
 *
 * x (N,D), labels (N) and the model with logits z (N,K): victim.h. T = temperature, U =
 * test_temperature (1). Outputs soft, p (N,K), slope (N,D), teacher_loss, student_loss (S) before
 * each step, and the student's parameters student_w1, student_b1, ... after the last one.
 *
 * Conventions: temperature above 0 (20), rate, steps.
 *   start = fresh (default: the student starts from the same weights as the teacher did) or teacher
 *     (it goes on from the teacher's).
 *   scale = none (Papernot et al.: F = 1, so that steps shrink by T; default) or squared (F = T^2,
 *     as in distillation for size, Hinton et al. 2015).
 * Source: Papernot et al. 2016, section IV; documents 000, 002, 003 Q41, 004 T41. At T its logits
 *     grow about T times, so that at U = 1 p is saturated and slopes vanish: they are masked, not
 *     gone (Carlini and Wagner 2017).
 * Edge cases: T = 1 is training twice. Refused: T or U of 0, an objective other than cross_entropy.
 * Order of operations: z / T, less its maximum, e, s a chain over k, log s. A sample's loss is a
 *     chain of fused multiply-adds t (log s - u) over k from 0, then the sum over samples, divided
 *     by N, times F. dz = ((p - t) (F / T)) / N. A step: w - rate g. slope: dz = (p - t) (1 / U).
 */
#pragma once

#include "victim.h"

void defensive_distillation_answer(struct call *call);
