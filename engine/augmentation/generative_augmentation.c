// SPDX-License-Identifier: MIT
/* Generative augmentation; definition in reference/augmentation/generative_augmentation.h.
 *
 * How it is distributed: each rank counts the classes of its own samples, and the counts are added,
 * whole numbers, exactly. The plan follows from them and from the labels, on every rank alike; the
 * rows of the result are sharded, and only they are filled. Any sample may become any row, so the
 * samples are whole on every rank, as they are after they were read.
 */
#include "../techniques.h"

struct balance {
    size_t N, G, C, M;
    const int *label, *generated_label;
    long long *before, *added;
    size_t *source; /* (M) */
};

static void count_labels(struct question *q, struct balance *is)
{
    const int *own = question_integers(q, "label", "[N]", 0, (int)is->C - 1);
    for (size_t n = 0; n < question_part(q, 'N'); n++)
        is->before[own[n]]++;
    reduce_integers(question_team(q), is->before, is->C);
}

static void find_gaps(struct question *q, struct balance *is)
{
    static const char *const grow[] = {"all", "rarest", NULL};
    const scalar share = question_number_or(q, "share", 1);
    if (!(share > 0 && share <= 1))
        question_refuse(q, "its number 'share' is no share; give one above 0 and up to 1");
    const bool only = question_choice(q, "grow", grow) == 1;
    size_t rarest = 0, largest = 0;
    for (size_t c = 1; c < is->C; c++) {
        rarest = is->before[c] < is->before[rarest] ? c : rarest;
        largest = is->before[c] > is->before[largest] ? c : largest;
    }
    const long long goal = (long long)(share * (scalar)is->before[largest]);
    is->M = is->N;
    for (size_t c = 0; c < is->C; c++) {
        const long long gap = only && c != rarest ? 0 : goal - is->before[c];
        is->added[c] = gap > 0 ? gap : 0;
        is->M += (size_t)is->added[c];
    }
}

/* Where the generated samples of each class begin, and so where each of them goes. */
static void fill_plan(struct question *q, struct balance *is)
{
    static const char *const orders[] = {"class", "generator", NULL};
    const bool in_order = question_choice(q, "order", orders) == 1;
    struct arena *arena = question_arena(q);
    size_t *start = arena_take(arena, is->C, sizeof *start);
    long long *found = arena_take(arena, is->C, sizeof *found);
    is->source = arena_take(arena, is->M, sizeof *is->source);
    size_t at = is->N;
    for (size_t c = 0; c < is->C; c++) {
        start[c] = at;
        found[c] = 0;
        at += (size_t)is->added[c];
    }
    for (size_t n = 0; n < is->N; n++)
        is->source[n] = n;
    at = is->N;
    for (size_t g = 0; g < is->G; g++) {
        const size_t c = (size_t)is->generated_label[g];
        if (found[c] == is->added[c])
            continue;
        is->source[in_order ? at++ : start[c] + (size_t)found[c]] = is->N + g;
        found[c]++;
    }
    for (size_t c = 0; c < is->C; c++)
        if (found[c] < is->added[c])
            question_refuse(q, "its input 'generated_label' lacks class %zu; generate more", c);
}

static void shuffle(struct question *q, struct balance *is)
{
    question_bind(q, 'M', is->M);
    if (!question_has(q, "permutation"))
        return;
    const int *permutation = question_integers(q, "permutation", "M", 0, (int)is->M - 1);
    struct arena *arena = question_arena(q);
    size_t *shuffled = arena_take(arena, is->M, sizeof *shuffled);
    bool *seen = arena_take(arena, is->M, sizeof *seen);
    for (size_t m = 0; m < is->M; m++)
        seen[m] = false;
    for (size_t m = 0; m < is->M; m++) {
        if (seen[permutation[m]])
            question_refuse(q, "its input 'permutation' repeats a place; give each once");
        seen[permutation[m]] = true;
        shuffled[m] = is->source[permutation[m]];
    }
    is->source = shuffled;
}

static void weigh_classes(struct question *q, const struct balance *is, scalar factor,
                          scalar *weight)
{
    static const char *const weights[] = {"none", "balanced", NULL};
    const bool balanced = question_choice(q, "weights", weights) == 1;
    scalar total = 0, present = 0;
    for (size_t c = 0; c < is->C; c++) {
        weight[c] = (scalar)is->before[c] + factor * (scalar)is->added[c];
        total += weight[c];
        present += weight[c] > 0 ? 1 : 0;
    }
    for (size_t c = 0; c < is->C; c++)
        if (!balanced)
            weight[c] = 1;
        else if (weight[c] > 0)
            weight[c] = total / (present * weight[c]);
}

static void store(struct question *q, const struct balance *is, const scalar *x,
                  const scalar *generated, scalar factor)
{
    const size_t D = question_size(q, 'D');
    scalar *before = question_output(q, "before", "C"), *added = question_output(q, "added", "C");
    scalar *after = question_output(q, "after", "C");
    scalar *label = question_output(q, "augmented_label", "[M]");
    scalar *source = question_output(q, "source", "[M]");
    scalar *augmented = question_output(q, "augmented", "[M]D");
    scalar *class_weight = question_output(q, "class_weight", "C");
    scalar *weight = question_output(q, "weight", "[M]");
    for (size_t c = 0; c < is->C; c++) {
        before[c] = (scalar)is->before[c];
        added[c] = (scalar)is->added[c];
        after[c] = (scalar)(is->before[c] + is->added[c]);
    }
    weigh_classes(q, is, factor, class_weight);
    for (size_t m = 0; m < question_part(q, 'M'); m++) {
        const size_t from = is->source[question_first(q, 'M') + m];
        const bool made = from >= is->N;
        const int c = made ? is->generated_label[from - is->N] : is->label[from];
        const scalar *row = made ? generated + (from - is->N) * D : x + from * D;
        source[m] = (scalar)from;
        label[m] = (scalar)c;
        weight[m] = made ? factor * class_weight[c] : class_weight[c];
        for (size_t d = 0; d < D; d++)
            augmented[m * D + d] = row[d];
    }
}

void generative_augmentation_run(struct question *q)
{
    struct balance is = {.C = question_count(q, "classes", 1, 1 << 12)};
    question_bind(q, 'C', is.C);
    is.label = question_integers(q, "label", "N", 0, (int)is.C - 1);
    is.generated_label = question_integers(q, "generated_label", "G", 0, (int)is.C - 1);
    const scalar *x = question_input(q, "x", "ND");
    const scalar *generated = question_input(q, "generated", "GD");
    is.N = question_size(q, 'N');
    is.G = question_size(q, 'G');
    if (is.N == 0)
        question_refuse(q, "its input 'label' has no samples; give at least one");
    const scalar factor = question_number_or(q, "generated_weight", 1);
    if (!(factor > 0))
        question_refuse(q, "its number 'generated_weight' must be above 0");
    is.before = arena_take(question_arena(q), is.C, sizeof *is.before);
    is.added = arena_take(question_arena(q), is.C, sizeof *is.added);
    for (size_t c = 0; c < is.C; c++)
        is.before[c] = 0;
    count_labels(q, &is);
    find_gaps(q, &is);
    fill_plan(q, &is);
    shuffle(q, &is);
    store(q, &is, x, generated, factor);
}
