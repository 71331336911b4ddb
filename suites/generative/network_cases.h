// SPDX-License-Identifier: MIT
/* network_cases.h - the weights of a named network in a case, for all techniques that have one. */
#pragma once

#include "../case_builder.h"

/* Inputs <prefix>w1, <prefix>b1, ... for the sizes given, ended by 0: weights of random sign with
 * magnitudes in [low, high), biases normal with deviation `bias`. */
void case_network(struct assay_case *test, const char *prefix, const size_t *size, double low,
                  double high, double bias);
