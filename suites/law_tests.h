// SPDX-License-Identifier: MIT
/* law_tests.h - the elementary tests of which laws consist; their inequalities are in laws.h. */
#pragma once

#include "laws.h"

/* Makes the verdict at least as bad as `ratio` (NaN: infinitely bad), with the sentence why. */
void law_worsen(struct law_verdict *verdict, double ratio, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A statistic `found` that may be at most `limit` from `wanted`. */
void law_test(struct law_verdict *verdict, const char *what, double found, double wanted,
              double limit);

/* k of n, each with probability p; nothing is tested when n is 0. */
void law_frequency(struct law_verdict *verdict, const char *what, size_t k, size_t n, double p);
