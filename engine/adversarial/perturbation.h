// SPDX-License-Identifier: MIT
/* perturbation.h - directions and projections of perturbations, sample by sample: nothing crosses
 * the network. Definition in reference/adversarial/perturbation.h. */
#pragma once

#include "../techniques.h"

enum norm { NORM_LINF, NORM_L2, NORM_L1 };
enum norm_floor { FLOOR_NORM, FLOOR_SQUARES, FLOOR_ADDED, FLOOR_NONE };
enum l1_step { L1_WHOLE, L1_LARGEST, L1_SHARED };

struct perturbation {
    const struct team *team;
    size_t D;
    enum norm norm;
    enum norm_floor floor;
    enum l1_step l1_step;
    bool plus, rescaled;
    scalar tiny;
    scalar *order; /* (D): scratch */
};

/* Reads norm, zero_sign, floor, tiny, l1_step and l1_projection. */
struct perturbation perturbation_read(struct question *q, size_t D);

/* |v| of D numbers. */
scalar perturbation_norm(const struct perturbation *is, const scalar *v);

/* direction (rows,D) of gradients (rows,D); they may be the same array. */
void perturbation_direction(const struct perturbation *is, scalar *direction,
                            const scalar *gradient, size_t rows);

/* v (rows,D) on the balls of this radius, in place. */
void perturbation_project(const struct perturbation *is, scalar *v, scalar radius, size_t rows);
