// SPDX-License-Identifier: MIT
#include "threshold_moving.h"

static void read_numbers(struct call *call, struct moving *is)
{
    is->alarm = call_number_or(call, "alarm", R(1.0));
    is->miss = call_number_or(call, "miss", R(1.0));
    is->beta = call_number_or(call, "beta", R(1.0));
    if (!(is->alarm >= 0))
        call_fail(call, "number 'alarm' must not be negative");
    if (!(is->miss >= 0 && is->alarm + is->miss > 0))
        call_fail(call, "number 'miss' must not be negative, nor both costs 0");
    if (!(is->beta > 0))
        call_fail(call, "number 'beta' must be above 0");
}

struct moving moving_read(struct call *call)
{
    static const char *const rules[] = {"f_beta", "cost", "balance", "prior", NULL};
    static const char *const at[] = {"score", "middle", NULL};
    static const char *const ties[] = {"low", "high", NULL};
    struct moving is = {.score = call_input(call, "score", "N")};
    is.label = call_integers(call, "label", "N", 0, 1);
    is.fresh = call_input(call, "new", "M");
    is.N = call_size(call, 'N');
    is.M = call_size(call, 'M');
    read_numbers(call, &is);
    is.rule = (enum moving_rule)call_choice(call, "rule", rules);
    is.middle = call_choice(call, "at", at);
    is.high = call_choice(call, "ties", ties);
    size_t ones = 0;
    for (size_t n = 0; n < is.N; n++)
        ones += is.label[n] == 1;
    if (ones == 0 || ones == is.N)
        call_fail(call, "input 'label' must have samples of both classes");
    call_bind(call, 'K', 2);
    if (is.rule != RULE_PRIOR)
        is.objective = call_output(call, "objective", "N");
    is.threshold = call_output(call, "threshold", "");
    is.confusion = call_output_integers(call, "confusion", "KK");
    is.decided = call_output_integers(call, "decided", "M");
    return is;
}

void moving_count(const struct moving *is, real t, real *count)
{
    for (int i = 0; i < 4; i++)
        count[i] = 0;
    for (size_t n = 0; n < is->N; n++)
        count[2 * is->label[n] + (is->score[n] >= t)] += 1;
}

real moving_worth(const struct moving *is, const real *count)
{
    real TN = count[0], FP = count[1], FN = count[2], TP = count[3], b = is->beta * is->beta;
    if (is->rule == RULE_COST)
        return FP * is->alarm + FN * is->miss;
    if (is->rule == RULE_BALANCE)
        return TP / (TP + FN) * (TN / (TN + FP));
    real hits = (1 + b) * TP;
    return hits / (hits + b * FN + FP);
}

/* The candidate of the best objective. */
static real best_candidate(struct call *call, const struct moving *is)
{
    size_t best = 0;
    real *gap = call_scratch(call, is->N), sign = is->rule == RULE_COST ? R(-1.0) : R(1.0);
    for (size_t n = 0; n < is->N; n++) {
        real count[4], lead;
        moving_count(is, is->score[n], count);
        is->objective[n] = moving_worth(is, count);
        lead = sign * (is->objective[n] - is->objective[best]);
        int beyond = is->high ? is->score[n] > is->score[best] : is->score[n] < is->score[best];
        if (lead > 0 || (lead == 0 && beyond))
            best = n;
    }
    for (size_t n = 0; n < is->N; n++)
        gap[n] = n == best ? 1 : sign * (is->objective[best] - is->objective[n]);
    call_decisions(call, is->N, gap);
    return is->score[best];
}

static real next_smaller(const struct moving *is, real score)
{
    real below = score;
    for (size_t n = 0; n < is->N; n++) {
        real other = is->score[n];
        if (other < score && (below == score || other > below))
            below = other;
    }
    return below;
}

void moving_decide(struct call *call, const struct moving *is)
{
    real t = *is->threshold, *gap = call_scratch(call, is->N + is->M);
    moving_count(is, t, is->confusion);
    for (size_t m = 0; m < is->M; m++)
        is->decided[m] = is->fresh[m] >= t;
    for (size_t i = 0; i < is->N + is->M; i++)
        gap[i] = (i < is->N ? is->score[i] : is->fresh[i - is->N]) - t;
    call_decisions(call, is->N + is->M, gap);
}

void threshold_moving_answer(struct call *call)
{
    struct moving is = moving_read(call);
    real ones = 0;
    for (size_t n = 0; n < is.N; n++)
        ones += (real)is.label[n];
    if (is.rule == RULE_PRIOR) {
        *is.threshold = ones / real_count(is.N);
    } else {
        real best = best_candidate(call, &is);
        *is.threshold = is.middle ? (best + next_smaller(&is, best)) / 2 : best;
    }
    moving_decide(call, &is);
}
