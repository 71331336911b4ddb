// SPDX-License-Identifier: MIT
/* Dead units; definition in reference/gradients/dead_units.h.
 *
 * How it is distributed: the samples are sharded. The number of samples on which each unit is
 * active crosses the network: whole numbers, which add up exactly in any order.
 */
#include "../techniques.h"

void dead_units_run(struct question *q)
{
    const scalar *a = question_input(q, "a", "[N]C");
    const size_t N = question_size(q, 'N'), C = question_size(q, 'C');
    const scalar threshold = question_number_or(q, "threshold", 0);
    if (!(threshold >= 0))
        question_refuse(q, "its number 'threshold' must not be below 0");
    if (N == 0 || C == 0)
        question_refuse(q, "it has no samples or no units, so its activity is 0 / 0");
    long long *active = arena_take(question_arena(q), C, sizeof *active), dead = 0;
    for (size_t i = 0; i < question_part(q, 'N') * C; i++)
        active[i % C] += scalar_absolute(a[i]) > threshold;
    reduce_integers(question_team(q), active, C);
    scalar *activity = question_output(q, "activity", "C");
    scalar *is_dead = question_output(q, "is_dead", "C");
    for (size_t c = 0; c < C; c++) {
        activity[c] = (scalar)active[c] / (scalar)N;
        is_dead[c] = active[c] == 0 ? 1 : 0;
        dead += active[c] == 0;
    }
    question_output(q, "fraction", "")[0] = (scalar)dead / (scalar)C;
}
