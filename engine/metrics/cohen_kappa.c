// SPDX-License-Identifier: MIT
/* Cohen's kappa; definition in reference/metrics/cohen_kappa.h.
 *
 * How it is distributed: the samples are sharded; the K^2 sums of the confusion matrix cross the
 * network (confusion.h), and every rank does the rest.
 */
#include "confusion.h"

void cohen_kappa_run(struct question *q)
{
    static const char *const disagreements[] = {"unweighted", "linear", "quadratic", NULL};
    static const char *const options[] = {"zero", "one", "refused", NULL};
    struct confusion c = confusion_read(q);
    int power = question_choice(q, "disagreement", disagreements);
    int undefined = question_choice(q, "undefined", options);
    scalar seen = 0, chance = 0, *kappa = question_output(q, "kappa", "");
    for (size_t i = 0; i < c.K; i++)
        for (size_t j = 0; j < c.K; j++) {
            scalar d = i > j ? (scalar)(i - j) : (scalar)(j - i);
            scalar v = power == 2 ? d * d : power == 1 ? d : d > 0;
            seen += v * c.matrix[i * c.K + j];
            chance += v * (c.truly[i] * c.called[j]);
        }
    if (chance > 0)
        *kappa = 1 - seen * c.total / chance;
    else if (undefined == 2)
        question_refuse(q,
                        "its labels and predictions are of one class; give others, or state what "
                        "'undefined' shall mean");
    else
        *kappa = undefined == 1;
}
