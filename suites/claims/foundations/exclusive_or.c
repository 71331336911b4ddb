// SPDX-License-Identifier: MIT
#include "../lab/trial.h"

enum { SAMPLES = 1400, TRAIN = 400, VALIDATION = 200, WIDTHS = 6, WIDEST = 5, CORNERS = 4 };

static const size_t width[WIDTHS] = {0, 1, 2, 3, 4, 8}; /* hidden units; 0: no hidden layer */
static const double rates[] = {0.003, 0.01, 0.03, 0.1};

static double learns(struct replica *r, const struct split *split, size_t hidden)
{
    struct network_plan plan = network_plan(2, hidden > 0 ? 2 : 1, hidden, 2);
    plan.activation = ACTIVATION_TANH;
    plan.start = START_GLOROT_NORMAL;
    const struct fit_plan how = {.optimizer = FIT_ADAM, .batch = 32, .epochs = 60};
    return trial_of(r, &plan, split, &how, rates, sizeof rates / sizeof rates[0]).test;
}

static double line_accuracy(const struct samples *samples, const float *u, float c)
{
    size_t right = 0;
    for (size_t n = 0; n < samples->count; n++) {
        const float z = samples->x[2 * n] * u[0] + samples->x[2 * n + 1] * u[1];
        right += (z >= c) == (samples->label[n] == 1);
    }
    return (double)right / (double)samples->count;
}

/* Test accuracy of the line that is best on the training samples, of all directions and offsets:
 * what the best perceptron could do. */
static double best_line(struct replica *r, const struct split *split)
{
    enum { DIRECTIONS = 120, OFFSETS = 81 };
    double best = -1, test = 0;
    for (size_t i = 0; i < DIRECTIONS; i++) {
        const double angle = 6.283185307179586 * ((double)i + 0.5) / DIRECTIONS;
        const float u[2] = {(float)lab_cos(r, angle), (float)lab_sin(r, angle)};
        for (size_t k = 0; k < OFFSETS; k++) {
            const float c = 0.05f * ((float)k - OFFSETS / 2);
            const double accuracy = line_accuracy(&split->train, u, c);
            if (accuracy > best) {
                best = accuracy;
                test = line_accuracy(&split->test, u, c);
            }
        }
    }
    return test;
}

/* The four corners of XOR, which are all there is: training, validation and test. */
static struct split corners(struct replica *r)
{
    struct samples all = samples_new(r, CORNERS, 2, 2, 0);
    for (size_t n = 0; n < CORNERS; n++) {
        all.x[2 * n] = n % 2 == 0 ? -1 : 1;
        all.x[2 * n + 1] = n / 2 == 0 ? -1 : 1;
        all.label[n] = n == 1 || n == 2;
    }
    return (struct split){.train = all, .validation = all, .test = all};
}

/* Accuracy of the widest network less that of the better of the two linear ones. */
static double compare(struct replica *r, const struct split *split, size_t arm)
{
    double accuracy[WIDTHS];
    for (size_t i = 0; i < WIDTHS; i++)
        accuracy[i] = learns(r, split, width[i]);
    const double line = best_line(r, split);
    if (line > accuracy[0])
        accuracy[0] = line;
    for (size_t i = 0; i < WIDTHS; i++)
        replica_point(r, arm, i, accuracy[i]);
    return accuracy[WIDEST] - accuracy[0];
}

void exclusive_or(struct replica *r)
{
    const struct samples all[] = {
        samples_xor(r, 0, SAMPLES, 0.05),
        samples_circles(r, 2, SAMPLES, 0.5, 0.1),
        samples_moons(r, 4, SAMPLES, 0.15),
        samples_blobs(r, 6, SAMPLES, 2, 1, 0.25),
    };
    const struct split four = corners(r);
    replica_effect(r, 0, compare(r, &four, 0));
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        const struct split split = samples_split(&all[i], TRAIN, VALIDATION);
        const double gain = compare(r, &split, i + 1);
        if (i < 3) /* the last one can be separated: it is for the plot */
            replica_effect(r, i + 1, gain);
    }
}
