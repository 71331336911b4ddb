// SPDX-License-Identifier: MIT
#include "batches.h"

#include <string.h>

enum { TRAIN = 400, VALIDATION = 400, EPOCHS = 40, STEPS = 400, SIZES = 4, LOOKS = 40, FLIPS = 1 };
enum clock { EQUAL_EPOCHS, EQUAL_UPDATES, AS_SUITS, CLOCKS };

static const size_t sizes[SIZES] = {8, 32, 128, TRAIN};

/* What is best on the validation set by each clock, of all rates so far; accuracies. */
struct search {
    const struct split *split;
    size_t at[CLOCKS], every; /* steps at which a clock stops; of AS_SUITS, all looks */
    struct {
        double validation, train, test;
    } best[CLOCKS];
};

static bool after_step(struct fit *fit)
{
    struct search *search = fit->plan->context;
    for (size_t c = 0; c < CLOCKS; c++) {
        const bool is_time =
            c == AS_SUITS ? fit->step % search->every == 0 : fit->step == search->at[c];
        if (!is_time)
            continue;
        const double validation = network_accuracy(fit->net, &search->split->validation);
        if (validation <= search->best[c].validation)
            continue;
        search->best[c].validation = validation;
        search->best[c].train = network_accuracy(fit->net, &search->split->train);
        search->best[c].test = network_accuracy(fit->net, &search->split->test);
    }
    return false;
}

/* Trains with each rate until all clocks have stopped. */
static struct search learns(struct replica *r, const struct split *split, size_t batch)
{
    const size_t epochs_end = EPOCHS * ((TRAIN + batch - 1) / batch);
    const size_t end = epochs_end > STEPS ? epochs_end : STEPS;
    struct search search = {.split = split, .at = {epochs_end, STEPS, end}, .every = end / LOOKS};
    struct fit_plan plan = {.batch = batch, .epochs = end, .steps = end, .after_step = after_step};
    plan.context = &search;
    struct network *net = batch_network(r);
    for (size_t i = 0; i < BATCH_RATES; i++) {
        plan.rate = batch_rates[i];
        network_start(net);
        fit_network(net, &split->train, &plan);
    }
    network_free(net);
    return search;
}

/* One label of five is wrong. C-24: accuracy on the test set with its right labels, by which small
 * batches are ahead of the whole set; C-28: gap between training set and a test set with as many
 * wrong labels. Points. */
void batch_generalization(struct replica *r)
{
    const bool is_gap = strcmp(r->claim->id, "C-28") == 0;
    const struct samples digits = samples_digits(r);
    struct samples wrong = samples_copy(r, &digits);
    samples_flip_labels(r, FLIPS, &wrong, 0.2);
    struct split split = samples_split(&wrong, TRAIN, VALIDATION);
    if (!is_gap)
        split.test = samples_split(&digits, TRAIN, VALIDATION).test;
    double found[CLOCKS][SIZES];
    for (size_t i = 0; i < SIZES; i++) {
        const struct search search = learns(r, &split, sizes[i]);
        for (size_t c = 0; c < CLOCKS; c++) {
            const double test = search.best[c].test;
            found[c][i] = 100 * (is_gap ? search.best[c].train - test : test);
            replica_point(r, c, i, found[c][i]);
        }
    }
    for (size_t c = 0; c < CLOCKS; c++) {
        const double small = found[c][0], whole = found[c][SIZES - 1];
        replica_effect(r, c, is_gap ? whole - small : small - whole);
    }
}
