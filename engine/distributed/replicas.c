// SPDX-License-Identifier: MIT
#include "replicas.h"

#include <string.h>

static void read_sizes(struct question *q, struct replicas *r, int least)
{
    question_split_evenly(q, 'V');
    r->size = question_integers(q, "size", "RV", least, 1 << 20);
    question_integers(q, "size", "R[V]", least, 1 << 20); /* deals the replicas out */
    r->R = question_size(q, 'R');
    r->V = question_size(q, 'V');
    if (r->V == 0)
        question_refuse(q, "its input 'size' holds no replica");
    r->first = arena_take(question_arena(q), r->R * r->V, sizeof *r->first);
    size_t total = 0;
    for (size_t i = 0; i < r->R * r->V; i++) {
        r->first[i] = total;
        total += (size_t)r->size[i];
    }
    if (total != r->N)
        question_refuse(q, "its input 'size' says %zu samples, but 'x' holds %zu", total, r->N);
    r->first_here = question_first(q, 'V');
    r->here = question_part(q, 'V');
}

void replicas_read(struct question *q, struct replicas *r, int least)
{
    memset(r, 0, sizeof *r);
    r->q = q;
    r->alone = *question_team(q);
    r->alone.comm = MPI_COMM_SELF;
    r->alone.rank = 0;
    r->alone.ranks = 1;
    const struct perceptron_shape shape = perceptron_case_shape(q, "NA", &r->x);
    const size_t K = shape.size[shape.layers];
    const char letters[] = {'N', (char)('A' + (int)shape.layers), '\0'};
    r->N = question_size(q, 'N');
    r->block = question_block(q);
    if (shape.has_targets)
        r->targets = question_input(q, "targets", letters);
    else
        r->labels = question_integers(q, "labels", "N", 0, (int)K - 1);
    read_sizes(q, r, least);
    r->net = perceptron_create(question_arena(q), &r->alone, &shape, r->N, false);
    perceptron_case_parameters(q, r->net);
    r->P = r->net->tape->parameters;
}

scalar *replicas_start(const struct replicas *r)
{
    scalar *w = question_scratch(r->q, r->P);
    memcpy(w, r->net->tape->parameter, r->P * sizeof *w);
    return w;
}

scalar replicas_gradient(struct replicas *r, const scalar *w, size_t first, size_t count, scalar *g)
{
    struct perceptron *net = r->net;
    const size_t D = net->input->columns, K = net->output->columns, P = r->P;
    const struct layout layout = layout_create(question_arena(r->q), count, r->block, 1);
    struct reduction *sum =
        reduction_create(question_arena(r->q), &r->alone, &layout, net->tape->sums);
    scalar *total = question_scratch(r->q, net->tape->sums);
    memcpy(net->tape->parameter, w, P * sizeof *w);
    memcpy(net->input->value, r->x + first * D, count * D * sizeof *w);
    if (r->targets != NULL)
        memcpy(net->target, r->targets + first * K, count * K * sizeof *w);
    else
        memcpy(net->labels, r->labels + first, count * sizeof *net->labels);
    perceptron_set_mean(net, count);
    tape_forward(net->tape, count);
    tape_backward(net->tape, count);
    tape_sum(net->tape, sum);
    reduction_finish(sum, total);
    memcpy(g, total, P * sizeof *g);
    return perceptron_loss(net, total[P]);
}

scalar replicas_row_gradient(struct replicas *r, const scalar *w, size_t row, size_t k, scalar *g)
{
    const size_t i = row * r->V + k;
    return replicas_gradient(r, w, r->first[i], (size_t)r->size[i], g);
}

void replicas_sum(struct reduction *sum, scalar *total, const scalar *value, size_t length)
{
    for (size_t b = 0; b < reduction_pieces(sum); b++) {
        const struct piece piece = reduction_piece(sum, b);
        scalar *leaf = reduction_leaf(sum);
        for (size_t k = piece.first; k < piece.first + piece.count; k++)
            for (size_t p = 0; p < length; p++)
                leaf[p] += value[k * length + p];
        reduction_push(sum);
    }
    reduction_finish(sum, total);
}

int replicas_owner(const struct layout *layout, size_t k)
{
    int owner = 0;
    while (k >= layout_first(layout, owner) + layout_count(layout, owner))
        owner++;
    return owner;
}

void replicas_share(const struct team *team, const struct layout *layout, size_t k, scalar *values,
                    size_t count)
{
    MPI_Bcast(values, (int)count, SCALAR_MPI, replicas_owner(layout, k), team->comm);
}

struct replicas_rules replicas_rules_read(struct question *q)
{
    const struct replicas_rules rules = {.mu = question_number_or(q, "momentum", 0),
                                         .decay = question_number_or(q, "weight_decay", 0)};
    if (!(rules.mu >= 0 && rules.mu < 1))
        question_refuse(q, "its number 'momentum' must be at least 0 and below 1");
    if (!(rules.decay >= 0))
        question_refuse(q, "its number 'weight_decay' must not be negative");
    return rules;
}

void replicas_step(const struct replicas_rules *rules, scalar *w, scalar *v, const scalar *g,
                   scalar rate, size_t P)
{
    for (size_t p = 0; p < P; p++) {
        const scalar h = rules->decay != 0 ? g[p] + rules->decay * w[p] : g[p];
        v[p] = rules->mu * v[p] + h;
        w[p] = w[p] - rate * v[p];
    }
}
