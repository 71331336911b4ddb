// SPDX-License-Identifier: MIT
#include "capacity_sweep.h"

static void read_conventions(struct call *call, struct capacity_sweep *sweep)
{
    static const char *const selections[] = {"validation", "aic", "bic", NULL};
    static const char *const ties[] = {"smallest", "largest", NULL};
    static const char *const penalties[] = {"all", "not_first", NULL};
    static const char *const withins[] = {"absolute", "relative", "standard_error", NULL};
    sweep->selection = (enum capacity_selection)call_choice(call, "selection", selections);
    sweep->largest = call_choice(call, "tie", ties);
    sweep->not_first = call_choice(call, "penalty", penalties);
    sweep->within = (enum capacity_within)call_choice(call, "within", withins);
    sweep->l2 = call_number_or(call, "l2", R(0.0));
    sweep->tolerance = call_number_or(call, "tolerance", R(0.0));
    if (!(sweep->l2 >= 0))
        call_fail(call, "number 'l2' is negative: it would reward large weights");
    if (!(sweep->tolerance >= 0))
        call_fail(call, "number 'tolerance' is negative: not even the best would be good enough");
    if (sweep->selection != CAPACITY_VALIDATION && sweep->within != CAPACITY_ABSOLUTE)
        call_fail(call, "convention 'within' must be absolute: such scores may be negative");
}

/* (n,C): powers 0 .. C - 1. */
static const real *powers(struct call *call, const real *x, size_t n, size_t C)
{
    real *f = call_scratch(call, n * C);
    for (size_t i = 0; i < n * C; i++)
        f[i] = i % C == 0 ? 1 : i % C == 1 ? x[i / C] : f[i - 1] * x[i / C];
    return f;
}

static void read_features(struct call *call, struct capacity_sweep *sweep)
{
    static const char *const features[] = {"given", "powers", NULL};
    int of_powers = call_choice(call, "features", features);
    const real *f = call_input(call, of_powers ? "x" : "f", of_powers ? "N" : "NC");
    const real *g = call_input(call, of_powers ? "u" : "g", of_powers ? "M" : "MC");
    size_t N = call_size(call, 'N'), M = call_size(call, 'M');
    size_t most = of_powers ? 32 : call_size(call, 'C');
    sweep->capacity = call_integers(call, "capacity", "K", 1, (int)most);
    sweep->K = call_size(call, 'K');
    if (sweep->K == 0)
        call_fail(call, "input 'capacity' is empty");
    for (size_t k = 1; k < sweep->K; k++) {
        if (sweep->capacity[k] <= sweep->capacity[k - 1])
            call_fail(call, "element %zu of input 'capacity' does not rise", k);
    }
    size_t last = (size_t)sweep->capacity[sweep->K - 1];
    if (N == 0)
        call_fail(call, "input 'y' has no samples; the mean over them is 0 / 0");
    if (last > N && sweep->l2 == 0)
        call_fail(call, "the last of input 'capacity' is above the number of samples");
    if (of_powers)
        call_bind(call, 'C', last);
    sweep->C = call_size(call, 'C');
    sweep->training.f = of_powers ? powers(call, f, N, last) : f;
    sweep->validation.f = of_powers ? powers(call, g, M, last) : g;
    sweep->training.count = N;
    sweep->validation.count = M;
}

struct capacity_sweep capacity_sweep_read(struct call *call)
{
    struct capacity_sweep sweep = {.block = call_block(call)};
    read_conventions(call, &sweep);
    read_features(call, &sweep);
    sweep.training.y = call_input(call, "y", "N");
    sweep.validation.y = call_input(call, "t", "M");
    if (sweep.validation.count < 1 + (sweep.within == CAPACITY_STANDARD_ERROR))
        call_fail(call, "input 't' has too few samples for convention 'within'");
    return sweep;
}

void capacity_sweep_fit(struct call *call, real *w, const struct capacity_sweep *sweep)
{
    size_t N = sweep->training.count, C = sweep->C, block = sweep->block;
    size_t last = (size_t)sweep->capacity[sweep->K - 1];
    const real *f = sweep->training.f;
    real *h = call_scratch(call, last * last), *z = call_scratch(call, last);
    for (size_t i = 0; i < last; i++) {
        real *own = &h[i * last];
        for (size_t j = 0; j <= i; j++) {
            own[j] = sum_sample_products(N, block, &f[i], C, &f[j], C);
            if (i == j && !(i == 0 && sweep->not_first))
                own[j] = own[j] + sweep->l2;
            real rest = -sum_products(-own[j], j, own, 1, &h[j * last], 1);
            if (i == j && !(rest > 0))
                call_fail(call, "%zu features are not independent; give a number 'l2'", i + 1);
            own[j] = i == j ? real_sqrt(rest) : rest / h[j * last + j];
        }
        real right = sum_sample_products(N, block, &f[i], C, sweep->training.y, 1);
        z[i] = -sum_products(-right, i, own, 1, z, 1) / own[i];
    }
    for (size_t k = 0; k < sweep->K; k++) {
        size_t c = (size_t)sweep->capacity[k];
        real *v = &w[k * C];
        for (size_t i = c; i-- > 0;)
            v[i] = -sum_products(-z[i], c - 1 - i, &h[(i + 1) * last + i], last, &v[i + 1], 1) /
                   h[i * last + i];
    }
}

real capacity_sweep_error(real *loss, const struct capacity_sweep *sweep, const real *w, size_t c,
                          const struct capacity_samples *at)
{
    for (size_t n = 0; n < at->count; n++) {
        real off = sum_products(0, c, &at->f[n * sweep->C], 1, w, 1) - at->y[n];
        loss[n] = off * off;
    }
    return sum_samples(at->count, sweep->block, loss, 1) / real_count(at->count);
}

/* Of the mean of loss (M), which is overwritten. */
static real standard_error(real *loss, real mean, const struct capacity_sweep *sweep)
{
    size_t M = sweep->validation.count;
    for (size_t m = 0; m < M; m++)
        loss[m] = loss[m] - mean;
    real sum = sum_sample_products(M, sweep->block, loss, 1, loss, 1);
    return real_sqrt(sum / real_count(M - 1) / real_count(M));
}

static void choose(struct call *call, const struct capacity_sweep *sweep, const real *score,
                   const real *spread)
{
    size_t chosen = 0, simplest = 0;
    for (size_t k = 1; k < sweep->K; k++) {
        real lead = score[chosen] - score[k];
        call_decisions(call, 1, &lead);
        chosen = lead > 0 || (sweep->largest && lead == 0) ? k : chosen;
    }
    real allowance = sweep->tolerance;
    if (sweep->within == CAPACITY_RELATIVE)
        allowance = allowance * score[chosen];
    if (sweep->within == CAPACITY_STANDARD_ERROR)
        allowance = allowance * spread[chosen];
    for (; simplest < chosen; simplest++) {
        real within = (score[chosen] + allowance) - score[simplest];
        call_decisions(call, 1, &within);
        if (within >= 0)
            break;
    }
    *call_output_integers(call, "chosen", "") = real_count(chosen);
    *call_output_integers(call, "simplest", "") = real_count(simplest);
    *call_output_integers(call, "saved", "") =
        (real)(sweep->capacity[chosen] - sweep->capacity[simplest]);
}

void capacity_sweep_answer(struct call *call)
{
    struct capacity_sweep sweep = capacity_sweep_read(call);
    size_t N = sweep.training.count, M = sweep.validation.count;
    int spreads = sweep.within == CAPACITY_STANDARD_ERROR;
    real *w = call_output(call, "w", "KC"), *training = call_output(call, "training_error", "K");
    real *validation = call_output(call, "validation_error", "K");
    real *score = call_output(call, "score", "K"), *loss = call_scratch(call, N > M ? N : M);
    real *spread = spreads ? call_output(call, "standard_error", "K") : NULL;
    real price = sweep.selection == CAPACITY_BIC ? real_log(real_count(N)) : 2;
    capacity_sweep_fit(call, w, &sweep);
    for (size_t k = 0; k < sweep.K; k++) {
        size_t c = (size_t)sweep.capacity[k];
        const real *v = &w[k * sweep.C];
        training[k] = capacity_sweep_error(loss, &sweep, v, c, &sweep.training);
        score[k] = validation[k] = capacity_sweep_error(loss, &sweep, v, c, &sweep.validation);
        if (spread)
            spread[k] = standard_error(loss, validation[k], &sweep);
        if (sweep.selection == CAPACITY_VALIDATION)
            continue;
        if (!(training[k] > 0))
            call_fail(call, "convention 'selection' takes the logarithm of an error of 0");
        score[k] = real_count(N) * real_log(training[k]) + real_count(c) * price;
    }
    choose(call, &sweep, score, spread);
}
