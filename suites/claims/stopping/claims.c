// SPDX-License-Identifier: MIT
#include "../claim.h"

experiment stopped_in_time, optimal_stop, rising_loss, augmented_images, mixed_images, more_data,
    large_sets, simpler_networks;

/* Every fifth of 300 epochs. */
#define FIFTHS                                                                                     \
    {                                                                                              \
        5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 100, 105, 110,  \
            115, 120, 125, 130, 135, 140, 145, 150, 155, 160, 165, 170, 175, 180, 185, 190, 195,   \
            200, 205, 210, 215, 220, 225, 230, 235, 240, 245, 250, 255, 260, 265, 270, 275, 280,   \
            285, 290, 295, 300                                                                     \
    }

#define HISTORIES                                                                                  \
    "64-64 hidden ReLU units, Adam at 0.003, batch 32, 300 epochs, on 100 moons with noise 0.3, "  \
    "on 200 handwritten digits, and on 200 of which a fifth have wrong labels; 300 validation "    \
    "samples (wrong labels alike), tests of 1000 moons or 497 digits with right labels. "

const struct claim stopping_claims[] = {
    /* 2: both a smaller loss and a higher accuracy are expected; losses alone could hardly fail */
    {
        .id = "D-13",
        .name = "stopped in time",
        .version = 2,
        .sentence = "Early stopping prevents overfitting and makes a network better on new data.",
        .source = "000 Q20; 001 Q20; 002 Q20; 003 Q20; 004 T10, T35, G15",
        .predicts =
            "The network that is stopped has a smaller test loss and a higher test accuracy "
            "than the same after all epochs.",
        .protocol = HISTORIES "Stopped: patience 10 on the validation loss, and the parameters of "
                              "its best epoch; against those of the last epoch.",
        .effect = "the smaller one of the fall of the test loss, in steps of 5 %, and the gain of "
                  "test accuracy, in points",
        .otherwise =
            "300 epochs, as document 004 trains in C6; fewer would leave less to prevent. "
            "The validation samples could have been learnt from instead. The loss alone can "
            "hardly fail, since the stop is chosen by a loss: so accuracy counts, too.",
        .rule = RULE_ABOVE,
        .size = 1,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"moons", "digits", "digits, wrong labels"},
        .curve = {.x = "epoch",
                  .y = "test loss, nats",
                  .is_log_y = true,
                  .points = 60,
                  .at = FIFTHS,
                  .arm = {"moons", "digits", "digits, wrong labels"}},
        .run = EXPERIMENT(stopped_in_time),
    },
    /* 2: the stop saw wrong labels, and the least loss right ones */
    {
        .id = "D-14",
        .name = "optimal stop",
        .version = 2,
        .sentence =
            "Early stopping ends training at the point of optimal generalisation, and saves "
            "time.",
        .source = "004 T35",
        .predicts = "The test loss at the stop is the least of all epochs, nearly, and a good part "
                    "of the epochs is not needed.",
        .protocol =
            HISTORIES "Stopped with patience 10 on the validation loss; the parameters of "
                      "its best epoch. It holds if their test loss is at most 5 % above "
                      "the least of 300 epochs and training ended before the 271st. Where "
                      "validation has wrong labels, a fifth of those of the test are wrong here, "
                      "too.",
        .effect = "1 if it holds, 0 if not",
        .otherwise = "A larger validation set finds the least loss better. The least of 300 noisy "
                     "test losses is itself a little too low.",
        .rule = RULE_SHARE,
        .size = 0.5,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"moons", "digits", "digits, wrong labels"},
        .curve = {.x = "patience, epochs",
                  .y = "test loss above the least, relative; share of epochs that were trained",
                  .is_log_x = true,
                  .points = 7,
                  .at = {1, 2, 5, 10, 20, 50, 100},
                  .arm = {"loss, moons", "loss, digits", "loss, wrong labels", "epochs, moons",
                          "epochs, digits", "epochs, wrong labels"}},
        .run = EXPERIMENT(optimal_stop),
    },
    {
        /* 2: replicas enough to show a share among all tests of the section */
        .id = "D-15",
        .name = "rising loss",
        .version = 2,
        .sentence = "A validation loss that starts to rise is the sign that the network starts to "
                    "overfit.",
        .source = "001 Q20; 004 G15",
        .predicts = "Once the validation loss has risen, accuracy on new data does not get better; "
                    "while it has not, accuracy does not get worse.",
        .protocol = HISTORIES "Alarm: the validation loss has not fallen for 10 epochs while the "
                              "training loss has. The sign is right if test accuracy over the last "
                              "20 epochs is not a point above that of the epoch with the least "
                              "validation loss (without an alarm: not a point below).",
        .effect = "1 if the sign is right, 0 if not",
        .otherwise = "By the loss itself an alarm is right by definition: this asks whether "
                     "decisions get worse, too. An alarm with less patience errs more often.",
        .rule = RULE_SHARE,
        .size = 0.8,
        .replicas = 60,
        .needs = MOST_PARTS,
        .part = {"moons", "digits", "digits, wrong labels"},
        .curve = {.x = "epoch",
                  .y = "validation loss over that of the first epoch; test accuracy",
                  .is_log_y = true,
                  .points = 60,
                  .at = FIFTHS,
                  .arm = {"loss, moons", "loss, digits", "loss, wrong labels", "accuracy, moons",
                          "accuracy, digits", "accuracy, wrong labels"}},
        .run = EXPERIMENT(rising_loss),
    },
    {
        .id = "D-16",
        .name = "augmented images",
        .version = 1,
        .sentence =
            "Changed copies of the training images make a network better on new images, for "
            "free.",
        .source = "000 Q42; 001 Q42; 004 T10, S1, S4",
        .predicts = "With random turns or shifts the test accuracy is higher after as many steps.",
        .protocol =
            "64-64-64-10 with ReLU on 50, 200 or 1000 handwritten digits, Adam, batch 32, 1200 "
            "steps in every arm; rate 0.001 or 0.003 by the accuracy on 300 validation digits; 497 "
            "test digits. Before every epoch each image is turned by up to 10 degrees, or moved by "
            "up to a pixel along both axes, uniformly, whichever validation prefers; for "
            "comparison: mirrored, each way with probability 1/2.",
        .effect = "test accuracy with the changes less that without",
        .otherwise = "Free of new images, not of work: a turn costs some twenty operations per "
                     "pixel. Mirrored digits are other digits: see their line. Strengths were not "
                     "tuned.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"50 digits", "200 digits", "1000 digits"},
        .curve = {.x = "training images",
                  .y = "test accuracy",
                  .is_log_x = true,
                  .points = 3,
                  .at = {50, 200, 1000},
                  .arm = {"as they are", "turns", "shifts", "mirrors"}},
        .run = EXPERIMENT(augmented_images),
    },
    {
        .id = "D-17",
        .name = "mixed images",
        .version = 1,
        .sentence = "Mixup, CutMix and Cutout are augmentations that make a network better.",
        .source = "004 S1",
        .predicts = "With each of them the test accuracy is higher than without.",
        .protocol =
            "64-64-64-10 with ReLU on 100, 200 or 400 handwritten digits, a sigmoid and the binary "
            "cross-entropy for each class (so that targets can be mixed), Adam, batch 32, 1200 "
            "steps; rate 0.001 or 0.003 by the accuracy on 300 validation digits; 497 test digits. "
            "Before an epoch: mixup and CutMix with another image and a weight from Beta(1, 1) for "
            "each image, before every epoch or every second one; Cutout with a square of 4 x 4 or "
            "of 2 x 2 pixels around a random one; whichever validation prefers.",
        .effect = "test accuracy with the augmentation less that without",
        .otherwise = "Images of 8 x 8 pixels and a network without convolutions are not what these "
                     "were made for.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"mixup, 100 digits", "CutMix, 100 digits", "Cutout, 100 digits",
                 "mixup, 200 digits", "CutMix, 200 digits", "Cutout, 200 digits"},
        .curve = {.x = "training images",
                  .y = "test accuracy",
                  .is_log_x = true,
                  .points = 3,
                  .at = {100, 200, 400},
                  .arm = {"none", "mixup", "CutMix", "Cutout"}},
        .run = EXPERIMENT(mixed_images),
    },
    /* 2: a grid of two rates has no inside */
    {
        .id = "D-18",
        .name = "more data",
        .version = 2,
        .sentence = "More data is the best defence against overfitting.",
        .source = "004 S4",
        .predicts = "Twice as many samples without a regulariser give a higher test accuracy than "
                    "the best regulariser with the samples that one has.",
        .protocol =
            "64-64 hidden ReLU units, Adam, batch 32, 600 steps, rate 0.0003, 0.001, 0.003 or "
            "0.01; 100 or 400 handwritten digits, or 100 moons with noise 0.3, against twice as "
            "many. Rivals, each with three strengths: dropout 0.2, 0.5, 0.7; L2 c w^2 / 2 with c "
            "0.001, 0.01, 0.1; early stopping with patience 3, 10, 30; augmentation (digits: "
            "turns by up to 5, 10, 20 degrees; moons: normal noise of 0.1, 0.2, 0.4). Rates, "
            "strengths and the best rival by the accuracy on 300 validation samples.",
        .effect = "test accuracy with twice the data less that of the best rival",
        .otherwise = "Twice the data is one price among many: ten times as many would win more "
                     "easily, a tenth more hardly. Rivals have more tuning than more data has.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"100 digits", "400 digits", "100 moons"},
        .curve = {.x = "data",
                  .y = "test accuracy",
                  .points = 3,
                  .label = {"100 digits", "400 digits", "100 moons"},
                  .arm = {"none", "twice the data", "dropout", "L2", "early stopping",
                          "augmentation"}},
        .run = EXPERIMENT(more_data),
    },
    /* 2: sets of all sizes are passed equally often, not for equally many steps */
    {
        .id = "D-19",
        .name = "large sets",
        .version = 2,
        .sentence = "With large data sets overfitting becomes a concern.",
        .source = "000 Q32; 002 Q32",
        .predicts = "The more training samples, the larger the gap between training and test "
                    "accuracy.",
        .protocol =
            "64-64 hidden ReLU units, Adam at 0.003, batch 32, 100 epochs, on 50, 100, 200, 400 "
            "and 800 handwritten digits, the same with a fifth of wrong labels, and moons with "
            "noise 0.3; 497 digits or 1000 moons for the test. Gap: accuracy on the training set "
            "less that on new samples with as many wrong labels, which are drawn anew for each "
            "size. Nothing is tuned.",
        .effect = "gap with 800 samples less gap with 50, in accuracy",
        .otherwise =
            "Large sets often go with larger networks; here only the data grow, and steps with "
            "them, since all sets are passed equally often.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"digits", "digits, wrong labels", "moons"},
        .curve = {.x = "training samples",
                  .y = "gap between training and test accuracy",
                  .is_log_x = true,
                  .points = 5,
                  .at = {50, 100, 200, 400, 800},
                  .arm = {"digits", "digits, wrong labels", "moons"}},
        .run = EXPERIMENT(large_sets),
    },
    /* 2: a grid of two rates has no inside */
    {
        .id = "D-20",
        .name = "simpler networks",
        .version = 2,
        .sentence = "A simpler network, with fewer layers or fewer units, overfits less.",
        .source = "004 S4",
        .predicts =
            "The simpler network has a smaller gap between training and test accuracy and a "
            "higher test accuracy.",
        .protocol =
            "A large network with three hidden layers of 128 ReLU units, against fewer layers "
            "(two or one) or fewer units (three of 32 or of 8), whichever validation prefers, on "
            "200 handwritten digits or 100 moons with noise 0.3, a fifth of whose labels are "
            "wrong. Adam, batch 32, 400 steps; rate 0.0001, 0.0003, 0.001, 0.003 or 0.01 for each "
            "network; all by the accuracy on 300 validation samples. Tests of 497 digits and 1000 "
            "moons with right labels; the gap is to what the test accuracy means for labels that "
            "are wrong as often.",
        .effect = "accuracy: gap of the large network less that of the simpler one; test accuracy "
                  "of the simpler one less that of the large one",
        .otherwise = "A network that fits nothing has no gap: so most parts, which needs more than "
                     "smaller gaps.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"gap, fewer layers, digits", "test, fewer layers, digits",
                 "gap, fewer units, digits", "test, fewer units, digits",
                 "gap, fewer layers, moons", "test, fewer layers, moons", "gap, fewer units, moons",
                 "test, fewer units, moons"},
        .curve = {.x = "hidden layers x units",
                  .y = "accuracy: gap between training and test; test",
                  .points = 5,
                  .label = {"3 x 128", "2 x 128", "1 x 128", "3 x 32", "3 x 8"},
                  .arm = {"gap, digits", "test, digits", "gap, moons", "test, moons"}},
        .run = EXPERIMENT(simpler_networks),
    },
    {.id = NULL},
};
