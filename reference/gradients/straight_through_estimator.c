// SPDX-License-Identifier: MIT
#include "straight_through_estimator.h"

struct straight straight_read(struct call *call)
{
    static const char *const backward[] = {"clipped", "identity", NULL};
    struct straight s = {.identity = call_choice(call, "backward", backward),
                         .clip = call_number_or(call, "clip", R(1.0))};
    if (!(s.clip > 0))
        call_fail(call, "number 'clip' must be above 0");
    s.x = call_input(call, "x", "NC");
    s.dy = call_input(call, "dy", "NC");
    s.n = call_size(call, 'N') * call_size(call, 'C');
    s.y = call_output(call, "y", "NC");
    s.gradient = call_output(call, "gradient_x", "NC");
    return s;
}

void straight_through_estimator_answer(struct call *call)
{
    struct straight s = straight_read(call);
    real *distance = call_scratch(call, s.n);
    for (size_t i = 0; i < s.n; i++) {
        s.y[i] = s.x[i] >= 0 ? R(1.0) : R(-1.0);
        distance[i] = real_abs(s.x[i]) - s.clip;
        s.gradient[i] = s.identity || distance[i] <= 0 ? s.dy[i] : 0;
    }
    call_decisions(call, s.n, s.x);
    if (!s.identity)
        call_decisions(call, s.n, distance);
}
