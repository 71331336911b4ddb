// SPDX-License-Identifier: MIT
/* Which optimizer to take, as a rule that can be computed.
 *
 *     floats per weight of an optimizer: `copies` (weight and gradient) + its states:
 *         Adam 2, momentum 1, gradient descent 0
 *     an optimizer fits task c when weights_c (copies + states) <= memory_c
 *     finishing_c = 0: the first that fits of Adam, momentum, gradient descent
 *     finishing_c = 1: the first that fits of momentum, gradient descent
 *
 * C tasks: weights (C) how many, memory (C) floats that are there for the optimizer, finishing (C):
 * 0 or 1, whether the last bit of performance is wanted and the time to tune for it is there.
 * choice (C): 2 Adam, 1 momentum, 0 gradient descent, -1 none fits; floats (C) what it takes (0
 * for none). So choice is the number of states.
 *
 * Conventions: fallback = momentum (default: without the memory for Adam, one state is tried first)
 *     or plain (document 004: where memory is short, gradient descent without states).
 *     Number: copies (2; 1 where gradients are not kept).
 * Source: document 004 G5, T27 (which optimizers store what, and when to take which).
 * Edge cases: exactly as much memory as needed fits. A task of no weights is refused.
 * Order of operations: whole numbers below 2^24, exact in every precision.
 */
#pragma once

#include "../call.h"

/* The choice for one task. */
int optimizer_choose(long weights, long memory, int finishing, long copies, int plain);

/* Inputs weights, memory, finishing; outputs choice, floats (C), whole numbers. */
void optimizer_selection_answer(struct call *call);
