// SPDX-License-Identifier: MIT
#include "../../reference/generative/gumbel_softmax.h"
#include "../fork.h"

enum mistake {
    NONE,
    NOISE_FORGOTTEN,
    ONE_LOGARITHM,
    NOISE_NEGATED,
    NOISE_NOT_COOLED,
    TEMPERATURE_MULTIPLIED,
    TEMPERATURE_FORGOTTEN,
    NOISE_PER_PLACE,
    GUARD_20,
    GUARD_10,
    INDEX_OF_SCORES,
    LAST_OF_EQUALS,
    OVERFLOWS,
    OVER_PLACES,
    GRADIENT_ZERO,
    GRADIENT_OF_HARD,
    GRADIENT_PASSED_ON,
    GRADIENT_NOT_COOLED,
    MEAN_FORGOTTEN,
    VECTORS_FORGOTTEN,
    SOFT_VECTORS,
    LAST_SEQUENCE_LOST
};

struct race {
    enum mistake mistake;
    size_t N, L, K, E;
    int hard;
    real t;
    const real *z, *e;
    real *w, *s, *y; /* (N,L,K): log of the time that each note takes; soft sample; sample */
};

static void read_noise(struct call *call, struct race *is)
{
    static const char *const kinds[] = {"uniform", "gumbel", NULL};
    int given = call_choice(call, "noise", kinds) == 1;
    const real *noise = call_input(call, given ? "g" : "u", "NLK");
    real guard = is->mistake == GUARD_20 ? R(1e-20) : is->mistake == GUARD_10 ? R(1e-10) : 0;
    for (size_t i = 0; i < is->N * is->L * is->K; i++) {
        real n = noise[is->mistake == NOISE_PER_PLACE ? i / is->K * is->K : i];
        is->w[i] = -n;
        if (!given && is->mistake == ONE_LOGARITHM)
            is->w[i] = real_log(n);
        else if (!given)
            is->w[i] = real_log(guard - real_log(n + guard));
        if (is->mistake == NOISE_FORGOTTEN)
            is->w[i] = 0;
        if (is->mistake == NOISE_NEGATED)
            is->w[i] = -is->w[i];
    }
}

static struct race read(struct call *call)
{
    static const char *const answers[] = {"no", "yes", NULL};
    struct race is = {.mistake = (enum mistake)call_variant(call),
                      .z = call_input(call, "z", "NLK"),
                      .hard = call_choice(call, "hard", answers) == 1,
                      .t = call_number_or(call, "temperature", R(1.0))};
    is.N = call_size(call, 'N');
    is.L = call_size(call, 'L');
    is.K = call_size(call, 'K');
    is.e = call_has(call, "e") ? call_input(call, "e", "KE") : NULL;
    is.E = is.e ? call_size(call, 'E') : 0;
    is.w = call_scratch(call, is.N * is.L * is.K);
    is.s = call_scratch(call, is.N * is.L * is.K);
    read_noise(call, &is);
    if (is.mistake == TEMPERATURE_FORGOTTEN)
        is.t = 1;
    if (is.mistake == TEMPERATURE_MULTIPLIED)
        is.t = 1 / is.t;
    return is;
}

/* How much sooner note j (of another place, perhaps) rings than `own`, in temperatures. */
static real lead_of(const struct race *is, size_t j, size_t own)
{
    real scores = is->z[j] - is->z[own], times = is->w[j] - is->w[own];
    if (is->mistake == OVERFLOWS)
        return (is->z[j] - is->w[j]) / is->t;
    return is->mistake == NOISE_NOT_COOLED ? scores / is->t - times : (scores - times) / is->t;
}

/* 1 / sum_j exp(lead of j over k), without an infinity in the sum. */
static real share(const struct race *is, size_t i, size_t k)
{
    real sum = 0, largest = 0;
    size_t first = i * is->K, count = is->K, stride = 1;
    if (is->mistake == OVER_PLACES) {
        first = i / is->L * is->L * is->K + k;
        count = is->L;
        stride = is->K;
    }
    size_t own = i * is->K + k;
    for (size_t j = 0; j < count && is->mistake != OVERFLOWS; j++) {
        real lead = lead_of(is, first + j * stride, own);
        largest = lead > largest ? lead : largest;
    }
    for (size_t j = count; j-- > 0;)
        sum = sum + real_exp(lead_of(is, first + j * stride, own) - largest);
    return real_exp(is->mistake == OVERFLOWS ? lead_of(is, own, own) : -largest) / sum;
}

static size_t winner(const struct race *is, size_t i)
{
    const real *z = &is->z[i * is->K], *w = &is->w[i * is->K];
    size_t best = 0;
    for (size_t k = 1; k < is->K; k++) {
        real own = z[k] - (is->mistake == INDEX_OF_SCORES ? 0 : w[k]);
        real top = z[best] - (is->mistake == INDEX_OF_SCORES ? 0 : w[best]);
        if (own > top || (own == top && is->mistake == LAST_OF_EQUALS))
            best = k;
    }
    return best;
}

static void backward(struct call *call, const struct race *is)
{
    size_t K = is->K, E = is->E, places = is->N * is->L;
    const real *dy = call_input(call, "dy", "NLK");
    const real *dv = is->e ? call_input(call, "dv", "NLE") : NULL;
    real *dz = call_output(call, is->hard ? "estimate" : "dz", "NLK"), *ds = call_scratch(call, K);
    for (size_t i = 0; i < places; i++) {
        const real *s = is->mistake == GRADIENT_OF_HARD ? &is->y[i * K] : &is->s[i * K];
        for (size_t k = 0; k < K; k++) {
            ds[k] = dy[i * K + k];
            for (size_t d = E; is->mistake != VECTORS_FORGOTTEN && d-- > 0;)
                ds[k] = ds[k] + dv[i * E + d] * is->e[k * E + d];
        }
        for (size_t k = 0; k < K; k++) {
            real sum = 0;
            for (size_t j = 0; j < K; j++)
                sum = sum + s[j] * (is->mistake == MEAN_FORGOTTEN ? ds[k] : ds[k] - ds[j]);
            sum = s[k] * sum / (is->mistake == GRADIENT_NOT_COOLED ? 1 : is->t);
            if (is->hard && is->mistake == GRADIENT_ZERO)
                sum = 0;
            dz[i * K + k] = is->mistake == GRADIENT_PASSED_ON ? ds[k] : sum;
        }
    }
    real *de = dv ? call_output(call, "de", "KE") : NULL;
    size_t end = is->mistake == LAST_SEQUENCE_LOST ? places - is->L : places;
    for (size_t j = 0; dv && j < K * E; j++) {
        const real *y = is->mistake == SOFT_VECTORS ? is->s : is->y;
        for (size_t i = end; i-- > 0;)
            de[j] = de[j] + y[i * K + j / E] * dv[i * E + j % E];
    }
}

static void run(struct call *call)
{
    struct race is = read(call);
    size_t K = is.K, places = is.N * is.L;
    real *index = call_output_integers(call, "index", "NL");
    is.y = call_output(call, "y", "NLK");
    for (size_t i = 0; i < places; i++) {
        index[i] = real_count(winner(&is, i));
        for (size_t k = 0; k < K; k++) {
            is.s[i * K + k] = share(&is, i, k);
            is.y[i * K + k] = is.hard ? real_count(k) == index[i] : is.s[i * K + k];
        }
    }
    real *v = is.e ? call_output(call, "v", "NLE") : NULL;
    for (size_t j = 0; is.e && j < places * is.E; j++) {
        const real *y = is.mistake == SOFT_VECTORS ? is.s : is.y;
        for (size_t k = K; k-- > 0;)
            v[j] = v[j] + y[j / is.E * K + k] * is.e[k * is.E + j % is.E];
    }
    if (call_has(call, "dy"))
        backward(call, &is);
}

static const struct fork table[] = {
    {.info = {"race", FORK_TWIN, "",
              "Exponential clocks: the first to ring is chosen, the soft sample from differences "
              "of pairs.",
              NULL},
     .answer = run},
    {.info = {"always_soft", FORK_CONVENTION, "", "The soft sample.", NULL},
     .instead = {"hard", "no"}},
    {.info = {"always_hard", FORK_CONVENTION, "", "The hard sample.", NULL},
     .instead = {"hard", "yes"}},
    {.info = {"noise_forgotten", FORK_BUG, "", "The softmax itself.", NULL},
     .answer = run,
     .variant = NOISE_FORGOTTEN},
    {.info = {"one_logarithm", FORK_BUG, "", "Exponential noise: one logarithm.", NULL},
     .answer = run,
     .variant = ONE_LOGARITHM},
    {.info = {"noise_negated", FORK_BUG, "", "Gumbel noise of the smallest value.", NULL},
     .answer = run,
     .variant = NOISE_NEGATED},
    {.info = {"noise_not_cooled", FORK_BUG, "", "The temperature divides the scores alone.", NULL},
     .answer = run,
     .variant = NOISE_NOT_COOLED},
    {.info = {"temperature_multiplied", FORK_BUG, "", "The temperature multiplies.", NULL},
     .answer = run,
     .variant = TEMPERATURE_MULTIPLIED},
    {.info = {"temperature_forgotten", FORK_BUG, "", "The temperature is 1.", NULL},
     .answer = run,
     .variant = TEMPERATURE_FORGOTTEN},
    {.info = {"noise_per_place", FORK_BUG, "",
              "One noise for all notes of a place, which changes nothing.", NULL},
     .answer = run,
     .variant = NOISE_PER_PLACE},
    {.info = {"guard_1e_20", FORK_CONVENTION, "",
              "1e-20 is added in both logarithms (the authors' code).", NULL},
     .answer = run,
     .variant = GUARD_20},
    {.info = {"guard_1e_10", FORK_CONVENTION, "", "1e-10 is added in both logarithms.", NULL},
     .answer = run,
     .variant = GUARD_10},
    {.info = {"index_of_scores", FORK_BUG, "", "The largest score without the noise.", NULL},
     .answer = run,
     .variant = INDEX_OF_SCORES},
    {.info = {"last_of_equals", FORK_CONVENTION, "", "The last of equal notes.", NULL},
     .answer = run,
     .variant = LAST_OF_EQUALS},
    {.info = {"overflows", FORK_BUG, "", "The largest score is not subtracted.", NULL},
     .answer = run,
     .variant = OVERFLOWS},
    {.info = {"softmax_over_places", FORK_BUG, "", "The softmax runs over the places.", NULL},
     .answer = run,
     .variant = OVER_PLACES},
    {.info = {"hard_gradient_zero", FORK_BUG, "", "The hard sample passes nothing.", NULL},
     .answer = run,
     .variant = GRADIENT_ZERO},
    {.info = {"hard_gradient_of_hard", FORK_BUG, "",
              "The softmax's derivative at the hard sample, which is 0.", NULL},
     .answer = run,
     .variant = GRADIENT_OF_HARD},
    {.info = {"gradient_passed_on", FORK_BUG, "", "The gradient passes to the scores as it is.",
              NULL},
     .answer = run,
     .variant = GRADIENT_PASSED_ON},
    {.info = {"gradient_not_cooled", FORK_BUG, "",
              "The gradient is not divided by the temperature.", NULL},
     .answer = run,
     .variant = GRADIENT_NOT_COOLED},
    {.info = {"mean_forgotten", FORK_BUG, "", "The diagonal of the softmax's derivative alone.",
              NULL},
     .answer = run,
     .variant = MEAN_FORGOTTEN},
    {.info = {"vectors_forgotten", FORK_BUG, "", "The gradient through the notes' vectors is lost.",
              NULL},
     .answer = run,
     .variant = VECTORS_FORGOTTEN},
    {.info = {"soft_vectors", FORK_CONVENTION, "", "Vectors of the soft sample, though y is hard.",
              NULL},
     .answer = run,
     .variant = SOFT_VECTORS},
    {.info = {"last_sequence_lost", FORK_BUG, "155",
              "The last sequence is left out of the vectors' gradient.", NULL},
     .answer = run,
     .variant = LAST_SEQUENCE_LOST},
};

const struct fork_list gumbel_softmax_forks = {sizeof table / sizeof *table, table};
