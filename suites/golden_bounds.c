// SPDX-License-Identifier: MIT
#include "golden_bounds.h"

#include "low_arithmetic.h"
#include "protocol/bound_code.h"
#include "../reference/random.h"

#include <fenv.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double FORMULAS = 4, INPUTS = 2, ROUNDINGS = 2, MARGIN = 16;
enum { FUNCTION_ERROR = 4, CHANGED_INPUTS = 8 };

struct golden_target golden_target(int p)
{
    static const struct numerics *const numerics[] = {[ASSAY_F64] = &numerics_f64,
                                                      [ASSAY_F32] = &numerics_f32,
                                                      [ASSAY_BF16] = &numerics_bf16,
                                                      [ASSAY_F16] = &numerics_f16};
    const struct precision_format *format = &precision_formats[p];
    return (struct golden_target){(enum assay_precision)p, numerics[p], format->name,
                                  format->roundoff, format->smallest};
}

/* The largest error seen so far of every element of every output, and of every decision. */
struct errors {
    double *output[ANSWER_OUTPUTS];
    double *decision;
};

struct spread {
    struct errors rounded; /* over the runs in the target precision */
    struct errors changed; /* over the runs on changed inputs */
    int other_branch;      /* some run decided otherwise than the golden */
};

void *golden_allocate(size_t count, size_t size)
{
    void *memory = calloc(count ? count : 1, size);
    if (!memory) {
        fprintf(stderr, "assay: no memory left while deriving a golden\n");
        exit(2);
    }
    return memory;
}

static struct errors errors_new(const struct answer *golden)
{
    struct errors errors = {{0}, golden_allocate(golden->decisions, sizeof(double))};
    for (size_t k = 0; k < golden->outputs; k++)
        errors.output[k] = golden_allocate(golden->output[k].count, sizeof(double));
    return errors;
}

static void errors_free(struct errors *errors, const struct answer *golden)
{
    for (size_t k = 0; k < golden->outputs; k++)
        free(errors->output[k]);
    free(errors->decision);
}

/* A run that is not finite where the golden is tells nothing about rounding: it is an error. */
static double distance(double high, double low, double golden_high, double golden_low)
{
    double d = fabs((high - golden_high) + (low - golden_low));
    return d >= 0 ? d : INFINITY;
}

/* Where a value that was flushed to 0 leads to infinity (its logarithm), nobody may be excused:
 * what is not finite is left out then. */
static void errors_add(struct errors *errors, const struct answer *golden, const struct answer *run,
                       int flushed)
{
    for (size_t k = 0; k < golden->outputs; k++) {
        const struct answer_array *g = &golden->output[k], *r = &run->output[k];
        double *error = errors->output[k];
        for (size_t i = 0; i < g->count; i++) {
            double d = distance(r->high[i], r->low[i], g->high[i], g->low[i]);
            error[i] = flushed && isinf(d) ? error[i] : fmax(error[i], d);
        }
    }
    for (size_t i = 0; i < golden->decisions; i++)
        errors->decision[i] =
            fmax(errors->decision[i], distance(run->decision[i], 0, golden->decision[i], 0));
}

static int decides_otherwise(const struct answer *golden, const struct answer *run)
{
    for (size_t i = 0; i < golden->decisions; i++) {
        if ((run->decision[i] > 0) != (golden->decision[i] > 0))
            return 1;
    }
    return 0;
}

static int run_and_add(struct spread *spread, struct errors *errors, const struct answer *golden,
                       const struct numerics *numerics, const struct assay_case *test,
                       const struct request *request, struct manner manner, char *error)
{
    struct answer run;
    int status = numerics->answer(test->technique, -1, request, &manner, &run);
    if (status == 0 && (run.outputs != golden->outputs || run.decisions != golden->decisions)) {
        snprintf(error, ASSAY_ERROR, "case %s/%s: a run in %s decides otherwise", test->technique,
                 test->name, numerics->precision);
        status = 2;
    } else if (status == 0) {
        errors_add(errors, golden, &run, manner.function_flush);
        spread->other_branch |= decides_otherwise(golden, &run);
    } else {
        snprintf(error, ASSAY_ERROR, "case %s/%s: %s", test->technique, test->name, run.error);
    }
    answer_free(&run);
    return status;
}

/* Exact data must give the same bits in any order and direction; in any formula it need not. */
static int add_rounded_runs(struct spread *spread, const struct answer *golden,
                            const struct golden_target *target, const struct assay_case *test,
                            int exact, char *error)
{
    static const int directions[] = {FE_TONEAREST, FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};
    static const struct manner others[] = {
        {FE_TONEAREST, SUM_CANONICAL, FUNCTION_ERROR, NOISE_NONE, 0, 0},
        {FE_TONEAREST, SUM_CANONICAL, -FUNCTION_ERROR, NOISE_NONE, 0, 0},
        {FE_TONEAREST, SUM_CANONICAL, 0, NOISE_UP, 0, 0},
        {FE_TONEAREST, SUM_CANONICAL, 0, NOISE_DOWN, 0, 0},
        {FE_TONEAREST, SUM_CANONICAL, 0, NOISE_RANDOM, 0, 0},
        {FE_TONEAREST, SUM_CANONICAL, 0, NOISE_NONE, 0, 1}};
    struct manner manner[18];
    size_t runs = 0;
    for (int order = SUM_CANONICAL; order <= SUM_PAIRWISE; order++) {
        for (int d = 0; d < 4; d++)
            manner[runs++] =
                (struct manner){directions[d], (enum sum_order)order, 0, NOISE_NONE, 0, 0};
    }
    for (size_t i = 0; !exact && i < sizeof others / sizeof *others; i++)
        manner[runs++] = others[i];
    for (size_t i = 0; i < runs; i++) {
        if (run_and_add(spread, &spread->rounded, golden, target->numerics, test, &test->request,
                        manner[i], error))
            return 2;
    }
    return 0;
}

/* Run k: the next number of that precision, up or down at random. In a low precision the value
 * itself need not be a number of it, but is one unit away from another one that would be; and the
 * last run has what everybody makes of it, the nearest. */
static double changed(double value, const struct golden_target *target, uint64_t k, uint64_t random)
{
    int exponent;
    if (target->precision == ASSAY_F64)
        return nextafter(value, random & 1 ? INFINITY : -INFINITY);
    if (target->precision == ASSAY_F32)
        return nextafterf((float)value, random & 1 ? INFINITY : -INFINITY);
    if (k == CHANGED_INPUTS)
        return precision_nearest(target->precision, value);
    frexp(value, &exponent);
    return value + ldexp(random & 1 ? target->roundoff : -target->roundoff, exponent);
}

/* Which way an input moves depends on its name, not on its place: FNV-1a. */
static uint64_t stream_of(const char *name)
{
    uint64_t hash = 14695981039346656037u;
    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * 1099511628211u;
    return hash;
}

static int add_changed_inputs(struct spread *spread, const struct answer *golden,
                              const struct golden_target *target, const struct assay_case *test,
                              char *error)
{
    const struct manner definition = {FE_TONEAREST, SUM_CANONICAL, 0, NOISE_NONE, 0, 0};
    struct request request = test->request;
    int status = 0;
    uint64_t runs = CHANGED_INPUTS + (target->roundoff > precision_formats[ASSAY_F32].roundoff);
    for (uint64_t k = 0; status == 0 && k < runs; k++) {
        request.input = golden_allocate(request.inputs, sizeof *request.input);
        for (size_t j = 0; j < request.inputs; j++) {
            const struct request_array *from = &test->request.input[j];
            struct request_array *to = &request.input[j];
            *to = *from;
            to->value = golden_allocate(from->count, sizeof *to->value);
            for (size_t i = 0; i < from->count; i++) {
                int keep = from->integral || from->value[i] == 0;
                to->value[i] = keep ? from->value[i]
                                    : changed(from->value[i], target, k,
                                              random_bits(k, stream_of(from->name), i));
            }
        }
        status = run_and_add(spread, &spread->changed, golden, &numerics_f128, test, &request,
                             definition, error);
        for (size_t j = 0; j < request.inputs; j++)
            free(request.input[j].value);
        free(request.input);
    }
    return status;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The median of error / |value| over the elements that rounding reaches at all: in a tensor that is
 * mostly exact, the rest is typical of what another formula may do to any of them. */
static double typical_relative_error(const double *error, const double *value, size_t n)
{
    double *relative = golden_allocate(n, sizeof *relative);
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        if (value[i] != 0 && error[i] > 0)
            relative[count++] = error[i] / fabs(value[i]);
    }
    qsort(relative, count, sizeof *relative, compare_doubles);
    double median = count ? relative[count / 2] : 0;
    free(relative);
    return median;
}

/* The formula of golden.h for n elements: e = rounded, p = changed, g = value. */
static void bounds(double *bound, const double *rounded, const double *changed_error,
                   const double *value, size_t n, const struct golden_target *target)
{
    double typical = typical_relative_error(rounded, value, n);
    for (size_t i = 0; i < n; i++) {
        double magnitude = fabs(value[i]);
        double worst = fmax(rounded[i], typical * magnitude);
        bound[i] = FORMULAS * worst + INPUTS * changed_error[i] +
                   ROUNDINGS * target->roundoff * magnitude + target->smallest;
    }
}

/* Exact outputs: all runs must have agreed; their bound stays 0. */
static int require_exact(const struct assay_case *test, const struct answer_array *g,
                         const double *error_of, const char *precision, char *error)
{
    for (size_t i = 0; i < g->count; i++) {
        if (error_of[i] == 0 && g->low[i] == 0)
            continue;
        snprintf(error, ASSAY_ERROR,
                 "case %s/%s: element %zu of output '%s' must be exact, but a run in %s differs by "
                 "%g; choose data that is exact in any order",
                 test->technique, test->name, i, g->name, precision, error_of[i]);
        return 2;
    }
    return 0;
}

static int margin_of(const struct assay_case *test, const struct answer *golden,
                     const struct spread *spread, const struct golden_target *target,
                     double *margin, char *error)
{
    double *bound = golden_allocate(golden->decisions, sizeof *bound);
    *margin = INFINITY;
    bounds(bound, spread->rounded.decision, spread->changed.decision, golden->decision,
           golden->decisions, target);
    for (size_t i = 0; i < golden->decisions; i++) {
        int tie = golden->decision[i] == 0 && spread->rounded.decision[i] == 0 &&
                  spread->changed.decision[i] == 0;
        if (!tie)
            *margin = fmin(*margin, fabs(golden->decision[i]) / bound[i]);
    }
    free(bound);
    if (*margin >= MARGIN && !spread->other_branch)
        return 0;
    snprintf(error, ASSAY_ERROR,
             "case %s/%s: a decision is only %.3g bounds away from the other answer in %s (%g are "
             "needed); choose other inputs",
             test->technique, test->name, *margin, target->name, MARGIN);
    return 2;
}

/* Whether the runs of a low precision show already that it cannot be certified. */
static int hopeless(const struct spread *spread, const struct answer *golden)
{
    int lost = spread->other_branch;
    for (size_t k = 0; !lost && k < golden->outputs; k++) {
        const struct answer_array *g = &golden->output[k];
        int zeros = 1, told = 0;
        for (size_t i = 0; i < g->count && !lost; i++) {
            double error = spread->rounded.output[k][i], magnitude = fabs(g->high[i]);
            lost = !isfinite(error);
            zeros &= magnitude == 0;
            told |= magnitude > GOLDEN_TELLING * FORMULAS * error;
        }
        lost |= !zeros && !told;
    }
    return lost;
}

int golden_bounds(const struct assay_case *test, const struct answer *golden, int precision,
                  struct assay_golden *to, char *error)
{
    const struct golden_target aim = golden_target(precision), *target = &aim;
    struct spread spread = {errors_new(golden), errors_new(golden), 0};
    int exact = strcmp(test->tier, "exact") == 0;
    int status = add_rounded_runs(&spread, golden, target, test, exact, error);
    if (status == 0 && precision >= ASSAY_LOW && hopeless(&spread, golden))
        status = 2;
    if (status == 0 && !exact)
        status = add_changed_inputs(&spread, golden, target, test, error);
    for (size_t k = 0; status == 0 && k < golden->outputs; k++) {
        const struct answer_array *g = &golden->output[k];
        double *bound = to->output[k].bound[precision];
        if (exact || g->integral)
            status = require_exact(test, g, spread.rounded.output[k], target->name, error);
        else
            bounds(bound, spread.rounded.output[k], spread.changed.output[k], g->high, g->count,
                   target);
        for (size_t i = 0; i < g->count; i++)
            bound[i] = bound_rounded(bound[i]);
    }
    if (status == 0)
        status = margin_of(test, golden, &spread, target, &to->margin[precision], error);
    to->certified[precision] = status == 0;
    errors_free(&spread.rounded, golden);
    errors_free(&spread.changed, golden);
    return status;
}
