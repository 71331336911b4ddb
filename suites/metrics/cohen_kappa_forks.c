// SPDX-License-Identifier: MIT
#include "../../reference/metrics/cohen_kappa.h"
#include "../fork.h"
#include "class_forks.h"

enum mistake {
    CHANCE_OF_LABELS = CLASS_MISTAKES,
    CHANCE_EVEN,
    ACCURACY,
    NOT_NORMALIZED,
    POWERS_SWAPPED,
    ROOT_OF_DISTANCE
};

/* (agreement - chance) / (1 - chance), with agreements 1 - v / v_max in place of disagreements. */
static real kappa_of(const struct class_walk *w, int power, int undefined)
{
    real s = class_total(w), seen = 0, chance = 0, most = real_count(w->K - 1);
    if (w->mistake == POWERS_SWAPPED && power > 0)
        power = 3 - power;
    most = power == 0 ? 1 : power == 1 ? most : most * most;
    for (size_t k = w->K * w->K; k-- > 0;) {
        size_t i = k / w->K, j = k % w->K, d = i > j ? i - j : j - i;
        real v = real_count(power == 0 ? d > 0 : power == 1 ? d : d * d);
        if (w->mistake == ROOT_OF_DISTANCE && power == 1)
            v = real_sqrt(v);
        real together = class_truly(w, i) * class_called(w, j) / s;
        if (w->mistake == CHANCE_OF_LABELS)
            together = class_truly(w, i) * class_truly(w, j) / s;
        if (w->mistake == CHANCE_EVEN)
            together = s / real_count(w->K * w->K);
        seen = seen + (1 - v / most) * w->m[k];
        chance = chance + (1 - v / most) * together;
    }
    if (w->mistake == ACCURACY)
        return seen / s;
    if (w->mistake == NOT_NORMALIZED)
        return (seen - chance) / s;
    if (s - chance > s * R(1e-6))
        return (seen - chance) / (s - chance);
    return undefined == 1 ? 1 : 0;
}

static void walk(struct call *call)
{
    static const char *const disagreements[] = {"unweighted", "linear", "quadratic", NULL};
    static const char *const options[] = {"zero", "one", "refused", NULL};
    struct class_walk w = class_read(call);
    int power = call_choice(call, "disagreement", disagreements);
    int undefined = call_choice(call, "undefined", options);
    real sum = 0;
    for (size_t i = 0; i < class_steps(&w); i++) {
        class_step(&w, i);
        sum = sum + kappa_of(&w, power, undefined);
    }
    *call_output(call, "kappa", "") = sum / real_count(class_steps(&w));
}

static const struct fork table[] = {
    {.info = {"agreements", FORK_TWIN, "",
              "Agreement beyond chance over what is possible, not disagreement.", NULL},
     .answer = walk},
    CLASS_FORKS(walk),
    {.info = {"chance_of_labels", FORK_CONVENTION, "",
              "Both raters are given the shares of the first.", NULL},
     .answer = walk,
     .variant = CHANCE_OF_LABELS},
    {.info = {"chance_even", FORK_CONVENTION, "", "All classes are equally likely (Bennett).",
              NULL},
     .answer = walk,
     .variant = CHANCE_EVEN},
    {.info = {"agreement", FORK_BUG, "", "Agreement itself, without chance.", NULL},
     .answer = walk,
     .variant = ACCURACY},
    {.info = {"not_normalized", FORK_BUG, "", "Not divided by what is possible.", NULL},
     .answer = walk,
     .variant = NOT_NORMALIZED},
    {.info = {"powers_swapped", FORK_BUG, "", "Linear for quadratic and the other way.", NULL},
     .answer = walk,
     .variant = POWERS_SWAPPED},
    {.info = {"root_of_distance", FORK_BUG, "", "The root of the distance.", NULL},
     .answer = walk,
     .variant = ROOT_OF_DISTANCE},
    {.info = {"unweighted", FORK_CONVENTION, "", "All disagreements are equal.", NULL},
     .instead = {"disagreement", "unweighted"}},
    {.info = {"linear", FORK_CONVENTION, "", "By distance.", NULL},
     .instead = {"disagreement", "linear"}},
    {.info = {"quadratic", FORK_CONVENTION, "", "By squared distance.", NULL},
     .instead = {"disagreement", "quadratic"}},
};

const struct fork_list cohen_kappa_forks = {sizeof table / sizeof *table, table};
