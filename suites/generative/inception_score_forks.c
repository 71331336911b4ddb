// SPDX-License-Identifier: MIT
#include "../../reference/generative/inception_score.h"
#include "../fork.h"

enum mistake {
    NONE,
    NOT_EXPONENTIATED,
    REVERSED_DIVERGENCE,
    MARGINAL_OF_ALL,
    UNIFORM_MARGINAL,
    SUMMED,
    EXPONENTIAL_OF_EACH,
    BASE_TWO,
    SPLITS_OF_EQUAL_SIZE,
    INTERLEAVED,
    VARIANCE,
    MEAN_OF_LOGS,
    ENTROPY_SIGN,
    CONDITIONAL_LOST,
    LAST_SAMPLE_LOST,
    CLASSES_AVERAGED
};

struct split {
    enum mistake mistake;
    const struct inception *i;
    size_t first, count, stride;
};

static const real *sample(const struct split *s, size_t n)
{
    return &s->i->p[(s->first + n * s->stride) * s->i->C];
}

static real information(const struct split *s, const real *p, const real *q)
{
    real sum = 0;
    for (size_t c = s->i->C; c-- > 0;) {
        real base = s->mistake == UNIFORM_MARGINAL ? 1 / real_count(s->i->C) : q[c];
        if (s->mistake == REVERSED_DIVERGENCE) {
            if (p[c] > 0 && base > 0)
                sum = sum + base * real_log(base / p[c]);
        } else if (p[c] > 0) {
            sum = sum +
                  p[c] * (s->mistake == CONDITIONAL_LOST ? -real_log(base) : real_log(p[c] / base));
        }
    }
    if (s->mistake == CLASSES_AVERAGED)
        sum = sum / real_count(s->i->C);
    return s->mistake == BASE_TWO ? sum / real_log(R(2.0)) : sum;
}

static real judge(const struct split *s, real *q)
{
    const struct inception *i = s->i;
    real sum = 0, each = 0;
    for (size_t c = 0; c < i->C; c++) {
        q[c] = 0;
        for (size_t n = s->count; n-- > 0;)
            q[c] = q[c] + sample(s, n)[c] / real_count(s->count);
        for (size_t n = 0; s->mistake == MARGINAL_OF_ALL && n < i->N; n++)
            q[c] = (n == 0 ? 0 : q[c]) + i->p[n * i->C + c] / real_count(i->N);
    }
    for (size_t n = s->count; n-- > 0;) {
        real one = information(s, sample(s, n), q);
        sum = sum + one;
        each = each + real_exp(one);
    }
    real mean = s->mistake == SUMMED ? sum : sum / real_count(s->count);
    if (s->mistake == NOT_EXPONENTIATED)
        return mean;
    if (s->mistake == EXPONENTIAL_OF_EACH)
        return each / real_count(s->count);
    return real_exp(s->mistake == ENTROPY_SIGN ? -mean : mean);
}

static void score(struct call *call)
{
    enum mistake mistake = (enum mistake)call_variant(call);
    struct inception i = inception_score_read(call);
    real mean = 0, squares = 0;
    for (size_t s = 0; s < i.S; s++) {
        struct split split = {mistake, &i, s * i.N / i.S, (s + 1) * i.N / i.S - s * i.N / i.S, 1};
        if (mistake == SPLITS_OF_EQUAL_SIZE) {
            split.first = s * (i.N / i.S);
            split.count = i.N / i.S;
        }
        if (mistake == INTERLEAVED) {
            split.first = s;
            split.stride = i.S;
            split.count = (i.N - s + i.S - 1) / i.S;
        }
        split.count -= mistake == LAST_SAMPLE_LOST && split.count > 1;
        i.score[s] = judge(&split, &i.marginal[s * i.C]);
    }
    for (size_t s = i.S; s-- > 0;)
        mean = mean + (mistake == MEAN_OF_LOGS ? real_log(i.score[s]) : i.score[s]);
    *i.mean = mean / real_count(i.S);
    if (mistake == MEAN_OF_LOGS)
        *i.mean = real_exp(*i.mean);
    for (size_t s = i.S; s-- > 0;)
        squares = squares + (i.score[s] - *i.mean) * (i.score[s] - *i.mean);
    *i.deviation = mistake == VARIANCE ? squares / i.divisor : real_sqrt(squares / i.divisor);
}

static const struct fork table[] = {
    {.info = {"quotients", FORK_TWIN, "", "Logarithms of quotients, sums from the end.", NULL},
     .answer = score},
    {.info = {"ddof_zero", FORK_CONVENTION, "271", "Divided by the number of splits.", NULL},
     .number = {"ddof", 0}},
    {.info = {"not_exponentiated", FORK_BUG, "", "The mean divergence itself.", NULL},
     .answer = score,
     .variant = NOT_EXPONENTIATED},
    {.info = {"reversed_divergence", FORK_BUG, "", "The divergence of q from p.", NULL},
     .answer = score,
     .variant = REVERSED_DIVERGENCE},
    {.info = {"marginal_of_all", FORK_CONVENTION, "", "One marginal for all splits.", NULL},
     .answer = score,
     .variant = MARGINAL_OF_ALL},
    {.info = {"uniform_marginal", FORK_BUG, "", "The marginal is taken to be uniform.", NULL},
     .answer = score,
     .variant = UNIFORM_MARGINAL},
    {.info = {"summed", FORK_BUG, "44", "The sum over the samples.", NULL},
     .answer = score,
     .variant = SUMMED},
    {.info = {"exponential_of_each", FORK_BUG, "", "The mean of the exponentials.", NULL},
     .answer = score,
     .variant = EXPONENTIAL_OF_EACH},
    {.info = {"base_two", FORK_BUG, "", "Logarithms of base 2, powers of e.", NULL},
     .answer = score,
     .variant = BASE_TWO},
    {.info = {"equal_splits", FORK_BUG, "155", "Splits of N / S samples; the remainder is lost.",
              NULL},
     .answer = score,
     .variant = SPLITS_OF_EQUAL_SIZE},
    {.info = {"interleaved", FORK_CONVENTION, "", "Every S-th sample makes a split.", NULL},
     .answer = score,
     .variant = INTERLEAVED},
    {.info = {"variance", FORK_BUG, "", "The variance of the splits.", NULL},
     .answer = score,
     .variant = VARIANCE},
    {.info = {"mean_of_logs", FORK_CONVENTION, "", "The geometric mean of the splits.", NULL},
     .answer = score,
     .variant = MEAN_OF_LOGS},
    {.info = {"sign", FORK_BUG, "", "The exponential of minus the divergence.", NULL},
     .answer = score,
     .variant = ENTROPY_SIGN},
    {.info = {"conditional_lost", FORK_BUG, "", "The entropy of the marginal alone.", NULL},
     .answer = score,
     .variant = CONDITIONAL_LOST},
    {.info = {"classes_averaged", FORK_BUG, "", "The mean over the classes instead of their sum.",
              NULL},
     .answer = score,
     .variant = CLASSES_AVERAGED},
    {.info = {"last_sample_lost", FORK_BUG, "", "The last sample of each split is left out.", NULL},
     .answer = score,
     .variant = LAST_SAMPLE_LOST},
};

const struct fork_list inception_score_forks = {sizeof table / sizeof *table, table};
