// SPDX-License-Identifier: MIT
/* Distance over gradients; definition in reference/optimizers/distance_over_gradients.h.
 *
 * How it is distributed: the parameters are sharded in canonical blocks of `block`, as samples
 * would be. Two numbers cross the network in each step, together: the squared distance from the
 * start and the squared gradient, each a fused chain within a block, then the fixed tree over the
 * blocks.
 */
#include "optimizer.h"

#include <string.h>

struct settings {
    bool weighted, absolute;
    scalar first, epsilon, decay, squares, distance;
};

/* This rank's parameters. */
struct shard {
    const struct team *team;
    size_t count;
    scalar *w, *d, *h;
    struct reduction *sum;
};

static struct settings read_settings(struct question *q)
{
    static const char *const forms[] = {"dog", "dowg", NULL};
    static const char *const firsts[] = {"relative", "absolute", NULL};
    const struct settings settings = {
        .weighted = question_choice(q, "form", forms) == 1,
        .absolute = question_choice(q, "first_form", firsts) == 1,
        .first = question_number(q, "first_distance"),
        .epsilon = updates_positive(q, "epsilon"),
        .decay = question_number_or(q, "weight_decay", 0),
        .squares = updates_positive_or(q, "squares", 0),
        .distance = question_number_or(q, "distance", -1),
    };
    if (!(settings.first > 0))
        question_refuse(q, "its number 'first_distance' is not above 0, so nothing ever moves");
    return settings;
}

/* The squared norms of d and h. */
static void find_squares(const struct shard *k, scalar square[2])
{
    for (size_t b = 0; b < reduction_pieces(k->sum); b++) {
        const struct piece piece = reduction_piece(k->sum, b);
        scalar *leaf = reduction_leaf(k->sum);
        for (size_t p = piece.first; p < piece.first + piece.count; p++) {
            const scalar pair[2] = {k->d[p], k->h[p]};
            k->team->kernels->multiply_add(2, leaf, pair, pair);
        }
        reduction_push(k->sum);
    }
    reduction_finish(k->sum, square);
}

void distance_over_gradients_run(struct question *q)
{
    static const char *const no_yes[] = {"no", "yes", NULL};
    const scalar *w = question_input(q, "w", "[P]"), *g = question_input(q, "g", "S[P]");
    const scalar *rate = question_input(q, "rate", "S");
    const size_t S = question_size(q, 'S'), P = question_part(q, 'P');
    const scalar sign = question_choice(q, "maximize", no_yes) ? -1 : 1;
    const struct settings is = read_settings(q);
    const scalar *start = updates_state(q, question_has(q, "start") ? "start" : "w");
    struct shard k = {question_team(q),       P,
                      question_scratch(q, P), question_scratch(q, P),
                      question_scratch(q, P), question_sum(q, 'P', 2)};
    scalar *w_after = question_output(q, "w_after", "S[P]");
    scalar *distance = question_output(q, "distance", "S"), *step = question_output(q, "step", "S");
    const struct updates parts = {.S = S, .P = P};
    scalar square[2], squares = is.squares;
    if (P) {
        memcpy(k.w, w, P * sizeof *w);
        memcpy(k.d, start, P * sizeof *w);
    }
    find_squares(&k, square);
    scalar r = is.absolute ? is.first : is.first * (1 + scalar_sqrt(square[0]));
    r = is.distance >= 0 ? is.distance : r;
    for (size_t s = 0; s < S; s++) {
        for (size_t i = 0; i < P; i++) {
            k.h[i] = decayed_gradient(sign * g[s * P + i], is.decay, k.w[i]);
            k.d[i] = k.w[i] - start[i];
        }
        find_squares(&k, square);
        r = scalar_sqrt(square[0]) > r ? scalar_sqrt(square[0]) : r;
        const scalar weight = is.weighted ? r * r : 1;
        squares = squares + weight * square[1];
        distance[s] = r;
        step[s] = (is.weighted ? weight : r) / scalar_sqrt(squares + is.epsilon);
        const scalar length = rate[s] * step[s];
        for (size_t i = 0; i < P; i++)
            k.w[i] = k.w[i] - length * k.h[i];
        updates_keep(&parts, w_after, s, k.w);
    }
}
