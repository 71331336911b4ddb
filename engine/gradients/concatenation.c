// SPDX-License-Identifier: MIT
/* Concatenation; definition in reference/gradients/concatenation.h.
 *
 * How it is distributed: the rows are sharded. Nothing crosses the network, nothing is computed.
 */
#include "../techniques.h"

#include <string.h>

void concatenation_run(struct question *q)
{
    static const char *const names[] = {"dx1", "dx2", "dx3"};
    static const char *const shapes[] = {"[N]A", "[N]B", "[N]C"};
    static const char *const without[] = {"none", "first", "second", "third", NULL};
    const int spared = question_choice(q, "without", without);
    const scalar *x[3];
    size_t width[3], total = 0, offset = 0;
    for (int k = 0; k < 3; k++) {
        x[k] = question_input(q, names[k] + 1, shapes[k]);
        total += width[k] = question_size(q, shapes[k][3]);
    }
    question_bind(q, 'T', total);
    const scalar *dy = question_input(q, "dy", "[N]T");
    scalar *y = question_output(q, "y", "[N]T");
    for (int k = 0; k < 3; offset += width[k], k++) {
        scalar *dx = spared == k + 1 ? NULL : question_output(q, names[k], shapes[k]);
        const size_t bytes = width[k] * sizeof *y;
        for (size_t n = 0; n < question_part(q, 'N'); n++) {
            memcpy(y + n * total + offset, x[k] + n * width[k], bytes);
            if (dx != NULL)
                memcpy(dx + n * width[k], dy + n * total + offset, bytes);
        }
    }
}
