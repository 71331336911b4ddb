// SPDX-License-Identifier: MIT
/* votes.h - what votes under noise certify; definition in reference/adversarial/votes.h. Votes of a
 * sample are all on one rank, so nothing crosses the network. */
#pragma once

#include "certificate.h"

struct votes {
    struct certificate certificate;
    scalar alpha, sigma;
    bool two, last;
    size_t K;
};

struct votes votes_read(struct question *q, size_t K, size_t most);

/* Makes the outputs and fills them from the counts (rows,K) of this rank's samples. */
void votes_answer(struct question *q, const struct votes *is, const int *selection,
                  const int *estimation);
