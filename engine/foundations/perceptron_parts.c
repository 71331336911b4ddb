// SPDX-License-Identifier: MIT
/* Two operations of perceptrons alone: the binary loss of logits, and masks of hidden units. */
#include "perceptron.h"

/* Scratch of `rows` samples: losses of samples, then values, slopes, e^-|z| and log1p of it. */
static void binary_forward(const struct team *team, const struct node *node, size_t rows)
{
    const struct perceptron_binary *settings = node->settings;
    const size_t K = node->input[0]->columns, n = rows * K;
    const scalar *z = node->input[0]->value;
    scalar *value = node->scratch + rows, *slope = value + n, *e = slope + n, *l = e + n;
    for (size_t i = 0; i < n; i++)
        e[i] = -scalar_absolute(z[i]);
    team->kernels->exponential(n, e, e);
    team->kernels->logarithm_one_plus(n, l, e);
    for (size_t i = 0; i < n; i++) {
        const scalar t = settings->target[i], rest = 1 - t;
        const scalar large = 1 / (1 + e[i]), small = e[i] / (1 + e[i]);
        const scalar further = scalar_absolute(z[i]) + l[i];
        value[i] = z[i] < 0 ? t * further + rest * l[i] : t * l[i] + rest * further;
        slope[i] = z[i] < 0 ? rest * small - t * large : rest * large - t * small;
    }
    for (size_t r = 0; r < rows; r++) {
        node->scratch[r] = 0;
        for (size_t k = 0; k < K; k++)
            node->scratch[r] += value[r * K + k];
    }
}

static void binary_backward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    const struct perceptron_binary *settings = node->settings;
    const size_t n = rows * node->input[0]->columns;
    const scalar *slope = node->scratch + rows + n;
    for (size_t i = 0; i < n; i++)
        node->dx[0][i] = slope[i] / settings->W;
}

static void binary_sum(const struct team *team, const struct node *node, struct piece piece,
                       scalar *leaf)
{
    (void)team;
    for (size_t r = piece.first; r < piece.first + piece.count; r++)
        leaf[0] += node->scratch[r];
}

const struct operation perceptron_binary_operation = {"binary_cross_entropy", binary_forward,
                                                      binary_backward, binary_sum};

size_t perceptron_binary_scratch(size_t rows, size_t K)
{
    return rows + 4 * rows * K;
}

WIDE_VECTORS
static void mask_rows(scalar *restrict to, const scalar *restrict from, const int *restrict kept,
                      scalar scale, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const scalar scaled = scale * from[i];
        to[i] = kept[i] != 0 ? scaled : 0;
    }
}

static void mask_forward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    const struct perceptron_mask *mask = node->settings;
    mask_rows(node->output->value, node->input[0]->value, mask->kept, mask->scale,
              rows * node->output->columns);
}

static void mask_backward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    const struct perceptron_mask *mask = node->settings;
    mask_rows(node->dx[0], node->output->gradient, mask->kept, mask->scale,
              rows * node->output->columns);
}

const struct operation perceptron_mask_operation = {"mask", mask_forward, mask_backward, NULL};
