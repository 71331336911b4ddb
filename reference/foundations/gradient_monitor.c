// SPDX-License-Identifier: MIT
#include "gradient_monitor.h"

struct monitor monitor_read(struct call *call)
{
    static const char *const of[] = {"weights", "layer", NULL};
    struct monitor monitor = {0};
    struct sweep *train = &monitor.train;
    perceptron_read(call, &train->net);
    train->x = call_input(call, "x", "Na");
    train->N = call_size(call, 'N');
    train->block = call_block(call);
    perceptron_target(call, &train->labels, &train->targets);
    perceptron_allocate(call, &train->net, &train->batch, train->N);
    monitor.S = call_count(call, "steps", 1, 1 << 16);
    monitor.L = train->net.layers;
    monitor.rate = call_number(call, "rate");
    monitor.exploded = call_number_or(call, "exploded", R(1000.0));
    monitor.vanished = call_number_or(call, "vanished", R(0x1p-20));
    monitor.with_biases = call_choice(call, "of", of);
    if (!(monitor.rate >= 0))
        call_fail(call, "number 'rate' must not be negative");
    if (!(monitor.vanished <= monitor.exploded))
        call_fail(call, "number 'vanished' must not be above 'exploded'");
    call_bind(call, 'S', monitor.S);
    call_bind(call, 'L', monitor.L);
    return monitor;
}

static real norm_of(const struct monitor *monitor, size_t l)
{
    const struct sweep *train = &monitor->train;
    size_t I = train->net.size[l], O = train->net.size[l + 1];
    const real *dw = train->batch.dw[l], *db = train->batch.db[l];
    real squares = sum_products(0, I * O, dw, 1, dw, 1);
    if (monitor->with_biases)
        squares = sum_products(squares, O, db, 1, db, 1);
    return real_sqrt(squares);
}

void gradient_monitor_answer(struct call *call)
{
    struct monitor monitor = monitor_read(call);
    real *loss = call_output(call, "loss", "S"), *norm = call_output(call, "norm", "SL");
    real *flag = call_output_integers(call, "flag", "SL");
    for (size_t s = 0; s < monitor.S; s++) {
        loss[s] = sweep_gradient(call, &monitor.train);
        for (size_t l = 0; l < monitor.L; l++) {
            real is = norm_of(&monitor, l);
            real above = is - monitor.exploded, below = monitor.vanished - is;
            call_decisions(call, 1, &above);
            call_decisions(call, 1, &below);
            norm[s * monitor.L + l] = is;
            flag[s * monitor.L + l] = above > 0 ? 1 : below > 0 ? -1 : 0;
        }
        sweep_step(&monitor.train, monitor.rate);
    }
}
