// SPDX-License-Identifier: MIT
/* Alpha dropout; definition in reference/regularization/alpha_dropout.h.
 *
 * How it is distributed: the samples are sharded, and their masks with them. Each element is
 * computed alone; nothing crosses the network and nothing is added.
 */
#include "mask.h"

#ifdef SCALAR_F32
static const scalar ALPHA = -1.7580993408473768599402175208123f;
#else
static const scalar ALPHA = -1.7580993408473768599402175208123;
#endif

void alpha_dropout_run(struct question *q)
{
    static const char *const scopes[] = {"element", "channel", NULL};
    const struct survival survival = survival_read(q);
    if (!(survival.keep > 0))
        question_refuse(q, "its number 'p' silences every unit; give a rate below 1");
    const scalar *x = question_input(q, "x", "[N]CL");
    const bool channels = question_choice(q, "scope", scopes) == 1;
    const char *const shape = channels ? "[N]C" : "[N]CL";
    const size_t groups = question_part(q, 'N') * question_size(q, 'C'), L = question_size(q, 'L');
    const int *kept = mask_read(q, survival, shape);
    const scalar a = 1 / scalar_sqrt(survival.keep * (1 + survival.rate * (ALPHA * ALPHA)));
    const scalar b = -(a * survival.rate * ALPHA), silent = a * ALPHA + b;
    mask_write(q, shape, kept, channels ? groups : groups * L);
    const scalar *dy = question_has(q, "dy") ? question_input(q, "dy", "[N]CL") : NULL;
    scalar *y = question_output(q, "y", "[N]CL");
    scalar *dx = dy != NULL ? question_output(q, "dx", "[N]CL") : NULL;
    for (size_t g = 0; g < groups; g++)
        for (size_t i = g * L; i < (g + 1) * L; i++) {
            const bool lives = kept[channels ? g : i] != 0;
            y[i] = lives ? a * x[i] + b : silent;
            if (dx != NULL)
                dx[i] = lives ? a * dy[i] : 0;
        }
}
