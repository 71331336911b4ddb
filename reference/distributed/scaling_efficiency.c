// SPDX-License-Identifier: MIT
#include "scaling_efficiency.h"

void scaling_efficiency_read(struct call *call, struct scaling_efficiency *s)
{
    static const char *const scalings[] = {"strong", "weak", NULL};
    *s = (struct scaling_efficiency){0};
    s->processors = call_integers(call, "processors", "M", 1, 1 << 24);
    s->time = call_input(call, "time", "M");
    s->M = call_size(call, 'M');
    s->weak = call_choice(call, "scaling", scalings);
    s->f = call_number(call, "serial_fraction");
    s->block = call_block(call);
    if (s->M == 0)
        call_fail(call, "input 'processors' holds no run");
    if (!(s->f >= 0 && s->f <= 1))
        call_fail(call, "number 'serial_fraction' must be from 0 to 1");
    for (size_t m = 0; m < s->M; m++)
        if (!(s->time[m] > 0))
            call_fail(call, "element %zu of input 'time' must be above 0", m);
}

void scaling_efficiency_answer(struct call *call)
{
    struct scaling_efficiency s;
    scaling_efficiency_read(call, &s);
    real *speedup = call_output(call, "speedup", "M");
    real *efficiency = call_output(call, "efficiency", "M"), *cost = call_output(call, "cost", "M");
    real *serial = call_output(call, "serial", "M"), *amdahl = call_output(call, "amdahl", "M");
    real *gustafson = call_output(call, "gustafson", "M");
    real *excess = call_scratch(call, s.M), *parallel = call_scratch(call, s.M);
    for (size_t m = 0; m < s.M; m++) {
        real q = (real)s.processors[m] / (real)s.processors[0], gain = s.time[0] / s.time[m];
        speedup[m] = s.weak ? q * gain : gain;
        efficiency[m] = speedup[m] / q;
        cost[m] = (real)s.processors[m] * s.time[m];
        excess[m] = 1 / speedup[m] - 1 / q;
        parallel[m] = 1 - 1 / q;
        serial[m] = s.processors[m] == s.processors[0] ? 0 : excess[m] / parallel[m];
        amdahl[m] = 1 / (s.f + (1 - s.f) / q);
        gustafson[m] = s.f + (1 - s.f) * q;
    }
    real above = sum_sample_products(s.M, s.block, excess, 1, parallel, 1);
    real below = sum_sample_products(s.M, s.block, parallel, 1, parallel, 1);
    *call_output(call, "fitted", "") = below > 0 ? above / below : 0;
}
