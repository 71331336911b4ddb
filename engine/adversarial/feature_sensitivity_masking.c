// SPDX-License-Identifier: MIT
/* Masking of sensitive features; definition in reference/adversarial/feature_sensitivity_masking.h.
 *
 * How it is distributed: the samples are sharded, the model is whole on every rank. One sum over
 * the samples, in canonical blocks, carries the sensitivities of all features and, for fills, their
 * means; every rank then chooses the same features. Right predictions are counted in whole numbers.
 */
#include "victim.h"

#include <string.h>

enum { BY_GRADIENT, BY_SQUARE, BY_LOSS };
enum { FILL_ZERO, FILL_MEAN, FILL_MIDDLE };

struct masking {
    struct victim *victim;
    int measure, fill;
    bool per_sample, last;
    size_t size, remove;
    scalar epsilon;
    const int *labels;
    int *predicted;
    scalar *g, *each, *moved, *loss, *further;
    scalar *total; /* (2,D): sensitivities, values */
};

static struct masking read_masking(struct question *q)
{
    static const char *const measures[] = {"gradient", "squared", "loss_rise", NULL};
    static const char *const scopes[] = {"all", "sample", NULL};
    static const char *const fills[] = {"zero", "mean", "middle", NULL};
    static const char *const ties[] = {"first", "last", NULL};
    struct masking m = {.victim = victim_read(q)};
    const size_t rows = m.victim->rows, D = m.victim->D, K = m.victim->K;
    victim_read_goal(q, m.victim);
    m.labels = question_integers(q, "labels", "[N]", 0, K == 1 ? 1 : (int)K - 1);
    m.measure = question_choice(q, "sensitivity", measures);
    m.per_sample = question_choice(q, "scope", scopes) == 1;
    m.fill = question_choice(q, "fill", fills);
    m.last = question_choice(q, "ties", ties) == 1;
    m.remove = question_count_or(q, "remove", 1, 0, D);
    m.epsilon = question_number_or(q, "epsilon", (scalar)0.125);
    if (!(m.epsilon >= 0))
        question_refuse(q, "its number 'epsilon' must not be negative");
    m.size = rows * D;
    m.predicted = arena_take(question_arena(q), rows, sizeof *m.predicted);
    m.g = question_scratch(q, m.size);
    m.each = question_scratch(q, m.size);
    m.moved = question_scratch(q, m.size);
    m.loss = question_scratch(q, rows);
    m.further = question_scratch(q, rows);
    m.total = question_scratch(q, 2 * D);
    return m;
}

/* x + epsilon sign(g), in the box. */
static scalar push(const struct masking *m, size_t i)
{
    const scalar g = m->g[i];
    scalar x = m->victim->x[i] + (g > 0 ? m->epsilon : g < 0 ? -m->epsilon : 0);
    victim_clip(m->victim, &x, 1);
    return x;
}

static void measure(struct masking *m)
{
    struct victim *victim = m->victim;
    const size_t D = victim->D;
    victim_gradient(victim, m->loss, m->g, victim->x);
    for (size_t i = 0; i < m->size; i++)
        m->each[i] = m->measure == BY_SQUARE ? m->g[i] * m->g[i] : scalar_absolute(m->g[i]);
    for (size_t d = 0; d < D && m->measure == BY_LOSS; d++) {
        memcpy(m->moved, victim->x, m->size * sizeof *m->moved);
        for (size_t i = d; i < m->size; i += D)
            m->moved[i] = push(m, i);
        victim_loss(victim, m->further, victim->dz, victim_logits(victim, m->moved),
                    victim->answer);
        for (size_t n = 0; n < victim->rows; n++)
            m->each[n * D + d] = m->further[n] - m->loss[n];
    }
}

/* total: means over all samples of what they say and of x. Collective. */
static void average(struct question *q, struct masking *m)
{
    const size_t D = m->victim->D;
    struct reduction *sum = question_sum(q, 'N', 2 * D);
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        const struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        for (size_t n = piece.first; n < piece.first + piece.count; n++) {
            for (size_t d = 0; d < D; d++) {
                leaf[d] += m->each[n * D + d];
                leaf[D + d] += m->victim->x[n * D + d];
            }
        }
        reduction_push(sum);
    }
    reduction_finish(sum, m->total);
    for (size_t d = 0; d < 2 * D; d++)
        m->total[d] /= (scalar)m->victim->N;
}

/* kept (D): without the most sensitive features, found one after the other. */
static void choose(const struct masking *m, scalar *kept, const scalar *sensitivity)
{
    const size_t D = m->victim->D;
    for (size_t d = 0; d < D; d++)
        kept[d] = 1;
    for (size_t r = 0; r < m->remove; r++) {
        size_t worst = D;
        for (size_t d = 0; d < D; d++) {
            if (kept[d] == 0)
                continue;
            if (worst == D || sensitivity[d] > sensitivity[worst] ||
                (m->last && sensitivity[d] == sensitivity[worst]))
                worst = d;
        }
        kept[worst] = 0;
    }
}

static scalar accuracy(struct masking *m, const scalar *x)
{
    long long right = 0;
    victim_predict(m->victim, m->predicted, victim_logits(m->victim, x));
    for (size_t n = 0; n < m->victim->rows; n++)
        right += m->predicted[n] == m->labels[n];
    reduce_integers(m->victim->team, &right, 1);
    return (scalar)right / (scalar)m->victim->N;
}

static scalar fill_of(const struct masking *m, size_t d)
{
    if (m->fill == FILL_MEAN)
        return m->total[m->victim->D + d];
    return m->fill == FILL_ZERO ? 0 : (m->victim->low + m->victim->high) / 2;
}

void feature_sensitivity_masking_run(struct question *q)
{
    struct masking m = read_masking(q);
    const size_t D = m.victim->D;
    const char *shape = m.per_sample ? "[N]A" : "A";
    scalar *sensitivity = question_output(q, "sensitivity", shape);
    scalar *kept = question_output(q, "kept", shape);
    scalar *masked = question_output(q, "masked", "[N]A");
    question_bind(q, 'R', 4);
    scalar *share = question_output(q, "accuracy", "R");
    measure(&m);
    average(q, &m);
    if (m.per_sample)
        memcpy(sensitivity, m.each, m.size * sizeof *sensitivity);
    else
        memcpy(sensitivity, m.total, D * sizeof *sensitivity);
    for (size_t n = 0; n < (m.per_sample ? m.victim->rows : 1); n++)
        choose(&m, kept + n * D, sensitivity + n * D);
    for (size_t i = 0; i < m.size; i++)
        m.moved[i] = push(&m, i);
    share[0] = accuracy(&m, m.victim->x);
    share[1] = accuracy(&m, m.moved);
    for (size_t i = 0; i < m.size; i++) {
        const bool gone = kept[m.per_sample ? i : i % D] == 0;
        masked[i] = gone ? fill_of(&m, i % D) : m.victim->x[i];
        m.moved[i] = gone ? masked[i] : m.moved[i];
    }
    share[2] = accuracy(&m, masked);
    share[3] = accuracy(&m, m.moved);
}
