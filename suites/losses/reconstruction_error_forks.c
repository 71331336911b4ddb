// SPDX-License-Identifier: MIT
#include "../fork.h"

enum variant {
    TWIN,
    ANOMALIES_TOO,
    MAXIMISED,
    OVER_ALL_SAMPLES,
    ANOMALIES_REPELLED,
    ERRORS_OF_NORMALS,
    HALVED,
    ROOT_OF_MEAN_LOSS,
    ZERO_OVER_ZERO,
    SIGN_OF_ZERO,
    EXPANDED,
    OTHER_AXIS,
    MEAN_OF_BLOCK_MEANS,
    LAST_BLOCK_LOST,
    UPSTREAM_IGNORED,
    GRADIENT_NOT_AVERAGED
};

enum form { SQUARED, ROOT, ABSOLUTE };

struct problem {
    enum variant variant;
    enum form form;
    size_t N, K, block, normals;
    int summed;
    const real *y, *t;
    const int *normal;
    real c, W, dloss;
    real *error, *dy;
};

static int is_normal(const struct problem *a, size_t n)
{
    return !a->normal || a->normal[n] || a->variant == ANOMALIES_TOO;
}

/* e of sample n, and its slopes. */
static void sample(const struct problem *a, size_t n)
{
    const real *y = &a->y[n * a->K], *t = &a->t[n * a->K];
    real s = R(0.0);
    for (size_t k = a->K; k-- > 0;) {
        real size = y[k] > t[k] ? y[k] - t[k] : t[k] - y[k];
        if (a->variant == EXPANDED)
            s = s + a->c * (y[k] * y[k] - 2 * y[k] * t[k] + t[k] * t[k]);
        else
            s = s + a->c * (a->form == ABSOLUTE ? size : size * size);
    }
    a->error[n] = a->form == ROOT ? real_sqrt(s) : s;
    for (size_t k = 0; k < a->K; k++) {
        real d = y[k] - t[k], *dy = &a->dy[n * a->K + k];
        if (a->form == SQUARED)
            *dy = a->c * d + a->c * d;
        else if (a->form == ROOT)
            *dy = s > 0 || a->variant == ZERO_OVER_ZERO ? a->c * (d / a->error[n]) : R(0.0);
        else
            *dy = d > 0 ? a->c : d < 0 ? -a->c : a->variant == SIGN_OF_ZERO ? a->c : R(0.0);
    }
}

/* How much the loss has of sample n. */
static real share(const struct problem *a, size_t n)
{
    size_t begin = n / a->block * a->block, left = a->N - begin, own = 0, blocks = 0;
    if (!is_normal(a, n))
        return a->variant == ANOMALIES_REPELLED ? -1 / a->W : R(0.0);
    if (a->variant == LAST_BLOCK_LOST && left <= a->block)
        return R(0.0);
    if (a->variant != MEAN_OF_BLOCK_MEANS || a->summed)
        return a->variant == MAXIMISED ? -1 / a->W : 1 / a->W;
    for (size_t m = 0; m < a->N; m += a->block) {
        size_t in_block = 0;
        for (size_t j = m; j < m + a->block && j < a->N; j++)
            in_block += (size_t)is_normal(a, j);
        blocks += in_block > 0;
        own = m == begin ? in_block : own;
    }
    return 1 / real_count(own * blocks);
}

static void read(struct call *call, struct problem *a)
{
    static const char *const forms[] = {"squared", "root", "absolute", NULL};
    static const char *const means[] = {"mean", "sum", NULL};
    a->y = call_input(call, "y", "NK");
    a->t = call_input(call, "t", "NK");
    a->N = call_size(call, 'N');
    a->K = call_size(call, 'K');
    a->block = call_block(call);
    a->normal = call_has(call, "normal") ? call_integers(call, "normal", "N", 0, 1) : NULL;
    for (size_t n = 0; n < a->N; n++)
        a->normals += (size_t)is_normal(a, n);
    a->form = (enum form)call_choice(call, "error", forms);
    a->c = call_choice(call, "over", means) ? R(1.0) : 1 / real_count(a->K);
    if (a->variant == OTHER_AXIS)
        a->c = a->c < 1 ? 1 / real_count(a->N) : a->c;
    if (a->variant == HALVED)
        a->c = a->c / 2;
    a->summed = call_choice(call, "reduction", means);
    a->W = a->summed ? R(1.0) : real_count(a->variant == OVER_ALL_SAMPLES ? a->N : a->normals);
    a->dloss = call_has(call, "dloss") ? *call_input(call, "dloss", "") : R(1.0);
    if (a->variant == UPSTREAM_IGNORED)
        a->dloss = R(1.0);
    a->error = call_output(call, "error", "N");
    a->dy = call_output(call, "dy", "NK");
}

static void answer(struct call *call)
{
    struct problem a = {.variant = (enum variant)call_variant(call)};
    read(call, &a);
    real loss = R(0.0);
    for (size_t n = 0; n < a.N; n++)
        sample(&a, n);
    for (size_t n = a.N; n-- > 0;) {
        real weight = share(&a, n);
        loss = loss + weight * a.error[n];
        real scale = a.variant == GRADIENT_NOT_AVERAGED ? weight * a.W : weight;
        for (size_t k = 0; k < a.K; k++)
            a.dy[n * a.K + k] = scale * a.dloss * a.dy[n * a.K + k];
        if (a.variant == ERRORS_OF_NORMALS && !is_normal(&a, n))
            a.error[n] = R(0.0);
    }
    *call_output(call, "loss", "") = a.variant == ROOT_OF_MEAN_LOSS ? real_sqrt(loss) : loss;
}

static const struct fork table[] = {
    {.info = {"divided_first", FORK_TWIN, "",
              "From the last element to the first, each divided before it is added.", NULL},
     .answer = answer},
    {.info = {"anomalies_too", FORK_BUG, "", "Known anomalies are learnt from as well.", NULL},
     .answer = answer,
     .variant = ANOMALIES_TOO},
    {.info = {"maximised", FORK_BUG, "", "The error of normals is maximised.", NULL},
     .answer = answer,
     .variant = MAXIMISED},
    {.info = {"anomalies_repelled", FORK_CONVENTION, "",
              "The errors of anomalies are subtracted from the loss.", NULL},
     .answer = answer,
     .variant = ANOMALIES_REPELLED},
    {.info = {"over_all_samples", FORK_BUG, "32",
              "The sum over normals is divided by the number of all samples.", NULL},
     .answer = answer,
     .variant = OVER_ALL_SAMPLES},
    {.info = {"errors_of_normals", FORK_BUG, "", "Anomalies have the error 0.", NULL},
     .answer = answer,
     .variant = ERRORS_OF_NORMALS},
    {.info = {"halved", FORK_CONVENTION, "44", "A half stands before the squares.", NULL},
     .answer = answer,
     .variant = HALVED},
    {.info = {"squared", FORK_CONVENTION, "62", "Squares without the root.", NULL},
     .instead = {"error", "squared"}},
    {.info = {"root", FORK_CONVENTION, "62", "The root of the squares.", NULL},
     .instead = {"error", "root"}},
    {.info = {"absolute", FORK_CONVENTION, "", "Absolute differences.", NULL},
     .instead = {"error", "absolute"}},
    {.info = {"mean_over_elements", FORK_CONVENTION, "44", "The mean over elements.", NULL},
     .instead = {"over", "mean"}},
    {.info = {"sum_over_elements", FORK_CONVENTION, "44", "The sum over elements.", NULL},
     .instead = {"over", "sum"}},
    {.info = {"root_of_mean_loss", FORK_BUG, "", "The root is taken of the loss.", NULL},
     .answer = answer,
     .variant = ROOT_OF_MEAN_LOSS},
    {.info = {"zero_over_zero", FORK_NUMERICAL, "204",
              "The slope of the root is 0 / 0 for a perfect reconstruction.", NULL},
     .answer = answer,
     .variant = ZERO_OVER_ZERO},
    {.info = {"sign_of_zero_is_one", FORK_CONVENTION, "55", "The slope of |0| is 1.", NULL},
     .answer = answer,
     .variant = SIGN_OF_ZERO},
    {.info = {"expanded_square", FORK_NUMERICAL, "130", "y^2 - 2 y t + t^2, which cancels.", NULL},
     .answer = answer,
     .variant = EXPANDED},
    {.info = {"divided_by_samples", FORK_BUG, "", "Elements are averaged over samples.", NULL},
     .answer = answer,
     .variant = OTHER_AXIS},
    {.info = {"reduction_mean", FORK_CONVENTION, "251", "The mean, whatever is asked for.", NULL},
     .instead = {"reduction", "mean"}},
    {.info = {"reduction_sum", FORK_CONVENTION, "251", "The sum, whatever is asked for.", NULL},
     .instead = {"reduction", "sum"}},
    {.info = {"mean_of_block_means", FORK_BUG, "33 57",
              "Each block is averaged by itself, and then the averages.", NULL},
     .answer = answer,
     .variant = MEAN_OF_BLOCK_MEANS},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of samples is left out.", NULL},
     .answer = answer,
     .variant = LAST_BLOCK_LOST},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken to be 1.", NULL},
     .answer = answer,
     .variant = UPSTREAM_IGNORED},
    {.info = {"gradient_not_averaged", FORK_BUG, "",
              "The loss is a mean, but its gradient is that of the sum.", NULL},
     .answer = answer,
     .variant = GRADIENT_NOT_AVERAGED},
};

const struct fork_list reconstruction_error_forks = {sizeof table / sizeof *table, table};
