// SPDX-License-Identifier: MIT
#include "../../reference/metrics/jaccard_index.h"
#include "../fork.h"
#include "class_forks.h"

enum { EACH, BINARY, MICRO, MACRO, WEIGHTED };

enum mistake {
    DICE = CLASS_MISTAKES,
    TP_TWICE,
    IGNORED_KEPT,
    IGNORED_PREDICTIONS,
    HAMMING_DIVIDED,
    ACCURACY,
    MICRO_WITHOUT_ZERO
};

struct sums {
    real value, share, hits, all;
};

/* Index of class k by counting FP and FN; *empty when it is in neither. */
static real index_of(const struct class_walk *w, size_t k, real *hit, real *joint)
{
    real wrong = 0;
    for (size_t j = w->K; j-- > 0;) {
        if (j != k)
            wrong = wrong + w->m[k * w->K + j] + w->m[j * w->K + k];
    }
    *hit = w->m[k * w->K + k];
    *joint = *hit + wrong;
    if (w->mistake == TP_TWICE)
        *joint = *joint + *hit;
    if (w->mistake == DICE)
        return 2 * *hit / (2 * *hit + wrong);
    return *joint > 0 ? 1 - wrong / *joint : -1;
}

static void add(struct call *call, struct class_walk *w, real *jaccard, real *loss, real steps)
{
    static const char *const averages[] = {"none", "binary", "micro", "macro", "weighted", NULL};
    int average = call_choice(call, "average", averages);
    enum undefined undefined = undefined_read(call);
    size_t out = call_count_or(call, "ignore_index", w->K, 0, w->K - 1);
    size_t positive = call_count_or(call, "positive", 1, 0, w->K > 1 ? w->K - 1 : 1);
    struct sums s = {0, 0, 0, 0};
    real right = 0, hit, joint;
    for (size_t j = 0; out < w->K && j < w->K && w->mistake != IGNORED_KEPT; j++) {
        w->m[out * w->K + j] = 0;
        if (w->mistake == IGNORED_PREDICTIONS)
            w->m[j * w->K + out] = 0;
    }
    for (size_t k = w->K; k-- > 0;) {
        real value = index_of(w, k, &hit, &joint);
        int empty = !(joint > 0);
        right = right + hit;
        value = !empty ? value : undefined == UNDEFINED_ONE ? 1 : 0;
        if (average == EACH)
            jaccard[k] = jaccard[k] + value / steps;
        if (average == BINARY && k == positive)
            *jaccard = *jaccard + value / steps;
        if (w->mistake != MICRO_WITHOUT_ZERO || k > 0) {
            s.hits = s.hits + hit;
            s.all = s.all + joint;
        }
        if (empty && undefined == UNDEFINED_EXCLUDED)
            continue;
        real share = average == WEIGHTED ? class_truly(w, k) : 1;
        s.value = s.value + share * value;
        s.share = s.share + share;
    }
    if (average == MICRO)
        *jaccard = *jaccard + s.hits / s.all / steps;
    if (average > MICRO && s.share > 0)
        *jaccard = *jaccard + s.value / s.share / steps;
    real total = class_total(w), wrong = 0;
    for (size_t k = w->K * w->K; k-- > 0;)
        wrong = k / w->K != k % w->K ? wrong + w->m[k] : wrong;
    wrong = w->mistake == ACCURACY ? right : wrong;
    wrong = w->mistake == HAMMING_DIVIDED ? wrong / real_count(w->K) * 2 : wrong;
    *loss = *loss + (total > 0 ? wrong / total : 0) / steps;
}

static void walk(struct call *call)
{
    struct class_walk w = class_read(call);
    static const char *const averages[] = {"none", "binary", "micro", "macro", "weighted", NULL};
    call_bind(call, 'K', w.K);
    real *jaccard = call_output(call, "jaccard", call_choice(call, "average", averages) ? "" : "K");
    real *loss = call_output(call, "hamming_loss", "");
    for (size_t i = 0; i < class_steps(&w); i++) {
        class_step(&w, i);
        add(call, &w, jaccard, loss, real_count(class_steps(&w)));
    }
}

static const struct fork table[] = {
    {.info = {"errors", FORK_TWIN, "", "1 minus errors over the union.", NULL}, .answer = walk},
    CLASS_FORKS(walk),
    {.info = {"dice", FORK_BUG, "", "The coefficient of Dice, 2 TP / (2 TP + FP + FN).", NULL},
     .answer = walk,
     .variant = DICE},
    {.info = {"hits_twice", FORK_BUG, "", "Row and column sum as the union: TP counts twice.",
              NULL},
     .answer = walk,
     .variant = TP_TWICE},
    {.info = {"ignored_kept", FORK_BUG, "", "No class is ignored.", NULL},
     .answer = walk,
     .variant = IGNORED_KEPT},
    {.info = {"ignored_predictions", FORK_CONVENTION, "",
              "Samples predicted as the ignored class are left out too.", NULL},
     .answer = walk,
     .variant = IGNORED_PREDICTIONS},
    {.info = {"one_hot_hamming", FORK_CONVENTION, "",
              "The Hamming loss of one-hot rows: two of K places are wrong.", NULL},
     .answer = walk,
     .variant = HAMMING_DIVIDED},
    {.info = {"right_share", FORK_BUG, "", "The share that is right for the Hamming loss.", NULL},
     .answer = walk,
     .variant = ACCURACY},
    {.info = {"micro_without_class_zero", FORK_CONVENTION, "", "Micro without the background.",
              NULL},
     .answer = walk,
     .variant = MICRO_WITHOUT_ZERO},
    {.info = {"positive_class_one", FORK_BUG, "", "The positive class is always 1.", NULL},
     .number = {"positive", 1}},
    {.info = {"undefined_zero", FORK_CONVENTION, "270", "0 / 0 is 0.", NULL},
     .instead = {"undefined", "zero"}},
    {.info = {"undefined_one", FORK_CONVENTION, "270", "0 / 0 is 1.", NULL},
     .instead = {"undefined", "one"}},
    {.info = {"undefined_excluded", FORK_CONVENTION, "270", "0 / 0 is left out.", NULL},
     .instead = {"undefined", "excluded"}},
    {.info = {"micro_always", FORK_CONVENTION, "", "Always micro.", NULL},
     .instead = {"average", "micro"}},
    {.info = {"macro_always", FORK_CONVENTION, "", "Always macro.", NULL},
     .instead = {"average", "macro"}},
};

const struct fork_list jaccard_index_forks = {sizeof table / sizeof *table, table};
