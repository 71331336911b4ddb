// SPDX-License-Identifier: MIT
#include "../../reference/activations/softmax.h"
#include "../../reference/activations/sparsemax.h"
#include "../fork.h"

enum {
    SHRINKING_SET,
    SOFTMAX,
    ALL_IN_SUPPORT,
    CLIPPED_AND_DIVIDED,
    ONE_TOO_MANY,
    NOT_ORDERED,
    OVER_SAMPLES,
    SUM_OF_ZERO,
    BORDER_INSIDE,
    MEAN_OF_ALL,
    MEAN_LEFT_OUT,
    NOT_MASKED,
    SUM_FOR_MEAN,
    WEIGHTED_MEAN,
    SOFTMAX_GRADIENT
};

/* t of a row: drops what is not above (sum - 1) / count until nothing is dropped. */
static real threshold_of(const real *x, size_t C, real total, int rounds)
{
    real threshold = 0, largest = x[0];
    size_t count = C, before = C + 1;
    for (size_t k = 0; k < C; k++)
        largest = x[k] > largest ? x[k] : largest;
    for (int round = 0; count != before && (rounds < 0 || round < rounds); round++) {
        real sum = 0, last = threshold;
        before = round == 0 ? C + 1 : count;
        count = 0;
        for (size_t k = C; k-- > 0;) {
            if (round > 0 && !(x[k] - largest > last))
                continue;
            sum += x[k] - largest;
            count++;
        }
        threshold = (sum - total) / real_count(count);
    }
    return threshold + largest;
}

/* The first values of the row, as if it were in order. */
static real threshold_unordered(const real *x, size_t C)
{
    real c = 0, threshold = 0;
    for (size_t k = 0; k < C; k++) {
        c += x[k];
        if (1 + real_count(k + 1) * x[k] > c)
            threshold = (c - 1) / real_count(k + 1);
    }
    return threshold;
}

static real threshold_one_more(const real *x, size_t C, real right)
{
    real next = 0, sum = 0;
    size_t count = 0;
    for (size_t k = 0; k < C; k++) {
        if (x[k] > right) {
            sum += x[k];
            count++;
        } else if (next == 0 || x[k] > next) {
            next = x[k];
        }
    }
    return count == C ? right : (sum + next - 1) / real_count(count + 1);
}

static void rival_forward(real *y, const real *x, size_t C, int variant)
{
    real t = threshold_of(x, C, variant == SUM_OF_ZERO ? 0 : 1, -1), sum = 0;
    if (variant == ALL_IN_SUPPORT || variant == CLIPPED_AND_DIVIDED)
        t = threshold_of(x, C, 1, 1);
    if (variant == NOT_ORDERED)
        t = threshold_unordered(x, C);
    if (variant == ONE_TOO_MANY)
        t = threshold_one_more(x, C, t);
    for (size_t k = 0; k < C; k++) {
        y[k] = x[k] > t ? x[k] - t : 0;
        sum += y[k];
    }
    for (size_t k = 0; k < C && variant == CLIPPED_AND_DIVIDED; k++)
        y[k] /= sum;
    if (variant == SOFTMAX)
        softmax_forward(y, x, 1, C);
}

static void rival_backward(real *dx, const real *dy, const real *y, const real *x, size_t C,
                           int variant)
{
    real sum = 0, all = 0, weighted = 0, t = threshold_of(x, C, 1, -1);
    size_t count = 0;
    for (size_t k = C; k-- > 0;) {
        int in = variant == BORDER_INSIDE ? x[k] >= t : y[k] > 0;
        all += dy[k];
        weighted += dy[k] * y[k];
        sum += in ? dy[k] : 0;
        count += in ? 1 : 0;
    }
    real mean = sum / real_count(count);
    if (variant == MEAN_OF_ALL)
        mean = all / real_count(C);
    else if (variant == MEAN_LEFT_OUT)
        mean = 0;
    else if (variant == SUM_FOR_MEAN)
        mean = sum;
    else if (variant == WEIGHTED_MEAN)
        mean = weighted;
    for (size_t k = 0; k < C; k++) {
        int in = variant == BORDER_INSIDE ? x[k] >= t : y[k] > 0;
        dx[k] = in || variant == NOT_MASKED ? dy[k] - mean : 0;
    }
    if (variant == SOFTMAX || variant == SOFTMAX_GRADIENT)
        softmax_backward(dx, dy, y, 1, C);
}

static void transpose(real *to, const real *from, size_t N, size_t C)
{
    for (size_t i = 0; i < N * C; i++)
        to[i % C * N + i / C] = from[i];
}

static void rival(struct call *call)
{
    int variant = call_variant(call), backward = call_has(call, "dy");
    const real *given = call_input(call, "x", "NC");
    size_t N = call_size(call, 'N'), C = call_size(call, 'C'), n = N * C;
    size_t rows = variant == OVER_SAMPLES ? C : N, width = variant == OVER_SAMPLES ? N : C;
    real *out = call_output(call, "y", "NC"), *out_dx = NULL, *x = call_scratch(call, n);
    real *y = call_scratch(call, n), *dx = call_scratch(call, n), *dy = call_scratch(call, n);
    const real *up = dy;
    if (backward) {
        up = call_input(call, "dy", "NC");
        out_dx = call_output(call, "dx", "NC");
    }
    for (size_t i = 0; i < n; i++) {
        x[i] = given[i];
        dy[i] = up[i];
    }
    if (variant == OVER_SAMPLES) {
        transpose(x, given, N, C);
        real *turned = call_scratch(call, n);
        transpose(turned, up, N, C);
        dy = turned;
    }
    for (size_t r = 0; r < rows; r++) {
        rival_forward(&y[r * width], &x[r * width], width, variant);
        rival_backward(&dx[r * width], &dy[r * width], &y[r * width], &x[r * width], width,
                       variant);
    }
    if (variant == OVER_SAMPLES) {
        transpose(out, y, C, N);
        if (backward)
            transpose(out_dx, dx, C, N);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        out[i] = y[i];
        if (backward)
            out_dx[i] = dx[i];
    }
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"shrinking_set", FORK_TWIN, "",
              "Michelot's method: drops what is below the threshold of the rest, again and again.",
              NULL},
     .answer = rival, .variant = SHRINKING_SET},
    {.info = {"softmax", FORK_CONVENTION, "", "It is the softmax.", NULL},
     .answer = rival, .variant = SOFTMAX},
    {.info = {"all_in_support", FORK_BUG, "", "The threshold of all values, then clipped.", NULL},
     .answer = rival, .variant = ALL_IN_SUPPORT},
    {.info = {"clipped_and_divided", FORK_BUG, "", "The same, divided by its sum.", NULL},
     .answer = rival, .variant = CLIPPED_AND_DIVIDED},
    {.info = {"one_too_many", FORK_BUG, "", "The support has one value more.", NULL},
     .answer = rival, .variant = ONE_TOO_MANY},
    {.info = {"not_ordered", FORK_BUG, "", "The values are not put in order.", NULL},
     .answer = rival, .variant = NOT_ORDERED},
    {.info = {"over_samples", FORK_CONVENTION, "19", "Over the samples, not the classes.", NULL},
     .answer = rival, .variant = OVER_SAMPLES},
    {.info = {"sum_of_zero", FORK_BUG, "", "The 1 is forgotten in the threshold.", NULL},
     .answer = rival, .variant = SUM_OF_ZERO},
    {.info = {"border_inside", FORK_CONVENTION, "8", "Values at the threshold are in the support.",
              NULL},
     .answer = rival, .variant = BORDER_INSIDE},
    {.info = {"mean_of_all", FORK_BUG, "18", "dx subtracts the mean of all dy.", NULL},
     .answer = rival, .variant = MEAN_OF_ALL},
    {.info = {"mean_left_out", FORK_BUG, "18", "dx is dy inside the support.", NULL},
     .answer = rival, .variant = MEAN_LEFT_OUT},
    {.info = {"not_masked", FORK_BUG, "", "dx reaches outside the support.", NULL},
     .answer = rival, .variant = NOT_MASKED},
    {.info = {"sum_for_mean", FORK_BUG, "", "dx subtracts the sum.", NULL},
     .answer = rival, .variant = SUM_FOR_MEAN},
    {.info = {"weighted_mean", FORK_BUG, "", "dx subtracts the mean of dy under y.", NULL},
     .answer = rival, .variant = WEIGHTED_MEAN},
    {.info = {"softmax_gradient", FORK_BUG, "", "dx is the softmax's.", NULL},
     .answer = rival, .variant = SOFTMAX_GRADIENT},
    /* clang-format on */
};

const struct fork_list sparsemax_forks = {sizeof table / sizeof *table, table};
