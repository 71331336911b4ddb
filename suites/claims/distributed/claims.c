// SPDX-License-Identifier: MIT
#include "../claim.h"

experiment average_of_shards, exact_resumption, local_statistics, model_averaging, more_devices,
    stale_gradients;

const struct claim distributed_claims[] = {
    {
        .id = "O-01",
        .name = "average of shards",
        .version = 1,
        .sentence = "Averaging the gradients of several machines is the same as one machine with a "
                    "large batch.",
        .source = "000 Q46; 004 T34",
        .predicts = "Weights agree to rounding, whatever the shards are.",
        .protocol =
            "64-32-10 with ReLU on digits, gradient descent at 0.1, 100 batches of 128; one "
            "machine against the plain average of eight shards' mean gradients, of 16 "
            "samples each, or seven of 8 and one of 72.",
        .effect = "decimal digits to which the weights agree after 100 steps, by their norms (8 if "
                  "they are equal)",
        .otherwise = "Weighing each shard by its size makes unequal shards exact too; that is not "
                     "what an average says. Without dropout and batch statistics.",
        .rule = RULE_ALWAYS,
        .size = 4,
        .replicas = 20,
        .needs = ALL_PARTS,
        .part = {"equal shards", "unequal shards"},
        .is_quick = true,
        .run = EXPERIMENT(average_of_shards),
    },
    {
        .id = "O-04",
        .name = "more devices",
        .version = 1,
        .sentence = "Training on more devices improves convergence.",
        .source = "000 Q46",
        .predicts =
            "After the same number of epochs the loss is lower with eight devices than with "
            "one.",
        .protocol = "64-32-10 with ReLU on 1024 digits, gradient descent, 5 epochs; 16 samples a "
                    "device, so batches of 16 to 128; rates 0.03, 0.1, 0.3, 1 tuned on 300 "
                    "validation digits for each number of devices; loss on 473 test digits.",
        .effect = "relative reduction of the test loss from one device to eight",
        .otherwise = "Time is not counted, in which devices help. With the same global batch the "
                     "number of devices changes nothing at all.",
        .rule = RULE_ABOVE,
        .size = 0.05,
        .replicas = 20,
        .curve = {.x = "devices of 16 samples",
                  .y = "test loss after 5 epochs",
                  .is_log_x = true,
                  .points = 4,
                  .at = {1, 2, 4, 8},
                  .arm = {"tuned rate"}},
        .run = EXPERIMENT(more_devices),
    },
    {
        .id = "O-05",
        .name = "model averaging",
        .version = 1,
        .sentence = "Averaging the models of several workers now and then is an alternative to "
                    "averaging their gradients.",
        .source = "000 Q46",
        .predicts = "With an average after every 10 steps accuracy is the same, within one point.",
        .protocol =
            "64-32-10 with ReLU on 1200 digits, four workers with 300 each, gradient descent "
            "at 0.05, batches of 16 a worker, 750 steps; averages of weights after every 1 "
            "(which is the average of gradients) to 150 steps; test on 597 digits. Shards: "
            "mixed, or sorted by class.",
        .effect = "test accuracy with an average every 10 steps less that with one after each",
        .otherwise = "Larger networks, more local steps or stronger drift.",
        .rule = RULE_EQUIVALENT,
        .size = 0.01,
        .replicas = 20,
        .needs = ALL_PARTS,
        .part = {"mixed shards", "shards sorted by class"},
        .curve = {.x = "steps between averages",
                  .y = "test accuracy",
                  .is_log_x = true,
                  .points = 6,
                  .at = {1, 2, 5, 10, 30, 150},
                  .arm = {"mixed", "sorted by class"}},
        .run = EXPERIMENT(model_averaging),
    },
    {
        .id = "O-08",
        .name = "stale gradients",
        .version = 1,
        .sentence = "Workers that compute gradients for outdated weights harm training.",
        .source = "000-003 Q46",
        .predicts = "With gradients that are eight steps old the training loss ends higher.",
        .protocol =
            "64-32-10 with ReLU on 1200 digits, gradient descent at 0.2 (and, for the plot, "
            "0.02), batch 32, 600 steps; each step uses the gradient at the weights of 0 to "
            "16 steps before.",
        .effect = "decades between the final training losses with gradients 8 steps old and fresh "
                  "ones, at rate 0.2",
        .otherwise = "A smaller rate: its line is in the plot.",
        .rule = RULE_ABOVE,
        .size = 0.02,
        .replicas = 20,
        .curve = {.x = "steps that gradients are old",
                  .y = "training loss after 600 steps",
                  .is_log_y = true,
                  .points = 6,
                  .at = {0, 1, 2, 4, 8, 16},
                  .arm = {"rate 0.2", "rate 0.02"}},
        .run = EXPERIMENT(stale_gradients),
    },
    {
        .id = "O-09",
        .name = "exact resumption",
        .version = 1,
        .sentence = "Training resumed from a checkpoint goes on exactly.",
        .source = "000 Q46; 004 T35",
        .predicts = "A run of 200 steps and one that stops after 90 and goes on end with the same "
                    "bits, and without the optimizer's state they do not.",
        .protocol = "64-32-10 with ReLU and dropout 0.2 on 1200 digits, momentum 0.9 at rate 0.05, "
                    "batch 32. The checkpoint holds weights, velocity and the number of the step, "
                    "from which order and masks follow.",
        .effect = "1 if the complete checkpoint gives equal weights and the incomplete one does "
                  "not; else 0",
        .otherwise = "Arithmetic whose bits depend on timing: then no checkpoint resumes exactly.",
        .rule = RULE_ALWAYS,
        .size = 1,
        .replicas = 20,
        .run = EXPERIMENT(exact_resumption),
    },
    {
        .id = "O-11",
        .name = "local statistics",
        .version = 1,
        .sentence = "Batch normalisation under data parallelism needs statistics over all workers.",
        .source = "implied by 004 G3 with T34",
        .predicts =
            "Where a worker has two samples of each batch, its own statistics cost accuracy.",
        .protocol =
            "64-32-32-10 with ReLU, normalised before the activation, on 1024 digits, eight "
            "workers with 2 to 16 samples of each batch, gradient descent at 0.1, 8 epochs; "
            "running statistics at test time; test on 773 digits.",
        .effect = "test accuracy with statistics of the whole batch less that with each worker's "
                  "own, at 2 samples a worker",
        .otherwise = "Larger parts: see the plot.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 20,
        .curve = {.x = "samples of a worker in each batch",
                  .y = "test accuracy",
                  .is_log_x = true,
                  .points = 4,
                  .at = {2, 4, 8, 16},
                  .arm = {"statistics of all workers", "each worker's own"}},
        .run = EXPERIMENT(local_statistics),
    },
    {
        .id = "O-13",
        .name = "partitioning",
        .version = 1,
        .sentence = "How the data are divided among workers must be chosen well.",
        .source = "001 Q46; 003 Q46",
        .predicts = "With local steps between averages, shards sorted by class cost accuracy.",
        .protocol = "As O-05, with an average of the weights after every 10 steps.",
        .effect = "test accuracy with mixed shards less that with shards sorted by class",
        .otherwise = "With an average after each step the division does not matter in expectation.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 20,
        .curve = {.x = "steps between averages",
                  .y = "test accuracy",
                  .is_log_x = true,
                  .points = 6,
                  .at = {1, 2, 5, 10, 30, 150},
                  .arm = {"mixed", "sorted by class"}},
        .run = EXPERIMENT(model_averaging),
    },
    {.id = NULL},
};
