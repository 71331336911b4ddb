// SPDX-License-Identifier: MIT
#include "../../reference/augmentation/cutmix.h"
#include "../fork.h"

enum {
    BY_MASK, /* (correct) */
    LABELS_OF_LAMBDA,
    LABELS_EXCHANGED,
    LABELS_KEPT,
    LABELS_HALVED,
    LABELS_OF_PASTED,
    AREA_UNCUT,
    FIRST_BOX,
    INVERSE_PARTNER,
    NEXT_PARTNER,
    OUTSIDE_PASTED,
    ZERO_PASTED,
    FIRST_CHANNEL,
    SIDES_EXCHANGED,
    CENTRE_IS_CORNER,
    CORNER_IS_CENTRE,
    ODD_SIDES_KEPT,
    SHIFTED_BACK,
    SIDES_WITHOUT_ROOT,
    ROOT_OF_LAMBDA,
    SIDES_ROUNDED,
    ONE_PIXEL_LARGER,
    PASTED_ELSEWHERE,
    IN_PLACE,
    GRADIENT_UNMIXED,
    GRADIENT_OF_PARTNER_LOST,
    GRADIENT_OF_LAST,
    GRADIENT_INVERTED
};

struct line {
    int begin, end, uncut;
};

/* Which of `size` pixels are pasted; `length` is given, or negative: from `rest` = 1 - lambda. */
static struct line line_of(int variant, int at, int length, real rest, int size)
{
    real n = real_count((size_t)size);
    int before = 0, after = length;
    if (length < 0) {
        real side = variant == SIDES_WITHOUT_ROOT ? n * rest
                    : variant == ROOT_OF_LAMBDA   ? n * real_sqrt(1 - rest)
                                                  : n * real_sqrt(rest);
        int whole = (int)(side + (variant == SIDES_ROUNDED ? R(0.5) : 0));
        before = variant == CENTRE_IS_CORNER ? 0 : whole / 2;
        after = variant == CENTRE_IS_CORNER ? whole / 2 * 2
                : variant == ODD_SIDES_KEPT ? whole - before
                                            : whole / 2;
    } else if (variant == CORNER_IS_CENTRE) {
        before = length / 2;
        after = length - before;
    }
    struct line is = {at - before, at + after + (variant == ONE_PIXEL_LARGER), before + after};
    if (variant == SHIFTED_BACK && is.end > size)
        is = (struct line){size - is.uncut, size, is.uncut};
    if (variant == SHIFTED_BACK && is.begin < 0)
        is = (struct line){0, is.uncut, is.uncut};
    is.begin = is.begin < 0 ? 0 : is.begin;
    is.end = is.end > size ? size : is.end;
    return is;
}

struct batch {
    int variant, each, given, drawn;
    size_t N, C, H, W, K;
    const int *partner, *row, *column, *height, *width;
    const real *x, *t, *lambda, *upstream;
    real *x_mixed, *t_mixed, *area, *dx;
};

static void read(struct call *call, struct batch *is)
{
    static const char *const scopes[] = {"batch", "sample", NULL};
    static const char *const boxes[] = {"lambda", "given", NULL};
    static const char *const weights[] = {"area", "lambda", NULL};
    is->variant = call_variant(call);
    is->x = call_input(call, "x", "NCHW");
    is->t = call_input(call, "t", "NK");
    is->N = call_size(call, 'N');
    is->C = call_size(call, 'C');
    is->H = call_size(call, 'H');
    is->W = call_size(call, 'W');
    is->K = call_size(call, 'K');
    is->partner = call_integers(call, "partner", "N", 0, (int)is->N - 1);
    is->each = call_choice(call, "scope", scopes);
    is->given = call_choice(call, "box", boxes);
    is->drawn = call_choice(call, "labels", weights);
    is->row = call_integers(call, "row", "L", 0, (int)is->H - 1);
    is->column = call_integers(call, "column", "L", 0, (int)is->W - 1);
    is->height = is->given ? call_integers(call, "height", "L", 0, (int)is->H) : NULL;
    is->width = is->given ? call_integers(call, "width", "L", 0, (int)is->W) : NULL;
    is->lambda = call_has(call, "lambda") ? call_input(call, "lambda", "L") : NULL;
    is->area = call_output_integers(call, "area", "N");
    is->x_mixed = call_output(call, "x_mixed", "NCHW");
    is->t_mixed = call_output(call, "t_mixed", "NK");
    is->upstream = call_has(call, "dx_mixed") ? call_input(call, "dx_mixed", "NCHW") : NULL;
    is->dx = is->upstream ? call_output(call, "dx", "NCHW") : NULL;
}

static size_t partner_of(const struct batch *is, size_t n)
{
    if (is->variant == NEXT_PARTNER)
        return (n + 1) % is->N;
    for (size_t m = 0; is->variant == INVERSE_PARTNER && m < is->N; m++)
        if ((size_t)is->partner[m] == n)
            return m;
    return (size_t)is->partner[n];
}

/* The value that is pasted at element i of an image. */
static real pasted(const struct batch *is, const real *from, size_t other, size_t i)
{
    size_t size = is->C * is->H * is->W;
    if (is->variant == ZERO_PASTED)
        return 0;
    if (is->variant == PASTED_ELSEWHERE)
        return from[other * size + (i + 1) % size];
    return from[other * size + i];
}

static void mix(const struct batch *is, size_t n, struct line down, struct line across)
{
    size_t size = is->C * is->H * is->W, other = partner_of(is, n);
    const real *from = is->variant == IN_PLACE ? is->x_mixed : is->x;
    for (size_t i = size; i-- > 0;) {
        int h = (int)(i / is->W % is->H), w = (int)(i % is->W);
        int in = (h - down.begin + 1) * (down.end - h) > 0 && h >= down.begin &&
                 (w - across.begin + 1) * (across.end - w) > 0 && w >= across.begin;
        if (is->variant == FIRST_CHANNEL && i >= is->H * is->W)
            in = 0;
        if (is->variant == OUTSIDE_PASTED)
            in = !in;
        real mask = real_count((size_t)in);
        real two = in ? pasted(is, from, other, i) : 0;
        is->x_mixed[n * size + i] = (1 - mask) * is->x[n * size + i] + mask * two;
        if (!is->upstream)
            continue;
        real g = is->upstream[n * size + i];
        if (is->variant == GRADIENT_INVERTED)
            in = !in;
        if (is->variant == GRADIENT_UNMIXED)
            in = 0;
        real *to = &is->dx[(in ? other : n) * size + i];
        if (in && is->variant == GRADIENT_OF_PARTNER_LOST)
            continue;
        *to = is->variant == GRADIENT_OF_LAST ? g : *to + g;
    }
}

static real share_of(const struct batch *is, size_t l, real area, real uncut)
{
    real share = area / real_count(is->H * is->W);
    if (is->drawn)
        share = 1 - is->lambda[l];
    switch (is->variant) {
    case LABELS_OF_LAMBDA:
        return is->lambda ? 1 - is->lambda[l] : share;
    case LABELS_EXCHANGED:
        return 1 - share;
    case LABELS_KEPT:
        return 0;
    case LABELS_HALVED:
        return R(0.5);
    case LABELS_OF_PASTED:
        return share > R(0.5) ? 1 : 0;
    case AREA_UNCUT:
        return is->drawn ? share : uncut / real_count(is->H * is->W);
    default:
        return share;
    }
}

static void rival(struct call *call)
{
    struct batch is = {0};
    read(call, &is);
    for (size_t i = 0; is.variant == IN_PLACE && i < is.N * is.C * is.H * is.W; i++)
        is.x_mixed[i] = is.x[i];
    for (size_t n = 0; n < is.N; n++) {
        size_t l = is.each && is.variant != FIRST_BOX ? n : 0, other = partner_of(&is, n);
        real rest = is.given ? 0 : 1 - is.lambda[l];
        int height = is.given ? is.height[l] : -1, width = is.given ? is.width[l] : -1;
        int exchanged = is.variant == SIDES_EXCHANGED && is.given;
        struct line down =
            line_of(is.variant, is.row[l], exchanged ? width : height, rest, (int)is.H);
        struct line across =
            line_of(is.variant, is.column[l], exchanged ? height : width, rest, (int)is.W);
        mix(&is, n, down, across);
        int tall = down.end > down.begin ? down.end - down.begin : 0;
        int wide = across.end > across.begin ? across.end - across.begin : 0;
        is.area[n] = (real)(tall * wide);
        real share = share_of(&is, l, is.area[n], (real)(down.uncut * across.uncut));
        for (size_t k = is.K; k-- > 0;) {
            real one = is.t[n * is.K + k], two = is.t[other * is.K + k];
            is.t_mixed[n * is.K + k] = one + share * (two - one);
        }
    }
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"by_mask", FORK_TWIN, "",
     "A mask of zeros and ones multiplies both images; targets by their difference.", NULL},
     .answer = rival, .variant = BY_MASK},
    {.info = {"lambda_for_labels", FORK_CONVENTION, "",
     "The labels follow lambda instead of the area that was pasted.", NULL}, .answer = rival,
     .variant = LABELS_OF_LAMBDA},
    {.info = {"area_before_the_cut", FORK_BUG, "",
     "The labels follow the box before it was cut at the border.", NULL}, .answer = rival,
     .variant = AREA_UNCUT},
    {.info = {"labels_exchanged", FORK_BUG, "", "The targets have each other's shares.", NULL},
     .answer = rival, .variant = LABELS_EXCHANGED},
    {.info = {"labels_kept", FORK_BUG, "", "The targets are not mixed.", NULL}, .answer = rival,
     .variant = LABELS_KEPT},
    {.info = {"labels_halved", FORK_BUG, "", "Both targets count one half.", NULL}, .answer = rival,
     .variant = LABELS_HALVED},
    {.info = {"labels_of_larger_share", FORK_CONVENTION, "",
     "The target of the larger share alone.", NULL}, .answer = rival, .variant = LABELS_OF_PASTED},
    {.info = {"first_box_for_all", FORK_CONVENTION, "236",
     "One box and lambda for the batch where each image has its own.", NULL}, .answer = rival,
     .variant = FIRST_BOX},
    {.info = {"inverse_permutation", FORK_BUG, "",
     "The partner is the image whose partner this is.", NULL}, .answer = rival,
     .variant = INVERSE_PARTNER},
    {.info = {"neighbour_as_partner", FORK_CONVENTION, "",
     "The partner is the next image, whatever was drawn.", NULL}, .answer = rival,
     .variant = NEXT_PARTNER},
    {.info = {"outside_pasted", FORK_BUG, "", "The box is kept and all around it replaced.", NULL},
     .answer = rival, .variant = OUTSIDE_PASTED},
    {.info = {"zeros_pasted", FORK_CONVENTION, "", "The box is erased, as in cutout.", NULL},
     .answer = rival, .variant = ZERO_PASTED},
    {.info = {"first_channel_alone", FORK_BUG, "", "Only the first channel gets the box.", NULL},
     .answer = rival, .variant = FIRST_CHANNEL},
    {.info = {"sides_exchanged", FORK_BUG, "", "Height and width of the given box are exchanged.",
     NULL}, .answer = rival, .variant = SIDES_EXCHANGED},
    {.info = {"centre_taken_for_corner", FORK_CONVENTION, "",
     "The box begins where its centre should be.", NULL}, .answer = rival,
     .variant = CENTRE_IS_CORNER},
    {.info = {"corner_taken_for_centre", FORK_CONVENTION, "",
     "The given corner is taken for the centre.", NULL}, .answer = rival,
     .variant = CORNER_IS_CENTRE},
    {.info = {"odd_sides_kept", FORK_CONVENTION, "", "An odd side keeps its last pixel.", NULL},
     .answer = rival, .variant = ODD_SIDES_KEPT},
    {.info = {"moved_into_the_image", FORK_CONVENTION, "",
     "A box beyond the border is moved back instead of cut.", NULL}, .answer = rival,
     .variant = SHIFTED_BACK},
    {.info = {"sides_without_root", FORK_BUG, "",
     "The sides shrink by 1 - lambda, the area by its square.", NULL}, .answer = rival,
     .variant = SIDES_WITHOUT_ROOT},
    {.info = {"root_of_lambda", FORK_BUG, "", "lambda is the share of the box.", NULL},
     .answer = rival, .variant = ROOT_OF_LAMBDA},
    {.info = {"sides_rounded", FORK_CONVENTION, "",
     "Sides are rounded to the nearest whole number.", NULL}, .answer = rival,
     .variant = SIDES_ROUNDED},
    {.info = {"one_pixel_larger", FORK_BUG, "", "The last row and column are included.", NULL},
     .answer = rival, .variant = ONE_PIXEL_LARGER},
    {.info = {"pasted_from_elsewhere", FORK_BUG, "",
     "The box comes from a place one pixel further.", NULL}, .answer = rival,
     .variant = PASTED_ELSEWHERE},
    {.info = {"mixed_in_place", FORK_BUG, "",
     "Later images get boxes of images that were mixed already.", NULL}, .answer = rival,
     .variant = IN_PLACE},
    {.info = {"gradient_not_mixed", FORK_BUG, "", "The gradient of the box stays with its image.",
     NULL}, .answer = rival, .variant = GRADIENT_UNMIXED},
    {.info = {"gradient_of_partner_lost", FORK_BUG, "", "The pasted image is detached.", NULL},
     .answer = rival, .variant = GRADIENT_OF_PARTNER_LOST},
    {.info = {"gradient_of_last_alone", FORK_BUG, "",
     "Gradients of one image overwrite each other.", NULL}, .answer = rival,
     .variant = GRADIENT_OF_LAST},
    {.info = {"gradient_of_complement", FORK_BUG, "",
     "The gradient goes to the partner outside of the box.", NULL}, .answer = rival,
     .variant = GRADIENT_INVERTED},
    {.info = {"area_for_labels", FORK_CONVENTION, "",
     "The area that was pasted instead of the lambda that was asked for.", NULL},
     .instead = {"labels", "area"}},
    /* clang-format on */
};

const struct fork_list cutmix_forks = {sizeof table / sizeof *table, table};
