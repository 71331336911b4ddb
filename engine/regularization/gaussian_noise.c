// SPDX-License-Identifier: MIT
/* Gaussian noise; definition in reference/regularization/gaussian_noise.h.
 *
 * How it is distributed: the samples are sharded, and their noise with them. Each element is
 * computed alone; nothing crosses the network and nothing is added over ranks.
 */
#include "../activations/activation.h"

#include <string.h>

struct settings {
    const scalar *noise; /* (rows, columns), times its deviation already; 1 is added to factors */
    bool multiply;
};

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    const struct settings *settings = node->settings;
    const scalar *x = node->input[0]->value, *noise = settings->noise;
    scalar *y = node->output->value;
    for (size_t i = 0; i < rows * node->output->columns; i++)
        y[i] = settings->multiply ? x[i] * noise[i] : x[i] + noise[i];
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    const struct settings *settings = node->settings;
    const scalar *dy = node->output->gradient;
    scalar *dx = node->dx[0];
    for (size_t i = 0; i < rows * node->output->columns; i++)
        dx[i] = settings->multiply ? dy[i] * settings->noise[i] : dy[i];
}

static const struct operation gaussian_noise_operation = {"gaussian_noise", forward, backward,
                                                          NULL};

void gaussian_noise_run(struct question *q)
{
    static const char *const forms[] = {"add", "multiply", NULL};
    const bool multiply = question_choice(q, "form", forms) == 1;
    scalar deviation = question_number_or(q, "deviation", 0);
    if (deviation != question_number_or(q, "deviation", 1)) { /* not stated */
        const scalar p = question_number(q, "p");
        if (!(p >= 0 && p < 1))
            question_refuse(q, "its number 'p' is a rate; give one from 0 to below 1");
        deviation = scalar_sqrt(p / (1 - p));
    }
    if (!(deviation >= 0))
        question_refuse(q, "its number 'deviation' is negative; give 0 or more");
    const scalar *x = question_input(q, "x", "[N]C");
    const scalar *standard = question_input(q, "noise", "[N]C");
    const size_t count = question_part(q, 'N') * question_size(q, 'C');
    scalar *noise = question_scratch(q, count);
    for (size_t i = 0; i < count; i++) {
        noise[i] = deviation * standard[i];
        noise[i] = multiply ? 1 + noise[i] : noise[i];
    }
    memcpy(question_output(q, "y_inference", "[N]C"), x, count * sizeof *x);
    activation_run(q, &gaussian_noise_operation, &(struct settings){noise, multiply});
}
