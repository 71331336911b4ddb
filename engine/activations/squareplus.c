// SPDX-License-Identifier: MIT
/* Squareplus; definition in reference/activations/squareplus.h.
 *
 * How it is distributed: the samples are sharded. Each element is computed alone; nothing crosses
 * the network and nothing is added across elements.
 */
#include "activation.h"

struct settings {
    scalar b, root_of_b, derivative_at_zero;
};

/* sqrt(x^2 + b), in units of the larger of |x| and sqrt(b). */
static scalar root(scalar x, const struct settings *settings)
{
    const scalar a = scalar_absolute(x), c = settings->root_of_b;
    const scalar unit = a > c ? a : c, ratio = (a > c ? c : a) / unit;
    return unit > 0 ? unit * scalar_sqrt(1 + ratio * ratio) : 0;
}

/* To the left of 0 as a quotient, which does not cancel. */
static scalar value(scalar x, scalar r, const struct settings *settings)
{
    return x < 0 ? settings->b / 2 / (r - x) : (x + r) / 2;
}

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    const struct settings *settings = node->settings;
    const scalar *x = node->input[0]->value;
    scalar *y = node->output->value;
    (void)team;
    for (size_t i = 0, n = rows * node->output->columns; i < n; i++)
        y[i] = value(x[i], root(x[i], settings), settings);
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    const struct settings *settings = node->settings;
    const scalar *x = node->input[0]->value, *dy = node->output->gradient;
    scalar *dx = node->dx[0];
    (void)team;
    for (size_t i = 0, n = rows * node->output->columns; i < n; i++) {
        scalar r = root(x[i], settings);
        dx[i] = dy[i] * (r > 0 ? value(x[i], r, settings) / r : settings->derivative_at_zero);
    }
}

static const struct operation squareplus_operation = {"squareplus", forward, backward, NULL};

void squareplus_run(struct question *q)
{
    struct settings settings = {.b = question_number_or(q, "b", 4)};
    if (!(settings.b >= 0))
        question_refuse(q, "its number 'b' is %g; it must not be negative", (double)settings.b);
    settings.root_of_b = scalar_sqrt(settings.b);
    settings.derivative_at_zero = activation_at_zero(q, 0, 1);
    activation_run(q, &squareplus_operation, &settings);
}
