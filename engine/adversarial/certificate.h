// SPDX-License-Identifier: MIT
/* certificate.h - bounds of a binomial probability and the normal quantile; definition in
 * reference/adversarial/certificate.h. They belong to one sample, so nothing crosses the
 * network. */
#pragma once

#include "../techniques.h"

struct certificate {
    const struct kernels *kernels;
    int method;      /* 0 exact, 1 Hoeffding, 2 Wilson, 3 Wald */
    scalar *scratch; /* of the largest count, plus 1 */
};

/* The convention bound; for up to `most` trials. */
struct certificate certificate_read(struct question *q, size_t most);

scalar certificate_bound(const struct certificate *is, size_t k, size_t n, scalar alpha,
                         bool upper);
/* P(X >= k) of n fair coins, doubled, but at most 1. */
scalar certificate_fair_test(const struct certificate *is, size_t k, size_t n);
scalar normal_quantile(const struct kernels *kernels, scalar p);
