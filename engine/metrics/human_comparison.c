// SPDX-License-Identifier: MIT
/* A model against graders; definition in reference/metrics/human_comparison.h.
 *
 * How it is distributed: the cases are sharded. Whole counts cross the network once, three per
 * grader and one of the model; they add in any order. Every rank computes the rest.
 */
#include "../techniques.h"

enum { MODEL_ALONE, HUMAN_ALONE, HUMAN, COUNTS };

struct settings {
    const struct team *team;
    bool independent, continuity, chi_squared, mid_p;
    scalar z, N;
};

static scalar tail(long long few, long long n, scalar *term)
{
    *term = 1;
    for (long long i = 0; i < n; i++)
        *term /= 2;
    scalar sum = *term;
    for (long long i = 0; i < few; i++)
        sum += *term = *term * (scalar)(n - i) / (scalar)(i + 1);
    return sum;
}

static scalar p_value(const struct settings *s, long long b, long long c, scalar statistic)
{
    scalar last, p;
    if (s->chi_squared) {
        last = scalar_sqrt(statistic / 2);
        s->team->kernels->complementary_error(1, &p, &last);
        return p;
    }
    p = 2 * tail(b < c ? b : c, b + c, &last);
    if (b == c)
        return 1;
    return s->mid_p ? p - last : p;
}

struct range {
    scalar low, high;
};

static struct range wilson(const struct settings *s, scalar rate)
{
    const scalar square = s->z * s->z, scale = 1 + square / s->N;
    const scalar middle = rate + square / (2 * s->N);
    const scalar spread = rate * (1 - rate) / s->N + square / (4 * s->N * s->N);
    const scalar half = s->z * scalar_sqrt(spread);
    return (struct range){(middle - half) / scale, (middle + half) / scale};
}

static scalar hypotenuse(scalar a, scalar b)
{
    return scalar_sqrt(a * a + b * b);
}

static struct range interval(const struct settings *s, scalar m, scalar h, scalar b, scalar c)
{
    const scalar difference = (b - c) / s->N;
    if (!s->independent) {
        const scalar half = s->z * scalar_sqrt(b + c - (b - c) * (b - c) / s->N) / s->N;
        return (struct range){difference - half, difference + half};
    }
    const struct range model = wilson(s, m), human = wilson(s, h);
    return (struct range){difference - hypotenuse(m - model.low, human.high - h),
                          difference + hypotenuse(model.high - m, h - human.low)};
}

static struct settings read_settings(struct question *q)
{
    static const char *const intervals[] = {"paired", "independent", NULL};
    static const char *const corrections[] = {"none", "continuity", NULL};
    static const char *const tests[] = {"exact", "mid_p", "chi_squared", NULL};
    const int test = question_choice(q, "test", tests);
    struct settings s = {.team = question_team(q),
                         .independent = question_choice(q, "interval", intervals) == 1,
                         .continuity = question_choice(q, "correction", corrections) == 1,
                         .chi_squared = test == 2,
                         .mid_p = test == 1,
                         .z = question_number_or(q, "z", (scalar)1.96)};
    if (!(s.z > 0))
        question_refuse(q, "its number 'z' must be above 0");
    return s;
}

void human_comparison_run(struct question *q)
{
    struct settings s = read_settings(q);
    const int *model = question_integers(q, "model", "[N]", 0, 1);
    const size_t N = question_size(q, 'N'), rows = question_part(q, 'N');
    if (N == 0)
        question_refuse(q, "its input 'model' is empty");
    const int *human = question_integers(q, "human", "[N]G", 0, 1);
    const size_t G = question_size(q, 'G');
    if (G == 0)
        question_refuse(q, "its input 'human' is of no grader");
    long long *count = arena_take(question_arena(q), COUNTS * G + 1, sizeof *count);
    for (size_t n = 0; n < rows; n++) {
        count[COUNTS * G] += model[n];
        for (size_t g = 0; g < G; g++) {
            const int mark = human[n * G + g];
            count[MODEL_ALONE * G + g] += model[n] & !mark;
            count[HUMAN_ALONE * G + g] += mark & !model[n];
            count[HUMAN * G + g] += mark;
        }
    }
    reduce_integers(s.team, count, COUNTS * G + 1);
    s.N = (scalar)N;
    const scalar m = (scalar)count[COUNTS * G] / s.N;
    scalar *rate = question_output(q, "human_rate", "G"), beaten = 0;
    scalar *b = question_output(q, "model_alone", "G"), *c = question_output(q, "human_alone", "G");
    scalar *difference = question_output(q, "difference", "G");
    scalar *low = question_output(q, "low", "G"), *high = question_output(q, "high", "G");
    scalar *statistic = question_output(q, "statistic", "G"), *p = question_output(q, "p", "G");
    for (size_t g = 0; g < G; g++) {
        const long long of_b = count[MODEL_ALONE * G + g], of_c = count[HUMAN_ALONE * G + g];
        long long gap = of_b > of_c ? of_b - of_c : of_c - of_b;
        gap -= s.continuity && gap > 0 ? 1 : 0;
        b[g] = (scalar)of_b;
        c[g] = (scalar)of_c;
        rate[g] = (scalar)count[HUMAN * G + g] / s.N;
        difference[g] = (b[g] - c[g]) / s.N;
        statistic[g] = of_b + of_c == 0 ? 0 : (scalar)(gap * gap) / (scalar)(of_b + of_c);
        p[g] = p_value(&s, of_b, of_c, statistic[g]);
        const struct range range = interval(&s, m, rate[g], b[g], c[g]);
        low[g] = range.low;
        high[g] = range.high;
        beaten += of_b > of_c ? 1 : 0;
    }
    *question_output(q, "model_rate", "") = m;
    *question_output(q, "beaten", "") = beaten;
}
