// SPDX-License-Identifier: MIT
/* A linear regression problem; definition in reference/synthetic_data/make_regression.h.
 *
 * How it is distributed: every rank holds the draws and the coefficients and makes the samples that
 * it owns. Nothing crosses the network.
 */
#include "../techniques.h"
#include "permutation.h"

#include <string.h>

struct problem {
    const struct team *team;
    size_t D, K;
    const scalar *z, *left, *right;
    scalar *s, *scaled; /* (K) */
};

static void decay(struct question *q, struct problem *p)
{
    const scalar rank = question_number(q, "rank"),
                 tail = question_number_or(q, "tail", (scalar)0.5);
    scalar *slow = question_scratch(q, p->K);
    if (!(rank > 0))
        question_refuse(q, "its number 'rank' must be above 0");
    for (size_t k = 0; k < p->K; k++) {
        const scalar place = (scalar)k / rank;
        p->s[k] = -(place * place);
        slow[k] = -(place / 10);
    }
    p->team->kernels->exponential(p->K, p->s, p->s);
    p->team->kernels->exponential(p->K, slow, slow);
    for (size_t k = 0; k < p->K; k++)
        p->s[k] = (1 - tail) * p->s[k] + tail * slow[k];
}

/* f (D): the features of sample n. */
static void make_sample(const struct problem *p, scalar *f, size_t n)
{
    if (p->z != NULL) {
        memcpy(f, p->z + n * p->D, p->D * sizeof *f);
        return;
    }
    for (size_t k = 0; k < p->K; k++)
        p->scaled[k] = p->left[n * p->K + k] * p->s[k];
    memset(f, 0, p->D * sizeof *f);
    team_product(p->team, false, true, 1, p->D, p->K, p->scaled, p->K, p->right, p->K, f, p->D);
}

static void read_features(struct question *q, struct problem *p)
{
    const scalar tail = question_number_or(q, "tail", (scalar)0.5);
    if (!(tail >= 0 && tail <= 1))
        question_refuse(q, "its number 'tail' must be in 0..1");
    if (!question_has(q, "left")) {
        p->z = question_input(q, "z", "ND");
    } else {
        p->left = question_input(q, "left", "NK");
        p->right = question_input(q, "right", "DK");
        p->K = question_size(q, 'K');
        p->s = question_scratch(q, p->K);
        p->scaled = question_scratch(q, p->K);
        decay(q, p);
    }
    p->D = question_size(q, 'D');
    if (question_size(q, 'N') == 0 || p->D == 0)
        question_refuse(q, "its input '%s' is empty", p->z ? "z" : "left");
}

void make_regression_run(struct question *q)
{
    static const char *const coefficients[] = {"drawn", "given", NULL};
    struct problem p = {.team = question_team(q)};
    const scalar factor = question_choice(q, "coefficients", coefficients) == 1 ? 1 : 100;
    const scalar noise = question_number_or(q, "noise", 0), bias = question_number_or(q, "bias", 0);
    read_features(q, &p);
    const scalar *g = question_input(q, "g", "IT");
    const size_t D = p.D, T = question_size(q, 'T'), I = question_size(q, 'I');
    const scalar *e = question_has(q, "e") ? question_input(q, "e", "NT") : NULL;
    if (I > D)
        question_refuse(q, "its input '%s' has fewer features than g has rows",
                        p.z ? "z" : "right");
    if (!(noise >= 0))
        question_refuse(q, "its number 'noise' is negative; a deviation is not");
    const int *order = permutation_or_identity(q, "order", 'N');
    const int *columns = permutation_or_identity(q, "feature_order", 'D');
    scalar *x = question_output(q, "x", "[N]D"), *y = question_output(q, "y", "[N]T");
    scalar *coefficient = question_output(q, "coefficient", "DT");
    scalar *beta = question_scratch(q, D * T), *f = question_scratch(q, D);
    for (size_t i = 0; i < I * T; i++)
        beta[i] = factor * g[i];
    for (size_t row = 0; row < question_part(q, 'N'); row++) {
        const size_t n = (size_t)order[question_first(q, 'N') + row];
        make_sample(&p, f, n);
        for (size_t d = 0; d < D; d++)
            x[row * D + d] = f[columns[d]];
        team_product(p.team, false, false, 1, T, I, f, D, beta, T, y + row * T, T);
        for (size_t t = 0; t < T; t++) {
            y[row * T + t] += bias;
            if (e != NULL)
                y[row * T + t] += noise * e[n * T + t];
        }
    }
    for (size_t i = 0; i < D * T; i++)
        coefficient[i] = beta[(size_t)columns[i / T] * T + i % T];
}
