// SPDX-License-Identifier: MIT
#include "inception_score.h"

static void softmax(real *p, const real *z, size_t C)
{
    real largest = z[0];
    for (size_t c = 1; c < C; c++)
        largest = z[c] > largest ? z[c] : largest;
    for (size_t c = 0; c < C; c++)
        p[c] = real_exp(z[c] - largest);
    real sum = sum_features(C, p, 1);
    for (size_t c = 0; c < C; c++)
        p[c] = p[c] / sum;
}

struct inception inception_score_read(struct call *call)
{
    static const char *const forms[] = {"divergence", "entropies", NULL};
    struct inception i = {.block = call_block(call), .entropies = call_choice(call, "form", forms)};
    int logits = call_has(call, "z");
    const real *given = call_input(call, logits ? "z" : "p", "NC");
    i.N = call_size(call, 'N');
    i.C = call_size(call, 'C');
    if (i.N == 0 || i.C == 0)
        call_fail(call, "input '%s' has no samples or classes", logits ? "z" : "p");
    i.S = call_count_or(call, "splits", 1, 1, i.N);
    i.divisor = real_count(i.S - call_count_or(call, "ddof", 0, 0, i.S - 1));
    i.p = call_scratch(call, i.N * i.C);
    for (size_t k = 0; k < i.N * i.C; k++) {
        if (!logits && !(given[k] >= 0))
            call_fail(call, "input 'p' is negative at %zu", k);
        i.p[k] = given[k];
    }
    for (size_t n = 0; logits && n < i.N; n++)
        softmax(&i.p[n * i.C], &given[n * i.C], i.C);
    call_bind(call, 'S', i.S);
    i.score = call_output(call, "score", "S");
    i.mean = call_output(call, "mean", "");
    i.deviation = call_output(call, "deviation", "");
    i.marginal = call_output(call, "marginal", "SC");
    return i;
}

static real log_or_zero(real p)
{
    return p > 0 ? real_log(p) : R(0.0);
}

/* The score of `count` samples p (count,C) with marginal q (C). */
static real judge(struct call *call, const struct inception *i, const real *p, const real *q,
                  size_t count)
{
    real *information = call_scratch(call, count), *gap = call_scratch(call, i->C), entropy;
    for (size_t n = 0; n < count; n++) {
        for (size_t c = 0; c < i->C; c++) {
            real own = log_or_zero(p[n * i->C + c]);
            gap[c] = i->entropies ? own : p[n * i->C + c] > 0 ? own - real_log(q[c]) : R(0.0);
        }
        information[n] = sum_products(R(0.0), i->C, &p[n * i->C], 1, gap, 1);
    }
    real mean = sum_samples(count, i->block, information, 1) / real_count(count);
    if (!i->entropies)
        return real_exp(mean);
    for (size_t c = 0; c < i->C; c++)
        gap[c] = log_or_zero(q[c]);
    entropy = -sum_products(R(0.0), i->C, q, 1, gap, 1);
    return real_exp(entropy + mean);
}

void inception_score_answer(struct call *call)
{
    struct inception i = inception_score_read(call);
    real *square = call_scratch(call, i.S);
    for (size_t s = 0; s < i.S; s++) {
        size_t first = s * i.N / i.S, count = (s + 1) * i.N / i.S - first;
        const real *p = &i.p[first * i.C];
        real *q = &i.marginal[s * i.C];
        for (size_t c = 0; c < i.C; c++)
            q[c] = sum_samples(count, i.block, &p[c], i.C) / real_count(count);
        i.score[s] = judge(call, &i, p, q, count);
    }
    *i.mean = sum_features(i.S, i.score, 1) / real_count(i.S);
    for (size_t s = 0; s < i.S; s++)
        square[s] = (i.score[s] - *i.mean) * (i.score[s] - *i.mean);
    *i.deviation = real_sqrt(sum_features(i.S, square, 1) / i.divisor);
}
