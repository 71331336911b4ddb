// SPDX-License-Identifier: MIT
/* distill.h - a network that is trained by defensive distillation at temperature 20. */
#pragma once

#include "contest.h"

/* Teacher and student, both by distillation_loss at that temperature, which the student does not
 * use afterwards; each with a tuned rate. */
struct network *distilled(const struct contest *is, uint64_t stream);
