// SPDX-License-Identifier: MIT
#include "../../reference/generative/domain_adaptation.h"
#include "../fork.h"
#include "dual_forks.h"

enum mistake {
    NONE,
    NOT_TRANSLATED,
    TRANSLATED_TWICE,
    SOURCE_TRANSLATED,
    BEFORE_IS_SOURCE,
    GAIN_FROM_SOURCE,
    GAIN_RELATIVE,
    SMALLEST_LOGIT,
    NEXT_LABEL,
    EMPTY_CLASSES_COUNT,
    ERROR_RATE,
    LOSS_SUMMED,
    LOSS_OF_RAW,
    CLASSIFIER_DETACHED,
    LABEL_FORGOTTEN,
    UPSTREAM_IGNORED,
    LAST_SAMPLE_LOST
};

struct pair {
    enum mistake mistake;
    struct perceptron g, c;
    const real *x, *from;
    const int *labels, *known;
    size_t N, M, D, K;
    int by_class;
    real dloss;
};

static struct pair read(struct call *call)
{
    static const char *const averages[] = {"samples", "classes", NULL};
    struct pair p = {.mistake = (enum mistake)call_variant(call),
                     .by_class = call_choice(call, "average", averages) == 1};
    network_read(call, &p.g, "g", 'a');
    network_read(call, &p.c, "c", 'p');
    p.D = p.g.size[0];
    p.K = p.c.size[p.c.layers];
    p.x = call_input(call, "x", "Na");
    p.from = call_input(call, "x_source", "Ma");
    p.N = call_size(call, 'N');
    p.M = call_size(call, 'M');
    call_bind(call, 'K', p.K);
    p.labels = call_integers(call, "labels", "N", 0, (int)p.K - 1);
    p.known = call_integers(call, "labels_source", "M", 0, (int)p.K - 1);
    p.dloss = call_has(call, "dloss") && p.mistake != UPSTREAM_IGNORED
                  ? *call_input(call, "dloss", "")
                  : 1;
    return p;
}

/* The logits of one sample, after `times` translations. */
static void logits(const struct pair *p, const real *x, int times, size_t chosen, struct dual *z)
{
    struct dual a[DUAL_WIDEST];
    for (size_t d = 0; d < p->D; d++)
        a[d] = (struct dual){x[d], 0};
    for (; times > 0; times--)
        dual_forward(&p->g, chosen, a, a);
    dual_forward(&p->c, (size_t)-1, z, a);
}

/* Whether every other logit is smaller (or larger), the ones before strictly. */
static size_t choose(const struct pair *p, const struct dual *z)
{
    for (size_t best = 0; best < p->K; best++) {
        int wins = 1;
        for (size_t k = 0; k < p->K; k++) {
            real lead = p->mistake == SMALLEST_LOGIT ? z[k].v - z[best].v : z[best].v - z[k].v;
            wins = wins && (lead > 0 || (lead == 0 && k >= best));
        }
        if (wins)
            return best;
    }
    return 0;
}

static real accuracy(const struct pair *p, const real *x, const int *labels, size_t N, int times,
                     real *predicted, real *right)
{
    real shares = 0, present = 0, all = 0;
    for (size_t k = p->K; k-- > 0;) {
        real count = 0, hits = 0;
        for (size_t n = N; n-- > 0;) {
            struct dual z[DUAL_WIDEST];
            size_t label = (size_t)labels[p->mistake == NEXT_LABEL ? (n + 1) % N : n];
            logits(p, &x[n * p->D], times, (size_t)-1, z);
            size_t best = choose(p, z);
            if (predicted)
                predicted[n] = real_count(best);
            count = count + (label == k);
            hits = hits + (label == k && best == k);
        }
        if (right)
            right[k] = hits;
        all = all + hits;
        shares = shares + (count > 0 ? hits / count : 0);
        present = present + (count > 0 || p->mistake == EMPTY_CLASSES_COUNT);
    }
    real found = p->by_class ? shares / present : all / real_count(N);
    return p->mistake == ERROR_RATE ? 1 - found : found;
}

/* -log of the label's share, as the log of a sum of differences. */
static struct dual task(const struct pair *p, size_t chosen)
{
    struct dual total = {0, 0};
    for (size_t n = p->N - (p->mistake == LAST_SAMPLE_LOST); n-- > 0;) {
        struct dual z[DUAL_WIDEST];
        size_t own = (size_t)p->labels[n];
        real sum = 0, slope = 0, top = 0;
        logits(p, &p->x[n * p->D], p->mistake != LOSS_OF_RAW, chosen, z);
        for (size_t k = 0; k < p->K; k++)
            top = z[k].v - z[own].v > top ? z[k].v - z[own].v : top;
        for (size_t k = p->K; k-- > 0;) {
            real e = real_exp(z[k].v - z[own].v - top);
            sum = sum + e;
            slope = slope + e * (z[k].t - (p->mistake == LABEL_FORGOTTEN ? 0 : z[own].t));
        }
        total = dual_sum(total, (struct dual){top + real_log(sum), slope / sum});
    }
    real W = p->mistake == LOSS_SUMMED ? 1 : real_count(p->N);
    return (struct dual){total.v / W, p->mistake == CLASSIFIER_DETACHED ? 0 : total.t / W};
}

static real derivative(const void *context, const struct perceptron *net, size_t chosen)
{
    const struct pair *p = context;
    (void)net;
    return p->dloss * task(p, chosen).t;
}

static void run(struct call *call)
{
    struct pair p = read(call);
    struct perceptron_batch sums;
    real *predicted = call_output_integers(call, "predicted", "N");
    real *right = call_output_integers(call, "right", "K");
    int times = p.mistake == NOT_TRANSLATED ? 0 : p.mistake == TRANSLATED_TWICE ? 2 : 1;
    real source = accuracy(&p, p.from, p.known, p.M, p.mistake == SOURCE_TRANSLATED, NULL, NULL);
    real before = accuracy(&p, p.x, p.labels, p.N, 0, NULL, NULL);
    real after = accuracy(&p, p.x, p.labels, p.N, times, predicted, right);
    if (p.mistake == BEFORE_IS_SOURCE)
        before = source;
    *call_output(call, "source", "") = source;
    *call_output(call, "before", "") = before;
    *call_output(call, "after", "") = after;
    *call_output(call, "gain", "") = p.mistake == GAIN_FROM_SOURCE ? after - source
                                     : p.mistake == GAIN_RELATIVE  ? after / before - 1
                                                                   : after - before;
    *call_output(call, "loss", "") = task(&p, (size_t)-1).v;
    dual_gradient(call, &p.g, &sums, derivative, &p);
    network_gradients(call, &p.g, "g", 'a', 1, &sums);
}

static const struct fork table[] = {
    {.info = {"class_by_class", FORK_TWIN, "",
              "Hits counted class by class, gradients forwards by every weight.", NULL},
     .answer = run},
    {.info = {"average_of_samples", FORK_CONVENTION, "", "All samples count the same.", NULL},
     .instead = {"average", "samples"}},
    {.info = {"average_of_classes", FORK_CONVENTION, "", "All classes count the same.", NULL},
     .instead = {"average", "classes"}},
    {.info = {"not_translated", FORK_BUG, "", "The target is judged as it is.", NULL},
     .answer = run,
     .variant = NOT_TRANSLATED},
    {.info = {"translated_twice", FORK_BUG, "", "The target is translated twice.", NULL},
     .answer = run,
     .variant = TRANSLATED_TWICE},
    {.info = {"source_translated", FORK_BUG, "", "The source is translated too.", NULL},
     .answer = run,
     .variant = SOURCE_TRANSLATED},
    {.info = {"before_is_source", FORK_BUG, "",
              "The source's accuracy in place of the untranslated target's.", NULL},
     .answer = run,
     .variant = BEFORE_IS_SOURCE},
    {.info = {"gain_from_source", FORK_CONVENTION, "", "The gap to the source.", NULL},
     .answer = run,
     .variant = GAIN_FROM_SOURCE},
    {.info = {"gain_relative", FORK_CONVENTION, "", "The gain in relation to what was before.",
              NULL},
     .answer = run,
     .variant = GAIN_RELATIVE},
    {.info = {"smallest_logit", FORK_BUG, "", "The least likely class.", NULL},
     .answer = run,
     .variant = SMALLEST_LOGIT},
    {.info = {"next_label", FORK_BUG, "", "Each sample is compared with the next one's label.",
              NULL},
     .answer = run,
     .variant = NEXT_LABEL},
    {.info = {"empty_classes_count", FORK_BUG, "", "A class that does not occur counts as 0.",
              NULL},
     .answer = run,
     .variant = EMPTY_CLASSES_COUNT},
    {.info = {"error_rate", FORK_CONVENTION, "", "Errors are counted.", NULL},
     .answer = run,
     .variant = ERROR_RATE},
    {.info = {"loss_summed", FORK_CONVENTION, "44", "The sum over the samples.", NULL},
     .answer = run,
     .variant = LOSS_SUMMED},
    {.info = {"loss_of_raw", FORK_BUG, "", "The loss of what was not translated: no gradient.",
              NULL},
     .answer = run,
     .variant = LOSS_OF_RAW},
    {.info = {"classifier_detached", FORK_BUG, "", "Frozen as if detached: nothing comes through.",
              NULL},
     .answer = run,
     .variant = CLASSIFIER_DETACHED},
    {.info = {"label_forgotten", FORK_BUG, "", "The label's part of the gradient is missing.",
              NULL},
     .answer = run,
     .variant = LABEL_FORGOTTEN},
    {.info = {"upstream_ignored", FORK_BUG, "", "dloss is taken to be 1.", NULL},
     .answer = run,
     .variant = UPSTREAM_IGNORED},
    {.info = {"last_sample_lost", FORK_BUG, "155", "The last sample is left out of the loss.",
              NULL},
     .answer = run,
     .variant = LAST_SAMPLE_LOST},
};

const struct fork_list domain_adaptation_forks = {sizeof table / sizeof *table, table};
