// SPDX-License-Identifier: MIT
#include "../../reference/augmentation/augmentation_pipeline.h"
#include "../fork.h"

enum {
    FOLLOWED_BACK, /* (correct) */
    DRAWN_AS_VISITED,
    DRAWN_IN_BATCH,
    EPOCH_IGNORED,
    SAMPLE_IGNORED,
    DRAWS_TRANSPOSED,
    NEXT_EPOCH,
    CUMULATIVE,
    FLIP_INVERTED,
    FLIP_VERTICAL,
    SHIFT_REVERSED,
    SHIFTS_EXCHANGED,
    SHIFT_ONE_SIDED,
    LAST_SHIFT_LOST,
    LAST_CROP_LOST,
    CROP_CENTRED,
    CROPS_EXCHANGED,
    AMOUNTS_ROUNDED,
    FILL_ZERO,
    EDGE_REPEATED,
    WRAPPED,
    UNCLIPPED,
    CLIPPED_BELOW,
    FIRST_CHANNEL,
    FACTOR_ADDED_TO_ONE,
    RANGE_AS_SPREAD,
    VISITED_ONCE
};

struct rules {
    int variant, order, add;
    size_t N, C, H, W, P, Q, E, block;
    int shift;
    real flip_rate, fill, low, high;
};

struct amounts {
    int flipped, down, right, row, column;
    real factor;
};

static const real *draws_of(const struct rules *is, const real *uniform, size_t s, size_t e,
                            size_t n)
{
    size_t pair = e * is->N + n, all = is->E * is->N;
    switch (is->variant) {
    case DRAWN_AS_VISITED:
        pair = s % all;
        break;
    case DRAWN_IN_BATCH:
        pair = s % is->block % all;
        break;
    case EPOCH_IGNORED:
        pair = n;
        break;
    case SAMPLE_IGNORED:
        pair = e * is->N;
        break;
    case DRAWS_TRANSPOSED:
        pair = n * is->E + e;
        break;
    case NEXT_EPOCH:
        pair = (pair + is->N) % all;
        break;
    default:
        break;
    }
    return uniform + 6 * pair;
}

static int part_of(const struct rules *is, size_t count, int lost, real u)
{
    real exact = real_count(count - (lost && count > 1 ? 1 : 0)) * u;
    int part = (int)(exact + (is->variant == AMOUNTS_ROUNDED ? R(0.5) : 0));
    return part < (int)count ? part : (int)count - 1;
}

static struct amounts amounts_of(const struct rules *is, const real *u)
{
    size_t shifts = 2 * (size_t)is->shift + 1;
    int v = is->variant, exchanged = v == SHIFTS_EXCHANGED, crossed = v == CROPS_EXCHANGED;
    int least = v == SHIFT_ONE_SIDED ? 0 : is->shift;
    struct amounts by = {
        .flipped = (u[0] < is->flip_rate) ^ (v == FLIP_INVERTED),
        .down = part_of(is, shifts, v == LAST_SHIFT_LOST, u[exchanged ? 2 : 1]) - least,
        .right = part_of(is, shifts, v == LAST_SHIFT_LOST, u[exchanged ? 1 : 2]) - least,
        .row = part_of(is, is->H - is->P + 1, v == LAST_CROP_LOST, u[crossed ? 4 : 3]),
        .column = part_of(is, is->W - is->Q + 1, v == LAST_CROP_LOST, u[crossed ? 3 : 4]),
        .factor = is->high - (is->high - is->low) * (1 - u[5]),
    };
    if (v == CROP_CENTRED) {
        by.row = (int)(is->H - is->P) / 2;
        by.column = (int)(is->W - is->Q) / 2;
    }
    if (v == FACTOR_ADDED_TO_ONE)
        by.factor = 1 + by.factor;
    if (v == RANGE_AS_SPREAD)
        by.factor = is->low + is->high * u[5];
    return by;
}

static real brightened(const struct rules *is, real pixel, real factor)
{
    real v = is->add ? factor + pixel : factor * pixel;
    if (is->variant == UNCLIPPED)
        return v;
    v = v < 0 ? 0 : v;
    return v > 1 && is->variant != CLIPPED_BELOW ? 1 : v;
}

static int inside(int variant, int *at, int size)
{
    if (variant == EDGE_REPEATED)
        *at = *at < 0 ? 0 : *at >= size ? size - 1 : *at;
    while (variant == WRAPPED && (*at < 0 || *at >= size))
        *at += *at < 0 ? size : -size;
    return *at >= 0 && *at < size;
}

/* Pixel (h, w) of the result. The places of F, S, C and B in the four orders, counted from the end:
 * whoever comes later is undone first. */
static real follow(const struct rules *is, const struct amounts *by, const real *plane, int h,
                   int w, int first_channel)
{
    static const char *const undone[] = {"BCSF", "CSFB", "BFSC", "FSCB"};
    int rows = (int)is->P, columns = (int)is->Q, bright = 0;
    int sign = is->variant == SHIFT_REVERSED ? -1 : 1;
    int brightens = first_channel || is->variant != FIRST_CHANNEL;
    for (const char *step = undone[is->order]; *step; step++) {
        if (*step == 'B') {
            bright = brightens;
        } else if (*step == 'F' && by->flipped) {
            h = is->variant == FLIP_VERTICAL ? rows - 1 - h : h;
            w = is->variant == FLIP_VERTICAL ? w : columns - 1 - w;
        } else if (*step == 'C') {
            h += by->row;
            w += by->column;
            rows = (int)is->H;
            columns = (int)is->W;
        } else if (*step == 'S') {
            h -= sign * by->down;
            w -= sign * by->right;
            if (!inside(is->variant, &h, rows) || !inside(is->variant, &w, columns)) {
                real fill = is->variant == FILL_ZERO ? 0 : is->fill;
                return bright ? brightened(is, fill, by->factor) : fill;
            }
        }
    }
    return bright ? brightened(is, plane[(size_t)h * is->W + (size_t)w], by->factor)
                  : plane[(size_t)h * is->W + (size_t)w];
}

static struct rules read(struct call *call)
{
    static const char *const names[] = {"geometry_first", "brightness_first", "crop_first",
                                        "reversed", NULL};
    static const char *const methods[] = {"multiply", "add", NULL};
    struct rules is = {.variant = call_variant(call), .N = call_size(call, 'N')};
    is.C = call_size(call, 'C');
    is.H = call_size(call, 'H');
    is.W = call_size(call, 'W');
    is.block = call_block(call);
    is.order = call_choice(call, "order", names);
    is.add = call_choice(call, "brightness", methods);
    is.P = call_count_or(call, "height", is.H, 1, is.H);
    is.Q = call_count_or(call, "width", is.W, 1, is.W);
    is.shift = (int)call_count_or(call, "shift", 0, 0, 1 << 12);
    is.flip_rate = call_number_or(call, "flip_rate", R(0.5));
    is.fill = call_number_or(call, "fill", R(0.0));
    is.low = call_number_or(call, "low", R(1.0));
    is.high = call_number_or(call, "high", R(1.0));
    call_bind(call, 'P', is.P);
    call_bind(call, 'Q', is.Q);
    call_bind(call, 'D', 6);
    return is;
}

static void rival(struct call *call)
{
    const real *given = call_input(call, "x", "NCHW");
    struct rules is = read(call);
    const real *uniform = call_input(call, "uniform", "END");
    is.E = call_size(call, 'E');
    const int *epoch = call_integers(call, "epoch", "S", 0, (int)is.E - 1);
    const int *sample = call_integers(call, "sample", "S", 0, (int)is.N - 1);
    real *y = call_output(call, "y", "SCPQ"), *amount[6];
    static const char *const names[] = {"flipped", "down", "right", "row", "column"};
    for (size_t k = 0; k < 5; k++)
        amount[k] = call_output_integers(call, names[k], "S");
    amount[5] = call_output(call, "factor", "S");
    real *visits = call_output_integers(call, "visits", "N");
    size_t size = is.C * is.H * is.W, made = is.C * is.P * is.Q;
    real *x = call_scratch(call, is.N * size);
    for (size_t i = 0; i < is.N * size; i++)
        x[i] = given[i];
    for (size_t s = 0; s < call_size(call, 'S'); s++) {
        size_t n = (size_t)sample[s];
        const real *u = draws_of(&is, uniform, s, (size_t)epoch[s], n);
        struct amounts by = amounts_of(&is, u);
        for (size_t i = made; i-- > 0;) {
            size_t c = i / is.Q / is.P;
            y[s * made + i] = follow(&is, &by, x + n * size + c * is.H * is.W,
                                     (int)(i / is.Q % is.P), (int)(i % is.Q), c == 0);
        }
        for (size_t i = 0; is.variant == CUMULATIVE && made == size && i < size; i++)
            x[n * size + i] = y[s * made + i];
        real all[6] = {(real)by.flipped, (real)by.down,   (real)by.right,
                       (real)by.row,     (real)by.column, by.factor};
        for (size_t k = 0; k < 6; k++)
            amount[k][s] = all[k];
        visits[n] = is.variant == VISITED_ONCE ? 1 : visits[n] + 1;
    }
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"followed_back", FORK_TWIN, "",
     "Every pixel is followed back to where it comes from; the factor is counted from its upper "
     "bound.", NULL}, .answer = rival, .variant = FOLLOWED_BACK},
    {.info = {"drawn_as_visited", FORK_CONVENTION, "",
     "One generator is drawn from as samples come: the order of visits matters.", NULL},
     .answer = rival, .variant = DRAWN_AS_VISITED},
    {.info = {"drawn_by_place_in_batch", FORK_BUG, "",
     "Every batch draws the same again: a generator that is seeded anew.", NULL}, .answer = rival,
     .variant = DRAWN_IN_BATCH},
    {.info = {"same_in_every_epoch", FORK_BUG, "",
     "The epoch is ignored: a sample always looks alike.", NULL}, .answer = rival,
     .variant = EPOCH_IGNORED},
    {.info = {"same_for_every_sample", FORK_BUG, "",
     "The sample is ignored: an epoch changes all alike, as forked workers with one seed do.",
     NULL}, .answer = rival, .variant = SAMPLE_IGNORED},
    {.info = {"draws_transposed", FORK_BUG, "", "Draws are read as samples by epochs.", NULL},
     .answer = rival, .variant = DRAWS_TRANSPOSED},
    {.info = {"draws_of_next_epoch", FORK_BUG, "", "The epoch is counted from 1.", NULL},
     .answer = rival, .variant = NEXT_EPOCH},
    {.info = {"augmented_again", FORK_BUG, "",
     "The changed image replaces the original, and is changed again in the next epoch.", NULL},
     .answer = rival, .variant = CUMULATIVE},
    {.info = {"flip_inverted", FORK_BUG, "", "Flipped when the draw is above the rate.", NULL},
     .answer = rival, .variant = FLIP_INVERTED},
    {.info = {"flipped_upside_down", FORK_BUG, "", "The wrong axis is flipped.", NULL},
     .answer = rival, .variant = FLIP_VERTICAL},
    {.info = {"shift_reversed", FORK_CONVENTION, "", "The window moves instead of the image.",
     NULL}, .answer = rival, .variant = SHIFT_REVERSED},
    {.info = {"shifts_exchanged", FORK_BUG, "", "Down and right are exchanged.", NULL},
     .answer = rival, .variant = SHIFTS_EXCHANGED},
    {.info = {"shift_one_sided", FORK_BUG, "", "Shifts go down and right alone.", NULL},
     .answer = rival, .variant = SHIFT_ONE_SIDED},
    {.info = {"last_shift_lost", FORK_BUG, "", "The largest shift never happens.", NULL},
     .answer = rival, .variant = LAST_SHIFT_LOST},
    {.info = {"last_crop_lost", FORK_BUG, "", "The last place of the window never happens.", NULL},
     .answer = rival, .variant = LAST_CROP_LOST},
    {.info = {"crop_centred", FORK_CONVENTION, "",
     "The window is always in the middle, as when testing.", NULL}, .answer = rival,
     .variant = CROP_CENTRED},
    {.info = {"crops_exchanged", FORK_BUG, "",
     "Row and column of the window are drawn in each other's place.", NULL}, .answer = rival,
     .variant = CROPS_EXCHANGED},
    {.info = {"amounts_rounded", FORK_BUG, "",
     "Rounded to the nearest instead of down: ends are half as likely.", NULL}, .answer = rival,
     .variant = AMOUNTS_ROUNDED},
    {.info = {"filled_with_zero", FORK_BUG, "", "The fill is ignored.", NULL}, .answer = rival,
     .variant = FILL_ZERO},
    {.info = {"edge_repeated", FORK_CONVENTION, "", "The border is repeated instead of filled.",
     NULL}, .answer = rival, .variant = EDGE_REPEATED},
    {.info = {"wrapped", FORK_CONVENTION, "",
     "What leaves on one side comes in on the other (NumPy's roll).", NULL}, .answer = rival,
     .variant = WRAPPED},
    {.info = {"not_clipped", FORK_CONVENTION, "", "Brightness is not clipped.", NULL},
     .answer = rival, .variant = UNCLIPPED},
    {.info = {"clipped_below_alone", FORK_BUG, "", "White is not clipped.", NULL}, .answer = rival,
     .variant = CLIPPED_BELOW},
    {.info = {"first_channel_alone", FORK_BUG, "", "Only the first channel is brightened.", NULL},
     .answer = rival, .variant = FIRST_CHANNEL},
    {.info = {"factor_added_to_one", FORK_CONVENTION, "",
     "The range is one of changes: 1 is added to it.", NULL}, .answer = rival,
     .variant = FACTOR_ADDED_TO_ONE},
    {.info = {"range_taken_for_spread", FORK_BUG, "", "low + high u.", NULL}, .answer = rival,
     .variant = RANGE_AS_SPREAD},
    {.info = {"visited_once", FORK_BUG, "", "Repeated visits are not counted.", NULL},
     .answer = rival, .variant = VISITED_ONCE},
    {.info = {"geometry_always_first", FORK_CONVENTION, "",
     "Flip, shift, crop, brightness whatever is asked for.", NULL}, .instead = {"order",
     "geometry_first"}},
    {.info = {"brightness_always_first", FORK_CONVENTION, "",
     "Brightness, flip, shift, crop whatever is asked for.", NULL}, .instead = {"order",
     "brightness_first"}},
    {.info = {"crop_always_first", FORK_CONVENTION, "",
     "Crop, shift, flip, brightness whatever is asked for.", NULL}, .instead = {"order",
     "crop_first"}},
    {.info = {"always_reversed", FORK_CONVENTION, "",
     "Brightness, crop, shift, flip whatever is asked for.", NULL}, .instead = {"order",
     "reversed"}},
    {.info = {"brightness_always_multiplied", FORK_CONVENTION, "",
     "Multiplied where it is to be added.", NULL}, .instead = {"brightness", "multiply"}},
    /* clang-format on */
};

const struct fork_list augmentation_pipeline_forks = {sizeof table / sizeof *table, table};
