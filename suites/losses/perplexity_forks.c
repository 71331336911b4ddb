// SPDX-License-Identifier: MIT
#include "../fork.h"

enum variant {
    TWIN,
    BASE_TWO,
    PADDING_COUNTED,
    PADDING_LEARNT,
    MEAN_OF_MEANS,
    EMPTY_COUNTED,
    SUM_OF_SEQUENCE,
    NOT_EXPONENTIATED,
    WITHOUT_MAXIMUM,
    GRADIENT_OF_ENTROPY,
    MEAN_OF_BLOCK_MEANS,
    LAST_BLOCK_LOST,
    UPSTREAM_IGNORED,
    GRADIENT_SIGN
};

struct problem {
    enum variant variant;
    size_t N, T, C, block;
    const real *z;
    const int *labels;
    int by_sequence, bits;
    real upstream;
};

static int counts(const struct problem *a, size_t i)
{
    return a->labels[i] >= 0 || a->variant == PADDING_LEARNT;
}

static size_t label_of(const struct problem *a, size_t i)
{
    return a->labels[i] >= 0 ? (size_t)a->labels[i] : 0;
}

/* log sum_k e^(z[k] - z[label]) of token i, over the differences from the label's logit. */
static real surprise(const struct problem *a, size_t i)
{
    const real *z = &a->z[i * a->C];
    real own = z[label_of(a, i)], m = own, sum = R(0.0);
    for (size_t k = 0; a->variant != WITHOUT_MAXIMUM && k < a->C; k++)
        m = z[k] > m ? z[k] : m;
    if (a->variant == WITHOUT_MAXIMUM)
        m = R(0.0);
    for (size_t k = a->C; k-- > 0;)
        sum = sum + real_exp(z[k] - m);
    return (m - own) + real_log(sum);
}

/* The sum of sequence n, and how many of its tokens count. */
static real sequence(const struct problem *a, size_t n, real *count)
{
    real sum = R(0.0);
    *count = R(0.0);
    for (size_t i = (n + 1) * a->T; i-- > n * a->T;) {
        sum = sum + (counts(a, i) ? surprise(a, i) : R(0.0));
        *count = *count + (counts(a, i) || a->variant == PADDING_COUNTED ? R(1.0) : R(0.0));
    }
    return sum;
}

static real power_of_base(const struct problem *a, real H)
{
    if (a->variant == NOT_EXPONENTIATED)
        return H;
    return real_exp(a->variant == BASE_TWO ? H * real_log(R(2.0)) : H);
}

/* How much a token of sequence n weighs in the mean over tokens. */
static real token_share(const struct problem *a, size_t n)
{
    size_t begin = n / a->block * a->block, blocks = 0, sequences = 0;
    real all = R(0.0), own_block = R(0.0), own = R(0.0), count;
    if (a->variant == LAST_BLOCK_LOST && a->N - begin <= a->block)
        return R(0.0);
    for (size_t m = 0; m < a->N; m++) {
        sequence(a, m, &count);
        all = all + count;
        own_block = own_block + (m / a->block == n / a->block ? count : R(0.0));
        own = m == n ? count : own;
        sequences += count > 0;
    }
    blocks = (a->N + a->block - 1) / a->block;
    if (a->variant == MEAN_OF_BLOCK_MEANS)
        return own_block > 0 ? 1 / (own_block * real_count(blocks)) : R(0.0);
    if (a->variant == MEAN_OF_MEANS)
        return own > 0 ? 1 / (own * real_count(sequences)) : R(0.0);
    return 1 / all;
}

static real sequence_share(const struct problem *a, size_t n)
{
    size_t begin = n / a->block * a->block, sequences = 0, here = 0;
    real count;
    if (a->variant == LAST_BLOCK_LOST && a->N - begin <= a->block)
        return R(0.0);
    for (size_t m = 0; m < a->N; m++) {
        sequence(a, m, &count);
        sequences += count > 0 || a->variant == EMPTY_COUNTED;
        here += count > 0 && m / a->block == n / a->block;
    }
    if (a->variant == MEAN_OF_BLOCK_MEANS)
        return 1 / real_count((here > 0 ? here : 1) * ((a->N + a->block - 1) / a->block));
    return 1 / real_count(sequences);
}

static void backward(const struct problem *a, size_t n, real scale, real *dz)
{
    real upstream = a->variant == UPSTREAM_IGNORED ? R(1.0) : a->upstream;
    upstream = a->variant == GRADIENT_SIGN ? -upstream : upstream;
    for (size_t i = n * a->T; i < (n + 1) * a->T; i++) {
        real q = surprise(a, i), own = a->z[i * a->C + label_of(a, i)];
        for (size_t k = 0; counts(a, i) && k < a->C; k++) {
            real away = a->z[i * a->C + k] - own - q;
            int label = k == label_of(a, i);
            dz[i * a->C + k] = upstream * scale * (label ? real_expm1(away) : real_exp(away));
        }
    }
}

static void read(struct call *call, struct problem *a)
{
    static const char *const averages[] = {"tokens", "sequences", NULL};
    static const char *const units[] = {"nats", "bits", NULL};
    a->by_sequence = call_choice(call, "average", averages);
    a->bits = call_choice(call, "unit", units);
    a->z = call_input(call, "z", "NTC");
    a->N = call_size(call, 'N');
    a->T = call_size(call, 'T');
    a->C = call_size(call, 'C');
    a->block = call_block(call);
    a->labels = call_integers(call, "labels", "NT", -1, (int)a->C - 1);
    a->upstream = *call_input(call, "dperplexity", "");
}

/* The mean over sequences of their perplexities; dz is written on the way. */
static real over_sequences(const struct problem *a, real *H, real *dz)
{
    real perplexity = R(0.0), count;
    for (size_t n = a->N; n-- > 0;) {
        real sum = sequence(a, n, &count), share = sequence_share(a, n);
        real own = count > 0 ? (a->variant == SUM_OF_SEQUENCE ? sum : sum / count) : R(0.0);
        if (!(count > 0) && a->variant != EMPTY_COUNTED)
            continue;
        real e = power_of_base(a, own);
        *H = *H + share * own;
        perplexity = perplexity + share * e;
        if (count > 0)
            backward(a, n, share * (a->variant == GRADIENT_OF_ENTROPY ? R(1.0) : e) / count, dz);
    }
    return perplexity;
}

static void answer(struct call *call)
{
    struct problem a = {.variant = (enum variant)call_variant(call)};
    read(call, &a);
    real *perplexity = call_output(call, "perplexity", ""), H = R(0.0), count;
    real *entropy = call_output(call, "entropy", ""), *dz = call_output(call, "dz", "NTC");
    if (a.by_sequence) {
        *perplexity = over_sequences(&a, &H, dz);
    } else {
        for (size_t n = a.N; n-- > 0;) {
            real sum = sequence(&a, n, &count);
            H = H + (count > 0 ? token_share(&a, n) * sum : R(0.0));
        }
        *perplexity = power_of_base(&a, H);
        real e = a.variant == GRADIENT_OF_ENTROPY ? R(1.0) : *perplexity;
        for (size_t n = 0; n < a.N; n++)
            backward(&a, n, token_share(&a, n) * e, dz);
    }
    *entropy = a.bits ? H / real_log(R(2.0)) : H;
}

static const struct fork table[] = {
    {.info = {"differences_of_logits", FORK_TWIN, "",
              "e^(z - z_label - q) for gradients, expm1 of it at the label; from the last token.",
              NULL},
     .answer = answer},
    {.info = {"base_two", FORK_BUG, "61", "2 to the power of nats.", NULL},
     .answer = answer,
     .variant = BASE_TWO},
    {.info = {"nats", FORK_CONVENTION, "61", "The entropy in nats, whatever is asked for.", NULL},
     .instead = {"unit", "nats"}},
    {.info = {"bits", FORK_CONVENTION, "61", "The entropy in bits, whatever is asked for.", NULL},
     .instead = {"unit", "bits"}},
    {.info = {"over_tokens", FORK_CONVENTION, "61", "One mean over all tokens.", NULL},
     .instead = {"average", "tokens"}},
    {.info = {"over_sequences", FORK_CONVENTION, "61", "The mean of perplexities of sequences.",
              NULL},
     .instead = {"average", "sequences"}},
    {.info = {"mean_of_sequence_means", FORK_BUG, "33 61",
              "The entropy is the mean of the means of sequences.", NULL},
     .answer = answer,
     .variant = MEAN_OF_MEANS},
    {.info = {"sum_of_sequence", FORK_BUG, "61", "A sequence's sum is not divided by its length.",
              NULL},
     .answer = answer,
     .variant = SUM_OF_SEQUENCE},
    {.info = {"padding_counted", FORK_BUG, "29 32", "Padding is in the number of tokens.", NULL},
     .answer = answer,
     .variant = PADDING_COUNTED},
    {.info = {"padding_learnt", FORK_BUG, "29", "Padding is a token of class 0.", NULL},
     .answer = answer,
     .variant = PADDING_LEARNT},
    {.info = {"empty_counted", FORK_BUG, "31", "An empty sequence has perplexity 1.", NULL},
     .answer = answer,
     .variant = EMPTY_COUNTED},
    {.info = {"not_exponentiated", FORK_BUG, "", "The cross-entropy itself.", NULL},
     .answer = answer,
     .variant = NOT_EXPONENTIATED},
    {.info = {"gradient_of_entropy", FORK_BUG, "", "The gradient without the perplexity's factor.",
              NULL},
     .answer = answer,
     .variant = GRADIENT_OF_ENTROPY},
    {.info = {"without_maximum", FORK_NUMERICAL, "15 60", "Exponentials of logits as they are.",
              NULL},
     .answer = answer,
     .variant = WITHOUT_MAXIMUM},
    {.info = {"mean_of_block_means", FORK_BUG, "33 57",
              "Each block is averaged by itself, and then the averages.", NULL},
     .answer = answer,
     .variant = MEAN_OF_BLOCK_MEANS},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of sequences is left out.", NULL},
     .answer = answer,
     .variant = LAST_BLOCK_LOST},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken to be 1.", NULL},
     .answer = answer,
     .variant = UPSTREAM_IGNORED},
    {.info = {"gradient_sign", FORK_BUG, "", "The gradient has the wrong sign.", NULL},
     .answer = answer,
     .variant = GRADIENT_SIGN},
};

const struct fork_list perplexity_forks = {sizeof table / sizeof *table, table};
