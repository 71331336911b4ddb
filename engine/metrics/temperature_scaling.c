// SPDX-License-Identifier: MIT
/* Temperature scaling; definition in reference/metrics/temperature_scaling.h.
 *
 * How it is distributed: the samples are sharded. In every step three sums cross the network, block
 * by block: the loss and its two derivatives. All ranks then take the same step.
 */
#include "../techniques.h"

struct problem {
    struct question *q;
    size_t N, K, rows;
    const scalar *z;
    const int *label;
    scalar *p; /* (rows,K) */
    struct reduction *sum;
};

/* Adds the loss and the derivatives of sample n at b = 1 / T. */
static void add_sample(const struct problem *a, size_t n, scalar b, scalar three[3])
{
    const struct kernels *kernels = question_team(a->q)->kernels;
    const scalar *z = a->z + n * a->K;
    scalar *p = a->p + n * a->K, largest = z[0] * b, sum = 0, mean = 0, spread = 0;
    for (size_t k = 1; k < a->K; k++)
        largest = z[k] * b > largest ? z[k] * b : largest;
    for (size_t k = 0; k < a->K; k++)
        p[k] = z[k] * b - largest;
    kernels->exponential(a->K, p, p);
    for (size_t k = 0; k < a->K; k++)
        sum += p[k];
    for (size_t k = 0; k < a->K; k++) {
        p[k] /= sum;
        mean += p[k] * z[k];
    }
    for (size_t k = 0; k < a->K; k++)
        spread += p[k] * ((z[k] - mean) * (z[k] - mean));
    kernels->logarithm(1, &sum, &sum);
    three[0] += sum - (z[a->label[n]] * b - largest);
    three[1] += mean - z[a->label[n]];
    three[2] += spread;
}

static void find_loss(const struct problem *a, scalar b, scalar three[3])
{
    for (size_t i = 0; i < reduction_pieces(a->sum); i++) {
        struct piece piece = reduction_piece(a->sum, i);
        scalar *leaf = reduction_leaf(a->sum);
        for (size_t n = piece.first; n < piece.first + piece.count; n++)
            add_sample(a, n, b, leaf);
        reduction_push(a->sum);
    }
    reduction_finish(a->sum, three);
    for (int i = 0; i < 3; i++)
        three[i] /= (scalar)a->N;
}

static scalar next(const struct problem *a, int method, scalar rate, scalar T,
                   const scalar three[3])
{
    scalar b = 1 / T, step = rate * (b * three[1]);
    if (method == 0 && !(three[2] > 0))
        question_refuse(a->q, "its 'logits' are equal in each sample; no temperature changes them");
    if (method == 2)
        question_team(a->q)->kernels->exponential(1, &step, &step);
    T = method == 0   ? 1 / (b - three[1] / three[2])
        : method == 1 ? T + rate * (b * b * three[1])
                      : T * step;
    if (!(T > 0))
        question_refuse(a->q, "its 'temperature' has led to %g; start elsewhere", (double)T);
    return T;
}

void temperature_scaling_run(struct question *q)
{
    static const char *const methods[] = {"newton", "gradient", "log_gradient", NULL};
    struct problem a = {.q = q, .z = question_input(q, "logits", "[N]K")};
    a.N = question_size(q, 'N');
    a.K = question_size(q, 'K');
    a.rows = question_part(q, 'N');
    if (a.N * a.K == 0)
        question_refuse(q, "its 'logits' are empty; give some");
    a.label = question_integers(q, "labels", "[N]", 0, (int)a.K - 1);
    int method = question_choice(q, "method", methods);
    size_t steps = question_count_or(q, "steps", 5, 1, 100);
    scalar T = question_number_or(q, "temperature", 1), three[3];
    scalar rate = method > 0 ? question_number(q, "rate") : 1;
    if (!(T > 0))
        question_refuse(q, "its 'temperature' is %g; it must be positive", (double)T);
    if (!(rate > 0))
        question_refuse(q, "its 'rate' is %g; it must be positive", (double)rate);
    question_bind(q, 'P', steps + 1);
    scalar *temperature = question_output(q, "temperature", "P");
    scalar *loss = question_output(q, "loss", "P");
    a.p = question_output(q, "probabilities", "[N]K");
    a.sum = question_sum(q, 'N', 3);
    for (size_t s = 0; s <= steps; s++) {
        temperature[s] = T;
        find_loss(&a, 1 / T, three);
        loss[s] = three[0];
        T = s < steps ? next(&a, method, rate, T, three) : T;
    }
}
