// SPDX-License-Identifier: MIT
#include "gradient_accumulation.h"

struct accumulation_rules accumulation_rules_read(struct call *call)
{
    static const char *const averages[] = {"samples", "equal", "sum_of_means", "sum", NULL};
    static const char *const counts[] = {"stated", "present", NULL};
    static const char *const lasts[] = {"step", "drop", NULL};
    struct accumulation_rules rules = {0};
    call_input(call, "g", "NP");
    rules.N = call_size(call, 'N');
    rules.P = call_size(call, 'P');
    rules.size = call_integers(call, "size", "K", 1, 1 << 20);
    rules.K = call_size(call, 'K');
    rules.average = (enum accumulation)call_choice(call, "average", averages);
    rules.counts_present = call_choice(call, "count", counts);
    rules.drops = call_choice(call, "last", lasts);
    rules.every = call_count_or(call, "every", 1, 1, 1 << 20);
    rules.decay = call_number_or(call, "weight_decay", R(0.0));
    rules.block = call_block(call);
    size_t total = 0;
    for (size_t k = 0; k < rules.K; k++)
        total += (size_t)rules.size[k];
    if (total != rules.N)
        call_fail(call, "input 'size' adds up to %zu samples, but there are %zu", total, rules.N);
    rules.S = (rules.K + (rules.drops ? 0 : rules.every - 1)) / rules.every;
    if (rules.S == 0)
        call_fail(call, "number 'every' exceeds the micro-batches, so there is no update");
    call_bind(call, 'S', rules.S);
    return rules;
}

void accumulation_combine(real *G, const real *sum, size_t u,
                          const struct accumulation_rules *rules)
{
    size_t first = u * rules->every, end = first + rules->every, samples = 0;
    end = end > rules->K ? rules->K : end;
    int of_means = rules->average == ACCUMULATE_EQUAL || rules->average == ACCUMULATE_MEANS;
    for (size_t k = first; k < end; k++)
        samples += (size_t)rules->size[k];
    for (size_t p = 0; p < rules->P; p++) {
        G[p] = 0;
        for (size_t k = first; k < end; k++) {
            real own = sum[k * rules->P + p];
            G[p] = G[p] + (of_means ? own / (real)rules->size[k] : own);
        }
        if (rules->average == ACCUMULATE_SAMPLES)
            G[p] = G[p] / real_count(samples);
        else if (rules->average == ACCUMULATE_EQUAL)
            G[p] = G[p] / real_count(rules->counts_present ? end - first : rules->every);
    }
}

/* sum (K,P) of the samples of each micro-batch; masked (N) is scratch. */
static void add_samples(real *sum, real *masked, const real *g,
                        const struct accumulation_rules *rules)
{
    size_t N = rules->N, P = rules->P, first = 0;
    for (size_t k = 0; k < rules->K; k++) {
        size_t end = first + (size_t)rules->size[k];
        for (size_t p = 0; p < P; p++) {
            for (size_t n = 0; n < N; n++)
                masked[n] = n >= first && n < end ? g[n * P + p] : 0;
            sum[k * P + p] = sum_samples(N, rules->block, masked, 1);
        }
        first = end;
    }
}

void gradient_accumulation_answer(struct call *call)
{
    struct accumulation_rules rules = accumulation_rules_read(call);
    const real *g = call_input(call, "g", "NP"), *rate = call_input(call, "rate", "S");
    size_t P = rules.P;
    call_input(call, "w", "P"); /* a start must be given */
    real *w = updates_state(call, "w"), *sum = call_scratch(call, rules.K * P);
    real *w_after = call_output(call, "w_after", "SP");
    real *gradient = call_output(call, "gradient", "SP");
    add_samples(sum, call_scratch(call, rules.N), g, &rules);
    for (size_t u = 0; u < rules.S; u++) {
        real *G = &gradient[u * P];
        accumulation_combine(G, sum, u, &rules);
        for (size_t p = 0; p < P; p++)
            w[p] = w[p] - rate[u] * decayed_gradient(G[p], rules.decay, w[p]);
        updates_record(w_after, w, u, P);
    }
}
