// SPDX-License-Identifier: MIT
#include "contest.h"

enum { KINDS = 3, STRENGTHS = 4, POINTS = 3, IMAGES = 200, DRAWS = 8, JUDGED = 1 };

/* Each from weak to strong. */
static const struct {
    struct front front;
    double amount[STRENGTHS];
} kinds[KINDS] = {
    {{.change = contest_jpeg, .draws = 1}, {90, 75, 50, 25}},
    {{.change = contest_resizing, .draws = DRAWS}, {7, 6, 5, 4}},
    {{.change = contest_noise, .draws = DRAWS}, {0.05, 0.1, 0.15, 0.2}},
};

static const double affordable = 0.02;

/* The strongest that costs at most two points of accuracy on validation, else the weakest. */
static struct front choose(const struct contest *is, struct network *net, size_t kind)
{
    const double before = network_accuracy(net, &is->validation);
    struct front chosen = kinds[kind].front;
    chosen.amount = kinds[kind].amount[0];
    for (size_t i = 1; i < STRENGTHS; i++) {
        struct front front = chosen;
        front.amount = kinds[kind].amount[i];
        if (contest_accuracy_behind(is, net, &front, &is->validation) >= before - affordable)
            chosen = front;
    }
    return chosen;
}

void transformations(struct replica *r)
{
    const struct contest is = contest_begin(r);
    const struct samples test = samples_part(&is.test, 0, IMAGES);
    struct network *net = contest_trained(&is, 0);
    struct front front[KINDS];
    for (size_t k = 0; k < KINDS; k++)
        front[k] = choose(&is, net, k);
    const struct front smooth = {contest_smooth_jpeg, front[0].amount, 1, NULL};
    front[0].also = &smooth;
    for (size_t i = 0; i < POINTS; i++) {
        const double epsilon = r->claim->curve.at[i];
        const struct samples unaware = contest_attacked(&is, net, &test, epsilon);
        const double without = network_accuracy(net, &unaware);
        for (size_t k = 0; k < KINDS; k++) {
            double alone;
            const double aware = contest_robust_behind(&is, net, &front[k], &test, epsilon, &alone);
            const double gain[] = {contest_accuracy_behind(&is, net, &front[k], &unaware) - without,
                                   aware - alone};
            for (size_t a = 0; a < 2; a++) {
                replica_point(r, 2 * k + a, i, gain[a]);
                if (i == JUDGED)
                    replica_effect(r, 2 * k + a, gain[a]);
            }
        }
    }
    network_free(net);
}
