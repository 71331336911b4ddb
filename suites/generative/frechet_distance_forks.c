// SPDX-License-Identifier: MIT
#include "../../reference/generative/frechet_distance.h"
#include "../fork.h"

enum mistake {
    NONE,
    TRACE_TERM_LOST,
    ONCE,
    NO_ROOTS,
    DIAGONALS,
    FACTORS_MULTIPLIED,
    MEAN_NOT_SQUARED,
    MEAN_LEFT_OUT,
    ROOT_OF_TRACE,
    ROOT_ELEMENTWISE,
    OF_SUM,
    MEAN_OF_FEATURES,
    FIRST_TRACE_ALONE
};

/* l l^T = a, column by column. */
static void factor(real *l, const real *a, size_t D)
{
    for (size_t j = 0; j < D; j++) {
        for (size_t i = j; i < D; i++) {
            real rest = a[i * D + j];
            for (size_t k = j; k-- > 0;)
                rest = rest - l[i * D + k] * l[j * D + k];
            l[i * D + j] = i == j ? real_sqrt(rest) : rest / l[j * D + j];
        }
    }
}

/* The root of the largest eigenvalue and all others of m^T a m, where b = m m^T: the roles of both
 * sets exchanged, and features in reverse. */
static real root_trace(struct call *call, const struct frechet *f, enum mistake mistake)
{
    size_t D = f->D;
    real *a = call_scratch(call, D * D), *b = call_scratch(call, D * D), sum = 0, trace = 0;
    real *m = call_scratch(call, D * D), *s = call_scratch(call, D * D);
    for (size_t i = 0; i < D * D; i++) {
        int keep = mistake != DIAGONALS || i / D == i % D;
        a[D * D - 1 - i] = keep ? f->a[i] : 0;
        b[D * D - 1 - i] = keep ? f->b[i] : 0;
        if (mistake == OF_SUM)
            a[D * D - 1 - i] = b[D * D - 1 - i] = (f->a[i] + f->b[i]) / 2;
    }
    factor(m, b, D);
    if (mistake == FACTORS_MULTIPLIED)
        factor(s, a, D);
    for (size_t i = 0; i < D * D && mistake == FACTORS_MULTIPLIED; i++)
        sum = sum + m[i] * s[i];
    if (mistake == FACTORS_MULTIPLIED)
        return sum;
    for (size_t i = 0; i < D * D; i++) {
        s[i] = 0;
        for (size_t j = D; j-- > 0;) {
            real row = 0;
            for (size_t k = D; k-- > 0;)
                row = row + a[j * D + k] * m[k * D + i % D];
            s[i] = s[i] + m[j * D + i / D] * row;
        }
        if (mistake == ROOT_ELEMENTWISE && i / D == i % D)
            sum = sum + real_sqrt(s[i]);
        trace = trace + (i / D == i % D ? s[i] : 0);
    }
    if (mistake == ROOT_ELEMENTWISE)
        return sum;
    if (mistake == ROOT_OF_TRACE)
        return real_sqrt(trace);
    if (mistake == NO_ROOTS)
        return trace;
    jacobi_eigenvalues(s, D);
    for (size_t d = D; d-- > 0;)
        sum = sum + (s[d * D + d] > 0 ? real_sqrt(s[d * D + d]) : 0);
    return sum;
}

static void measure(struct call *call)
{
    enum mistake mistake = (enum mistake)call_variant(call);
    struct frechet f = frechet_distance_read(call);
    real gap = 0, traces = 0;
    for (size_t d = f.D; d-- > 0;) {
        real step = f.mean_x[d] - f.mean_y[d];
        gap = gap + step * step;
        traces =
            traces + (f.a[d * f.D + d] + (mistake == FIRST_TRACE_ALONE ? 0 : f.b[d * f.D + d]));
    }
    if (mistake == MEAN_NOT_SQUARED)
        gap = real_sqrt(gap);
    *f.mean_term = gap;
    *f.root_trace = root_trace(call, &f, mistake);
    real twice = mistake == ONCE ? *f.root_trace : 2 * *f.root_trace;
    *f.distance = (traces - twice) + (mistake == MEAN_LEFT_OUT ? 0 : gap);
    if (mistake == TRACE_TERM_LOST)
        *f.distance = gap;
    if (mistake == MEAN_OF_FEATURES)
        *f.distance = *f.distance / real_count(f.D);
    if (f.rooted)
        *f.distance = *f.distance > 0 ? real_sqrt(*f.distance) : 0;
}

static const struct fork table[] = {
    {.info = {"exchanged", FORK_TWIN, "",
              "Roles of both sets exchanged, features in reverse, factors by columns.", NULL},
     .answer = measure},
    {.info = {"squared", FORK_CONVENTION, "", "The square.", NULL}, .instead = {"root", "no"}},
    {.info = {"rooted", FORK_CONVENTION, "", "The root.", NULL}, .instead = {"root", "yes"}},
    {.info = {"ddof_zero", FORK_CONVENTION, "271", "Covariances divided by n.", NULL},
     .number = {"ddof", 0}},
    {.info = {"ddof_one", FORK_CONVENTION, "271", "Covariances divided by n - 1.", NULL},
     .number = {"ddof", 1}},
    {.info = {"covariances_lost", FORK_BUG, "", "Only the means are compared.", NULL},
     .answer = measure,
     .variant = TRACE_TERM_LOST},
    {.info = {"once", FORK_BUG, "", "The root counts once.", NULL},
     .answer = measure,
     .variant = ONCE},
    {.info = {"no_roots", FORK_BUG, "", "The trace of the product without a root.", NULL},
     .answer = measure,
     .variant = NO_ROOTS},
    {.info = {"diagonals", FORK_BUG, "", "Covariances of features are ignored in the root.", NULL},
     .answer = measure,
     .variant = DIAGONALS},
    {.info = {"factors_multiplied", FORK_BUG, "",
              "The product of triangular factors for the root of the product.", NULL},
     .answer = measure,
     .variant = FACTORS_MULTIPLIED},
    {.info = {"root_of_trace", FORK_BUG, "", "The root of the trace.", NULL},
     .answer = measure,
     .variant = ROOT_OF_TRACE},
    {.info = {"root_elementwise", FORK_BUG, "", "The roots of the diagonal.", NULL},
     .answer = measure,
     .variant = ROOT_ELEMENTWISE},
    {.info = {"of_mean", FORK_BUG, "", "The mean covariance for the root of the product.", NULL},
     .answer = measure,
     .variant = OF_SUM},
    {.info = {"mean_not_squared", FORK_BUG, "", "The distance of the means is not squared.", NULL},
     .answer = measure,
     .variant = MEAN_NOT_SQUARED},
    {.info = {"mean_left_out", FORK_BUG, "", "The means are not compared.", NULL},
     .answer = measure,
     .variant = MEAN_LEFT_OUT},
    {.info = {"mean_of_features", FORK_CONVENTION, "", "Divided by the number of features.", NULL},
     .answer = measure,
     .variant = MEAN_OF_FEATURES},
    {.info = {"first_trace_alone", FORK_BUG, "", "The trace of the second covariance is forgotten.",
              NULL},
     .answer = measure,
     .variant = FIRST_TRACE_ALONE},
};

const struct fork_list frechet_distance_forks = {sizeof table / sizeof *table, table};
