// SPDX-License-Identifier: MIT
/* verdict.h - from the figures of claims to verdicts, by the rules of claim.h. */
#pragma once

#include "record.h"
#include "statistics.h"

enum verdict { VERDICT_NOT_SHOWN, VERDICT_SUPPORTED, VERDICT_REFUTED };

/* What the effects of one part say. */
struct part_finding {
    enum verdict verdict;
    double median, mean;
    struct interval interval;  /* of the median, distribution-free, 95 % */
    struct interval bootstrap; /* of the mean, percentiles of 10,000 resamples, 95 % */
    double p;                  /* of the test, two-sided; NaN under RULE_ALWAYS */
    double adjusted;           /* after Holm's correction */
    struct interval share;     /* RULE_SHARE: of the ones, 95 % */
    bool is_for;               /* what was tested speaks for the claim */
    size_t needed; /* if not shown under RULE_ABOVE: replicas that would find an effect 1.5 times
                      the smallest that matters four times in five, if it had the smallest p of the
                      section; 0: more than 200 */
};

/* The caller sets `claim` and `record`, the rest 0. */
struct finding {
    const struct claim *claim;
    const struct claim_record *record; /* NULL: not run; then nothing else is set */
    enum verdict verdict;
    struct part_finding part[CLAIM_PARTS];
};

/* finding (claims): all of the sections that it holds any of, because a claim that was not run
 * counts among the tests of its section all the same. */
void verdict_of_all(struct finding *finding, size_t claims);

/* Of a claim of one part that stands alone: nothing is corrected. effect (replicas). */
enum verdict verdict_of(const struct claim *claim, const double *effect);

/* "supported", "refuted", "not shown". */
const char *verdict_name(enum verdict verdict);
