// SPDX-License-Identifier: MIT
#include "../../reference/metrics/human_comparison.h"
#include "../fork.h"

enum mistake {
    NONE,
    ONE_SIDED,
    NOT_CAPPED,
    LARGER_TAIL,
    TAIL_OPEN,
    AGREEMENTS_COUNTED,
    SIGN,
    UNSQUARED,
    STATISTIC_OVER_N,
    UNPAIRED_WALD,
    WILSON_WITHOUT_SCALE,
    NEWCOMBE_SWAPPED,
    VARIANCE_NOT_CENTERED,
    HALF_CORRECTION,
    TIES_BEATEN,
    LAST_CASE_LOST,
    GRADERS_POOLED,
    TRANSPOSED
};

struct counts {
    size_t b, c, model, human, N;
};

static struct counts count(const struct human_study *s, enum mistake mistake, size_t g)
{
    struct counts k = {.N = s->N - (mistake == LAST_CASE_LOST)};
    for (size_t n = 0; n < k.N; n++) {
        int mark = s->human[mistake == TRANSPOSED ? (g * s->N + n) : n * s->G + g];
        k.b += s->model[n] == 1 && mark == 0;
        k.c += s->model[n] == 0 && mark == 1;
        k.model += s->model[n] == 1;
        k.human += mark == 1;
        if (mistake == AGREEMENTS_COUNTED)
            k.b += s->model[n] == 1 && mark == 1;
    }
    return k;
}

/* C(n,i) / 2^n by a product of i quotients, each halved as it comes, from the larger terms down. */
static real chance(size_t i, size_t n)
{
    real product = 1;
    size_t halved = 0;
    for (size_t j = i; j-- > 0;)
        product = product * real_count(n - j) / real_count(i - j);
    for (; halved < n; halved++)
        product = product * R(0.5);
    return product;
}

static real p_value(const struct human_study *s, enum mistake mistake, const struct counts *k,
                    real statistic)
{
    size_t few = k->b < k->c ? k->b : k->c, n = k->b + k->c;
    real sum = 0;
    if (s->test == HUMAN_CHI_SQUARED)
        return mistake == ONE_SIDED ? real_erfc(real_sqrt(statistic / 2)) / 2
                                    : real_erfc(real_sqrt(statistic) / real_sqrt(R(2.0)));
    if (mistake == LARGER_TAIL)
        few = n - few;
    for (size_t i = few + (mistake != TAIL_OPEN); i-- > 0;)
        sum = sum + chance(i, n);
    sum = mistake == ONE_SIDED ? sum : 2 * sum;
    if (s->test == HUMAN_MID_P)
        return sum - chance(few, n);
    return sum > 1 && mistake != NOT_CAPPED ? 1 : sum;
}

static void wilson(const struct human_study *s, enum mistake mistake, real rate, real range[2])
{
    real N = real_count(s->N), share = s->z * s->z / N;
    real half = real_sqrt(share * (rate * (1 - rate) + share / 4));
    real scale = mistake == WILSON_WITHOUT_SCALE ? 1 : 1 + share;
    range[0] = (rate + share / 2 - half) / scale;
    range[1] = (rate + share / 2 + half) / scale;
}

static void bracket(const struct human_study *s, enum mistake mistake, const struct counts *k,
                    size_t g)
{
    real m = *s->model_rate, h = s->human_rate[g], N = real_count(s->N), d = s->difference[g];
    real of_m[2], of_h[2], half = real_count(k->b + k->c) / N;
    wilson(s, mistake, m, of_m);
    wilson(s, mistake, h, of_h);
    int swap = mistake == NEWCOMBE_SWAPPED;
    real a = m - of_m[swap], b = of_h[1 - swap] - h, c = of_m[1 - swap] - m, e = h - of_h[swap];
    if (mistake != VARIANCE_NOT_CENTERED)
        half = half - d * d;
    if (mistake == UNPAIRED_WALD)
        half = m * (1 - m) + h * (1 - h);
    half = s->z * real_sqrt(half / N);
    s->low[g] = s->independent ? d - real_sqrt(a * a + b * b) : d - half;
    s->high[g] = s->independent ? d + real_sqrt(c * c + e * e) : d + half;
}

static void compare(struct call *call)
{
    enum mistake mistake = (enum mistake)call_variant(call);
    struct human_study s = human_comparison_read(call);
    for (size_t g = 0; g < s.G; g++) {
        struct counts k = count(&s, mistake, mistake == GRADERS_POOLED ? 0 : g);
        real b = real_count(k.b), c = real_count(k.c), n = b + c, gap = real_abs(b - c);
        real off = !s.continuity ? 0 : mistake == HALF_CORRECTION ? R(0.5) : 1;
        gap = gap > off ? gap - off : 0;
        *s.model_rate = real_count(k.model) / real_count(k.N);
        s.human_rate[g] = real_count(k.human) / real_count(k.N);
        s.b[g] = b;
        s.c[g] = c;
        s.difference[g] = (mistake == SIGN ? c - b : b - c) / real_count(k.N);
        real divisor = mistake == STATISTIC_OVER_N ? real_count(k.N) : n;
        s.statistic[g] = n > 0 ? (mistake == UNSQUARED ? gap : gap * gap) / divisor : 0;
        s.p[g] = p_value(&s, mistake, &k, s.statistic[g]);
        bracket(&s, mistake, &k, g);
        *s.beaten = *s.beaten + (mistake == TIES_BEATEN ? b >= c : b > c);
    }
}

static const struct fork table[] = {
    {.info = {"products", FORK_TWIN, "",
              "Binomial chances one by one, from the largest down; variances as shares.", NULL},
     .answer = compare},
    {.info = {"paired", FORK_CONVENTION, "", "Wald's interval of paired cases.", NULL},
     .instead = {"interval", "paired"}},
    {.info = {"independent", FORK_CONVENTION, "", "Newcombe's interval of independent cases.",
              NULL},
     .instead = {"interval", "independent"}},
    {.info = {"uncorrected", FORK_CONVENTION, "", "No continuity correction.", NULL},
     .instead = {"correction", "none"}},
    {.info = {"corrected", FORK_CONVENTION, "", "The continuity correction.", NULL},
     .instead = {"correction", "continuity"}},
    {.info = {"exact", FORK_CONVENTION, "", "The binomial test.", NULL},
     .instead = {"test", "exact"}},
    {.info = {"mid_p", FORK_CONVENTION, "", "The mid-p test.", NULL}, .instead = {"test", "mid_p"}},
    {.info = {"chi_squared", FORK_CONVENTION, "", "The large-sample test.", NULL},
     .instead = {"test", "chi_squared"}},
    {.info = {"one_sided", FORK_BUG, "", "One tail.", NULL},
     .answer = compare,
     .variant = ONE_SIDED},
    {.info = {"not_capped", FORK_BUG, "", "p above 1.", NULL},
     .answer = compare,
     .variant = NOT_CAPPED},
    {.info = {"larger_tail", FORK_BUG, "", "The tail of the larger count.", NULL},
     .answer = compare,
     .variant = LARGER_TAIL},
    {.info = {"tail_open", FORK_BUG, "", "The tail without what was seen.", NULL},
     .answer = compare,
     .variant = TAIL_OPEN},
    {.info = {"agreements_counted", FORK_BUG, "", "Cases where both are right count for the model.",
              NULL},
     .answer = compare,
     .variant = AGREEMENTS_COUNTED},
    {.info = {"sign", FORK_BUG, "", "Human minus model.", NULL},
     .answer = compare,
     .variant = SIGN},
    {.info = {"unsquared", FORK_BUG, "", "The gap is not squared.", NULL},
     .answer = compare,
     .variant = UNSQUARED},
    {.info = {"statistic_over_n", FORK_BUG, "", "Divided by all cases.", NULL},
     .answer = compare,
     .variant = STATISTIC_OVER_N},
    {.info = {"unpaired_wald", FORK_CONVENTION, "", "The variance of independent rates.", NULL},
     .answer = compare,
     .variant = UNPAIRED_WALD},
    {.info = {"not_centered", FORK_BUG, "",
              "The square of the difference is not taken off the variance.", NULL},
     .answer = compare,
     .variant = VARIANCE_NOT_CENTERED},
    {.info = {"wilson_without_scale", FORK_BUG, "",
              "Wilson's interval is not divided by 1 + z^2 / N.", NULL},
     .answer = compare,
     .variant = WILSON_WITHOUT_SCALE},
    {.info = {"newcombe_swapped", FORK_BUG, "", "Lower and upper limits exchanged.", NULL},
     .answer = compare,
     .variant = NEWCOMBE_SWAPPED},
    {.info = {"half_correction", FORK_CONVENTION, "", "One half is taken off, as Yates does.",
              NULL},
     .answer = compare,
     .variant = HALF_CORRECTION},
    {.info = {"ties_beaten", FORK_BUG, "", "Who is as good is beaten.", NULL},
     .answer = compare,
     .variant = TIES_BEATEN},
    {.info = {"first_grader", FORK_BUG, "", "The first grader stands for all.", NULL},
     .answer = compare,
     .variant = GRADERS_POOLED},
    {.info = {"transposed", FORK_BUG, "", "Marks are read grader by grader.", NULL},
     .answer = compare,
     .variant = TRANSPOSED},
    {.info = {"last_case_lost", FORK_BUG, "155", "The last case is left out.", NULL},
     .answer = compare,
     .variant = LAST_CASE_LOST},
};

const struct fork_list human_comparison_forks = {sizeof table / sizeof *table, table};
