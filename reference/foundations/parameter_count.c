// SPDX-License-Identifier: MIT
#include "parameter_count.h"

enum { MOST = 1 << 24, COLUMNS = 6 };
enum kind {
    DENSE,
    CONVOLUTION,
    TRANSPOSED,
    POOLING,
    FLATTEN,
    ELEMENTWISE,
    BATCH_NORMALIZATION,
    RECURRENT,
    LSTM,
    GRU,
    SEPARABLE
};

/* The new height or width, 0 when the kernel does not fit. */
static size_t side(size_t n, const struct stack_layer *layer)
{
    size_t k = layer->kernel, s = layer->stride;
    if (layer->kind == TRANSPOSED)
        return layer->same ? n * s : (n - 1) * s + (k > s ? k : s);
    if (layer->same)
        return (n + s - 1) / s;
    return k > n ? 0 : (n - k) / s + 1;
}

static void set_shape(size_t *shape, size_t h, size_t w, size_t c)
{
    shape[0] = h;
    shape[1] = w;
    shape[2] = c;
}

static size_t parameters_of(const struct stack_layer *layer, size_t c, const size_t biases[2])
{
    size_t u = layer->units, area = layer->kernel * layer->kernel, b = layer->bias;
    switch (layer->kind) {
    case DENSE:
        return c * u + b * u;
    case CONVOLUTION:
    case TRANSPOSED:
        return area * c * u + b * u;
    case SEPARABLE:
        return area * c + c * u + b * u;
    case BATCH_NORMALIZATION:
        return 4 * c;
    case RECURRENT:
        return u * (u + c + b * biases[1]);
    case LSTM:
        return 4 * u * (u + c + b * biases[1]);
    case GRU:
        return 3 * u * (u + c + b * biases[0]);
    default:
        return 0;
    }
}

int parameter_count_layer(size_t *shape, size_t *parameters, size_t *trained,
                          const struct stack_layer *layer, const size_t biases[2])
{
    size_t h = shape[0], w = shape[1], c = shape[2];
    *parameters = parameters_of(layer, c, biases);
    *trained = layer->kind == BATCH_NORMALIZATION ? *parameters / 2 : *parameters;
    if (layer->kind == DENSE)
        set_shape(shape, h, w, layer->units);
    else if (layer->kind == FLATTEN)
        set_shape(shape, 1, 1, h * w * c);
    else if (layer->kind == POOLING)
        set_shape(shape, side(h, layer), side(w, layer), c);
    else if (layer->kind == CONVOLUTION || layer->kind == TRANSPOSED || layer->kind == SEPARABLE)
        set_shape(shape, side(h, layer), side(w, layer), layer->units);
    else if (layer->kind == RECURRENT || layer->kind == LSTM || layer->kind == GRU)
        set_shape(shape, 1, 1, layer->units);
    return shape[0] * shape[1] * shape[2] == 0 || shape[0] * shape[1] * shape[2] > MOST ||
                   *parameters > MOST
               ? -1
               : 0;
}

void parameter_count_answer(struct call *call)
{
    static const char *const copies[] = {"one", "two", NULL};
    call_bind(call, 'D', 3);
    call_bind(call, 'K', COLUMNS);
    const int *start = call_integers(call, "input_shape", "D", 1, 1 << 12);
    const int *row = call_integers(call, "layers", "LK", 0, 1 << 12);
    const size_t biases[] = {(size_t)call_choice(call, "gru_bias", copies) + 1,
                             (size_t)call_choice(call, "recurrent_bias", copies) + 1};
    real *shape_out = call_output_integers(call, "shape", "LD");
    real *parameters = call_output_integers(call, "parameters", "L");
    real *trained = call_output_integers(call, "trained", "L");
    size_t shape[] = {(size_t)start[0], (size_t)start[1], (size_t)start[2]};
    size_t total = 0, total_trained = 0;
    for (size_t l = 0; l < call_size(call, 'L'); l++, row += COLUMNS) {
        struct stack_layer layer = {row[0],         (size_t)row[1], (size_t)row[2],
                                    (size_t)row[3], (size_t)row[4], (size_t)row[5]};
        size_t count, count_trained;
        if (layer.kind > SEPARABLE || layer.stride == 0 || layer.kernel == 0 || layer.same > 1 ||
            layer.bias > 1 ||
            parameter_count_layer(shape, &count, &count_trained, &layer, biases) != 0)
            call_fail(call, "row %zu of input 'layers' does not fit the shape before it", l);
        total += count;
        total_trained += count_trained;
        parameters[l] = real_count(count);
        trained[l] = real_count(count_trained);
        for (size_t d = 0; d < 3; d++)
            shape_out[3 * l + d] = real_count(shape[d]);
    }
    if (total > MOST)
        call_fail(call, "input 'layers' has %zu parameters; at most %d are exact", total, MOST);
    *call_output_integers(call, "total", "") = real_count(total);
    *call_output_integers(call, "total_trained", "") = real_count(total_trained);
}
