// SPDX-License-Identifier: MIT
#include "bayes_threshold.h"

real decision_cost(const struct decision_problem *is, size_t truth, size_t decision)
{
    return is->transposed ? is->cost[decision * is->C + truth] : is->cost[truth * is->C + decision];
}

static void read_correction(struct call *call, struct decision_problem *is)
{
    static const char *const corrections[] = {"none", "priors", "undersampling", NULL};
    is->correction = call_choice(call, "correction", corrections);
    if (is->correction == 1) {
        is->trained = call_input(call, "trained", "C");
        is->deployed = call_input(call, "deployed", "C");
        real sum = 0;
        for (size_t c = 0; c < is->C; c++) {
            if (!(is->trained[c] > 0))
                call_fail(call, "input 'trained' must be above 0 everywhere");
            if (!(is->deployed[c] >= 0))
                call_fail(call, "input 'deployed' must not be negative");
            sum = sum + is->deployed[c];
        }
        if (!(sum > 0))
            call_fail(call, "input 'deployed' has the sum 0");
    }
    if (is->correction == 2) {
        is->beta = call_number(call, "beta");
        if (!(is->beta > 0 && is->beta <= 1) || is->C != 2)
            call_fail(call, "number 'beta' must be in (0, 1], and there must be two classes");
    }
}

static void read_threshold(struct call *call, struct decision_problem *is)
{
    static const char *const yes[] = {"no", "yes", NULL};
    is->has_threshold = call_choice(call, "threshold", yes);
    if (!is->has_threshold)
        return;
    if (is->C != 2)
        call_fail(call, "convention 'threshold' needs two classes");
    real miss = decision_cost(is, 1, 0) - decision_cost(is, 1, 1);
    real alarm = decision_cost(is, 0, 1) - decision_cost(is, 0, 0);
    if (!(miss > 0 && alarm > 0))
        call_fail(call, "input 'cost' has no threshold: one decision is never the better one");
}

struct decision_problem decision_read(struct call *call)
{
    static const char *const rows[] = {"truth", "decision", NULL};
    static const char *const ties[] = {"first", "last", NULL};
    struct decision_problem is = {.p = call_input(call, "p", "NC")};
    is.N = call_size(call, 'N');
    is.C = call_size(call, 'C');
    is.block = call_block(call);
    if (is.N == 0 || is.C == 0)
        call_fail(call, "input 'p' is empty");
    for (size_t i = 0; i < is.N * is.C; i++) {
        if (!(is.p[i] >= 0 && is.p[i] <= 1))
            call_fail(call, "input 'p' must be in [0, 1] everywhere");
    }
    is.cost = call_input(call, "cost", "CC");
    is.transposed = call_choice(call, "rows", rows);
    is.last_wins = call_choice(call, "ties", ties);
    read_correction(call, &is);
    read_threshold(call, &is);
    is.corrected = call_output(call, "corrected", "NC");
    is.risk = call_output(call, "risk", "NC");
    is.decision = call_output_integers(call, "decision", "N");
    is.expected = call_output(call, "expected", "");
    if (is.has_threshold)
        is.threshold = call_output(call, "threshold", "");
    return is;
}

void decision_correct(const struct decision_problem *is)
{
    size_t C = is->C;
    for (size_t n = 0; n < is->N; n++) {
        const real *p = &is->p[n * C];
        real *q = &is->corrected[n * C], sum = 0;
        for (size_t c = 0; c < C; c++) {
            q[c] = is->correction == 1 ? p[c] * (is->deployed[c] / is->trained[c]) : p[c];
            sum = sum + q[c];
        }
        for (size_t c = 0; is->correction == 1 && c < C; c++)
            q[c] = q[c] / sum;
        if (is->correction == 2) {
            real scaled = is->beta * p[1];
            q[1] = scaled / (scaled - p[1] + 1);
            q[0] = 1 - q[1];
        }
    }
}

void decision_risk(const struct decision_problem *is)
{
    size_t C = is->C;
    for (size_t i = 0; i < is->N * C; i++)
        is->risk[i] =
            sum_products(R(0.0), C, &is->corrected[i / C * C], 1,
                         &is->cost[is->transposed ? i % C * C : i % C], is->transposed ? 1 : C);
}

void decision_decide(struct call *call, const struct decision_problem *is)
{
    size_t C = is->C;
    real *least = call_scratch(call, is->N), *gap = call_scratch(call, C);
    for (size_t n = 0; n < is->N; n++) {
        const real *risk = &is->risk[n * C];
        size_t best = 0;
        for (size_t k = 1; k < C; k++) {
            if (risk[k] < risk[best] || (risk[k] == risk[best] && is->last_wins))
                best = k;
        }
        for (size_t k = 0; k < C; k++)
            gap[k] = k == best ? 1 : risk[k] - risk[best];
        call_decisions(call, C, gap);
        is->decision[n] = real_count(best);
        least[n] = risk[best];
    }
    *is->expected = sum_samples(is->N, is->block, least, 1) / real_count(is->N);
    if (is->has_threshold) {
        real alarm = decision_cost(is, 0, 1) - decision_cost(is, 0, 0);
        *is->threshold = alarm / (alarm + (decision_cost(is, 1, 0) - decision_cost(is, 1, 1)));
    }
}

void bayes_threshold_answer(struct call *call)
{
    struct decision_problem is = decision_read(call);
    decision_correct(&is);
    decision_risk(&is);
    decision_decide(call, &is);
}
