// SPDX-License-Identifier: MIT
/* Reconstruction error; definition in reference/losses/reconstruction_error.h.
 *
 * How it is distributed: the samples are sharded, and a sample's error belongs to one rank. Two
 * numbers cross the network: how many samples are normal, a whole number, and the sum of their
 * errors, in blocks and then the fixed tree.
 */
#include "loss.h"

enum form { SQUARED, ROOT, ABSOLUTE };

/* r (rows,K) differences become slopes; error (rows); spare (rows,K). */
static void evaluate(const struct team *team, enum form form, scalar divisor, size_t rows, size_t K,
                     scalar *r, scalar *error, scalar *spare)
{
    team_row_products(team, rows, K, r, r, error);
    for (size_t n = 0; n < rows; n++) {
        if (form == ABSOLUTE) {
            error[n] = 0;
            for (size_t k = n * K; k < (n + 1) * K; k++)
                error[n] += scalar_absolute(r[k]);
        }
        error[n] /= divisor;
        error[n] = form == ROOT ? scalar_sqrt(error[n]) : error[n];
    }
    for (size_t i = 0; i < rows * K; i++) {
        const scalar e = error[i / K], sign = (scalar)((r[i] > 0) - (r[i] < 0));
        if (form == SQUARED)
            spare[i] = 2 * r[i] / divisor;
        else if (form == ROOT)
            spare[i] = e > 0 ? r[i] / divisor / e : 0;
        else
            spare[i] = sign / divisor;
    }
}

/* How many samples count; all ranks look at all of them. */
static size_t count_normals(struct question *q)
{
    const size_t N = question_size(q, 'N');
    if (!question_has(q, "normal"))
        return N;
    const int *normal = question_integers(q, "normal", "N", 0, 1);
    size_t count = 0;
    for (size_t n = 0; n < N; n++)
        count += normal[n] != 0;
    if (count == 0)
        question_refuse(q, "its 'normal' has no 1; give a sample to learn from");
    return count;
}

void reconstruction_error_run(struct question *q)
{
    static const char *const forms[] = {"squared", "root", "absolute", NULL};
    static const char *const means[] = {"mean", "sum", NULL};
    const scalar *y = question_input(q, "y", "[N]K"), *t = question_input(q, "t", "[N]K");
    const size_t rows = question_part(q, 'N'), K = question_size(q, 'K');
    if (question_size(q, 'N') == 0 || K == 0)
        question_refuse(q, "its 'y' has no elements; give at least one");
    const size_t normals = count_normals(q);
    const int *normal = NULL;
    if (question_has(q, "normal"))
        normal = question_integers(q, "normal", "[N]", 0, 1);
    const enum form form = (enum form)question_choice(q, "error", forms);
    const scalar divisor = question_choice(q, "over", means) == 1 ? 1 : (scalar)K;
    const scalar W = question_choice(q, "reduction", means) == 1 ? 1 : (scalar)normals;
    const scalar dloss = question_has(q, "dloss") ? *question_input(q, "dloss", "") : 1;
    scalar *error = question_output(q, "error", "[N]"), *dy = question_output(q, "dy", "[N]K");
    scalar *r = question_scratch(q, rows * K), *counted = question_scratch(q, rows), total;
    for (size_t i = 0; i < rows * K; i++)
        r[i] = y[i] - t[i];
    evaluate(question_team(q), form, divisor, rows, K, r, error, dy);
    for (size_t i = 0; i < rows * K; i++) {
        const bool learnt = normal == NULL || normal[i / K] != 0;
        counted[i / K] = learnt ? error[i / K] : 0;
        dy[i] = learnt ? dy[i] * dloss / W : 0;
    }
    loss_sum_rows(q, 'N', 1, counted, &total);
    question_output(q, "loss", "")[0] = total / W;
}
