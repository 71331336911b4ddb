// SPDX-License-Identifier: MIT
#include "../lab/fit.h"
#include "../lab/split.h"

enum { WIDTH = 32, LAYERS = 4, TRAIN = 896, TEST = 384, SIZES = 4, LOOKS = 8, SHOWN = 3 };

static const double margin = 0.01;

struct watch {
    struct replica *r;
    const struct samples *test;
    const uint32_t *order; /* of the test samples */
    size_t batch, size;    /* number of the size */
    size_t next;           /* look */
    double difference;     /* of the latest look */
};

/* Accuracy on the test samples, batch by batch with the statistics of each; the running statistics
 * are left as they were. */
static double accuracy_of_batches(struct network *net, const struct watch *watch)
{
    const size_t K = net->output->columns;
    const struct arena kept = lab_borrow(watch->r);
    float *state = lab_floats(watch->r, network_state_count(net));
    size_t right = 0;
    network_save(net, state);
    for (size_t first = 0; first < TEST; first += watch->batch) {
        network_gradient(net, watch->test, watch->order + first, watch->batch, 0);
        for (size_t n = 0; n < watch->batch; n++) {
            const float *z = net->output->value + n * K;
            size_t best = 0;
            for (size_t k = 1; k < K; k++)
                best = z[k] > z[best] ? k : best;
            right += (int)best == watch->test->label[watch->order[first + n]];
        }
    }
    network_load(net, state);
    lab_return(watch->r, kept);
    return (double)right / TEST;
}

static bool after_step(struct fit *fit)
{
    struct watch *watch = fit->plan->context;
    if (watch->next == LOOKS || (double)fit->step < claim_place(watch->r->claim, watch->next))
        return false;
    const double batches = accuracy_of_batches(fit->net, watch);
    const double running = network_accuracy(fit->net, watch->test);
    if (watch->size < SHOWN) {
        replica_point(watch->r, 2 * watch->size, watch->next, batches);
        replica_point(watch->r, 2 * watch->size + 1, watch->next, running);
    }
    watch->difference = running - batches;
    return ++watch->next == LOOKS;
}

void running_statistics(struct replica *r)
{
    static const size_t batches[SIZES] = {2, 8, 32, 128};
    const struct split split = split_digits(r, TRAIN, 0);
    const struct samples test = samples_part(&split.test, 0, TEST);
    uint32_t order[TEST];
    lab_shuffle(r, 1, order, TEST);
    struct network_plan plan = network_plan(test.features, LAYERS, WIDTH, test.classes);
    plan.normalization = NORMALIZATION_BEFORE;
    struct network *net = network_create(r, &plan, 256);
    for (size_t i = 0; i < SIZES; i++) {
        struct watch watch = {
            .r = r, .test = &test, .order = order, .batch = batches[i], .size = i};
        const struct fit_plan how = {.optimizer = FIT_ADAM,
                                     .rate = 0.003,
                                     .batch = batches[i],
                                     .epochs = 1000,
                                     .after_step = after_step,
                                     .context = &watch};
        network_start(net);
        fit_network(net, &split.train, &how);
        replica_effect(r, i, watch.difference + margin);
    }
    network_free(net);
}
