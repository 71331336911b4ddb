// SPDX-License-Identifier: MIT
/* Style loss; definition in reference/generative/style_loss.h.
 *
 * How it is distributed: images are sharded with their styles and contents. Gram matrices and
 * gradients belong to one image alone; two numbers cross the network, the sums of both losses over
 * the images, by blocks and the fixed tree.
 */
#include "../losses/loss.h"

#include <string.h>

struct images {
    struct question *q;
    const struct team *team;
    size_t N, rows, C, P, Q;
    int gram;
    bool removed;
    scalar b, h, style_weight, content_weight, dloss;
    const scalar *f, *s, *c;
    scalar *df;
};

enum { GATYS, MEAN, SUM };
enum { PLAIN, POSITIONS, ALL };

static void centre(scalar *x, size_t maps, size_t n)
{
    for (size_t i = 0; i < maps; i++, x += n) {
        scalar sum = 0;
        for (size_t p = 0; p < n; p++)
            sum += x[p];
        for (size_t p = 0; p < n; p++)
            x[p] -= sum / (scalar)n;
    }
}

static scalar divisor(const struct images *is, size_t positions)
{
    if (is->gram == PLAIN)
        return 1;
    return (scalar)(is->gram == ALL ? is->C * positions : positions);
}

/* gram (rows,C,C) of x (rows,C,n); returns x, centred if that is asked for. */
static const scalar *measure(const struct images *is, const scalar *x, size_t n, scalar *gram)
{
    const size_t C = is->C;
    scalar *kept = question_scratch(is->q, is->rows * C * n);
    memcpy(kept, x, is->rows * C * n * sizeof *x);
    if (is->removed)
        centre(kept, is->rows * C, n);
    for (size_t i = 0; i < is->rows; i++) {
        const scalar *own = kept + i * C * n;
        team_product(is->team, false, true, C, C, n, own, n, own, n, gram + i * C * C, C);
    }
    for (size_t i = 0; i < is->rows * C * C; i++)
        gram[i] /= divisor(is, n);
    return kept;
}

/* The mean over all images of scale times the squares of x (rows,n). Collective. */
static scalar mean_square(const struct images *is, const scalar *x, size_t n, scalar scale)
{
    scalar *value = question_scratch(is->q, is->rows), total;
    team_row_products(is->team, is->rows, n, x, x, value);
    for (size_t i = 0; i < is->rows; i++)
        value[i] = scale * value[i];
    loss_sum_rows(is->q, 'N', 1, value, &total);
    return total / (scalar)is->N;
}

static scalar style_part(const struct images *is, scalar *gram)
{
    const size_t C = is->C, P = is->P;
    scalar *difference = question_scratch(is->q, is->rows * C * C);
    const scalar *centred = measure(is, is->f, P, gram);
    measure(is, is->s, is->Q, difference);
    for (size_t i = 0; i < is->rows * C * C; i++)
        difference[i] = gram[i] - difference[i];
    for (size_t i = 0; i < is->rows; i++)
        team_product(is->team, false, false, C, P, C, difference + i * C * C, C,
                     centred + i * C * P, P, is->df + i * C * P, P);
    const scalar scale = 4 * is->b * is->style_weight * is->dloss / (scalar)is->N / divisor(is, P);
    for (size_t i = 0; i < is->rows * C * P; i++)
        is->df[i] = scale * is->df[i];
    return mean_square(is, difference, C * C, is->b);
}

static scalar content_part(const struct images *is)
{
    const size_t count = is->rows * is->C * is->P;
    const scalar scale = 2 * is->h * is->content_weight * is->dloss / (scalar)is->N;
    scalar *gap = question_scratch(is->q, count);
    for (size_t i = 0; i < count; i++) {
        gap[i] = is->f[i] - is->c[i];
        is->df[i] += scale * gap[i];
    }
    return mean_square(is, gap, is->C * is->P, is->h);
}

static scalar weight_of(struct question *q, const char *name)
{
    const scalar value = question_number_or(q, name, 1);
    if (!(value >= 0))
        question_refuse(q, "its '%s' is negative; give at least 0", name);
    return value;
}

static struct images read(struct question *q)
{
    static const char *const grams[] = {"plain", "positions", "all", NULL};
    static const char *const scales[] = {"gatys", "mean", "sum", NULL};
    static const char *const centers[] = {"kept", "removed", NULL};
    const int scale = question_choice(q, "scale", scales);
    struct images is = {
        .q = q, .team = question_team(q), .gram = question_choice(q, "gram", grams)};
    is.removed = question_choice(q, "center", centers) == 1;
    is.f = question_input(q, "f", "[N]CP");
    is.s = question_input(q, "s", "[N]CQ");
    is.c = question_has(q, "c") ? question_input(q, "c", "[N]CP") : NULL;
    is.N = question_size(q, 'N');
    is.rows = question_part(q, 'N');
    is.C = question_size(q, 'C');
    is.P = question_size(q, 'P');
    is.Q = question_size(q, 'Q');
    if (is.N * is.C * is.P == 0 || is.Q == 0)
        question_refuse(q, "its '%s' has no elements", is.Q == 0 ? "s" : "f");
    is.style_weight = weight_of(q, "style_weight");
    is.content_weight = weight_of(q, "content_weight");
    is.dloss = question_has(q, "dloss") ? *question_input(q, "dloss", "") : 1;
    const scalar all = (scalar)(is.C * is.P);
    is.b = scale == GATYS ? 1 / (4 * all * all) : 1;
    is.h = scale == GATYS ? (scalar)0.5 : 1;
    if (scale == MEAN) {
        is.b = 1 / (scalar)(is.C * is.C);
        is.h = 1 / all;
    }
    return is;
}

void style_loss_run(struct question *q)
{
    struct images is = read(q);
    scalar *gram = question_output(q, "gram", "[N]CC");
    is.df = question_output(q, "df", "[N]CP");
    const scalar style = style_part(&is, gram);
    scalar loss = is.style_weight * style;
    question_output(q, "style", "")[0] = style;
    if (is.c != NULL) {
        const scalar content = content_part(&is);
        question_output(q, "content", "")[0] = content;
        loss += is.content_weight * content;
    }
    question_output(q, "loss", "")[0] = loss;
}
