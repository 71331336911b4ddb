// SPDX-License-Identifier: MIT
/* Randomized leaky ReLU; definition in reference/activations/randomized_leaky_relu.h.
 *
 * How it is distributed: the samples are sharded, and their draws with them. Nothing crosses the
 * network but the news that some rank has an impossible draw.
 */
#include "activation.h"

struct settings {
    scalar lower, upper, kink;
    bool divided, inference;
};

static struct settings read_settings(struct question *q)
{
    static const char *const forms[] = {"multiplied", "divided", NULL};
    static const char *const modes[] = {"train", "inference", NULL};
    struct settings is = {.kink = activation_at_zero(q, 0, 1),
                          .divided = question_choice(q, "form", forms) == 1,
                          .inference = question_choice(q, "mode", modes) == 1};
    is.lower = question_number_or(q, "lower", is.divided ? 3 : (scalar)0.125);
    is.upper = question_number_or(q, "upper", is.divided ? 8 : 1 / (scalar)3);
    if (!(is.upper >= is.lower))
        question_refuse(q, "its number 'upper' is %g; it must not be below 'lower', %g",
                        (double)is.upper, (double)is.lower);
    if (is.divided && !(is.lower > 0))
        question_refuse(q, "its number 'lower' is %g; a divisor must be above 0", (double)is.lower);
    return is;
}

/* s of every element of this rank. */
static const scalar *find_slopes(struct question *q, const struct settings *is)
{
    const size_t count = question_part(q, 'N') * question_size(q, 'C');
    const scalar *uniform = is->inference ? NULL : question_input(q, "uniform", "[N]C");
    scalar *s = question_scratch(q, count), wrong = 0;
    for (size_t i = 0; i < count; i++) {
        if (uniform == NULL) {
            s[i] = (is->lower + is->upper) / 2;
            continue;
        }
        wrong = uniform[i] >= 0 && uniform[i] < 1 ? wrong : 1;
        s[i] = is->lower + (is->upper - is->lower) * uniform[i];
    }
    reduce_largest(question_team(q), &wrong, 1);
    if (wrong > 0)
        question_refuse(q, "its input 'uniform' has a draw outside [0, 1)");
    return s;
}

static scalar gradient(const struct settings *is, scalar dy, scalar x, scalar s)
{
    const scalar right = x < 0 ? 0 : x > 0 ? 1 : is->kink;
    if (right == 1)
        return dy;
    if (right > 0)
        return dy * ((1 + (is->divided ? 1 / s : s)) / 2);
    return is->divided ? dy / s : dy * s;
}

void randomized_leaky_relu_run(struct question *q)
{
    const scalar *x = question_input(q, "x", "[N]C");
    const size_t count = question_part(q, 'N') * question_size(q, 'C');
    const struct settings is = read_settings(q);
    const scalar *dy = question_has(q, "dy") ? question_input(q, "dy", "[N]C") : NULL;
    const scalar *s = find_slopes(q, &is);
    scalar *y = question_output(q, "y", "[N]C");
    for (size_t i = 0; i < count; i++)
        y[i] = x[i] > 0 ? x[i] : is.divided ? x[i] / s[i] : s[i] * x[i];
    if (dy == NULL)
        return;
    scalar *dx = question_output(q, "dx", "[N]C");
    for (size_t i = 0; i < count; i++)
        dx[i] = gradient(&is, dy[i], x[i], s[i]);
}
