// SPDX-License-Identifier: MIT
#include "../../reference/generative/gradient_reversal.h"
#include "../fork.h"
#include "dual_forks.h"

enum mistake {
    NONE,
    NOT_REVERSED,
    LAMBDA_FORGOTTEN,
    LAMBDA_SQUARED,
    CRITIC_REVERSED,
    ALL_REVERSED,
    FEATURES_DETACHED,
    LABELS_DETACHED,
    SOURCE_ALONE,
    TARGET_ALONE,
    DOMAINS_SWAPPED,
    SCHEDULE_SIGMOID,
    SCHEDULE_NOT_DOUBLED,
    OVERFLOWS,
    LABELS_ON_BOTH_SIZES,
    LAST_SAMPLE_LOST
};

struct net {
    enum mistake mistake;
    struct perceptron f, c, h;
    const real *from, *x;
    const int *labels;
    size_t M, N, D, K;
    int joint, weighted;
    real lambda;
};

static real lambda_of(struct call *call, enum mistake mistake)
{
    static const char *const schedules[] = {"fixed", "annealed", NULL};
    if (call_choice(call, "schedule", schedules) == 0)
        return call_number_or(call, "lambda", R(1.0));
    real exponent = call_number_or(call, "gamma", R(10.0)) * call_number(call, "progress"), one = 1;
    if (mistake == SCHEDULE_SIGMOID)
        return one / (1 + real_exp(-exponent));
    if (mistake == SCHEDULE_NOT_DOUBLED)
        return real_tanh(exponent / 2) / 2;
    return real_tanh(exponent / 2);
}

static struct net read(struct call *call)
{
    static const char *const domains[] = {"separate", "joint", NULL};
    static const char *const critics[] = {"plain", "weighted", NULL};
    struct net is = {.mistake = (enum mistake)call_variant(call),
                     .joint = call_choice(call, "domains", domains) == 1,
                     .weighted = call_choice(call, "critic", critics) == 1};
    is.lambda = lambda_of(call, is.mistake);
    network_read(call, &is.f, "f", 'a');
    network_read(call, &is.c, "c", 'j');
    network_read(call, &is.h, "h", 's');
    is.from = call_input(call, "x_source", "Ma");
    is.x = call_input(call, "x", "Na");
    is.M = call_size(call, 'M');
    is.N = call_size(call, 'N');
    is.D = is.f.size[0];
    is.K = is.c.size[is.c.layers];
    is.labels = call_integers(call, "labels", "M", 0, (int)is.K - 1);
    return is;
}

static void features(const struct net *is, const struct perceptron *by, size_t chosen,
                     const real *x, struct dual *a)
{
    for (size_t d = 0; d < is->D; d++)
        a[d] = (struct dual){x[d], 0};
    dual_forward(&is->f, by == &is->f ? chosen : (size_t)-1, a, a);
}

static struct dual label_loss(const struct net *is, const struct perceptron *by, size_t chosen)
{
    struct dual total = {0, 0};
    for (size_t n = is->M - (is->mistake == LAST_SAMPLE_LOST && is->M > 1); n-- > 0;) {
        struct dual z[DUAL_WIDEST];
        size_t own = (size_t)is->labels[n];
        real sum = 0, slope = 0, top = 0;
        features(is, by, chosen, &is->from[n * is->D], z);
        dual_forward(&is->c, by == &is->c ? chosen : (size_t)-1, z, z);
        for (size_t k = 0; k < is->K; k++)
            top = z[k].v - z[own].v > top ? z[k].v - z[own].v : top;
        for (size_t k = is->K; k-- > 0;) {
            real e = real_exp(z[k].v - z[own].v - top);
            sum = sum + e;
            slope = slope + e * (z[k].t - z[own].t);
        }
        total = dual_sum(total, (struct dual){top + real_log(sum), slope / sum});
    }
    real W = real_count(is->mistake == LABELS_ON_BOTH_SIZES ? is->M + is->N : is->M);
    return (struct dual){total.v / W, total.t / W};
}

/* softplus(z) for the source, softplus(-z) for the target, each as the other plus or minus z. */
static struct dual opinion(const struct net *is, struct dual z, int target)
{
    real e = real_exp(-real_abs(z.v)), slope = (z.v < 0 ? e : 1) / (1 + e);
    real value = real_log1p(e) + (z.v > 0 ? z.v : 0);
    if (is->mistake == DOMAINS_SWAPPED)
        target = !target;
    if (is->mistake == OVERFLOWS)
        value = real_log(1 + real_exp(z.v));
    if (target) {
        real other = real_log1p(e) + (z.v < 0 ? -z.v : 0);
        value = is->mistake == OVERFLOWS ? real_log(1 + real_exp(-z.v)) : other;
        slope = -(z.v < 0 ? 1 : e) / (1 + e);
    }
    return (struct dual){value, slope * z.t};
}

static struct dual domain_loss(const struct net *is, const struct perceptron *by, size_t chosen)
{
    struct dual total = {0, 0};
    for (int target = 0; target < 2; target++) {
        size_t N = target ? is->N : is->M;
        real W = real_count(is->joint ? is->N + is->M : N);
        if (is->mistake == (target ? SOURCE_ALONE : TARGET_ALONE))
            continue;
        for (size_t n = N; n-- > 0;) {
            struct dual z[DUAL_WIDEST];
            features(is, by, chosen, &(target ? is->x : is->from)[n * is->D], z);
            dual_forward(&is->h, by == &is->h ? chosen : (size_t)-1, z, z);
            struct dual one = opinion(is, z[0], target);
            total = dual_sum(total, (struct dual){one.v / W, one.t / W});
        }
    }
    return total;
}

static real derivative(const void *context, const struct perceptron *net, size_t chosen)
{
    const struct net *is = context;
    real label = label_loss(is, net, chosen).t, domain = domain_loss(is, net, chosen).t;
    real v = is->weighted ? is->lambda : 1;
    if (net == &is->c)
        return label;
    if (net == &is->h)
        return is->mistake == CRITIC_REVERSED ? -is->lambda * domain : v * domain;
    real lambda = is->mistake == LAMBDA_FORGOTTEN ? 1 : is->lambda;
    if (is->mistake == LAMBDA_SQUARED)
        lambda = is->lambda * v;
    if (is->mistake == NOT_REVERSED)
        lambda = -lambda;
    if (is->mistake == FEATURES_DETACHED)
        lambda = 0;
    if (is->mistake == LABELS_DETACHED)
        label = 0;
    return (is->mistake == ALL_REVERSED ? -is->lambda * label : label) - lambda * domain;
}

static void run(struct call *call)
{
    struct net is = read(call);
    struct perceptron_batch of_f, of_c, of_h;
    real label = label_loss(&is, NULL, 0).v, domain = domain_loss(&is, NULL, 0).v;
    *call_output(call, "factor", "") = is.lambda;
    *call_output(call, "label_loss", "") = label;
    *call_output(call, "domain_loss", "") = domain;
    *call_output(call, "loss", "") = label + (is.weighted ? is.lambda : 1) * domain;
    dual_gradient(call, &is.c, &of_c, derivative, &is);
    dual_gradient(call, &is.h, &of_h, derivative, &is);
    dual_gradient(call, &is.f, &of_f, derivative, &is);
    network_gradients(call, &is.c, "c", 'j', 1, &of_c);
    network_gradients(call, &is.h, "h", 's', 1, &of_h);
    network_directions(call, &is.f, "reversed_", "f", 'a', 1, &of_f);
}

static const struct fork table[] = {
    {.info = {"dual_numbers", FORK_TWIN, "",
              "Both losses' derivatives by one weight after another, forwards; lambda as a "
              "hyperbolic tangent.",
              NULL},
     .answer = run},
    {.info = {"separate", FORK_CONVENTION, "", "The domains' means are added.", NULL},
     .instead = {"domains", "separate"}},
    {.info = {"joint", FORK_CONVENTION, "", "One mean over both domains.", NULL},
     .instead = {"domains", "joint"}},
    {.info = {"critic_plain", FORK_CONVENTION, "", "The critic's steps are not weighted.", NULL},
     .instead = {"critic", "plain"}},
    {.info = {"critic_weighted", FORK_CONVENTION, "", "The critic's steps are weighted.", NULL},
     .instead = {"critic", "weighted"}},
    {.info = {"lambda_one", FORK_CONVENTION, "", "lambda is 1.", NULL}, .number = {"lambda", 1}},
    {.info = {"gamma_ten", FORK_CONVENTION, "", "gamma is 10.", NULL}, .number = {"gamma", 10}},
    {.info = {"not_reversed", FORK_BUG, "", "The features help the critic.", NULL},
     .answer = run,
     .variant = NOT_REVERSED},
    {.info = {"lambda_forgotten", FORK_BUG, "", "Reversed, not scaled.", NULL},
     .answer = run,
     .variant = LAMBDA_FORGOTTEN},
    {.info = {"lambda_twice", FORK_BUG, "", "Loss and reversal are both scaled.", NULL},
     .answer = run,
     .variant = LAMBDA_SQUARED},
    {.info = {"critic_reversed", FORK_BUG, "",
              "The reversal stands behind the critic, which unlearns.", NULL},
     .answer = run,
     .variant = CRITIC_REVERSED},
    {.info = {"all_reversed", FORK_BUG, "", "The labels' gradient is reversed too.", NULL},
     .answer = run,
     .variant = ALL_REVERSED},
    {.info = {"features_detached", FORK_BUG, "", "The critic's gradient stops before the features.",
              NULL},
     .answer = run,
     .variant = FEATURES_DETACHED},
    {.info = {"labels_detached", FORK_BUG, "", "The features follow the critic alone.", NULL},
     .answer = run,
     .variant = LABELS_DETACHED},
    {.info = {"source_alone", FORK_BUG, "", "The critic never sees the target.", NULL},
     .answer = run,
     .variant = SOURCE_ALONE},
    {.info = {"target_alone", FORK_BUG, "", "The critic never sees the source.", NULL},
     .answer = run,
     .variant = TARGET_ALONE},
    {.info = {"domains_swapped", FORK_CONVENTION, "", "The source is 1.", NULL},
     .answer = run,
     .variant = DOMAINS_SWAPPED},
    {.info = {"schedule_from_half", FORK_BUG, "", "The sigmoid itself: lambda starts at 1/2.",
              NULL},
     .answer = run,
     .variant = SCHEDULE_SIGMOID},
    {.info = {"schedule_to_half", FORK_BUG, "",
              "The 2 of the schedule is forgotten: lambda ends at 1/2.", NULL},
     .answer = run,
     .variant = SCHEDULE_NOT_DOUBLED},
    {.info = {"overflows", FORK_BUG, "", "log(1 + exp(z)) as it stands.", NULL},
     .answer = run,
     .variant = OVERFLOWS},
    {.info = {"labels_over_both", FORK_BUG, "",
              "The label loss is divided by the samples of both domains.", NULL},
     .answer = run,
     .variant = LABELS_ON_BOTH_SIZES},
    {.info = {"last_sample_lost", FORK_BUG, "155", "The last labelled sample is left out.", NULL},
     .answer = run,
     .variant = LAST_SAMPLE_LOST},
};

const struct fork_list gradient_reversal_forks = {sizeof table / sizeof *table, table};
