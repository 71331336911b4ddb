// SPDX-License-Identifier: MIT
/* Augmentation on the fly; definition in reference/augmentation/augmentation_pipeline.h.
 *
 * How it is distributed: the visits are sharded. Each rank looks up what was drawn for the epochs
 * and samples that it visits; so it does not matter who visits them. Images and draws are whole on
 * every rank. The numbers of visits are added over ranks, whole numbers, exactly.
 *
 * No image is moved here: every pixel of the result is followed back through the operations, from
 * the last to the first, to where it came from.
 */
#include "../techniques.h"

enum { DRAWN = 6, STEPS = 4 };

/* From the first operation to the last: Flip, Shift, Crop, Brightness. */
static const char *const sequences[] = {"FSCB", "BFSC", "CSFB", "BCSF"};

struct settings {
    const char *sequence;
    bool add;
    size_t C, H, W, P, Q, shift;
    scalar flip_rate, fill, low, high;
};

struct amounts {
    bool flipped;
    long down, right, row, column;
    scalar factor;
};

static long part_of(size_t count, scalar u)
{
    return (long)((scalar)count * u);
}

static struct amounts look_up(const struct settings *is, const scalar *u)
{
    const long shift = (long)is->shift;
    return (struct amounts){
        .flipped = u[0] < is->flip_rate,
        .down = part_of(2 * is->shift + 1, u[1]) - shift,
        .right = part_of(2 * is->shift + 1, u[2]) - shift,
        .row = part_of(is->H - is->P + 1, u[3]),
        .column = part_of(is->W - is->Q + 1, u[4]),
        .factor = is->low + (is->high - is->low) * u[5],
    };
}

static scalar brightened(const struct settings *is, scalar pixel, scalar factor)
{
    const scalar v = is->add ? pixel + factor : pixel * factor;
    return v <= 0 ? 0 : v >= 1 ? 1 : v;
}

/* Pixel (h, w) of the result, from its plane of the image. */
static scalar follow(const struct settings *is, const struct amounts *by, const scalar *plane,
                     long h, long w)
{
    long height = (long)is->P, width = (long)is->Q;
    bool bright = false, outside = false;
    for (size_t k = STEPS; k-- > 0 && !outside;) {
        const char step = is->sequence[k];
        if (step == 'B')
            bright = true;
        else if (step == 'F')
            w = by->flipped ? width - 1 - w : w;
        else if (step == 'C') {
            h += by->row;
            w += by->column;
            height = (long)is->H;
            width = (long)is->W;
        } else {
            h -= by->down;
            w -= by->right;
            outside = h < 0 || h >= height || w < 0 || w >= width;
        }
    }
    const scalar pixel = outside ? is->fill : plane[h * (long)is->W + w];
    return bright ? brightened(is, pixel, by->factor) : pixel;
}

static void read_settings(struct question *q, struct settings *is)
{
    static const char *const orders[] = {"geometry_first", "brightness_first", "crop_first",
                                         "reversed", NULL};
    static const char *const methods[] = {"multiply", "add", NULL};
    is->C = question_size(q, 'C');
    is->H = question_size(q, 'H');
    is->W = question_size(q, 'W');
    if (question_size(q, 'N') * is->C * is->H * is->W == 0)
        question_refuse(q, "its input 'x' has no pixels; give some");
    is->sequence = sequences[question_choice(q, "order", orders)];
    is->add = question_choice(q, "brightness", methods) == 1;
    is->P = question_count_or(q, "height", is->H, 1, is->H);
    is->Q = question_count_or(q, "width", is->W, 1, is->W);
    is->shift = question_count_or(q, "shift", 0, 0, 1 << 12);
    is->flip_rate = question_number_or(q, "flip_rate", (scalar)0.5);
    is->fill = question_number_or(q, "fill", 0);
    is->low = question_number_or(q, "low", 1);
    is->high = question_number_or(q, "high", 1);
    if (!(is->flip_rate >= 0 && is->flip_rate <= 1))
        question_refuse(q, "its number 'flip_rate' is no probability; give one from 0 to 1");
    if (!(is->high >= is->low))
        question_refuse(q, "its number 'high' is below 'low'; exchange them");
    question_bind(q, 'P', is->P);
    question_bind(q, 'Q', is->Q);
    question_bind(q, 'D', DRAWN);
}

static const scalar *read_draws(struct question *q)
{
    const scalar *uniform = question_input(q, "uniform", "END");
    for (size_t i = 0; i < question_size(q, 'E') * question_size(q, 'N') * DRAWN; i++)
        if (!(uniform[i] >= 0 && uniform[i] < 1))
            question_refuse(q, "its input 'uniform' leaves [0, 1); draw again");
    return uniform;
}

/* How often each sample was visited, by all ranks. */
static void count_visits(struct question *q, const int *sample, scalar *visits)
{
    const size_t N = question_size(q, 'N');
    long long *count = arena_take(question_arena(q), N, sizeof *count);
    for (size_t n = 0; n < N; n++)
        count[n] = 0;
    for (size_t s = 0; s < question_part(q, 'S'); s++)
        count[sample[s]]++;
    reduce_integers(question_team(q), count, N);
    for (size_t n = 0; n < N; n++)
        visits[n] = (scalar)count[n];
}

void augmentation_pipeline_run(struct question *q)
{
    const scalar *x = question_input(q, "x", "NCHW");
    struct settings is;
    read_settings(q, &is);
    const scalar *uniform = read_draws(q);
    const size_t N = question_size(q, 'N'), E = question_size(q, 'E');
    const int *epoch = question_integers(q, "epoch", "[S]", 0, (int)E - 1);
    const int *sample = question_integers(q, "sample", "[S]", 0, (int)N - 1);
    scalar *y = question_output(q, "y", "[S]CPQ");
    static const char *const names[] = {"flipped", "down", "right", "row", "column", "factor"};
    scalar *amount[DRAWN];
    for (size_t k = 0; k < DRAWN; k++)
        amount[k] = question_output(q, names[k], "[S]");
    count_visits(q, sample, question_output(q, "visits", "N"));
    for (size_t s = 0; s < question_part(q, 'S'); s++) {
        const size_t n = (size_t)sample[s];
        const struct amounts by = look_up(&is, uniform + ((size_t)epoch[s] * N + n) * DRAWN);
        for (size_t c = 0; c < is.C; c++)
            for (size_t h = 0; h < is.P; h++)
                for (size_t w = 0; w < is.Q; w++)
                    *y++ = follow(&is, &by, x + (n * is.C + c) * is.H * is.W, (long)h, (long)w);
        const scalar all[] = {by.flipped,     (scalar)by.down,   (scalar)by.right,
                              (scalar)by.row, (scalar)by.column, by.factor};
        for (size_t k = 0; k < DRAWN; k++)
            amount[k][s] = all[k];
    }
}
