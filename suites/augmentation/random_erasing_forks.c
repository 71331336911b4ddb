// SPDX-License-Identifier: MIT
#include "../../reference/augmentation/random_erasing.h"
#include "../fork.h"

/* What a fork does differently; all 0 is the definition. */
struct oddity {
    int by_distance; /* (correct) twice the distance from the middle of the box */
    int other_anchor, exchanged, inclusive, first_box, first_channel, complement;
    int fill_zero, fill_one, gradient_kept, gradient_filled, halves_up, area_uncut, shifted_back;
};

struct span {
    int at, length, size; /* size: of the image */
};

static int covered(const struct span *s, int k, int centre, const struct oddity *odd)
{
    int half = odd->halves_up ? (s->length + 1) / 2 : s->length / 2;
    int begin = centre ? s->at - half : s->at;
    if (odd->shifted_back && begin + s->length > s->size)
        begin = s->size - s->length;
    if (odd->by_distance) {
        int distance = 2 * k + 1 - (2 * begin + s->length);
        return distance < s->length && -distance < s->length;
    }
    return k >= begin && k < begin + s->length + (odd->inclusive && s->length > 0);
}

static void run(struct call *call, struct oddity odd)
{
    static const char *const anchors[] = {"corner", "centre", NULL};
    const real *x = call_input(call, "x", "NCHW");
    size_t C = call_size(call, 'C'), H = call_size(call, 'H'), W = call_size(call, 'W');
    size_t count = call_size(call, 'N') * C * H * W;
    const int *row = call_integers(call, "row", "N", 0, (int)H - 1);
    const int *column = call_integers(call, "column", "N", 0, (int)W - 1);
    const int *height = call_integers(call, "height", "N", 0, 1 << 20);
    const int *width = call_integers(call, "width", "N", 0, 1 << 20);
    real fill = odd.fill_zero ? 0 : odd.fill_one ? 1 : call_number_or(call, "fill", 0);
    int centre = call_choice(call, "anchor", anchors) ^ odd.other_anchor;
    real *area = call_output_integers(call, "area", "N"), *y = call_output(call, "y", "NCHW");
    int gradient = call_has(call, "dy");
    const real *dy = gradient ? call_input(call, "dy", "NCHW") : call_scratch(call, count);
    real *dx = gradient ? call_output(call, "dx", "NCHW") : call_scratch(call, count);
    for (size_t i = count; i-- > 0;) {
        size_t n = i / W / H / C, c = i / W / H % C, box = odd.first_box ? 0 : n;
        struct span down = {row[box], odd.exchanged ? width[box] : height[box], (int)H};
        struct span across = {column[box], odd.exchanged ? height[box] : width[box], (int)W};
        int erased = covered(&down, (int)(i / W % H), centre, &odd) &&
                     covered(&across, (int)(i % W), centre, &odd);
        area[n] += erased && c == 0;
        if (odd.area_uncut)
            area[n] = (real)(height[n] * width[n]);
        erased = odd.complement ? !erased : erased && !(odd.first_channel && c > 0);
        y[i] = erased ? fill : x[i];
        dx[i] = erased && !odd.gradient_kept ? (odd.gradient_filled ? fill : 0) : dy[i];
    }
}

static void by_distance_from_middle(struct call *call)
{
    run(call, (struct oddity){.by_distance = 1});
}

static void anchor_exchanged(struct call *call)
{
    run(call, (struct oddity){.other_anchor = 1});
}

static void sides_exchanged(struct call *call)
{
    run(call, (struct oddity){.exchanged = 1});
}

static void one_pixel_larger(struct call *call)
{
    run(call, (struct oddity){.inclusive = 1});
}

static void first_box_for_all(struct call *call)
{
    run(call, (struct oddity){.first_box = 1});
}

static void first_channel_alone(struct call *call)
{
    run(call, (struct oddity){.first_channel = 1});
}

static void kept_and_erased_exchanged(struct call *call)
{
    run(call, (struct oddity){.complement = 1});
}

static void painted_with_zero(struct call *call)
{
    run(call, (struct oddity){.fill_zero = 1});
}

static void painted_with_one(struct call *call)
{
    run(call, (struct oddity){.fill_one = 1});
}

static void gradient_through_the_box(struct call *call)
{
    run(call, (struct oddity){.gradient_kept = 1});
}

static void fill_in_gradient(struct call *call)
{
    run(call, (struct oddity){.gradient_filled = 1});
}

static void halves_rounded_up(struct call *call)
{
    run(call, (struct oddity){.halves_up = 1});
}

static void area_not_cut(struct call *call)
{
    run(call, (struct oddity){.area_uncut = 1});
}

static void moved_into_the_image(struct call *call)
{
    run(call, (struct oddity){.shifted_back = 1});
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"by_distance_from_middle", FORK_TWIN, "",
     "A pixel is erased when it is nearer to the middle of the box than half of its size.", NULL},
     .answer = by_distance_from_middle},
    {.info = {"anchor_exchanged", FORK_CONVENTION, "",
     "The corner is taken for the centre, or the centre for the corner.", NULL},
     .answer = anchor_exchanged},
    {.info = {"sides_exchanged", FORK_BUG, "", "Height and width are exchanged.", NULL},
     .answer = sides_exchanged},
    {.info = {"one_pixel_larger", FORK_BUG, "", "The last row and column are included.", NULL},
     .answer = one_pixel_larger},
    {.info = {"first_box_for_all", FORK_CONVENTION, "", "All images share the box of the first.",
     NULL}, .answer = first_box_for_all},
    {.info = {"first_channel_alone", FORK_BUG, "", "Only the first channel is painted.", NULL},
     .answer = first_channel_alone},
    {.info = {"kept_and_erased_exchanged", FORK_BUG, "", "Everything but the box is painted over.",
     NULL}, .answer = kept_and_erased_exchanged},
    {.info = {"painted_with_zero", FORK_BUG, "", "The fill is ignored.", NULL},
     .answer = painted_with_zero},
    {.info = {"painted_with_one", FORK_BUG, "", "The fill is taken for 1.", NULL},
     .answer = painted_with_one},
    {.info = {"gradient_through_the_box", FORK_BUG, "",
     "The gradient passes through erased pixels.", NULL}, .answer = gradient_through_the_box},
    {.info = {"fill_in_gradient", FORK_BUG, "", "The gradient is painted with the fill as well.",
     NULL}, .answer = fill_in_gradient},
    {.info = {"halves_rounded_up", FORK_CONVENTION, "", "Half of an odd size is rounded up.", NULL},
     .answer = halves_rounded_up},
    {.info = {"area_not_cut", FORK_BUG, "", "The area counts pixels outside of the image.", NULL},
     .answer = area_not_cut},
    {.info = {"moved_into_the_image", FORK_CONVENTION, "",
     "A box beyond the border is moved back instead of cut off.", NULL},
     .answer = moved_into_the_image},
    /* clang-format on */
};

const struct fork_list random_erasing_forks = {sizeof table / sizeof *table, table};
