// SPDX-License-Identifier: MIT
/* Averages of the weights along a training run: exponential, or equal (stochastic weight
 * averaging).
 *
 *   after step t = first_step, first_step + 1, ..: when t >= begin and (t - begin) is a multiple of
 *   `every`, w_t enters; n = 0, 1, .. counts what has entered.
 *     exponential:  e <- d e + (1 - d) w_t,     d = decay, or min(decay, (1 + n) / (10 + n))
 *     equal:        e <- e + (w_t - e) / (n + 1)
 *   average = e, and e / (1 - d_0 d_1 .. d_n) with bias_correction = yes
 *
 * P parameters; w (S,P) the weights after each step. e starts at 0, or at the input e (P), which
 * counts as the number entered (0) averages already.
 *
 * Conventions:
 *   form = exponential (default) or equal (Izmailov et al. 2018, PyTorch's AveragedModel).
 *   start = first_copy (default: the first w that enters is e itself; PyTorch's
 *     AveragedModel, Keras) or zero (with bias_correction = yes: Adam's way, optax with
 *     debias; with no: an average that begins far too small).
 *   bias_correction = no (default) or yes (start = zero only, and no given e).
 *   decay_form = constant (default) or growing (TensorFlow's num_updates, timm, diffusers).
 *   before anything has entered, average = w_t: copy (default) or e as it is: keep.
 *   Numbers: decay (exponential), every (1), begin (1), first_step (1), entered (0).
 * Source: Polyak and Juditsky 1992; Izmailov et al. 2018, algorithm 1; Kingma and Ba 2015, section
 *     3; document 004 S16 (snapshots).
 * Edge cases: decay 0 is a copy. equal from the start is the mean of all w.
 * Order of operations: d e + (1 - d) w two products and a sum; (w - e) / (n + 1) a difference, a
 *     quotient, a sum; the product of the d from the first to the last, 1 - it, one quotient.
 */
#pragma once

#include "optimizer.h"

struct averaging_rules {
    int equal, from_zero, corrected, growing, keeps;
    real decay;
    size_t every, begin, first, entered;
};

struct averaging_rules averaging_rules_read(struct call *call);

/* Whether the weights after step t enter. */
int averaging_enters(const struct averaging_rules *rules, size_t t);

/* d of the average number n. */
real averaging_decay(const struct averaging_rules *rules, size_t n);

/* Input w (S,P), optionally e (P); output average (S,P). */
void weight_averaging_answer(struct call *call);
