// SPDX-License-Identifier: MIT
#include "../../reference/synthetic_data/make_moons.h"
#include "../fork.h"

enum mistake {
    NONE,
    ODD_POINT_OUTSIDE,
    HALF_NOT_SUBTRACTED,
    INNER_NOT_FLIPPED,
    INNER_NOT_MOVED,
    LABELS_SWAPPED,
    LABELS_UNSHUFFLED,
    INVERSE_ORDER,
    NOISE_IS_VARIANCE,
    NOISE_LEFT_OUT,
    NOISE_ACROSS_ALONE,
    COLUMNS_SWAPPED,
    FULL_CIRCLE,
    ONE_GRID,
    LAST_POINT_LOST
};

static size_t place_of(const struct moons *m, size_t point)
{
    size_t n = 0;
    while ((size_t)m->order[n] != point)
        n++;
    return n;
}

/* Where point i of n is on its arc: the second half mirrors the first. */
static void on_arc(real *cosine, real *sine, size_t i, size_t n, int open)
{
    size_t steps = open ? n : n > 1 ? n - 1 : 1;
    int mirrored = i <= steps && 2 * i > steps;
    real t = MOONS_PI * real_count(mirrored ? steps - i : i) / real_count(steps);
    *cosine = mirrored ? -real_cos(t) : real_cos(t);
    *sine = real_sin(t);
}

static void scatter(struct call *call)
{
    enum mistake mistake = (enum mistake)call_variant(call);
    struct moons m = make_moons_read(call);
    real *x = call_output(call, "x", "NC"), *y = call_output_integers(call, "y", "N");
    if (mistake == ODD_POINT_OUTSIDE && m.outer == m.N / 2)
        m.outer = m.N - m.outer;
    for (size_t p = 0; p < m.N - (mistake == LAST_POINT_LOST); p++) {
        size_t n = place_of(&m, p), inner = p >= m.outer, i = inner ? p - m.outer : p;
        size_t count = inner && mistake != ONE_GRID ? m.N - m.outer : m.outer;
        real cosine, sine, half = mistake == HALF_NOT_SUBTRACTED ? 0 : R(0.5);
        real noise = mistake == NOISE_IS_VARIANCE ? real_sqrt(m.noise) : m.noise;
        if (mistake == INVERSE_ORDER)
            n = (size_t)m.order[p];
        on_arc(&cosine, &sine, mistake == FULL_CIRCLE ? 2 * i : i, count, m.open);
        real across = inner ? (mistake == INNER_NOT_MOVED ? 0 : 1) - cosine : cosine;
        real up = inner && mistake == INNER_NOT_FLIPPED ? sine - half : inner ? half - sine : sine;
        if (inner && mistake == HALF_NOT_SUBTRACTED)
            up = 1 - sine;
        const real *z = &m.z[2 * (m.by_point ? p : n)];
        size_t swap = mistake == COLUMNS_SWAPPED;
        x[2 * n + swap] = mistake == NOISE_LEFT_OUT ? across : across + noise * z[0];
        x[2 * n + 1 - swap] =
            mistake == NOISE_LEFT_OUT || mistake == NOISE_ACROSS_ALONE ? up : up + noise * z[1];
        y[mistake == LABELS_UNSHUFFLED ? p : n] =
            (real)(mistake == LABELS_SWAPPED ? !inner : inner);
    }
}

static const struct fork table[] = {
    {.info = {"mirrored", FORK_TWIN, "",
              "The second half of an arc mirrors the first; points find their rows.", NULL},
     .answer = scatter},
    {.info = {"end_included", FORK_CONVENTION, "", "The last angle is always pi.", NULL},
     .instead = {"end", "included"}},
    {.info = {"end_excluded", FORK_CONVENTION, "", "The last angle is one step before pi.", NULL},
     .instead = {"end", "excluded"}},
    {.info = {"noise_after", FORK_CONVENTION, "", "Noise belongs to rows.", NULL},
     .instead = {"noise_to", "shuffled"}},
    {.info = {"noise_before", FORK_CONVENTION, "", "Noise belongs to points.", NULL},
     .instead = {"noise_to", "points"}},
    {.info = {"odd_point_outside", FORK_CONVENTION, "", "The outer arc has the odd point.", NULL},
     .answer = scatter,
     .variant = ODD_POINT_OUTSIDE},
    {.info = {"half_not_subtracted", FORK_BUG, "", "The inner arc is half a unit too high.", NULL},
     .answer = scatter,
     .variant = HALF_NOT_SUBTRACTED},
    {.info = {"inner_not_flipped", FORK_BUG, "", "Both arcs open downwards.", NULL},
     .answer = scatter,
     .variant = INNER_NOT_FLIPPED},
    {.info = {"inner_not_moved", FORK_BUG, "", "The inner arc stays above the origin.", NULL},
     .answer = scatter,
     .variant = INNER_NOT_MOVED},
    {.info = {"labels_swapped", FORK_BUG, "", "The outer arc is class 1.", NULL},
     .answer = scatter,
     .variant = LABELS_SWAPPED},
    {.info = {"labels_unshuffled", FORK_BUG, "268", "Points are shuffled, labels are not.", NULL},
     .answer = scatter,
     .variant = LABELS_UNSHUFFLED},
    {.info = {"inverse_order", FORK_BUG, "210", "Point n goes to row order[n].", NULL},
     .answer = scatter,
     .variant = INVERSE_ORDER},
    {.info = {"noise_is_variance", FORK_BUG, "", "The noise is taken for a variance.", NULL},
     .answer = scatter,
     .variant = NOISE_IS_VARIANCE},
    {.info = {"noise_left_out", FORK_BUG, "", "No noise.", NULL},
     .answer = scatter,
     .variant = NOISE_LEFT_OUT},
    {.info = {"noise_across_alone", FORK_BUG, "", "Noise in the first coordinate alone.", NULL},
     .answer = scatter,
     .variant = NOISE_ACROSS_ALONE},
    {.info = {"columns_swapped", FORK_BUG, "", "The arcs stand upright.", NULL},
     .answer = scatter,
     .variant = COLUMNS_SWAPPED},
    {.info = {"full_circle", FORK_BUG, "", "Angles up to 2 pi.", NULL},
     .answer = scatter,
     .variant = FULL_CIRCLE},
    {.info = {"one_grid", FORK_BUG, "", "The inner arc uses the step of the outer one.", NULL},
     .answer = scatter,
     .variant = ONE_GRID},
    {.info = {"last_point_lost", FORK_BUG, "155", "The last point is not made.", NULL},
     .answer = scatter,
     .variant = LAST_POINT_LOST},
};

const struct fork_list make_moons_forks = {sizeof table / sizeof *table, table};
