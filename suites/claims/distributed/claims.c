// SPDX-License-Identifier: MIT
#include "../claim.h"

experiment average_of_shards, distributed_convergence, divided_layers, exact_resumption,
    local_statistics, model_averaging, more_devices, server_and_aggregation, skewed_loads,
    stale_gradients;

const struct claim distributed_claims[] = {
    /* 2: of equal shards alone, which is what the documents say */
    {
        .id = "O-01",
        .name = "average of shards",
        .version = 2,
        .sentence = "Averaging the gradients of several machines is the same as one machine with a "
                    "large batch.",
        .source = "004 T34, 000 Q46 (implied)",
        .predicts = "Weights agree to rounding.",
        .protocol = "64-32-10 with ReLU on digits, gradient descent at 0.1, 100 batches of 128; "
                    "one machine against the plain average of the mean gradients of eight shards "
                    "of 16 samples each. For the plot also seven shards of 8 and one of 72, "
                    "averaged plainly or weighed by their sizes.",
        .effect = "decimal digits to which the weights agree after 100 steps, by their norms (8 if "
                  "they are equal)",
        .otherwise = "It is algebra, and holds for equal shards: a plain average over unequal ones "
                     "is another gradient (see the plot). Without dropout and batch statistics.",
        .rule = RULE_ALWAYS,
        .size = 4,
        .replicas = 20,
        .curve = {.x = "shards",
                  .y = "decimal digits that agree",
                  .points = 3,
                  .label = {"equal", "unequal", "unequal, weighed"},
                  .arm = {"after 100 steps"}},
        .is_quick = true,
        .run = EXPERIMENT(average_of_shards),
    },
    /* 2: rates up to 10, tuned by the loss that is judged */
    {
        .id = "O-02",
        .name = "divided layers",
        .version = 1,
        .sentence = "A model whose layers are divided among devices is the same model: only the "
                    "place of the work differs.",
        .source = "000 Q46; 004 T34",
        .predicts = "After training, the weights agree with those of one device to rounding, "
                    "however the layers are cut and whatever the number of devices.",
        .protocol =
            "64-32-10 with ReLU on digits, He's weights, cross-entropy, gradient descent at "
            "0.1, 50 batches of 64. One device (the dense layers of all other experiments) "
            "against the technique tensor_parallelism on 2, 3, 4 and 8 devices, both forward "
            "and backward; parts as even as whole numbers allow, so not even on 3 devices. "
            "Column and row: hidden units are shared out, the first matrix by columns, the "
            "second by rows. Row and column: inputs and outputs are.",
        .effect = "decimal digits to which the weights agree with those of one device, by their "
                  "norms (8 if they are equal): the fewest of the four numbers of devices",
        .otherwise =
            "One replica with fewer digits. Devices are parts of the same computation here, "
            "whose messages are counted but not delayed; dropout and batch statistics, which "
            "need agreement among devices, are left out, and so are cuts between layers "
            "(pipelines).",
        .rule = RULE_ALWAYS,
        .size = 4,
        .replicas = 20,
        .needs = ALL_PARTS,
        .part = {"columns, then rows", "rows, then columns"},
        .curve = {.x = "devices",
                  .y = "decimal digits to which the weights agree",
                  .is_log_x = true,
                  .points = 5,
                  .at = {1, 2, 3, 4, 8},
                  .arm = {"columns, then rows", "rows, then columns"}},
        .run = EXPERIMENT(divided_layers),
    },
    {
        .id = "O-04",
        .name = "more devices",
        .version = 2,
        .sentence = "Training on more devices improves convergence, epoch by epoch.",
        .source = "000 Q46",
        .predicts =
            "After the same number of epochs the loss is lower with eight devices than with one.",
        .protocol =
            "64-32-10 with ReLU on 1024 digits, gradient descent, 5 epochs; 16 samples a device, "
            "so batches of 16 to 128; rates 0.03, 0.1, 0.3, 1, 3, 10 tuned by the loss on 300 "
            "validation digits for each number of devices; loss on 473 test digits.",
        .effect = "relative reduction of the test loss from one device to eight",
        .otherwise =
            "By epochs, as the sentence is read here: time is not counted, in which devices help. "
            "With the same global batch the number of devices changes nothing at all.",
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
    /* 2: of mixed shards alone; sorted ones are O-13 */
    {
        .id = "O-05",
        .name = "model averaging",
        .version = 2,
        .sentence = "Averaging the models of several workers now and then is an alternative to "
                    "averaging their gradients.",
        .source = "000 Q46",
        .predicts = "With an average after every 10 steps accuracy is the same, within one point.",
        .protocol = "64-32-10 with ReLU on 1200 digits, four workers with 300 each, gradient "
                    "descent at 0.05, batches of 16 a worker, 750 steps; averages of weights after "
                    "every 1 (which is the average of gradients) to 150 steps; test on 597 digits. "
                    "Shards: mixed; for the plot also sorted by class.",
        .effect = "test accuracy with an average every 10 steps less that with one after each",
        .otherwise =
            "Larger networks, more local steps, or shards that differ: for these see O-13.",
        .rule = RULE_EQUIVALENT,
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
    /* 2: the rate is tuned for each age */
    {
        .id = "O-06",
        .name = "server and aggregation",
        .version = 1,
        .sentence = "A parameter server and the aggregation of gradients among the workers both "
                    "serve to train one model on many devices.",
        .source = "000 Q46",
        .predicts = "Either ends with the weights of one machine that sees the same batches.",
        .protocol =
            "64-32-10 with ReLU on 1600 digits, He's weights, cross-entropy, gradient descent "
            "at 0.1, 25 batches of 64. One machine, against four workers with 10, 14, 18 and "
            "22 samples of each batch: by the technique parameter_server, which waits for "
            "all, and by data_parallelism, which averages gradients; both weigh workers by "
            "their samples. For the plot, bytes that the busiest device sends and receives in "
            "a step, counted by communication_cost: a server that is one of the devices, and "
            "an all-reduce on a ring.",
        .effect = "decimal digits to which the weights agree with those of one machine, by their "
                  "norms (8 if they are equal)",
        .otherwise =
            "One replica with fewer digits. A server that does not wait is another matter "
            "(O-08). The plot is about volume alone: a ring has more and smaller messages, "
            "and several servers can share the load.",
        .rule = RULE_ALWAYS,
        .size = 4,
        .replicas = 20,
        .needs = ALL_PARTS,
        .part = {"parameter server", "aggregated gradients"},
        .curve = {.x = "devices",
                  .y = "bytes through the busiest device in a step",
                  .is_log_x = true,
                  .is_log_y = true,
                  .points = 6,
                  .at = {2, 4, 8, 16, 32, 64},
                  .arm = {"parameter server", "all-reduce on a ring"}},
        .run = EXPERIMENT(server_and_aggregation),
    },
    {
        .id = "O-08",
        .name = "stale gradients",
        .version = 2,
        .sentence = "Workers that compute gradients for outdated weights harm training.",
        .source = "000-003 Q46",
        .predicts = "With gradients that are eight steps old the training loss ends higher, at the "
                    "best rate for either.",
        .protocol = "64-32-10 with ReLU on 1200 digits, gradient descent, batch 32, 600 steps; "
                    "each step uses the gradient at the weights of 0 to 16 steps before. Of the "
                    "rates 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2 the one with the least training "
                    "loss at the end, for each age.",
        .effect =
            "decades between the final training losses with gradients 8 steps old and fresh ones",
        .otherwise = "More steps or a smaller network, with which a small rate loses less. At "
                     "fixed rates: see the plot.",
        .rule = RULE_ABOVE,
        .size = 0.02,
        .replicas = 20,
        .curve = {.x = "steps that gradients are old",
                  .y = "training loss after 600 steps",
                  .is_log_y = true,
                  .points = 6,
                  .at = {0, 1, 2, 4, 8, 16},
                  .arm = {"best rate", "rate 0.02", "rate 0.2"}},
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
        .otherwise = "Arithmetic whose bits depend on timing: then no checkpoint resumes exactly. "
                     "The checkpoint stays in memory: files, and what may be lost with them, are "
                     "not tried here.",
        .rule = RULE_ALWAYS,
        .size = 1,
        .replicas = 20,
        .run = EXPERIMENT(exact_resumption),
    },
    /* 2: two sizes, and the sentence says where */
    {
        .id = "O-10",
        .name = "skewed loads",
        .version = 1,
        .sentence = "Balancing the load among workers is essential for training on many devices.",
        .source = "000 Q46; 002 Q46; 003 Q46",
        .predicts = "Where samples or shards differ in size, a balanced division saves a tenth or "
                    "more of what the slowest worker computes, for which all others wait.",
        .protocol =
            "Eight workers that wait for each other. Shards: 1200 images of equal cost, "
            "shares between 0.5 and 1.5 of the same, uniform; against even shares. Sequences: "
            "lengths of 1 + 20 e^(0.7 z), z normal, 8 a worker and step, 20 steps; in the "
            "order in which they come, against longest first to whom has least so far (both "
            "by the technique load_balancing, which knows the costs). Cost: multiplications of "
            "a recurrent layer of 32 units (linear in the length), or of an attention layer "
            "of width 32 (4 projections, and all pairs).",
        .effect = "share of the slowest worker's multiplications, summed over steps, that "
                  "balancing saves",
        .otherwise =
            "Other distributions: samples of equal cost in even shards are balanced, and "
            "nothing is saved. How much is saved with more or fewer sequences is in the plot. "
            "Costs are counted, not timed: machines of unequal speed and the work of "
            "balancing itself are left out.",
        .rule = RULE_ABOVE,
        .size = 0.1,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"uneven shards", "sequences, recurrent layer", "sequences, attention layer"},
        .curve = {.x = "sequences of each worker in a step",
                  .y = "multiplications of the slowest worker, over the mean",
                  .is_log_x = true,
                  .points = 7,
                  .at = {1, 2, 4, 8, 16, 32, 64},
                  .arm = {"recurrent, in order", "recurrent, balanced", "attention, in order",
                          "attention, balanced"}},
        .run = EXPERIMENT(skewed_loads),
    },
    {
        .id = "O-11",
        .name = "local statistics",
        .version = 2,
        .sentence = "Where a worker has few samples of each batch, batch normalisation needs "
                    "statistics over all workers.",
        .source = "implied by 004 G3 with T34",
        .predicts = "Where a worker has two samples of each batch, or four, its own statistics "
                    "cost accuracy.",
        .protocol = "64-32-32-10 with ReLU, normalised before the activation, on 1024 digits, "
                    "eight workers with 2 to 16 samples of each batch, gradient descent at 0.1, 8 "
                    "epochs; running statistics at test time; test on 773 digits.",
        .effect =
            "test accuracy with statistics of the whole batch less that with each worker's own",
        .otherwise = "With more samples a worker there is less to lose: see the plot.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 20,
        .needs = ALL_PARTS,
        .part = {"2 samples a worker", "4 samples a worker"},
        .curve = {.x = "samples of a worker in each batch",
                  .y = "test accuracy",
                  .is_log_x = true,
                  .points = 4,
                  .at = {2, 4, 8, 16},
                  .arm = {"statistics of all workers", "each worker's own"}},
        .run = EXPERIMENT(local_statistics),
    },
    {
        .id = "O-12",
        .name = "distributed convergence",
        .version = 1,
        .sentence = "Optimizers for distributed training keep the convergence of those for one "
                    "machine.",
        .source = "003 Q46",
        .predicts = "On a convex problem each of them comes as near to the minimum in as many "
                    "steps, within a tenth.",
        .protocol =
            "Logistic regression on 400 samples of 10 features, normal with deviations of 1 to "
            "2/11, labels drawn by a random logistic model, penalty 0.01 |w|^2 / 2; minimum by "
            "Newton's method (logistic_regression). Gradient descent from 0 with whole shards, "
            "four workers with 100 samples each: synchronous (mean of gradients after each step); "
            "local steps (mean of weights after each 10), shards mixed or sorted by class; "
            "gradients that are 4 steps old. One machine with all samples to compare. Rates 0.2 "
            "to 10 in 8 steps, the one with the fewest steps, for each arm and replica. At most "
            "600 steps.",
        .effect = "steps until the distance from the minimum is a thousandth of that at the start, "
                  "over those of one machine, less 1",
        .otherwise =
            "Local steps with rates that fall come nearer; fewer local steps too. Local steps "
            "save messages, nine of ten here, which is not counted: the sentence is about "
            "convergence. Without the noise of small batches, which workers average away.",
        .rule = RULE_EQUIVALENT,
        .size = 0.1,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"synchronous", "local steps, mixed shards", "local steps, sorted shards",
                 "stale gradients"},
        .curve = {.x = "steps",
                  .y = "distance from the minimum, over that at the start",
                  .is_log_y = true,
                  .points = 60,
                  .at = {5,   10,  15,  20,  25,  30,  35,  40,  45,  50,  55,  60,  65,  70,  75,
                         80,  85,  90,  95,  100, 105, 110, 115, 120, 125, 130, 135, 140, 145, 150,
                         155, 160, 165, 170, 175, 180, 185, 190, 195, 200, 205, 210, 215, 220, 225,
                         230, 235, 240, 245, 250, 255, 260, 265, 270, 275, 280, 285, 290, 295, 300},
                  .arm = {"one machine", "synchronous", "local steps, mixed shards",
                          "local steps, sorted shards", "stale gradients"}},
        .run = EXPERIMENT(distributed_convergence),
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
