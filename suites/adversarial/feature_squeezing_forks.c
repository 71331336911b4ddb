// SPDX-License-Identifier: MIT
#include "defense_forks.h"

enum mistake {
    NONE,
    LEVELS_OF_A_POWER,
    BOX_IGNORED,
    LOWER_MEDIAN,
    MEAN_FILTER,
    WINDOW_SHIFTED,
    SIZES_EXCHANGED,
    WRAPPED,
    BLACK_EDGES,
    DISTANCE_SQUARED,
    LARGEST_CLASS,
    HALF_THE_SUM,
    SUM_OF_GAPS,
    MEAN_OF_GAPS,
    DETECTED_BELOW,
    JOINT,
    BETWEEN_SQUEEZED
};

struct settings {
    enum mistake mistake;
    int rounding, edges, mean, logits;
    size_t H, W, window, bits;
    real low, high, threshold;
};

static struct settings read(struct call *call, size_t D)
{
    static const char *const roundings[] = {"half_even", "half_away", "down", NULL};
    static const char *const medians[] = {"upper", "mean", NULL};
    static const char *const edges[] = {"reflect", "mirror", "nearest", NULL};
    static const char *const outputs[] = {"probabilities", "logits", NULL};
    struct settings is = {.mistake = (enum mistake)call_variant(call),
                          .rounding = call_choice(call, "rounding", roundings),
                          .edges = call_choice(call, "edges", edges),
                          .mean = call_choice(call, "median", medians),
                          .logits = call_choice(call, "output", outputs),
                          .H = call_count(call, "height", 1, D),
                          .window = call_count(call, "window", 1, D),
                          .bits = call_count(call, "bit_depth", 1, 16),
                          .low = call_number_or(call, "low", R(0.0)),
                          .high = call_number_or(call, "high", R(1.0)),
                          .threshold = call_number(call, "threshold")};
    is.W = D / is.H;
    if (is.mistake == SIZES_EXCHANGED) {
        is.W = is.H;
        is.H = D / is.W;
    }
    if (is.mistake == BOX_IGNORED) {
        is.low = 0;
        is.high = 1;
    }
    return is;
}

/* The nearest of all levels, by search. */
static real reduced_of(const struct settings *is, real x)
{
    long L = (1L << is->bits) - (is->mistake == LEVELS_OF_A_POWER ? 0 : 1), best = 0;
    real at = (x - is->low) * (real)L / (is->high - is->low);
    for (long k = 1; k <= L; k++) {
        real old = real_abs(at - (real)best), new = real_abs(at - (real)k);
        int taken = new < old || (new == old && (is->rounding == 1 || k % 2 == 0));
        best = is->rounding == 2 ? (at >= (real)k ? k : best) : taken ? k : best;
    }
    real share = (real)best / (real)L;
    return is->high * share + is->low * (1 - share);
}

static size_t place(const struct settings *is, long i, long n, int *black)
{
    *black = is->mistake == BLACK_EDGES && (i < 0 || i >= n);
    if (is->mistake == WRAPPED)
        return (size_t)((i + n) % n);
    long period = is->edges == 1 ? 2 * n - 2 : 2 * n;
    if (is->edges == 2 || period == 0)
        return (size_t)(i < 0 ? 0 : i >= n ? n - 1 : i);
    i = (i + period) % period;
    return (size_t)(i < n ? i : period - i - (is->edges == 0));
}

/* The smallest pixel that enough others do not exceed. */
static real median_of(const struct settings *is, const real *v, size_t n)
{
    size_t wanted = n / 2 + 1 - (is->mistake == LOWER_MEDIAN && n % 2 == 0);
    real upper = 0, lower = 0, sum = 0;
    int found = 0, found_lower = 0;
    for (size_t i = 0; i < n; i++) {
        size_t count = 0;
        sum = sum + v[i];
        for (size_t k = 0; k < n; k++)
            count += v[k] <= v[i];
        if (count >= wanted && (!found || v[i] < upper)) {
            upper = v[i];
            found = 1;
        }
        if (count + 1 >= wanted && (!found_lower || v[i] < lower)) {
            lower = v[i];
            found_lower = 1;
        }
    }
    if (is->mistake == MEAN_FILTER)
        return sum / real_count(n);
    return is->mean && n % 2 == 0 ? lower / 2 + upper / 2 : upper;
}

static void smooth(struct call *call, const struct settings *is, real *to, const real *image)
{
    size_t w = is->window;
    real *v = call_scratch(call, w * w);
    long before = (long)(is->mistake == WINDOW_SHIFTED ? (w - 1) / 2 : w / 2);
    for (size_t i = 0; i < is->H * is->W; i++) {
        for (size_t k = 0; k < w * w; k++) {
            int black, dark;
            size_t r = place(is, (long)(i / is->W + k / w) - before, (long)is->H, &black);
            size_t c = place(is, (long)(i % is->W + k % w) - before, (long)is->W, &dark);
            v[k] = black || dark ? is->low : image[r * is->W + c];
        }
        to[i] = median_of(is, v, w * w);
    }
}

static void gap(const struct settings *is, real *to, const real *p, const real *s, size_t N,
                size_t K)
{
    for (size_t n = 0; n < N; n++) {
        real sum = 0, largest = 0;
        for (size_t k = K; k-- > 0;) {
            real d = real_abs(s[n * K + k] - p[n * K + k]);
            sum = sum + (is->mistake == DISTANCE_SQUARED ? d * d : d);
            largest = d > largest ? d : largest;
        }
        to[n] = is->mistake == LARGEST_CLASS      ? largest
                : is->mistake == DISTANCE_SQUARED ? real_sqrt(sum)
                : is->mistake == HALF_THE_SUM     ? sum / 2
                                                  : sum;
    }
}

static void outputs_of(const struct settings *is, struct rival_net *net, real *p, const real *x)
{
    const real *z = rival_logits(net, x);
    for (size_t n = 0; n < net->N; n++) {
        rival_softmax(p + n * net->K, z + n * net->K, R(1.0), net->K);
        for (size_t k = 0; is->logits && k < net->K; k++)
            p[n * net->K + k] = z[n * net->K + k];
    }
}

static void counted(struct call *call)
{
    struct rival_net net;
    const real *x = rival_read(call, &net);
    struct settings is = read(call, net.D);
    size_t N = net.N, K = net.K;
    real *reduced = call_output(call, "reduced", "Na"),
         *smoothed = call_output(call, "smoothed", "Na");
    real *by_bits = call_output(call, "gap_reduced", "N");
    real *by_median = call_output(call, "gap_smoothed", "N");
    real *score = call_output(call, "score", "N"), *detected;
    detected = call_output_integers(call, "detected", "N");
    real *p = call_scratch(call, N * K), *r = call_scratch(call, N * K);
    real *s = call_scratch(call, N * K);
    for (size_t i = 0; i < N * net.D; i++)
        reduced[i] = reduced_of(&is, x[i]);
    for (size_t i = 0; i < N * net.D; i += net.D)
        smooth(call, &is, smoothed + i, is.mistake == JOINT ? reduced + i : x + i);
    outputs_of(&is, &net, p, x);
    outputs_of(&is, &net, r, reduced);
    outputs_of(&is, &net, s, smoothed);
    gap(&is, by_bits, p, r, N, K);
    gap(&is, by_median, is.mistake == BETWEEN_SQUEEZED ? r : p, s, N, K);
    for (size_t n = 0; n < N; n++) {
        real sum = by_bits[n] + by_median[n];
        score[n] = by_median[n] > by_bits[n] ? by_median[n] : by_bits[n];
        if (is.mistake == SUM_OF_GAPS || is.mistake == MEAN_OF_GAPS)
            score[n] = is.mistake == SUM_OF_GAPS ? sum : sum / 2;
        detected[n] =
            is.mistake == DETECTED_BELOW ? score[n] < is.threshold : score[n] > is.threshold;
    }
}

static const struct fork table[] = {
    {.info = {"counted", FORK_TWIN, "",
              "Levels by search over all of them, medians by counting; another softmax.", NULL},
     .answer = counted},
    {.info = {"levels_of_a_power", FORK_BUG, "",
              "2^bits steps instead of 2^bits - 1, so one level more.", NULL},
     .answer = counted,
     .variant = LEVELS_OF_A_POWER},
    {.info = {"box_ignored", FORK_BUG, "259", "Levels span [0, 1] whatever the box is.", NULL},
     .answer = counted,
     .variant = BOX_IGNORED},
    {.info = {"rounded_half_even", FORK_CONVENTION, "", "Halves go to the even level.", NULL},
     .instead = {"rounding", "half_even"}},
    {.info = {"rounded_half_away", FORK_CONVENTION, "", "Halves go upwards.", NULL},
     .instead = {"rounding", "half_away"}},
    {.info = {"rounded_down", FORK_CONVENTION, "274", "Levels are cut.", NULL},
     .instead = {"rounding", "down"}},
    {.info = {"lower_median", FORK_BUG, "", "Of an even number of pixels the smaller middle one.",
              NULL},
     .answer = counted,
     .variant = LOWER_MEDIAN},
    {.info = {"upper_median_always", FORK_CONVENTION, "",
              "The larger middle one whatever is asked for.", NULL},
     .instead = {"median", "upper"}},
    {.info = {"mean_of_two_always", FORK_CONVENTION, "",
              "The mean of both middle ones whatever is asked for.", NULL},
     .instead = {"median", "mean"}},
    {.info = {"mean_filter", FORK_BUG, "", "The mean of the window.", NULL},
     .answer = counted,
     .variant = MEAN_FILTER},
    {.info = {"window_shifted", FORK_CONVENTION, "",
              "Windows of even size reach further down and to the right.", NULL},
     .answer = counted,
     .variant = WINDOW_SHIFTED},
    {.info = {"sizes_exchanged", FORK_BUG, "", "Height is taken for width.", NULL},
     .answer = counted,
     .variant = SIZES_EXCHANGED},
    {.info = {"reflected_always", FORK_CONVENTION, "", "Edges are reflected whatever is asked for.",
              NULL},
     .instead = {"edges", "reflect"}},
    {.info = {"mirrored_always", FORK_CONVENTION, "", "Edges are mirrored whatever is asked for.",
              NULL},
     .instead = {"edges", "mirror"}},
    {.info = {"wrapped", FORK_CONVENTION, "", "The image continues on the other side.", NULL},
     .answer = counted,
     .variant = WRAPPED},
    {.info = {"black_edges", FORK_CONVENTION, "", "Beyond the edges is black (SciPy's medfilt2d).",
              NULL},
     .answer = counted,
     .variant = BLACK_EDGES},
    {.info = {"distance_squared", FORK_CONVENTION, "", "Euclidean distance.", NULL},
     .answer = counted,
     .variant = DISTANCE_SQUARED},
    {.info = {"largest_class", FORK_CONVENTION, "", "The largest difference of a class.", NULL},
     .answer = counted,
     .variant = LARGEST_CLASS},
    {.info = {"half_the_sum", FORK_CONVENTION, "", "The total variation: half the sum.", NULL},
     .answer = counted,
     .variant = HALF_THE_SUM},
    {.info = {"sum_of_gaps", FORK_BUG, "", "Scores of squeezers are added.", NULL},
     .answer = counted,
     .variant = SUM_OF_GAPS},
    {.info = {"mean_of_gaps", FORK_BUG, "", "The mean of the squeezers' scores.", NULL},
     .answer = counted,
     .variant = MEAN_OF_GAPS},
    {.info = {"detected_below", FORK_BUG, "", "What lies below the threshold is detected.", NULL},
     .answer = counted,
     .variant = DETECTED_BELOW},
    {.info = {"joint", FORK_CONVENTION, "", "The median of the reduced image: squeezers in a row.",
              NULL},
     .answer = counted,
     .variant = JOINT},
    {.info = {"between_squeezed", FORK_BUG, "256",
              "The second gap starts from the first squeezed image.", NULL},
     .answer = counted,
     .variant = BETWEEN_SQUEEZED},
    {.info = {"probabilities_always", FORK_CONVENTION, "", "Probabilities whatever is asked for.",
              NULL},
     .instead = {"output", "probabilities"}},
    {.info = {"logits_always", FORK_CONVENTION, "", "Logits whatever is asked for.", NULL},
     .instead = {"output", "logits"}},
};

const struct fork_list feature_squeezing_forks = {sizeof table / sizeof *table, table};
