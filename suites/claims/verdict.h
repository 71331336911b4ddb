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
    double p;                  /* of the test, two-sided; NaN where the rule has none */
    double adjusted;           /* after Holm's correction */
    struct interval share;     /* RULE_SHARE: of the ones, 95 % */
    bool is_for;               /* the smaller probability speaks for the claim */
    size_t needed; /* if not shown: replicas that would find an effect 1.5 times the smallest that
                      matters four times in five; 0: more than 200 */
};

struct finding {
    const struct claim *claim;
    const struct claim_record *record; /* NULL: not run; then nothing else is set */
    enum verdict verdict;
    struct part_finding part[CLAIM_PARTS];
};

/* finding (claim_count_all()) from records (as many; NULL where a claim was not run, which counts
 * among the tests of its section all the same). */
void verdict_of_all(struct claim_record *const record[], struct finding *finding);

/* Of a claim of one part that stands alone: nothing is corrected. effect (replicas). */
enum verdict verdict_of(const struct claim *claim, const double *effect);

/* "supported", "refuted", "not shown". */
const char *verdict_name(enum verdict verdict);
