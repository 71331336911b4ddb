// SPDX-License-Identifier: MIT
#include "distill.h"

enum { POINTS = 6, JUDGED = 3 /* the point at 0.1 */ };

static const struct assault on_loss = {"linf", "cross_entropy", "one_step"};
static const struct assault on_logits = {"linf", "logit_margin", "descent"};

static void attack(const struct contest *is, struct network *net, size_t arm, double *judged)
{
    const struct assault *const assault[] = {&on_loss, &on_logits};
    struct replica *r = is->replica;
    double accuracy[POINTS];
    for (size_t i = 0; i < 2; i++) {
        contest_accuracy(is, net, &is->test, assault[i], r->claim->curve.at, POINTS, accuracy);
        for (size_t p = 0; p < POINTS; p++)
            replica_point(r, 3 * i + arm, p, accuracy[p]);
        judged[i] = accuracy[JUDGED];
    }
    network_free(net);
}

void defensive_distillation(struct replica *r)
{
    const struct contest is = contest_begin(r);
    double plain[2], hot[2], soft[2];
    struct network *teacher, *student = distilled(&is, 0, &teacher);
    attack(&is, contest_trained(&is, 0), 0, plain);
    attack(&is, teacher, 1, hot);
    attack(&is, student, 2, soft);
    for (size_t i = 0; i < 2; i++) {
        replica_effect(r, i, soft[i] - plain[i]);
        replica_effect(r, 2 + i, soft[i] - hot[i]);
    }
}
