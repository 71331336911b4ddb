// SPDX-License-Identifier: MIT
/* Class weights; definition in reference/imbalance/class_weights.h.
 *
 * How it is distributed: the samples are sharded. The masses of the classes cross the network, one
 * chain in every canonical block, then the fixed tree; the weights of the classes follow on every
 * rank alike.
 */
#include "../techniques.h"

enum scheme { BALANCED, INVERSE, INVERSE_ROOT, LARGEST, EFFECTIVE };
enum norm { AS_IS, TO_CLASSES, TO_SAMPLES, TO_SMALLEST, TO_LARGEST };

static void add_masses(struct question *q, const int *label, const scalar *weight, scalar *mass)
{
    struct reduction *sum = question_sum(q, 'N', question_size(q, 'C'));
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        const struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        for (size_t n = piece.first; n < piece.first + piece.count; n++)
            leaf[label[n]] += weight != NULL ? weight[n] : 1;
        reduction_push(sum);
    }
    reduction_finish(sum, mass);
}

/* The logarithm of beta, and powers of it. */
static void powers(struct question *q, scalar beta, size_t C, const scalar *mass, scalar *power)
{
    const struct kernels *kernels = question_team(q)->kernels;
    scalar logarithm = beta;
    kernels->logarithm(1, &logarithm, &logarithm);
    for (size_t c = 0; c < C; c++)
        power[c] = mass[c] * logarithm;
    kernels->exponential(C, power, power);
}

static void weigh(struct question *q, const scalar *mass, scalar *weight)
{
    static const char *const schemes[] = {"balanced", "inverse",   "inverse_root",
                                          "largest",  "effective", NULL};
    static const char *const absent[] = {"zero", "one", NULL};
    static const char *const divisors[] = {"present", "all", NULL};
    const enum scheme scheme = (enum scheme)question_choice(q, "scheme", schemes);
    const scalar missing = question_choice(q, "absent", absent) == 1 ? 1 : 0;
    const bool all = question_choice(q, "divisor", divisors) == 1;
    const scalar beta = question_number_or(q, "beta", (scalar)0.999);
    if (!(beta >= 0) || !(beta < 1))
        question_refuse(q, "its number 'beta' is %g; it must be from 0 to below 1", (double)beta);
    const size_t C = question_size(q, 'C');
    scalar total = 0, most = 0, K = 0;
    for (size_t c = 0; c < C; c++) {
        total += mass[c];
        most = mass[c] > most ? mass[c] : most;
        K += all || mass[c] > 0 ? 1 : 0;
    }
    if (!(total > 0))
        question_refuse(q, "its input 'sample_weight' adds up to 0; give one sample a weight");
    scalar *power = question_scratch(q, C);
    if (scheme == EFFECTIVE && beta > 0)
        powers(q, beta, C, mass, power);
    for (size_t c = 0; c < C; c++) {
        const scalar ways[] = {total / (K * mass[c]), 1 / mass[c], 1 / scalar_sqrt(mass[c]),
                               most / mass[c], beta > 0 ? (1 - beta) / (1 - power[c]) : 1};
        weight[c] = mass[c] > 0 ? ways[scheme] : missing;
    }
}

static void normalize(struct question *q, const scalar *mass, scalar *weight)
{
    static const char *const norms[] = {"none", "classes", "samples", "smallest", "largest", NULL};
    const enum norm norm = (enum norm)question_choice(q, "normalization", norms);
    const size_t C = question_size(q, 'C');
    scalar K = 0, sum = 0, low = 0, high = 0, total = 0, product;
    for (size_t c = 0; c < C; c++) {
        total += mass[c];
        if (!(mass[c] > 0))
            continue;
        sum += weight[c];
        low = K == 0 || weight[c] < low ? weight[c] : low;
        high = weight[c] > high ? weight[c] : high;
        K += 1;
    }
    team_row_products(question_team(q), 1, C, mass, weight, &product);
    const scalar factors[] = {1, K / sum, total / product, 1 / low, 1 / high};
    for (size_t c = 0; c < C && norm != AS_IS; c++)
        weight[c] = mass[c] > 0 ? weight[c] * factors[norm] : weight[c];
}

void class_weights_run(struct question *q)
{
    const size_t C = question_count(q, "classes", 1, 1 << 12);
    const int *label = question_integers(q, "label", "[N]", 0, (int)C - 1);
    const scalar *own = NULL;
    if (question_size(q, 'N') == 0)
        question_refuse(q, "its input 'label' has no samples; give at least one");
    question_bind(q, 'C', C);
    if (question_has(q, "sample_weight")) {
        const scalar *whole = question_input(q, "sample_weight", "N");
        for (size_t n = 0; n < question_size(q, 'N'); n++)
            if (!(whole[n] >= 0))
                question_refuse(q, "element %zu of its input 'sample_weight' is negative", n);
        own = whole + question_first(q, 'N');
    }
    scalar *mass = question_output(q, "mass", "C");
    scalar *class_weight = question_output(q, "class_weight", "C");
    scalar *weight = question_output(q, "weight", "[N]");
    add_masses(q, label, own, mass);
    weigh(q, mass, class_weight);
    normalize(q, mass, class_weight);
    for (size_t n = 0; n < question_part(q, 'N'); n++) {
        weight[n] = class_weight[label[n]];
        if (own != NULL)
            weight[n] *= own[n];
    }
}
