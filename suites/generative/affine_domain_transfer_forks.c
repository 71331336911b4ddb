// SPDX-License-Identifier: MIT
#include "../../reference/generative/affine_domain_transfer.h"
#include "../fork.h"

enum mistake {
    NONE,
    TRANSPOSED,
    SWAPPED,
    MEAN_FORGOTTEN,
    MEAN_KEPT,
    WHITENED_ONLY,
    COLOURED_ONLY,
    VARIANCES,
    FACTORS_REVERSED,
    NOT_CENTRED,
    CORRELATIONS_FORGOTTEN,
    RIDGE_IN_ONE,
    LAST_SAMPLE_LOST
};

enum { MOMENTS, CHOLESKY, SYMMETRIC, MONGE };

struct cloud {
    const real *x;
    size_t N;
    real *mean, *covariance, *l; /* (D), (D,D), (D,D) */
};

struct map {
    enum mistake mistake;
    int method, kept;
    size_t D, ddof;
    real ridge;
};

/* From the last sample to the first. */
static struct cloud measure(struct call *call, const struct map *m, const char *name,
                            const char *shape, real ridge)
{
    size_t D = call_size(call, 'D');
    struct cloud c = {.x = call_input(call, name, shape), .N = call_size(call, shape[0])};
    size_t used = c.N - (m->mistake == LAST_SAMPLE_LOST && c.N > 1);
    c.mean = call_scratch(call, D);
    c.covariance = call_scratch(call, D * D);
    c.l = call_scratch(call, D * D);
    for (size_t n = used; n-- > 0;)
        for (size_t d = 0; d < D; d++)
            c.mean[d] = c.mean[d] + c.x[n * D + d] / real_count(used);
    for (size_t i = 0; i < D * D; i++) {
        int centred = m->mistake != NOT_CENTRED;
        for (size_t n = used; n-- > 0;)
            c.covariance[i] =
                c.covariance[i] + (c.x[n * D + i / D] - (centred ? c.mean[i / D] : 0)) *
                                      (c.x[n * D + i % D] - (centred ? c.mean[i % D] : 0));
        c.covariance[i] = c.covariance[i] / real_count(used - m->ddof);
        if (i / D == i % D)
            c.covariance[i] = c.covariance[i] + ridge;
        else if (m->mistake == CORRELATIONS_FORGOTTEN)
            c.covariance[i] = 0;
    }
    return c;
}

/* Its triangle, column by column: what is left of the covariance when features before are known. */
static void triangle(struct call *call, struct cloud *c, size_t D)
{
    real *rest = call_scratch(call, D * D);
    for (size_t i = 0; i < D * D; i++)
        rest[i] = c->covariance[i];
    for (size_t j = 0; j < D; j++) {
        real pivot = real_sqrt(rest[j * D + j]);
        for (size_t i = j; i < D; i++)
            c->l[i * D + j] = rest[i * D + j] / pivot;
        for (size_t i = j; i < D; i++)
            for (size_t k = j; k < D; k++)
                rest[i * D + k] = rest[i * D + k] - c->l[i * D + j] * c->l[k * D + j];
    }
}

/* Solves t = L_S u for the whitened axes u = L_X^-1 e of every e, forwards. */
static void by_triangles(struct call *call, const struct map *m, struct cloud *x, struct cloud *s,
                         real *a)
{
    size_t D = m->D;
    real *u = call_scratch(call, D);
    triangle(call, x, D);
    triangle(call, s, D);
    for (size_t e = 0; e < D; e++) {
        for (size_t i = 0; i < D; i++) {
            u[i] = i == e ? 1 : 0;
            for (size_t k = e; k < i; k++)
                u[i] = u[i] - x->l[i * D + k] * u[k];
            u[i] = u[i] / (m->mistake == COLOURED_ONLY ? 1 : x->l[i * D + i]);
        }
        for (size_t i = 0; i < D; i++) {
            real t = 0;
            for (size_t k = e; k < D; k++)
                t = t + (m->mistake == WHITENED_ONLY ? k == i : s->l[i * D + k]) *
                            (m->mistake == COLOURED_ONLY ? k == e : u[k]);
            a[m->mistake == FACTORS_REVERSED ? i * D + e : e * D + i] = t;
        }
    }
}

/* C^(1/2) or C^(-1/2) of the plane from the eigenvalues of C. */
static void root(const real *c, int inverse, real *r)
{
    real gap = c[0] - c[3], spread = real_sqrt(gap * gap + 4 * c[1] * c[2]);
    real large = (c[0] + c[3] + spread) / 2, small = (c[0] * c[3] - c[1] * c[2]) / large;
    real p = real_sqrt(large), q = real_sqrt(small);
    for (size_t i = 0; i < 4; i++) {
        real diagonal = i % 3 == 0 ? 1 : 0;
        r[i] = (c[i] + p * q * diagonal) / (p + q);
        if (inverse)
            r[i] = ((large + small + p * q) * diagonal - c[i]) / (p * q * (p + q));
    }
}

static void multiply(real *out, const real *a, const real *b)
{
    for (size_t i = 0; i < 4; i++)
        out[i] = a[i / 2 * 2 + 1] * b[i % 2 + 2] + a[i / 2 * 2] * b[i % 2];
}

static void by_roots(const struct map *m, const struct cloud *x, const struct cloud *s, real *a)
{
    real of_x[4], of_s[4], one[4], two[4];
    root(x->covariance, 1, of_x);
    root(s->covariance, 0, of_s);
    const real unit[] = {1, 0, 0, 1};
    if (m->method == SYMMETRIC) {
        const real *first = m->mistake == COLOURED_ONLY ? unit : of_x;
        const real *second = m->mistake == WHITENED_ONLY ? unit : of_s;
        if (m->mistake == FACTORS_REVERSED)
            multiply(a, second, first);
        else
            multiply(a, first, second);
        return;
    }
    multiply(one, of_s, x->covariance); /* the same map from the other side */
    multiply(two, one, of_s);
    root(two, 1, one);
    multiply(two, of_s, one);
    multiply(a, two, of_s);
}

static void run(struct call *call)
{
    static const char *const methods[] = {"moments", "cholesky", "symmetric", "monge", NULL};
    static const char *const deviations[] = {"population", "sample", NULL};
    static const char *const centers[] = {"moved", "kept", NULL};
    struct map m = {.mistake = (enum mistake)call_variant(call),
                    .method = call_choice(call, "method", methods),
                    .kept = call_choice(call, "center", centers) == 1,
                    .ddof = (size_t)call_choice(call, "deviation", deviations),
                    .ridge = call_number_or(call, "ridge", R(0.0))};
    const real *content = call_input(call, "x", "ND");
    size_t D = m.D = call_size(call, 'D');
    struct cloud x = measure(call, &m, "x", "ND", m.ridge);
    struct cloud s = measure(call, &m, "s", "MD", m.mistake == RIDGE_IN_ONE ? 0 : m.ridge);
    struct cloud *from = m.mistake == SWAPPED ? &s : &x, *to = m.mistake == SWAPPED ? &x : &s;
    real *y = call_output(call, "y", "ND"), *a = call_output(call, "A", "DD");
    for (size_t i = 0; m.method == MOMENTS && i < D * D; i += D + 1) {
        real ratio = to->covariance[i] / from->covariance[i];
        a[i] = m.mistake == VARIANCES ? ratio : real_sqrt(ratio);
    }
    if (m.method == CHOLESKY)
        by_triangles(call, &m, from, to, a);
    if (m.method >= SYMMETRIC)
        by_roots(&m, from, to, a);
    for (size_t i = 0; i < x.N * D; i++) {
        size_t e = i % D;
        real mean = m.mistake == MEAN_KEPT ? x.mean[e] : s.mean[e], sum = 0;
        for (size_t d = D; d-- > 0;) {
            real gap = content[i / D * D + d] - (m.kept ? 0 : x.mean[d]);
            sum = sum + gap * a[m.mistake == TRANSPOSED ? e * D + d : d * D + e];
        }
        y[i] = m.kept || m.mistake == MEAN_FORGOTTEN ? sum : sum + mean;
    }
}

static const struct fork table[] = {
    {.info =
         {"eliminated", FORK_TWIN, "",
          "Triangles by elimination, roots from eigenvalues, the least motion from the other side.",
          NULL},
     .answer = run},
    {.info = {"moments", FORK_CONVENTION, "", "Each feature alone.", NULL},
     .instead = {"method", "moments"}},
    {.info = {"cholesky", FORK_CONVENTION, "", "Triangular roots.", NULL},
     .instead = {"method", "cholesky"}},
    {.info = {"symmetric", FORK_CONVENTION, "", "Symmetric roots.", NULL},
     .instead = {"method", "symmetric"}},
    {.info = {"monge", FORK_CONVENTION, "", "The least motion.", NULL},
     .instead = {"method", "monge"}},
    {.info = {"population", FORK_CONVENTION, "123", "Covariances / N.", NULL},
     .instead = {"deviation", "population"}},
    {.info = {"sample", FORK_CONVENTION, "123", "Covariances / (N - 1).", NULL},
     .instead = {"deviation", "sample"}},
    {.info = {"center_kept", FORK_CONVENTION, "", "No means.", NULL},
     .instead = {"center", "kept"}},
    {.info = {"center_moved", FORK_CONVENTION, "", "Means are transferred too.", NULL},
     .instead = {"center", "moved"}},
    {.info = {"no_ridge", FORK_BUG, "", "The ridge is (nearly) forgotten.", NULL},
     .number = {"ridge", 0x1p-40f}},
    {.info = {"ridge_in_one", FORK_BUG, "", "Only the content's covariance gets the ridge.", NULL},
     .answer = run,
     .variant = RIDGE_IN_ONE},
    {.info = {"transposed", FORK_BUG, "", "Points are multiplied by A'.", NULL},
     .answer = run,
     .variant = TRANSPOSED},
    {.info = {"swapped", FORK_BUG, "", "The map from the style to the content.", NULL},
     .answer = run,
     .variant = SWAPPED},
    {.info = {"mean_forgotten", FORK_BUG, "", "The result is about the origin.", NULL},
     .answer = run,
     .variant = MEAN_FORGOTTEN},
    {.info = {"mean_kept", FORK_BUG, "", "The content's mean is put back.", NULL},
     .answer = run,
     .variant = MEAN_KEPT},
    {.info = {"whitened_only", FORK_BUG, "", "Whitened, not coloured.", NULL},
     .answer = run,
     .variant = WHITENED_ONLY},
    {.info = {"coloured_only", FORK_BUG, "", "Coloured, not whitened.", NULL},
     .answer = run,
     .variant = COLOURED_ONLY},
    {.info = {"variances", FORK_BUG, "", "The ratio of variances, without its root.", NULL},
     .answer = run,
     .variant = VARIANCES},
    {.info = {"factors_reversed", FORK_BUG, "", "Column vectors' order of factors for row vectors.",
              NULL},
     .answer = run,
     .variant = FACTORS_REVERSED},
    {.info = {"not_centred", FORK_BUG, "", "Second moments in place of covariances.", NULL},
     .answer = run,
     .variant = NOT_CENTRED},
    {.info = {"correlations_forgotten", FORK_BUG, "", "The diagonals alone.", NULL},
     .answer = run,
     .variant = CORRELATIONS_FORGOTTEN},
    {.info = {"last_sample_lost", FORK_BUG, "155",
              "The last sample is left out of mean and covariance.", NULL},
     .answer = run,
     .variant = LAST_SAMPLE_LOST},
};

const struct fork_list affine_domain_transfer_forks = {sizeof table / sizeof *table, table};
