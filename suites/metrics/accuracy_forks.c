// SPDX-License-Identifier: MIT
#include "../../reference/metrics/accuracy.h"
#include "../fork.h"

/* Everything of one call, already answered rightly; the forks below change one line of it. */
struct problem {
    const real *scores;
    const int *labels;
    real *predicted, *correct, *accuracy;
    int *predicted_n, *correct_n, last_wins;
    size_t N, C, top, block;
};

/* Writes the outputs from predicted_n and correct_n. */
static void report(const struct problem *a)
{
    size_t correct = 0;
    for (size_t n = 0; n < a->N; n++) {
        a->predicted[n] = (real)a->predicted_n[n];
        correct += (size_t)a->correct_n[n];
    }
    *a->correct = real_count(correct);
    *a->accuracy = real_count(correct) / real_count(a->N);
}

static struct problem read(struct call *call)
{
    static const char *const ties[] = {"first", "last", NULL};
    struct problem a = {.scores = call_input(call, "scores", "NC")};
    a.N = call_size(call, 'N');
    a.C = call_size(call, 'C');
    a.labels = call_integers(call, "labels", "N", 0, (int)a.C - 1);
    a.top = call_count_or(call, "top", 1, 1, a.C);
    a.last_wins = call_choice(call, "ties", ties);
    a.block = call_block(call);
    a.predicted = call_output_integers(call, "predicted", "N");
    a.correct = call_output_integers(call, "correct", "");
    a.accuracy = call_output(call, "accuracy", "");
    a.predicted_n = call_scratch_integers(call, a.N);
    a.correct_n = call_scratch_integers(call, a.N);
    accuracy_predict(a.predicted_n, a.correct_n, a.scores, a.labels, a.top, a.last_wins, a.N, a.C);
    report(&a);
    return a;
}

/* The class with the largest score of those of sample n that are not taken yet; it is now. */
static int take_largest(int *taken, const struct problem *a, size_t n)
{
    int best = -1;
    for (size_t i = 0; i < a->C; i++) {
        size_t k = a->last_wins ? a->C - 1 - i : i; /* so that > keeps the one that wins a tie */
        const real *s = &a->scores[n * a->C];
        if (!taken[k] && (best < 0 || s[k] > s[best]))
            best = (int)k;
    }
    taken[best] = 1;
    return best;
}

/* Sorts by selection and looks for the label among the first `top`. */
static void by_selection(struct call *call)
{
    struct problem a = read(call);
    for (size_t n = 0; n < a.N; n++) {
        int *taken = call_scratch_integers(call, a.C);
        a.correct_n[n] = 0;
        for (size_t rank = 0; rank < a.top; rank++) {
            int k = take_largest(taken, &a, n);
            a.predicted_n[n] = rank == 0 ? k : a.predicted_n[n];
            a.correct_n[n] |= k == a.labels[n];
        }
    }
    report(&a);
}

/* Predicts again from other scores. */
static void from_scores(struct problem *a, const real *scores)
{
    accuracy_predict(a->predicted_n, a->correct_n, scores, a->labels, a->top, a->last_wins, a->N,
                     a->C);
    report(a);
}

static void smallest_score(struct call *call)
{
    struct problem a = read(call);
    real *scores = call_scratch(call, a.N * a.C);
    for (size_t i = 0; i < a.N * a.C; i++)
        scores[i] = -a.scores[i];
    from_scores(&a, scores);
}

static void largest_magnitude(struct call *call)
{
    struct problem a = read(call);
    real *scores = call_scratch(call, a.N * a.C);
    for (size_t i = 0; i < a.N * a.C; i++)
        scores[i] = real_abs(a.scores[i]);
    from_scores(&a, scores);
}

static void search_from_zero(struct call *call)
{
    struct problem a = read(call);
    for (size_t n = 0; n < a.N; n++) {
        real best = R(0.0);
        a.predicted_n[n] = 0;
        for (size_t k = 0; k < a.C; k++) {
            if (a.scores[n * a.C + k] > best) {
                best = a.scores[n * a.C + k];
                a.predicted_n[n] = (int)k;
            }
        }
        a.correct_n[n] = a.predicted_n[n] == a.labels[n];
    }
    report(&a);
}

/* For class n (modulo C) the sample with the largest score, as argmax along axis 0 gives. */
static void over_samples(struct call *call)
{
    struct problem a = read(call);
    for (size_t n = 0; n < a.N; n++) {
        size_t k = n % a.C, best = 0;
        for (size_t m = 1; m < a.N; m++)
            best = a.scores[m * a.C + k] > a.scores[best * a.C + k] ? m : best;
        a.predicted_n[n] = (int)best;
        a.correct_n[n] = (int)best == a.labels[n];
    }
    report(&a);
}

static void label_off_by_one(struct call *call)
{
    struct problem a = read(call);
    int *labels = call_scratch_integers(call, a.N);
    for (size_t n = 0; n < a.N; n++)
        labels[n] = a.labels[n] > 0 ? a.labels[n] - 1 : 0;
    a.labels = labels;
    from_scores(&a, a.scores);
}

static void labels_misaligned(struct call *call)
{
    struct problem a = read(call);
    int *labels = call_scratch_integers(call, a.N);
    for (size_t n = 0; n < a.N; n++)
        labels[n] = a.labels[(n + 1) % a.N];
    a.labels = labels;
    from_scores(&a, a.scores);
}

static void one_too_many(struct call *call)
{
    struct problem a = read(call);
    a.top = a.top < a.C ? a.top + 1 : a.C;
    from_scores(&a, a.scores);
}

/* The label is right when fewer than `top` scores are larger than its own. */
static void ties_are_right(struct call *call)
{
    struct problem a = read(call);
    for (size_t n = 0; n < a.N; n++) {
        const real *s = &a.scores[n * a.C];
        size_t larger = 0;
        for (size_t k = 0; k < a.C; k++)
            larger += s[k] > s[a.labels[n]];
        a.correct_n[n] = larger < a.top;
    }
    report(&a);
}

static void integer_division(struct call *call)
{
    struct problem a = read(call);
    *a.accuracy = *a.accuracy < 1 ? R(0.0) : R(1.0);
}

static void percent(struct call *call)
{
    struct problem a = read(call);
    *a.accuracy = 100 * *a.accuracy;
}

static void divided_by_classes(struct call *call)
{
    struct problem a = read(call);
    *a.accuracy = *a.correct / real_count(a.N * a.C);
}

static void mean_of_block_means(struct call *call)
{
    struct problem a = read(call);
    real sum = R(0.0);
    for (size_t begin = 0; begin < a.N; begin += a.block) {
        size_t end = begin + a.block < a.N ? begin + a.block : a.N, correct = 0;
        for (size_t n = begin; n < end; n++)
            correct += (size_t)a.correct_n[n];
        sum = sum + real_count(correct) / real_count(end - begin);
    }
    *a.accuracy = sum / real_count((a.N + a.block - 1) / a.block);
}

static void last_block_lost(struct call *call)
{
    struct problem a = read(call);
    for (size_t n = (a.N - 1) / a.block * a.block; n < a.N; n++)
        a.correct_n[n] = 0;
    report(&a);
}

static const struct fork table[] = {
    {.info = {"by_selection", FORK_TWIN, "",
              "Takes the largest score out of the row `top` times, instead of counting.", NULL},
     .answer = by_selection},
    {.info = {"ties_first", FORK_CONVENTION, "221",
              "The first of equal scores ranks before the others.", NULL},
     .instead = {"ties", "first"}},
    {.info = {"ties_last", FORK_CONVENTION, "221",
              "The last of equal scores ranks before the others.", NULL},
     .instead = {"ties", "last"}},
    {.info = {"ties_are_right", FORK_CONVENTION, "221",
              "A label whose score ties with one inside the cut is right.", NULL},
     .answer = ties_are_right},
    {.info = {"top_one", FORK_BUG, "", "Only the largest score counts, whatever `top` is.", NULL},
     .number = {"top", 1}},
    {.info = {"one_too_many", FORK_BUG, "", "One score more than `top` is admitted.", NULL},
     .answer = one_too_many},
    {.info = {"smallest_score", FORK_BUG, "", "The smallest score is predicted.", NULL},
     .answer = smallest_score},
    {.info = {"largest_magnitude", FORK_BUG, "", "The score of largest magnitude is predicted.",
              NULL},
     .answer = largest_magnitude},
    {.info = {"search_from_zero", FORK_BUG, "",
              "The search for the largest score starts from 0, so negative rows predict 0.", NULL},
     .answer = search_from_zero},
    {.info = {"over_samples", FORK_BUG, "", "The largest score along the samples.", NULL},
     .answer = over_samples},
    {.info = {"label_off_by_one", FORK_BUG, "", "Labels are taken to count from 1.", NULL},
     .answer = label_off_by_one},
    {.info = {"labels_misaligned", FORK_BUG, "268",
              "Each sample is compared with the label of the next.", NULL},
     .answer = labels_misaligned},
    {.info = {"integer_division", FORK_BUG, "", "correct / total is an integer division.", NULL},
     .answer = integer_division},
    {.info = {"percent", FORK_CONVENTION, "", "The accuracy in percent.", NULL}, .answer = percent},
    {.info = {"divided_by_classes", FORK_BUG, "",
              "Divided by the number of scores instead of the number of samples.", NULL},
     .answer = divided_by_classes},
    {.info = {"mean_of_block_means", FORK_BUG, "269",
              "The accuracy of each block, and then the mean of those.", NULL},
     .answer = mean_of_block_means},
    {.info = {"last_block_lost", FORK_BUG, "", "The last block of samples is left out.", NULL},
     .answer = last_block_lost},
};

const struct fork_list accuracy_forks = {sizeof table / sizeof *table, table};
