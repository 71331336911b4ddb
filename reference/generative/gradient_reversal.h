// SPDX-License-Identifier: MIT
/* Gradient reversal: features that a classifier of one domain can use and a critic of domains
 * cannot.
 *
 *     label_loss  = (1/M) sum over the source of -log softmax(C(F(x)))[label]
 *     domain_loss = (1/M) sum over the source of b(H(F(x)), 0) + (1/N) sum over the target of
 *                   b(H(F(x)), 1),   b(z, t) = t softplus(-z) + (1 - t) softplus(z)
 *     loss        = label_loss + v domain_loss,   v = 1 or lambda
 *     dc, dh      = the gradients of loss by the weights of C and H
 *     reversed_f  = dlabel_loss / df - lambda ddomain_loss / df
 *
 * M samples x_source (M,D) with labels (M), N samples x (N,D) without. Features F (fw1, fb1, ...),
 * classifier C (cw1, ...; K classes) and critic H (hw1, ...; one logit) are perceptrons
 * (named_network.h). Between F and H stands the reversal: it passes values on and multiplies the
 * gradient by -lambda. What F descends is therefore no gradient of any loss, and is called
 * reversed_fw1, ...
 * Outputs label_loss, domain_loss, factor (lambda), loss, dcw1, ..., dhw1, ..., reversed_fw1, ...
 *
 * Conventions:
 *   schedule = fixed (default): the number lambda (1); annealed: 2 / (1 + exp(-gamma progress)) - 1
 *     with the numbers gamma (10) and progress (0 to 1).
 *   domains = separate (default; equation 9): the means of both domains are added; joint: one mean
 *     over N + M, as code that concatenates the batches has it.
 *   critic = plain (default; Ganin and Lempitsky 2015, all code): v = 1; weighted: v = lambda, as
 *     in equation 15 of the longer paper.
 * Source: Ganin et al. 2016, equations 9 and 13 to 15 and section 5.2.2; Ganin and Lempitsky 2015;
 *     documents 000 Q50, 004 G18 and S2 (data of another distribution).
 * Edge cases: lambda = 0 trains the features for the labels alone. Refused: an empty domain, labels
 *     that are no class, a negative lambda or gamma, progress outside [0, 1], networks that do not
 *     fit.
 * Order of operations: losses as in cross_entropy.h and adversarial_loss.h, each domain's sum
 *     divided by its number; H's slope of the features is multiplied by -lambda and, on the source,
 *     added to C's; the sums of F and H: source + target, those of H multiplied by v before.
 */
#pragma once

#include "../call.h"

/* See above. */
void gradient_reversal_answer(struct call *call);
