// SPDX-License-Identifier: MIT
/* Dropout; definition in reference/regularization/dropout.h.
 *
 * How it is distributed: the samples are sharded, and their masks with them. Each element is
 * computed alone, with a scale that belongs to its sample; nothing crosses the network and nothing
 * is added over ranks, the survivors of a sample being counted where the sample is.
 */
#include "../activations/activation.h"
#include "mask.h"

struct settings {
    const int *kept;     /* (rows, columns) */
    const scalar *scale; /* (rows) */
};

static void mask_rows(scalar *to, const scalar *from, const struct settings *settings, size_t rows,
                      size_t columns)
{
    for (size_t n = 0; n < rows; n++) {
        const scalar scale = settings->scale[n];
        for (size_t i = n * columns; i < (n + 1) * columns; i++)
            to[i] = settings->kept[i] != 0 ? scale * from[i] : 0;
    }
}

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    mask_rows(node->output->value, node->input[0]->value, node->settings, rows,
              node->output->columns);
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    mask_rows(node->dx[0], node->output->gradient, node->settings, rows, node->output->columns);
}

static const struct operation dropout_operation = {"dropout", forward, backward, NULL};

static scalar realised_scale(const int *kept, size_t C)
{
    size_t survivors = 0;
    for (size_t c = 0; c < C; c++)
        survivors += (size_t)kept[c];
    return survivors == 0 ? 0 : (scalar)C / (scalar)survivors;
}

void dropout_run(struct question *q)
{
    static const char *const scalings[] = {"inverted", "classic", "realised", NULL};
    const struct survival survival = survival_read(q);
    const scalar *x = question_input(q, "x", "[N]C");
    const size_t rows = question_part(q, 'N'), C = question_size(q, 'C');
    const int *kept = mask_read(q, survival, "[N]C");
    const int scaling = question_choice(q, "scaling", scalings);
    const scalar inverse = survival.keep > 0 ? 1 / survival.keep : 0;
    scalar *scale = question_scratch(q, rows);
    for (size_t n = 0; n < rows; n++)
        scale[n] = scaling == 0 ? inverse : scaling == 1 ? 1 : realised_scale(kept + n * C, C);
    mask_write(q, "[N]C", kept, rows * C);
    const scalar factor = scaling == 1 ? survival.keep : 1;
    scalar *y_inference = question_output(q, "y_inference", "[N]C");
    for (size_t i = 0; i < rows * C; i++)
        y_inference[i] = factor * x[i];
    activation_run(q, &dropout_operation, &(struct settings){kept, scale});
}
