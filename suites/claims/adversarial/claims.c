// SPDX-License-Identifier: MIT
#include "../claim.h"

experiment augmentation_as_defence, certified_radius, crafted_perturbations, defence_in_depth,
    defence_ranking, defensive_distillation, descent_against_one_step, ensembles,
    randomised_inference, smallest_perturbation, transformations, vaccination;

const struct claim adversarial_claims[] = {
    /* 2: three radii; at 0.1 alone it was the radius that decided */
    {
        .id = "L-01",
        .name = "crafted perturbations",
        .version = 2,
        .sentence = "Small changes that are computed from the gradient, and not random ones, turn "
                    "confident predictions into confident wrong ones.",
        .source = "004 T41, 000 Q41, 001 Q41, 002 Q41, 003 Q41",
        .predicts = "At the same largest change of a pixel, the gradient's sign flips at least "
                    "five times as many confident predictions as noise does, and most predictions "
                    "that an attack flips are confident again.",
        .protocol =
            "Digits, 1000 to train, 297 to validate, 500 to test; 64-32-10 with ReLU and He's "
            "normal weights, plain stochastic gradient descent, batch 32, 20 epochs, the rate of "
            "0.03, 0.1, 0.3 that is best on validation. Test images that are classified rightly "
            "with a probability of 0.9 or more; no pixel, from 0 to 1, moves by more than 0.1, 0.2 "
            "or 0.3. FGSM against five draws of uniform noise; confidence after projected gradient "
            "descent of 20 steps of an eighth of the radius, from the image itself.",
        .effect =
            "share flipped by FGSM less five times the share flipped by noise; and the share of "
            "flipped ones whose wrong class has a probability of 0.9 or more, less one half",
        .otherwise =
            "Smaller radii: the curve shows them. On 8 x 8 pixels a change of 0.1 can be seen, and "
            "one of 0.3 cannot be missed; whether people notice is not measured.",
        .rule = RULE_ABOVE,
        .size = 0.05,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"gradient against noise, 0.1", "confident and wrong, 0.1",
                 "gradient against noise, 0.2", "confident and wrong, 0.2",
                 "gradient against noise, 0.3", "confident and wrong, 0.3"},
        .curve = {.x = "largest change of a pixel",
                  .y = "share of confident predictions that are wrong",
                  .points = 10,
                  .at = {0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3},
                  .arm = {"one step (FGSM)", "20 steps (PGD)", "20 steps, wrong with 0.9 or more",
                          "noise within", "noise of that size in every pixel"}},
        .run = EXPERIMENT(crafted_perturbations),
    },
    {
        .id = "L-02",
        .name = "descent against one step",
        .version = 2,
        .sentence = "Projected gradient descent, which takes many small steps, deceives a network "
                    "more often than the one step of FGSM within the same radius.",
        .source = "000 Q41",
        .predicts = "Accuracy under projected gradient descent is lower than under FGSM at every "
                    "radius.",
        .protocol =
            "Digits, 1000 to train, 297 to validate, 500 to test; 64-32-10 with ReLU and "
            "He's normal weights, plain stochastic gradient descent, batch 32, 20 epochs, "
            "the rate of 0.03, 0.1, 0.3 that is best on validation. Three radii, at which "
            "FGSM leaves at most 75, 50 and 25 % accuracy on validation (0.01, 0.02, ... "
            "0.3). Both attacks in the largest change of a pixel: one step of the radius, "
            "or projected gradient descent of 20 steps of an eighth of the radius, from the "
            "image itself. The curve also has networks that were trained against the "
            "latter (7 steps, radius 0.1).",
        .effect = "test accuracy under FGSM less that under projected gradient descent, at each "
                  "radius",
        .otherwise = "Where FGSM already fools the network about every image, no attack can do "
                     "better, and where the loss is nearly linear one step is as good: both are in "
                     "the curve.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"FGSM leaves 75 %", "FGSM leaves 50 %", "FGSM leaves 25 %"},
        .curve = {.x = "largest change of a pixel",
                  .y = "test accuracy",
                  .points = 6,
                  .at = {0.02, 0.05, 0.1, 0.15, 0.2, 0.3},
                  .arm = {"plain, FGSM", "plain, PGD", "hardened, FGSM", "hardened, PGD"}},
        .run = EXPERIMENT(descent_against_one_step),
    },
    {
        .id = "L-03",
        .name = "smallest perturbation",
        .version = 1,
        .sentence = "The attack of Carlini and Wagner finds smaller perturbations than projected "
                    "gradient descent does.",
        .source = "000 Q41",
        .predicts =
            "The median length of the change that flips a prediction is smaller, for the same "
            "number of gradients.",
        .protocol =
            "Digits, 1000 to train, 297 to validate, 500 to test; 64-32-10 with ReLU and He's "
            "normal weights, plain stochastic gradient descent, batch 32, 20 epochs, the "
            "rate of 0.03, 0.1, 0.3 that is best on validation. The first 50 test images that "
            "are classified rightly; 1600 gradients an image for either attack. Carlini and "
            "Wagner: 8 searches of 200 steps of Adam, constant from 0.1, rate of 0.01, 0.03, "
            "0.1. Projected gradient descent in the Euclidean norm: radii 0.05, 0.053, ... "
            "(64, each 6 % larger), 25 steps each of 1/16, 1/8 or 1/4 of the radius, that end "
            "once the image is fooled; the smallest change of all. Rate and step by the "
            "median on 50 validation images.",
        .effect = "1 less the median Euclidean length of the changes by Carlini and Wagner over "
                  "that by projected gradient descent",
        .otherwise = "More gradients for either; a network in which gradients mislead. Time is not "
                     "measured.",
        .rule = RULE_ABOVE,
        .size = 0.05,
        .replicas = 20,
        .curve = {.x = "Euclidean length of the change",
                  .y = "share of images that are fooled",
                  .points = 24,
                  .at = {0.05, 0.10, 0.15, 0.20, 0.25, 0.30, 0.35, 0.40, 0.45, 0.50, 0.55, 0.60,
                         0.65, 0.70, 0.75, 0.80, 0.85, 0.90, 0.95, 1.00, 1.05, 1.10, 1.15, 1.20},
                  .arm = {"Carlini and Wagner", "projected gradient descent"}},
        .run = EXPERIMENT(smallest_perturbation),
    },
    /* 2: it predicts of the defences that are tried, not of all */
    {
        .id = "L-04",
        .name = "defence ranking",
        .version = 2,
        .sentence = "Training on adversarial examples is the most effective of the defences.",
        .source = "004 T41",
        .predicts = "Under attacks that know the defence, it keeps more accuracy than each of the "
                    "others that are tried.",
        .protocol =
            "Digits, 1000 to train, 297 to validate, 500 to test; 64-32-10 with ReLU and He's "
            "normal weights, plain stochastic gradient descent, batch 32, 20 epochs, the rate of "
            "0.03, 0.1, 0.3 that is best on validation. Arms: adversarial training (half of the "
            "loss on images attacked by 7 steps within 0.1, its rate the best under attack on "
            "validation); defensive distillation at temperature 20; JPEG of quality 75 before the "
            "network; noise of deviation 0.2 in training and before the network (8 draws); five "
            "networks whose logits are averaged; none. Attacks within 0.1 on 200 test images: the "
            "worse of FGSM and projected gradient descent of 20 steps of an eighth of the radius, "
            "from the image itself, on the margin of the logits; against JPEG and noise, of each "
            "image the worst of attacks on the network alone and through them, on the "
            "cross-entropy: straight through JPEG and with a slope for its rounding, averaged over "
            "8 draws of noise in each step.",
        .effect =
            "test accuracy under attack of adversarial training less that of the best other arm",
        .otherwise = "A radius other than the one trained for; other kinds of attacks (L-05). "
                     "Certified smoothing, resizing and several defences together (L-12) are not "
                     "tried. The best other arm is picked after the test, in its favour.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 20,
        .curve = {.x = "largest change of a pixel",
                  .y = "test accuracy under attack",
                  .points = 4,
                  .at = {0, 0.05, 0.1, 0.2},
                  .arm = {"adversarial training", "distillation", "JPEG", "noise", "ensemble",
                          "none"}},
        .run = EXPERIMENT(defence_ranking),
    },
    {
        .id = "L-05",
        .name = "vaccination",
        .version = 1,
        .sentence =
            "Adversarial training makes a network robust against the kinds of attack that it "
            "was trained on, as a vaccine does.",
        .source = "004 T41",
        .predicts = "A network trained on FGSM keeps more accuracy under FGSM than one trained "
                    "without, and one trained on projected gradient descent under that.",
        .protocol =
            "Digits, 1000 to train, 297 to validate, 500 to test; 64-32-10 with ReLU and He's "
            "normal weights, plain stochastic gradient descent, batch 32, 20 epochs, the "
            "rate of 0.03, 0.1, 0.3 that is best on validation. Hardened networks: half of "
            "the loss on images attacked within 0.1 in every step, by FGSM or by 7 steps; the "
            "rate that is best under that attack on validation. Attacked on the test set by "
            "FGSM, and by projected gradient descent of 20 steps of an eighth of the radius, "
            "from the image itself.",
        .effect = "test accuracy under the attack that was trained on, less that of the plain "
                  "network under the same attack",
        .otherwise =
            "Other norms and losses are in the curve: what is kept there says how narrow the "
            "vaccine is.",
        .rule = RULE_ABOVE,
        .size = 0.05,
        .replicas = 20,
        .needs = ALL_PARTS,
        .part = {"FGSM", "descent"},
        .curve = {.x = "attack",
                  .y = "test accuracy",
                  .points = 6,
                  .label = {"none", "FGSM 0.1", "PGD 0.1", "PGD 0.1 on logits",
                            "PGD, Euclidean 0.5", "PGD, sum of changes 2"},
                  .arm = {"plain", "trained on FGSM", "trained on PGD"}},
        .run = EXPERIMENT(vaccination),
    },
    /* 2: also against the teacher, which tells distillation from temperature */
    {
        .id = "L-06",
        .name = "defensive distillation",
        .version = 2,
        .sentence = "Training a second network on the softened outputs of a first one makes "
                    "adversarial examples harder to find.",
        .source = "004 T41, 000 Q41, 002 Q41, 003 Q41",
        .predicts = "The second network keeps more accuracy than a plain one, and than the first, "
                    "whatever loss the attacker climbs.",
        .protocol = "Digits, 1000 to train, 297 to validate, 500 to test; 64-32-10 with ReLU and "
                    "He's normal weights, plain stochastic gradient descent, batch 32, 20 epochs, "
                    "the rate of 0.03, 0.1, 0.3 that is best on validation. Distilled: teacher and "
                    "student both trained at temperature 20 (the teacher on labels), used at 1, "
                    "each with a tuned rate. Attacks within 0.1: FGSM on the cross-entropy; and "
                    "projected gradient descent of 20 steps of an eighth of the radius, from the "
                    "image itself, on the margin of the logits (what Carlini and Wagner climb).",
        .effect = "test accuracy under attack of the distilled network less that of the plain one, "
                  "and less that of the teacher",
        .otherwise = "What is gained on the loss and not on the logits is a hidden gradient: see "
                     "the curve at larger radii. What the teacher has too comes from the "
                     "temperature, by which the logits grow, and not from softened outputs.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 20,
        .needs = ALL_PARTS,
        .part = {"loss, against plain", "logits, against plain", "loss, against the teacher",
                 "logits, against the teacher"},
        .curve = {.x = "largest change of a pixel",
                  .y = "test accuracy",
                  .points = 6,
                  .at = {0, 0.02, 0.05, 0.1, 0.15, 0.2},
                  .arm = {"plain, FGSM", "teacher, FGSM", "distilled, FGSM", "plain, logits",
                          "teacher, logits", "distilled, logits"}},
        .run = EXPERIMENT(defensive_distillation),
    },
    /* 2: the network without the transformation meets the same attacks */
    {
        .id = "L-07",
        .name = "transformations",
        .version = 2,
        .sentence = "Compressing, resizing or adding noise to an input before it reaches the "
                    "network destroys adversarial perturbations.",
        .source = "004 T41, 001 Q41, 002 Q41",
        .predicts = "With the transformation more attacked images are classified rightly, also "
                    "when the attacker knows of it.",
        .protocol =
            "Digits, 1000 to train, 297 to validate, 500 to test; 64-32-10 with ReLU and He's "
            "normal weights, plain stochastic gradient descent, batch 32, 20 epochs, the rate of "
            "0.03, 0.1, 0.3 that is best on validation. No training on transformed images. JPEG of "
            "quality 90, 75, 50, 25; random resizing to at least 7, 6, 5, 4 pixels a side; normal "
            "noise of deviation 0.05, 0.1, 0.15, 0.2: of each the strongest that costs at most 2 "
            "points on validation. 200 test images, projected gradient descent of 20 steps of an "
            "eighth of the radius, from the image itself within 0.1. Unaware: attacks on the "
            "network alone. Aware: an image counts as right only after that attack and others "
            "through the transformation: averaged over 8 draws in each step; straight through "
            "JPEG; through a JPEG whose rounding has a slope; so it does without the "
            "transformation. Predictions average 8 draws.",
        .effect = "accuracy on attacked images with the transformation less the accuracy without "
                  "it on the same ones",
        .otherwise = "A majority of the six must gain: with an unaware attacker alone it is not "
                     "shown. Images of more pixels leave more room for compression.",
        .rule = RULE_ABOVE,
        .size = 0.05,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"JPEG, unaware", "JPEG, aware", "resizing, unaware", "resizing, aware",
                 "noise, unaware", "noise, aware"},
        .curve = {.x = "largest change of a pixel",
                  .y = "gain in accuracy under attack",
                  .points = 3,
                  .at = {0.05, 0.1, 0.2},
                  .arm = {"JPEG, unaware", "JPEG, aware", "resizing, unaware", "resizing, aware",
                          "noise, unaware", "noise, aware"}},
        .run = EXPERIMENT(transformations),
    },
    /* 2: replicas enough to show a share above 0.9 among all tests of the section */
    {
        .id = "L-08",
        .name = "certified radius",
        .version = 2,
        .sentence = "Randomised smoothing proves that no perturbation within a radius changes the "
                    "prediction.",
        .source = "004 T41, 000 Q41",
        .predicts = "No attack within the certified radius changes what the smoothed network says.",
        .protocol = "Digits, 1000 to train, 297 to validate, 500 to test; 64-32-10 with ReLU and "
                    "He's normal weights, plain stochastic gradient descent, batch 32, 20 epochs, "
                    "the rate of 0.03, 0.1, 0.3 that is best on validation. Trained with noise of "
                    "deviation 0.25 and smoothed with the same: 32 votes choose the class, 200 "
                    "bound its probability (99.9 %). The 50 first test images; those with a radius "
                    "are attacked in the Euclidean norm within 0.999 of their radius, by 20 steps "
                    "on gradients averaged over 16 new draws each. The smoothed network then "
                    "decides anew by 200 votes, or abstains where they could be chance (0.1 %).",
        .effect = "1 if none of the certified images of a replica changed its class, 0 otherwise",
        .otherwise = "A better attack could find what this one does not. Within the radius it "
                     "changes hardly a class of the network itself either, so this is a weak trial "
                     "of the proof; beyond, it changes those of both. The proof is of the smoothed "
                     "network, with the probability that the votes do not mislead.",
        .rule = RULE_SHARE,
        .size = 0.9,
        .replicas = 90,
        .curve = {.x = "radius of the attack over the certified radius",
                  .y = "share of certified images whose class changes",
                  .points = 4,
                  .at = {0.999, 1.5, 3, 6},
                  .arm = {"smoothed", "the network itself"}},
        .run = EXPERIMENT(certified_radius),
    },
    {
        .id = "L-09",
        .name = "augmentation as defence",
        .version = 1,
        .sentence = "Data augmentation makes networks more robust against adversarial attacks.",
        .source = "001 Q41",
        .predicts = "Networks trained on augmented images keep more accuracy under attack than "
                    "those trained on the images alone.",
        .protocol =
            "Digits, 1000 to train, 297 to validate, 500 to test; 64-32-10 with ReLU and He's "
            "normal weights, plain stochastic gradient descent, batch 32, 20 epochs, the rate of "
            "0.03, 0.1, 0.3 that is best on validation. Every batch anew: shifts by up to one "
            "pixel; rotations by up to 15 degrees; normal noise of deviation 0.1; a square of 3 x "
            "3 pixels erased. Attacks within 0.1: the worse of FGSM and projected gradient descent "
            "of 20 steps of an eighth of the radius, from the image itself.",
        .effect = "test accuracy under attack, augmented less plain",
        .otherwise =
            "What of an erased square lies outside of the image is cut off. Adversarial training, "
            "which some call augmentation too, is an arm of the curve and not of the claim: see "
            "L-05; its rate is the best under attack, those of the others the best without. "
            "Stronger noise: see L-11.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"shifts", "rotations", "noise", "erasing"},
        .curve = {.x = "largest change of a pixel",
                  .y = "test accuracy",
                  .points = 6,
                  .at = {0, 0.02, 0.05, 0.1, 0.15, 0.2},
                  .arm = {"plain", "shifts", "rotations", "noise", "erasing",
                          "adversarial training"}},
        .run = EXPERIMENT(augmentation_as_defence),
    },
    {
        .id = "L-10",
        .name = "ensembles",
        .version = 1,
        .sentence = "Several networks together are more robust against adversarial examples and "
                    "detect them.",
        .source = "000 Q41",
        .predicts = "Under attack an ensemble keeps more accuracy than its members do, and its "
                    "members disagree about attacked images, which gives these away.",
        .protocol =
            "Digits, 1000 to train, 297 to validate, 500 to test; 64-32-10 with ReLU and He's "
            "normal weights, plain stochastic gradient descent, batch 32, 20 epochs, the "
            "rate of 0.03, 0.1, 0.3 that is best on validation. Five networks from different "
            "starts, logits averaged. Projected gradient descent of 20 steps of an eighth of "
            "the radius, from the image itself, within 0.1: on a sixth network (transferred), "
            "or on the ensemble itself (aimed; a member is attacked itself, too). Detection: "
            "Jensen and Shannon's divergence of the members' probabilities on the 500 "
            "attacked images against the same 500 as they are.",
        .effect = "accuracy of the ensemble less the mean of its members; area under the ROC curve "
                  "of the disagreement less 0.75, halfway from guessing to certainty",
        .otherwise =
            "Members of other kinds may share fewer weaknesses. The aimed attack does not try "
            "to hide from the detector.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"robust, transferred", "robust, aimed", "detects transferred", "detects aimed"},
        .curve = {.x = "largest change of a pixel",
                  .y = "test accuracy, or area under the ROC curve",
                  .points = 5,
                  .at = {0.02, 0.05, 0.1, 0.15, 0.2},
                  .arm = {"members, transferred", "ensemble, transferred", "members, aimed",
                          "ensemble, aimed", "detection, transferred", "detection, aimed"}},
        .run = EXPERIMENT(ensembles),
    },
    /* 2: the network without noise meets as many attacks */
    {
        .id = "L-11",
        .name = "randomised inference",
        .version = 2,
        .sentence = "Random noise on the input, in training or at inference, makes networks more "
                    "robust against adversarial attacks.",
        .source = "000 Q41, 004 T41",
        .predicts = "With noise more attacked images are classified rightly, also when the "
                    "attacker averages over the noise.",
        .protocol = "Digits, 1000 to train, 297 to validate, 500 to test; 64-32-10 with ReLU and "
                    "He's normal weights, plain stochastic gradient descent, batch 32, 20 epochs, "
                    "the rate of 0.03, 0.1, 0.3 that is best on validation. Noise of deviation "
                    "0.2, at inference alone (mean probabilities of 8 draws) or in training as "
                    "well. 200 test images, attacks within 0.1 of 20 steps of an eighth of the "
                    "radius, from the image itself: on the network without noise (unaware), or of "
                    "each image the worse of that and of one on the mean gradient of 8 new draws "
                    "in each step (aware), which the plain network without noise meets as well.",
        .effect = "accuracy under attack with noise less that of the plain network without noise "
                  "under the same attacks on it",
        .otherwise = "Weaker and stronger noise: see the curve. What is gained with an unaware "
                     "attacker alone is no robustness.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"inference, unaware", "inference, aware", "training too, unaware",
                 "training too, aware"},
        .curve = {.x = "standard deviation of the noise",
                  .y = "test accuracy under attack",
                  .points = 4,
                  .at = {0.05, 0.1, 0.2, 0.3},
                  .arm = {"inference, unaware", "inference, aware", "training too, unaware",
                          "training too, aware", "no noise, unaware", "no noise, aware"}},
        .run = EXPERIMENT(randomised_inference),
    },
    /* 2: arms without noise meet as many attacks as those with it */
    {
        .id = "L-12",
        .name = "defence in depth",
        .version = 2,
        .sentence = "Several defences at once protect better against adversarial attacks than one.",
        .source = "001 Q41",
        .predicts = "Adversarial training, noise and an ensemble together keep more accuracy under "
                    "attack than the best of them alone.",
        .protocol =
            "Digits, 1000 to train, 297 to validate, 500 to test; 64-32-10 with ReLU and He's "
            "normal weights, plain stochastic gradient descent, batch 32, 20 epochs, the rate of "
            "0.03, 0.1, 0.3 that is best on validation. Together: three networks by adversarial "
            "training (half of the loss on images attacked by 7 steps within 0.1, the rate the "
            "best under that attack on validation), logits averaged, behind noise of deviation 0.1 "
            "(mean of 8 draws). Alone: one network by adversarial training; noise in training and "
            "at inference; an ensemble of three. Attacks within 0.1 on 200 test images, the same "
            "for every arm: of each image the worse of 20 steps on the network or ensemble alone, "
            "and of 20 through noise of deviation 0.1, averaged over 8 draws. The best one alone "
            "is chosen by the same attack on 200 validation images.",
        .effect = "test accuracy under attack, all together less the one that was best alone",
        .otherwise = "Other combinations; defences that do not share the same images.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 20,
        .curve = {.x = "largest change of a pixel",
                  .y = "test accuracy under attack",
                  .points = 3,
                  .at = {0.05, 0.1, 0.2},
                  .arm = {"all together", "adversarial training", "noise", "ensemble", "none"}},
        .run = EXPERIMENT(defence_in_depth),
    },
    {.id = NULL},
};
