// SPDX-License-Identifier: MIT
#include "../../reference/synthetic_data/make_blobs.h"
#include "../fork.h"

enum mistake {
    NONE,
    DEVIATION_IS_VARIANCE,
    DEVIATION_LEFT_OUT,
    FIRST_DEVIATION,
    BOX_FROM_ZERO,
    BOX_SYMMETRIC,
    REMAINDER_TO_LAST_BLOB,
    REMAINDER_LOST,
    CYCLED,
    LABELS_UNSHUFFLED,
    INVERSE_ORDER,
    NOISE_BY_ROW,
    LABELS_FROM_ONE,
    CENTER_OF_NEXT,
    ONE_DEVIATE
};

/* The blob of point i. */
static size_t blob_of(const struct blobs *b, enum mistake mistake, size_t i)
{
    size_t k = 0, whole = b->N / b->K;
    if (mistake == CYCLED)
        return i % b->K;
    if (mistake == REMAINDER_TO_LAST_BLOB)
        return whole > 0 && i / whole < b->K ? i / whole : b->K - 1;
    while (i >= (size_t)b->size[k])
        i -= (size_t)b->size[k++];
    return k;
}

static void scatter(struct call *call)
{
    enum mistake mistake = (enum mistake)call_variant(call);
    struct blobs b = make_blobs_read(call);
    real *x = call_output(call, "x", "ND"), *y = call_output_integers(call, "y", "N");
    real *center = call_output(call, "center", "KD");
    real *size = call_output_integers(call, "size", "K");
    for (size_t i = 0; i < b.K * b.D; i++) {
        real low = mistake == BOX_FROM_ZERO ? 0 : mistake == BOX_SYMMETRIC ? -b.high : b.low;
        center[i] = b.given ? b.given[i] : low * (1 - b.u[i]) + b.high * b.u[i];
    }
    for (size_t n = 0; n < b.N; n++) {
        size_t from = (size_t)b.order[n], row = mistake == INVERSE_ORDER ? from : n;
        from = mistake == INVERSE_ORDER ? n : from;
        size_t k = blob_of(&b, mistake, from), K = b.K;
        real deviation = b.deviation[mistake == FIRST_DEVIATION ? 0 : k];
        if (mistake == DEVIATION_IS_VARIANCE)
            deviation = real_sqrt(deviation);
        if (mistake == DEVIATION_LEFT_OUT)
            deviation = 1;
        size[k] = size[k] + 1;
        if (mistake == REMAINDER_LOST && from >= b.N / K * K)
            continue;
        size_t label = mistake == LABELS_UNSHUFFLED ? blob_of(&b, mistake, n) : k;
        y[row] = real_count(label + (mistake == LABELS_FROM_ONE));
        const real *c = &center[(mistake == CENTER_OF_NEXT ? (k + 1) % K : k) * b.D];
        const real *z = &b.z[(mistake == NOISE_BY_ROW ? n : from) * b.D];
        for (size_t d = 0; d < b.D; d++)
            x[row * b.D + d] = c[d] + deviation * z[mistake == ONE_DEVIATE ? 0 : d];
    }
}

static const struct fork table[] = {
    {.info = {"convex_combination", FORK_TWIN, "",
              "Centres as low (1 - u) + high u; sizes counted.", NULL},
     .answer = scatter},
    {.info = {"remainder_first", FORK_CONVENTION, "", "The first blobs are the larger ones.", NULL},
     .instead = {"remainder", "first"}},
    {.info = {"remainder_last", FORK_CONVENTION, "", "The last blobs are the larger ones.", NULL},
     .instead = {"remainder", "last"}},
    {.info = {"remainder_to_last_blob", FORK_CONVENTION, "",
              "The last blob has the whole remainder.", NULL},
     .answer = scatter,
     .variant = REMAINDER_TO_LAST_BLOB},
    {.info = {"remainder_lost", FORK_BUG, "155", "Points beyond a multiple of K are not made.",
              NULL},
     .answer = scatter,
     .variant = REMAINDER_LOST},
    {.info = {"cycled", FORK_CONVENTION, "", "Point i belongs to blob i mod K.", NULL},
     .answer = scatter,
     .variant = CYCLED},
    {.info = {"deviation_is_variance", FORK_BUG, "", "The deviation is taken for a variance.",
              NULL},
     .answer = scatter,
     .variant = DEVIATION_IS_VARIANCE},
    {.info = {"deviation_left_out", FORK_BUG, "", "Deviation 1.", NULL},
     .answer = scatter,
     .variant = DEVIATION_LEFT_OUT},
    {.info = {"first_deviation", FORK_BUG, "", "All blobs have the deviation of the first.", NULL},
     .answer = scatter,
     .variant = FIRST_DEVIATION},
    {.info = {"box_from_zero", FORK_BUG, "", "The box begins at 0.", NULL},
     .answer = scatter,
     .variant = BOX_FROM_ZERO},
    {.info = {"box_symmetric", FORK_BUG, "", "The box is symmetric about 0.", NULL},
     .answer = scatter,
     .variant = BOX_SYMMETRIC},
    {.info = {"labels_unshuffled", FORK_BUG, "268", "Points are shuffled, labels are not.", NULL},
     .answer = scatter,
     .variant = LABELS_UNSHUFFLED},
    {.info = {"inverse_order", FORK_BUG, "210", "Point n goes to row order[n].", NULL},
     .answer = scatter,
     .variant = INVERSE_ORDER},
    {.info = {"noise_by_row", FORK_CONVENTION, "", "Deviates belong to rows after the shuffle.",
              NULL},
     .answer = scatter,
     .variant = NOISE_BY_ROW},
    {.info = {"labels_from_one", FORK_BUG, "", "Blobs count from 1.", NULL},
     .answer = scatter,
     .variant = LABELS_FROM_ONE},
    {.info = {"center_of_next", FORK_BUG, "", "Points lie around the centre of the next blob.",
              NULL},
     .answer = scatter,
     .variant = CENTER_OF_NEXT},
    {.info = {"one_deviate", FORK_BUG, "", "All features move by the same deviate.", NULL},
     .answer = scatter,
     .variant = ONE_DEVIATE},
};

const struct fork_list make_blobs_forks = {sizeof table / sizeof *table, table};
