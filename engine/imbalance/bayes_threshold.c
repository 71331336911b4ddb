// SPDX-License-Identifier: MIT
/* Decisions of least expected cost; definition in reference/imbalance/bayes_threshold.h.
 *
 * How it is distributed: the samples are sharded, costs and priors are everywhere. One number
 * crosses the network, the sum of the least risks: a chain in each canonical block, then the fixed
 * tree.
 */
#include "../techniques.h"

enum correction { NONE, PRIORS, UNDERSAMPLING };

static void by_priors(struct question *q, scalar *p)
{
    const size_t C = question_size(q, 'C'), rows = question_part(q, 'N');
    const scalar *trained = question_input(q, "trained", "C");
    const scalar *deployed = question_input(q, "deployed", "C");
    scalar *ratio = question_scratch(q, C), total = 0;
    for (size_t c = 0; c < C; c++) {
        if (!(trained[c] > 0))
            question_refuse(q, "element %zu of its input 'trained' is not above 0", c);
        if (!(deployed[c] >= 0))
            question_refuse(q, "element %zu of its input 'deployed' is negative", c);
        total += deployed[c];
        ratio[c] = deployed[c] / trained[c];
    }
    if (!(total > 0))
        question_refuse(q, "its input 'deployed' adds up to 0; no class would occur");
    for (size_t n = 0; n < rows; n++) {
        scalar sum = 0;
        for (size_t c = 0; c < C; c++) {
            p[n * C + c] *= ratio[c];
            sum += p[n * C + c];
        }
        for (size_t c = 0; c < C; c++)
            p[n * C + c] /= sum;
    }
}

static void by_undersampling(struct question *q, scalar *p)
{
    const scalar beta = question_number(q, "beta");
    if (!(beta > 0) || !(beta <= 1) || question_size(q, 'C') != 2)
        question_refuse(q, "its number 'beta' must be above 0 and at most 1, for two classes");
    for (size_t n = 0; n < question_part(q, 'N'); n++) {
        const scalar scaled = beta * p[2 * n + 1];
        p[2 * n + 1] = scaled / (scaled - p[2 * n + 1] + 1);
        p[2 * n] = 1 - p[2 * n + 1];
    }
}

/* cost (C,C) with the truth in its rows. */
static const scalar *read_costs(struct question *q)
{
    static const char *const rows[] = {"truth", "decision", NULL};
    const scalar *given = question_input(q, "cost", "CC");
    const size_t C = question_size(q, 'C');
    scalar *cost = question_scratch(q, C * C);
    const bool transposed = question_choice(q, "rows", rows) == 1;
    for (size_t i = 0; i < C * C; i++)
        cost[i] = transposed ? given[i % C * C + i / C] : given[i];
    return cost;
}

/* Least risks are added over all samples. */
static void decide(struct question *q, const scalar *risk, scalar *decision, scalar *expected)
{
    static const char *const ties[] = {"first", "last", NULL};
    const bool last_wins = question_choice(q, "ties", ties) == 1;
    const size_t C = question_size(q, 'C');
    struct reduction *sum = question_sum(q, 'N', 1);
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        const struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        for (size_t n = piece.first; n < piece.first + piece.count; n++) {
            size_t best = 0;
            for (size_t k = 1; k < C; k++)
                if (risk[n * C + k] < risk[n * C + best] ||
                    (last_wins && risk[n * C + k] == risk[n * C + best]))
                    best = k;
            decision[n] = (scalar)best;
            leaf[0] += risk[n * C + best];
        }
        reduction_push(sum);
    }
    reduction_finish(sum, expected);
    *expected /= (scalar)question_size(q, 'N');
}

void bayes_threshold_run(struct question *q)
{
    static const char *const corrections[] = {"none", "priors", "undersampling", NULL};
    static const char *const yes[] = {"no", "yes", NULL};
    const scalar *whole = question_input(q, "p", "NC"), *p = question_input(q, "p", "[N]C");
    const size_t N = question_size(q, 'N'), C = question_size(q, 'C');
    const size_t rows = question_part(q, 'N');
    if (N == 0 || C == 0)
        question_refuse(q, "its input 'p' is empty; give samples and classes");
    for (size_t i = 0; i < N * C; i++)
        if (!(whole[i] >= 0) || !(whole[i] <= 1))
            question_refuse(q, "element %zu of its input 'p' is no probability", i);
    const scalar *cost = read_costs(q);
    scalar *corrected = question_output(q, "corrected", "[N]C");
    scalar *risk = question_output(q, "risk", "[N]C");
    for (size_t i = 0; i < rows * C; i++)
        corrected[i] = p[i];
    const enum correction correction =
        (enum correction)question_choice(q, "correction", corrections);
    if (correction == PRIORS)
        by_priors(q, corrected);
    if (correction == UNDERSAMPLING)
        by_undersampling(q, corrected);
    const bool asked = question_choice(q, "threshold", yes) == 1;
    const scalar alarm = C == 2 ? cost[1] - cost[0] : 0, miss = C == 2 ? cost[2] - cost[3] : 0;
    if (asked && C != 2)
        question_refuse(q, "its convention 'threshold' needs two classes");
    if (asked && (!(alarm > 0) || !(miss > 0)))
        question_refuse(q, "its input 'cost' has no threshold: one decision is never better");
    team_product(question_team(q), false, false, rows, C, C, corrected, C, cost, C, risk, C);
    decide(q, risk, question_output(q, "decision", "[N]"), question_output(q, "expected", ""));
    if (asked)
        question_output(q, "threshold", "")[0] = alarm / (alarm + miss);
}
