// SPDX-License-Identifier: MIT
#include "cross_validation_score.h"

struct cross_validation cross_validation_read(struct call *call)
{
    static const char *const aggregates[] = {"folds", "pooled", NULL};
    static const char *const betters[] = {"smaller", "larger", NULL};
    static const char *const rules[] = {"best", "one_standard_error", NULL};
    static const char *const ties[] = {"first", "last", NULL};
    struct cross_validation c = {.block = call_block(call),
                                 .pooled = call_choice(call, "aggregate", aggregates),
                                 .larger = call_choice(call, "better", betters),
                                 .one_error = call_choice(call, "rule", rules),
                                 .last = call_choice(call, "ties", ties),
                                 .loss = call_input(call, "loss", "NM")};
    c.N = call_size(call, 'N');
    c.M = call_size(call, 'M');
    c.K = call_count(call, "folds", 2, 1024);
    size_t ddof = call_count_or(call, "ddof", 0, 0, c.K - 1);
    c.divisor = real_count(c.K - ddof);
    c.fold = call_integers(call, "fold", "N", 0, (int)c.K - 1);
    if (c.M == 0)
        call_fail(call, "input 'loss' has no models");
    int *size = call_scratch_integers(call, c.K);
    for (size_t n = 0; n < c.N; n++)
        size[c.fold[n]]++;
    for (size_t k = 0; k < c.K; k++) {
        if (size[k] == 0)
            call_fail(call, "input 'fold' has no sample of fold %zu", k);
    }
    call_bind(call, 'K', c.K);
    c.score = call_output(call, "score", "MK");
    c.mean = call_output(call, "mean", "M");
    c.deviation = call_output(call, "deviation", "M");
    c.error = call_output(call, "standard_error", "M");
    c.best = call_output_integers(call, "best", "");
    c.selected = call_output_integers(call, "selected", "");
    return c;
}

void cross_validation_select(struct call *call, const struct cross_validation *c)
{
    size_t best = 0, selected = 0;
    real *gap = call_scratch(call, c->M);
    for (size_t m = 1; m < c->M; m++) {
        real rise = c->larger ? c->mean[best] - c->mean[m] : c->mean[m] - c->mean[best];
        best = rise < 0 || (rise == 0 && c->last) ? m : best;
    }
    for (size_t m = 0; m < c->M; m++)
        gap[m] = c->larger ? c->mean[best] - c->mean[m] : c->mean[m] - c->mean[best];
    call_decisions(call, best, gap);
    call_decisions(call, c->M - 1 - best, gap + best + 1);
    *c->best = *c->selected = real_count(best);
    if (!c->one_error)
        return;
    for (size_t m = 0; m < c->M; m++) /* the best itself is within, whatever the rounding */
        gap[m] = m == best ? c->error[best] : c->error[best] - gap[m];
    while (selected + 1 < c->M && !(gap[selected] >= 0))
        selected++;
    *c->selected = real_count(selected);
    call_decisions(call, selected + 1 < best ? selected + 1 : best, gap);
}

void cross_validation_score_answer(struct call *call)
{
    struct cross_validation c = cross_validation_read(call);
    real *v = call_scratch(call, c.N), *count = call_scratch(call, c.K);
    for (size_t n = 0; n < c.N; n++)
        count[c.fold[n]] = count[c.fold[n]] + 1;
    for (size_t m = 0; m < c.M; m++) {
        real *score = &c.score[m * c.K];
        for (size_t k = 0; k < c.K; k++) {
            for (size_t n = 0; n < c.N; n++)
                v[n] = c.fold[n] == (int)k ? c.loss[n * c.M + m] : R(0.0);
            score[k] = sum_samples(c.N, c.block, v, 1) / count[k];
        }
        real center = sum_features(c.K, score, 1) / real_count(c.K), squares = R(0.0);
        for (size_t k = 0; k < c.K; k++)
            v[k] = (score[k] - center) * (score[k] - center);
        squares = sum_features(c.K, v, 1);
        c.deviation[m] = real_sqrt(squares / c.divisor);
        c.error[m] = c.deviation[m] / real_sqrt(real_count(c.K));
        c.mean[m] = center;
        if (c.pooled)
            c.mean[m] = sum_samples(c.N, c.block, &c.loss[m], c.M) / real_count(c.N);
    }
    cross_validation_select(call, &c);
}
