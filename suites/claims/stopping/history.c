// SPDX-License-Identifier: MIT
#include "history.h"

#include "../lab/ask.h"
#include "../lab/fit.h"

enum { LAYERS = 3, UNITS = 64, BATCH = 32, FIGURES = 3, WRONG_STREAM = 10 };

struct watch {
    const struct split *split;
    struct samples spoiled; /* the test, with wrong labels */
    struct history history;
};

static bool after_epoch(struct fit *fit)
{
    const struct watch *watch = fit->plan->context;
    const struct history *history = &watch->history;
    const size_t e = fit->epoch - 1;
    history->train_loss[e] = (float)fit->epoch_loss;
    history->validation_loss[e] = (float)network_loss(fit->net, &watch->split->validation);
    history->test_loss[e] = (float)network_loss(fit->net, &watch->split->test);
    history->test_accuracy[e] = (float)network_accuracy(fit->net, &watch->split->test);
    history->spoiled_loss[e] = (float)network_loss(fit->net, &watch->spoiled);
    return false;
}

struct history history_run(struct replica *r, enum history_set set)
{
    const struct split split = set == HISTORY_MOONS
                                   ? split_moons(r, 100, 0.3, 0)
                                   : split_digits(r, 200, set == HISTORY_WRONG_DIGITS ? 0.2 : 0);
    const struct network_plan plan =
        network_plan(split.train.features, LAYERS, UNITS, split.train.classes);
    struct watch watch = {&split,
                          samples_copy(r, &split.test),
                          {lab_floats(r, HISTORY_EPOCHS), lab_floats(r, HISTORY_EPOCHS),
                           lab_floats(r, HISTORY_EPOCHS), lab_floats(r, HISTORY_EPOCHS),
                           lab_floats(r, HISTORY_EPOCHS)}};
    samples_flip_labels(r, WRONG_STREAM, &watch.spoiled, split.wrong);
    const struct fit_plan how = {.optimizer = FIT_ADAM,
                                 .rate = 0.003,
                                 .batch = BATCH,
                                 .epochs = HISTORY_EPOCHS,
                                 .keep_going = true,
                                 .after_epoch = after_epoch,
                                 .context = &watch};
    struct network *net = network_create(r, &plan, 512);
    fit_network(net, &split.train, &how);
    network_free(net);
    return watch.history;
}

struct history_stop history_stop(struct replica *r, const struct history *history, size_t patience)
{
    const size_t E = HISTORY_EPOCHS;
    float *figures = lab_floats(r, E * FIGURES);
    for (size_t e = 0; e < E; e++) {
        figures[e * FIGURES] = history->test_loss[e];
        figures[e * FIGURES + 1] = history->test_accuracy[e];
        figures[e * FIGURES + 2] = history->spoiled_loss[e];
    }
    struct ask *ask = ask_new(r, "early_stopping");
    ask_floats(ask, "validation", 1, &E, history->validation_loss);
    ask_floats(ask, "weights", 2, (size_t[]){E, FIGURES}, figures);
    ask_number(ask, "patience", (double)patience);
    ask_run(ask);
    const float *restored = ask_output(ask, "restored", FIGURES);
    return (struct history_stop){(size_t)*ask_output(ask, "stop_epoch", 1), (double)restored[0],
                                 (double)restored[1], (double)restored[2]};
}
