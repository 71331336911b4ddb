// SPDX-License-Identifier: MIT
/* victim_cases.h - makes a small model that looks trained, and samples that it classifies: each
 * class has a corner of the box, the first layer's units look towards these corners, and the
 * samples lie around them. Weights are random beside that, so that no gradient is near 0. */
#pragma once

#include "../case_builder.h"

struct victim_setting {
    size_t N, D, H, K, block; /* H = 0: no hidden layer; block 0: not stated; K = 1: two classes */
    const char *activation, *objective; /* NULL: not stated */
    double spread;                      /* of the samples around their corners; 0: 0.1 */
    double strength;                    /* of the weights; 0: 1 */
    double corner;  /* distance of the corners from the middle of the box; 0: 0.25 */
    int normalised; /* inputs mean and deviation, too */
    int wrong;      /* the last so many labels are of other classes */
};

/* Inputs x (N,D) in [0, 1], w1, b1 (, w2, b2), labels (N), and what the setting states. */
void victim_fill(struct assay_case *test, const struct victim_setting *is);

/* Input `name` (N): the class that follows each label by `step`, as targets. */
void victim_targets(struct assay_case *test, const char *name, const struct victim_setting *is,
                    int step);
