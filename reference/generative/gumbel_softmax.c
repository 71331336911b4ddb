// SPDX-License-Identifier: MIT
#include "gumbel_softmax.h"

struct sample {
    size_t N, L, K, E;
    int hard, given; /* given: the noise, which may be made for ties */
    real temperature;
    const real *z, *e;
    real *a, *s, *y; /* (N,L,K): scores with noise; the soft sample; the sample */
};

static const char shape[] = "NLK";

static void add_noise(struct call *call, struct sample *is)
{
    static const char *const kinds[] = {"uniform", "gumbel", NULL};
    int given = is->given = call_choice(call, "noise", kinds) == 1;
    const real *noise = call_input(call, given ? "g" : "u", shape);
    is->a = call_scratch(call, is->N * is->L * is->K);
    for (size_t i = 0; i < is->N * is->L * is->K; i++) {
        if (!given && !(noise[i] > 0 && noise[i] < 1))
            call_fail(call, "element %zu of input 'u' is not between 0 and 1", i);
        is->a[i] = is->z[i] + (given ? noise[i] : -real_log(-real_log(noise[i])));
    }
}

/* Fills s and y of one place; *gap is how far the largest score is above the next. */
static size_t choose(const struct sample *is, const real *a, real *s, real *y, real *gap)
{
    size_t best = 0;
    for (size_t k = 1; k < is->K; k++)
        best = a[k] > a[best] ? k : best;
    *gap = 1;
    for (size_t k = 0; k < is->K; k++) {
        real below = a[best] - a[k];
        if (below > 0 && below < *gap)
            *gap = below;
        s[k] = real_exp(-below / is->temperature);
    }
    real sum = sum_features(is->K, s, 1);
    for (size_t k = 0; k < is->K; k++) {
        s[k] = s[k] / sum;
        y[k] = is->hard ? k == best : s[k];
    }
    return best;
}

static void forward(struct call *call, struct sample *is)
{
    size_t K = is->K, places = is->N * is->L;
    real *index = call_output_integers(call, "index", "NL"), *gap = call_scratch(call, places);
    is->y = call_output(call, "y", shape);
    is->s = call_scratch(call, places * K);
    for (size_t i = 0; i < places; i++)
        index[i] = real_count(choose(is, &is->a[i * K], &is->s[i * K], &is->y[i * K], &gap[i]));
    if (!is->given)
        call_decisions(call, places, gap);
    real *v = is->e ? call_output(call, "v", "NLE") : NULL;
    for (size_t i = 0; is->e && i < places * is->E; i++)
        v[i] = sum_products(R(0.0), K, &is->y[i / is->E * K], 1, &is->e[i % is->E], is->E);
}

static void backward(struct call *call, const struct sample *is)
{
    size_t K = is->K, E = is->E, L = is->L, places = is->N * L;
    const real *dy = call_input(call, "dy", shape);
    const real *dv = is->e ? call_input(call, "dv", "NLE") : NULL;
    real *dz = call_output(call, is->hard ? "estimate" : "dz", shape);
    real *ds = call_scratch(call, K);
    for (size_t i = 0; i < places; i++) {
        const real *s = &is->s[i * K];
        for (size_t k = 0; k < K; k++) {
            ds[k] = dy[i * K + k];
            if (dv)
                ds[k] = sum_products(ds[k], E, &dv[i * E], 1, &is->e[k * E], 1);
        }
        real mean = sum_products(R(0.0), K, s, 1, ds, 1);
        for (size_t k = 0; k < K; k++)
            dz[i * K + k] = s[k] / is->temperature * (ds[k] - mean);
    }
    real *de = dv ? call_output(call, "de", "KE") : NULL;
    for (size_t i = 0; dv && i < K * E; i++)
        de[i] = sum_sample_products(places, call_block(call) * L, &is->y[i / E], K, &dv[i % E], E);
}

void gumbel_softmax_answer(struct call *call)
{
    static const char *const answers[] = {"no", "yes", NULL};
    struct sample is = {.z = call_input(call, "z", shape),
                        .hard = call_choice(call, "hard", answers) == 1,
                        .temperature = call_number_or(call, "temperature", R(1.0))};
    is.N = call_size(call, 'N');
    is.L = call_size(call, 'L');
    is.K = call_size(call, 'K');
    if (is.K == 0)
        call_fail(call, "input 'z' has no categories to choose from");
    if (!(is.temperature > 0))
        call_fail(call, "number 'temperature' must be above 0");
    if (call_has(call, "e")) {
        is.e = call_input(call, "e", "KE");
        is.E = call_size(call, 'E');
    }
    add_noise(call, &is);
    forward(call, &is);
    if (call_has(call, "dy"))
        backward(call, &is);
}
