// SPDX-License-Identifier: MIT
#include "loss_forks.h"

static size_t losses_in_row(const struct loss *loss)
{
    return loss->per_sample ? 1 : loss->K;
}

static real weighed(const struct loss *loss, size_t j)
{
    return loss->value[j] * (loss->weight ? loss->weight[j / losses_in_row(loss)] : R(1.0));
}

/* The sum of losses begin..end-1 over W, in halves. */
static real halves(const struct loss *loss, size_t begin, size_t end)
{
    if (end - begin <= 1)
        return begin < end ? weighed(loss, begin) / loss->W : R(0.0);
    size_t middle = begin + (end - begin) / 2;
    return halves(loss, begin, middle) + halves(loss, middle, end);
}

void loss_fork_finish(const struct loss *loss)
{
    size_t each = losses_in_row(loss), K = loss->K;
    int none = loss->reduction == LOSS_NONE;
    for (size_t j = 0; none && j < loss->N * each; j++)
        loss->result[j] = weighed(loss, j);
    if (!none)
        *loss->result = halves(loss, 0, loss->N * each);
    for (int i = 0; i < LOSS_INPUTS && loss->gradient[i]; i++) {
        for (size_t j = 0; j < loss->N * K; j++) {
            real upstream = loss->dloss[none ? j * each / K : 0];
            real w = loss->weight ? loss->weight[j / K] : R(1.0);
            loss->gradient[i][j] = upstream * w / loss->W * loss->slope[i][j];
        }
    }
}

void loss_fork_scale(const struct loss *loss, real factor)
{
    loss_fork_finish(loss);
    for (int i = 0; i < LOSS_INPUTS && loss->gradient[i]; i++) {
        for (size_t j = 0; j < loss->N * loss->K; j++)
            loss->gradient[i][j] = factor * loss->gradient[i][j];
    }
}

void loss_fork_upstream_ignored(struct call *call, struct loss *loss)
{
    real *ones = call_scratch(call, loss->N * loss->K + 1);
    for (size_t j = 0; j <= loss->N * loss->K; j++)
        ones[j] = R(1.0);
    loss->dloss = ones;
    loss_fork_finish(loss);
}

void loss_fork_weights_ignored(struct loss *loss)
{
    loss->weight = NULL;
    loss_fork_finish(loss);
}

void loss_fork_last_block_lost(const struct loss *loss)
{
    size_t kept = loss->N > 0 ? (loss->N - 1) / loss->block * loss->block : 0;
    size_t each = losses_in_row(loss);
    for (size_t j = kept * each; j < loss->N * each; j++)
        loss->value[j] = R(0.0);
    for (int i = 0; i < LOSS_INPUTS && loss->gradient[i]; i++) {
        for (size_t j = kept * loss->K; j < loss->N * loss->K; j++)
            loss->slope[i][j] = R(0.0);
    }
    loss_fork_finish(loss);
}

void loss_fork_mean_of_block_means(struct call *call, struct loss *loss)
{
    if (loss->reduction == LOSS_MEAN || loss->reduction == LOSS_MEAN_OF_SUMS) {
        real *share = call_scratch(call, loss->N);
        size_t blocks = (loss->N + loss->block - 1) / loss->block;
        for (size_t n = 0; n < loss->N; n++) {
            size_t begin = n / loss->block * loss->block, left = loss->N - begin;
            size_t own = left < loss->block ? left : loss->block;
            real w = loss->weight ? loss->weight[n] : R(1.0);
            share[n] = w * real_count(loss->N) / real_count(own * blocks);
        }
        loss->weight = share;
    }
    loss_fork_finish(loss);
}

void loss_fork_end(struct call *call, struct loss *loss)
{
    switch ((enum loss_mistake)call_variant(call)) {
    case LOSS_WEIGHTS_IGNORED:
        loss_fork_weights_ignored(loss);
        return;
    case LOSS_MEAN_OF_BLOCK_MEANS:
        loss_fork_mean_of_block_means(call, loss);
        return;
    case LOSS_LAST_BLOCK_LOST:
        loss_fork_last_block_lost(loss);
        return;
    case LOSS_GRADIENT_SIGN:
        loss_fork_scale(loss, R(-1.0));
        return;
    case LOSS_GRADIENT_NOT_AVERAGED:
        loss_fork_scale(loss, loss->W);
        return;
    case LOSS_UPSTREAM_IGNORED:
        loss_fork_upstream_ignored(call, loss);
        return;
    case LOSS_RIGHT:
    case LOSS_OWN:
    default:
        loss_fork_finish(loss);
    }
}
