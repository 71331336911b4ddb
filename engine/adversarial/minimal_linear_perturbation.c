// SPDX-License-Identifier: MIT
/* Smallest perturbation of a linear model; definition in
 * reference/adversarial/minimal_linear_perturbation.h.
 *
 * How it is distributed: the samples are sharded, the model is whole on every rank, and so are the
 * directions between its classes, which every rank makes once for all its samples. Nothing crosses
 * the network but the number of samples that cannot be answered.
 */
#include "hyperplane.h"

struct model {
    const struct team *team;
    size_t rows, D, K;
    bool binary, by_label, is_signed;
    const scalar *x, *b;
    const int *labels, *targets;
    scalar *v;                /* (K,K,D): from class c to class k */
    struct hyperplane *plane; /* (K,K) */
    scalar *logits;           /* (rows,K), or f (rows) of a binary model */
};

/* All directions and their norms; a direction of 0 is refused. */
static void make_directions(struct question *q, struct model *m, const scalar *w)
{
    static const char *const ties[] = {"first", "last", NULL};
    const enum hyperplane_norm norm = hyperplane_norm(q);
    const bool last = question_choice(q, "ties", ties) == 1;
    const size_t D = m->D, K = m->K;
    m->v = question_scratch(q, K * K * D);
    m->plane = arena_take(question_arena(q), K * K, sizeof *m->plane);
    for (size_t pair = 0; pair < K * K; pair++) {
        const size_t c = pair / K, k = pair % K;
        scalar *v = m->v + pair * D;
        if (c == k)
            continue;
        for (size_t d = 0; d < D; d++) {
            if (m->binary)
                v[d] = k == 1 ? w[d] : -w[d];
            else
                v[d] = w[d * K + k] - w[d * K + c];
        }
        m->plane[pair] = (struct hyperplane){.norm = norm, .last = last};
        hyperplane_measure(m->team, &m->plane[pair], v, D);
        if (!(m->plane[pair].dual > 0))
            question_refuse(q, "its input 'w' does not tell classes %zu and %zu apart", c, k);
    }
}

static void make_logits(struct question *q, struct model *m, const scalar *w)
{
    const size_t columns = m->binary ? 1 : m->K;
    m->logits = question_scratch(q, m->rows * columns);
    for (size_t i = 0; i < m->rows * columns; i++)
        m->logits[i] = m->b[i % columns];
    if (m->rows > 0 && m->D > 0)
        team_product(m->team, false, false, m->rows, columns, m->D, m->x, m->D, w, columns,
                     m->logits, columns);
}

static struct model read_model(struct question *q)
{
    static const char *const models[] = {"binary", "multi_class", NULL};
    static const char *const owns[] = {"prediction", "label", NULL};
    static const char *const wrongs[] = {"zero", "signed", NULL};
    static const char *const aims[] = {"nearest", "given", NULL};
    struct model m = {.team = question_team(q),
                      .binary = question_choice(q, "model", models) == 0,
                      .by_label = question_choice(q, "own", owns) == 1,
                      .is_signed = question_choice(q, "wrong", wrongs) == 1};
    m.x = question_input(q, "x", "[N]D");
    const scalar *w = question_input(q, "w", m.binary ? "D" : "DK");
    m.b = question_input(q, "b", m.binary ? "" : "K");
    m.rows = question_part(q, 'N');
    m.D = question_size(q, 'D');
    m.K = m.binary ? 2 : question_size(q, 'K');
    if (m.K < 2)
        question_refuse(q, "its input 'w' has %zu classes; a boundary needs two", m.K);
    if (m.by_label)
        m.labels = question_integers(q, "labels", "[N]", 0, (int)m.K - 1);
    if (question_choice(q, "target", aims) == 1)
        m.targets = question_integers(q, "targets", "[N]", 0, (int)m.K - 1);
    make_directions(q, &m, w);
    if (!m.by_label)
        make_logits(q, &m, w);
    return m;
}

static size_t own_class(const struct model *m, size_t n)
{
    size_t best = 0;
    if (m->by_label)
        return (size_t)m->labels[n];
    if (m->binary)
        return m->logits[n] >= 0 ? 1 : 0;
    for (size_t k = 1; k < m->K; k++)
        if (m->logits[n * m->K + k] > m->logits[n * m->K + best])
            best = k;
    return best;
}

/* How far x[n] of class c is on its own side of the boundary to class k, before any norm. */
static scalar margin(const struct model *m, size_t n, size_t c, size_t k)
{
    scalar f = m->binary ? (k == 1 ? m->b[0] : -m->b[0]) : m->b[k] - m->b[c];
    if (m->D > 0)
        team_product(m->team, false, false, 1, 1, m->D, m->x + n * m->D, m->D,
                     m->v + (c * m->K + k) * m->D, 1, &f, 1);
    return -f;
}

static size_t nearest(const struct model *m, size_t n, size_t c)
{
    size_t best = c;
    scalar least = 0;
    for (size_t k = 0; k < m->K; k++) {
        if (k == c)
            continue;
        const scalar distance = margin(m, n, c, k) / m->plane[c * m->K + k].dual;
        if (best == c || distance < least) {
            best = k;
            least = distance;
        }
    }
    return best;
}

static void refuse_own_targets(struct question *q, const struct model *m)
{
    long long own = 0;
    for (size_t n = 0; m->targets != NULL && n < m->rows; n++)
        own += (size_t)m->targets[n] == own_class(m, n);
    reduce_integers(m->team, &own, 1);
    if (own > 0)
        question_refuse(q, "%lld elements of its input 'targets' are the class they leave", own);
}

void minimal_linear_perturbation_run(struct question *q)
{
    const struct model m = read_model(q);
    const scalar overshoot = question_number_or(q, "overshoot", 0);
    if (!(overshoot >= 0))
        question_refuse(q, "its number 'overshoot' must not be negative");
    refuse_own_targets(q, &m);
    scalar *distance = question_output(q, "distance", "[N]");
    scalar *class = question_output(q, "class", "[N]");
    scalar *perturbation = question_output(q, "perturbation", "[N]D");
    scalar *boundary = question_output(q, "boundary", "[N]D");
    for (size_t n = 0; n < m.rows; n++) {
        const size_t c = own_class(&m, n);
        const size_t k = m.targets != NULL ? (size_t)m.targets[n] : nearest(&m, n, c);
        const struct hyperplane *plane = &m.plane[c * m.K + k];
        scalar away = margin(&m, n, c, k), *r = perturbation + n * m.D;
        if (away < 0 && !m.is_signed)
            away = 0;
        distance[n] = away / plane->dual;
        class[n] = (scalar)k;
        hyperplane_reach(r, away, m.v + (c * m.K + k) * m.D, plane, m.D);
        for (size_t d = 0; d < m.D; d++)
            boundary[n * m.D + d] = m.x[n * m.D + d] + (1 + overshoot) * r[d];
    }
}
