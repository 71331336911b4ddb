// SPDX-License-Identifier: MIT
/* Paired translation: a generator learns from pairs, by an adversary and by the distance to the
 * truth. Images of another modality, denoised scans and super-resolution are its uses.
 *
 *     out = G(x), or x + G(x)
 *     logits z = C([x, out]), or C(out)                                K for each sample
 *     adversarial    = mean softplus(-z), or mean (z - 1)^2
 *     reconstruction = |out - y|
 *     consistency    = |P(out) - x|,   P(out)[d] = (1/r) sum of out[d r .. d r + r - 1]
 *     loss = adversarial + lambda reconstruction + mu consistency
 *
 * N pairs of x (N,D) and y (N,E). The generator G, gw1, gb1, ..., from D to E features, and the
 * critic C, cw1, cb1, ..., to K logits (a patch critic has several), are perceptrons
 * (named_network.h); |.| is that of mismatch.h. C is frozen: gradients pass through it to dgw1, ...
 * Outputs adversarial, reconstruction, loss, dgw1, dgb1, ..., and consistency where mu is not 0,
 * which needs E = r D: what was generated must average to what was given. dloss is 1 unless given.
 *
 * Conventions:
 *   adversary = logistic (default, from logits: pix2pix vanilla), least_squares (Mao et al. 2017).
 *   conditional = yes (default, pix2pix): C sees x, then out; no: out alone.
 *   residual = no (default), yes: G adds to x (denoising; D = E).
 *   distance, reduction: mismatch.h, of reconstruction and consistency.
 *   Numbers lambda (100, pix2pix), mu (0).
 * Source: Isola, Zhu, Zhou and Efros 2017, equations 1 to 4; Ledig et al. 2017 (super-resolution);
 *     documents 004 S2 and T45 (detail, modalities and low-dose scans). Their networks are
 *     convolutional; what is defined here is what is minimized, for which a perceptron does.
 * Edge cases: a critic that is sure gives finite numbers at |z| = 1000. Refused: no pairs, a
 *     negative lambda or mu, networks that do not fit, mu where E is no multiple of D.
 * Order of operations: the logits' terms in a chain over K, then samples in blocks, then / (N K),
 *     as in adversarial_loss.h; gradients by out are (critic's + reconstruction's) + consistency's;
 *     P a chain, then / r, its gradient / r; loss = (adversarial + lambda reconstruction) + mu
 *     consistency.
 */
#pragma once

#include "../call.h"

/* See above. */
void paired_translation_answer(struct call *call);
