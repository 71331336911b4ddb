// SPDX-License-Identifier: MIT
/* Uses of a test set; definition in reference/metrics/test_set_access.h.
 *
 * How it is distributed: it is not. Whether a question is answered depends on all before it, so
 * every rank keeps the same ledger. Nothing crosses the network.
 */
#include "../techniques.h"

struct noise {
    const scalar *a, *x, *g;
};

static struct noise read_noise(struct question *q)
{
    question_bind(q, 'G', question_size(q, 'Q') + 1);
    return (struct noise){question_input(q, "a", "Q"), question_input(q, "x", "Q"),
                          question_input(q, "g", "G")};
}

void test_set_access_run(struct question *q)
{
    static const char *const accesses[] = {"ledger", "thresholdout", NULL};
    static const char *const ends[] = {"silent", "train", NULL};
    const bool guarded = question_choice(q, "access", accesses) == 1;
    const bool speaks = question_choice(q, "when_spent", ends) == 1;
    const size_t budget = question_count_or(q, "budget", 1, 0, 1 << 20);
    const scalar T = question_number_or(q, "threshold", (scalar)0.04);
    const scalar s = question_number_or(q, "scale", (scalar)0.01);
    const scalar *train = question_input(q, "train", "Q");
    const size_t Q = question_size(q, 'Q');
    if (Q == 0)
        question_refuse(q, "its input 'train' is empty");
    const scalar *test = question_input(q, "test", "Q");
    if (!(T >= 0))
        question_refuse(q, "its number 'threshold' is below 0");
    if (!(s >= 0))
        question_refuse(q, "its number 'scale' is below 0");
    const struct noise noise = guarded ? read_noise(q) : (struct noise){NULL, NULL, NULL};
    scalar *answer = question_output(q, "answer", "Q"), *bias = question_output(q, "bias", "Q");
    scalar *used = question_output(q, "used", "Q"), *left = question_output(q, "left", "Q");
    size_t uses = 0, reuse = Q, drawn = 0;
    for (size_t i = 0; i < Q; i++) {
        const bool open = uses < budget;
        bool asks = open;
        if (open && guarded) {
            const scalar border = T + 2 * s * noise.g[drawn];
            asks = scalar_absolute(test[i] - train[i]) - (border + 4 * s * noise.a[i]) > 0;
        }
        answer[i] = open || speaks ? train[i] : 0;
        if (asks) {
            answer[i] = guarded ? test[i] + s * noise.x[i] : test[i];
            drawn = i + 1;
            reuse = uses == 1 ? i : reuse;
            uses++;
        }
        used[i] = asks ? 1 : 0;
        left[i] = (scalar)(budget - uses);
        bias[i] = answer[i] - train[i];
    }
    *question_output(q, "first_reuse", "") = (scalar)reuse;
    *question_output(q, "uses", "") = (scalar)uses;
}
