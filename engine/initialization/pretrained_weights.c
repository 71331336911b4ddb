// SPDX-License-Identifier: MIT
/* Pre-trained weights; definition in reference/initialization/pretrained_weights.h.
 *
 * How it is distributed: every rank loads all tensors and hashes them for itself; the samples are
 * sharded. The loss crosses the network, and so do the gradients of all four tensors, in one sum
 * over the canonical blocks. All ranks make the same step.
 */
#include "../operations.h"
#include "../techniques.h"

#include <stdint.h>
#include <string.h>

enum { W, B, HEAD, HEAD_BIAS, TENSORS };

struct settings {
    int head, base, transposed, zeros_if_missing;
    scalar rate[TENSORS], decay, scale;
};

static scalar at_least_zero(struct question *q, const char *name, scalar value)
{
    if (!(value >= 0))
        question_refuse(q, "its number '%s' must not be below 0", name);
    return value;
}

static struct settings read_settings(struct question *q)
{
    static const char *const heads[] = {"deviates", "zeros", "kept", NULL};
    static const char *const bases[] = {"frozen", "fine_tuned", "biases_tuned", NULL};
    static const char *const layouts[] = {"in_out", "out_in", NULL};
    static const char *const missing[] = {"refuse", "zeros", NULL};
    const scalar rate = at_least_zero(q, "rate", question_number(q, "rate"));
    const scalar base = at_least_zero(q, "base_rate", question_number_or(q, "base_rate", rate));
    const scalar decay = at_least_zero(q, "decay", question_number_or(q, "decay", 0));
    return (struct settings){.head = question_choice(q, "head", heads),
                             .base = question_choice(q, "base", bases),
                             .transposed = question_choice(q, "layout", layouts),
                             .zeros_if_missing = question_choice(q, "missing", missing),
                             .rate = {base, base, rate, rate},
                             .decay = decay,
                             .scale = question_number_or(q, "scale", 1)};
}

/* FNV-1a over the bytes of binary32, lowest first. */
static uint32_t hash(uint32_t h, const scalar *value, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const float stored = (float)value[i];
        uint32_t bits;
        memcpy(&bits, &stored, sizeof bits);
        for (unsigned shift = 0; shift < 32; shift += 8) {
            h ^= bits >> shift & 0xff;
            h *= 0x01000193;
        }
    }
    return h;
}

/* place: w (D,H), b (H), head (H,O), head_bias (O), one behind the other. Returns the hash. */
static uint32_t load(struct question *q, const struct settings *is, scalar *place)
{
    const scalar *w = question_input(q, "source_w", is->transposed ? "HD" : "DH");
    const size_t D = question_size(q, 'D'), H = question_size(q, 'H'), O = question_size(q, 'O');
    uint32_t h = hash(0x811c9dc5, w, D * H);
    for (size_t d = 0; d < D; d++)
        for (size_t k = 0; k < H; k++)
            place[d * H + k] = is->transposed ? w[k * D + d] : w[d * H + k];
    place += D * H;
    if (!is->zeros_if_missing || question_has(q, "source_b")) {
        memcpy(place, question_input(q, "source_b", "H"), H * sizeof *place);
        h = hash(h, place, H);
    }
    place += H;
    if (is->head == 0) {
        const scalar *deviates = question_input(q, "deviates", "HO");
        for (size_t i = 0; i < H * O; i++)
            place[i] = is->scale * deviates[i];
    } else if (is->head == 2) {
        memcpy(place, question_input(q, "source_head", "HO"), H * O * sizeof *place);
        h = hash(h, place, H * O);
    }
    return h;
}

static struct tensor *dense(struct tape *tape, struct tensor *x, size_t O)
{
    const size_t count = x->columns * O + O;
    return tape_record(tape, &(struct use){.operation = &dense_layer_operation,
                                           .input = {x},
                                           .columns = O,
                                           .parameters = count,
                                           .sums = count});
}

/* y's gradient, and the loss. */
static scalar compare(struct question *q, struct tensor *y, const scalar *t, size_t rows)
{
    const size_t O = y->columns;
    const scalar N = (scalar)question_size(q, 'N');
    scalar *row = question_scratch(q, rows), total;
    for (size_t i = 0; i < rows * O; i++)
        y->gradient[i] = y->value[i] - t[i];
    team_row_products(question_team(q), rows, O, y->gradient, y->gradient, row);
    struct reduction *sum = question_sum(q, 'N', 1);
    for (size_t k = 0; k < reduction_pieces(sum); k++) {
        const struct piece piece = reduction_piece(sum, k);
        scalar *leaf = reduction_leaf(sum);
        for (size_t n = piece.first; n < piece.first + piece.count; n++)
            leaf[0] += row[n];
        reduction_push(sum);
    }
    reduction_finish(sum, &total);
    for (size_t i = 0; i < rows * O; i++)
        y->gradient[i] /= N;
    y->has_gradient = true;
    return total / (2 * N);
}

static void put(struct question *q, const char *name, const char *shape, const scalar *value,
                size_t count)
{
    memcpy(question_output(q, name, shape), value, count * sizeof *value);
}

static void put_marks(struct question *q, uint32_t h, const bool frozen[TENSORS])
{
    question_bind(q, 'P', TENSORS);
    question_bind(q, 'Z', 2);
    scalar *mark = question_output(q, "frozen", "P"), *sum = question_output(q, "checksum", "Z");
    for (size_t k = 0; k < TENSORS; k++)
        mark[k] = frozen[k] ? 1 : 0;
    sum[0] = (scalar)(h >> 16);
    sum[1] = (scalar)(h & 0xffff);
}

void pretrained_weights_run(struct question *q)
{
    static const char *const names[] = {"w", "b", "head", "head_bias"};
    static const char *const afters[] = {"w_after", "b_after", "head_after", "head_bias_after"};
    static const char *const shapes[] = {"DH", "H", "HO", "O"};
    const struct settings is = read_settings(q);
    const scalar *x = question_input(q, "x", "[N]D"), *t = question_input(q, "t", "[N]O");
    question_input(q, "source_w", is.transposed ? "HD" : "DH");
    const size_t rows = question_part(q, 'N'), D = question_size(q, 'D');
    const size_t H = question_size(q, 'H'), O = question_size(q, 'O');
    const size_t count[] = {D * H, H, H * O, O};
    const bool frozen[] = {is.base != 1, is.base == 0, false, false};
    if (question_size(q, 'N') == 0)
        question_refuse(q, "its input 'x' has no samples");
    struct tape *tape = tape_create(question_arena(q), question_team(q), rows);
    struct tensor *in = tape_tensor(tape, D, true), *z = dense(tape, in, H);
    struct tensor *a =
        tape_record(tape, &(struct use){.operation = &tanh_operation, .input = {z}, .columns = H});
    struct tensor *y = dense(tape, a, O);
    tape_ready(tape);
    put_marks(q, load(q, &is, tape->parameter), frozen);
    memcpy(in->value, x, rows * D * sizeof *x);
    tape_forward(tape, rows);
    question_output(q, "loss", "")[0] = compare(q, y, t, rows);
    tape_backward(tape, rows);
    put(q, "y", "[N]O", y->value, rows * O);
    put(q, "dx", "[N]D", in->gradient, rows * D);
    scalar *gradient = question_scratch(q, tape->sums), *p = tape->parameter;
    struct reduction *sums = question_sum(q, 'N', tape->sums);
    tape_sum(tape, sums);
    reduction_finish(sums, gradient);
    put(q, "head_gradient", "HO", gradient + D * H + H, H * O);
    for (size_t k = 0; k < TENSORS; p += count[k], gradient += count[k], k++) {
        put(q, names[k], shapes[k], p, count[k]);
        for (size_t i = 0; !frozen[k] && i < count[k]; i++)
            p[i] -= is.rate[k] * (gradient[i] + is.decay * p[i]);
        put(q, afters[k], shapes[k], p, count[k]);
    }
}
