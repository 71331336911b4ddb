// SPDX-License-Identifier: MIT
#include "truncated_normal.h"
#include "initialization.h"

struct truncation {
    int absolute;
    real mean, deviation, cutoff, low, high;
};

static struct truncation truncation_read(struct call *call)
{
    static const char *const bounds[] = {"deviations", "absolute", NULL};
    static const char *const corrections[] = {"no", "yes", NULL};
    struct truncation is = {.absolute = call_choice(call, "bounds", bounds)};
    int corrected = call_choice(call, "correction", corrections);
    is.mean = call_number_or(call, "mean", R(0.0));
    is.deviation = call_number_or(call, "standard_deviation", R(1.0));
    if (!(is.deviation > 0))
        call_fail(call, "number 'standard_deviation' must be above 0");
    is.cutoff = call_number_or(call, "cutoff", R(2.0));
    if (!(is.cutoff > 0))
        call_fail(call, "number 'cutoff' must be above 0, or nothing is inside");
    is.low = call_number_or(call, "low", R(-2.0));
    is.high = call_number_or(call, "high", R(2.0));
    if (!(is.low < is.high))
        call_fail(call, "number 'high' must be above 'low', or nothing is inside");
    if (corrected && (is.absolute || is.cutoff != 2))
        call_fail(call, "'correction' is known for a 'cutoff' of 2 deviations alone");
    if (corrected)
        is.deviation /= truncated_normal_correction(INITIAL_TRUNCATED_NORMAL);
    return is;
}

/* At least 0 where u is inside. */
static real room(const struct truncation *is, real u)
{
    if (!is->absolute)
        return is->cutoff - real_abs(u);
    real w = is->mean + is->deviation * u;
    real below = w - is->low, above = is->high - w;
    return below < above ? below : above;
}

void truncated_normal_answer(struct call *call)
{
    struct truncation is = truncation_read(call);
    const real *u = call_input(call, "deviate", "AIO");
    size_t A = call_size(call, 'A'), count = call_size(call, 'I') * call_size(call, 'O');
    real *w = call_output(call, "w", "IO"), *attempt = call_output_integers(call, "attempt", "IO");
    real *rooms = call_scratch(call, A);
    for (size_t i = 0; i < count; i++) {
        size_t a = 0;
        while (a < A && (rooms[a] = room(&is, u[a * count + i])) < 0)
            a++;
        if (a == A)
            call_fail(call, "input 'deviate' has no candidate inside for weight %zu", i);
        call_decisions(call, a + 1, rooms);
        w[i] = is.mean + is.deviation * u[a * count + i];
        attempt[i] = real_count(a);
    }
}
