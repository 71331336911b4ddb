// SPDX-License-Identifier: MIT
#include "../lab/fit.h"

#include <math.h>
#include <string.h>

enum { TRAIN = 600, HIDDEN = 32, BATCH = 32, STEPS = 100, LOOK = 10, LOOKS = STEPS / LOOK };
enum { FACTORS = 14, MOST_DIGITS = 7 };

static const double factors[FACTORS] = {1,  0.05, 0.1, 0.2, 0.5, 2,   5,
                                        10, 20,   50,  100, 200, 500, 1000};

/* The parameters of a run at steps 10, 20, ... 100: (looks, parameters). */
struct course {
    size_t parameters;
    float *at;
};

static bool after_step(struct fit *fit)
{
    const struct course *course = fit->plan->context;
    const size_t P = course->parameters;
    if (fit->step % LOOK == 0)
        memcpy(course->at + (fit->step / LOOK - 1) * P, network_parameter(fit->net),
               P * sizeof(float));
    return false;
}

static struct course run(struct network *net, const struct samples *train, struct fit_plan how)
{
    struct course course = {.parameters = network_parameters(net)};
    course.at = lab_floats(net->replica, LOOKS * course.parameters);
    how.batch = BATCH;
    how.epochs = how.steps = STEPS;
    how.after_step = after_step;
    how.context = &course;
    network_start(net);
    fit_network(net, train, &how);
    return course;
}

static double distance(const struct course *a, const struct course *b, size_t look)
{
    double sum = 0;
    for (size_t i = look * a->parameters; i < (look + 1) * a->parameters; i++) {
        const double d = (double)a->at[i] - (double)b->at[i];
        sum += d * d;
    }
    return sqrt(sum);
}

/* Decimal digits to which decay does what the penalty does, at the best factor for its strength. */
static double agree(struct network *net, const struct samples *train, struct fit_plan how,
                    double strength, size_t arm)
{
    struct replica *r = net->replica;
    const struct course none = run(net, train, how);
    how.decay = strength;
    const struct course penalty = run(net, train, how);
    struct course best = none;
    how.decay = 0;
    for (size_t i = 0; i < FACTORS; i++) {
        how.decoupled_decay = strength * factors[i];
        const struct course decay = run(net, train, how);
        if (distance(&decay, &penalty, LOOKS - 1) < distance(&best, &penalty, LOOKS - 1))
            best = decay;
    }
    double share = 1;
    for (size_t look = 0; look < LOOKS; look++) {
        share = distance(&best, &penalty, look) / distance(&none, &penalty, look);
        replica_point(r, arm, look, share);
    }
    return share > 0 ? fmin(-lab_log10(r, share), MOST_DIGITS) : MOST_DIGITS;
}

void penalty_or_decay(struct replica *r)
{
    static const struct fit_plan how[] = {{.optimizer = FIT_GRADIENT_DESCENT, .rate = 0.1},
                                          {.optimizer = FIT_MOMENTUM, .rate = 0.02},
                                          {.optimizer = FIT_ADAM, .rate = 0.003}};
    const struct samples digits = samples_digits(r);
    const struct samples train = samples_part(&digits, 0, TRAIN);
    const struct network_plan plan = network_plan(digits.features, 2, HIDDEN, digits.classes);
    struct network *net = network_create(r, &plan, BATCH);
    for (size_t arm = 0; arm < 3; arm++)
        replica_effect(r, arm, agree(net, &train, how[arm], 0.01, arm));
    network_free(net);
}
