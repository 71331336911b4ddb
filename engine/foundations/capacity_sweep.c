// SPDX-License-Identifier: MIT
/* Capacity sweep; definition in reference/foundations/capacity_sweep.h.
 *
 * How it is distributed: both kinds of samples are sharded. One sum over all products of features
 * crosses the network for all capacities together, since the factor of a smaller system is the
 * corner of the largest one's; every rank solves them. The errors of all capacities are one sum
 * more for each kind, and the deviations for standard errors another one. The choice is everybody's
 * own.
 */
#include "../techniques.h"

enum selection { VALIDATION, AIC, BIC };
enum within { ABSOLUTE, RELATIVE, STANDARD_ERROR };

/* This rank's part. */
struct samples {
    size_t all, rows;
    const scalar *f, *y;         /* (rows,C), (rows) */
    scalar *loss;                /* (rows,K) */
    struct reduction *over_them; /* (K) */
};

struct sweep {
    const struct team *team;
    size_t C, K, last; /* features there are, capacities, the largest of them */
    const int *capacity;
    enum selection selection;
    enum within within;
    bool powers, largest, not_first;
    scalar l2, tolerance;
    scalar *h, *w; /* (last,last) then (last); (K,C) */
};

static scalar chain(const struct sweep *s, scalar start, size_t n, const scalar *a, size_t stride,
                    const scalar *b)
{
    if (n > 0)
        team_product(s->team, true, false, 1, 1, n, a, stride, b, 1, &start, 1);
    return start;
}

static void add_products(const struct sweep *s, const struct samples *own, struct reduction *sum)
{
    const size_t L = s->last, C = s->C;
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        const struct piece piece = reduction_piece(sum, i);
        const scalar *f = own->f + piece.first * C;
        scalar *leaf = reduction_leaf(sum);
        team_product(s->team, true, false, L, L, piece.count, f, C, f, C, leaf, L);
        team_product(s->team, true, false, L, 1, piece.count, f, C, own->y + piece.first, 1,
                     leaf + L * L, 1);
        reduction_push(sum);
    }
    reduction_finish(sum, s->h);
}

/* The factor in place of h, and the forward substitution behind it. */
static void factorise(struct question *q, const struct sweep *s)
{
    const size_t L = s->last;
    scalar *h = s->h, *z = s->h + L * L;
    for (size_t i = s->not_first ? 1 : 0; i < L; i++)
        h[i * L + i] = h[i * L + i] + s->l2;
    for (size_t i = 0; i < L; i++) {
        for (size_t j = 0; j <= i; j++) {
            scalar rest = -chain(s, -h[i * L + j], j, h + i * L, 1, h + j * L);
            if (i == j && !(rest > 0))
                question_refuse(q, "its first %zu features are not independent; give a number 'l2'",
                                i + 1);
            h[i * L + j] = i == j ? scalar_sqrt(rest) : rest / h[j * L + j];
        }
        z[i] = -chain(s, -z[i], i, h + i * L, 1, z) / h[i * L + i];
    }
}

static void substitute(const struct sweep *s)
{
    const size_t L = s->last;
    const scalar *h = s->h, *z = s->h + L * L;
    for (size_t k = 0; k < s->K; k++) {
        scalar *v = s->w + k * s->C;
        const size_t c = (size_t)s->capacity[k];
        for (size_t i = c; i-- > 0;)
            v[i] = -chain(s, -z[i], c - 1 - i, h + (i + 1) * L + i, L, v + i + 1) / h[i * L + i];
    }
}

/* total (K): the sums of own->loss; of its squares. */
static void add_losses(const struct sweep *s, const struct samples *own, bool squared,
                       scalar *total)
{
    const struct kernels *kernels = s->team->kernels;
    for (size_t i = 0; i < reduction_pieces(own->over_them); i++) {
        const struct piece piece = reduction_piece(own->over_them, i);
        scalar *leaf = reduction_leaf(own->over_them);
        for (size_t n = piece.first; n < piece.first + piece.count; n++) {
            const scalar *loss = own->loss + n * s->K;
            if (squared)
                kernels->multiply_add(s->K, leaf, loss, loss);
            for (size_t k = 0; k < s->K && !squared; k++)
                leaf[k] += loss[k];
        }
        reduction_push(own->over_them);
    }
    reduction_finish(own->over_them, total);
}

static void find_errors(const struct sweep *s, const struct samples *own, scalar *error)
{
    for (size_t i = 0; i < own->rows * s->K; i++) {
        const size_t n = i / s->K, k = i % s->K, c = (size_t)s->capacity[k];
        const scalar off = chain(s, 0, c, own->f + n * s->C, 1, s->w + k * s->C) - own->y[n];
        own->loss[i] = off * off;
    }
    add_losses(s, own, false, error);
    for (size_t k = 0; k < s->K; k++)
        error[k] = error[k] / (scalar)own->all;
}

static void find_standard_errors(const struct sweep *s, const struct samples *own,
                                 const scalar *error, scalar *spread)
{
    for (size_t i = 0; i < own->rows * s->K; i++)
        own->loss[i] = own->loss[i] - error[i % s->K];
    add_losses(s, own, true, spread);
    for (size_t k = 0; k < s->K; k++)
        spread[k] = scalar_sqrt(spread[k] / (scalar)(own->all - 1) / (scalar)own->all);
}

static void read_conventions(struct question *q, struct sweep *s)
{
    static const char *const features[] = {"given", "powers", NULL};
    static const char *const selections[] = {"validation", "aic", "bic", NULL};
    static const char *const ties[] = {"smallest", "largest", NULL};
    static const char *const penalties[] = {"all", "not_first", NULL};
    static const char *const withins[] = {"absolute", "relative", "standard_error", NULL};
    s->powers = question_choice(q, "features", features) == 1;
    s->selection = (enum selection)question_choice(q, "selection", selections);
    s->largest = question_choice(q, "tie", ties) == 1;
    s->not_first = question_choice(q, "penalty", penalties) == 1;
    s->within = (enum within)question_choice(q, "within", withins);
    s->l2 = question_number_or(q, "l2", 0);
    s->tolerance = question_number_or(q, "tolerance", 0);
    if (!(s->l2 >= 0))
        question_refuse(q, "its number 'l2' is negative and would reward large weights");
    if (!(s->tolerance >= 0))
        question_refuse(q, "its number 'tolerance' is negative; the best must be good enough");
    if (s->selection != VALIDATION && s->within != ABSOLUTE)
        question_refuse(q, "its convention 'within' must be absolute; such scores may be negative");
}

static void read_capacities(struct question *q, struct sweep *s)
{
    const size_t most = s->powers ? 32 : question_size(q, 'C'), N = question_size(q, 'N');
    s->capacity = question_integers(q, "capacity", "K", 1, (int)most);
    s->K = question_size(q, 'K');
    if (s->K == 0)
        question_refuse(q, "its input 'capacity' is empty");
    for (size_t k = 1; k < s->K; k++)
        if (s->capacity[k] <= s->capacity[k - 1])
            question_refuse(q, "element %zu of its input 'capacity' does not rise", k);
    s->last = (size_t)s->capacity[s->K - 1];
    if (N == 0)
        question_refuse(q, "its input 'y' has no samples; give at least one");
    if (s->last > N && s->l2 == 0)
        question_refuse(q, "the last of its input 'capacity' is above the number of samples");
    if (s->powers)
        question_bind(q, 'C', s->last);
    s->C = question_size(q, 'C');
}

/* x (rows) as powers, if that is what the features are. */
static struct samples prepare(struct question *q, const struct sweep *s, char letter,
                              const scalar *x, const scalar *y)
{
    const size_t rows = question_part(q, letter);
    struct samples own = {.all = question_size(q, letter), .rows = rows, .f = x, .y = y};
    own.loss = question_scratch(q, rows * s->K);
    own.over_them = question_sum(q, letter, s->K);
    if (!s->powers)
        return own;
    scalar *f = question_scratch(q, rows * s->C);
    for (size_t n = 0; n < rows; n++) {
        scalar *row = f + n * s->C, power = x[n];
        row[0] = 1;
        for (size_t c = 1; c < s->C; c++, power = power * x[n])
            row[c] = power;
    }
    own.f = f;
    return own;
}

static void choose(struct question *q, const struct sweep *s, const scalar *score,
                   const scalar *spread)
{
    size_t chosen = 0, simplest = 0;
    for (size_t k = 1; k < s->K; k++)
        if (score[k] < score[chosen] || (s->largest && score[k] == score[chosen]))
            chosen = k;
    scalar allowance = s->tolerance;
    if (s->within == RELATIVE)
        allowance = allowance * score[chosen];
    if (s->within == STANDARD_ERROR)
        allowance = allowance * spread[chosen];
    while (simplest < chosen && score[simplest] > score[chosen] + allowance)
        simplest++;
    question_output(q, "chosen", "")[0] = (scalar)chosen;
    question_output(q, "simplest", "")[0] = (scalar)simplest;
    question_output(q, "saved", "")[0] = (scalar)(s->capacity[chosen] - s->capacity[simplest]);
}

static void find_scores(struct question *q, const struct sweep *s, const scalar *training,
                        const scalar *validation, scalar *score)
{
    const struct kernels *kernels = s->team->kernels;
    scalar count = (scalar)question_size(q, 'N'), price = 2;
    if (s->selection == BIC)
        kernels->logarithm(1, &price, &count);
    for (size_t k = 0; k < s->K; k++) {
        score[k] = validation[k];
        if (s->selection == VALIDATION)
            continue;
        if (!(training[k] > 0))
            question_refuse(q, "its convention 'selection' takes the logarithm of an error of 0");
        kernels->logarithm(1, score + k, training + k);
        score[k] = count * score[k] + (scalar)s->capacity[k] * price;
    }
}

void capacity_sweep_run(struct question *q)
{
    struct sweep s = {.team = question_team(q)};
    read_conventions(q, &s);
    const scalar *f = question_input(q, s.powers ? "x" : "f", s.powers ? "[N]" : "[N]C");
    const scalar *g = question_input(q, s.powers ? "u" : "g", s.powers ? "[M]" : "[M]C");
    read_capacities(q, &s);
    const scalar *y = question_input(q, "y", "[N]"), *t = question_input(q, "t", "[M]");
    if (question_size(q, 'M') < (s.within == STANDARD_ERROR ? 2 : 1))
        question_refuse(q, "its input 't' has too few samples for its convention 'within'");
    const struct samples training = prepare(q, &s, 'N', f, y),
                         validation = prepare(q, &s, 'M', g, t);
    const size_t sums = s.last * s.last + s.last;
    s.h = question_scratch(q, sums);
    s.w = question_output(q, "w", "KC");
    add_products(&s, &training, question_sum(q, 'N', sums));
    factorise(q, &s);
    substitute(&s);
    scalar *training_error = question_output(q, "training_error", "K");
    scalar *validation_error = question_output(q, "validation_error", "K");
    scalar *score = question_output(q, "score", "K"), *spread = NULL;
    find_errors(&s, &training, training_error);
    find_errors(&s, &validation, validation_error);
    if (s.within == STANDARD_ERROR) {
        spread = question_output(q, "standard_error", "K");
        find_standard_errors(&s, &validation, validation_error, spread);
    }
    find_scores(q, &s, training_error, validation_error, score);
    choose(q, &s, score, spread);
}
