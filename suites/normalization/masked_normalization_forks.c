// SPDX-License-Identifier: MIT
#include "../../reference/normalization/masked_normalization.h"
#include "../fork.h"

enum mistake {
    NONE,
    MASK_IGNORED,
    MASK_INVERTED,
    COUNT_OF_ALL,
    COUNT_OF_SEQUENCES,
    PADDING_AS_ZERO,
    MEAN_MASKED_ALONE,
    MEAN_OF_MEANS,
    UNBIASED,
    EPSILON_OUTSIDE,
    STATISTICS_DETACHED,
    PADDING_IN_STATISTICS_GRADIENT,
    PADDING_WITHOUT_GRADIENT,
    GRADIENT_COUNT_OF_ALL
};

struct padded {
    enum mistake mistake;
    size_t N, T, C, R;
    int zero;
    const int *mask;
    const real *x, *gamma, *beta, *dy;
    real epsilon;
};

static struct padded read(struct call *call)
{
    static const char *const rules[] = {"normalized", "zero", NULL};
    struct padded p = {.mistake = (enum mistake)call_variant(call),
                       .x = call_input(call, "x", "NTC"),
                       .mask = call_integers(call, "mask", "NT", 0, 1)};
    p.N = call_size(call, 'N');
    p.T = call_size(call, 'T');
    p.C = call_size(call, 'C');
    p.R = p.N * p.T;
    p.zero = call_choice(call, "masked", rules);
    p.gamma = call_has(call, "gamma") ? call_input(call, "gamma", "C") : NULL;
    p.beta = call_has(call, "beta") ? call_input(call, "beta", "C") : NULL;
    p.dy = call_has(call, "dy") ? call_input(call, "dy", "NTC") : NULL;
    p.epsilon = call_number_or(call, "epsilon", R(1e-3));
    return p;
}

/* Whether row r counts in the statistics. */
static int counts(const struct padded *p, size_t r)
{
    if (p->mistake == MASK_IGNORED || p->mistake == PADDING_AS_ZERO)
        return 1;
    return p->mistake == MASK_INVERTED ? !p->mask[r] : p->mask[r];
}

static real value(const struct padded *p, size_t r, size_t c)
{
    return p->mistake == PADDING_AS_ZERO && !p->mask[r] ? 0 : p->x[r * p->C + c];
}

static real count(const struct padded *p)
{
    size_t M = 0, sequences = 0;
    for (size_t n = 0; n < p->N; n++) {
        size_t before = M;
        for (size_t t = 0; t < p->T; t++)
            M += (size_t)counts(p, n * p->T + t);
        sequences += M > before;
    }
    if (p->mistake == COUNT_OF_ALL)
        return real_count(p->R);
    return real_count(p->mistake == COUNT_OF_SEQUENCES ? sequences : M);
}

/* The mean of the means of sequences, as a rank takes them. */
static real mean_of_means(const struct padded *p, size_t c)
{
    real sum = 0, used = 0;
    for (size_t n = 0; n < p->N; n++) {
        real own = 0, M = 0;
        for (size_t r = n * p->T; r < (n + 1) * p->T; r++) {
            own = own + (counts(p, r) ? value(p, r, c) : 0);
            M = M + (real)counts(p, r);
        }
        sum = sum + (M > 0 ? own / M : 0);
        used = used + (M > 0 ? R(1.0) : R(0.0));
    }
    return sum / used;
}

static void moments(const struct padded *p, size_t c, real *mean, real *variance)
{
    real sum = 0, squares = 0, M = count(p);
    for (size_t r = p->R; r-- > 0;)
        sum = sum + (counts(p, r) ? value(p, r, c) / M : 0);
    *mean = p->mistake == MEAN_OF_MEANS ? mean_of_means(p, c) : sum;
    for (size_t r = p->R; r-- > 0;) {
        real gap = value(p, r, c) - *mean;
        int in = counts(p, r) || p->mistake == MEAN_MASKED_ALONE;
        squares = squares + (in ? gap * gap : 0);
    }
    *variance = squares / (p->mistake == UNBIASED            ? M - 1
                           : p->mistake == MEAN_MASKED_ALONE ? real_count(p->R)
                                                             : M);
}

/* The gradient of one channel: what counts is freed of the mean of u, then of its part along it. */
static void backward(const struct padded *p, size_t c, real mean, real s, real *dx, real *dgamma,
                     real *dbeta)
{
    real M = p->mistake == GRADIENT_COUNT_OF_ALL ? real_count(p->R) : count(p), sum = 0, part = 0;
    real g = p->gamma ? p->gamma[c] : 1;
    for (size_t r = p->R; r-- > 0;) {
        size_t i = r * p->C + c;
        int lost = p->mistake == PADDING_WITHOUT_GRADIENT || p->zero;
        real u = lost && !p->mask[r] ? 0 : p->dy[i];
        real hat = (p->x[i] - mean) / s;
        *dbeta = *dbeta + u;
        *dgamma = *dgamma + u * hat;
        if (p->mistake == PADDING_IN_STATISTICS_GRADIENT && !p->mask[r])
            continue;
        sum = sum + u / M;
        part = part + u * hat / M;
    }
    for (size_t r = 0; r < p->R; r++) {
        size_t i = r * p->C + c;
        int lost = p->mistake == PADDING_WITHOUT_GRADIENT || p->zero;
        real u = lost && !p->mask[r] ? 0 : p->dy[i];
        if (counts(p, r) && p->mistake != STATISTICS_DETACHED)
            u = u - (sum + (p->x[i] - mean) / s * part);
        dx[i] = g * u / s;
    }
}

static void run(struct call *call)
{
    struct padded p = read(call);
    real *y = call_output(call, "y", "NTC");
    real *mean = call_output(call, "mean", "C"), *variance = call_output(call, "variance", "C");
    real *dx = p.dy ? call_output(call, "dx", "NTC") : NULL;
    real *dgamma = p.dy ? call_output(call, "dgamma", "C") : NULL;
    real *dbeta = p.dy ? call_output(call, "dbeta", "C") : NULL;
    for (size_t c = 0; c < p.C; c++) {
        moments(&p, c, &mean[c], &variance[c]);
        real s = p.mistake == EPSILON_OUTSIDE ? real_sqrt(variance[c]) + p.epsilon
                                              : real_sqrt(variance[c] + p.epsilon);
        for (size_t r = 0; r < p.R; r++) {
            real hat = (p.x[r * p.C + c] - mean[c]) / s;
            real shifted = (p.gamma ? p.gamma[c] : 1) * hat + (p.beta ? p.beta[c] : 0);
            y[r * p.C + c] = p.zero && !p.mask[r] ? 0 : shifted;
        }
        if (p.dy)
            backward(&p, c, mean[c], s, dx, &dgamma[c], &dbeta[c]);
    }
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"freed_of_mean", FORK_TWIN, "",
     "Means of quotients, from the last position to the first; the gradient freed of mean and "
     "part.", NULL},
     .answer = run},
    {.info = {"always_normalized", FORK_CONVENTION, "",
     "Padding is normalised whatever is asked for.", NULL},
     .instead = {"masked", "normalized"}},
    {.info = {"always_zero", FORK_CONVENTION, "183", "Padding is 0 whatever is asked for.", NULL},
     .instead = {"masked", "zero"}},
    {.info = {"epsilon_of_pytorch", FORK_CONVENTION, "126", "Epsilon is 1e-5.", NULL},
     .number = {"epsilon", 1e-5f}},
    {.info = {"mask_ignored", FORK_BUG, "135", "Padding counts.", NULL},
     .answer = run, .variant = MASK_IGNORED},
    {.info = {"mask_inverted", FORK_BUG, "190", "Only padding counts.", NULL},
     .answer = run, .variant = MASK_INVERTED},
    {.info = {"count_of_all", FORK_BUG, "135",
     "Sums over what counts are divided by all positions.", NULL},
     .answer = run, .variant = COUNT_OF_ALL},
    {.info = {"count_of_sequences", FORK_BUG, "135",
     "Sums over positions are divided by the number of sequences.", NULL},
     .answer = run, .variant = COUNT_OF_SEQUENCES},
    {.info = {"padding_as_zero", FORK_BUG, "135", "Padding counts as zeros.", NULL},
     .answer = run, .variant = PADDING_AS_ZERO},
    {.info = {"mean_masked_alone", FORK_BUG, "135", "The mean is masked, the variance is not.",
     NULL},
     .answer = run, .variant = MEAN_MASKED_ALONE},
    {.info = {"mean_of_means", FORK_BUG, "147", "The mean of the sequences' own means.", NULL},
     .answer = run, .variant = MEAN_OF_MEANS},
    {.info = {"unbiased", FORK_CONVENTION, "123", "The variance is divided by one less.", NULL},
     .answer = run, .variant = UNBIASED},
    {.info = {"epsilon_outside", FORK_CONVENTION, "127", "Epsilon is added to the deviation.",
     NULL},
     .answer = run, .variant = EPSILON_OUTSIDE},
    {.info = {"statistics_detached", FORK_BUG, "128",
     "Statistics are constants in the backward pass.", NULL},
     .answer = run, .variant = STATISTICS_DETACHED},
    {.info = {"padding_in_statistics_gradient", FORK_BUG, "",
     "The upstream gradient of padding does not reach the statistics.", NULL},
     .answer = run, .variant = PADDING_IN_STATISTICS_GRADIENT},
    {.info = {"padding_without_gradient", FORK_BUG, "",
     "Padding passes no gradient though it is normalised.", NULL},
     .answer = run, .variant = PADDING_WITHOUT_GRADIENT},
    {.info = {"gradient_count_of_all", FORK_BUG, "135",
     "The backward pass divides by all positions.", NULL},
     .answer = run, .variant = GRADIENT_COUNT_OF_ALL},
};
/* clang-format on */

const struct fork_list masked_normalization_forks = {sizeof table / sizeof *table, table};
