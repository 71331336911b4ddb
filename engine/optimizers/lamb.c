// SPDX-License-Identifier: MIT
/* LAMB; definition in reference/optimizers/lamb.h.
 *
 * How it is distributed: the parameters and their moments are sharded in canonical blocks of
 * `block` parameters, as samples would be. Two numbers cross the network in each step, together:
 * the squared norms of the weights and of the direction, each a fused chain within a block, then
 * the fixed tree over the blocks. Everything else is elementwise.
 */
#include "optimizer.h"

#include <string.h>

struct settings {
    bool corrected;
    scalar beta1, beta2, epsilon, decay, lower, upper;
};

/* This rank's parameters and their state. */
struct shard {
    size_t count;
    scalar *w, *m, *v, *u;
};

static struct settings read_settings(struct question *q)
{
    static const char *const yes_no[] = {"yes", "no", NULL};
    struct settings settings = {
        .corrected = question_choice(q, "bias_correction", yes_no) == 0,
        .beta1 = updates_share(q, "beta1"),
        .beta2 = updates_share(q, "beta2"),
        .epsilon = updates_positive(q, "epsilon"),
        .decay = updates_positive_or(q, "weight_decay", 0),
        .lower = updates_positive_or(q, "trust_lower", 0),
        .upper = question_number_or(q, "trust_upper", -1),
    };
    if (settings.upper >= 0 && settings.upper < settings.lower)
        question_refuse(q, "its number 'trust_upper' is below 'trust_lower'");
    return settings;
}

static void find_direction(const struct shard *shard, const scalar *restrict g, scalar sign,
                           scalar c1, scalar c2, const struct settings *settings)
{
    const scalar beta1 = settings->beta1, rest1 = 1 - beta1;
    const scalar beta2 = settings->beta2, rest2 = 1 - beta2;
    scalar *restrict m = shard->m, *restrict v = shard->v;
    for (size_t i = 0; i < shard->count; i++) {
        const scalar h = sign * g[i];
        m[i] = beta1 * m[i] + rest1 * h;
        v[i] = beta2 * v[i] + rest2 * h * h;
        const scalar d = m[i] / c1 / (scalar_sqrt(v[i] / c2) + settings->epsilon);
        shard->u[i] = decayed_gradient(d, settings->decay, shard->w[i]);
    }
}

/* The trust ratio, on every rank. */
static scalar find_ratio(const struct team *team, struct reduction *sum, const struct shard *shard,
                         const struct settings *settings)
{
    scalar squares[2];
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        for (size_t p = piece.first; p < piece.first + piece.count; p++) {
            const scalar pair[2] = {shard->w[p], shard->u[p]};
            team->kernels->multiply_add(2, leaf, pair, pair);
        }
        reduction_push(sum);
    }
    reduction_finish(sum, squares);
    scalar weights = scalar_sqrt(squares[0]), direction = scalar_sqrt(squares[1]);
    weights = weights > settings->lower ? weights : settings->lower;
    if (settings->upper >= 0 && weights > settings->upper)
        weights = settings->upper;
    return weights == 0 || direction == 0 ? 1 : weights / direction;
}

void lamb_run(struct question *q)
{
    static const char *const no_yes[] = {"no", "yes", NULL};
    const scalar *g = question_input(q, "g", "S[P]"), *w = question_input(q, "w", "[P]");
    const scalar *rate = question_input(q, "rate", "S");
    const size_t S = question_size(q, 'S'), P = question_part(q, 'P');
    const scalar sign = question_choice(q, "maximize", no_yes) ? -1 : 1;
    const struct settings settings = read_settings(q);
    struct reduction *sum = question_sum(q, 'P', 2);
    struct shard shard = {P, question_scratch(q, P), updates_state(q, "m"), updates_state(q, "v"),
                          question_scratch(q, P)};
    memcpy(shard.w, w, P * sizeof *w);
    const struct updates parts = {.S = S, .P = P};
    scalar *w_after = question_output(q, "w_after", "S[P]");
    scalar *m_after = question_output(q, "m_after", "S[P]");
    scalar *v_after = question_output(q, "v_after", "S[P]");
    scalar *ratio = question_output(q, "ratio", "S");
    const size_t first = updates_first_step(q);
    scalar power1 = updates_power(settings.beta1, first);
    scalar power2 = updates_power(settings.beta2, first);
    for (size_t s = 0; s < S; s++) {
        find_direction(&shard, g + s * P, sign, settings.corrected ? 1 - power1 : 1,
                       settings.corrected ? 1 - power2 : 1, &settings);
        ratio[s] = find_ratio(question_team(q), sum, &shard, &settings);
        const scalar length = rate[s] * ratio[s];
        for (size_t i = 0; i < P; i++)
            shard.w[i] = shard.w[i] - length * shard.u[i];
        power1 *= settings.beta1;
        power2 *= settings.beta2;
        updates_keep(&parts, w_after, s, shard.w);
        updates_keep(&parts, m_after, s, shard.m);
        updates_keep(&parts, v_after, s, shard.v);
    }
}
