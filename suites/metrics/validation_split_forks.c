// SPDX-License-Identifier: MIT
#include "../../reference/metrics/validation_split.h"
#include "../fork.h"

enum mistake {
    NONE,
    SAME_ORDER_EVERY_EPOCH,
    NOT_SHUFFLED,
    SHUFFLED_BEFORE_SPLIT,
    NOT_MOVED,
    VALIDATION_RESTARTS,
    LAST_BATCH_DROPPED,
    BATCHES_OF_ALL,
    INVERSE,
    VALIDATION_REVERSED,
    TRAIN_FILLS_VALIDATION
};

static void split(struct call *call)
{
    enum mistake mistake = (enum mistake)call_variant(call);
    struct validation_split s = validation_split_read(call);
    real *train = call_output_integers(call, "train", "EF");
    real *validation = call_output_integers(call, "validation", "V");
    for (size_t e = 0; e < s.E; e++) {
        const int *p = &s.p[(mistake == SAME_ORDER_EVERY_EPOCH ? 0 : e) * s.F];
        for (size_t n = 0; n < s.F; n++) {
            size_t to = mistake == INVERSE ? (size_t)p[n] : n;
            size_t from = mistake == INVERSE || mistake == NOT_SHUFFLED ? n : (size_t)p[n];
            if (s.first && mistake != NOT_MOVED)
                from = s.S - s.F + from;
            train[e * s.F + to] = real_count(from);
        }
    }
    for (size_t n = s.F; n < s.S; n++) {
        size_t sample = s.first ? n - s.F : n;
        if (mistake == SHUFFLED_BEFORE_SPLIT && s.E > 0)
            sample = (size_t)s.p[(n - s.F) % s.F];
        if (mistake == VALIDATION_RESTARTS)
            sample = n - s.F;
        if (mistake == TRAIN_FILLS_VALIDATION)
            sample = sample > 0 ? sample - 1 : 0;
        validation[mistake == VALIDATION_REVERSED ? s.S - 1 - n : n - s.F] = real_count(sample);
    }
    size_t batches = 0, left = mistake == BATCHES_OF_ALL ? s.S : s.F, last = 0;
    while (left > 0 && (mistake != LAST_BATCH_DROPPED || left >= s.batch || batches == 0)) {
        last = left < s.batch ? left : s.batch;
        left -= last;
        batches++;
    }
    *call_output_integers(call, "batches", "") = real_count(batches);
    *call_output_integers(call, "last", "") = real_count(last);
}

static const struct fork table[] = {
    {.info = {"counted", FORK_TWIN, "", "Batches taken until no sample is left.", NULL},
     .answer = split},
    {.info = {"last", FORK_CONVENTION, "", "The last samples are held out.", NULL},
     .instead = {"take", "last"}},
    {.info = {"first", FORK_CONVENTION, "", "The first samples are held out.", NULL},
     .instead = {"take", "first"}},
    {.info = {"same_order_every_epoch", FORK_BUG, "", "Shuffled once.", NULL},
     .answer = split,
     .variant = SAME_ORDER_EVERY_EPOCH},
    {.info = {"not_shuffled", FORK_BUG, "", "Never shuffled.", NULL},
     .answer = split,
     .variant = NOT_SHUFFLED},
    {.info = {"shuffled_before_split", FORK_BUG, "",
              "Held out after shuffling: samples that are trained on.", NULL},
     .answer = split,
     .variant = SHUFFLED_BEFORE_SPLIT},
    {.info = {"not_moved", FORK_BUG, "",
              "Training begins at sample 0 although the first are held out.", NULL},
     .answer = split,
     .variant = NOT_MOVED},
    {.info = {"validation_restarts", FORK_BUG, "", "Indices of the held-out samples count from 0.",
              NULL},
     .answer = split,
     .variant = VALIDATION_RESTARTS},
    {.info = {"off_by_one", FORK_BUG, "", "The held-out samples begin one too early.", NULL},
     .answer = split,
     .variant = TRAIN_FILLS_VALIDATION},
    {.info = {"validation_reversed", FORK_BUG, "", "From the last sample backwards.", NULL},
     .answer = split,
     .variant = VALIDATION_REVERSED},
    {.info = {"inverse", FORK_BUG, "210", "The inverse permutation.", NULL},
     .answer = split,
     .variant = INVERSE},
    {.info = {"last_batch_dropped", FORK_CONVENTION, "155",
              "A last batch that is not full is dropped.", NULL},
     .answer = split,
     .variant = LAST_BATCH_DROPPED},
    {.info = {"batches_of_all", FORK_BUG, "", "Batches counted before samples are held out.", NULL},
     .answer = split,
     .variant = BATCHES_OF_ALL},
};

const struct fork_list validation_split_forks = {sizeof table / sizeof *table, table};
