// SPDX-License-Identifier: MIT
/* One split on weighted samples; definition in reference/imbalance/class_weighted_stump.h.
 *
 * How it is distributed: the features are shared out among the ranks; the samples are whole on
 * each, since a feature's order is one of all samples. The best gain of every feature and its place
 * cross the network.
 */
#include "stump.h"

void class_weighted_stump_run(struct question *q)
{
    const struct stump_data is = stump_read(q);
    const scalar *w = stump_weights(q, &is);
    const struct stump best = stump_grow(q, &is, w, question_output(q, "gain", "D"));
    question_output(q, "feature", "")[0] = (scalar)best.feature;
    question_output(q, "threshold", "")[0] = best.threshold;
    question_output(q, "left_label", "")[0] = (scalar)best.left_label;
    question_output(q, "right_label", "")[0] = (scalar)best.right_label;
    scalar *left = question_output(q, "left_mass", "C");
    scalar *right = question_output(q, "right_mass", "C");
    for (size_t c = 0; c < is.C; c++) {
        left[c] = best.left[c];
        right[c] = best.right[c];
    }
}
