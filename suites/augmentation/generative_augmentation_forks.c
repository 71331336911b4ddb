// SPDX-License-Identifier: MIT
#include "../../reference/augmentation/generative_augmentation.h"
#include "../fork.h"

enum {
    BY_RANK, /* (correct) */
    GENERATED_FIRST,
    LAST_GENERATED,
    FIRST_REPEATED,
    CLASS_IGNORED,
    SAMPLES_REPEATED,
    LABELS_OF_GENERATOR,
    GOAL_ROUNDED_UP,
    GOAL_OF_MEAN,
    GOAL_OF_ALL,
    GOAL_ADDED,
    LAST_RAREST,
    LARGEST_GROWS,
    WEIGHTS_BEFORE,
    FACTOR_NOT_IN_MASS,
    FACTOR_IGNORED,
    ABSENT_COUNTED,
    NOT_PER_CLASS,
    WEIGHTS_INVERTED,
    INVERSE_PERMUTATION,
    PERMUTATION_IGNORED,
    LABELS_NOT_PERMUTED
};

struct set {
    int variant, classes, N, G, M, in_order;
    const int *label, *made, *permutation;
    int *before, *added;
};

static int minimum(const int *list, int count, int last)
{
    int best = 0;
    for (int c = 1; c < count; c++)
        if (last ? list[c] <= list[best] : list[c] < list[best])
            best = c;
    return best;
}

static void plan(struct call *call, struct set *is)
{
    static const char *const grow[] = {"all", "rarest", NULL};
    int only = call_choice(call, "grow", grow), largest = 0;
    for (int n = is->N; n-- > 0;)
        is->before[is->label[n]]++;
    for (int c = is->classes; c-- > 0;)
        largest = is->before[c] > largest ? is->before[c] : largest;
    real share = call_number_or(call, "share", R(1.0)), exact = share * (real)largest;
    if (is->variant == GOAL_OF_MEAN)
        exact = share * (real)is->N / (real)is->classes;
    if (is->variant == GOAL_OF_ALL)
        exact = share * (real)is->N;
    int goal = (int)exact;
    if (is->variant == GOAL_ROUNDED_UP && (real)goal < exact)
        goal++;
    int rarest = minimum(is->before, is->classes, is->variant == LAST_RAREST);
    is->M = is->N;
    for (int c = 0; c < is->classes; c++) {
        int gap = goal - (is->variant == GOAL_ADDED && is->before[c] < goal ? 0 : is->before[c]);
        gap += is->variant == LARGEST_GROWS && gap == 0;
        is->added[c] = gap > 0 && (!only || c == rarest) ? gap : 0;
        is->M += is->added[c];
    }
}

/* Which generated sample is number `rank` of class c, counted from the first or the last; modulo
 * the number of samples when there are too few, which happens to forks alone. */
static int generated_of(const struct set *is, int c, int rank)
{
    int last = is->variant == LAST_GENERATED, left = is->variant == FIRST_REPEATED ? 0 : rank;
    for (int k = 0; k < is->G; k++) {
        int g = last ? is->G - 1 - k : k;
        if ((is->made[g] == c || is->variant == CLASS_IGNORED) && left-- == 0)
            return g;
    }
    return rank % is->G;
}

/* Whether sample g is wanted when they are taken as they come. */
static int wanted(const struct set *is, int g)
{
    int rank = 0;
    for (int k = 0; k < g; k++)
        rank += is->made[k] == is->made[g];
    return rank < is->added[is->made[g]];
}

/* Row m before the permutation; its class goes to *c. */
static int row_of(const struct set *is, int m, int *c)
{
    if (is->variant == GENERATED_FIRST)
        m = m < is->M - is->N ? m + is->N : m - (is->M - is->N);
    if (m < is->N) {
        *c = is->label[m];
        return m;
    }
    int left = m - is->N;
    for (int g = 0; is->in_order && g < is->G; g++)
        if (wanted(is, g) && left-- == 0) {
            *c = is->made[g];
            return is->N + g;
        }
    for (*c = 0; *c < is->classes - 1 && left >= is->added[*c]; (*c)++)
        left -= is->added[*c];
    if (is->variant == SAMPLES_REPEATED)
        for (int n = 0, rank = left % (is->before[*c] ? is->before[*c] : 1); n < is->N; n++)
            if (is->label[n] == *c && rank-- == 0)
                return n;
    return is->N + generated_of(is, *c, left);
}

static int place_of(const struct set *is, int m)
{
    if (!is->permutation || is->variant == PERMUTATION_IGNORED)
        return m;
    for (int k = 0; is->variant == INVERSE_PERMUTATION && k < is->M; k++)
        if (is->permutation[k] == m)
            return k;
    return is->permutation[m];
}

static void weigh(struct call *call, const struct set *is, real factor, real *weight)
{
    static const char *const weights[] = {"none", "balanced", NULL};
    int balanced = call_choice(call, "weights", weights), present = 0;
    real total = 0;
    for (int c = is->classes; c-- > 0;) {
        real added = is->variant == WEIGHTS_BEFORE ? 0 : (real)is->added[c];
        weight[c] = (real)is->before[c] + (is->variant == FACTOR_NOT_IN_MASS ? 1 : factor) * added;
        total += weight[c];
        present += weight[c] > 0 || is->variant == ABSENT_COUNTED;
    }
    for (int c = 0; c < is->classes; c++) {
        if (!balanced)
            weight[c] = 1;
        else if (is->variant == WEIGHTS_INVERTED)
            weight[c] = weight[c] / total * (real)present;
        else if (weight[c] > 0)
            weight[c] = total / (is->variant == NOT_PER_CLASS ? 1 : (real)present) / weight[c];
    }
}

static struct set read(struct call *call)
{
    static const char *const orders[] = {"class", "generator", NULL};
    struct set is = {.variant = call_variant(call),
                     .classes = (int)call_count(call, "classes", 1, 1 << 12),
                     .in_order = call_choice(call, "order", orders)};
    is.label = call_integers(call, "label", "N", 0, is.classes - 1);
    is.made = call_integers(call, "generated_label", "G", 0, is.classes - 1);
    is.N = (int)call_size(call, 'N');
    is.G = (int)call_size(call, 'G');
    call_bind(call, 'C', (size_t)is.classes);
    is.before = call_scratch_integers(call, (size_t)is.classes);
    is.added = call_scratch_integers(call, (size_t)is.classes);
    plan(call, &is);
    call_bind(call, 'M', (size_t)is.M);
    if (call_has(call, "permutation"))
        is.permutation = call_integers(call, "permutation", "M", 0, is.M - 1);
    return is;
}

static void rival(struct call *call)
{
    struct set is = read(call);
    const real *x = call_input(call, "x", "ND"), *generated = call_input(call, "generated", "GD");
    size_t D = call_size(call, 'D');
    real factor = call_number_or(call, "generated_weight", R(1.0));
    real *before = call_output_integers(call, "before", "C");
    real *added = call_output_integers(call, "added", "C");
    real *after = call_output_integers(call, "after", "C");
    real *label = call_output_integers(call, "augmented_label", "M");
    real *source = call_output_integers(call, "source", "M");
    real *augmented = call_output(call, "augmented", "MD");
    real *class_weight = call_output(call, "class_weight", "C");
    real *weight = call_output(call, "weight", "M");
    weigh(call, &is, factor, class_weight);
    for (int c = 0; c < is.classes; c++) {
        before[c] = (real)is.before[c];
        added[c] = (real)is.added[c];
        after[c] = before[c] + added[c];
    }
    for (int m = is.M; m-- > 0;) {
        int c, from = row_of(&is, place_of(&is, m), &c), g = from - is.N;
        if (is.variant == LABELS_OF_GENERATOR && g >= 0)
            c = 0;
        source[m] = (real)from;
        for (size_t d = 0; d < D; d++)
            augmented[(size_t)m * D + d] =
                g < 0 ? x[(size_t)from * D + d] : generated[(size_t)g * D + d];
        weight[m] = class_weight[c] * (g < 0 || is.variant == FACTOR_IGNORED ? 1 : factor);
        if (is.variant == LABELS_NOT_PERMUTED)
            row_of(&is, m, &c);
        label[m] = (real)c;
    }
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"by_rank", FORK_TWIN, "",
     "Each row from the last on finds its class and the generated sample of its rank there.", NULL},
     .answer = rival, .variant = BY_RANK},
    {.info = {"generated_first", FORK_CONVENTION, "", "Generated samples stand before the others.",
     NULL}, .answer = rival, .variant = GENERATED_FIRST},
    {.info = {"last_generated", FORK_BUG, "", "The last generated samples of a class are taken.",
     NULL}, .answer = rival, .variant = LAST_GENERATED},
    {.info = {"first_generated_repeated", FORK_BUG, "",
     "The first generated sample of a class fills it: a collapsed generator.", NULL},
     .answer = rival, .variant = FIRST_REPEATED},
    {.info = {"class_of_generated_ignored", FORK_BUG, "", "Any generated sample fills any class.",
     NULL}, .answer = rival, .variant = CLASS_IGNORED},
    {.info = {"samples_repeated", FORK_CONVENTION, "",
     "Real samples are repeated: plain oversampling.", NULL}, .answer = rival,
     .variant = SAMPLES_REPEATED},
    {.info = {"generated_labelled_zero", FORK_BUG, "", "Generated samples are labelled 0.", NULL},
     .answer = rival, .variant = LABELS_OF_GENERATOR},
    {.info = {"goal_rounded_up", FORK_CONVENTION, "",
     "A share that is no whole number is rounded up.", NULL}, .answer = rival,
     .variant = GOAL_ROUNDED_UP},
    {.info = {"goal_of_the_mean", FORK_CONVENTION, "", "The share is of the mean class.", NULL},
     .answer = rival, .variant = GOAL_OF_MEAN},
    {.info = {"goal_of_all", FORK_BUG, "", "The share is of all samples.", NULL}, .answer = rival,
     .variant = GOAL_OF_ALL},
    {.info = {"goal_added", FORK_BUG, "", "What a class has is not subtracted.", NULL},
     .answer = rival, .variant = GOAL_ADDED},
    {.info = {"last_of_equals", FORK_CONVENTION, "", "Of equally rare classes the last one grows.",
     NULL}, .answer = rival, .variant = LAST_RAREST},
    {.info = {"largest_grows_too", FORK_BUG, "",
     "A class that is large enough gets one sample more.", NULL}, .answer = rival,
     .variant = LARGEST_GROWS},
    {.info = {"weights_of_before", FORK_BUG, "",
     "The weights belong to the counts before the growth.", NULL}, .answer = rival,
     .variant = WEIGHTS_BEFORE},
    {.info = {"generated_count_full_in_mass", FORK_BUG, "",
     "Class weights ignore that generated samples count less.", NULL}, .answer = rival,
     .variant = FACTOR_NOT_IN_MASS},
    {.info = {"generated_weight_ignored", FORK_BUG, "",
     "Generated samples weigh as much as real ones.", NULL}, .answer = rival,
     .variant = FACTOR_IGNORED},
    {.info = {"absent_classes_counted", FORK_CONVENTION, "",
     "Classes that stay empty count in the number of classes.", NULL}, .answer = rival,
     .variant = ABSENT_COUNTED},
    {.info = {"not_divided_by_classes", FORK_CONVENTION, "",
     "Weights are not divided by the number of classes.", NULL}, .answer = rival,
     .variant = NOT_PER_CLASS},
    {.info = {"weights_inverted", FORK_BUG, "", "Large classes get large weights.", NULL},
     .answer = rival, .variant = WEIGHTS_INVERTED},
    {.info = {"inverse_permutation", FORK_BUG, "",
     "Rows are sent to their places instead of fetched from there.", NULL}, .answer = rival,
     .variant = INVERSE_PERMUTATION},
    {.info = {"permutation_ignored", FORK_BUG, "", "The result is not permuted.", NULL},
     .answer = rival, .variant = PERMUTATION_IGNORED},
    {.info = {"labels_not_permuted", FORK_BUG, "", "Samples are permuted, labels are not.", NULL},
     .answer = rival, .variant = LABELS_NOT_PERMUTED},
    {.info = {"always_by_class", FORK_CONVENTION, "", "Class after class whatever is asked for.",
     NULL}, .instead = {"order", "class"}},
    {.info = {"always_as_generated", FORK_CONVENTION, "", "As generated whatever is asked for.",
     NULL}, .instead = {"order", "generator"}},
    {.info = {"weights_forgotten", FORK_BUG, "", "All classes weigh 1.", NULL},
     .instead = {"weights", "none"}},
    {.info = {"largest_lost_its_share", FORK_BUG, "", "A share of 0.85 whatever is asked for.",
     NULL}, .number = {"share", 0.85}},
    /* clang-format on */
};

const struct fork_list generative_augmentation_forks = {sizeof table / sizeof *table, table};
