// SPDX-License-Identifier: MIT
#include "../../reference/optimizers/muon.h"
#include "../../reference/optimizers/optimizer.h"
#include "../fork.h"

enum rival {
    TWIN,
    NESTEROV_IN_BUFFER,
    SCALE_UPSIDE_DOWN,
    SCALE_WITHOUT_ROOT,
    LARGEST_ELEMENT,
    NOT_NORMALISED,
    GRAM_OF_ONE_RANK,
    LAST_BLOCK_LOST,
    SQUARE_FORGOTTEN,
    DECAY_IN_GRADIENT,
    DECAY_AFTER,
    DECAY_WITHOUT_RATE,
    FIRST_RATE,
    BUFFER_RESET,
    UPHILL,
    FLATTENED
};

struct matrix {
    enum rival rival;
    struct muon_rules rules;
    real *X, *next, *gram, *polynomial;
};

/* How far sums over the longer side go. */
static size_t seen(const struct matrix *k, size_t L)
{
    if (k->rival == GRAM_OF_ONE_RANK)
        return (L + 1) / 2;
    if (k->rival == LAST_BLOCK_LOST && L > k->rules.block)
        return L / k->rules.block * k->rules.block;
    return L;
}

/* The other way round: X (a 1 + b A + c A A) with A = X' X, the Gram matrix of the longer side. It
 * rounds as much more often as that side is longer, so beyond twice the length, and where a fork
 * takes sums over a part of the longer side, it is (a 1 + b A + c A A) X of the shorter one. */
static void iterate(struct matrix *k, int of_longer)
{
    const struct muon_rules *rules = &k->rules;
    size_t M = rules->M, N = rules->N, rows = (M > N) == of_longer;
    size_t D = rows ? M : N, E = rows ? N : M, most = of_longer ? E : seen(k, E);
    size_t d = rows ? N : 1, e = rows ? 1 : N; /* strides */
    for (size_t i = 0; i < D; i++)
        for (size_t j = 0; j < D; j++) {
            real sum = 0;
            for (size_t n = most; n-- > 0;)
                sum += k->X[i * d + n * e] * k->X[j * d + n * e];
            k->gram[i * D + j] = sum;
        }
    for (size_t i = 0; i < D; i++)
        for (size_t j = 0; j < D; j++) {
            real sum = 0;
            for (size_t n = D; n-- > 0;)
                sum += k->gram[i * D + n] * k->gram[n * D + j];
            sum = k->rival == SQUARE_FORGOTTEN ? k->gram[i * D + j] : sum;
            k->polynomial[i * D + j] =
                real_fma(rules->c, sum, rules->b * k->gram[i * D + j]) + (i == j ? rules->a : 0);
        }
    for (size_t i = 0; i < D; i++)
        for (size_t n = 0; n < E; n++) {
            real sum = 0;
            for (size_t j = D; j-- > 0;)
                sum += k->polynomial[i * D + j] * k->X[j * d + n * e];
            k->next[i * d + n * e] = sum;
        }
    updates_record(k->X, k->next, 0, M * N);
}

static real length_of(const struct matrix *k)
{
    size_t n = k->rules.M * k->rules.N;
    real sum = 0, largest = 0;
    for (size_t i = n; i-- > 0;) {
        sum = real_fma(k->X[i], k->X[i], sum);
        largest = real_abs(k->X[i]) > largest ? real_abs(k->X[i]) : largest;
    }
    if (k->rival == NOT_NORMALISED)
        return R(1.0);
    real length = k->rival == LARGEST_ELEMENT ? largest : real_sqrt(sum);
    if (k->rules.clamped)
        return length < k->rules.epsilon ? k->rules.epsilon : length;
    return length + k->rules.epsilon;
}

static void orthogonalise(struct matrix *k)
{
    real length = length_of(k);
    size_t M = k->rules.M, N = k->rules.N;
    for (size_t i = 0; i < M * N; i++)
        k->X[i] = k->X[i] / length;
    int of_longer = k->rival != GRAM_OF_ONE_RANK && k->rival != LAST_BLOCK_LOST &&
                    (M > N ? M <= 2 * N : N <= 2 * M);
    for (size_t i = 0; i < k->rules.iterations && k->rival != FLATTENED; i++)
        iterate(k, of_longer);
}

static real scale_of(const struct matrix *k)
{
    real scale = muon_scale(&k->rules);
    if (k->rival == SCALE_UPSIDE_DOWN)
        return 1 / scale;
    return k->rival == SCALE_WITHOUT_ROOT ? scale * scale : scale;
}

static void move(const struct matrix *k, real *w, real rate)
{
    real scale = scale_of(k), decay = k->rules.decay;
    for (size_t i = 0; i < k->rules.M * k->rules.N; i++) {
        real step = rate * (scale * k->X[i]);
        step = k->rival == UPHILL ? -step : step;
        if (k->rival == DECAY_AFTER)
            w[i] = (w[i] - step) * (1 - rate * decay);
        else if (k->rival == DECAY_IN_GRADIENT)
            w[i] = w[i] - step;
        else
            w[i] = w[i] * (1 - (k->rival == DECAY_WITHOUT_RATE ? decay : rate * decay)) - step;
    }
}

static void rival(struct call *call)
{
    static const char *const maximize[] = {"no", "yes", NULL};
    const real *g = call_input(call, "g", "SMN"), *rate = call_input(call, "rate", "S");
    struct matrix k = {.rival = (enum rival)call_variant(call), .rules = muon_rules_read(call)};
    size_t M = k.rules.M, N = k.rules.N, n = M * N, L = M > N ? M : N;
    real *w = call_scratch(call, n), *B = call_scratch(call, n);
    k.X = call_scratch(call, n);
    k.next = call_scratch(call, n);
    k.gram = call_scratch(call, L * L);
    k.polynomial = call_scratch(call, L * L);
    updates_record(w, call_input(call, "w", "MN"), 0, n);
    if (call_has(call, "momentum_buffer"))
        updates_record(B, call_input(call, "momentum_buffer", "MN"), 0, n);
    int negated = call_choice(call, "maximize", maximize);
    real mu = k.rules.momentum, share = k.rules.average ? 1 - mu : 1;
    real *w_after = call_output(call, "w_after", "SMN");
    real *buffer_after = call_output(call, "buffer_after", "SMN");
    real *direction = call_output(call, "direction", "SMN");
    for (size_t s = 0; s < call_size(call, 'S'); s++) {
        for (size_t i = 0; i < n; i++) {
            real h = negated ? -g[s * n + i] : g[s * n + i];
            h = k.rival == DECAY_IN_GRADIENT ? h + k.rules.decay * w[i] : h;
            B[i] = k.rival == BUFFER_RESET ? 0 : B[i];
            B[i] = real_fma(mu, B[i], share * h);
            k.X[i] = k.rules.nesterov ? real_fma(share, h, mu * B[i]) : B[i];
            B[i] = k.rival == NESTEROV_IN_BUFFER ? k.X[i] : B[i];
        }
        orthogonalise(&k);
        move(&k, w, rate[k.rival == FIRST_RATE ? 0 : s]);
        updates_record(w_after, w, s, n);
        updates_record(buffer_after, B, s, n);
        updates_record(direction, k.X, s, n);
    }
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"other_side", FORK_TWIN, "",
     "The polynomial with its diagonal, of X' X from the other side: X (a + b A + c A A); sums "
     "backwards.", NULL},
     .answer = rival, .variant = TWIN},
    {.info = {"scale_forgotten", FORK_BUG, "106",
     "The root of max(1, M / N) is missing: optax once.", NULL},
     .instead = {"scale", "none"}},
    {.info = {"scale_of_rows", FORK_CONVENTION, "106", "The author's scale whatever is asked for.",
     NULL},
     .instead = {"scale", "rows"}},
    {.info = {"scale_to_match_adam", FORK_CONVENTION, "106", "Liu's scale whatever is asked for.",
     NULL},
     .instead = {"scale", "match_rms"}},
    {.info = {"scale_upside_down", FORK_BUG, "106",
     "Inputs and outputs are exchanged in the scale.", NULL},
     .answer = rival, .variant = SCALE_UPSIDE_DOWN},
    {.info = {"scale_without_root", FORK_BUG, "106", "The scale is M / N, not its root.", NULL},
     .answer = rival, .variant = SCALE_WITHOUT_ROOT},
    {.info = {"nesterov_in_buffer", FORK_BUG, "77",
     "What was looked ahead is written back into the buffer.", NULL},
     .answer = rival, .variant = NESTEROV_IN_BUFFER},
    {.info = {"without_nesterov", FORK_CONVENTION, "76", "The buffer itself is orthogonalised.",
     NULL},
     .instead = {"nesterov", "no"}},
    {.info = {"nesterov_anyway", FORK_CONVENTION, "76",
     "The gradient is added again though it is not asked for.", NULL},
     .instead = {"nesterov", "yes"}},
    {.info = {"momentum_summed", FORK_CONVENTION, "73", "The buffer is a sum, not an average.",
     NULL},
     .instead = {"form", "sum"}},
    {.info = {"momentum_averaged", FORK_CONVENTION, "73", "The buffer is an average, not a sum.",
     NULL},
     .instead = {"form", "average"}},
    {.info = {"epsilon_added", FORK_CONVENTION, "", "Epsilon is added to the norm.", NULL},
     .instead = {"epsilon_form", "added"}},
    {.info = {"epsilon_clamped", FORK_CONVENTION, "", "Epsilon is a floor of the norm.", NULL},
     .instead = {"epsilon_form", "clamped"}},
    {.info = {"five_iterations", FORK_CONVENTION, "", "Five iterations whatever is asked for.",
     NULL},
     .number = {"iterations", 5}},
    {.info = {"six_iterations", FORK_BUG, "", "An iteration too many whenever five are asked for.",
     NULL},
     .number = {"iterations", 6}},
    {.info = {"cubic", FORK_CONVENTION, "", "Newton-Schulz without the quintic term.", NULL},
     .number = {"c", 0}},
    {.info = {"largest_element", FORK_BUG, "", "Divides by the largest element, not by the norm.",
     NULL},
     .answer = rival, .variant = LARGEST_ELEMENT},
    {.info = {"not_normalised", FORK_BUG, "", "The iteration starts from momentum of any length.",
     NULL},
     .answer = rival, .variant = NOT_NORMALISED},
    {.info = {"square_forgotten", FORK_BUG, "", "A in place of A A in the last term.", NULL},
     .answer = rival, .variant = SQUARE_FORGOTTEN},
    {.info = {"never_iterated", FORK_BUG, "", "Momentum of length 1 is all.", NULL},
     .answer = rival, .variant = FLATTENED},
    {.info = {"gram_of_one_rank", FORK_BUG, "",
     "A rank takes the Gram matrix of its own half for that of all.", NULL},
     .answer = rival, .variant = GRAM_OF_ONE_RANK},
    {.info = {"last_block_lost", FORK_BUG, "", "Only whole blocks enter the Gram matrix.", NULL},
     .answer = rival, .variant = LAST_BLOCK_LOST},
    {.info = {"decay_coupled", FORK_BUG, "79",
     "The decay goes through the momentum, where the iteration swallows its size.", NULL},
     .answer = rival, .variant = DECAY_IN_GRADIENT},
    {.info = {"decay_after_step", FORK_CONVENTION, "81", "The decay is taken off the new weight.",
     NULL},
     .answer = rival, .variant = DECAY_AFTER},
    {.info = {"decay_without_rate", FORK_CONVENTION, "80",
     "The decay is not multiplied by the rate.", NULL},
     .answer = rival, .variant = DECAY_WITHOUT_RATE},
    {.info = {"decay_ignored", FORK_BUG, "84", "There is no weight decay.", NULL},
     .number = {"weight_decay", 0}},
    {.info = {"first_rate_for_all", FORK_BUG, "", "Every step uses the first rate.", NULL},
     .answer = rival, .variant = FIRST_RATE},
    {.info = {"buffer_reset", FORK_BUG, "", "The buffer starts again at every step.", NULL},
     .answer = rival, .variant = BUFFER_RESET},
    {.info = {"maximize_ignored", FORK_BUG, "121", "Minimises what should be maximised.", NULL},
     .instead = {"maximize", "no"}},
    {.info = {"step_added", FORK_BUG, "83", "Steps up the gradient: plus instead of minus.", NULL},
     .answer = rival, .variant = UPHILL},
};
/* clang-format on */

const struct fork_list muon_forks = {sizeof table / sizeof *table, table};
