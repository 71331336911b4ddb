// SPDX-License-Identifier: MIT
#include "finite_check.h"

struct finite_check finite_read(struct call *call)
{
    static const char *const orders[] = {"backward", "forward", NULL};
    static const char *const actions[] = {"skip", "stop", "zero", NULL};
    struct finite_check f = {.forward = call_choice(call, "order", orders),
                             .action = (enum finite_action)call_choice(call, "action", actions),
                             .rate = call_number(call, "rate"),
                             .limit = call_number_or(call, "limit", R(-1.0))};
    f.limited = f.limit != -1;
    if (!(f.rate >= 0))
        call_fail(call, "number 'rate' must not be below 0");
    if (f.limited && !(f.limit > 0))
        call_fail(call, "number 'limit' must be above 0");
    f.a = call_input(call, "a", "TLC");
    f.b = call_input(call, "b", "TLC");
    f.start = call_input(call, "start", "LC");
    f.T = call_size(call, 'T');
    f.L = call_size(call, 'L');
    f.C = call_size(call, 'C');
    f.step = call_output_integers(call, "step", "");
    f.layer = call_output_integers(call, "layer", "");
    f.element = call_output_integers(call, "element", "");
    f.kind = call_output_integers(call, "kind", "");
    f.bad = call_output_integers(call, "bad", "T");
    f.w = call_output(call, "w", "TLC");
    f.g = call_scratch(call, f.T * f.L * f.C);
    for (size_t i = 0; i < f.T * f.L * f.C; i++)
        f.g[i] = f.a[i] / f.b[i];
    return f;
}

enum finite_kind finite_kind_of(const struct finite_check *f, real g)
{
    if (g != g)
        return NOT_A_NUMBER;
    if (g - g != 0)
        return INFINITE;
    return f->limited && real_abs(g) > f->limit ? BEYOND_LIMIT : FINITE;
}

void finite_find(const struct finite_check *f)
{
    int found = 0;
    *f->step = *f->layer = *f->element = -1;
    for (size_t i = 0; i < f->T * f->L * f->C; i++) {
        size_t t = i / f->C / f->L, k = i / f->C % f->L, c = i % f->C;
        size_t l = f->forward ? k : f->L - 1 - k;
        enum finite_kind kind = finite_kind_of(f, f->g[(t * f->L + l) * f->C + c]);
        if (kind == FINITE)
            continue;
        f->bad[t] += 1;
        if (found)
            continue;
        found = 1;
        *f->step = real_count(t);
        *f->layer = real_count(l);
        *f->element = real_count(c);
        *f->kind = real_count((size_t)kind);
    }
}

void finite_train(const struct finite_check *f)
{
    size_t count = f->L * f->C;
    int stopped = 0;
    for (size_t t = 0; t < f->T; t++) {
        const real *before = t > 0 ? &f->w[(t - 1) * count] : f->start, *g = &f->g[t * count];
        stopped = f->bad[t] > 0 || (stopped && f->action == ACTION_STOP);
        for (size_t i = 0; i < count; i++) {
            int stays = f->action == ACTION_ZERO ? finite_kind_of(f, g[i]) != FINITE : stopped;
            f->w[t * count + i] = stays ? before[i] : before[i] - f->rate * g[i];
        }
    }
}

void finite_check_answer(struct call *call)
{
    struct finite_check f = finite_read(call);
    finite_find(&f);
    finite_train(&f);
    size_t count = f.limited ? f.T * f.L * f.C : 0;
    real *distance = call_scratch(call, count);
    for (size_t i = 0; i < count; i++)
        distance[i] = f.g[i] - f.g[i] == 0 ? real_abs(f.g[i]) - f.limit : 1;
    call_decisions(call, count, distance);
}
