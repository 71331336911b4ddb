// SPDX-License-Identifier: MIT
#include "../../reference/foundations/parameter_count.h"
#include "../fork.h"

enum { COLUMNS = 6 };
enum {
    DENSE,
    CONVOLUTION,
    TRANSPOSED,
    POOLING,
    FLATTEN,
    ELEMENTWISE,
    NORMALIZATION,
    RECURRENT,
    LSTM,
    GRU,
    SEPARABLE
};

/* One thing that a fork changes; the twin changes none. */
enum change {
    NOTHING,
    NO_BIASES,
    BIAS_PER_POSITION,
    SQUARE_FORGOTTEN,
    CHANNELS_FORGOTTEN,
    DENSE_FLATTENS,
    FLOOR_FOR_SAME,
    CEILING_FOR_VALID,
    ALWAYS_PADDED,
    NEVER_PADDED,
    TRANSPOSED_DOWN,
    TRANSPOSED_KERNEL_FORGOTTEN,
    STATISTICS_TRAINED,
    STATISTICS_NOT_COUNTED,
    GATES_OF_LSTM,
    SEPARABLE_AS_PLAIN,
    TIMES_STEPS,
    SIDES_SWAPPED
};

/* Counts the positions that a window can start at, one by one. */
static size_t walked(size_t n, size_t k, size_t s, size_t same)
{
    size_t places = 0;
    for (size_t at = 0; same ? at < n : at + k <= n; at += s)
        places++;
    return places;
}

/* Counts the last cell that any window writes: where the walk backwards ends. */
static size_t unrolled(size_t n, size_t k, size_t s, size_t same)
{
    size_t end = 0;
    for (size_t i = 0; i < n; i++)
        end = same ? end + s : i * s + (k > s ? k : s);
    return end;
}

static size_t side(size_t n, const int *row, enum change change)
{
    size_t k = (size_t)row[2], s = (size_t)row[3], same = (size_t)row[4];
    same = change == ALWAYS_PADDED ? 1 : change == NEVER_PADDED && n >= k ? 0 : same;
    if (row[0] == TRANSPOSED && change != TRANSPOSED_DOWN)
        return change == TRANSPOSED_KERNEL_FORGOTTEN ? n * s : unrolled(n, k, s, same);
    if (change == FLOOR_FOR_SAME && same)
        return n / s ? n / s : 1;
    if (change == CEILING_FOR_VALID && !same && n >= k)
        return (n - k + s - 1) / s + 1;
    size_t places = walked(n, k, s, same);
    return places ? places : 1;
}

/* Every weight matrix of the layer: inputs times outputs, then the biases. */
static size_t weights(const int *row, const size_t *shape, const size_t copies[2],
                      enum change change)
{
    size_t u = (size_t)row[1], k = (size_t)row[2], c = shape[2], count = 0;
    size_t bias = change == NO_BIASES ? 0 : (size_t)row[5] * u;
    size_t gates = row[0] == LSTM ? 4 : row[0] == GRU ? change == GATES_OF_LSTM ? 4 : 3 : 1;
    size_t area = change == SQUARE_FORGOTTEN ? k : k * k;
    if (row[0] == DENSE)
        return (change == DENSE_FLATTENS ? shape[0] * shape[1] * c : c) * u + bias;
    if (row[0] == CONVOLUTION || row[0] == TRANSPOSED ||
        (row[0] == SEPARABLE && change == SEPARABLE_AS_PLAIN))
        return area * (change == CHANNELS_FORGOTTEN ? 1 : c) * u + bias;
    if (row[0] == SEPARABLE)
        return area * c + c * u + bias;
    if (row[0] == NORMALIZATION)
        return change == STATISTICS_NOT_COUNTED ? 2 * c : 4 * c;
    if (row[0] < RECURRENT)
        return 0;
    for (size_t gate = 0; gate < gates; gate++)
        count += c * u + u * u + bias * copies[row[0] == GRU ? 0 : 1];
    return change == TIMES_STEPS ? count * shape[1] : count;
}

static void move(size_t *shape, const int *row, enum change change)
{
    size_t h = shape[0], w = shape[1], c = shape[2], u = (size_t)row[1];
    int spatial =
        row[0] == CONVOLUTION || row[0] == TRANSPOSED || row[0] == POOLING || row[0] == SEPARABLE;
    int has_units = row[0] == DENSE || row[0] >= RECURRENT || (spatial && row[0] != POOLING);
    int flat = row[0] == FLATTEN || (row[0] >= RECURRENT && row[0] <= GRU) ||
               (row[0] == DENSE && change == DENSE_FLATTENS);
    shape[0] = flat ? 1 : spatial ? side(h, row, change) : h;
    shape[1] = flat ? 1 : spatial ? side(w, row, change) : w;
    shape[2] = row[0] == FLATTEN ? h * w * c : has_units ? u : c;
}

static void summarise(struct call *call, enum change change)
{
    static const char *const names[] = {"one", "two", NULL};
    call_bind(call, 'D', 3);
    call_bind(call, 'K', COLUMNS);
    const int *start = call_integers(call, "input_shape", "D", 1, 1 << 12);
    const int *row = call_integers(call, "layers", "LK", 0, 1 << 12);
    const size_t copies[] = {(size_t)call_choice(call, "gru_bias", names) + 1,
                             (size_t)call_choice(call, "recurrent_bias", names) + 1};
    real *out = call_output_integers(call, "shape", "LD");
    real *parameters = call_output_integers(call, "parameters", "L");
    real *trained = call_output_integers(call, "trained", "L");
    real *total = call_output_integers(call, "total", "");
    real *total_trained = call_output_integers(call, "total_trained", "");
    size_t shape[] = {(size_t)start[0], (size_t)start[1], (size_t)start[2]};
    for (size_t l = 0; l < call_size(call, 'L'); l++, row += COLUMNS) {
        if (row[2] == 0 || row[3] == 0)
            call_fail(call, "row %zu of input 'layers' has no kernel or no stride", l);
        size_t count = weights(row, shape, copies, change);
        move(shape, row, change);
        if (change == BIAS_PER_POSITION && row[5] && row[0] <= TRANSPOSED)
            count += (shape[0] * shape[1] - 1) * shape[2];
        int half = row[0] == NORMALIZATION && change != STATISTICS_TRAINED &&
                   change != STATISTICS_NOT_COUNTED;
        parameters[l] = real_count(count);
        trained[l] = real_count(half ? count / 2 : count);
        *total += parameters[l];
        *total_trained += trained[l];
        for (size_t d = 0; d < 3; d++)
            out[3 * l + d] = real_count(shape[change == SIDES_SWAPPED && d < 2 ? 1 - d : d]);
    }
}

static void walk(struct call *call)
{
    summarise(call, NOTHING);
}
static void no_biases(struct call *call)
{
    summarise(call, NO_BIASES);
}
static void bias_per_position(struct call *call)
{
    summarise(call, BIAS_PER_POSITION);
}
static void square_forgotten(struct call *call)
{
    summarise(call, SQUARE_FORGOTTEN);
}
static void channels_forgotten(struct call *call)
{
    summarise(call, CHANNELS_FORGOTTEN);
}
static void dense_flattens(struct call *call)
{
    summarise(call, DENSE_FLATTENS);
}
static void floor_for_same(struct call *call)
{
    summarise(call, FLOOR_FOR_SAME);
}
static void ceiling_for_valid(struct call *call)
{
    summarise(call, CEILING_FOR_VALID);
}
static void always_padded(struct call *call)
{
    summarise(call, ALWAYS_PADDED);
}
static void never_padded(struct call *call)
{
    summarise(call, NEVER_PADDED);
}
static void transposed_down(struct call *call)
{
    summarise(call, TRANSPOSED_DOWN);
}
static void kernel_forgotten(struct call *call)
{
    summarise(call, TRANSPOSED_KERNEL_FORGOTTEN);
}
static void statistics_trained(struct call *call)
{
    summarise(call, STATISTICS_TRAINED);
}
static void statistics_not_counted(struct call *call)
{
    summarise(call, STATISTICS_NOT_COUNTED);
}
static void gates_of_lstm(struct call *call)
{
    summarise(call, GATES_OF_LSTM);
}
static void separable_as_plain(struct call *call)
{
    summarise(call, SEPARABLE_AS_PLAIN);
}
static void times_steps(struct call *call)
{
    summarise(call, TIMES_STEPS);
}
static void sides_swapped(struct call *call)
{
    summarise(call, SIDES_SWAPPED);
}

static const struct fork table[] = {
    {.info = {"walk", FORK_TWIN, "",
              "Lets the windows walk over the sides, and adds up matrix after matrix.", NULL},
     .answer = walk},
    {.info = {"no_biases", FORK_BUG, "", "Biases are not counted.", NULL}, .answer = no_biases},
    {.info = {"bias_per_position", FORK_CONVENTION, "",
              "A bias for every position of a feature map.", NULL},
     .answer = bias_per_position},
    {.info = {"square_forgotten", FORK_BUG, "", "Kernels have k weights, not k k.", NULL},
     .answer = square_forgotten},
    {.info = {"channels_forgotten", FORK_BUG, "", "Kernels see one channel.", NULL},
     .answer = channels_forgotten},
    {.info = {"dense_flattens", FORK_CONVENTION, "", "A dense layer flattens what is before it.",
              NULL},
     .answer = dense_flattens},
    {.info = {"floor_for_same", FORK_BUG, "", "floor(n / s) for padded layers.", NULL},
     .answer = floor_for_same},
    {.info = {"ceiling_for_valid", FORK_CONVENTION, "",
              "The last window may hang over: ceil instead of floor.", NULL},
     .answer = ceiling_for_valid},
    {.info = {"always_padded", FORK_CONVENTION, "", "Every layer is padded.", NULL},
     .answer = always_padded},
    {.info = {"never_padded", FORK_CONVENTION, "", "No layer is padded.", NULL},
     .answer = never_padded},
    {.info = {"transposed_down", FORK_BUG, "", "Transposed convolutions shrink their input.", NULL},
     .answer = transposed_down},
    {.info = {"transposed_kernel_forgotten", FORK_BUG, "153",
              "n s for transposed convolutions without padding too.", NULL},
     .answer = kernel_forgotten},
    {.info = {"statistics_trained", FORK_BUG, "",
              "The running statistics of a batch normalization count as trained.", NULL},
     .answer = statistics_trained},
    {.info = {"statistics_not_counted", FORK_CONVENTION, "",
              "The running statistics are no parameters: PyTorch's buffers.", NULL},
     .answer = statistics_not_counted},
    {.info = {"gru_with_two_biases", FORK_CONVENTION, "", "Two biases in every gate of a GRU.",
              NULL},
     .instead = {"gru_bias", "two"}},
    {.info = {"gru_with_one_bias", FORK_CONVENTION, "", "One bias in every gate of a GRU.", NULL},
     .instead = {"gru_bias", "one"}},
    {.info = {"recurrent_with_two_biases", FORK_CONVENTION, "174",
              "Two biases in LSTMs and simple recurrent layers.", NULL},
     .instead = {"recurrent_bias", "two"}},
    {.info = {"recurrent_with_one_bias", FORK_CONVENTION, "174", "One bias always.", NULL},
     .instead = {"recurrent_bias", "one"}},
    {.info = {"gates_of_lstm", FORK_BUG, "", "A GRU with four gates.", NULL},
     .answer = gates_of_lstm},
    {.info = {"separable_as_plain", FORK_BUG, "", "A separable convolution counted as a plain one.",
              NULL},
     .answer = separable_as_plain},
    {.info = {"times_steps", FORK_BUG, "", "Recurrent weights are counted at every step.", NULL},
     .answer = times_steps},
    {.info = {"sides_swapped", FORK_CONVENTION, "", "Shapes are written width first.", NULL},
     .answer = sides_swapped},
};

const struct fork_list parameter_count_forks = {sizeof table / sizeof *table, table};
