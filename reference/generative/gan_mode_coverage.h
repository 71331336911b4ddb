// SPDX-License-Identifier: MIT
/* Which modes of a known mixture a generator reaches, and how many of its samples are good.
 *
 *     d[n,k]     = sum_d (samples[n,d] - centres[k,d])^2;  nearest[n] = argmin_k d[n,k]
 *     good[n]    = d[n,nearest[n]] <= (multiple deviation)^2
 *     counts[k]  = how many good samples have k as their nearest centre;  total = sum_k counts[k]
 *     covered    = how many k have counts[k] >= least;  quality = sum_n good[n] / N
 *     divergence = sum_k r[k] log(K r[k]),  r[k] = counts[k] / total        (0 log 0 = 0)
 *
 * samples (N,D) of a generator, centres (K,D), numbers deviation (of a mode) and multiple (3).
 * Whole numbers: nearest, good (N), counts (K), covered.
 *
 * Conventions:
 *   counted = good (default; Metz et al., PacGAN) or all: counts are of all samples, good or not
 *     (quality is not changed).
 *   edge = within (default) or strict: a sample exactly at the radius is good, or is not.
 *   base = nats (default) or bits, of divergence, which is that of the modes reached from the
 *     uniform distribution (Che et al.'s and VEEGAN's reverse divergence).
 *   Numbers: multiple (3; 2 in some code), least (1).
 * Source: Srivastava et al. 2017 (VEEGAN), section 4.1; Metz et al. 2017 (unrolled GAN), appendix;
 *     Lin et al. 2018 (PacGAN), section 4.1; documents 004 C8, G18 (mode collapse).
 * Edge cases: the first of equally near centres is the nearest. When nothing is counted the
 *     divergence is log K, the largest there is. Refused: no sample, no centre, deviation or
 *     multiple not above 0.
 * Order of operations: d is one chain of fused multiply-adds over the differences; r = counts /
 *     total, r log(K r), added over k from 0; bits: divided by log 2 at the end.
 */
#pragma once

#include "../call.h"

/* See above. */
void gan_mode_coverage_answer(struct call *call);
