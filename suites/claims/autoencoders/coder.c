// SPDX-License-Identifier: MIT
#include "coder.h"

#include <math.h>
#include <string.h>

enum { TRAIN = 1200, VALIDATION = 200, BATCH = 32, CAPACITY = 256, CODE_LAYER = 2, NEAR_MOST = 16 };

struct coder_data coder_data(struct replica *r)
{
    struct samples all = samples_digits(r);
    const int *label = all.label;
    all.label = NULL;
    all.classes = 0;
    all.target = all.x;
    all.outputs = all.features;
    return (struct coder_data){.split = samples_split(&all, TRAIN, VALIDATION),
                               .label = label,
                               .test_label = label + TRAIN + VALIDATION};
}

struct network_plan coder_plan(size_t code, enum network_activation activation,
                               enum network_loss loss)
{
    return (struct network_plan){.inputs = CODER_PIXELS,
                                 .layers = 6,
                                 .units = {64, 32, code, 32, 64, CODER_PIXELS},
                                 .activation = activation,
                                 .start = START_GLOROT_UNIFORM,
                                 .loss = loss};
}

struct network *coder_trained(struct replica *r, const struct coder_data *data,
                              const struct network_plan *plan, size_t steps)
{
    static const double rates[] = {0.001, 0.003};
    const struct fit_plan how = {
        .optimizer = FIT_ADAM, .batch = BATCH, .steps = steps, .epochs = steps};
    struct network *net = network_create(r, plan, CAPACITY);
    fit_tune(net, &data->split.train, &data->split.validation, &how, rates,
             sizeof rates / sizeof rates[0], NULL);
    return net;
}

float *coder_codes(struct network *net, const struct samples *samples)
{
    const size_t code = net->plan.units[CODE_LAYER];
    float *codes = lab_floats(net->replica, samples->count * code);
    for (size_t first = 0; first < samples->count;) {
        const size_t count = network_forward(net, samples, first);
        memcpy(codes + first * code, net->hidden[CODE_LAYER]->value, count * code * sizeof *codes);
        first += count;
    }
    return codes;
}

float *coder_rebuilt(struct network *net, const struct samples *samples)
{
    const size_t count = samples->count * CODER_PIXELS;
    float *rebuilt = lab_floats(net->replica, count);
    network_outputs(net, samples, rebuilt);
    for (size_t i = 0; i < count && net->plan.loss == LOSS_BINARY_CROSS_ENTROPY; i++)
        rebuilt[i] = (float)(1 / (1 + lab_exp(net->replica, -(double)rebuilt[i])));
    return rebuilt;
}

double coder_error(const struct samples *samples, const float *rebuilt)
{
    double sum = 0;
    for (size_t i = 0; i < samples->count * CODER_PIXELS; i++) {
        const double off = (double)rebuilt[i] - (double)samples->x[i];
        sum += off * off;
    }
    return sum / (double)(samples->count * CODER_PIXELS);
}

double coder_purity(const float *codes, const int *label, size_t count, size_t code, size_t near)
{
    size_t same = 0;
    for (size_t n = 0; n < count; n++) {
        double square[NEAR_MOST];
        int of[NEAR_MOST];
        size_t found = 0;
        for (size_t m = 0; m < count; m++) {
            double d = 0;
            for (size_t i = 0; i < code; i++) {
                const double off = (double)codes[m * code + i] - (double)codes[n * code + i];
                d += off * off;
            }
            if (m == n || (found == near && d >= square[near - 1]))
                continue;
            size_t k = found < near ? found++ : near - 1;
            for (; k > 0 && square[k - 1] > d; k--) {
                square[k] = square[k - 1];
                of[k] = of[k - 1];
            }
            square[k] = d;
            of[k] = label[m];
        }
        for (size_t k = 0; k < found; k++)
            same += of[k] == label[n];
    }
    return (double)same / (double)(near * count);
}
