// SPDX-License-Identifier: MIT
/* Averages of weights; definition in reference/optimizers/weight_averaging.h.
 *
 * How it is distributed: the parameters are sharded evenly, each with its average. Every rank
 * counts the steps alike; nothing crosses the network before the results are gathered, and nothing
 * is added over ranks.
 */
#include "optimizer.h"

struct settings {
    bool equal, from_zero, corrected, growing, keeps;
    scalar decay;
    size_t every, begin, first, entered;
};

static size_t count_or(struct question *q, const char *name, size_t otherwise, size_t low)
{
    if (question_number_or(q, name, (scalar)otherwise) == (scalar)otherwise)
        return otherwise;
    return question_count(q, name, low, 1000000);
}

static struct settings read_settings(struct question *q)
{
    static const char *const forms[] = {"exponential", "equal", NULL};
    static const char *const starts[] = {"first_copy", "zero", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    static const char *const decays[] = {"constant", "growing", NULL};
    static const char *const before[] = {"copy", "keep", NULL};
    struct settings settings = {
        .equal = question_choice(q, "form", forms) == 1,
        .from_zero = question_choice(q, "start", starts) == 1,
        .corrected = question_choice(q, "bias_correction", no_yes) == 1,
        .growing = question_choice(q, "decay_form", decays) == 1,
        .keeps = question_choice(q, "before", before) == 1,
        .every = count_or(q, "every", 1, 1),
        .begin = count_or(q, "begin", 1, 1),
        .first = updates_first_step(q),
        .entered = count_or(q, "entered", 0, 0),
    };
    settings.decay = settings.equal ? 0 : updates_share(q, "decay");
    if (settings.corrected && (!settings.from_zero || settings.equal || question_has(q, "e")))
        question_refuse(q, "its convention 'bias_correction' asks to correct an average that did "
                           "not start at zero");
    return settings;
}

/* w enters as number n. */
static void enter(size_t count, scalar *e, const scalar *w, size_t n, scalar d,
                  const struct settings *settings)
{
    const bool copies = n == 0 && !settings->from_zero;
    for (size_t i = 0; i < count; i++) {
        if (settings->equal)
            e[i] = e[i] + (w[i] - e[i]) / (scalar)(n + 1);
        else
            e[i] = copies ? w[i] : d * e[i] + (1 - d) * w[i];
    }
}

void weight_averaging_run(struct question *q)
{
    question_split_evenly(q, 'P');
    const scalar *w = question_input(q, "w", "S[P]");
    const struct settings settings = read_settings(q);
    const size_t S = question_size(q, 'S'), P = question_part(q, 'P');
    scalar *e = updates_state(q, "e"), *average = question_output(q, "average", "S[P]");
    scalar product = 1;
    for (size_t s = 0, n = settings.entered; s < S; s++) {
        const size_t t = settings.first + s;
        const scalar *now = w + s * P;
        if (t >= settings.begin && (t - settings.begin) % settings.every == 0) {
            const scalar grown = (scalar)(1 + n) / (scalar)(10 + n);
            const scalar d = settings.growing && grown < settings.decay ? grown : settings.decay;
            enter(P, e, now, n++, d, &settings);
            product *= d;
        }
        for (size_t i = 0; i < P; i++) {
            average[s * P + i] = n || settings.keeps ? e[i] : now[i];
            if (n && settings.corrected)
                average[s * P + i] = e[i] / (1 - product);
        }
    }
}
