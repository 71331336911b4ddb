// SPDX-License-Identifier: MIT
#include "../../reference/metrics/balanced_accuracy.h"
#include "../fork.h"
#include "class_forks.h"

enum mistake {
    PRECISIONS = CLASS_MISTAKES,
    ALL_CLASSES,
    CHANCE_OF_ALL,
    NOT_RESCALED,
    PRODUCT,
    SQUARE_ROOT,
    SPECIFICITY_SWAPPED,
    ROUNDED_UP,
    CORRECTED_ALL
};

/* x^(1/n), by Newton's steps from above. */
static real root(real x, size_t n)
{
    real y = 1, before = 2;
    for (int i = 0; x > 0 && i < 400 && y < before; i++) {
        real power = 1;
        for (size_t k = 1; k < n; k++)
            power = power * y;
        before = y;
        y = y - (y - x / power) / real_count(n);
    }
    return x > 0 ? y : 0;
}

struct sums {
    real *recall, *specificity, *youden, mean, geometric;
};

static void add(struct call *call, const struct class_walk *w, struct sums *s, real steps)
{
    static const char *const absences[] = {"skipped", "zero", NULL};
    static const char *const adjustments[] = {"no", "yes", NULL};
    int all = call_choice(call, "absent", absences);
    real correction = call_number_or(call, "correction", 0), total = class_total(w);
    real sum = 0, product = 1;
    size_t C = 0;
    for (size_t k = w->K; k-- > 0;) {
        real t = class_truly(w, k), p = class_called(w, k), right = w->m[k * w->K + k];
        real below = w->mistake == PRECISIONS ? p : t;
        real r = below > 0 ? 1 - (below - right) / below : 0;
        real other = total > t ? 1 - (p - right) / (total - t) : 0;
        if (w->mistake == SPECIFICITY_SWAPPED && total > p)
            other = (total - t - p + right) / (total - p);
        s->recall[k] = s->recall[k] + r / steps;
        s->specificity[k] = s->specificity[k] + other / steps;
        s->youden[k] = s->youden[k] + (r + other - 1) / steps;
        if (!(t > 0) && !all && w->mistake != ALL_CLASSES)
            continue;
        sum = sum + r;
        real factor = r == 0 ? correction : r;
        if (w->mistake == CORRECTED_ALL)
            sum = sum + (r == 0 ? correction : 0);
        product = product * (w->mistake == ROUNDED_UP && factor == 0 ? 1 : factor);
        C++;
    }
    real mean = C ? sum / real_count(C) : 0;
    real classes = real_count(w->mistake == CHANCE_OF_ALL ? w->K : C);
    if (call_choice(call, "adjusted", adjustments) && C > 1)
        mean =
            w->mistake == NOT_RESCALED ? mean - 1 / classes : (classes * mean - 1) / (classes - 1);
    s->mean = s->mean + mean / steps;
    real geometric =
        w->mistake == PRODUCT ? product : root(product, w->mistake == SQUARE_ROOT ? 2 : C);
    s->geometric = s->geometric + (C ? geometric : 0) / steps;
}

static void walk(struct call *call)
{
    struct class_walk w = class_read(call);
    call_bind(call, 'K', w.K);
    struct sums s = {.recall = call_output(call, "recall", "K"),
                     .specificity = call_output(call, "specificity", "K"),
                     .youden = call_output(call, "youden", "K")};
    for (size_t i = 0; i < class_steps(&w); i++) {
        class_step(&w, i);
        add(call, &w, &s, real_count(class_steps(&w)));
    }
    *call_output(call, "balanced_accuracy", "") = s.mean;
    *call_output(call, "geometric_mean", "") = s.geometric;
}

static const struct fork table[] = {
    {.info = {"rates_of_error", FORK_TWIN, "",
              "1 minus the rates of errors; roots by Newton's method.", NULL},
     .answer = walk},
    CLASS_FORKS(walk),
    CLASS_FORK_SWAPPED(walk),
    {.info = {"precisions", FORK_BUG, "", "Divided by predictions, not by labels.", NULL},
     .answer = walk,
     .variant = PRECISIONS},
    {.info = {"all_classes", FORK_CONVENTION, "270", "Classes without labels count as 0.", NULL},
     .answer = walk,
     .variant = ALL_CLASSES},
    {.info = {"chance_of_all_classes", FORK_BUG, "", "Chance is 1 over all classes.", NULL},
     .answer = walk,
     .variant = CHANCE_OF_ALL},
    {.info = {"not_rescaled", FORK_BUG, "", "Chance is subtracted, but nothing divided.", NULL},
     .answer = walk,
     .variant = NOT_RESCALED},
    {.info = {"product", FORK_BUG, "", "The product of the recalls, without the root.", NULL},
     .answer = walk,
     .variant = PRODUCT},
    {.info = {"square_root", FORK_BUG, "", "The square root, whatever the classes.", NULL},
     .answer = walk,
     .variant = SQUARE_ROOT},
    {.info = {"specificity_swapped", FORK_BUG, "", "TN / (TN + FN) for specificity.", NULL},
     .answer = walk,
     .variant = SPECIFICITY_SWAPPED},
    {.info = {"zeros_skipped", FORK_BUG, "", "Recalls of 0 are left out of the product.", NULL},
     .answer = walk,
     .variant = ROUNDED_UP},
    {.info = {"mean_corrected", FORK_BUG, "", "The correction reaches the plain mean.", NULL},
     .answer = walk,
     .variant = CORRECTED_ALL},
    {.info = {"not_adjusted", FORK_CONVENTION, "", "The plain mean.", NULL},
     .instead = {"adjusted", "no"}},
    {.info = {"adjusted", FORK_CONVENTION, "", "Chance is 0.", NULL},
     .instead = {"adjusted", "yes"}},
    {.info = {"absent_skipped", FORK_CONVENTION, "270", "Without labels: not averaged.", NULL},
     .instead = {"absent", "skipped"}},
    {.info = {"not_corrected", FORK_BUG, "", "The correction is ignored.", NULL},
     .number = {"correction", 0}},
};

const struct fork_list balanced_accuracy_forks = {sizeof table / sizeof *table, table};
