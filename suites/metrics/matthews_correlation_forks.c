// SPDX-License-Identifier: MIT
#include "../../reference/metrics/matthews_correlation.h"
#include "../fork.h"
#include "class_forks.h"

enum mistake { ROOT_FORGOTTEN = CLASS_MISTAKES, WRAPPED, CLASS_ONE, ACCURACY, ABSOLUTE };

/* A product as integers of 32 bits keep it. */
static real wrapped(real a, real b)
{
    return (real)(int32_t)(uint32_t)((uint64_t)a * (uint64_t)b);
}

/* sum over i, j, k of m[k,k] m[i,j] - m[k,i] m[j,k], and the two spreads by counting pairs of
 * samples that differ. */
static real by_pairs(const struct class_walk *w, int undefined)
{
    real above = 0, called = 0, truly = 0, right = 0, wrong = 0, total = class_total(w);
    for (size_t k = 0; k < w->K; k++) {
        for (size_t i = 0; i < w->K * w->K; i++) {
            size_t row = i / w->K, column = i % w->K;
            above = above +
                    (w->m[k * w->K + k] * w->m[i] - w->m[k * w->K + row] * w->m[column * w->K + k]);
        }
        for (size_t j = 0; j < w->K; j++) {
            called = called + (j == k ? 0 : class_called(w, k) * class_called(w, j));
            truly = truly + (j == k ? 0 : class_truly(w, k) * class_truly(w, j));
            *(j == k ? &right : &wrong) += w->m[k * w->K + j];
        }
    }
    if (w->mistake == ACCURACY)
        return right / total;
    if (called == 0 || truly == 0)
        return undefined == 0 ? 0 : wrong == 0 ? 1 : right == 0 && w->K == 2 ? -1 : 0;
    if (w->mistake == ROOT_FORGOTTEN)
        return above / (called * truly);
    real below = real_sqrt(called * truly);
    if (w->mistake == WRAPPED && w->K == 2) {
        real a = class_called(w, 0), b = class_called(w, 1), c = class_truly(w, 0);
        below = wrapped(wrapped(wrapped(a, b), c), class_truly(w, 1));
        return below > 0 ? above / 2 / real_sqrt(below) : 0;
    }
    return w->mistake == ABSOLUTE ? real_abs(above / below) : above / below;
}

static void walk(struct call *call)
{
    static const char *const options[] = {"zero", "limit", "refused", NULL};
    struct class_walk w = class_read(call);
    int undefined = call_choice(call, "undefined", options);
    real sum = 0;
    for (size_t i = 0; i < class_steps(&w); i++) {
        class_step(&w, i);
        for (size_t k = 0; w.mistake == CLASS_ONE && k < w.K * w.K; k++)
            w.m[k] = k == 0 || k == w.K + 1 || k == 1 || k == w.K ? w.m[k] : 0;
        sum = sum + by_pairs(&w, undefined);
    }
    *call_output(call, "mcc", "") = sum / real_count(class_steps(&w));
}

static const struct fork table[] = {
    {.info = {"pairs_of_cells", FORK_TWIN, "",
              "The covariance as a sum over pairs of cells, the spreads over pairs of classes.",
              NULL},
     .answer = walk},
    CLASS_FORKS(walk),
    {.info = {"root_forgotten", FORK_BUG, "", "Divided by the product, not by its root.", NULL},
     .answer = walk,
     .variant = ROOT_FORGOTTEN},
    {.info = {"product_in_32_bits", FORK_BUG, "",
              "The product of four counts wraps around in integers of 32 bits.", NULL},
     .answer = walk,
     .variant = WRAPPED},
    {.info = {"two_classes_only", FORK_BUG, "", "Only the classes 0 and 1 are looked at.", NULL},
     .answer = walk,
     .variant = CLASS_ONE},
    {.info = {"accuracy", FORK_BUG, "", "The share of right predictions.", NULL},
     .answer = walk,
     .variant = ACCURACY},
    {.info = {"absolute", FORK_BUG, "", "Without its sign.", NULL},
     .answer = walk,
     .variant = ABSOLUTE},
    {.info = {"undefined_zero", FORK_CONVENTION, "270", "0 / 0 is 0.", NULL},
     .instead = {"undefined", "zero"}},
};

const struct fork_list matthews_correlation_forks = {sizeof table / sizeof *table, table};
