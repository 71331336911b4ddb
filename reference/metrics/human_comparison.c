// SPDX-License-Identifier: MIT
#include "human_comparison.h"

struct human_study human_comparison_read(struct call *call)
{
    static const char *const intervals[] = {"paired", "independent", NULL};
    static const char *const corrections[] = {"none", "continuity", NULL};
    static const char *const tests[] = {"exact", "mid_p", "chi_squared", NULL};
    struct human_study s = {.independent = call_choice(call, "interval", intervals),
                            .continuity = call_choice(call, "correction", corrections),
                            .test = (enum human_test)call_choice(call, "test", tests),
                            .z = call_number_or(call, "z", R(1.96)),
                            .model = call_integers(call, "model", "N", 0, 1)};
    s.N = call_size(call, 'N');
    if (s.N == 0)
        call_fail(call, "input 'model' has no cases");
    s.human = call_integers(call, "human", "NG", 0, 1);
    s.G = call_size(call, 'G');
    if (s.G == 0)
        call_fail(call, "input 'human' has no graders");
    if (!(s.z > 0))
        call_fail(call, "number 'z' is not above 0");
    s.model_rate = call_output(call, "model_rate", "");
    s.human_rate = call_output(call, "human_rate", "G");
    s.b = call_output_integers(call, "model_alone", "G");
    s.c = call_output_integers(call, "human_alone", "G");
    s.difference = call_output(call, "difference", "G");
    s.low = call_output(call, "low", "G");
    s.high = call_output(call, "high", "G");
    s.statistic = call_output(call, "statistic", "G");
    s.p = call_output(call, "p", "G");
    s.beaten = call_output_integers(call, "beaten", "");
    return s;
}

/* The probability of at most `few` heads of n; *last: of just so many. */
static real binomial_tail(real *last, size_t few, size_t n)
{
    real term = R(1.0), sum;
    for (size_t i = 0; i < n; i++)
        term = term / 2;
    sum = term;
    for (size_t i = 0; i < few; i++) {
        term = term * real_count(n - i) / real_count(i + 1);
        sum = sum + term;
    }
    *last = term;
    return sum;
}

static real p_value(const struct human_study *s, size_t b, size_t c, real statistic)
{
    real last, p;
    if (s->test == HUMAN_CHI_SQUARED)
        return real_erfc(real_sqrt(statistic / 2));
    p = 2 * binomial_tail(&last, b < c ? b : c, b + c);
    if (b == c)
        return R(1.0);
    return s->test == HUMAN_MID_P ? p - last : p;
}

/* Wilson's interval of a rate. */
static void wilson(real *low, real *high, real rate, const struct human_study *s)
{
    real N = real_count(s->N), square = s->z * s->z, scale = 1 + square / N;
    real middle = rate + square / (2 * N);
    real half = s->z * real_sqrt(rate * (1 - rate) / N + square / (4 * N * N));
    *low = (middle - half) / scale;
    *high = (middle + half) / scale;
}

static void bracket(const struct human_study *s, size_t g)
{
    real b = s->b[g], c = s->c[g], N = real_count(s->N), m = *s->model_rate, h = s->human_rate[g];
    real down, up, low_m, high_m, low_h, high_h;
    if (s->independent) {
        wilson(&low_m, &high_m, m, s);
        wilson(&low_h, &high_h, h, s);
        down = real_sqrt((m - low_m) * (m - low_m) + (high_h - h) * (high_h - h));
        up = real_sqrt((high_m - m) * (high_m - m) + (h - low_h) * (h - low_h));
    } else {
        down = up = s->z * real_sqrt(b + c - (b - c) * (b - c) / N) / N;
    }
    s->low[g] = s->difference[g] - down;
    s->high[g] = s->difference[g] + up;
}

void human_comparison_answer(struct call *call)
{
    struct human_study s = human_comparison_read(call);
    size_t right = 0;
    for (size_t n = 0; n < s.N; n++)
        right += (size_t)s.model[n];
    *s.model_rate = real_count(right) / real_count(s.N);
    for (size_t g = 0; g < s.G; g++) {
        size_t b = 0, c = 0, human = 0;
        for (size_t n = 0; n < s.N; n++) {
            int mark = s.human[n * s.G + g];
            b += s.model[n] > mark;
            c += s.model[n] < mark;
            human += (size_t)mark;
        }
        size_t gap = b > c ? b - c : c - b;
        gap -= s.continuity && gap > 0;
        s.human_rate[g] = real_count(human) / real_count(s.N);
        s.b[g] = real_count(b);
        s.c[g] = real_count(c);
        s.difference[g] = (s.b[g] - s.c[g]) / real_count(s.N);
        s.statistic[g] = b + c > 0 ? real_count(gap * gap) / real_count(b + c) : R(0.0);
        s.p[g] = p_value(&s, b, c, s.statistic[g]);
        bracket(&s, g);
        *s.beaten = *s.beaten + (b > c);
    }
}
