// SPDX-License-Identifier: MIT
/* distill.h - a network that is trained by defensive distillation at temperature 20. */
#pragma once

#include "contest.h"

/* Teacher and student, both by distillation_loss at that temperature, which the student does not
 * use afterwards; each with a tuned rate. `teacher`, unless it is NULL, receives the teacher, which
 * learned from labels at that temperature and does not use it afterwards either. */
struct network *distilled(const struct contest *is, uint64_t stream, struct network **teacher);
