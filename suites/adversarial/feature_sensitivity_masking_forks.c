// SPDX-License-Identifier: MIT
#include "../fork.h"
#include "jacobian_forks.h"

enum mistake {
    NONE,
    SIGNS_CANCEL,
    LARGEST_SAMPLE,
    SUM_OF_SAMPLES,
    LEAST_SENSITIVE,
    ONE_MORE,
    TIMES_INPUT,
    FIRST_SAMPLE,
    LAST_SAMPLE_LOST,
    MASK_INVERTED,
    ATTACK_DOWN,
    ATTACK_NOT_CLIPPED,
    ATTACKED_BEFORE_MASK,
    PREDICTIONS_AS_LABELS,
    ALL_STEPS_AT_ONCE,
    DEVIATION_FORGOTTEN,
    MULTIPLIED,
    ONE_FOR_ALL
};

struct masking {
    enum mistake mistake;
    struct victim victim;
    struct jacobian at;
    int measure, per_sample, fill, last;
    size_t remove;
    real epsilon;
    const int *labels;
    real *g, *each, *moved, *dz; /* (N,D) three times, (K) */
};

static struct masking read_masking(struct call *call)
{
    static const char *const measures[] = {"gradient", "squared", "loss_rise", NULL};
    static const char *const scopes[] = {"all", "sample", NULL};
    static const char *const fills[] = {"zero", "mean", "middle", NULL};
    static const char *const ties[] = {"first", "last", NULL};
    struct masking m = {.mistake = (enum mistake)call_variant(call)};
    victim_read(call, &m.victim);
    victim_read_goal(call, &m.victim);
    size_t N = m.victim.N, D = m.victim.D, K = m.victim.K;
    m.at = jacobian_create(call, &m.victim);
    m.labels = call_integers(call, "labels", "N", 0, K == 1 ? 1 : (int)K - 1);
    m.measure = call_choice(call, "sensitivity", measures);
    m.per_sample = call_choice(call, "scope", scopes);
    m.fill = call_choice(call, "fill", fills);
    m.last = call_choice(call, "ties", ties);
    m.remove = call_count_or(call, "remove", 1, 0, D);
    m.epsilon = call_number_or(call, "epsilon", R(0.125));
    m.g = call_scratch(call, N * D);
    m.each = call_scratch(call, N * D);
    m.moved = call_scratch(call, N * D);
    m.dz = call_scratch(call, K);
    if (m.mistake == ONE_MORE && m.remove < D)
        m.remove = m.remove + 1;
    return m;
}

/* The loss of class y at x (D), and its slopes by the logits. */
static real loss_at(struct masking *m, const real *x, size_t y)
{
    jacobian_fill(&m->at, x);
    const real *z = m->at.z;
    size_t K = m->victim.K, other = K, top = jacobian_class(&m->at);
    real others = 0;
    if (K == 1) {
        real s = y == 1 ? *z : -*z, e = real_exp(-real_abs(s));
        real miss = s < 0 ? 1 / (1 + e) : e / (1 + e);
        *m->dz = y == 1 ? -miss : miss;
        return (s < 0 ? -s : 0) + real_log1p(e);
    }
    for (size_t k = K; k-- > 0;) {
        other = k != y && (other == K || z[k] >= z[other]) ? k : other;
        others = others + (k == top ? 0 : real_exp(z[k] - z[top]));
    }
    for (size_t k = 0; k < K; k++) {
        real p = real_exp(z[k] - z[top]) / (1 + others);
        m->dz[k] = m->victim.objective == VICTIM_MARGIN ? (real)(k == other) : p;
    }
    if (m->victim.objective == VICTIM_MARGIN) {
        m->dz[y] = -1;
        return z[other] - z[y];
    }
    m->dz[y] = 0;
    for (size_t k = 0; k < K; k++)
        m->dz[y] = m->dz[y] - (k == y ? 0 : m->dz[k]);
    return real_log1p(others) + (z[top] - z[y]);
}

static real clip(const struct masking *m, real x)
{
    const struct victim *victim = &m->victim;
    if (!victim->boxed || m->mistake == ATTACK_NOT_CLIPPED)
        return x;
    return x < victim->low ? victim->low : x > victim->high ? victim->high : x;
}

static real push(const struct masking *m, size_t i)
{
    real way = (real)((m->g[i] > 0) - (m->g[i] < 0)) * (m->mistake == ATTACK_DOWN ? -1 : 1);
    return clip(m, m->victim.x[i] + way * m->epsilon);
}

static void measure_sample(struct masking *m, size_t n)
{
    size_t D = m->victim.D, y = (size_t)m->victim.answer[n];
    const real *x = &m->victim.x[n * D];
    real *g = &m->g[n * D], *each = &m->each[n * D], *moved = &m->moved[n * D];
    real loss = loss_at(m, x, y);
    for (size_t k = 0; k < m->victim.K; k++)
        m->dz[k] = m->dz[k] / m->victim.W;
    jacobian_combine(&m->at, g, m->dz);
    for (size_t d = 0; d < D; d++) {
        real size = m->mistake == SIGNS_CANCEL ? g[d] : real_abs(g[d]);
        size = m->mistake == TIMES_INPUT ? size * x[d] : size;
        if (m->mistake == DEVIATION_FORGOTTEN && m->victim.mean)
            size = size * m->victim.deviation[d];
        each[d] = m->measure == 1 ? size * size : size;
    }
    for (size_t d = 0; d < D && m->measure == 2; d++) {
        for (size_t j = 0; j < D; j++) {
            int moves = m->mistake == ALL_STEPS_AT_ONCE ? j <= d : j == d;
            moved[j] = moves ? push(m, n * D + j) : x[j];
        }
        each[d] = loss_at(m, moved, y) - loss;
    }
}

/* sensitivity (D) from row 0 of `each` on, over N samples. */
static void average(const struct masking *m, real *sensitivity)
{
    size_t N = m->victim.N, D = m->victim.D;
    size_t count = m->mistake == FIRST_SAMPLE ? 1 : N - (m->mistake == LAST_SAMPLE_LOST);
    for (size_t d = 0; d < D; d++) {
        real sum = 0, largest = 0;
        for (size_t n = count; n-- > 0;) {
            sum = sum + m->each[n * D + d];
            largest = m->each[n * D + d] > largest ? m->each[n * D + d] : largest;
        }
        sensitivity[d] = m->mistake == SUM_OF_SAMPLES ? sum : sum / real_count(count);
        if (m->mistake == LARGEST_SAMPLE)
            sensitivity[d] = largest;
    }
}

static void choose(const struct masking *m, real *kept, const real *sensitivity)
{
    size_t D = m->victim.D;
    real way = m->mistake == LEAST_SENSITIVE ? -1 : 1;
    for (size_t d = 0; d < D; d++)
        kept[d] = 1;
    for (size_t r = 0; r < m->remove; r++) {
        size_t worst = D;
        for (size_t i = 0; i < D; i++) {
            size_t d = m->last ? D - 1 - i : i;
            if (kept[d] != 0 && (worst == D || way * (sensitivity[d] - sensitivity[worst]) > 0))
                worst = d;
        }
        kept[worst] = 0;
    }
    for (size_t d = 0; d < D && m->mistake == MASK_INVERTED; d++)
        kept[d] = 1 - kept[d];
}

static real fill_of(const struct masking *m, size_t d)
{
    const struct victim *victim = &m->victim;
    real sum = 0;
    for (size_t n = victim->N; n-- > 0 && m->fill == 1;)
        sum = sum + victim->x[n * victim->D + d];
    return m->fill == 2 ? victim->low + (victim->high - victim->low) / 2
                        : sum / real_count(victim->N);
}

static real accuracy(struct masking *m, const real *x)
{
    real right = 0;
    for (size_t n = 0; n < m->victim.N; n++) {
        jacobian_fill(&m->at, &x[n * m->victim.D]);
        size_t class = m->victim.K == 1 ? *m->at.z > 0 : jacobian_class(&m->at);
        const int *truth = m->mistake == PREDICTIONS_AS_LABELS ? m->victim.answer : m->labels;
        right = right + (real)((int)class == truth[n]);
    }
    return right / real_count(m->victim.N);
}

static void mask_features(struct call *call)
{
    struct masking m = read_masking(call);
    size_t N = m.victim.N, D = m.victim.D;
    const char *shape = m.per_sample ? "Na" : "a";
    real *sensitivity = call_output(call, "sensitivity", shape);
    real *kept = call_output_integers(call, "kept", shape);
    real *masked = call_output(call, "masked", "Na");
    call_bind(call, 'R', 4);
    real *share = call_output(call, "accuracy", "R");
    for (size_t n = 0; n < N; n++)
        measure_sample(&m, n);
    for (size_t i = 0; i < N * D && m.per_sample; i++)
        sensitivity[i] = m.each[m.mistake == ONE_FOR_ALL ? i % D : i];
    if (!m.per_sample)
        average(&m, sensitivity);
    for (size_t n = 0; n < (m.per_sample ? N : 1); n++)
        choose(&m, &kept[n * D], &sensitivity[n * D]);
    for (size_t i = 0; i < N * D; i++)
        m.moved[i] = push(&m, i);
    share[0] = accuracy(&m, m.victim.x);
    share[1] = accuracy(&m, m.moved);
    for (size_t i = 0; i < N * D; i++) {
        real stays = kept[m.per_sample ? i : i % D], fill = fill_of(&m, i % D);
        fill = m.mistake == MULTIPLIED ? 0 : fill;
        masked[i] = stays != 0 ? m.victim.x[i] : fill;
        if (m.mistake != ATTACKED_BEFORE_MASK)
            m.moved[i] = stays != 0 ? m.moved[i] : fill;
    }
    share[2] = accuracy(&m, masked);
    share[3] = accuracy(&m, m.moved);
}

static const struct fork table[] = {
    {.info = {"jacobians", FORK_TWIN, "",
              "Slopes forwards, losses from the largest logit, features found one by one.", NULL},
     .answer = mask_features},
    {.info = {"by_gradient", FORK_CONVENTION, "", "Mean |gradient|.", NULL},
     .instead = {"sensitivity", "gradient"}},
    {.info = {"by_square", FORK_CONVENTION, "", "Mean squared gradient.", NULL},
     .instead = {"sensitivity", "squared"}},
    {.info = {"filled_by_mean", FORK_CONVENTION, "", "Means in place of zeros.", NULL},
     .instead = {"fill", "mean"}},
    {.info = {"filled_by_middle", FORK_CONVENTION, "", "The middle in place of zeros.", NULL},
     .instead = {"fill", "middle"}},
    {.info = {"ties_first", FORK_CONVENTION, "", "Of equals the first is removed.", NULL},
     .instead = {"ties", "first"}},
    {.info = {"ties_last", FORK_CONVENTION, "", "Of equals the last is removed.", NULL},
     .instead = {"ties", "last"}},
    {.info = {"of_labels", FORK_CONVENTION, "250", "The loss of the labels.", NULL},
     .instead = {"goal", "labels"}},
    {.info = {"loss_summed", FORK_CONVENTION, "251", "Each sample its own gradient.", NULL},
     .instead = {"reduction", "sum"}},
    {.info = {"loss_averaged", FORK_CONVENTION, "251", "Gradients of the mean loss.", NULL},
     .instead = {"reduction", "mean"}},
    {.info = {"removes_one", FORK_BUG, "", "One feature, whatever is asked.", NULL},
     .number = {"remove", 1}},
    {.info = {"signs_cancel", FORK_BUG, "", "Means of gradients without their magnitude.", NULL},
     .answer = mask_features,
     .variant = SIGNS_CANCEL},
    {.info = {"largest_sample", FORK_CONVENTION, "", "The largest over samples.", NULL},
     .answer = mask_features,
     .variant = LARGEST_SAMPLE},
    {.info = {"sum_of_samples", FORK_CONVENTION, "", "Sums over samples.", NULL},
     .answer = mask_features,
     .variant = SUM_OF_SAMPLES},
    {.info = {"least_sensitive", FORK_BUG, "", "The least sensitive features go.", NULL},
     .answer = mask_features,
     .variant = LEAST_SENSITIVE},
    {.info = {"one_more", FORK_BUG, "", "One feature too many.", NULL},
     .answer = mask_features,
     .variant = ONE_MORE},
    {.info = {"times_input", FORK_CONVENTION, "", "Gradient times input.", NULL},
     .answer = mask_features,
     .variant = TIMES_INPUT},
    {.info = {"first_sample", FORK_BUG, "", "The first sample decides for all.", NULL},
     .answer = mask_features,
     .variant = FIRST_SAMPLE},
    {.info = {"last_sample_lost", FORK_BUG, "155", "The last sample does not count.", NULL},
     .answer = mask_features,
     .variant = LAST_SAMPLE_LOST},
    {.info = {"mask_inverted", FORK_BUG, "", "Keeps what it should remove.", NULL},
     .answer = mask_features,
     .variant = MASK_INVERTED},
    {.info = {"attack_down", FORK_BUG, "250", "The attack lowers the loss.", NULL},
     .answer = mask_features,
     .variant = ATTACK_DOWN},
    {.info = {"not_clipped", FORK_BUG, "", "Steps leave the box.", NULL},
     .answer = mask_features,
     .variant = ATTACK_NOT_CLIPPED},
    {.info = {"attack_not_masked", FORK_BUG, "", "The attacked input is not masked.", NULL},
     .answer = mask_features,
     .variant = ATTACKED_BEFORE_MASK},
    {.info = {"predictions_as_labels", FORK_BUG, "", "Accuracy against predictions.", NULL},
     .answer = mask_features,
     .variant = PREDICTIONS_AS_LABELS},
    {.info = {"steps_together", FORK_BUG, "", "Features before it are moved too.", NULL},
     .answer = mask_features,
     .variant = ALL_STEPS_AT_ONCE},
    {.info = {"deviation_forgotten", FORK_BUG, "259", "In normalised units.", NULL},
     .answer = mask_features,
     .variant = DEVIATION_FORGOTTEN},
    {.info = {"always_zero", FORK_BUG, "", "Multiplies by the mask, whatever the fill.", NULL},
     .answer = mask_features,
     .variant = MULTIPLIED},
    {.info = {"one_for_all", FORK_BUG, "", "The first sample's features for every sample.", NULL},
     .answer = mask_features,
     .variant = ONE_FOR_ALL},
};

const struct fork_list feature_sensitivity_masking_forks = {sizeof table / sizeof *table, table};
