// SPDX-License-Identifier: MIT
#include "../claim.h"

experiment linear_layers, exclusive_or, perceptron_bound, perceptron_rate, any_function,
    depth_at_equal_size, number_of_layers, funnel, few_samples, sample_order, cost_of_gradients;

const struct claim foundations_claims[] = {
    {
        /* 2: twice the replicas, since shares count among the tests of the section too */
        .id = "A-01",
        .name = "linear layers",
        .version = 2,
        .sentence = "Without non-linear activations a network behaves like one linear layer, "
                    "however many layers it has.",
        .source = "004 T5",
        .predicts = "Five linear layers decide as the single layer that is their product, and "
                    "trained on moons they are as accurate as logistic regression.",
        .protocol = "Moons (noise 0.2) and handwritten digits, 1000 samples for training, 300 for "
                    "validation, the rest (1200 and 497) for the test. Layers of 16 units, LeCun's "
                    "normal weights, cross-entropy, Adam, batch 32, 15 epochs, the rate of "
                    "{0.001, 0.003, 0.01, 0.03} that is best on validation for each network. The "
                    "product of the layers comes from the technique linear_collapse.",
        .effect = "share of test samples that five linear layers and their product name "
                  "differently (moons, digits); test accuracy of five linear layers less that of "
                  "one (moons)",
        .otherwise = "That the layers' product decides as they do is algebra, and could only fail "
                     "by rounding; the accuracy is of training. Training is not the same: the same "
                     "function is reached along another path, and stopped early it may be another "
                     "one. The lines with tanh show what the activation adds.",
        .rule = RULE_EQUIVALENT,
        .size = 0.005,
        .replicas = 40,
        .part = {"decisions, moons", "decisions, digits", "accuracy, moons"},
        .curve = {.x = "layers",
                  .y = "test accuracy",
                  .points = 5,
                  .at = {1, 2, 3, 5, 8},
                  .arm = {"moons, linear", "moons, tanh", "digits, linear", "digits, tanh"}},
        .run = EXPERIMENT(linear_layers),
    },
    {
        .id = "A-02",
        .name = "exclusive or",
        .version = 1,
        .sentence = "A perceptron can only separate classes that a line separates; a network with "
                    "a hidden layer can do more.",
        .source = "000 Q4; 003 Q4; 004 T5",
        .predicts = "On XOR, circles and moons a hidden layer is more accurate than any linear "
                    "model; on XOR's four corners no linear one has more than three of four right.",
        .protocol = "The four corners of XOR (training, validation and test at once); XOR (noise "
                    "0.05), circles (radii 1 and 0.5, noise 0.1) and moons (noise 0.15): 400 "
                    "samples for training, 200 for validation, 800 for the test. Linear: the "
                    "better in the test of logistic regression and the line that is best on the "
                    "training samples among 120 directions and 81 offsets. Network: 2-8-2 with "
                    "tanh. Logistic regression and network are trained with Adam, batch 32, 60 "
                    "epochs, rate of {0.003, 0.01, 0.03, 0.1} chosen on validation.",
        .effect = "test accuracy of the network with 8 hidden units less that of the better "
                  "linear model",
        .otherwise = "Clouds that a line separates are in the plot: there a hidden layer gains "
                     "nothing. Features made by hand, such as products, let a line separate more.",
        .rule = RULE_ABOVE,
        .size = 0.05,
        .replicas = 20,
        .part = {"four corners", "XOR", "circles", "moons"},
        .curve = {.x = "hidden units (0: the better linear model)",
                  .y = "test accuracy",
                  .points = 6,
                  .at = {0, 1, 2, 3, 4, 8},
                  .arm = {"four corners", "XOR", "circles", "moons", "separable clouds"}},
        .run = EXPERIMENT(exclusive_or),
    },
    {
        .id = "A-03",
        .name = "perceptron bound",
        .version = 1,
        .sentence = "The perceptron learning rule arrives at weights that classify separable data "
                    "correctly.",
        .source = "002 Q3; 004 C1",
        .predicts = "Training ends without a mistake, after at most (R / margin)^2 of them, R "
                    "being the length of the longest sample with a 1 appended (Novikoff 1962).",
        .protocol = "150 samples, even in [-1, 1)^D but for a gap on both sides of a random plane: "
                    "D = 2 with gaps of 0.3, 0.1, 0.03, 0.01, D = 20 with 0.1; and two clouds of "
                    "deviation 1.05 around random centres in [-10, 10)^2, drawn until a line "
                    "across the centres separates them. Rule from zero weights, rate 0.01, at "
                    "most 1000 epochs. The margin is that of the known plane.",
        .effect = "bound over the number of mistakes made; 0 when the last epoch still had any",
        .otherwise = "It is of separable data: on others the rule never settles. It says nothing "
                     "of new samples, and nothing of which separating plane is found.",
        .rule = RULE_ALWAYS,
        .size = 1,
        .replicas = 20,
        .part = {"gap 0.3", "gap 0.1", "gap 0.03", "gap 0.01", "20 dimensions", "clouds"},
        .curve = {.x = "gap between the classes and the plane",
                  .y = "mistakes until none is made",
                  .is_log_x = true,
                  .is_log_y = true,
                  .points = 5,
                  .at = {0.3, 0.1, 0.03, 0.01, 0.003},
                  .arm = {"mistakes", "bound"}},
        .is_quick = true,
        .run = EXPERIMENT(perceptron_bound),
    },
    {
        /* 2: the sentence no longer puts into the document's mouth that the rate matters */
        .id = "A-04",
        .name = "perceptron rate",
        .version = 2,
        .sentence = "The learning rate of the perceptron rule, 0.01 in the document's program, is "
                    "a setting to be chosen.",
        .source = "004 C1 (implied: the program has it as a parameter, and starts from zeros)",
        .predicts = "It matters what is chosen: another rate leads to a perceptron that decides "
                    "some samples differently.",
        .protocol =
            "The document's program: zero weights, 100 epochs on 120 of 150 samples, which are two "
            "clouds of deviation 1.05 around random centres in [-10, 10)^2; and moons (noise 0.2), "
            "which no line separates. Rates 0.0001, 0.001, 0.01, 0.1, 1 and 10.",
        .effect =
            "1 if one of the rates decides one of the 150 samples otherwise than 0.01 does, else 0",
        .otherwise = "No document says that it matters: the program merely asks for a rate. From "
                     "other weights than zeros it does matter: those lines are in the plot. In "
                     "binary32 a net input within rounding of 0 can fall either way.",
        .rule = RULE_SHARE,
        .size = 0.5,
        .replicas = 20,
        .part = {"clouds", "moons"},
        .curve = {.x = "rate",
                  .y = "test accuracy",
                  .is_log_x = true,
                  .points = 6,
                  .at = {0.0001, 0.001, 0.01, 0.1, 1, 10},
                  .arm = {"clouds, from zeros", "moons, from zeros", "clouds, from random weights",
                          "moons, from random weights"}},
        .run = EXPERIMENT(perceptron_rate),
    },
    {
        .id = "A-05",
        .name = "any function",
        .version = 1,
        .sentence = "With a non-linearity between its layers a network can approximate any "
                    "function.",
        .source = "004 T5",
        .predicts = "One wide hidden layer comes within 0.1 of sin, of the absolute value, of a "
                    "step and of 1/x, everywhere on an interval.",
        .protocol =
            "One input, one hidden layer of 2 to 256 ReLUs whose kinks start evenly spread, "
            "squared error on 512 samples without noise, Adam, batch 32, 80 epochs, the "
            "rate falling to 0 from that of {0.002, 0.006, 0.02} with the least training "
            "error. Targets: sin(pi x), |x| and a step at 0 on [-1, 1], 1/x on (0, 1]. "
            "Error: the largest on 1025 even places; for the step, two of them next to 0.",
        .effect = "0.1 less the largest error of the network with 256 hidden units",
        .otherwise =
            "To be within 0.1 everywhere is our reading. The theorem is of continuous "
            "functions on closed intervals. A step is half its height off at the jump for any "
            "continuous network: arithmetic, not a finding. 1/x has no bound on (0, 1], and its "
            "error is that of training on 512 samples as well. In the mean over an interval a step "
            "can be approximated. A network that is built, not trained, is in the plot.",
        .rule = RULE_ABOVE,
        .size = 0.02,
        .replicas = 20,
        .part = {"sine", "absolute value", "step", "1/x"},
        .curve = {.x = "hidden units",
                  .y = "largest error",
                  .is_log_x = true,
                  .is_log_y = true,
                  .points = 8,
                  .at = {2, 4, 8, 16, 32, 64, 128, 256},
                  .arm = {"sine", "absolute value", "step", "1/x", "sine, built by hand"}},
        .run = EXPERIMENT(any_function),
    },
    {
        /* 2: with 300 parameters one layer left no room on the spirals; rates go on */
        .id = "A-06",
        .name = "depth at equal size",
        .version = 2,
        .sentence = "Depth is what lets a network learn more complex patterns.",
        .source = "000 Q4; 004 T6",
        .predicts = "With as many parameters in all, two to six hidden layers learn spirals and "
                    "checkers more accurately than one.",
        .protocol = "Spirals of two turns (noise 0.02) and four by four checkers: 500 samples for "
                    "training, 300 for validation, 1000 for the test. One to six hidden layers of "
                    "equal width, the widest with at most 80 parameters (checkers 300), ReLU, He. "
                    "Adam, batch 50, 150 epochs, rate of {0.001, 0.003, 0.01, 0.03, 0.1} chosen on "
                    "validation for each depth; the depth above one by validation too.",
        .effect = "test accuracy of the chosen depth of 2 to 6 less that of one hidden layer",
        .otherwise = "Longer training, or more parameters: one wide layer can represent both "
                     "patterns. Images with parts, for which convolutions are made, are not here.",
        .rule = RULE_ABOVE,
        .size = 0.03,
        .replicas = 20,
        .part = {"spirals", "checkers"},
        .curve = {.x = "hidden layers",
                  .y = "test accuracy",
                  .points = 6,
                  .arm = {"spirals", "checkers"}},
        .run = EXPERIMENT(depth_at_equal_size),
    },
    {
        .id = "A-09",
        .name = "number of layers",
        .version = 1,
        .sentence = "For most problems two to five hidden layers are a good start.",
        .source = "004 G4",
        .predicts = "A depth from two to five, taken without trying others, is about as accurate "
                    "as the best depth of all.",
        .protocol = "Moons (noise 0.2), circles (radii 1 and 0.6, noise 0.15), XOR (noise 0.1), "
                    "spirals of two turns, a random teacher of ten ReLUs on ten features, and "
                    "digits: 300 samples for training, 300 for validation, 1000 for the test. 0, "
                    "1, 2, 3, 4, 5, 6 or 8 hidden layers of 32 ReLUs, He, Adam, batch 32, 40 "
                    "epochs, rate of {0.001, "
                    "0.003, 0.01} chosen on validation for each depth.",
        .effect = "mean test accuracy of two to five hidden layers, less that of the depth of all "
                  "which is best on validation",
        .otherwise = "Larger data or images, which want more layers; the width, which is the same "
                     "for all depths. That such a depth, taken unseen, comes within a point of the "
                     "best is our reading of a good start. Whether one of the four depths is among "
                     "the best is a weaker question: see the plot.",
        .rule = RULE_EQUIVALENT,
        .size = 0.01,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"moons", "circles", "XOR", "spirals", "teacher", "digits"},
        .curve = {.x = "hidden layers",
                  .y = "test accuracy",
                  .points = 8,
                  .at = {0, 1, 2, 3, 4, 5, 6, 8},
                  .arm = {"moons", "circles", "XOR", "spirals", "teacher", "digits"}},
        .run = EXPERIMENT(number_of_layers),
    },
    {
        /* 2: against the better of the other shapes; spirals with room; rates go on */
        .id = "A-10",
        .name = "funnel",
        .version = 2,
        .sentence = "Hidden layers should get narrower from the input to the output, a funnel, as "
                    "a rule of thumb.",
        .source = "004 G4",
        .predicts = "With as many parameters, a funnel is more accurate than layers of equal width "
                    "and than layers that get wider.",
        .protocol = "Moons (noise 0.2), spirals of two turns, four by four checkers, a random "
                    "teacher of ten ReLUs on ten features, digits: 400 samples for training, 300 "
                    "for validation, 1000 for the test. Three hidden layers of widths in the "
                    "ratios 4:2:1, 1:1:1 or 1:2:4, the widest with at most 1000 parameters (moons "
                    "500, spirals 160, digits 4000), ReLU, He, Adam, batch 40, 80 epochs, rate of "
                    "{0.001, 0.003, 0.01, 0.03, 0.1, 0.3} chosen on validation for each shape.",
        .effect = "test accuracy of the funnel less that of the other shape which is better on "
                  "validation",
        .otherwise = "The document says that funnels are usual; that they are better is what one "
                     "expects of a rule. Inputs of very many features, where the funnel has its "
                     "parameters in the first layer.",
        .rule = RULE_ABOVE,
        .size = 0.005,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"moons", "spirals", "checkers", "teacher", "digits"},
        .curve = {.x = "data",
                  .y = "test accuracy",
                  .points = 5,
                  .label = {"moons", "spirals", "checkers", "teacher", "digits"},
                  .arm = {"funnel", "equal widths", "getting wider"}},
        .run = EXPERIMENT(funnel),
    },
    {
        /* 2: the document's statement; its converse, of the bugs, is plotted. 3: replicas enough. */
        .id = "A-11",
        .name = "few samples",
        .version = 3,
        .sentence = "A right implementation brings the training loss on 10 to 20 samples to nearly "
                    "zero; if it cannot, there is a bug.",
        .source = "004 T33",
        .predicts = "Networks without a bug come below a loss of 0.001, whatever their activation.",
        .protocol =
            "16 digits with random labels, 64-32-32-10 with ReLU (He's normal weights), tanh or "
            "sigmoids (Glorot's), cross-entropy, 3000 steps of full-batch descent with momentum "
            "0.9, at a rate of 0.005, 0.05 or 0.5. In the plot also ReLU at 0.05 with bugs: the "
            "first layer's gradient has the other sign; biases have no gradient; the first layer "
            "has none; the square layer's gradient is transposed; ReLU's derivative is forgotten.",
        .effect = "1 if the loss of the right implementation comes below 0.001 at any step with "
                  "one of the rates, else 0",
        .otherwise =
            "It is the statement, and not its converse: passing does not show that nothing is "
            "wrong. Most of the bugs of the plot pass too, and so does any that leaves a direction "
            "of descent to enough parameters; comparing with central differences finds those. "
            "Deeper networks or saturated starts may fail without a bug in the code.",
        .rule = RULE_SHARE,
        .size = 0.8,
        .replicas = 60,
        .part = {"ReLU", "tanh", "sigmoid"},
        .curve = {.x = "step",
                  .y = "loss",
                  .is_log_x = true,
                  .is_log_y = true,
                  .points = 13,
                  .at = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 1500, 2000, 3000},
                  .arm = {"right", "sign", "no bias gradients", "first layer frozen", "transposed",
                          "no derivative"}},
        .run = EXPERIMENT(few_samples),
    },
    {
        .id = "A-12",
        .name = "sample order",
        .version = 1,
        .sentence = "Training samples must be shuffled again for every epoch.",
        .source = "004 T33",
        .predicts = "A network whose samples are reshuffled in every epoch is more accurate than "
                    "one that sees them sorted by class, and than one that sees them in one random "
                    "order again and again.",
        .protocol = "64-64-10 with ReLU on 1000 digits, 300 for validation, 497 for the test; "
                    "gradient descent, batch 32, 15 epochs, rate of {0.01, 0.03, 0.1, 0.3} chosen "
                    "on validation for each order.",
        .effect = "test accuracy with reshuffling less that with the samples sorted by class; less "
                  "that with the samples shuffled once",
        .otherwise = "Other optimizers, tiny batches, many more epochs. Two parts: shuffling at "
                     "all, and again for every epoch.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 20,
        .part = {"against sorted by class", "against shuffled once"},
        .curve = {.x = "epoch",
                  .y = "test accuracy",
                  .points = 15,
                  .arm = {"reshuffled", "shuffled once", "sorted by class"}},
        .run = EXPERIMENT(sample_order),
    },
    {
        /* 2: feasible or not is not judged: differences are not the cheapest way; rates go on */
        .id = "A-13",
        .name = "cost of gradients",
        .version = 2,
        .sentence = "Backpropagation gives the gradient, and far more cheaply than differences of "
                    "the loss would.",
        .source = "004 T4",
        .predicts = "It agrees with central differences, and training with differences in its "
                    "place needs at least a hundred times as many passes through the network.",
        .protocol = "Gradient: 64-16-10 with ReLU, squared error on 64 digits, backpropagation in "
                    "binary32 against central differences (h = 1e-6) in binary64, over all 1210 "
                    "parameters. Cost: the same network with cross-entropy on the 64 digits, until "
                    "the training loss is below 0.5, full batch; passes of the batch, where a step "
                    "with backpropagation counts 3, with central differences 2 for each parameter. "
                    "Each method with the rate of {0.1, 0.3, 1, 3, 10} by which it arrives first.",
        .effect = "decimal digits of agreement (of the norm of the difference over the norm), less "
                  "5; decades by which central differences cost more, less 2",
        .otherwise =
            "The cost is arithmetic: with the same gradient both take the same steps, and one with "
            "differences costs two thirds of the number of parameters times as much. Document 004 "
            "says further that training would not be feasible without backpropagation. That is not "
            "judged: simultaneous perturbation, a search that wants no exact gradient, is cheaper "
            "than differences. It is in the plot (c = 0.001, best of five rates, at most 150 times "
            "the passes of backpropagation), for a small network.",
        .rule = RULE_ALWAYS,
        .size = 0,
        .replicas = 20,
        .part = {"agreement", "cost of differences"},
        .curve = {.x = "passes of the batch",
                  .y = "training loss",
                  .is_log_x = true,
                  .is_log_y = true,
                  .points = 12,
                  .at = {1, 3, 10, 30, 100, 300, 1000, 3000, 10000, 30000, 100000, 300000},
                  .arm = {"backpropagation", "central differences", "random perturbations"}},
        .run = EXPERIMENT(cost_of_gradients),
    },
    {.id = NULL},
};
