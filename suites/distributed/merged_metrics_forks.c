// SPDX-License-Identifier: MIT
#include "../../reference/distributed/merged_metrics.h"
#include "../fork.h"

enum rival {
    TWIN,
    MEAN_OF_MEANS,
    VARIANCE_OF_FIRST,
    MEAN_OF_VARIANCES,
    BETWEEN_FORGOTTEN,
    VARIANCE_OF_MEANS,
    BESSEL_LOCALLY,
    FROM_SQUARES,
    LAST_WORKER_LOST,
    FIRST_WORKER_ALONE,
    EXTREMES_OF_FIRST,
    ACCURACY_OF_MEANS,
    F1_OF_MEANS,
    MATRIX_TRANSPOSED,
    DEVIATION
};

/* Sums of two passes over all samples, from the last one back. */
static struct merged_moments of_all(const real *x, size_t first, size_t end, enum rival rival)
{
    struct merged_moments all = {.n = real_count(end - first)};
    real squares = 0;
    for (size_t n = end; n-- > first;) {
        all.mean = all.mean + x[n];
        squares = squares + x[n] * x[n];
    }
    all.mean = all.mean / all.n;
    for (size_t n = end; n-- > first;)
        all.M = all.M + (x[n] - all.mean) * (x[n] - all.mean);
    if (rival == FROM_SQUARES)
        all.M = squares - all.n * all.mean * all.mean;
    return all;
}

/* Means of local statistics, which are not those of all. */
static void of_locals(const struct merged_metrics *m, real *mean, real *variance, enum rival rival)
{
    real means = 0, variances = 0, within = 0, spread = 0, busy = 0;
    size_t first = 0;
    for (size_t k = 0; k < m->W; first += (size_t)m->size[k++]) {
        struct merged_moments own = merged_moments_of(m->x + first, (size_t)m->size[k]);
        if (own.n == 0)
            continue;
        busy += 1;
        means += own.mean;
        variances += own.M / (own.n > m->ddof ? own.n - m->ddof : 1);
        within += own.M;
        spread += (own.mean - *mean) * (own.mean - *mean);
    }
    if (rival == MEAN_OF_MEANS)
        *mean = means / busy;
    if (rival == MEAN_OF_VARIANCES)
        *variance = variances / busy;
    if (rival == BETWEEN_FORGOTTEN)
        *variance = within / (real_count(m->N) - m->ddof);
    if (rival == VARIANCE_OF_MEANS)
        *variance = spread / busy;
    if (rival == BESSEL_LOCALLY)
        *variance = *variance * (real_count(m->N) - m->ddof) / (real_count(m->N) - m->ddof * busy);
}

static void count(real *matrix, const struct merged_metrics *m, size_t first, size_t end,
                  enum rival rival)
{
    for (size_t n = first; n < end; n++) {
        size_t i = (size_t)m->label[n], j = (size_t)m->prediction[n];
        matrix[rival == MATRIX_TRANSPOSED ? j * m->C + i : i * m->C + j] += 1;
    }
}

/* Means over workers of what one of them sees. */
static void rates_of_locals(struct call *call, const struct merged_metrics *m, real *accuracy,
                            real *f1)
{
    size_t first = 0, busy = 0;
    *accuracy = *f1 = 0;
    for (size_t k = 0; k < m->W; first += (size_t)m->size[k++]) {
        real *own = call_scratch(call, m->C * m->C);
        if (m->size[k] == 0)
            continue;
        count(own, m, first, first + (size_t)m->size[k], TWIN);
        *accuracy += merged_accuracy(own, m->C);
        *f1 += merged_f1(own, m->C);
        busy++;
    }
    *accuracy = *accuracy / real_count(busy);
    *f1 = *f1 / real_count(busy);
}

static void write_counts(struct call *call, const struct merged_metrics *m, size_t first,
                         size_t end, enum rival rival)
{
    real accuracy, f1, *matrix = call_output_integers(call, "matrix", "CC");
    count(matrix, m, first, end, rival);
    rates_of_locals(call, m, &accuracy, &f1);
    *call_output(call, "accuracy", "") =
        rival == ACCURACY_OF_MEANS || end == first ? accuracy : merged_accuracy(matrix, m->C);
    *call_output(call, "f1", "") = rival == F1_OF_MEANS ? f1 : merged_f1(matrix, m->C);
}

static void rival(struct call *call)
{
    struct merged_metrics m;
    enum rival rival = (enum rival)call_variant(call);
    merged_metrics_read(call, &m);
    real *local = call_output(call, "local_mean", "W");
    size_t first = 0, begin = 0, end = m.N;
    for (size_t k = 0; k < m.W; first += (size_t)m.size[k++])
        local[k] = m.size[k] ? of_all(m.x, first, first + (size_t)m.size[k], TWIN).mean : 0;
    if (rival == LAST_WORKER_LOST && m.size[m.W - 1] < (int)m.N)
        end = m.N - (size_t)m.size[m.W - 1];
    if (rival == FIRST_WORKER_ALONE && m.size[0])
        end = (size_t)m.size[0];
    struct merged_moments all = of_all(m.x, begin, end, rival);
    real variance = all.M / (all.n > m.ddof ? all.n - m.ddof : 1);
    of_locals(&m, &all.mean, &variance, rival);
    if (rival == VARIANCE_OF_FIRST && m.size[0])
        variance = merged_moments_of(m.x, (size_t)m.size[0]).M / (real)m.size[0];
    size_t last = rival == EXTREMES_OF_FIRST && m.size[0] ? (size_t)m.size[0] : end;
    real low = m.x[0], high = m.x[0];
    for (size_t n = 1; n < last; n++) {
        low = m.x[n] < low ? m.x[n] : low;
        high = m.x[n] > high ? m.x[n] : high;
    }
    *call_output_integers(call, "count", "") = all.n;
    *call_output(call, "mean", "") = all.mean;
    *call_output(call, "variance", "") =
        rival == DEVIATION ? real_sqrt(real_abs(variance)) : variance;
    *call_output(call, "low", "") = low;
    *call_output(call, "high", "") = high;
    write_counts(call, &m, begin, end, rival);
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"all_at_once", FORK_TWIN, "", "Without workers: two passes over all samples.", NULL},
     .answer = rival, .variant = TWIN},
    {.info = {"mean_of_means", FORK_BUG, "33", "Local means are averaged alike.", NULL},
     .answer = rival, .variant = MEAN_OF_MEANS},
    {.info = {"mean_of_variances", FORK_BUG, "33", "Local variances are averaged.", NULL},
     .answer = rival, .variant = MEAN_OF_VARIANCES},
    {.info = {"between_forgotten", FORK_BUG, "",
     "Squared differences are added up; that local means differ is forgotten.", NULL},
     .answer = rival, .variant = BETWEEN_FORGOTTEN},
    {.info = {"variance_of_means", FORK_BUG, "", "The variance is that of the local means.", NULL},
     .answer = rival, .variant = VARIANCE_OF_MEANS},
    {.info = {"variance_of_first", FORK_BUG, "", "The variance is that of worker 0.", NULL},
     .answer = rival, .variant = VARIANCE_OF_FIRST},
    {.info = {"bessel_locally", FORK_BUG, "", "Every worker takes off one sample.", NULL},
     .answer = rival, .variant = BESSEL_LOCALLY},
    {.info = {"bessel", FORK_CONVENTION, "", "The variance is divided by one less.", NULL},
     .number = {"ddof", 1}},
    {.info = {"no_bessel", FORK_CONVENTION, "", "The variance is divided by all samples.", NULL},
     .number = {"ddof", 0}},
    {.info = {"from_squares", FORK_NUMERICAL, "",
     "The variance is the mean square less the squared mean.", NULL},
     .answer = rival, .variant = FROM_SQUARES},
    {.info = {"deviation", FORK_CONVENTION, "", "The root of the variance.", NULL},
     .answer = rival, .variant = DEVIATION},
    {.info = {"last_worker_lost", FORK_BUG, "", "The last worker is left out.", NULL},
     .answer = rival, .variant = LAST_WORKER_LOST},
    {.info = {"first_worker_alone", FORK_BUG, "", "Only worker 0 reports.", NULL},
     .answer = rival, .variant = FIRST_WORKER_ALONE},
    {.info = {"extremes_of_first", FORK_BUG, "", "Extremes are those of worker 0.", NULL},
     .answer = rival, .variant = EXTREMES_OF_FIRST},
    {.info = {"accuracy_of_means", FORK_BUG, "33", "Local accuracies are averaged.", NULL},
     .answer = rival, .variant = ACCURACY_OF_MEANS},
    {.info = {"f1_of_means", FORK_BUG, "270", "Local F1 scores are averaged.", NULL},
     .answer = rival, .variant = F1_OF_MEANS},
    {.info = {"matrix_transposed", FORK_CONVENTION, "", "Rows are predictions.", NULL},
     .answer = rival, .variant = MATRIX_TRANSPOSED},
};
/* clang-format on */

const struct fork_list merged_metrics_forks = {sizeof table / sizeof *table, table};
