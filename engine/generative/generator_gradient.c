// SPDX-License-Identifier: MIT
/* Gradient of a generator's loss; definition in reference/generative/generator_gradient.h.
 *
 * How it is distributed: the noise is sharded; every rank holds both players. Samples, logits and
 * their gradients need nothing from other ranks. What crosses the network, in one sum: the
 * generator's gradient and the sum of the losses; chains over the samples of a canonical block,
 * then the fixed tree over the blocks; a second sum for the discriminator's gradient when asked.
 */
#include "player.h"

#include <string.h>

enum goal { NON_SATURATING, MINIMAX, LINEAR };

/* value and slope (n) of the logits l; e is spare. */
static void evaluate(const struct team *team, enum goal goal, size_t n, const scalar *l, scalar *e,
                     scalar *value, scalar *slope)
{
    const scalar sign = goal == MINIMAX ? 1 : -1; /* of what softplus is taken of */
    for (size_t i = 0; i < n; i++)
        e[i] = -scalar_absolute(l[i]);
    team->kernels->exponential(n, e, e);
    team->kernels->logarithm_one_plus(n, value, e);
    for (size_t i = 0; i < n; i++) {
        const scalar x = sign * l[i], large = 1 / (1 + e[i]), small = e[i] / (1 + e[i]);
        const scalar softplus = (x > 0 ? x : 0) + value[i];
        value[i] = goal == LINEAR ? -l[i] : -sign * softplus;
        slope[i] = goal == LINEAR ? -1 : x < 0 ? -small : -large;
    }
}

static void read_players(struct question *q, struct player *g, struct player *d)
{
    static const char *const outputs[] = {"linear", "tanh", NULL};
    player_read(q, g, "generator", 'a');
    player_read(q, d, "discriminator", 'p');
    g->end = question_choice(q, "generator_output", outputs) == 1 ? &tanh_operation : NULL;
    if (player_outputs(g) != d->size[0])
        question_refuse(q, "its generator's samples do not fit 'discriminator_w1'");
    if (player_outputs(d) != 1)
        question_refuse(q,
                        "the last layer of its 'discriminator_w1' and so on has %zu outputs; "
                        "give one",
                        player_outputs(d));
}

static void keep(struct question *q, const char *name, const char *shape, const scalar *value,
                 size_t n)
{
    scalar *output = question_output(q, name, shape);
    if (n != 0)
        memcpy(output, value, n * sizeof *value);
}

void generator_gradient_run(struct question *q)
{
    static const char *const goals[] = {"non_saturating", "minimax", "linear", NULL};
    static const char *const frozen[] = {"yes", "no", NULL};
    static const char *const reductions[] = {"mean", "sum", NULL};
    struct player g, d;
    read_players(q, &g, &d);
    const scalar *noise = question_input(q, "noise", "[B]a");
    const enum goal goal = (enum goal)question_choice(q, "goal", goals);
    const bool thaws = question_choice(q, "frozen", frozen) == 1;
    const bool summed = question_choice(q, "reduction", reductions) == 1;
    const scalar dloss = question_has(q, "dloss") ? *question_input(q, "dloss", "") : 1;
    const size_t rows = question_part(q, 'B'), all = question_size(q, 'B'), D = d.size[0];
    if (all == 0)
        question_refuse(q, "its 'noise' holds no sample; give at least one");
    const scalar W = summed ? 1 : (scalar)all;
    player_create(q, &g, rows);
    player_create(q, &d, rows);
    player_forward(&g, noise, rows);
    keep(q, "samples", "[B]p", g.output->value, rows * D);
    player_forward(&d, g.output->value, rows);
    keep(q, "logits", "[B]", d.output->value, rows);
    scalar *loss = question_output(q, "loss", ""), *value = question_scratch(q, rows);
    scalar *dlogits = d.output->gradient;
    evaluate(question_team(q), goal, rows, d.output->value, question_scratch(q, rows), value,
             dlogits);
    for (size_t i = 0; i < rows; i++)
        dlogits[i] = dlogits[i] * dloss / W;
    keep(q, "dlogits", "[B]", dlogits, rows);
    player_backward(&d, rows);
    keep(q, "dsamples", "[B]p", d.input->gradient, rows * D);
    if (rows != 0)
        memcpy(g.output->gradient, d.input->gradient, rows * D * sizeof *dlogits);
    player_backward(&g, rows);
    keep(q, "dnoise", "[B]a", g.input->gradient, rows * g.size[0]);
    scalar *total = question_scratch(q, g.P + 1);
    player_sum(&g, question_sum(q, 'B', g.P + 1), true, 1, (scalar *const[]){value}, total);
    *loss = total[g.P] / W;
    player_gradient_outputs(q, &g, total);
    if (thaws) {
        scalar *of_d = question_scratch(q, d.P);
        player_sum(&d, question_sum(q, 'B', d.P), true, 0, NULL, of_d);
        player_gradient_outputs(q, &d, of_d);
    }
}
