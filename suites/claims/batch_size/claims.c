// SPDX-License-Identifier: MIT
#include "../claim.h"

experiment batch_balance, whole_set_in_memory, gradient_variance, batch_generalization, flat_minima,
    update_size, update_count, best_rate_by_batch, work_per_epoch, fast_then_plateau, small_data;

const struct claim batch_size_claims[] = {
    /* 2: judges the best of the sizes that the document names, not 32 alone. */
    {
        .id = "C-21",
        .name = "batch balance",
        .version = 2,
        .sentence = "Batches of a moderate size are the best balance between one sample at a time "
                    "and the whole training set at once.",
        .source = "004 S3",
        .predicts = "With batches of 32, 64 or 128, as the document names, a network arrives after "
                    "less work, counted in rounds of the machine, than with single samples and "
                    "than with the whole set.",
        .protocol =
            "64-32-10 with ReLU and He's normal weights, 512 digits for training, 300 for "
            "validation; plain gradient descent until 90 % of the validation set are right. For "
            "each batch size the fewest updates over the rates 0.01, 0.03, 0.1, 0.3, 1, 3, 10 (at "
            "most 20 epochs, 300 for the whole set), looked at every 64 samples or every update. A "
            "machine that does P samples at once needs updates times ceil(batch / P) rounds. For "
            "each machine, which of 32, 64, 128 and which of 1 and 512 to compare is chosen by "
            "runs from other weights in another order.",
        .effect = "share of the rounds that the best moderate batch saves against the better of "
                  "single samples and the whole set",
        .otherwise = "Rounds are counted, not seconds: a machine whose round costs less for fewer "
                     "samples, or whose updates are slow, moves the balance. With as many lanes as "
                     "samples the whole set costs no more than one sample.",
        .rule = RULE_ABOVE,
        .size = 0.1,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"1 sample at once", "16 at once", "256 at once"},
        .curve = {.x = "batch size",
                  .y = "rounds to 90 % accuracy",
                  .is_log_x = true,
                  .is_log_y = true,
                  .points = 7,
                  .at = {1, 2, 8, 32, 64, 128, 512},
                  .arm = {"1 sample at once", "16 at once", "256 at once"}},
        .run = EXPERIMENT(batch_balance),
    },
    {
        .id = "C-22",
        .name = "whole set in memory",
        .version = 1,
        .sentence = "Batch gradient descent needs the whole training set in memory for every "
                    "update.",
        .source = "004 S3",
        .predicts = "An update that never holds more than a part of the training set differs from "
                    "the update by the whole set.",
        .protocol =
            "64-32-10 with tanh and He's normal weights on 640 digits, 20 updates of batch "
            "gradient descent at rate 0.5. The gradient is added up over parts of 1, 8, 64 or 320 "
            "samples, by networks that have room for no more rows, or computed at once. Equal: "
            "the weights' difference is at most 1e-4 of their norm (binary32).",
        .effect = "decades between the fewest samples at a time that give the same weights and the "
                  "whole set: 0 if all are needed",
        .otherwise = "The samples are read once for every update however they are held. Statistics "
                     "of the batch, as of batch normalization, do need all of its samples.",
        .rule = RULE_ALWAYS,
        .size = 0,
        .replicas = 20,
        .curve = {.x = "samples in memory at a time",
                  .y = "difference of the weights from those of the whole set, relative",
                  .is_log_x = true,
                  .is_log_y = true,
                  .points = 4,
                  .at = {1, 8, 64, 320},
                  .arm = {"after 20 updates"}},
        .run = EXPERIMENT(whole_set_in_memory),
    },
    /* 2: whether the fall is as fast as mathematics says; that there is one could not fail. */
    {
        .id = "C-23",
        .name = "gradient variance",
        .version = 2,
        .sentence = "The larger the batch, the more stable the estimate of the gradient.",
        .source = "002 Q49; 004 S3, S5",
        .predicts = "The variance of the gradient between batches falls in inverse proportion to "
                    "their size.",
        .protocol =
            "64-32-10 with ReLU and He's normal weights, 1000 digits. Of each batch size 1, 4, 16, "
            "64, 256: the gradients of 100 batches drawn with replacement, at the same weights; "
            "their variance, added up over all parameters. At the initial weights, and after 5 "
            "epochs of gradient descent at 0.1 with batches of 32.",
        .effect = "decades by which the variance falls with each decade of the batch, between 1 "
                  "and 256 samples, less 1",
        .otherwise =
            "For samples that are drawn independently this is mathematics, and what is tested is "
            "the counting. Samples that are not drawn independently, such as neighbours in a "
            "stream. That a stable estimate trains better does not follow.",
        .rule = RULE_EQUIVALENT,
        .size = 0.1,
        .replicas = 20,
        .part = {"initial weights", "after 5 epochs"},
        .curve = {.x = "batch size",
                  .y = "variance of the gradient",
                  .is_log_x = true,
                  .is_log_y = true,
                  .points = 5,
                  .at = {1, 4, 16, 64, 256},
                  .arm = {"initial weights", "after 5 epochs"}},
        .is_quick = true,
        .run = EXPERIMENT(gradient_variance),
    },
    /* 2: neither clock alone refutes; a third part trains each batch size as long as suits it. */
    {
        .id = "C-24",
        .name = "batch generalization",
        .version = 2,
        .sentence = "Small batches generalise better than large ones.",
        .source = "000 Q49; 002 Q49; 004 S5",
        .predicts = "Trained with batches of 8, a network is more accurate on unseen samples than "
                    "trained with the whole set at once.",
        .protocol =
            "64-32-10 with ReLU and He's normal weights, 400 digits for training, 400 for "
            "validation, 997 for the test; one label of five is wrong, but not in the test set. "
            "Plain gradient descent with batches of 8, 32, 128 and 400, each at the rate of 0.001, "
            "0.003, 0.01, 0.03, 0.1, 0.3, 1, 3 with the best validation accuracy: after 40 epochs; "
            "after 400 updates; and after as many of both as there are, at the moment of 40 with "
            "the best validation accuracy, so that each trains as long as suits it.",
        .effect = "points of test accuracy by which batches of 8 are ahead of the whole set",
        .otherwise = "Equal epochs give the whole set few updates, equal updates show it fifty "
                     "times as many samples; neither is the one fair comparison. Training sets and "
                     "networks a thousand times larger, where the gap was reported, are not tried. "
                     "Shares its training runs with C-28.",
        .rule = RULE_ABOVE,
        .size = 1,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"equal epochs", "equal updates", "each as long as suits it"},
        .curve = {.x = "batch size",
                  .y = "test accuracy (%)",
                  .is_log_x = true,
                  .points = 4,
                  .at = {8, 32, 128, 400},
                  .arm = {"equal epochs", "equal updates", "each as long as suits it"}},
        .run = EXPERIMENT(batch_generalization),
    },
    {
        .id = "C-25",
        .name = "flat minima",
        .version = 1,
        .sentence = "The noise of small batches leads to flatter minima than large batches find.",
        .source = "004 S5",
        .predicts = "At the same training loss, the largest eigenvalue of the Hessian is smaller "
                    "where batches of 4 arrive than where the whole set arrives.",
        .protocol =
            "64-16-1 with tanh and Glorot's normal weights; 400 digits, even ones -1 and odd ones "
            "1, mean squared error; plain gradient descent with batches of 4, 16, 64 and 400 from "
            "the same weights until the loss of the training set is 0.2 (looked at every 100 "
            "samples or every update). The largest eigenvalue of the Hessian of all samples, by 60 "
            "power iterations. All at rate 0.025, or each at the rate of 0.025, 0.05, 0.1, 0.2 "
            "that arrives after the fewest updates.",
        .effect = "decades by which the largest eigenvalue is larger after training with the whole "
                  "set than with batches of 4",
        .otherwise = "At a loss of 0.2 training is on its way, and the document speaks of where "
                     "it ends: with the whole set at 0.025 more than 3000 updates are needed to a "
                     "loss of 0.01. Other measures of flatness, which depend on how weights are "
                     "scaled; training "
                     "on for long after the loss is small, when noise has more time. The rate "
                     "alone limits sharpness too: to 2 / rate, with the whole set.",
        .rule = RULE_ABOVE,
        .size = 0.04,
        .replicas = 20,
        .part = {"the same rate", "each its fastest rate"},
        .curve = {.x = "batch size",
                  .y = "largest eigenvalue of the Hessian",
                  .is_log_x = true,
                  .is_log_y = true,
                  .points = 4,
                  .at = {4, 16, 64, 400},
                  .arm = {"the same rate", "each its fastest rate"}},
        .run = EXPERIMENT(flat_minima),
    },
    {
        .id = "C-26",
        .name = "update size",
        .version = 1,
        .sentence = "A larger batch makes larger updates of the weights.",
        .source = "000 Q49",
        .predicts = "At the same rate, the norm of an update grows with the batch.",
        .protocol = "64-32-10 with ReLU and He's normal weights, 1000 digits, gradient descent at "
                    "rate 0.1. The mean norm of the updates that 60 random batches would make at "
                    "the initial weights; the same after 5 epochs with batches of 32; the mean "
                    "norm of the first 40 updates of training. Batches of 1, 2, 8, 32, 128, 512.",
        .effect = "decades by which the mean norm of an update is larger with batches of 512 than "
                  "with batches of 8",
        .otherwise = "Of the same weights this is mathematics: the squared norm of a mean is that "
                     "of the whole gradient and the variance over the batch; the third part might "
                     "have been otherwise. A rate that is raised with the batch, or gradients that "
                     "are added up instead of averaged.",
        .rule = RULE_ABOVE,
        .size = 0.04,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"initial weights", "after 5 epochs", "first 40 updates"},
        .curve = {.x = "batch size",
                  .y = "mean norm of an update",
                  .is_log_x = true,
                  .is_log_y = true,
                  .points = 6,
                  .at = {1, 2, 8, 32, 128, 512},
                  .arm = {"initial weights", "after 5 epochs", "first 40 updates"}},
        .run = EXPERIMENT(update_size),
    },
    /* 2: the protocol says what is done: at most 799 digits. */
    {
        .id = "C-27",
        .name = "update count",
        .version = 2,
        .sentence = "With a larger batch the model is updated more often.",
        .source = "001 Q49; the opposite: 000 Q49, 003 Q49",
        .predicts = "In one pass over the same data, a larger batch makes more updates.",
        .protocol = "One epoch of 200 to 799 digits (a random number) with a random batch size of "
                    "1 to 50 and one of at least twice as much; the updates are counted.",
        .effect = "updates of the larger batch more than those of the smaller one, over these",
        .otherwise = "Updates per second, on a machine that does a large batch in the time of a "
                     "small one: they are as many then, never more.",
        .rule = RULE_ALWAYS,
        .size = 0.01,
        .replicas = 20,
        .curve = {.x = "batch size",
                  .y = "updates in one epoch",
                  .is_log_x = true,
                  .is_log_y = true,
                  .points = 5,
                  .at = {1, 4, 16, 64, 256},
                  .arm = {"200 to 799 samples"}},
        .run = EXPERIMENT(update_count),
    },
    /* 2: as C-24: neither clock alone refutes. */
    {
        .id = "C-28",
        .name = "batch generalization",
        .version = 2,
        .sentence = "Large batches lead to overfitting, which small batches prevent.",
        .source = "001 Q49",
        .predicts = "The gap between the accuracy on the training set and on unseen samples is "
                    "larger after training with the whole set at once than with batches of 8.",
        .protocol = "As C-24, but one label of five is wrong in the test set too, so that a "
                    "network that has learned no wrong label has no gap.",
        .effect = "points by which the gap between training and test accuracy is larger with the "
                  "whole set than with batches of 8",
        .otherwise = "Shares its training runs with C-24. A network that has learned little has no "
                     "gap either: see the accuracies of C-24. Longer training closes in on all "
                     "training labels with any batch.",
        .rule = RULE_ABOVE,
        .size = 1,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"equal epochs", "equal updates", "each as long as suits it"},
        .curve = {.x = "batch size",
                  .y = "training less test accuracy (points)",
                  .is_log_x = true,
                  .points = 4,
                  .at = {8, 32, 128, 400},
                  .arm = {"equal epochs", "equal updates", "each as long as suits it"}},
        .run = EXPERIMENT(batch_generalization),
    },
    /* 2: the claim is about very large batches: from 64 to all samples, not from 4 on. */
    {
        .id = "C-29",
        .name = "best rate by batch",
        .version = 2,
        .sentence = "Very large batches need a smaller learning rate.",
        .source = "004 S5",
        .predicts = "The rate that suits a batch size best falls as the batch grows.",
        .protocol = "64-32-10 with ReLU and He's normal weights, 512 digits for training, 400 for "
                    "validation. For batches of 4, 16, 64, 256 and 512, which is the whole set: "
                    "the rate of 0.01, 0.02, 0.04 ... 20.48 with the smallest validation loss, "
                    "after 10 epochs each or after 150 updates each of plain gradient descent.",
        .effect = "decades by which the best rate falls with each decade of the batch, from 64 "
                  "samples to all 512",
        .otherwise = "Losses that are added up over the batch instead of averaged: then the rate "
                     "has to fall. Adaptive optimizers. Batches of many thousands are not tried: "
                     "very large means as large as the training set allows.",
        .rule = RULE_ABOVE,
        .size = 0.1,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"equal epochs", "equal updates"},
        .curve = {.x = "batch size",
                  .y = "best rate",
                  .is_log_x = true,
                  .is_log_y = true,
                  .points = 5,
                  .at = {4, 16, 64, 256, 512},
                  .arm = {"equal epochs", "equal updates"}},
        .run = EXPERIMENT(best_rate_by_batch),
    },
    /* 2: a machine that is not parallel, is in the plot alone; and this is counting. */
    {
        .id = "C-30",
        .name = "work per epoch",
        .version = 2,
        .sentence = "On a machine that computes samples of a batch at once, an epoch is faster "
                    "with larger batches.",
        .source = "000 Q49; 004 S5",
        .predicts = "With batches of 256 there is less to do one after another in an epoch than "
                    "with batches of 8.",
        .protocol = "Counted, not timed: random networks of 64 inputs, 1 to 3 hidden layers of 16 "
                    "to 256 units and 10 outputs, and 500 to 5000 samples. Products one after "
                    "another: per group of 64 samples, which the machine does at once, 2 for each "
                    "weight of the first layer and 3 for each other one, and per batch 1 for each "
                    "parameter (plain gradient descent).",
        .effect = "share of the products of an epoch that batches of 256 save against batches of 8",
        .otherwise = "Without such a machine (1 at once, in the plot) only the updates themselves "
                     "are saved. Time, which also holds memory traffic, calls, and messages "
                     "between ranks, once per update; optimizers with more arithmetic per update.",
        .rule = RULE_ALWAYS,
        .size = 0.1,
        .replicas = 20,
        .curve = {.x = "batch size",
                  .y = "products of an epoch, over those with single samples",
                  .is_log_x = true,
                  .is_log_y = true,
                  .points = 10,
                  .at = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512},
                  .arm = {"1 sample at once", "64 at once"}},
        .run = EXPERIMENT(work_per_epoch),
    },
    /* 2: a wider grid of rates, with C-24 and C-32. */
    {
        .id = "C-31",
        .name = "fast then plateau",
        .version = 2,
        .sentence =
            "Large batches converge faster at first, but level off later at a worse solution.",
        .source = "000 Q49",
        .predicts = "The training loss with a large batch is below that with a small one early in "
                    "training, and above it at the end, if time is counted in epochs or if it is "
                    "counted in updates.",
        .protocol = "64-32-10 with ReLU and He's normal weights, 512 digits for training, 400 for "
                    "validation. Plain gradient descent with batches of 8 and of 256, each at the "
                    "rate of 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3 with the smallest validation "
                    "loss at the end; 20 epochs each, or 400 updates each. Early: after a tenth.",
        .effect = "the smaller of two: decades by which the training loss of the large batch is "
                  "below that of the small one early, and above it at the end",
        .otherwise = "Rates that change during training; other moments than a tenth; losses on "
                     "unseen samples. The curves show where they cross, if they do.",
        .rule = RULE_ABOVE,
        .size = 0.02,
        .replicas = 20,
        .needs = ANY_PART,
        .part = {"time in epochs", "time in updates"},
        .curve = {.x = "share of the training done (%)",
                  .y = "training loss",
                  .is_log_y = true,
                  .points = 20,
                  .at = {5,  10, 15, 20, 25, 30, 35, 40, 45, 50,
                         55, 60, 65, 70, 75, 80, 85, 90, 95, 100},
                  .arm = {"8, 20 epochs", "256, 20 epochs", "8, 400 updates", "256, 400 updates"}},
        .run = EXPERIMENT(fast_then_plateau),
    },
    /* 2: equal epochs for all sizes, where updates were equal for some and not for others. */
    {
        .id = "C-32",
        .name = "small data",
        .version = 2,
        .sentence = "Small training sets need small batches, or the network overfits them.",
        .source = "001 Q49",
        .predicts = "With 50 training samples batches of 8 give a better test accuracy than the "
                    "whole set at once, and the difference is larger than with 600 samples.",
        .protocol = "64-32-10 with ReLU and He's normal weights on 50, 200 or 600 digits, 400 "
                    "others for validation, 797 for the test; one label of five is wrong, but not "
                    "in the test set. 100 epochs of plain gradient descent with batches of 8 or "
                    "with all samples, each at the rate of 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, "
                    "3 with the best validation accuracy.",
        .effect = "points of test accuracy by which batches of 8 are ahead of the whole set: with "
                  "50 samples; and how much more with 50 than with 600",
        .otherwise = "Fewer or more epochs, or equal updates instead: see C-24. Batches as a fixed "
                     "share of the data. The validation set that chooses the rate is larger than "
                     "the smallest training sets.",
        .rule = RULE_ABOVE,
        .size = 1,
        .replicas = 20,
        .part = {"with 50 samples", "50 against 600 samples"},
        .curve = {.x = "training samples",
                  .y = "test accuracy (%)",
                  .is_log_x = true,
                  .points = 3,
                  .at = {50, 200, 600},
                  .arm = {"batches of 8", "the whole set"}},
        .run = EXPERIMENT(small_data),
    },
    {.id = NULL},
};
