// SPDX-License-Identifier: MIT
#include "../fork.h"

enum variant {
    TWIN,
    SQUARED_DISTANCE,
    SIGN_OF_EXPONENT,
    WITHIN_BLOCK,
    OWN_GRADIENT_ONLY,
    FEATURES_DETACHED,
    IDENTITY_LOST,
    SELF_FORGOTTEN_ONCE,
    PROJECTION_TRANSPOSED,
    IN_FRONT,
    SHARED_KERNEL,
    GRADIENT_SIGN
};

struct minibatch {
    enum variant variant;
    size_t N, A, B, C, block;
    int excluded;
    real divisor;
    const real *x, *T, *bias;
};

static real project(const struct minibatch *m, size_t n, size_t b, size_t c)
{
    real sum = 0;
    for (size_t a = m->A; a-- > 0;) {
        size_t at = m->variant == PROJECTION_TRANSPOSED ? (a * m->C + c) * m->B + b
                                                        : (a * m->B + b) * m->C + c;
        sum = sum + m->T[at] * m->x[n * m->A + a];
    }
    return sum;
}

static real kernel(const struct minibatch *m, size_t i, size_t j, size_t b)
{
    real distance = 0;
    for (size_t k = m->B; k-- > 0;)
        for (size_t c = m->C; (k == b || m->variant == SHARED_KERNEL) && c-- > 0;) {
            real gap = project(m, i, k, c) - project(m, j, k, c);
            distance = distance + (m->variant == SQUARED_DISTANCE ? gap * gap : real_abs(gap));
        }
    if (m->variant == WITHIN_BLOCK && i / m->block != j / m->block)
        return R(0.0);
    return m->variant == SIGN_OF_EXPONENT ? real_exp(distance) : 1 / real_exp(distance);
}

/* dL / dM[i,b,c] */
static real pull(const struct minibatch *m, const real *dy, size_t i, size_t b, size_t c)
{
    size_t Q = m->A + m->B;
    real sum = 0, own = dy[i * Q + m->A + b];
    for (size_t j = m->N; j-- > 0;) {
        real gap = project(m, i, b, c) - project(m, j, b, c), other = dy[j * Q + m->A + b];
        real both = m->variant == OWN_GRADIENT_ONLY ? own : own + other;
        if (m->variant == SQUARED_DISTANCE)
            both = both * 2 * real_abs(gap);
        if (gap > 0)
            sum = sum - both * kernel(m, i, j, b);
        if (gap < 0)
            sum = sum + both * kernel(m, i, j, b);
    }
    sum = m->variant == FEATURES_DETACHED ? R(0.0) : sum / m->divisor;
    return m->variant == GRADIENT_SIGN ? -sum : sum;
}

static void read_minibatch(struct call *call, struct minibatch *m)
{
    static const char *const selves[] = {"included", "excluded", NULL};
    static const char *const reductions[] = {"sum", "mean", NULL};
    m->variant = (enum variant)call_variant(call);
    m->x = call_input(call, "x", "NA");
    m->T = call_input(call, "T", "ABC");
    m->N = call_size(call, 'N');
    m->A = call_size(call, 'A');
    m->B = call_size(call, 'B');
    m->C = call_size(call, 'C');
    m->block = call_block(call);
    m->bias = call_has(call, "bias") ? call_input(call, "bias", "B") : NULL;
    m->excluded = call_choice(call, "self", selves);
    int mean = call_choice(call, "reduction", reductions);
    if (m->N == 0 || (mean && m->excluded && m->N == 1))
        call_fail(call, "nobody");
    int less = m->excluded && m->variant != SELF_FORGOTTEN_ONCE;
    m->divisor = mean ? real_count(m->N) - (less ? R(1.0) : R(0.0)) : R(1.0);
}

static void differentiate(struct call *call, const struct minibatch *m)
{
    const real *dy = call_input(call, "dy", "NQ");
    real *dx = call_output(call, "dx", "NA"), *dT = call_output(call, "dT", "ABC");
    size_t Q = m->A + m->B;
    for (size_t i = m->N; i-- > 0;) {
        for (size_t a = 0; a < m->A && m->variant != IDENTITY_LOST; a++)
            dx[i * m->A + a] = dy[i * Q + a];
        for (size_t k = m->B * m->C; k-- > 0;) {
            real d = pull(m, dy, i, k / m->C, k % m->C);
            for (size_t a = 0; a < m->A; a++) {
                dx[i * m->A + a] += m->T[a * m->B * m->C + k] * d;
                dT[a * m->B * m->C + k] += m->x[i * m->A + a] * d;
            }
        }
    }
    if (!m->bias)
        return;
    real *dbias = call_output(call, "dbias", "B");
    for (size_t i = m->N * m->B; i-- > 0;)
        dbias[i % m->B] += dy[i / m->B * Q + m->A + i % m->B];
}

static void answer(struct call *call)
{
    struct minibatch m = {.N = 0};
    read_minibatch(call, &m);
    size_t Q = m.A + m.B, front = m.variant == IN_FRONT ? m.B : 0;
    call_bind(call, 'Q', Q);
    real *o = call_output(call, "o", "NB"), *y = call_output(call, "y", "NQ");
    for (size_t i = 0; i < m.N * m.B; i++) {
        size_t n = i / m.B, b = i % m.B;
        for (size_t j = m.N; j-- > 0;)
            o[i] = o[i] + (m.excluded && j == n ? R(0.0) : kernel(&m, n, j, b) / m.divisor);
        o[i] = (m.bias ? m.bias[b] : R(0.0)) + o[i];
        y[n * Q + (m.A + b + front) % Q] = o[i];
    }
    for (size_t i = 0; i < m.N * m.A; i++)
        y[i / m.A * Q + i % m.A + front] = m.x[i];
    if (call_has(call, "dy"))
        differentiate(call, &m);
}

static const struct fork table[] = {
    {.info = {"pair_by_pair", FORK_TWIN, "", "Every pair by itself, 1 / e^distance.", NULL},
     .answer = answer},
    {.info = {"self_included", FORK_CONVENTION, "", "A sample meets itself, whatever is asked for.",
              NULL},
     .instead = {"self", "included"}},
    {.info = {"self_excluded", FORK_CONVENTION, "",
              "A sample does not meet itself, whatever is asked for.", NULL},
     .instead = {"self", "excluded"}},
    {.info = {"sums", FORK_CONVENTION, "", "Sums over samples, whatever is asked for.", NULL},
     .instead = {"reduction", "sum"}},
    {.info = {"means", FORK_CONVENTION, "", "Means over samples, whatever is asked for.", NULL},
     .instead = {"reduction", "mean"}},
    {.info = {"self_in_divisor", FORK_BUG, "", "Means of the others are divided by N.", NULL},
     .answer = answer,
     .variant = SELF_FORGOTTEN_ONCE},
    {.info = {"squared_distance", FORK_BUG, "", "Squares in place of magnitudes.", NULL},
     .answer = answer,
     .variant = SQUARED_DISTANCE},
    {.info = {"exponent_sign", FORK_BUG, "", "The kernel grows with the distance.", NULL},
     .answer = answer,
     .variant = SIGN_OF_EXPONENT},
    {.info = {"one_kernel", FORK_BUG, "", "One distance over all rows b and c together.", NULL},
     .answer = answer,
     .variant = SHARED_KERNEL},
    {.info = {"within_block", FORK_BUG, "33", "Samples meet those of their own machine alone.",
              NULL},
     .answer = answer,
     .variant = WITHIN_BLOCK},
    {.info = {"own_gradient_only", FORK_BUG, "",
              "What a sample does to the others' features has no gradient.", NULL},
     .answer = answer,
     .variant = OWN_GRADIENT_ONLY},
    {.info = {"features_detached", FORK_BUG, "", "No gradient goes through the features.", NULL},
     .answer = answer,
     .variant = FEATURES_DETACHED},
    {.info = {"identity_lost", FORK_BUG, "", "The gradient of the samples themselves is lost.",
              NULL},
     .answer = answer,
     .variant = IDENTITY_LOST},
    {.info = {"projection_transposed", FORK_BUG, "", "T is reshaped to (A,C,B).", NULL},
     .answer = answer,
     .variant = PROJECTION_TRANSPOSED},
    {.info = {"features_in_front", FORK_CONVENTION, "", "The features come first.", NULL},
     .answer = answer,
     .variant = IN_FRONT},
    {.info = {"gradient_sign", FORK_BUG, "", "Samples are pulled together.", NULL},
     .answer = answer,
     .variant = GRADIENT_SIGN},
};

const struct fork_list minibatch_discrimination_forks = {sizeof table / sizeof *table, table};
