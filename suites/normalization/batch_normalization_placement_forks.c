// SPDX-License-Identifier: MIT
#include "../../reference/normalization/batch_normalization_placement.h"
#include "../fork.h"

enum mistake {
    NONE,
    STATISTICS_DETACHED,
    VARIANCE_DETACHED,
    UNBIASED,
    EPSILON_OUTSIDE,
    HALF_OF_BATCH,
    SLOPE_FORGOTTEN,
    SLOPE_OF_OUTPUT,
    SHIFT_FORGOTTEN,
    SCALE_NOT_IN_GRADIENT,
    GRADIENT_AVERAGED,
    LAST_SAMPLE_LOST,
    PER_SAMPLE
};

struct layer {
    enum mistake mistake;
    size_t N, I, O;
    int after, is_tanh;
    real epsilon;
    const real *x, *w, *b, *gamma, *beta, *dy;
};

static struct layer read(struct call *call)
{
    static const char *const placements[] = {"before_activation", "after_activation", NULL};
    static const char *const activations[] = {"relu", "tanh", NULL};
    struct layer is = {.mistake = (enum mistake)call_variant(call),
                       .x = call_input(call, "x", "NI"),
                       .w = call_input(call, "w", "IO")};
    is.N = call_size(call, 'N');
    is.I = call_size(call, 'I');
    is.O = call_size(call, 'O');
    is.after = call_choice(call, "placement", placements);
    is.is_tanh = call_choice(call, "activation", activations);
    is.epsilon = call_number_or(call, "epsilon", R(1e-5));
    is.b = call_has(call, "b") ? call_input(call, "b", "O") : NULL;
    is.gamma = call_has(call, "gamma") ? call_input(call, "gamma", "O") : NULL;
    is.beta = call_has(call, "beta") ? call_input(call, "beta", "O") : NULL;
    is.dy = call_has(call, "dy") ? call_input(call, "dy", "NO") : NULL;
    return is;
}

static real bend(const struct layer *is, real v)
{
    return is->is_tanh ? real_tanh(v) : v > 0 ? v : 0;
}

static real slope(const struct layer *is, real v)
{
    real y = is->is_tanh ? real_tanh(v) : 0;
    if (is->mistake == SLOPE_FORGOTTEN)
        return 1;
    if (is->mistake == SLOPE_OF_OUTPUT)
        return is->is_tanh ? 1 - real_tanh(y) * real_tanh(y) : v > R(0.5);
    return is->is_tanh ? 1 - y * y : v > 0;
}

/* What a column (or, by mistake, a row) is shifted and divided by. */
struct moments {
    real mean, variance, s;
    size_t count;
};

static struct moments moments_of(const struct layer *is, const real *v, size_t count, size_t stride)
{
    struct moments m = {.count = is->mistake == HALF_OF_BATCH ? (count + 1) / 2 : count};
    real sum = 0, n = real_count(m.count);
    for (size_t i = m.count; i-- > 0;)
        sum = sum + v[i * stride];
    m.mean = sum / n;
    for (size_t i = m.count; i-- > 0;)
        m.variance = m.variance + (v[i * stride] - m.mean) * (v[i * stride] - m.mean) / n;
    if (is->mistake == UNBIASED)
        m.variance = m.variance * n / (n - 1);
    m.s = is->mistake == EPSILON_OUTSIDE ? real_sqrt(m.variance) + is->epsilon
                                         : real_sqrt(m.variance + is->epsilon);
    return m;
}

/* y = BN(v) for one column. */
static void normalize(const struct layer *is, real *y, const real *v, size_t o)
{
    struct moments m = moments_of(is, v + o, is->N, is->O);
    for (size_t n = 0; n < is->N; n++) {
        if (is->mistake == PER_SAMPLE)
            m = moments_of(is, v + n * is->O, is->O, 1);
        real hat = (v[n * is->O + o] - m.mean) / m.s;
        y[n * is->O + o] = (is->gamma ? is->gamma[o] : 1) * hat +
                           (is->beta && is->mistake != SHIFT_FORGOTTEN ? is->beta[o] : 0);
    }
}

/* dv for one column: dy freed of its mean, then of its part along v; and dgamma, dbeta. */
static void backward(const struct layer *is, real *dv, real *dgamma, real *dbeta, const real *dy,
                     const real *v, size_t o)
{
    size_t N = is->N, O = is->O;
    struct moments m = moments_of(is, v + o, N, O);
    real gamma = is->gamma && is->mistake != SCALE_NOT_IN_GRADIENT ? is->gamma[o] : 1;
    int constant = is->mistake == STATISTICS_DETACHED;
    int along = !constant && is->mistake != VARIANCE_DETACHED;
    real sum = 0, part = 0;
    for (size_t n = N; n-- > 0;)
        sum = sum + dy[n * O + o];
    for (size_t n = N; n-- > 0;) {
        real centred = dy[n * O + o] - sum / real_count(N), hat = (v[n * O + o] - m.mean) / m.s;
        part = part + centred * hat;
        dv[n * O + o] = constant ? dy[n * O + o] : centred;
        dgamma[o] = dgamma[o] + dy[n * O + o] * hat;
    }
    for (size_t n = 0; n < N; n++) {
        real hat = (v[n * O + o] - m.mean) / m.s;
        real left = dv[n * O + o] - (along ? hat * part / real_count(N) : 0);
        dv[n * O + o] = gamma * left / m.s;
    }
    dbeta[o] = sum;
}

static void dense_backward(struct call *call, const struct layer *is, const real *dz)
{
    size_t N = is->N - (is->mistake == LAST_SAMPLE_LOST), I = is->I, O = is->O;
    real share = is->mistake == GRADIENT_AVERAGED ? real_count(N) : 1;
    real *dx = call_output(call, "dx", "NI"), *dw = call_output(call, "dw", "IO");
    real *db = is->b ? call_output(call, "db", "O") : NULL;
    for (size_t k = 0; k < is->N * I * O; k++) {
        size_t n = k / (I * O), i = k / O % I, o = k % O;
        dx[n * I + i] = dx[n * I + i] + dz[n * O + o] * is->w[i * O + o];
        if (n < N)
            dw[i * O + o] = dw[i * O + o] + dz[n * O + o] * is->x[n * I + i] / share;
    }
    for (size_t k = 0; db && k < N * O; k++)
        db[k % O] = db[k % O] + dz[k] / share;
}

static void run(struct call *call)
{
    struct layer is = read(call);
    size_t count = is.N * is.O;
    real *z = call_scratch(call, count), *v = call_scratch(call, count);
    real *dv = call_scratch(call, count), *dz = call_scratch(call, count);
    real *y = call_output(call, "y", "NO");
    for (size_t k = 0; k < count; k++) {
        for (size_t i = is.I; i-- > 0;)
            z[k] = z[k] + is.x[k / is.O * is.I + i] * is.w[i * is.O + k % is.O];
        z[k] = z[k] + (is.b ? is.b[k % is.O] : 0);
        v[k] = bend(&is, z[k]);
    }
    for (size_t o = 0; o < is.O; o++)
        normalize(&is, is.after ? y : v, is.after ? v : z, o);
    for (size_t k = 0; k < count && !is.after; k++)
        y[k] = bend(&is, v[k]);
    if (!is.dy)
        return;
    real *dgamma = call_output(call, "dgamma", "O"), *dbeta = call_output(call, "dbeta", "O");
    for (size_t k = 0; k < count; k++)
        dv[k] = is.after ? is.dy[k] : is.dy[k] * slope(&is, v[k]);
    for (size_t o = 0; o < is.O; o++)
        backward(&is, dz, dgamma, dbeta, dv, is.after ? v : z, o);
    for (size_t k = 0; k < count && is.after; k++)
        dz[k] = dz[k] * slope(&is, z[k]);
    dense_backward(call, &is, dz);
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"projections", FORK_TWIN, "",
     "The gradient is freed of its mean, then of its part along the values; sums from the last "
     "sample to the first.", NULL},
     .answer = run},
    {.info = {"before_always", FORK_CONVENTION, "", "The activation always comes last.", NULL},
     .instead = {"placement", "before_activation"}},
    {.info = {"after_always", FORK_CONVENTION, "", "The activation always comes first.", NULL},
     .instead = {"placement", "after_activation"}},
    {.info = {"relu_always", FORK_CONVENTION, "", "The activation is a ReLU.", NULL},
     .instead = {"activation", "relu"}},
    {.info = {"tanh_always", FORK_CONVENTION, "", "The activation is tanh.", NULL},
     .instead = {"activation", "tanh"}},
    {.info = {"epsilon_of_keras", FORK_CONVENTION, "126", "Epsilon is 1e-3.", NULL},
     .number = {"epsilon", 1e-3f}},
    {.info = {"statistics_detached", FORK_BUG, "128",
     "Mean and variance are constants in the backward pass.", NULL},
     .answer = run, .variant = STATISTICS_DETACHED},
    {.info = {"variance_detached", FORK_BUG, "128",
     "The variance is a constant in the backward pass.", NULL},
     .answer = run, .variant = VARIANCE_DETACHED},
    {.info = {"unbiased", FORK_CONVENTION, "123",
     "The batch is normalised by the unbiased variance.", NULL},
     .answer = run, .variant = UNBIASED},
    {.info = {"epsilon_outside", FORK_CONVENTION, "127", "Epsilon is added to the deviation.",
     NULL},
     .answer = run, .variant = EPSILON_OUTSIDE},
    {.info = {"half_of_batch", FORK_BUG, "147", "The statistics of one rank's half.", NULL},
     .answer = run, .variant = HALF_OF_BATCH},
    {.info = {"per_sample", FORK_BUG, "136",
     "Statistics over the units of a sample: layer normalization.", NULL},
     .answer = run, .variant = PER_SAMPLE},
    {.info = {"slope_forgotten", FORK_BUG, "", "The activation passes the gradient as it is.",
     NULL},
     .answer = run, .variant = SLOPE_FORGOTTEN},
    {.info = {"slope_of_output", FORK_BUG, "", "The slope is taken from the wrong tensor.", NULL},
     .answer = run, .variant = SLOPE_OF_OUTPUT},
    {.info = {"shift_forgotten", FORK_BUG, "", "beta is not added.", NULL},
     .answer = run, .variant = SHIFT_FORGOTTEN},
    {.info = {"scale_not_in_gradient", FORK_BUG, "", "The gradient passes without gamma.", NULL},
     .answer = run, .variant = SCALE_NOT_IN_GRADIENT},
    {.info = {"gradient_averaged", FORK_BUG, "171",
     "Gradients of parameters are averaged over the samples.", NULL},
     .answer = run, .variant = GRADIENT_AVERAGED},
    {.info = {"last_sample_lost", FORK_BUG, "155", "The last sample is left out of dw.", NULL},
     .answer = run, .variant = LAST_SAMPLE_LOST},
};
/* clang-format on */

const struct fork_list batch_normalization_placement_forks = {sizeof table / sizeof *table, table};
