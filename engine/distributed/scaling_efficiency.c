// SPDX-License-Identifier: MIT
/* Scaling efficiency; definition in reference/distributed/scaling_efficiency.h.
 *
 * How it is distributed: the runs are sharded in canonical blocks; every rank knows the baseline.
 * What crosses the network: the two sums of the fit, a chain in each block, then the fixed tree.
 */
#include "../techniques.h"

struct runs {
    const int *processors; /* of this rank */
    const scalar *time;
    int base_processors;
    scalar base_time, f;
    bool weak;
};

static struct runs read_runs(struct question *q)
{
    static const char *const scalings[] = {"strong", "weak", NULL};
    const int *processors = question_integers(q, "processors", "M", 1, 1 << 24);
    const scalar *time = question_input(q, "time", "M");
    struct runs runs = {.weak = question_choice(q, "scaling", scalings) == 1,
                        .f = question_number(q, "serial_fraction")};
    if (question_size(q, 'M') == 0)
        question_refuse(q, "its input 'processors' holds no run");
    if (!(runs.f >= 0 && runs.f <= 1))
        question_refuse(q, "its number 'serial_fraction' is outside of 0 to 1");
    for (size_t m = 0; m < question_size(q, 'M'); m++)
        if (!(time[m] > 0))
            question_refuse(q, "element %zu of its input 'time' is not above 0", m);
    runs.base_processors = processors[0];
    runs.base_time = time[0];
    runs.processors = question_integers(q, "processors", "[M]", 1, 1 << 24);
    runs.time = question_input(q, "time", "[M]");
    return runs;
}

void scaling_efficiency_run(struct question *q)
{
    const struct runs runs = read_runs(q);
    scalar *speedup = question_output(q, "speedup", "[M]");
    scalar *efficiency = question_output(q, "efficiency", "[M]");
    scalar *cost = question_output(q, "cost", "[M]"), *serial = question_output(q, "serial", "[M]");
    scalar *amdahl = question_output(q, "amdahl", "[M]");
    scalar *gustafson = question_output(q, "gustafson", "[M]");
    const scalar one = 1, f = runs.f;
    scalar *both = question_scratch(q, 2 * question_part(q, 'M'));
    struct reduction *sum = question_sum(q, 'M', 2);
    for (size_t b = 0; b < reduction_pieces(sum); b++) {
        const struct piece piece = reduction_piece(sum, b);
        scalar *leaf = reduction_leaf(sum);
        for (size_t m = piece.first; m < piece.first + piece.count; m++) {
            const scalar ratio = (scalar)runs.processors[m] / (scalar)runs.base_processors;
            const scalar gain = runs.base_time / runs.time[m];
            speedup[m] = runs.weak ? ratio * gain : gain;
            efficiency[m] = speedup[m] / ratio;
            cost[m] = (scalar)runs.processors[m] * runs.time[m];
            const scalar share = one / ratio, excess = one / speedup[m] - share;
            const scalar parallel = one - share;
            serial[m] = runs.processors[m] != runs.base_processors ? excess / parallel : 0;
            amdahl[m] = one / (f + (one - f) / ratio);
            gustafson[m] = f + (one - f) * ratio;
            both[2 * m] = excess;
            both[2 * m + 1] = parallel;
        }
        team_product(question_team(q), true, false, 2, 1, piece.count, both + 2 * piece.first, 2,
                     both + 2 * piece.first + 1, 2, leaf, 1);
        reduction_push(sum);
    }
    scalar total[2];
    reduction_finish(sum, total);
    *question_output(q, "fitted", "") = total[1] > 0 ? total[0] / total[1] : 0;
}
