// SPDX-License-Identifier: MIT
#include "shared_layers.h"

#include "dense_layer.h"

void shared_forward(const struct shared_layer *layer, struct layer_use *use)
{
    dense_layer_forward(use->a, use->x, layer->w, layer->b, use->N, layer->I, layer->H);
    for (size_t i = 0; i < use->N * layer->H; i++)
        use->a[i] = real_tanh(use->a[i]);
}

void shared_backward(const struct shared_layer *layer, struct layer_use *use)
{
    for (size_t i = 0; i < use->N * layer->H; i++)
        use->dz[i] = use->da[i] * (1 - use->a[i] * use->a[i]);
    dense_layer_backward(use->dx, use->dw, use->db, use->dz, use->x, layer->w, use->N, layer->I,
                         layer->H, layer->block);
}

static struct layer_use read_use(struct call *call, const struct shared_layer *layer, const char *x,
                                 const char *shape)
{
    struct layer_use use = {.x = call_input(call, x, shape)};
    use.N = call_size(call, shape[0]);
    if (use.N == 0)
        call_fail(call, "input '%s' holds no sample", x);
    use.dz = call_scratch(call, use.N * layer->H);
    use.dw = call_scratch(call, layer->I * layer->H);
    use.db = call_scratch(call, layer->H);
    return use;
}

/* The decoder's weights (H,O): the input v, or w transposed. */
static const real *read_decoder(struct call *call, const struct shared_layer *layer, int tied)
{
    if (!tied)
        return call_input(call, "v", "HO");
    if (call_has(call, "v"))
        call_fail(call, "convention 'tied' is yes, and there is an input 'v'");
    call_bind(call, 'O', layer->I);
    real *v = call_scratch(call, layer->I * layer->H);
    for (size_t i = 0; i < layer->I * layer->H; i++)
        v[i % layer->H * layer->I + i / layer->H] = layer->w[i];
    return v;
}

void shared_layers_answer(struct call *call)
{
    static const char *const no_yes[] = {"no", "yes", NULL};
    int tied = call_choice(call, "tied", no_yes);
    struct shared_layer layer = {call_input(call, "w", "IH"), call_input(call, "b", "H"), 0, 0,
                                 call_block(call)};
    size_t I = layer.I = call_size(call, 'I'), H = layer.H = call_size(call, 'H');
    struct layer_use first = read_use(call, &layer, "x", "NI"),
                     second = read_use(call, &layer, "s", "MI");
    const real *v = read_decoder(call, &layer, tied), *c = call_input(call, "c", "O");
    size_t N = first.N, O = call_size(call, 'O');
    const real *dcode = call_input(call, "dcode", "NH"), *dy = call_input(call, "doutput", "NO");
    real *total = call_scratch(call, N * H), *dw = call_output(call, "dw", "IH");
    real *db = call_output(call, "db", "H");
    first.a = call_output(call, "code", "NH");
    first.dx = call_output(call, "dx", "NI");
    second.a = call_output(call, "second", "MH");
    second.dx = call_output(call, "ds", "MI");
    second.da = call_input(call, "dsecond", "MH");
    first.da = total;
    shared_forward(&layer, &first);
    shared_forward(&layer, &second);
    dense_layer_forward(call_output(call, "output", "NO"), first.a, v, c, N, H, O);
    real *dv = tied ? call_scratch(call, H * O) : call_output(call, "dv", "HO");
    dense_layer_backward(NULL, dv, call_output(call, "dc", "O"), dy, first.a, v, N, H, O,
                         layer.block);
    for (size_t i = 0; i < N * H; i++)
        total[i] = sum_products(dcode[i], O, &dy[i / H * O], 1, &v[i % H * O], 1);
    shared_backward(&layer, &first);
    shared_backward(&layer, &second);
    for (size_t i = 0; i < I * H; i++)
        dw[i] = first.dw[i] + second.dw[i] + (tied ? dv[i % H * O + i / H] : 0);
    for (size_t h = 0; h < H; h++)
        db[h] = first.db[h] + second.db[h];
}
