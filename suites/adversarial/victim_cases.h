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

/* What a line states: "norm=l2 epsilon=0.25 units=bytes". Values that are no numbers are
 * conventions; NULL states nothing. */
void victim_state(struct assay_case *test, const char *line);

/* One row of a table of attacks: the model, what it states, and the step of its targets, if any. */
struct victim_row {
    struct case_head head;
    struct victim_setting setting;
    const char *states;
    int target; /* 0: none */
};

/* All of this. */
struct assay_case *victim_add(struct case_list *list, const struct victim_row *row);
