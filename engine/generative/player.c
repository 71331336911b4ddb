// SPDX-License-Identifier: MIT
#include "player.h"

#include <stdio.h>
#include <string.h>

const char *player_name(char name[PLAYER_NAME], const char *before, const struct player *player,
                        char kind, size_t layer, const char *after)
{
    snprintf(name, PLAYER_NAME, "%s%s_%c%zu%s", before, player->name, kind, layer + 1, after);
    return name;
}

static const char *shape_of(char shape[4], const struct player *player, char kind, size_t layer,
                            char steps)
{
    const char below = (char)(player->letter + (char)layer), above = (char)(below + 1);
    char *to = shape;
    if (steps != 0)
        *to++ = steps;
    if (kind == 'w')
        *to++ = below;
    *to++ = above;
    *to = '\0';
    return shape;
}

static const scalar *parameter(struct question *q, const struct player *player, char kind,
                               size_t layer)
{
    char name[PLAYER_NAME], shape[4];
    player_name(name, "", player, kind, layer, "");
    return question_input(q, name, shape_of(shape, player, kind, layer, 0));
}

/* Layers behind one that is missing are a mistake. */
static void check_gap(struct question *q, const struct player *player)
{
    char missing[PLAYER_NAME], name[PLAYER_NAME];
    player_name(missing, "", player, 'w', player->layers, "");
    for (size_t i = 2 * player->layers; i < 2 * PLAYER_LAYERS; i++)
        if (question_has(q, player_name(name, "", player, i % 2 == 0 ? 'w' : 'b', i / 2, "")))
            question_refuse(q, "it has the input '%s' but lacks '%s'; add it", name, missing);
}

void player_read(struct question *q, struct player *player, const char *name, char letter)
{
    static const char *const activations[] = {"relu", "tanh", "sigmoid", NULL};
    static const struct operation *const operations[] = {&relu_operation, &tanh_operation,
                                                         &sigmoid_operation};
    char buffer[PLAYER_NAME];
    *player = (struct player){.name = name, .letter = letter};
    snprintf(buffer, sizeof buffer, "%s_activation", name);
    player->activation = operations[question_choice(q, buffer, activations)];
    do {
        const size_t l = player->layers++;
        const char below = (char)(letter + (char)l);
        parameter(q, player, 'w', l);
        parameter(q, player, 'b', l);
        player->size[l] = question_size(q, below);
        player->size[l + 1] = question_size(q, (char)(below + 1));
        player->w[l] = player->P;
        player->b[l] = player->P + player->size[l] * player->size[l + 1];
        player->P = player->b[l] + player->size[l + 1];
    } while (player->layers < PLAYER_LAYERS &&
             question_has(q, player_name(buffer, "", player, 'w', player->layers, "")));
    check_gap(q, player);
}

static void record(struct player *player, const struct operation *operation, size_t columns,
                   size_t parameters)
{
    player->output = tape_record(player->tape, &(struct use){.operation = operation,
                                                             .input = {player->output},
                                                             .columns = columns,
                                                             .parameters = parameters,
                                                             .sums = parameters});
}

void player_create(struct question *q, struct player *player, size_t capacity)
{
    player->tape = tape_create(question_arena(q), question_team(q), capacity);
    player->input = player->output = tape_tensor(player->tape, player->size[0], true);
    for (size_t l = 0; l < player->layers; l++) {
        const size_t O = player->size[l + 1];
        record(player, &dense_layer_operation, O, (player->size[l] + 1) * O);
        if (l + 1 < player->layers)
            record(player, player->activation, O, 0);
        else if (player->end != NULL)
            record(player, player->end, O, 0);
    }
    tape_ready(player->tape);
    player->value = player->tape->parameter;
    for (size_t l = 0; l < player->layers; l++) {
        const size_t O = player->size[l + 1];
        memcpy(player->value + player->w[l], parameter(q, player, 'w', l),
               player->size[l] * O * sizeof(scalar));
        memcpy(player->value + player->b[l], parameter(q, player, 'b', l), O * sizeof(scalar));
    }
}

size_t player_outputs(const struct player *player)
{
    return player->size[player->layers];
}

void player_forward(struct player *player, const scalar *x, size_t rows)
{
    if (rows != 0)
        memcpy(player->input->value, x, rows * player->size[0] * sizeof *x);
    tape_forward(player->tape, rows);
}

void player_backward(struct player *player, size_t rows)
{
    player->output->has_gradient = true;
    tape_backward(player->tape, rows);
}

void player_sum(const struct player *player, struct reduction *sum, bool wants_parameters,
                size_t extras, scalar *const extra[], scalar *total)
{
    const struct tape *tape = player->tape;
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        const struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        for (size_t k = 0; wants_parameters && k < tape->nodes; k++)
            if (tape->node[k].sums != 0)
                tape->node[k].operation->sum(tape->team, &tape->node[k], piece,
                                             leaf + tape->node[k].first_sum);
        for (size_t e = 0; e < extras; e++)
            for (size_t n = piece.first; n < piece.first + piece.count; n++)
                leaf[(wants_parameters ? player->P : 0) + e] += extra[e][n];
        reduction_push(sum);
    }
    reduction_finish(sum, total);
}

size_t player_place(const struct player *player, char kind, size_t layer, size_t *count)
{
    *count = player->size[layer + 1] * (kind == 'w' ? player->size[layer] : 1);
    return kind == 'w' ? player->w[layer] : player->b[layer];
}

scalar *player_parameter_output(struct question *q, const char *before, const struct player *player,
                                char kind, size_t layer, const char *after, char steps)
{
    char name[PLAYER_NAME], shape[4];
    player_name(name, before, player, kind, layer, after);
    return question_output(q, name, shape_of(shape, player, kind, layer, steps));
}

void player_gradient_outputs(struct question *q, const struct player *player,
                             const scalar *gradient)
{
    for (size_t i = 0; i < 2 * player->layers; i++) {
        const char kind = i % 2 == 0 ? 'w' : 'b';
        size_t count, from = player_place(player, kind, i / 2, &count);
        memcpy(player_parameter_output(q, "d", player, kind, i / 2, "", 0), gradient + from,
               count * sizeof *gradient);
    }
}
