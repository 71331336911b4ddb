// SPDX-License-Identifier: MIT
/* DeepFool: walks to the nearest boundary of a model that is taken to be linear at every step.
 *
 *     c = the own class of x;  x_0 = x
 *     while the class of x_t is c, and t < steps:
 *         v_k = d(g_k - g_c) / dx at x_t,  m_k = g_c - g_k        for every candidate k
 *         k = the one with the smallest distance m_k / dual(v_k)
 *         r_t = the shortest with v_k r_t = m_k + offset dual(v_k)          (hyperplane.h)
 *         x_(t+1) = x + (1 + overshoot) (r_0 + ... + r_t)
 *     adversarial = x_T, T = iterations;  distance = |adversarial - x|
 *
 * The model is the attacked one (victim.h) with K >= 2 logits z; x (N,a), iterates (T,N,a) with
 * T = steps; a sample that has arrived stays where it is.
 *
 * Conventions:
 *   norm = l2 (default), l_infinity or l1: of distances and of r.
 *   value = logits (default): g = z; probabilities: g = softmax(z) (ART, where a classifier
 *     gives them).
 *   own = prediction (default: the authors, ART) or label (input labels; torchattacks; Foolbox
 *     stops by it): an input of another class than its label comes back as it is, with 0 iterations
 *     and distance 0.
 *   overshoots = every (default: the authors' program and Foolbox, as above); end: x_(t+1) = x_t +
 *     r_t, and at the end x + (1 + overshoot) (x_T - x), if there was a step (the paper, ART);
 *     step: x_(t+1) = x_t + (1 + overshoot) r_t (torchattacks).
 *   box = clip: every x_(t+1), and the end, are clipped to [low, high].
 * Numbers: steps (50), overshoot (0.02), classes (K): the own class and the classes - 1 others with
 *     the largest z[k] at x are candidates (the authors and ART: 10); offset (0; the authors and
 *     Foolbox: 1e-4) is added to the distance of each step.
 * Source: Moosavi-Dezfooli, Fawzi and Frossard 2016, algorithm 2; document 000 Q41.
 * Edge cases: of equal distances and equal logits the smaller class. Refused: fewer than two
 *     logits, classes below 2 or above K, no steps, a negative overshoot or offset, a label that is
 *     no class.
 * Order of operations: v_k is one pass back from dz = e_k - e_c, or for probabilities
 *     dz_j = [j = k] p_k - [j = c] p_c - (p_k - p_c) p_j; m_k + offset dual, then hyperplane.h; the
 *     sum of r, from r_0; times 1 + overshoot; plus x. |.|: chains over features, from x_T - x.
 */
#pragma once

#include "hyperplane.h"
#include "victim.h"

/* Outputs iterates (T,N,a), adversarial (N,a), distance (N), iterations (N), class (N): of the
 * adversarial one. */
void deep_fool_answer(struct call *call);
