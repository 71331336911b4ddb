// SPDX-License-Identifier: MIT
/* Summary of a stack of layers; definition in reference/foundations/parameter_count.h.
 *
 * How it is distributed: not at all. Each shape follows from the one before it and the work is a
 * few whole numbers a layer, so every rank does all of it and nothing crosses the network.
 */
#include "../techniques.h"

enum { MOST = 1 << 24, COLUMNS = 6, KINDS = 11 };

/* What a kind of layer does to a shape, and which formula of count() it has. */
struct kind {
    bool spatial;    /* height and width go through side() */
    bool has_units;  /* channels become u */
    bool has_kernel; /* weights k k c u */
    size_t gates;    /* of a recurrent layer; 0 otherwise */
};

static const struct kind kinds[KINDS] = {
    {false, true, false, 0},  /* dense */
    {true, true, true, 0},    /* convolution */
    {true, true, true, 0},    /* transposed convolution */
    {true, false, false, 0},  /* pooling */
    {false, false, false, 0}, /* flatten */
    {false, false, false, 0}, /* elementwise */
    {false, false, false, 0}, /* batch normalization */
    {false, true, false, 1},  /* simple recurrent */
    {false, true, false, 4},  /* LSTM */
    {false, true, false, 3},  /* GRU */
    {true, true, true, 0},    /* separable convolution */
};
enum { TRANSPOSED = 2, FLATTEN = 4, BATCH_NORMALIZATION = 6, GRU = 9, SEPARABLE = 10 };

struct shape {
    long long height, width, channels;
};

static long long side(long long n, const int *row)
{
    long long k = row[2], s = row[3];
    if (row[0] == TRANSPOSED && row[4])
        return n * s;
    if (row[0] == TRANSPOSED)
        return n * s + (k > s ? k - s : 0);
    if (row[4])
        return n / s + (n % s != 0);
    return n < k ? 0 : (n - k + s) / s;
}

static long long count(const int *row, long long c, bool two_gru, bool two_recurrent)
{
    const struct kind *kind = &kinds[row[0]];
    long long u = row[1], k = row[2], bias = row[5];
    if (row[0] == BATCH_NORMALIZATION)
        return 4 * c;
    if (!kind->has_units)
        return 0;
    if (kind->gates != 0) {
        long long copies = (row[0] == GRU ? two_gru : two_recurrent) ? 2 : 1;
        return (long long)kind->gates * (u * u + c * u + copies * bias * u);
    }
    if (row[0] == SEPARABLE)
        return (k * k + u) * c + bias * u;
    return ((kind->has_kernel ? k * k : 1) * c + bias) * u;
}

static struct shape behind(const int *row, struct shape in)
{
    const struct kind *kind = &kinds[row[0]];
    struct shape out = in;
    if (row[0] == FLATTEN)
        return (struct shape){1, 1, in.height * in.width * in.channels};
    if (kind->spatial) {
        out.height = side(in.height, row);
        out.width = side(in.width, row);
    }
    if (kind->gates != 0)
        out.height = out.width = 1;
    if (kind->has_units)
        out.channels = row[1];
    return out;
}

static bool is_usable(const int *row, struct shape shape, long long parameters)
{
    long long size = shape.height * shape.width * shape.channels;
    return size > 0 && size <= MOST && parameters <= MOST && row[3] > 0 && row[4] <= 1 &&
           row[5] <= 1;
}

void parameter_count_run(struct question *q)
{
    static const char *const copies[] = {"one", "two", NULL};
    question_bind(q, 'D', 3);
    question_bind(q, 'K', COLUMNS);
    const int *start = question_integers(q, "input_shape", "D", 1, 1 << 12);
    const int *row = question_integers(q, "layers", "LK", 0, 1 << 12);
    bool two_gru = question_choice(q, "gru_bias", copies) == 1;
    bool two_recurrent = question_choice(q, "recurrent_bias", copies) == 1;
    scalar *shapes = question_output(q, "shape", "LD");
    scalar *parameters = question_output(q, "parameters", "L");
    scalar *trained = question_output(q, "trained", "L");
    struct shape shape = {start[0], start[1], start[2]};
    long long total = 0, total_trained = 0;
    for (size_t l = 0; l < question_size(q, 'L'); l++, row += COLUMNS) {
        if (row[0] >= KINDS || row[2] == 0 || row[3] == 0)
            question_refuse(q, "row %zu of input 'layers' has no kind, kernel or stride", l);
        long long all = count(row, shape.channels, two_gru, two_recurrent);
        long long updated = row[0] == BATCH_NORMALIZATION ? all / 2 : all;
        shape = behind(row, shape);
        if (!is_usable(row, shape, all))
            question_refuse(q, "row %zu of input 'layers' does not fit the shape before it", l);
        shapes[3 * l] = (scalar)shape.height;
        shapes[3 * l + 1] = (scalar)shape.width;
        shapes[3 * l + 2] = (scalar)shape.channels;
        parameters[l] = (scalar)all;
        trained[l] = (scalar)updated;
        total += all;
        total_trained += updated;
    }
    if (total > MOST)
        question_refuse(q, "it has %lld parameters; at most %d are exact", total, MOST);
    question_output(q, "total", "")[0] = (scalar)total;
    question_output(q, "total_trained", "")[0] = (scalar)total_trained;
}
