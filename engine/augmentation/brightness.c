// SPDX-License-Identifier: MIT
/* Brightness of images; definition in reference/augmentation/brightness.h.
 *
 * How it is distributed: the images are sharded. Nothing crosses the network and nothing
 * is added over ranks.
 */
#include "colour.h"

void brightness_run(struct question *q)
{
    static const char *const methods[] = {"add", "multiply", NULL};
    const bool multiply = question_choice(q, "method", methods) == 1;
    const struct colours is = colours_read(q, multiply ? 0 : -__builtin_huge_val());
    for (size_t n = 0, size = is.C * is.pixels; n < is.images; n++) {
        const scalar *x = is.x + n * size;
        for (size_t i = 0; i < size; i++)
            is.passed[i] = multiply ? is.factor[n] * x[i] : x[i] + is.factor[n];
        colours_store(&is, n, is.passed);
        for (size_t i = 0; is.dx != NULL && i < size; i++)
            is.dx[n * size + i] = multiply ? is.factor[n] * is.passed[i] : is.passed[i];
    }
}
