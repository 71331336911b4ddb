// SPDX-License-Identifier: MIT
#include "../fork.h"

enum variant {
    TWIN,
    GENERATED_OVER_BOTH,
    ONE_SIDED,
    TWICE,
    WEIGHT_LOST,
    OPTIMUM_OF_ODDS,
    EPSILON_ADDED,
    ENTROPIES,
    NOT_THROUGH_SUMS,
    NORMALIZED_UNWEIGHTED,
    CHAIN_OF_RATIO,
    ROOT_NOT_BACK,
    UPSTREAM_IGNORED,
    LAST_BLOCK_LOST,
    ACCURACY_OF_MEAN,
    VALUE_HALVED,
    ZERO_IS_NAN
};

struct grid {
    enum variant variant;
    size_t I, last; /* last: the cell that a careless loop ends before */
    int normalized, is_distance, bits;
    const real *raw[2], *w, *other;
    real total[2], nowhere;
};

static real weight_of(const struct grid *g, size_t i)
{
    return g->w && g->variant != WEIGHT_LOST ? g->w[i] : R(1.0);
}

static real density(const struct grid *g, int k, size_t i)
{
    real p = g->raw[k][i] / g->total[k];
    return g->variant == EPSILON_ADDED ? p + R(1e-10) : p;
}

/* log(p / (p + q)), 0 where p is 0. */
static real log_share(const struct grid *g, int k, size_t i)
{
    real p = density(g, k, i), q = density(g, 1 - k, i);
    if (p > 0)
        return q < p ? -real_log1p(q / p) : real_log(p / (p + q));
    return g->variant == ZERO_IS_NAN ? real_log(R(0.0)) : R(0.0);
}

/* Half of the divergence: x log x of shares when they are summed as entropies. */
static real half_divergence(const struct grid *g, int k)
{
    real sum = 0;
    for (size_t i = g->last; i-- > 0;) {
        real p = density(g, k, i), q = density(g, 1 - k, i), m = (p + q) / 2;
        if (!(p > 0) && g->variant != ZERO_IS_NAN)
            continue;
        real log_ratio = -real_log1p((q - p) / (2 * p));
        if (g->variant == ENTROPIES)
            log_ratio = real_log(p) - real_log(m);
        if (g->variant == ONE_SIDED)
            log_ratio = k == 0 && q > 0 ? 2 * real_log(p / q) : R(0.0);
        sum = sum + weight_of(g, i) * p * log_ratio / 2;
    }
    return g->variant == TWICE ? 2 * sum : sum;
}

static void read_grid(struct call *call, struct grid *g)
{
    static const char *const no_yes[] = {"no", "yes", NULL};
    static const char *const measures[] = {"divergence", "distance", NULL};
    static const char *const bases[] = {"nats", "bits", NULL};
    static const char *const both_zero[] = {"half", "zero", NULL};
    g->variant = (enum variant)call_variant(call);
    g->raw[0] = call_input(call, "p", "I");
    g->raw[1] = call_input(call, "q", "I");
    g->I = g->last = call_size(call, 'I');
    if (g->variant == LAST_BLOCK_LOST && g->I > 0)
        g->last = (g->I - 1) / call_block(call) * call_block(call);
    g->w = call_has(call, "weight") ? call_input(call, "weight", "I") : NULL;
    g->other = call_has(call, "discriminator") ? call_input(call, "discriminator", "I") : NULL;
    g->normalized = call_choice(call, "normalization", no_yes);
    g->is_distance = call_choice(call, "measure", measures);
    g->bits = call_choice(call, "base", bases);
    g->nowhere = call_choice(call, "both_zero", both_zero) ? R(0.0) : R(0.5);
    for (int k = 0; k < 2; k++) {
        g->total[k] = g->normalized ? R(0.0) : R(1.0);
        for (size_t i = g->last; g->normalized && i-- > 0;)
            g->total[k] +=
                g->raw[k][i] * (g->variant == NORMALIZED_UNWEIGHTED ? R(1.0) : weight_of(g, i));
    }
}

static void find_optimum(struct call *call, const struct grid *g)
{
    real *optimal = call_output(call, "optimal", "I");
    for (size_t i = 0; i < g->I; i++) {
        real p = density(g, 0, i), q = density(g, 1, i);
        optimal[i] = p > 0 ? 1 / (1 + q / p) : q > 0 ? R(0.0) : g->nowhere;
        if (g->variant == GENERATED_OVER_BOTH)
            optimal[i] = q > 0 ? 1 / (1 + p / q) : p > 0 ? R(0.0) : g->nowhere;
        if (g->variant == OPTIMUM_OF_ODDS)
            optimal[i] = q > 0 ? p / q : R(1.0);
    }
}

static void add_up(struct call *call, const struct grid *g)
{
    real loss[2] = {0, 0}, right = 0, mean = 0;
    for (size_t i = g->last; i-- > 0;) {
        real p = density(g, 0, i), q = density(g, 1, i);
        for (int k = 0; k < 2; k++)
            loss[k] = loss[k] - weight_of(g, i) * density(g, k, i) * log_share(g, k, i);
        right = right + weight_of(g, i) * real_abs(p - q) / 4;
        mean = mean + (p + q > 0 ? weight_of(g, i) * p * (p / (p + q)) : R(0.0));
    }
    *call_output(call, "real_loss", "") = loss[0];
    *call_output(call, "fake_loss", "") = loss[1];
    *call_output(call, "value", "") =
        g->variant == VALUE_HALVED ? -(loss[0] + loss[1]) / 2 : -loss[0] - loss[1];
    *call_output(call, "accuracy", "") = g->variant == ACCURACY_OF_MEAN ? mean : R(0.5) + right;
}

static void differentiate(struct call *call, const struct grid *g, const real half[2],
                          real measured)
{
    real upstream = *call_input(call, "djensen_shannon", "");
    if (g->variant == UPSTREAM_IGNORED)
        upstream = 1;
    if (g->bits)
        upstream = upstream / real_log(R(2.0));
    if (g->is_distance && g->variant != ROOT_NOT_BACK)
        upstream = upstream / measured / 2;
    for (int k = 0; k < 2; k++) {
        real *dp = call_output(call, k ? "dq" : "dp", "I");
        for (size_t i = 0; i < g->I; i++) {
            real p = density(g, k, i), q = density(g, 1 - k, i);
            real mean = g->normalized && g->variant != NOT_THROUGH_SUMS ? half[k] : R(0.0);
            real slope = p > 0 ? -real_log1p((q - p) / (2 * p)) / 2 : R(0.0);
            if (g->variant == CHAIN_OF_RATIO)
                slope = slope + q / (p + q) / 2;
            dp[i] = (slope - mean) * upstream * weight_of(g, i) / g->total[k];
        }
    }
}

static void answer(struct call *call)
{
    struct grid g = {.variant = TWIN};
    read_grid(call, &g);
    find_optimum(call, &g);
    add_up(call, &g);
    real half[2] = {half_divergence(&g, 0), half_divergence(&g, 1)}, sum = half[0] + half[1];
    real divergence = g.bits ? sum / real_log(R(2.0)) : sum;
    if (g.is_distance)
        divergence = divergence > 0 ? real_sqrt(divergence) : R(0.0);
    *call_output(call, "jensen_shannon", "") = divergence;
    if (g.other) {
        real played = 0;
        for (size_t i = g.last; i-- > 0;)
            played = played + weight_of(&g, i) * density(&g, 0, i) * real_log(g.other[i]) +
                     weight_of(&g, i) * density(&g, 1, i) * real_log1p(-g.other[i]);
        *call_output(call, "played", "") = played;
    }
    if (call_has(call, "djensen_shannon"))
        differentiate(call, &g, half, divergence);
}

static const struct fork table[] = {
    {.info = {"by_ratios", FORK_TWIN, "",
              "log(p / (p + q)) as -log1p(q / p), from the last cell to the first.", NULL},
     .answer = answer},
    {.info = {"generated_over_both", FORK_BUG, "", "D is the share of generated samples.", NULL},
     .answer = answer,
     .variant = GENERATED_OVER_BOTH},
    {.info = {"odds", FORK_BUG, "", "D is p / q.", NULL},
     .answer = answer,
     .variant = OPTIMUM_OF_ODDS},
    {.info = {"one_sided", FORK_BUG, "", "Kullback and Leibler's divergence of q from p.", NULL},
     .answer = answer,
     .variant = ONE_SIDED},
    {.info = {"not_halved", FORK_BUG, "", "Twice the divergence.", NULL},
     .answer = answer,
     .variant = TWICE},
    {.info = {"value_halved", FORK_CONVENTION, "",
              "The mean of both parts, as losses are reported.", NULL},
     .answer = answer,
     .variant = VALUE_HALVED},
    {.info = {"weights_ignored", FORK_BUG, "", "All cells have the size 1.", NULL},
     .answer = answer,
     .variant = WEIGHT_LOST},
    {.info = {"epsilon_added", FORK_CONVENTION, "", "1e-10 is added to both densities.", NULL},
     .answer = answer,
     .variant = EPSILON_ADDED},
    {.info = {"logarithms_subtracted", FORK_NUMERICAL, "14 36",
              "log p - log m, which loses what two close densities differ by.", NULL},
     .answer = answer,
     .variant = ENTROPIES},
    {.info = {"zero_is_nan", FORK_BUG, "", "0 log 0 is not 0.", NULL},
     .answer = answer,
     .variant = ZERO_IS_NAN},
    {.info = {"normalised", FORK_CONVENTION, "", "Normalised, whatever is asked for.", NULL},
     .instead = {"normalization", "yes"}},
    {.info = {"not_normalised", FORK_CONVENTION, "", "Not normalised, whatever is asked for.",
              NULL},
     .instead = {"normalization", "no"}},
    {.info = {"normalised_unweighted", FORK_BUG, "", "Normalised without the sizes of the cells.",
              NULL},
     .answer = answer,
     .variant = NORMALIZED_UNWEIGHTED},
    {.info = {"not_through_sums", FORK_BUG, "", "The sums have no derivative.", NULL},
     .answer = answer,
     .variant = NOT_THROUGH_SUMS},
    {.info = {"ratio_differentiated", FORK_BUG, "",
              "The derivative of the logarithm is added without what cancels it.", NULL},
     .answer = answer,
     .variant = CHAIN_OF_RATIO},
    {.info = {"root_not_back", FORK_BUG, "", "The derivative of the root is forgotten.", NULL},
     .answer = answer,
     .variant = ROOT_NOT_BACK},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken to be 1.", NULL},
     .answer = answer,
     .variant = UPSTREAM_IGNORED},
    {.info = {"distance", FORK_CONVENTION, "", "The root, whatever is asked for.", NULL},
     .instead = {"measure", "distance"}},
    {.info = {"divergence", FORK_CONVENTION, "", "No root, whatever is asked for.", NULL},
     .instead = {"measure", "divergence"}},
    {.info = {"nats", FORK_CONVENTION, "61", "Nats, whatever is asked for.", NULL},
     .instead = {"base", "nats"}},
    {.info = {"bits", FORK_CONVENTION, "61", "Bits, whatever is asked for.", NULL},
     .instead = {"base", "bits"}},
    {.info = {"nowhere_half", FORK_CONVENTION, "", "D is 1/2 where nobody is.", NULL},
     .instead = {"both_zero", "half"}},
    {.info = {"accuracy_of_probability", FORK_BUG, "", "The mean of D on real samples.", NULL},
     .answer = answer,
     .variant = ACCURACY_OF_MEAN},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of cells is left out.", NULL},
     .answer = answer,
     .variant = LAST_BLOCK_LOST},
};

const struct fork_list optimal_discriminator_forks = {sizeof table / sizeof *table, table};
