// SPDX-License-Identifier: MIT
/* confirm.h - the second derivation of every golden, in binary128. */
#pragma once

#include "protocol/case.h"

/* Central differences. An output d<name> is the gradient with respect to the input <name> of
 *     L = sum of <y, dy> over all outputs y with an input dy,
 * or, where there is none, of the output loss (times the input dloss, if there is one). The fourth
 * order formula (8 (L(h) - L(-h)) - (L(2h) - L(-2h))) / 12 h with h = 2^-22 is exact to about 26
 * digits. Up to 48 elements of each gradient are tried, evenly spread. `digits` is the smallest
 * -log10(largest difference / largest element) over the gradients, `gradients` their number; a case
 * with a tie is not differentiable and counts as having none.
 * Returns 0, or 2 with a sentence in `error`. */
int confirm_gradients(const struct assay_case *test, const struct answer *golden, double *digits,
                      int *gradients, char *error);

/* Twins (fork.h): the smallest agreement in digits over all outputs of all twins that apply. */
int confirm_twins(const struct assay_case *test, const struct answer *golden, double *digits,
                  int *twins, char *error);
