// SPDX-License-Identifier: MIT
#include "../lab/ask.h"

#include <math.h>

enum { STEPS = 2000, POINTS = 40, STREAM = 100 };

/* v (STEPS): the velocity of one weight whose gradient stays the same, over rate times gradient. */
static void follow(struct replica *r, const char *form, double momentum, float *v)
{
    float *gradient = lab_floats(r, STEPS), *rate = lab_floats(r, STEPS), w = 0;
    const double constant = 0.5 + lab_uniform(r, STREAM, 0), by = 0.1 * lab_uniform(r, STREAM, 1);
    for (size_t s = 0; s < STEPS; s++) {
        gradient[s] = (float)constant;
        rate[s] = (float)(0.01 + by);
    }
    struct ask *ask = ask_new(r, "momentum");
    ask_floats(ask, "g", 2, (size_t[]){STEPS, 1}, gradient);
    ask_floats(ask, "w", 1, (size_t[]){1}, &w);
    ask_floats(ask, "rate", 1, (size_t[]){STEPS}, rate);
    ask_choice(ask, "form", form);
    ask_number(ask, "momentum", momentum);
    ask_run(ask);
    const float *after = ask_output(ask, "v_after", STEPS);
    const bool is_inside =
        form[5] == 'i'; /* rate_inside: the rate is in v, which points downhill */
    for (size_t s = 0; s < STEPS; s++)
        v[s] = is_inside ? -after[s] / (rate[s] * gradient[s]) : after[s] / gradient[s];
}

void moving_average(struct replica *r)
{
    float *documents = lab_floats(r, STEPS), *average = lab_floats(r, STEPS);
    follow(r, "rate_inside", 0.9, documents);
    follow(r, "average", 0.9, average);
    for (size_t s = 0; s < POINTS; s++) {
        replica_point(r, 0, s, (double)documents[s]);
        replica_point(r, 1, s, (double)average[s]);
    }
    const double momentum = 0.5 + 0.45 * lab_uniform(r, STREAM, 2);
    follow(r, "rate_inside", momentum, documents);
    replica_effect(r, 0, 0.01 - fabs((double)documents[STEPS - 1] - 1));
}
