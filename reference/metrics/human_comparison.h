// SPDX-License-Identifier: MIT
/* A model against human graders on the same cases.
 *
 *     model_rate = sum model / N,  human_rate[g] = sum_n human[n,g] / N
 *     b[g] = cases where the model alone is right,  c[g] = where grader g alone is
 *     difference[g] = (b - c) / N,  low and high: its interval
 *     statistic[g]  = (b - c)^2 / (b + c)                        McNemar; 0 when b + c = 0
 *     p[g]          = min(1, 2 sum_{i <= min(b,c)} C(b+c,i) / 2^(b+c))
 *     beaten        = number of graders with b > c
 *
 * N cases, G graders; model (N) and human (N,G): 1 right, 0 wrong. Outputs model_rate, human_rate
 * (G), model_alone b and human_alone c (G, whole), difference, low, high, statistic, p (G), beaten
 * (whole). "Surpassing human performance" is this comparison: the computable core of the
 * catalogue's row.
 *
 * Conventions:
 *   interval = paired (default: difference -+ z sqrt(b + c - (b - c)^2 / N) / N, Wald) or
 *     independent (Newcombe's score interval, as if other cases had been graded): from Wilson's
 *     l, u of either rate, difference - sqrt((m - l_m)^2 + (u_h - h)^2) to difference +
 *     sqrt((u_m - m)^2 + (h - l_h)^2);
 *   correction = none (default) or continuity: (|b - c| - 1)^2 / (b + c), not below 0, as
 *     statsmodels and R by default;
 *   test = exact (default), mid_p (both tails less once the probability of min(b,c)) or
 *     chi_squared: p = erfc(sqrt(statistic / 2)).
 * Numbers: z (1.96).
 * Source: documents 004 T36 and T45 (graders of retinal images); McNemar 1947; Newcombe 1998;
 *     Fagerland, Lydersen and Laake 2013 (mid-p).
 * Edge cases: no disagreement: p = 1. b = c: p = 1 where exact. Refused: no cases or graders, marks
 *     that are not 0 or 1, z not above 0.
 * Order of operations: whole counts; 0.5^n by repeated halving, C(n,i+1) = C(n,i) (n - i) / (i + 1)
 *     from it, a chain; Wilson: (m + z z / (2 N)) -+ z sqrt(m (1 - m) / N + z z / (4 N N)), over 1
 *     + z z / N.
 */
#pragma once

#include "../call.h"

enum human_test { HUMAN_EXACT, HUMAN_MID_P, HUMAN_CHI_SQUARED };

struct human_study {
    size_t N, G;
    int independent, continuity;
    enum human_test test;
    real z;
    const int *model, *human;
    real *model_rate, *human_rate, *b, *c, *difference, *low, *high, *statistic, *p, *beaten;
};

/* Inputs and outputs. */
struct human_study human_comparison_read(struct call *call);

void human_comparison_answer(struct call *call);
