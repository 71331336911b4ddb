// SPDX-License-Identifier: MIT
/* Guarded division; definition in reference/gradients/guarded_division.h.
 *
 * How it is distributed: the rows are sharded; each element is computed alone. Guarded elements
 * keep the zeros that gradients begin with.
 */
#include "../techniques.h"

void guarded_division_run(struct question *q)
{
    const scalar guard = question_number_or(q, "guard", 0), fill = question_number_or(q, "fill", 0);
    if (!(guard >= 0))
        question_refuse(q, "its number 'guard' must not be below 0");
    const scalar *a = question_input(q, "a", "[N]C"), *b = question_input(q, "b", "[N]C");
    const scalar *dy = question_input(q, "dy", "[N]C");
    const size_t count = question_part(q, 'N') * question_size(q, 'C');
    scalar *y = question_output(q, "y", "[N]C"), *da = question_output(q, "da", "[N]C");
    scalar *db = question_output(q, "db", "[N]C");
    for (size_t i = 0; i < count; i++) {
        y[i] = fill;
        if (scalar_absolute(b[i]) > guard) {
            y[i] = a[i] / b[i];
            da[i] = dy[i] / b[i];
            db[i] = -(da[i] * y[i]);
        }
    }
}
