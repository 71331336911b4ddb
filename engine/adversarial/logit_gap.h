// SPDX-License-Identifier: MIT
/* logit_gap.h - the lead of the class that an attack has to overcome; definition in
 * reference/adversarial/logit_gap.h. */
#pragma once

#include "victim.h"

/* The gap of one sample's logits z (K), and dz (K), the slopes of c max(gap, 0). */
scalar logit_gap(const struct victim *victim, scalar *dz, const scalar *z, int answer, scalar c,
                 scalar kappa);
