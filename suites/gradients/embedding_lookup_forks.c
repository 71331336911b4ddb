// SPDX-License-Identifier: MIT
#include "../../reference/gradients/embedding_lookup.h"
#include "../fork.h"

enum mistake {
    NONE,
    OVERWRITES,
    PADDING_LEARNS,
    PADDING_IS_ZERO,
    FREQUENCY_MULTIPLIED,
    FREQUENCY_OF_BLOCK,
    PADDING_OFF_BY_ONE,
    MEAN,
    LAST_BLOCK_LOST
};

/* Occurrences of sample n's index: of the batch, or of its own block. */
static real occurrences(const struct lookup *k, size_t n, enum mistake mistake)
{
    size_t count = 0;
    for (size_t m = 0; m < k->N; m++)
        count += k->index[m] == k->index[n] &&
                 (mistake != FREQUENCY_OF_BLOCK || m / k->block == n / k->block);
    return real_count(count);
}

/* Each sample's share goes to its row as soon as it is known: a scatter from the last sample on. */
static void scatter(struct call *call)
{
    struct lookup k = lookup_read(call);
    enum mistake mistake = (enum mistake)call_variant(call);
    lookup_forward(&k);
    for (size_t i = k.N * k.C; i-- > 0;) {
        size_t n = i / k.C, v = (size_t)k.index[n];
        real share = k.divided ? occurrences(&k, n, mistake) : 1, *dw = &k.dw[v * k.C + i % k.C];
        real term = mistake == FREQUENCY_MULTIPLIED ? k.dy[i] * share : k.dy[i] / share;
        size_t padding = mistake == PADDING_OFF_BY_ONE ? k.padding + 1 : k.padding;
        if (mistake == PADDING_IS_ZERO && v == k.padding)
            k.y[i] = 0;
        if ((v == padding && mistake != PADDING_LEARNS) ||
            (mistake == LAST_BLOCK_LOST && n / k.block == (k.N - 1) / k.block))
            continue;
        if (mistake == OVERWRITES)
            *dw = *dw != 0 ? *dw : term;
        else
            *dw += mistake == MEAN ? term / real_count(k.N) : term;
    }
}

static const struct fork table[] = {
    {.info = {"scatter", FORK_TWIN, "", "Samples scattered from the last one on.", NULL},
     .answer = scatter,
     .variant = NONE},
    {.info = {"overwrites", FORK_BUG, "215", "Of duplicates the last one stays.", NULL},
     .answer = scatter,
     .variant = OVERWRITES},
    {.info = {"padding_learns", FORK_CONVENTION, "217", "The padding row has a gradient.", NULL},
     .answer = scatter,
     .variant = PADDING_LEARNS},
    {.info = {"padding_is_zero", FORK_CONVENTION, "217", "The padding row is read as zeros.", NULL},
     .answer = scatter,
     .variant = PADDING_IS_ZERO},
    {.info = {"padding_off_by_one", FORK_BUG, "217", "The row behind the padding has none.", NULL},
     .answer = scatter,
     .variant = PADDING_OFF_BY_ONE},
    {.info = {"frequency_multiplied", FORK_BUG, "217", "Multiplied by the frequency.", NULL},
     .answer = scatter,
     .variant = FREQUENCY_MULTIPLIED},
    {.info = {"frequency_of_block", FORK_BUG, "217", "The frequency within a block.", NULL},
     .answer = scatter,
     .variant = FREQUENCY_OF_BLOCK},
    {.info = {"mean", FORK_CONVENTION, "", "A mean over the samples.", NULL},
     .answer = scatter,
     .variant = MEAN},
    {.info = {"last_block_lost", FORK_BUG, "", "The last block is not in the sums.", NULL},
     .answer = scatter,
     .variant = LAST_BLOCK_LOST},
    {.info = {"frequency_ignored", FORK_CONVENTION, "217", "Never divided.", NULL},
     .instead = {"frequency", "ignored"}},
};

const struct fork_list embedding_lookup_forks = {sizeof table / sizeof *table, table};
