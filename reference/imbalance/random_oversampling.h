// SPDX-License-Identifier: MIT
/* Random oversampling: samples of small classes are repeated, with noise or without.
 *
 *     source[s] = member number i of the class that is to grow,  i = floor(count u[s]) or draw[s]
 *     added[s]  = x[source[s]] + h[c,d] noise[s,d],              h = shrinkage w[c] deviation[c,d]
 *     w         = (4 / ((D + 2) n))^(1 / (D + 4)),   deviation: of the class, divided by its count
 *
 * The classes and how many samples they get (S in all) follow from label and strategy: classes.h;
 * classes in ascending order. x (N,D), label (N); u (S) in [0, 1) or draw (S) in 0..count-1; noise
 * (S,D), standard normal, if there is to be some. Outputs source, added_label (S), added (S,D);
 * with noise also bandwidth (C,D): h, 0 for classes that do not grow. Number shrinkage (1).
 *
 * Conventions: draws = uniform (default: u) or index (draw). size = data (default: n = N, as
 *     imbalanced-learn computes it) or class (n = count[c], Silverman's rule for the class; ROSE in
 *     R). Without noise all samples are copies (imbalanced-learn's shrinkage=None).
 * Source: Menardi and Torelli 2014, section 3 (ROSE); Silverman 1986, equation 4.14; documents 000,
 *     002 and 003 Q40.
 * Edge cases: shrinkage 0 copies; a class of one sample, or a feature that is constant in a class,
 *     has deviation 0. A draw u count that rounds up to count takes the last member.
 * Order of operations: u count: a product. w: e^(log(4 / ((D + 2) n)) / (D + 4)). The mean of a
 *     class: its members in the order of the data, all samples in blocks; so the squared
 *     deviations; root of the quotient; shrinkage w, then times deviation; h noise, sum. Decisions:
 *     the distance of u count to the whole numbers below and above.
 */
#pragma once

#include "classes.h"
#include "neighbours.h"

struct oversampling {
    struct classes classes;
    size_t D, S, block;
    const real *x;
    const int *goal; /* (C) */
    int *of;         /* (S) the class of every added sample */
    const real *noise;
    real shrinkage;
    int size_of_class;
};

struct oversampling oversampling_read(struct call *call);

/* source (S). */
void oversampling_draw(struct call *call, const struct oversampling *is, int *source);

/* bandwidth (C,D). */
void oversampling_bandwidth(struct call *call, const struct oversampling *is, real *bandwidth);

/* Inputs and outputs as above. */
void random_oversampling_answer(struct call *call);
