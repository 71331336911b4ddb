// SPDX-License-Identifier: MIT
#include "generative_augmentation.h"

enum { CLASSES = 1 << 12 };

struct plan {
    size_t N, G, C, D, M;
    const int *label, *generated_label;
    int *before, *added, *source; /* source: (M) */
};

/* floor(share largest). */
static int goal(struct call *call, real share, int largest)
{
    real exact = share * (real)largest;
    int whole = 0;
    while (whole < largest && (real)(whole + 1) <= exact)
        whole++;
    real distance[2] = {exact - (real)whole, (real)(whole + 1) - exact};
    call_decisions(call, 2, distance);
    return whole;
}

static void count_classes(struct call *call, struct plan *is)
{
    static const char *const grow[] = {"all", "rarest", NULL};
    int rarest = 0, largest = 0;
    for (size_t n = 0; n < is->N; n++)
        is->before[is->label[n]]++;
    for (int c = 0; c < (int)is->C; c++) {
        if (is->before[c] < is->before[rarest])
            rarest = c;
        if (is->before[c] > largest)
            largest = is->before[c];
    }
    real share = call_number_or(call, "share", R(1.0));
    if (!(share > 0 && share <= 1))
        call_fail(call, "number 'share' must be above 0 and not above 1");
    int each = goal(call, share, largest), only = call_choice(call, "grow", grow);
    is->M = is->N;
    for (int c = 0; c < (int)is->C; c++) {
        if (each > is->before[c] && (!only || c == rarest))
            is->added[c] = each - is->before[c];
        is->M += (size_t)is->added[c];
    }
}

/* The samples, then what is generated of class `c`, or of all classes when c < 0, in order. */
static size_t take(struct plan *is, size_t m, int *wanted, int c)
{
    for (size_t g = 0; g < is->G; g++) {
        int k = is->generated_label[g];
        if ((c < 0 || k == c) && wanted[k] > 0) {
            wanted[k]--;
            is->source[m++] = (int)(is->N + g);
        }
    }
    return m;
}

static void line_up(struct call *call, struct plan *is)
{
    static const char *const orders[] = {"class", "generator", NULL};
    int by_generator = call_choice(call, "order", orders);
    int *wanted = call_scratch_integers(call, is->C);
    is->source = call_scratch_integers(call, is->M);
    for (size_t c = 0; c < is->C; c++)
        wanted[c] = is->added[c];
    size_t m = 0;
    for (; m < is->N; m++)
        is->source[m] = (int)m;
    if (by_generator)
        m = take(is, m, wanted, -1);
    for (int c = 0; c < (int)is->C; c++) {
        if (!by_generator)
            m = take(is, m, wanted, c);
        if (wanted[c] > 0)
            call_fail(call, "input 'generated_label': %d more generated samples of class %d needed",
                      wanted[c], c);
    }
}

static void permute(struct call *call, struct plan *is)
{
    call_bind(call, 'M', is->M);
    if (!call_has(call, "permutation"))
        return;
    const int *permutation = call_integers(call, "permutation", "M", 0, (int)is->M - 1);
    int *straight = is->source, *seen = call_scratch_integers(call, is->M);
    is->source = call_scratch_integers(call, is->M);
    for (size_t m = 0; m < is->M; m++) {
        if (seen[permutation[m]]++)
            call_fail(call, "input 'permutation' names place %d twice", permutation[m]);
        is->source[m] = straight[permutation[m]];
    }
}

/* class_weight (C). */
static void weigh(struct call *call, const struct plan *is, real generated_weight, real *weight)
{
    static const char *const weights[] = {"none", "balanced", NULL};
    int balanced = call_choice(call, "weights", weights);
    real *mass = call_scratch(call, is->C);
    size_t present = 0;
    for (size_t c = 0; c < is->C; c++) {
        mass[c] = (real)is->before[c] + generated_weight * (real)is->added[c];
        present += mass[c] > 0;
    }
    real total = sum_features(is->C, mass, 1);
    for (size_t c = 0; c < is->C; c++) {
        weight[c] = 1;
        if (balanced)
            weight[c] = mass[c] > 0 ? total / (real_count(present) * mass[c]) : 0;
    }
}

static struct plan read(struct call *call)
{
    struct plan is = {.C = call_count(call, "classes", 1, CLASSES)};
    is.label = call_integers(call, "label", "N", 0, (int)is.C - 1);
    is.generated_label = call_integers(call, "generated_label", "G", 0, (int)is.C - 1);
    is.N = call_size(call, 'N');
    is.G = call_size(call, 'G');
    if (is.N == 0)
        call_fail(call, "input 'label' has no samples to be balanced");
    call_bind(call, 'C', is.C);
    is.before = call_scratch_integers(call, is.C);
    is.added = call_scratch_integers(call, is.C);
    count_classes(call, &is);
    return is;
}

void generative_augmentation_answer(struct call *call)
{
    struct plan is = read(call);
    const real *x = call_input(call, "x", "ND"), *generated = call_input(call, "generated", "GD");
    is.D = call_size(call, 'D');
    real factor = call_number_or(call, "generated_weight", R(1.0));
    if (!(factor > 0))
        call_fail(call, "number 'generated_weight' must be above 0");
    line_up(call, &is);
    permute(call, &is);
    real *before = call_output_integers(call, "before", "C");
    real *added = call_output_integers(call, "added", "C");
    real *after = call_output_integers(call, "after", "C");
    for (size_t c = 0; c < is.C; c++) {
        before[c] = (real)is.before[c];
        added[c] = (real)is.added[c];
        after[c] = (real)(is.before[c] + is.added[c]);
    }
    real *label = call_output_integers(call, "augmented_label", "M");
    real *source = call_output_integers(call, "source", "M");
    real *augmented = call_output(call, "augmented", "MD");
    real *class_weight = call_output(call, "class_weight", "C");
    real *weight = call_output(call, "weight", "M");
    weigh(call, &is, factor, class_weight);
    for (size_t m = 0; m < is.M; m++) {
        size_t from = (size_t)is.source[m], g = from - is.N;
        int made = from >= is.N, c = made ? is.generated_label[g] : is.label[from];
        source[m] = real_count(from);
        label[m] = (real)c;
        for (size_t d = 0; d < is.D; d++)
            augmented[m * is.D + d] = made ? generated[g * is.D + d] : x[from * is.D + d];
        weight[m] = made ? class_weight[c] * factor : class_weight[c];
    }
}
