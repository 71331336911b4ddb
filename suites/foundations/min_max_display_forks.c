// SPDX-License-Identifier: MIT
#include "../../reference/foundations/min_max_display.h"
#include "../fork.h"

struct run {
    const real *w;
    size_t H, V, I, O, channel;
    int by_filter;
    real *scaled, *tiles, *low, *high;
};

static struct run read(struct call *call)
{
    static const char *const ranges[] = {"tensor", "filter", NULL};
    struct run r = {.w = call_input(call, "w", "HVIO")};
    r.H = call_size(call, 'H');
    r.V = call_size(call, 'V');
    r.I = call_size(call, 'I');
    r.O = call_size(call, 'O');
    r.channel = call_count_or(call, "channel", 0, 0, r.I - 1);
    r.by_filter = call_choice(call, "range", ranges);
    r.scaled = call_output(call, "scaled", "HVIO");
    r.tiles = call_output(call, "tiles", "OHV");
    r.low = call_output(call, "low", "O");
    r.high = call_output(call, "high", "O");
    for (size_t o = 0; o < r.O; o++) {
        const real *from = r.by_filter ? &r.w[o] : r.w;
        size_t n = r.H * r.V * r.I;
        min_max_display_range(&r.low[o], &r.high[o], from, r.by_filter ? n : n * r.O,
                              r.by_filter ? r.O : 1);
    }
    return r;
}

/* scaled and tiles from value(w, low, high). */
static struct run show(struct call *call, real (*value)(real, real, real))
{
    struct run r = read(call);
    for (size_t i = 0; i < r.H * r.V * r.I * r.O; i++)
        r.scaled[i] = value(r.w[i], r.low[i % r.O], r.high[i % r.O]);
    for (size_t i = 0; i < r.O * r.H * r.V; i++)
        r.tiles[i] = r.scaled[(i % (r.H * r.V) * r.I + r.channel) * r.O + i / (r.H * r.V)];
    return r;
}

/* One minus the distance from the top, or the distance from the bottom, whichever is smaller. */
static real from_nearer_end(real w, real low, real high)
{
    if (high == low)
        return 0;
    return w - low < high - w ? (w - low) / (high - low) : 1 - (high - w) / (high - low);
}

static void nearer_end(struct call *call)
{
    show(call, from_nearer_end);
}

static real by_largest(real w, real low, real high)
{
    real size = real_abs(low) > real_abs(high) ? real_abs(low) : real_abs(high);
    return (w / size + 1) / 2;
}

static void symmetric(struct call *call)
{
    show(call, by_largest);
}

static real to_bytes(real w, real low, real high)
{
    return 255 * from_nearer_end(w, low, high);
}

static void bytes(struct call *call)
{
    show(call, to_bytes);
}

static real not_shifted(real w, real low, real high)
{
    return high == low ? 0 : w / (high - low);
}

static void low_not_subtracted(struct call *call)
{
    show(call, not_shifted);
}

static real by_high(real w, real low, real high)
{
    return high == low ? 0 : (w - low) / high;
}

static void divided_by_high(struct call *call)
{
    show(call, by_high);
}

static real turned(real w, real low, real high)
{
    return high == low ? 0 : (high - w) / (high - low);
}

static void inverted(struct call *call)
{
    show(call, turned);
}

static real with_epsilon(real w, real low, real high)
{
    return (w - low) / (high - low + R(1e-5));
}

static void epsilon_added(struct call *call)
{
    show(call, with_epsilon);
}

static real half_for_equal(real w, real low, real high)
{
    return high == low ? R(0.5) : from_nearer_end(w, low, high);
}

static void equal_is_grey(struct call *call)
{
    show(call, half_for_equal);
}

static void tiles_transposed(struct call *call)
{
    struct run r = show(call, from_nearer_end);
    size_t pixels = r.H * r.V;
    for (size_t i = 0; i < r.O * pixels; i++) {
        size_t k = i % pixels, at = k % r.H * r.V + k / r.H;
        r.tiles[i] = r.scaled[(at * r.I + r.channel) * r.O + i / pixels];
    }
}

static void channel_zero(struct call *call)
{
    struct run r = show(call, from_nearer_end);
    for (size_t i = 0; i < r.O * r.H * r.V; i++)
        r.tiles[i] = r.scaled[i % (r.H * r.V) * r.I * r.O + i / (r.H * r.V)];
}

static void tiles_not_scaled(struct call *call)
{
    struct run r = show(call, from_nearer_end);
    for (size_t i = 0; i < r.O * r.H * r.V; i++)
        r.tiles[i] = r.w[(i % (r.H * r.V) * r.I + r.channel) * r.O + i / (r.H * r.V)];
}

static const struct fork table[] = {
    {.info = {"nearer_end", FORK_TWIN, "", "Measures from the nearer end of the range.", NULL},
     .answer = nearer_end},
    {.info = {"each_filter", FORK_CONVENTION, "", "Every filter by itself, always.", NULL},
     .instead = {"range", "filter"}},
    {.info = {"whole_tensor", FORK_CONVENTION, "", "One range for all, always.", NULL},
     .instead = {"range", "tensor"}},
    {.info = {"symmetric", FORK_CONVENTION, "", "0 is grey: divided by the largest size.", NULL},
     .answer = symmetric},
    {.info = {"bytes", FORK_CONVENTION, "", "Stretched to 0..255.", NULL}, .answer = bytes},
    {.info = {"low_not_subtracted", FORK_BUG, "", "w / (high - low).", NULL},
     .answer = low_not_subtracted},
    {.info = {"divided_by_high", FORK_BUG, "", "(w - low) / high.", NULL},
     .answer = divided_by_high},
    {.info = {"inverted", FORK_BUG, "", "The largest weight is black.", NULL}, .answer = inverted},
    {.info = {"epsilon_added", FORK_CONVENTION, "", "1e-5 is added to the divisor.", NULL},
     .answer = epsilon_added},
    {.info = {"equal_is_grey", FORK_CONVENTION, "", "Equal weights are 1/2.", NULL},
     .answer = equal_is_grey},
    {.info = {"tiles_transposed", FORK_BUG, "", "Tiles are read column after column.", NULL},
     .answer = tiles_transposed},
    {.info = {"channel_zero", FORK_BUG, "", "Tiles of the first channel, always.", NULL},
     .answer = channel_zero},
    {.info = {"tiles_not_scaled", FORK_BUG, "", "Tiles show the weights as they are.", NULL},
     .answer = tiles_not_scaled},
};

const struct fork_list min_max_display_forks = {sizeof table / sizeof *table, table};
