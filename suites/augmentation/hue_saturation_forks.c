// SPDX-License-Identifier: MIT
#include "../../reference/augmentation/hue_saturation.h"
#include "../fork.h"

enum {
    BY_DISTANCE_OF_HUES, /* (correct) */
    HUE_REVERSED,
    HUE_IN_SEXTANTS,
    HUE_IGNORED,
    HUE_NOT_WRAPPED,
    HUE_BOUNDED,
    SATURATION_OF_LIGHTNESS,
    SATURATION_IS_CHROMA,
    SATURATION_IGNORED,
    SATURATION_UNBOUNDED,
    SATURATION_FROM_VALUE,
    VALUE_IGNORED,
    VALUE_UNBOUNDED,
    VALUE_IS_MEAN,
    CHANNELS_REVERSED,
    FIRST_FOR_ALL,
    GREY_IS_BLUE,
    OTHER_GREY,
    OTHER_METHOD,
    HUE_DETACHED,
    SATURATION_DETACHED,
    VALUE_DETACHED,
    SMALLEST_DETACHED,
    BOUNDS_PASS,
    LAST_LARGEST,
    FIRST_SMALLEST
};

/* Values that carry their three derivatives: the gradient follows from the forward formula. */
struct dual {
    real v, g[3];
};

static struct dual constant(real v)
{
    return (struct dual){v, {0, 0, 0}};
}

/* a + f b. */
static struct dual plus(struct dual a, real f, struct dual b)
{
    a.v = a.v + f * b.v;
    for (int k = 0; k < 3; k++)
        a.g[k] = a.g[k] + f * b.g[k];
    return a;
}

static struct dual times(struct dual a, struct dual b)
{
    struct dual c = {a.v * b.v, {0, 0, 0}};
    for (int k = 0; k < 3; k++)
        c.g[k] = a.g[k] * b.v + a.v * b.g[k];
    return c;
}

static struct dual over(struct dual a, struct dual b)
{
    struct dual c = {a.v / b.v, {0, 0, 0}};
    for (int k = 0; k < 3; k++)
        c.g[k] = (a.g[k] - c.v * b.g[k]) / b.v;
    return c;
}

static struct dual detached(struct dual a, int yes)
{
    return yes ? constant(a.v) : a;
}

static struct dual clamp(struct dual a, real low, real high, int pass)
{
    real v = a.v < low ? low : a.v > high ? high : a.v;
    if (a.v <= low || a.v >= high)
        a = detached(a, !pass);
    a.v = v;
    return a;
}

struct rules {
    int variant, shift, keep;
    real hue, saturation, value;
};

static struct dual changed(struct dual a, real by, int shift, int bounded, int pass)
{
    struct dual b = shift ? plus(a, 1, constant(by)) : times(a, constant(by));
    if (!bounded || (!shift && b.v <= 0))
        return b;
    return clamp(b, 0, 1, pass);
}

/* The hue in sextants, of a pixel whose chroma is d. */
static struct dual hue_of(const struct dual x[3], int top, struct dual d, int variant)
{
    int one = (top + 1) % 3, other = (top + 2) % 3;
    if (!(d.v > 0))
        return constant(variant == GREY_IS_BLUE ? 4 : 0);
    struct dual h = over(plus(x[one], -1, x[other]), d);
    h.v = h.v + 2 * (real)top;
    if (h.v < 0)
        h.v = h.v + 6;
    return h;
}

static struct dual turned(struct dual h, const struct rules *is)
{
    real by = is->variant == HUE_REVERSED      ? -6 * is->hue
              : is->variant == HUE_IN_SEXTANTS ? is->hue
              : is->variant == HUE_IGNORED     ? 0
                                               : 6 * is->hue;
    h.v = h.v + by;
    if (is->variant == HUE_BOUNDED)
        return clamp(h, 0, 6, 0);
    while (h.v < 0 && is->variant != HUE_NOT_WRAPPED)
        h.v = h.v + 6;
    while (h.v >= 6 && is->variant != HUE_NOT_WRAPPED)
        h.v = h.v - 6;
    return detached(h, is->variant == HUE_DETACHED);
}

/* Twice-folded distance of the hue from that of channel c: its weight. */
static struct dual weight(struct dual h, int c)
{
    static const int centre[3] = {3, 2, 4};
    struct dual gap = plus(h, -1, constant((real)centre[c]));
    if (gap.v < 0)
        gap = times(gap, constant(-1));
    return c == 0 ? clamp(plus(constant(2), -1, gap), 0, 1, 0)
                  : clamp(plus(gap, -1, constant(1)), 0, 1, 0);
}

static struct dual saturation_of(struct dual d, struct dual V, int variant)
{
    if (variant == SATURATION_IS_CHROMA || !(V.v > 0))
        return variant == SATURATION_IS_CHROMA ? d : constant(0);
    struct dual twice = plus(times(V, constant(2)), -1, d), rest = plus(constant(2), -1, twice);
    if (variant == SATURATION_OF_LIGHTNESS)
        return d.v > 0 ? over(d, twice.v <= 1 ? twice : rest) : constant(0);
    return detached(over(d, V), variant == SATURATION_DETACHED);
}

static void pixel(const struct rules *is, const struct dual x[3], struct dual y[3])
{
    int top = 0, bottom = 0, v = is->variant, pass = v == BOUNDS_PASS;
    for (int c = 0; c < 3; c++) {
        if (x[c].v > x[top].v || (v == LAST_LARGEST && x[c].v == x[top].v))
            top = c;
        if (x[c].v < x[bottom].v || (v != FIRST_SMALLEST && x[c].v == x[bottom].v))
            bottom = c;
    }
    struct dual V = detached(x[top], v == VALUE_DETACHED);
    struct dual d = plus(x[top], -1, detached(x[bottom], v == SMALLEST_DETACHED));
    struct dual S = saturation_of(d, x[top], v), h = turned(hue_of(x, top, d, v), is);
    if (v == VALUE_IS_MEAN)
        V = times(plus(plus(x[0], 1, x[1]), 1, x[2]), constant(1 / R(3.0)));
    int shift = is->shift ^ (v == OTHER_METHOD);
    real neutral = shift ? 0 : 1;
    V = changed(V, v == VALUE_IGNORED ? neutral : is->value, shift, v != VALUE_UNBOUNDED, pass);
    S = changed(S,
                v == SATURATION_IGNORED      ? neutral
                : v == SATURATION_FROM_VALUE ? is->value
                                             : is->saturation,
                shift, v != SATURATION_UNBOUNDED, pass);
    if (!(d.v > 0) && (is->keep ^ (v == OTHER_GREY)))
        S = constant(0);
    for (int c = 0; c < 3; c++)
        y[c] = times(V, plus(constant(1), -1, times(S, weight(h, c))));
}

static void rival(struct call *call)
{
    static const char *const methods[] = {"scale", "shift", NULL};
    static const char *const greys[] = {"red", "kept", NULL};
    struct rules is = {.variant = call_variant(call),
                       .shift = call_choice(call, "method", methods),
                       .keep = call_choice(call, "grey", greys)};
    const real *x = call_input(call, "x", "NCHW"), *hue = call_input(call, "hue", "N");
    const real *saturation = call_input(call, "saturation", "N");
    const real *value = call_input(call, "value", "N");
    size_t N = call_size(call, 'N'), pixels = call_size(call, 'H') * call_size(call, 'W');
    if (call_size(call, 'C') != 3)
        call_fail(call, "input 'x' must have three channels");
    real *y = call_output(call, "y", "NCHW");
    const real *dy = call_has(call, "dy") ? call_input(call, "dy", "NCHW") : NULL;
    real *dx = dy ? call_output(call, "dx", "NCHW") : NULL;
    for (size_t k = N * pixels; k-- > 0;) {
        size_t n = k / pixels, at = n * 3 * pixels + k % pixels;
        size_t from = is.variant == FIRST_FOR_ALL ? 0 : n;
        int reversed = is.variant == CHANNELS_REVERSED;
        is.hue = hue[from];
        is.saturation = saturation[from];
        is.value = value[from];
        struct dual in[3], out[3];
        for (size_t c = 0; c < 3; c++) {
            in[c] = constant(x[at + (reversed ? 2 - c : c) * pixels]);
            in[c].g[c] = 1;
        }
        pixel(&is, in, out);
        for (size_t c = 0; c < 3; c++) {
            size_t place = at + (reversed ? 2 - c : c) * pixels;
            y[place] = out[c].v;
            for (size_t b = 0; dx && b < 3; b++)
                dx[place] += dy[at + (reversed ? 2 - b : b) * pixels] * out[b].g[c];
        }
    }
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"by_distance_of_hues", FORK_TWIN, "",
     "Channels follow from their distance in hue, gradients forwards from derivatives carried "
     "along.", NULL}, .answer = rival, .variant = BY_DISTANCE_OF_HUES},
    {.info = {"hue_reversed", FORK_CONVENTION, "", "The hue turns the other way.", NULL},
     .answer = rival, .variant = HUE_REVERSED},
    {.info = {"hue_in_sextants", FORK_CONVENTION, "", "Turns are taken for sixths of a turn.",
     NULL}, .answer = rival, .variant = HUE_IN_SEXTANTS},
    {.info = {"hue_ignored", FORK_BUG, "", "The hue stays.", NULL}, .answer = rival,
     .variant = HUE_IGNORED},
    {.info = {"hue_not_wrapped", FORK_BUG, "", "A hue beyond a turn is not brought back.", NULL},
     .answer = rival, .variant = HUE_NOT_WRAPPED},
    {.info = {"hue_bounded", FORK_BUG, "", "A hue beyond a turn is set to its end.", NULL},
     .answer = rival, .variant = HUE_BOUNDED},
    {.info = {"saturation_of_lightness", FORK_CONVENTION, "",
     "The saturation of HSL in the place of HSV's.", NULL}, .answer = rival,
     .variant = SATURATION_OF_LIGHTNESS},
    {.info = {"saturation_is_chroma", FORK_BUG, "", "The saturation is not divided by the value.",
     NULL}, .answer = rival, .variant = SATURATION_IS_CHROMA},
    {.info = {"saturation_ignored", FORK_BUG, "", "The saturation stays.", NULL}, .answer = rival,
     .variant = SATURATION_IGNORED},
    {.info = {"saturation_not_bounded", FORK_BUG, "",
     "A saturation above 1 gives negative channels.", NULL}, .answer = rival,
     .variant = SATURATION_UNBOUNDED},
    {.info = {"saturation_by_value", FORK_BUG, "",
     "The change of the value is used for the saturation as well.", NULL}, .answer = rival,
     .variant = SATURATION_FROM_VALUE},
    {.info = {"value_ignored", FORK_BUG, "", "The value stays.", NULL}, .answer = rival,
     .variant = VALUE_IGNORED},
    {.info = {"value_not_bounded", FORK_BUG, "", "A value above 1 stays.", NULL}, .answer = rival,
     .variant = VALUE_UNBOUNDED},
    {.info = {"value_is_mean", FORK_CONVENTION, "", "The mean channel is the value (HSI).", NULL},
     .answer = rival, .variant = VALUE_IS_MEAN},
    {.info = {"channels_reversed", FORK_BUG, "", "Blue, green, red: OpenCV's order.", NULL},
     .answer = rival, .variant = CHANNELS_REVERSED},
    {.info = {"first_image_for_all", FORK_CONVENTION, "",
     "All images share what was drawn for the first.", NULL}, .answer = rival,
     .variant = FIRST_FOR_ALL},
    {.info = {"grey_is_blue", FORK_BUG, "",
     "A grey falls through to the last branch: its hue is that of blue.", NULL}, .answer = rival,
     .variant = GREY_IS_BLUE},
    {.info = {"other_grey", FORK_CONVENTION, "",
     "Greys stay grey where they should turn red, or the reverse.", NULL}, .answer = rival,
     .variant = OTHER_GREY},
    {.info = {"other_method", FORK_CONVENTION, "",
     "Shifted where it should be scaled, or the reverse.", NULL}, .answer = rival,
     .variant = OTHER_METHOD},
    {.info = {"hue_detached", FORK_BUG, "", "No gradient passes through the hue.", NULL},
     .answer = rival, .variant = HUE_DETACHED},
    {.info = {"saturation_detached", FORK_BUG, "", "No gradient passes through the saturation.",
     NULL}, .answer = rival, .variant = SATURATION_DETACHED},
    {.info = {"value_detached", FORK_BUG, "", "No gradient passes through the value.", NULL},
     .answer = rival, .variant = VALUE_DETACHED},
    {.info = {"smallest_detached", FORK_BUG, "",
     "The smallest channel gets no gradient of the chroma.", NULL}, .answer = rival,
     .variant = SMALLEST_DETACHED},
    {.info = {"bounds_pass", FORK_BUG, "",
     "The gradient passes where saturation or value were bounded.", NULL}, .answer = rival,
     .variant = BOUNDS_PASS},
    {.info = {"last_of_largest", FORK_CONVENTION, "", "Of equal channels the last is the largest.",
     NULL}, .answer = rival, .variant = LAST_LARGEST},
    {.info = {"first_of_smallest", FORK_CONVENTION, "",
     "Of equal channels the first is the smallest.", NULL}, .answer = rival,
     .variant = FIRST_SMALLEST},
    /* clang-format on */
};

const struct fork_list hue_saturation_forks = {sizeof table / sizeof *table, table};
