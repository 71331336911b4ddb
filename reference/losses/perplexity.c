// SPDX-License-Identifier: MIT
#include "perplexity.h"

/* q of one token; its logits z (C) give p (C). */
static real token(const real *z, int label, real *p, size_t C)
{
    real m = z[0];
    for (size_t k = 1; k < C; k++)
        m = z[k] > m ? z[k] : m;
    for (size_t k = 0; k < C; k++)
        p[k] = real_exp(z[k] - m);
    real s = sum_features(C, p, 1);
    for (size_t k = 0; k < C; k++)
        p[k] = p[k] / s;
    return label < 0 ? R(0.0) : real_log(s) - (z[label] - m);
}

struct tokens {
    size_t N, T, C, block, counted, sequences;
    const int *labels;
    real *q_n, *W_n; /* (N): sums of q and numbers of tokens that count */
    real *p;         /* (N,T,C) */
};

static void read_tokens(struct call *call, struct tokens *a)
{
    const real *z = call_input(call, "z", "NTC");
    a->N = call_size(call, 'N');
    a->T = call_size(call, 'T');
    a->C = call_size(call, 'C');
    a->block = call_block(call);
    if (a->C == 0)
        call_fail(call, "input 'z' has no classes");
    a->labels = call_integers(call, "labels", "NT", -1, (int)a->C - 1);
    a->q_n = call_scratch(call, a->N);
    a->W_n = call_scratch(call, a->N);
    a->p = call_scratch(call, a->N * a->T * a->C);
    real *q = call_scratch(call, a->T);
    for (size_t n = 0; n < a->N; n++) {
        size_t count = 0;
        for (size_t t = 0; t < a->T; t++) {
            size_t i = n * a->T + t;
            q[t] = token(&z[i * a->C], a->labels[i], &a->p[i * a->C], a->C);
            count += a->labels[i] >= 0;
        }
        a->q_n[n] = sum_features(a->T, q, 1);
        a->W_n[n] = real_count(count);
        a->counted += count;
        a->sequences += count > 0;
    }
    if (a->counted == 0)
        call_fail(call, "input 'labels' has no token that counts: the mean is 0 / 0");
}

/* dz of the tokens of sequence n: scale (p - 1 or 0) / W / S. */
static void backward(const struct tokens *a, size_t n, real scale, real W, real S, real *dz)
{
    for (size_t i = n * a->T; i < (n + 1) * a->T; i++) {
        for (size_t k = 0; a->labels[i] >= 0 && k < a->C; k++) {
            real one = k == (size_t)a->labels[i] ? R(1.0) : R(0.0);
            dz[i * a->C + k] = scale * (a->p[i * a->C + k] - one) / W / S;
        }
    }
}

void perplexity_answer(struct call *call)
{
    static const char *const averages[] = {"tokens", "sequences", NULL};
    static const char *const units[] = {"nats", "bits", NULL};
    int by_sequence = call_choice(call, "average", averages);
    int bits = call_choice(call, "unit", units);
    struct tokens a = {0};
    read_tokens(call, &a);
    real upstream = *call_input(call, "dperplexity", "");
    real *e_n = call_scratch(call, a.N), *H_n = call_scratch(call, a.N), S = R(1.0);
    real W = real_count(a.counted), H, perplexity;
    if (by_sequence) {
        S = real_count(a.sequences);
        for (size_t n = 0; n < a.N; n++) {
            H_n[n] = a.W_n[n] > 0 ? a.q_n[n] / a.W_n[n] : R(0.0);
            e_n[n] = a.W_n[n] > 0 ? real_exp(H_n[n]) : R(0.0);
        }
        H = sum_samples(a.N, a.block, H_n, 1) / S;
        perplexity = sum_samples(a.N, a.block, e_n, 1) / S;
    } else {
        H = sum_samples(a.N, a.block, a.q_n, 1) / W;
        perplexity = real_exp(H);
    }
    *call_output(call, "perplexity", "") = perplexity;
    *call_output(call, "entropy", "") = bits ? H / R(0.693147180559945309417232121458176568) : H;
    real *dz = call_output(call, "dz", "NTC");
    for (size_t n = 0; n < a.N; n++)
        backward(&a, n, upstream * (by_sequence ? e_n[n] : perplexity), by_sequence ? a.W_n[n] : W,
                 S, dz);
}
