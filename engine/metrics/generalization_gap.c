// SPDX-License-Identifier: MIT
/* Generalization gap; definition in reference/metrics/generalization_gap.h.
 *
 * How it is distributed: training and test samples are sharded, each by themselves. Four sums cross
 * the network: the losses of all models on either set, then their squared deviations.
 */
#include "../techniques.h"

struct column_statistics {
    scalar *mean, *error; /* (A): the mean, and the square of its standard error */
};

/* loss: this rank's part of axis `letter`, A columns. */
static struct column_statistics describe(struct question *q, char letter, const scalar *loss,
                                         size_t A, size_t ddof)
{
    const size_t N = question_size(q, letter);
    struct column_statistics s = {question_scratch(q, A), question_scratch(q, A)};
    struct reduction *sum = question_sum(q, letter, A);
    for (int squares = 0; squares < 2; squares++) {
        scalar *total = squares ? s.error : s.mean;
        for (size_t i = 0; i < reduction_pieces(sum); i++) {
            const struct piece piece = reduction_piece(sum, i);
            scalar *leaf = reduction_leaf(sum);
            for (size_t n = piece.first; n < piece.first + piece.count; n++)
                for (size_t a = 0; a < A; a++) {
                    const scalar v = loss[n * A + a] - (squares ? s.mean[a] : 0);
                    leaf[a] += squares ? v * v : v;
                }
            reduction_push(sum);
        }
        reduction_finish(sum, total);
        for (size_t a = 0; a < A; a++)
            total[a] = squares ? total[a] / (scalar)(N - ddof) / (scalar)N : total[a] / (scalar)N;
    }
    return s;
}

void generalization_gap_run(struct question *q)
{
    static const char *const measures[] = {"loss", "score", NULL};
    static const char *const scales[] = {"absolute", "relative", NULL};
    const bool score = question_choice(q, "measure", measures) == 1;
    const bool relative = question_choice(q, "scale", scales) == 1;
    const scalar *train_loss = question_input(q, "train_loss", "[N]A");
    const size_t N = question_size(q, 'N'), A = question_size(q, 'A');
    if (N == 0 || A == 0)
        question_refuse(q, "its input 'train_loss' is empty");
    const scalar *test_loss = question_input(q, "test_loss", "[M]A");
    const size_t M = question_size(q, 'M'), ddof = question_count_or(q, "ddof", 1, 0, 1);
    if (M == 0)
        question_refuse(q, "its input 'test_loss' is empty");
    if (ddof >= N || ddof >= M)
        question_refuse(q, "its number 'ddof' leaves no variance of %zu and %zu samples", N, M);
    const struct column_statistics on_train = describe(q, 'N', train_loss, A, ddof);
    const struct column_statistics on_test = describe(q, 'M', test_loss, A, ddof);
    scalar *train = question_output(q, "train", "A"), *test = question_output(q, "test", "A");
    scalar *gap = question_output(q, "gap", "A"), *error = question_output(q, "error", "A");
    size_t widest = 0;
    for (size_t a = 0; a < A; a++) {
        train[a] = on_train.mean[a];
        test[a] = on_test.mean[a];
        gap[a] = score ? train[a] - test[a] : test[a] - train[a];
        error[a] = scalar_sqrt(on_train.error[a] + on_test.error[a]);
        if (relative && train[a] == 0)
            question_refuse(q, "its input 'train_loss' has a mean of 0; take absolute gaps");
        gap[a] = relative ? gap[a] / train[a] : gap[a];
        widest = gap[a] > gap[widest] ? a : widest;
    }
    *question_output(q, "widest", "") = (scalar)widest;
}
