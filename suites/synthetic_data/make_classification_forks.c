// SPDX-License-Identifier: MIT
#include "../../reference/synthetic_data/make_classification.h"
#include "../fork.h"

enum mistake {
    NONE,
    CORNERS_FROM_ZERO,
    SEPARATION_DOUBLED,
    BITS_REVERSED,
    MIXING_SHARED,
    MIXING_TRANSPOSED,
    MIXING_FROM_ZERO,
    MIXED_AFTER_CORNER,
    CLASSES_IN_BLOCKS,
    REDUNDANT_OF_DRAWS,
    REDUNDANT_FROM_ZERO,
    REPEATED_CUT,
    REPEATED_AFTER_USELESS,
    USELESS_FIRST,
    FLIPPED_TO_OTHER,
    FLIP_ABOVE,
    SCALED_FIRST,
    SHIFT_FROM_ZERO,
    SCALE_WITHOUT_ONE,
    SHIFT_UNSHUFFLED,
    LABELS_UNSHUFFLED,
    COLUMNS_INVERSE,
    REMAINDER_TO_LAST,
    STRETCH_BY_CLUSTER_ALONE
};

struct maker {
    enum mistake mistake;
    struct classification p;
    real *h; /* (I) */
};

static size_t cluster_of(const struct maker *m, size_t n)
{
    size_t k = 0, each = m->p.N / m->p.K;
    if (m->mistake == REMAINDER_TO_LAST && each > 0)
        return n / each < m->p.K ? n / each : m->p.K - 1;
    while (n >= (size_t)m->p.size[k])
        n -= (size_t)m->p.size[k++];
    return k;
}

static real corner_of(const struct maker *m, size_t k, size_t i)
{
    const struct classification *p = &m->p;
    size_t place = m->mistake == BITS_REVERSED ? i : p->I - 1 - i;
    real bit = (real)(p->vertex[k] >> place & 1);
    real corner = (m->mistake == CORNERS_FROM_ZERO ? bit : 2 * bit - 1) * p->separation;
    if (m->mistake == SEPARATION_DOUBLED)
        corner = 2 * corner;
    if (!p->cube)
        corner = corner * (m->mistake == STRETCH_BY_CLUSTER_ALONE ? 1 : p->by_feature[i]) *
                 p->by_cluster[k];
    return corner;
}

/* h: sum z (2 a - 1) as 2 sum z a - sum z, backwards. */
static void inform(struct maker *m, size_t n, size_t k)
{
    const struct classification *p = &m->p;
    const real *z = &p->z[n * p->I];
    for (size_t i = 0; i < p->I; i++) {
        real sum = 0, plain = 0;
        for (size_t j = p->I; j-- > 0;) {
            size_t at = m->mistake == MIXING_TRANSPOSED ? i * p->I + j : j * p->I + i;
            real a = p->a[(m->mistake == MIXING_SHARED ? 0 : k) * p->I * p->I + at];
            real value = z[j] + (m->mistake == MIXED_AFTER_CORNER ? corner_of(m, k, j) : 0);
            sum = sum + value * a;
            plain = plain + value;
        }
        m->h[i] = m->mistake == MIXING_FROM_ZERO ? sum : 2 * sum - plain;
        if (m->mistake != MIXED_AFTER_CORNER)
            m->h[i] = m->h[i] + corner_of(m, k, i);
    }
}

/* Feature d of sample n, whose informative ones are in h. */
static real feature(const struct maker *m, size_t n, size_t d)
{
    const struct classification *p = &m->p;
    if (m->mistake == USELESS_FIRST)
        d = d < p->U ? p->D - p->U + d : d - p->U;
    if (d < p->I)
        return m->h[d];
    d -= p->I;
    if (d < p->R) {
        const real *from = m->mistake == REDUNDANT_OF_DRAWS ? &p->z[n * p->I] : m->h;
        real sum = 0;
        for (size_t i = p->I; i-- > 0;) {
            real b = p->b[i * p->R + d];
            sum = sum + from[i] * (m->mistake == REDUNDANT_FROM_ZERO ? b : 2 * b - 1);
        }
        return sum;
    }
    d -= p->R;
    if (d < p->P) {
        real half = m->mistake == REPEATED_CUT ? 0 : R(0.5);
        size_t all = p->I + p->R - (m->mistake == REPEATED_AFTER_USELESS && p->R > 0);
        return feature(m, n, (size_t)(real_count(all - 1) * p->c[d] + half));
    }
    return p->useless[n * p->U + d - p->P];
}

static real finish(const struct maker *m, real value, size_t d)
{
    const struct classification *p = &m->p;
    real shift = p->same_shift, scale = p->same_scale;
    if (p->v)
        shift = p->separation * (m->mistake == SHIFT_FROM_ZERO ? p->v[d] : 2 * p->v[d] - 1);
    if (p->w)
        scale = (m->mistake == SCALE_WITHOUT_ONE ? 0 : 1) + 100 * p->w[d];
    return m->mistake == SCALED_FIRST ? value * scale + shift : (value + shift) * scale;
}

static real label_of(const struct maker *m, size_t n)
{
    const struct classification *p = &m->p;
    size_t k = cluster_of(m, n);
    size_t label = m->mistake == CLASSES_IN_BLOCKS ? k / (p->K / p->C) : k % p->C;
    if (!p->flip ||
        (m->mistake == FLIP_ABOVE ? p->flip[n] < 1 - p->flip_share : p->flip[n] >= p->flip_share))
        return real_count(label);
    return m->mistake == FLIPPED_TO_OTHER ? real_count((label + 1) % p->C) : (real)p->label[n];
}

static void scatter(struct call *call)
{
    struct maker m = {(enum mistake)call_variant(call), make_classification_read(call), NULL};
    const struct classification *p = &m.p;
    real *x = call_output(call, "x", "ND"), *y = call_output_integers(call, "y", "N");
    real *size = call_output_integers(call, "size", "K");
    m.h = call_scratch(call, p->I);
    for (size_t row = 0; row < p->N; row++) {
        size_t n = (size_t)p->order[row], k = cluster_of(&m, n);
        size[k] = size[k] + 1;
        inform(&m, n, k);
        y[row] = label_of(&m, m.mistake == LABELS_UNSHUFFLED ? row : n);
        for (size_t d = 0; d < p->D; d++) {
            size_t from = (size_t)p->feature_order[d], to = d;
            if (m.mistake == COLUMNS_INVERSE) {
                to = from;
                from = d;
            }
            x[row * p->D + to] =
                finish(&m, feature(&m, n, from), m.mistake == SHIFT_UNSHUFFLED ? to : from);
        }
    }
}

static const struct fork table[] = {
    {.info = {"distributed", FORK_TWIN, "",
              "2 sum z a - sum z instead of sum z (2 a - 1); sizes counted.", NULL},
     .answer = scatter},
    {.info = {"always_a_cube", FORK_CONVENTION, "", "Corners of a cube always.", NULL},
     .instead = {"hypercube", "yes"}},
    {.info = {"no_flips", FORK_BUG, "", "No label flips.", NULL}, .number = {"flip_share", 0}},
    {.info = {"unit_separation", FORK_BUG, "", "The separation is 1.", NULL},
     .number = {"separation", 1}},
    {.info = {"corners_from_zero", FORK_BUG, "", "Corners at 0 and the separation.", NULL},
     .answer = scatter,
     .variant = CORNERS_FROM_ZERO},
    {.info = {"separation_doubled", FORK_CONVENTION, "", "Corners at twice the separation.", NULL},
     .answer = scatter,
     .variant = SEPARATION_DOUBLED},
    {.info = {"bits_reversed", FORK_CONVENTION, "", "The lowest bit belongs to the first feature.",
              NULL},
     .answer = scatter,
     .variant = BITS_REVERSED},
    {.info = {"mixing_shared", FORK_BUG, "", "All clusters are mixed by the first matrix.", NULL},
     .answer = scatter,
     .variant = MIXING_SHARED},
    {.info = {"mixing_transposed", FORK_BUG, "", "Mixing matrices are transposed.", NULL},
     .answer = scatter,
     .variant = MIXING_TRANSPOSED},
    {.info = {"mixing_from_zero", FORK_BUG, "", "Mixing weights in 0..1 instead of -1..1.", NULL},
     .answer = scatter,
     .variant = MIXING_FROM_ZERO},
    {.info = {"mixed_after_corner", FORK_BUG, "", "Corners are mixed too.", NULL},
     .answer = scatter,
     .variant = MIXED_AFTER_CORNER},
    {.info = {"classes_in_blocks", FORK_CONVENTION, "", "The first clusters all belong to class 0.",
              NULL},
     .answer = scatter,
     .variant = CLASSES_IN_BLOCKS},
    {.info = {"redundant_of_draws", FORK_BUG, "", "Redundant features combine the deviates.", NULL},
     .answer = scatter,
     .variant = REDUNDANT_OF_DRAWS},
    {.info = {"redundant_from_zero", FORK_BUG, "", "Weights of redundant features in 0..1.", NULL},
     .answer = scatter,
     .variant = REDUNDANT_FROM_ZERO},
    {.info = {"repeated_cut", FORK_BUG, "", "The place of a repeated feature is cut, not rounded.",
              NULL},
     .answer = scatter,
     .variant = REPEATED_CUT},
    {.info = {"repeated_one_less", FORK_BUG, "", "The last feature is never repeated.", NULL},
     .answer = scatter,
     .variant = REPEATED_AFTER_USELESS},
    {.info = {"useless_first", FORK_BUG, "", "Useless features stand in front.", NULL},
     .answer = scatter,
     .variant = USELESS_FIRST},
    {.info = {"flipped_to_other", FORK_CONVENTION, "",
              "A flipped label becomes another class, never its own.", NULL},
     .answer = scatter,
     .variant = FLIPPED_TO_OTHER},
    {.info = {"flip_above", FORK_BUG, "", "Labels flip at or above one minus the share.", NULL},
     .answer = scatter,
     .variant = FLIP_ABOVE},
    {.info = {"scaled_first", FORK_BUG, "", "Scaled, then shifted.", NULL},
     .answer = scatter,
     .variant = SCALED_FIRST},
    {.info = {"shift_from_zero", FORK_BUG, "", "Shifts are never negative.", NULL},
     .answer = scatter,
     .variant = SHIFT_FROM_ZERO},
    {.info = {"scale_without_one", FORK_BUG, "", "Scales from 0 to 100.", NULL},
     .answer = scatter,
     .variant = SCALE_WITHOUT_ONE},
    {.info = {"shift_unshuffled", FORK_BUG, "", "Shift and scale belong to the shuffled columns.",
              NULL},
     .answer = scatter,
     .variant = SHIFT_UNSHUFFLED},
    {.info = {"labels_unshuffled", FORK_BUG, "268", "Samples are shuffled, labels are not.", NULL},
     .answer = scatter,
     .variant = LABELS_UNSHUFFLED},
    {.info = {"columns_inverse", FORK_BUG, "210", "Feature d goes to column feature_order[d].",
              NULL},
     .answer = scatter,
     .variant = COLUMNS_INVERSE},
    {.info = {"remainder_to_last", FORK_CONVENTION, "", "The last cluster has the whole remainder.",
              NULL},
     .answer = scatter,
     .variant = REMAINDER_TO_LAST},
    {.info = {"stretch_by_cluster_alone", FORK_BUG, "", "Polytopes are not stretched by feature.",
              NULL},
     .answer = scatter,
     .variant = STRETCH_BY_CLUSTER_ALONE},
};

const struct fork_list make_classification_forks = {sizeof table / sizeof *table, table};
