// SPDX-License-Identifier: MIT
/* Matthews' correlation coefficient; definition in reference/metrics/matthews_correlation.h.
 *
 * How it is distributed: the samples are sharded; the K^2 sums of the confusion matrix cross the
 * network (confusion.h), and every rank does the rest.
 */
#include "confusion.h"

void matthews_correlation_run(struct question *q)
{
    static const char *const options[] = {"zero", "limit", "refused", NULL};
    struct confusion c = confusion_read(q);
    int undefined = question_choice(q, "undefined", options);
    scalar right = 0, both = 0, called = 0, truly = 0, s = c.total;
    size_t labelled = 0, predicted = 0;
    for (size_t k = 0; k < c.K; k++) {
        right += c.matrix[k * c.K + k];
        both += c.truly[k] * c.called[k];
        called += c.called[k] * c.called[k];
        truly += c.truly[k] * c.truly[k];
        labelled += c.truly[k] > 0;
        predicted += c.called[k] > 0;
    }
    scalar *mcc = question_output(q, "mcc", "");
    if (labelled > 1 && predicted > 1)
        *mcc = (right * s - both) / (scalar_sqrt(s * s - called) * scalar_sqrt(s * s - truly));
    else if (undefined == 2)
        question_refuse(q, "its labels or predictions are of one class; give others, or state what "
                           "'undefined' shall mean");
    else if (undefined == 1)
        *mcc = right == s ? 1 : right == 0 && c.K == 2 ? -1 : 0;
}
