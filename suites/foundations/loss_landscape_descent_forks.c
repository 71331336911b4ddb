// SPDX-License-Identifier: MIT
#include "../../reference/foundations/loss_landscape_descent.h"
#include "../fork.h"

/* One thing that a fork changes; the twin changes none. */
enum change {
    NOTHING,
    UPHILL,
    WELL_WITHOUT_QUARTER,
    TILT_NOT_IN_SLOPE,
    TILT_NOT_IN_HEIGHT,
    SADDLE_AS_BOWL,
    MONKEY_SIGN,
    MONKEY_HALF,
    AVERAGED_MOMENTUM,
    MOMENTUM_RESTARTED,
    UPDATED_IN_TURN,
    HEIGHT_BEFORE_STEP,
    PATH_WITH_START,
    ESCAPE_FROM_ZERO,
    BASIN_OF_START,
    ESCAPE_IN_PLANE,
    ESCAPE_LAST
};

struct run {
    struct descent is;
    size_t M, S;
    const real *start;
    real radius, *path, *height, *basin, *escape;
};

static struct run read(struct call *call)
{
    static const char *const names[] = {"double_well", "saddle", "monkey_saddle", "bowl", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    struct run r = {.is.rate = call_number(call, "rate")};
    r.is.landscape = (enum landscape)call_choice(call, "landscape", names);
    r.is.nesterov = call_choice(call, "nesterov", no_yes);
    r.is.momentum = call_number_or(call, "momentum", R(0.0));
    r.is.tilt = call_number_or(call, "tilt", R(0.0));
    r.is.condition = call_number_or(call, "condition", R(10.0));
    call_bind(call, 'D', 2);
    r.start = call_input(call, "start", "MD");
    r.M = call_size(call, 'M');
    r.S = call_count(call, "steps", 1, 1 << 20);
    call_bind(call, 'S', r.S);
    r.radius = call_number_or(call, "radius", R(1.0));
    r.path = call_output(call, "path", "MSD");
    r.height = call_output(call, "height", "MS");
    r.basin = call_output_integers(call, "basin", "M");
    r.escape = call_output_integers(call, "escape", "M");
    return r;
}

/* Factored: (x - 1)(x + 1) x, (x - y)(x + y), and so on. */
static real slope(const struct run *r, int axis, real x, real y, enum change change)
{
    switch (r->is.landscape) {
    case DOUBLE_WELL:
        return axis ? 0
                    : (x - 1) * (x + 1) * x * (change == WELL_WITHOUT_QUARTER ? 4 : 1) +
                          (change == TILT_NOT_IN_SLOPE ? 0 : r->is.tilt);
    case SADDLE:
        return axis ? change == SADDLE_AS_BOWL ? y : -y : x;
    case MONKEY_SADDLE:
        if (axis)
            return (change == MONKEY_SIGN ? 2 : change == MONKEY_HALF ? -1 : -2) * (x * y);
        return (x - y) * (x + y);
    default:
        return axis ? r->is.condition * y : x;
    }
}

static real height_of(const struct run *r, real x, real y, enum change change)
{
    real root = (x - 1) * (x + 1) / 2;
    switch (r->is.landscape) {
    case DOUBLE_WELL:
        return root * root * (change == WELL_WITHOUT_QUARTER ? 4 : 1) +
               (change == TILT_NOT_IN_HEIGHT ? 0 : r->is.tilt * x);
    case SADDLE:
        return change == SADDLE_AS_BOWL ? (x * x + y * y) / 2 : (x - y) * (x + y) / 2;
    case MONKEY_SADDLE:
        return x * (x * x - 3 * (y * y)) / 3;
    default:
        return x * x / 2 + r->is.condition / 2 * (y * y);
    }
}

/* The step as the change of place: moved = momentum moved_before - rate g. */
static real go(const struct run *r, real *moved, real g, enum change change)
{
    real mu = r->is.momentum, share = change == AVERAGED_MOMENTUM ? 1 - mu : 1;
    real down = share * (change == UPHILL ? -r->is.rate * g : r->is.rate * g);
    *moved = (change == MOMENTUM_RESTARTED ? 0 : mu * *moved) - down;
    return r->is.nesterov ? mu * *moved - down : *moved;
}

static void follow(struct run *r, size_t m, enum change change)
{
    real x = r->start[2 * m], y = r->start[2 * m + 1], moved[] = {0, 0};
    for (size_t s = 0; s < r->S; s++) {
        real *at = &r->path[2 * (m * r->S + s)], x0 = x, y0 = y;
        x += go(r, &moved[0], slope(r, 0, x0, y0, change), change);
        y += go(r, &moved[1], slope(r, 1, change == UPDATED_IN_TURN ? x : x0, y0, change), change);
        at[0] = change == PATH_WITH_START ? x0 : x;
        at[1] = change == PATH_WITH_START ? y0 : y;
        int before = change == HEIGHT_BEFORE_STEP;
        r->height[m * r->S + s] = height_of(r, before ? x0 : x, before ? y0 : y, change);
        real distance = real_abs(r->is.landscape == DOUBLE_WELL ? x : y);
        distance = change == ESCAPE_IN_PLANE ? real_sqrt(x * x + y * y) : distance;
        if (distance > r->radius && (r->escape[m] == 0 || change == ESCAPE_LAST))
            r->escape[m] = real_count(s + (change != ESCAPE_FROM_ZERO));
    }
    real side = change == BASIN_OF_START ? r->start[2 * m] : x;
    r->basin[m] = (real)((side > 0) - (side < 0));
}

static void descend(struct call *call, enum change change)
{
    struct run r = read(call);
    for (size_t m = 0; m < r.M; m++)
        follow(&r, m, change);
}

/* clang-format off */
static void factored(struct call *call) { descend(call, NOTHING); }
static void uphill(struct call *call) { descend(call, UPHILL); }
static void well_without_quarter(struct call *call) { descend(call, WELL_WITHOUT_QUARTER); }
static void tilt_not_in_slope(struct call *call) { descend(call, TILT_NOT_IN_SLOPE); }
static void tilt_not_in_height(struct call *call) { descend(call, TILT_NOT_IN_HEIGHT); }
static void saddle_as_bowl(struct call *call) { descend(call, SADDLE_AS_BOWL); }
static void monkey_sign(struct call *call) { descend(call, MONKEY_SIGN); }
static void monkey_half(struct call *call) { descend(call, MONKEY_HALF); }
static void averaged_momentum(struct call *call) { descend(call, AVERAGED_MOMENTUM); }
static void momentum_restarted(struct call *call) { descend(call, MOMENTUM_RESTARTED); }
static void updated_in_turn(struct call *call) { descend(call, UPDATED_IN_TURN); }
static void height_before_step(struct call *call) { descend(call, HEIGHT_BEFORE_STEP); }
static void path_with_start(struct call *call) { descend(call, PATH_WITH_START); }
static void escape_from_zero(struct call *call) { descend(call, ESCAPE_FROM_ZERO); }
static void basin_of_start(struct call *call) { descend(call, BASIN_OF_START); }
static void escape_in_plane(struct call *call) { descend(call, ESCAPE_IN_PLANE); }
static void escape_last(struct call *call) { descend(call, ESCAPE_LAST); }
/* clang-format on */

static const struct fork table[] = {
    {.info = {"factored", FORK_TWIN, "",
              "Slopes and heights in factors, and steps as changes of place.", NULL},
     .answer = factored},
    {.info = {"uphill", FORK_BUG, "83", "Climbs.", NULL}, .answer = uphill},
    {.info = {"well_without_quarter", FORK_CONVENTION, "",
              "The well is (x^2 - 1)^2, four times as deep.", NULL},
     .answer = well_without_quarter},
    {.info = {"tilt_not_in_slope", FORK_BUG, "", "The tilt is in the height alone.", NULL},
     .answer = tilt_not_in_slope},
    {.info = {"tilt_not_in_height", FORK_BUG, "", "The tilt is in the slope alone.", NULL},
     .answer = tilt_not_in_height},
    {.info = {"saddle_as_bowl", FORK_BUG, "", "x^2 + y^2: the saddle is a minimum.", NULL},
     .answer = saddle_as_bowl},
    {.info = {"monkey_sign", FORK_BUG, "", "The slope along y has the wrong sign.", NULL},
     .answer = monkey_sign},
    {.info = {"monkey_half", FORK_BUG, "", "The slope along y is -x y.", NULL},
     .answer = monkey_half},
    {.info = {"averaged_momentum", FORK_CONVENTION, "",
              "The velocity is a moving average: (1 - momentum) g.", NULL},
     .answer = averaged_momentum},
    {.info = {"momentum_restarted", FORK_BUG, "", "The velocity is forgotten after each step.",
              NULL},
     .answer = momentum_restarted},
    {.info = {"nesterov_always", FORK_CONVENTION, "", "Nesterov's form, always.", NULL},
     .instead = {"nesterov", "yes"}},
    {.info = {"nesterov_never", FORK_CONVENTION, "", "Plain momentum, always.", NULL},
     .instead = {"nesterov", "no"}},
    {.info = {"updated_in_turn", FORK_BUG, "", "The slope along y is taken after x has moved.",
              NULL},
     .answer = updated_in_turn},
    {.info = {"height_before_step", FORK_CONVENTION, "", "Heights before each step.", NULL},
     .answer = height_before_step},
    {.info = {"path_with_start", FORK_CONVENTION, "",
              "The path begins with the start and lacks the last point.", NULL},
     .answer = path_with_start},
    {.info = {"escape_from_zero", FORK_BUG, "", "Steps are counted from 0.", NULL},
     .answer = escape_from_zero},
    {.info = {"escape_in_plane", FORK_CONVENTION, "",
              "The distance from the origin decides, not that along one axis.", NULL},
     .answer = escape_in_plane},
    {.info = {"escape_last", FORK_BUG, "", "The last step outside, not the first.", NULL},
     .answer = escape_last},
    {.info = {"basin_of_start", FORK_BUG, "", "The side of the start is taken for the basin.",
              NULL},
     .answer = basin_of_start},
};

const struct fork_list loss_landscape_descent_forks = {sizeof table / sizeof *table, table};
