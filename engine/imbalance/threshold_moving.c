// SPDX-License-Identifier: MIT
/* Moving the threshold; definition in reference/imbalance/threshold_moving.h.
 *
 * How it is distributed: each rank counts its own samples against all candidates. The counts cross
 * the network, whole numbers, exactly; the best candidate follows everywhere alike. Decisions of
 * new samples are sharded.
 */
#include "../techniques.h"

enum rule { F_BETA, COST, BALANCE, PRIOR };

struct validation {
    size_t N;
    const scalar *score; /* (N), whole */
    const int *label;    /* (N), whole */
    scalar alarm, miss, beta;
    enum rule rule;
};

static struct validation read_validation(struct question *q)
{
    static const char *const rules[] = {"f_beta", "cost", "balance", "prior", NULL};
    struct validation is = {.score = question_input(q, "score", "N"),
                            .label = question_integers(q, "label", "N", 0, 1),
                            .alarm = question_number_or(q, "alarm", 1),
                            .miss = question_number_or(q, "miss", 1),
                            .beta = question_number_or(q, "beta", 1)};
    is.N = question_size(q, 'N');
    if (!(is.alarm >= 0))
        question_refuse(q, "its number 'alarm' is negative");
    if (!(is.miss >= 0) || !(is.alarm + is.miss > 0))
        question_refuse(q, "its number 'miss' is negative, or both costs are 0");
    if (!(is.beta > 0))
        question_refuse(q, "its number 'beta' is %g; it must be above 0", (double)is.beta);
    is.rule = (enum rule)question_choice(q, "rule", rules);
    size_t ones = 0;
    for (size_t n = 0; n < is.N; n++)
        ones += is.label[n] == 1;
    if (ones == 0 || ones == is.N)
        question_refuse(q, "its input 'label' has samples of one class only");
    return is;
}

/* count (candidates, 4): TN, FP, FN, TP, over all ranks. */
static void count_all(struct question *q, const struct validation *is, size_t candidates,
                      const scalar *candidate, long long *count)
{
    question_integers(q, "label", "[N]", 0, 1); /* cuts the samples */
    const size_t first = question_first(q, 'N'), end = first + question_part(q, 'N');
    for (size_t i = 0; i < candidates; i++)
        for (size_t n = first; n < end; n++)
            count[4 * i + 2 * (size_t)is->label[n] + (is->score[n] >= candidate[i] ? 1 : 0)]++;
    reduce_integers(question_team(q), count, 4 * candidates);
}

static scalar worth(const struct validation *is, const long long *count)
{
    const scalar TN = (scalar)count[0], FP = (scalar)count[1];
    const scalar FN = (scalar)count[2], TP = (scalar)count[3], b = is->beta * is->beta;
    const scalar hits = (1 + b) * TP;
    if (is->rule == COST)
        return FP * is->alarm + FN * is->miss;
    if (is->rule == BALANCE)
        return TP / (TP + FN) * (TN / (TN + FP));
    return hits / (hits + b * FN + FP);
}

/* The threshold of the best objective; objective is this rank's part of them. */
static scalar choose(struct question *q, const struct validation *is, scalar *objective)
{
    static const char *const ats[] = {"score", "middle", NULL};
    static const char *const ties[] = {"low", "high", NULL};
    const bool middle = question_choice(q, "at", ats) == 1;
    const bool high = question_choice(q, "ties", ties) == 1;
    const size_t N = is->N, first = question_first(q, 'N'), rows = question_part(q, 'N');
    long long *count = arena_take(question_arena(q), 4 * N, sizeof *count);
    count_all(q, is, N, is->score, count);
    scalar best = 0, at = 0;
    for (size_t n = 0; n < N; n++) {
        const scalar value = worth(is, count + 4 * n), t = is->score[n];
        const bool better = is->rule == COST ? value < best : value > best;
        if (n >= first && n < first + rows)
            objective[n - first] = value;
        if (n > 0 && !better && !(value == best && (high ? t > at : t < at)))
            continue;
        best = value;
        at = t;
    }
    scalar below = at;
    for (size_t n = 0; n < N; n++)
        if (is->score[n] < at && (below == at || is->score[n] > below))
            below = is->score[n];
    return middle ? (at + below) / 2 : at;
}

void threshold_moving_run(struct question *q)
{
    const struct validation is = read_validation(q);
    const scalar *fresh = question_input(q, "new", "[M]");
    question_bind(q, 'K', 2);
    question_integers(q, "label", "[N]", 0, 1);
    scalar *objective = is.rule != PRIOR ? question_output(q, "objective", "[N]") : NULL;
    scalar *threshold = question_output(q, "threshold", "");
    scalar *confusion = question_output(q, "confusion", "KK");
    scalar *decided = question_output(q, "decided", "[M]"), ones = 0;
    for (size_t n = 0; n < is.N; n++)
        ones += (scalar)is.label[n];
    *threshold = is.rule == PRIOR ? ones / (scalar)is.N : choose(q, &is, objective);
    long long count[4] = {0, 0, 0, 0};
    count_all(q, &is, 1, threshold, count);
    for (int i = 0; i < 4; i++)
        confusion[i] = (scalar)count[i];
    for (size_t m = 0; m < question_part(q, 'M'); m++)
        decided[m] = fresh[m] >= *threshold ? 1 : 0;
}
