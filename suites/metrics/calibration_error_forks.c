// SPDX-License-Identifier: MIT
#include "../../reference/metrics/calibration_error.h"
#include "../fork.h"

enum { UNIFORM, QUANTILE, EQUAL_COUNT };

enum mistake {
    RIGHT,
    MISALIGNED,
    LAST_BLOCK_LOST,
    BLOCKS_AVERAGED,
    BINS_NOT_WEIGHTED,
    MIDDLE_OF_BIN,
    SIGNED_GAPS,
    ROOT_FORGOTTEN,
    SQUARE_OF_MEAN,
    LONGER_LAST,
    ZERO_LEFT_OUT,
    LABELS_PROBABILITY
};

struct walk {
    enum mistake mistake;
    size_t N, K, B, block, begin, end; /* the samples to look at */
    const real *p;
    const int *label;
    int binning, left, norm, class; /* class: -1 top label, -2 one column, or the class */
    real *prob;                     /* (N) */
    int *event;
};

/* The probability and the event of sample n. */
static void look(const struct walk *w, size_t n)
{
    size_t best = 0, m = w->mistake == MISALIGNED ? (n + 1) % w->N : n;
    const real *row = &w->p[n * w->K];
    for (size_t k = w->K; k-- > 0;)
        best = row[k] >= row[best] ? k : best;
    if (w->class == -2) {
        w->prob[n] = row[0];
        w->event[n] = w->label[m];
        return;
    }
    best = w->class >= 0 ? (size_t)w->class : best;
    w->prob[n] = w->mistake == LABELS_PROBABILITY ? row[w->label[n]] : row[best];
    w->event[n] = (size_t)w->label[m] == best;
}

/* How many samples of the part are below n, or equal and before it. */
static size_t rank_of(const struct walk *w, size_t n)
{
    size_t rank = 0;
    for (size_t k = w->begin; k < w->end; k++)
        rank += w->prob[k] < w->prob[n] || (w->prob[k] == w->prob[n] && k < n);
    return rank;
}

static real at_rank(const struct walk *w, size_t rank)
{
    for (size_t n = w->begin; n < w->end; n++) {
        if (rank_of(w, n) == rank)
            return w->prob[n];
    }
    return 0;
}

static size_t bin_of(const struct walk *w, size_t n)
{
    size_t N = w->end - w->begin, bin = 0;
    if (w->binning == EQUAL_COUNT) {
        size_t rank = rank_of(w, n), longer = w->mistake == LONGER_LAST ? 0 : N % w->B;
        for (size_t k = 0; k + 1 < w->B; k++) {
            size_t width = N / w->B + (k < longer);
            if (rank < width)
                return k;
            rank -= width;
        }
        return w->B - 1;
    }
    for (size_t k = 1; k < w->B; k++) {
        real edge = real_count(k) / real_count(w->B);
        if (w->binning == QUANTILE) {
            size_t whole = (N - 1) * k, i = whole / w->B, rest = whole % w->B;
            real f = real_count(rest) / real_count(w->B);
            edge = rest ? (1 - f) * at_rank(w, i) + f * at_rank(w, i + 1) : at_rank(w, i);
        }
        bin += w->prob[n] > edge || (w->left && w->prob[n] == edge);
    }
    return bin;
}

/* Sums of one bin: count, probabilities, events. */
static void sum_bin(const struct walk *w, const int *bin, size_t k, real sum[3])
{
    sum[0] = sum[1] = sum[2] = 0;
    for (size_t n = w->end; n-- > w->begin;) {
        if ((size_t)bin[n] != k || (w->mistake == ZERO_LEFT_OUT && w->prob[n] == 0))
            continue;
        sum[0] = sum[0] + 1;
        sum[1] = sum[1] + w->prob[n];
        sum[2] = sum[2] + (real)w->event[n];
    }
    if (w->mistake == MIDDLE_OF_BIN)
        sum[1] = sum[0] * (real_count(k) + R(0.5)) / real_count(w->B);
}

static real error_of(struct call *call, const struct walk *w, real *out[3])
{
    real error = 0, total = real_count(w->end - w->begin), sum[3], filled = 0;
    int *bin = call_scratch_integers(call, w->N);
    for (size_t n = w->begin; n < w->end; n++)
        look(w, n);
    for (size_t n = w->begin; n < w->end; n++)
        bin[n] = (int)bin_of(w, n);
    for (size_t k = w->B; k-- > 0;) {
        sum_bin(w, bin, k, sum);
        for (int i = 0; i < 3 && out[i]; i++)
            out[i][k] = i == 0 ? sum[0] : sum[0] > 0 ? sum[i] / sum[0] : 0;
        if (!(sum[0] > 0))
            continue;
        real gap = (sum[2] - sum[1]) / sum[0], share = sum[0] / total;
        filled = filled + 1;
        share = w->mistake == BINS_NOT_WEIGHTED ? 1 : share;
        gap = w->mistake == SIGNED_GAPS ? gap : real_abs(gap);
        if (w->norm == 2)
            error = gap > error ? gap : error;
        else
            error =
                error + share * (w->norm == 1 && w->mistake != SQUARE_OF_MEAN ? gap * gap : gap);
    }
    if (w->mistake == BINS_NOT_WEIGHTED && w->norm < 2)
        error = error / filled;
    return w->norm == 1 && w->mistake < ROOT_FORGOTTEN   ? real_sqrt(error)
           : w->norm == 1 && w->mistake > SQUARE_OF_MEAN ? real_sqrt(error)
                                                         : error;
}

static real error_of_all(struct call *call, struct walk *w, real *out[3])
{
    size_t steps = (w->N + w->block - 1) / w->block;
    w->begin = 0;
    w->end = w->mistake == LAST_BLOCK_LOST ? (steps - 1) * w->block : w->N;
    real error = error_of(call, w, out), sum = 0;
    real *none[3] = {NULL, NULL, NULL};
    if (w->mistake != BLOCKS_AVERAGED)
        return error;
    for (size_t i = 0; i < steps; i++) {
        w->begin = i * w->block;
        w->end = (i + 1) * w->block < w->N ? (i + 1) * w->block : w->N;
        sum = sum + error_of(call, w, none);
    }
    return sum / real_count(steps);
}

static void walk(struct call *call)
{
    static const char *const ways[] = {"top_label", "class_wise", NULL};
    static const char *const binnings[] = {"uniform", "quantile", "equal_count", NULL};
    static const char *const closings[] = {"right", "left", NULL};
    static const char *const norms[] = {"l1", "l2", "max", NULL};
    int columns = call_rank(call, "probabilities") == 2;
    struct walk w = {.mistake = (enum mistake)call_variant(call),
                     .p = call_input(call, "probabilities", columns ? "NK" : "N")};
    w.N = call_size(call, 'N');
    w.K = columns ? call_size(call, 'K') : 1;
    w.B = call_count_or(call, "bins", 10, 1, 1000);
    w.block = call_block(call);
    w.label = call_integers(call, "labels", "N", 0, columns ? (int)w.K - 1 : 1);
    w.binning = call_choice(call, "binning", binnings);
    w.left = call_choice(call, "closed", closings);
    w.norm = call_choice(call, "norm", norms);
    w.prob = call_scratch(call, w.N);
    w.event = call_scratch_integers(call, w.N);
    real *error = call_output(call, "calibration_error", ""), *out[3] = {NULL, NULL, NULL};
    if (columns && call_choice(call, "classes", ways)) {
        real *class_error = call_output(call, "class_error", "K");
        for (size_t k = 0; k < w.K; k++) {
            w.class = (int)k;
            class_error[k] = error_of_all(call, &w, out);
            *error = *error + class_error[k] / real_count(w.K);
        }
        return;
    }
    call_bind(call, 'B', w.B);
    w.class = columns ? -1 : -2;
    out[0] = call_output_integers(call, "count", "B");
    out[1] = call_output(call, "confidence", "B");
    out[2] = call_output(call, "frequency", "B");
    *error = error_of_all(call, &w, out);
}

static const struct fork table[] = {
    {.info = {"by_ranks", FORK_TWIN, "",
              "Ranks by counting, edges compared one by one, sums from the end.", NULL},
     .answer = walk},
    {.info = {"misaligned", FORK_BUG, "268", "Each probability meets the next label.", NULL},
     .answer = walk,
     .variant = MISALIGNED},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of samples is left out.", NULL},
     .answer = walk,
     .variant = LAST_BLOCK_LOST},
    {.info = {"blocks_averaged", FORK_BUG, "269", "The mean of the errors of blocks.", NULL},
     .answer = walk,
     .variant = BLOCKS_AVERAGED},
    {.info = {"bins_not_weighted", FORK_CONVENTION, "",
              "The mean over the bins that have samples, whatever their number.", NULL},
     .answer = walk,
     .variant = BINS_NOT_WEIGHTED},
    {.info = {"middle_of_bin", FORK_BUG, "", "The middle of a bin for its mean probability.", NULL},
     .answer = walk,
     .variant = MIDDLE_OF_BIN},
    {.info = {"signed_gaps", FORK_BUG, "", "Gaps of both signs cancel.", NULL},
     .answer = walk,
     .variant = SIGNED_GAPS},
    {.info = {"root_forgotten", FORK_BUG, "", "The mean square without its root.", NULL},
     .answer = walk,
     .variant = ROOT_FORGOTTEN},
    {.info = {"not_squared", FORK_BUG, "", "Absolute gaps where squares were asked for.", NULL},
     .answer = walk,
     .variant = SQUARE_OF_MEAN},
    {.info = {"rest_in_last_bin", FORK_CONVENTION, "",
              "The samples that are left over all go into the last bin.", NULL},
     .answer = walk,
     .variant = LONGER_LAST},
    {.info = {"zero_left_out", FORK_BUG, "",
              "A probability of 0 is in no bin, for all are open on the left.", NULL},
     .answer = walk,
     .variant = ZERO_LEFT_OUT},
    {.info = {"probability_of_label", FORK_BUG, "",
              "The probability of the label in place of the largest.", NULL},
     .answer = walk,
     .variant = LABELS_PROBABILITY},
    {.info = {"fifteen_bins", FORK_CONVENTION, "", "15 bins.", NULL}, .number = {"bins", 15}},
    {.info = {"equal_width", FORK_CONVENTION, "", "Bins of equal width.", NULL},
     .instead = {"binning", "uniform"}},
    {.info = {"equal_count", FORK_CONVENTION, "", "Bins of equal size.", NULL},
     .instead = {"binning", "equal_count"}},
    {.info = {"by_quantiles", FORK_CONVENTION, "", "Edges at quantiles.", NULL},
     .instead = {"binning", "quantile"}},
    {.info = {"closed_right", FORK_CONVENTION, "", "An edge belongs below.", NULL},
     .instead = {"closed", "right"}},
    {.info = {"closed_left", FORK_CONVENTION, "", "An edge belongs above.", NULL},
     .instead = {"closed", "left"}},
    {.info = {"l1_always", FORK_CONVENTION, "", "The mean gap.", NULL}, .instead = {"norm", "l1"}},
    {.info = {"max_always", FORK_CONVENTION, "", "The largest gap.", NULL},
     .instead = {"norm", "max"}},
};

const struct fork_list calibration_error_forks = {sizeof table / sizeof *table, table};
