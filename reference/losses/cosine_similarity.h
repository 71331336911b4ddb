// SPDX-License-Identifier: MIT
/* Cosine similarity as a loss of pairs, the cosine embedding loss.
 *
 *     c = sum a b / m,  m = max(|a| |b|, epsilon)
 *     alike (t = 1):   value = 1 - c,  da = -(b / m - (c / |a|^2) a)
 *     unlike (t = -1): value = max(0, c - margin),  da = +(...) where c > margin, else 0
 *     db likewise, a and b exchanged
 *
 * N pairs, D features; a and b (N,D); t (N) labels 1 or -1, all 1 without it. Loss, da and db with
 * the conventions of loss.h (a loss a sample).
 *
 * Conventions:
 *   form = one_minus (PyTorch, default): as above; negative (Keras): value = -c for alike pairs.
 *   epsilon_place = product (default): m as above, and where it is epsilon the slope has no second
 *     term; each: m = max(|a|, epsilon) max(|b|, epsilon), and the term is missing for whichever
 *     has been raised.
 *   epsilon (1e-8, above 0); margin (0, in [-1, 1]).
 * Source: documents 004 T30, G21; PyTorch CosineEmbeddingLoss, Keras CosineSimilarity.
 * Edge cases: a zero vector has c = 0. c may be above 1 by rounding, and is not cut.
 * Order of operations: x = a.b, s = a.a, r = b.b, chains over d from 0; A = sqrt(s), B = sqrt(r);
 *     m = A B; c = x / m. p = c / s, or 0 where raised; w = b / m - p a; -w or w. Then as loss.h
 *     says. */
#pragma once

#include "loss.h"

/* See above. */
void cosine_similarity_answer(struct call *call);
