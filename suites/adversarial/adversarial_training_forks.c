// SPDX-License-Identifier: MIT
#include "../../reference/adversarial/adversarial_training.h"
#include "../fork.h"
#include "attack_forks.h"

enum mistake {
    NONE,
    MADE_ONCE,
    ONE_UPDATE_OLD,
    CLEAN_ALONE,
    EXAMPLES_ALONE,
    WEIGHTS_SWAPPED,
    WEIGHTS_FORGOTTEN,
    SUMMED,
    GRADIENTS_KEPT,
    EASY_EXAMPLES,
    START_IGNORED,
    ATTACKED_INVERTED,
    LAST_SAMPLE_LOST,
    FIRST_BLOCK_ALONE,
    UPHILL,
    BIASES_FIXED,
    FIRST_LAYER_FIXED,
    LOSSES_AFTER,
    PREDICTED_ONCE,
    EXAMPLES_AS_LABELLED
};

struct training {
    enum mistake mistake;
    struct victim victim;
    struct attack attack;
    struct tangents tangents;
    real rate, clean_weight;
    size_t N, D, T;
    int replaces;
    const int *labels, *attacked;
    int *aims; /* (N) */
    const real *start;
    real *dw[PERCEPTRON_LAYERS], *db[PERCEPTRON_LAYERS];
    real *a[PERCEPTRON_LAYERS + 1], *slope[PERCEPTRON_LAYERS], *dz, *da;
};

static real activate(enum perceptron_activation f, real z, real *slope)
{
    real a = z;
    if (f == PERCEPTRON_RELU)
        a = z > 0 ? z : 0;
    else
        a = f == PERCEPTRON_TANH ? real_tanh(z) : 1 / (1 + real_exp(-z));
    *slope = f == PERCEPTRON_RELU   ? (z > 0 ? 1 : 0)
             : f == PERCEPTRON_TANH ? (1 - a) * (1 + a)
                                    : a * (1 - a);
    return a;
}

static void forward(struct training *is, const real *x)
{
    const struct perceptron *net = &is->victim.net;
    for (size_t d = 0; d < is->D; d++)
        is->a[0][d] =
            is->victim.mean ? (x[d] - is->victim.mean[d]) / is->victim.deviation[d] : x[d];
    for (size_t l = 0; l < net->layers; l++) {
        size_t I = net->size[l], O = net->size[l + 1];
        for (size_t o = 0; o < O; o++) {
            real z = 0;
            for (size_t i = I; i-- > 0;)
                z = z + is->a[l][i] * net->w[l][i * O + o];
            z = z + net->b[l][o];
            is->slope[l][o] = 1;
            is->a[l + 1][o] =
                l + 1 < net->layers ? activate(net->activation, z, &is->slope[l][o]) : z;
        }
    }
}

/* dz of a sample whose logits are z; returns its loss. */
static real slope_of_loss(const struct training *is, real *dz, const real *z, size_t y)
{
    size_t K = is->victim.K;
    real others = 0, sign = y == 1 ? 1 : R(-1.0);
    if (is->victim.objective == VICTIM_BINARY) {
        real e = real_exp(-real_abs(*z)), wrong = sign * *z < 0;
        *dz = -sign * (wrong > 0 ? 1 : e) / (1 + e);
        return (wrong > 0 ? real_abs(*z) : 0) + real_log1p(e);
    }
    for (size_t k = K; k-- > 0;)
        others = others + (k == y ? 0 : real_exp(z[k] - z[y]));
    for (size_t k = 0; k < K; k++)
        dz[k] = (k == y ? -others : real_exp(z[k] - z[y])) / (1 + others);
    return real_log1p(others);
}

/* Adds `weight` times the gradients of one sample's loss to dw and db; returns its loss. */
static real add_sample(struct training *is, const real *x, size_t y, real weight)
{
    const struct perceptron *net = &is->victim.net;
    forward(is, x);
    real loss = slope_of_loss(is, is->dz, is->a[net->layers], y);
    for (size_t l = net->layers; l-- > 0;) {
        size_t I = net->size[l], O = net->size[l + 1];
        for (size_t o = 0; o < O; o++) {
            is->dz[o] = is->dz[o] * is->slope[l][o];
            is->db[l][o] = is->db[l][o] + weight * is->dz[o];
        }
        for (size_t i = 0; i < I; i++) {
            is->da[i] = 0;
            for (size_t o = 0; o < O; o++) {
                is->dw[l][i * O + o] = is->dw[l][i * O + o] + weight * (is->a[l][i] * is->dz[o]);
                is->da[i] = is->da[i] + net->w[l][i * O + o] * is->dz[o];
            }
        }
        for (size_t i = 0; i < I; i++)
            is->dz[i] = is->da[i];
    }
    return loss;
}

/* x (N,D) becomes the examples of update t. */
static void make_examples(struct call *call, struct training *is, real *x, size_t t)
{
    const struct victim *victim = &is->victim;
    size_t n = is->N * is->D;
    real *g = call_scratch(call, n), *step = call_scratch(call, n),
         *loss = call_scratch(call, is->N);
    for (size_t i = 0; i < n; i++)
        x[i] = is->start && is->mistake != START_IGNORED ? is->start[t * n + i] + victim->x[i]
                                                         : victim->x[i];
    struct attack first = is->attack;
    first.order = ORDER_BALL_BOX;
    rival_constrain(&first, x, victim->x);
    for (size_t s = 0; s < is->attack.steps; s++) {
        tangents_gradient(&is->tangents, loss, g, x, is->aims);
        for (size_t i = 0; is->mistake == GRADIENTS_KEPT && i < is->N; i++)
            add_sample(is, &x[i * is->D], (size_t)is->aims[i], 1 / victim->W);
        for (size_t i = 0; i < n; i++) {
            real move = rival_direction(&is->attack.rules, &g[i / is->D * is->D], i % is->D);
            step[i] = is->mistake == EASY_EXAMPLES ? -move : move;
        }
        for (size_t i = 0; i < n; i++)
            x[i] = is->attack.alpha * step[i] + x[i];
        rival_constrain(&is->attack, x, victim->x);
    }
}

static void aim(struct call *call, struct training *is, size_t t)
{
    const real *z = tangents_logits(&is->tangents, is->victim.x);
    (void)call, (void)z;
    for (size_t n = 0; n < is->N; n++) {
        if (is->victim.goal != VICTIM_PREDICTED || is->mistake == EXAMPLES_AS_LABELLED)
            is->aims[n] = is->labels[n];
        else if (t == 0 || is->mistake != PREDICTED_ONCE)
            is->aims[n] = tangents_class(&is->tangents, n);
    }
}

/* The weight of sample n, clean or an example, in the loss. */
static real weight_of(const struct training *is, size_t n, size_t t, int example)
{
    real c = is->clean_weight, N = real_count(is->N);
    if (is->mistake == CLEAN_ALONE || is->mistake == EXAMPLES_ALONE)
        c = is->mistake == CLEAN_ALONE;
    if (is->mistake == WEIGHTS_SWAPPED)
        c = 1 - c;
    real weight = example ? 1 - c : c;
    if (is->replaces && is->mistake != CLEAN_ALONE && is->mistake != EXAMPLES_ALONE) {
        int taken = is->attacked[t * is->N + n];
        weight = (is->mistake == ATTACKED_INVERTED ? !taken : taken) == example;
    }
    if (is->mistake == WEIGHTS_FORGOTTEN && !is->replaces)
        weight = 1;
    if ((is->mistake == LAST_SAMPLE_LOST && n + 1 == is->N) ||
        (is->mistake == FIRST_BLOCK_ALONE && n >= is->victim.block))
        weight = 0;
    return is->mistake == SUMMED ? weight : weight / N;
}

/* The mean loss of x; adds its gradients. */
static real pass(struct training *is, const real *x, size_t t, int example)
{
    real sum = 0;
    for (size_t n = is->N; n-- > 0;)
        sum = sum +
              add_sample(is, &x[n * is->D], (size_t)is->labels[n], weight_of(is, n, t, example));
    return sum / real_count(is->N);
}

static void descend(struct training *is)
{
    struct perceptron *net = &is->victim.net;
    real rate = is->mistake == UPHILL ? -is->rate : is->rate;
    for (size_t l = 0; l < net->layers; l++) {
        size_t O = net->size[l + 1], IO = net->size[l] * O;
        for (size_t i = 0; i < IO; i++) {
            int fixed = is->mistake == FIRST_LAYER_FIXED && l == 0;
            net->w[l][i] = net->w[l][i] - (fixed ? 0 : rate * is->dw[l][i]);
            is->dw[l][i] = 0;
        }
        for (size_t i = 0; i < O; i++) {
            net->b[l][i] = net->b[l][i] - (is->mistake == BIASES_FIXED ? 0 : rate * is->db[l][i]);
            is->db[l][i] = 0;
        }
    }
}

static void read(struct call *call, struct training *is)
{
    static const char *const mixtures[] = {"weighted", "replaced", NULL};
    struct victim *victim = &is->victim;
    is->mistake = (enum mistake)call_variant(call);
    victim_read(call, victim);
    victim_read_goal(call, victim);
    attack_read(call, &is->attack, victim);
    is->tangents = tangents_create(call, victim);
    is->N = victim->N;
    is->D = victim->D;
    is->labels = call_integers(call, "labels", "N", 0, 64);
    is->T = call_count(call, "updates", 1, 16);
    call_bind(call, 'T', is->T);
    is->rate = call_number(call, "rate");
    is->clean_weight = call_number_or(call, "clean_weight", R(0.5));
    is->replaces = call_choice(call, "mixture", mixtures);
    is->attacked = is->replaces ? call_integers(call, "attacked", "TN", 0, 1) : NULL;
    is->start = call_has(call, "start") ? call_input(call, "start", "TNa") : NULL;
    is->aims = call_scratch_integers(call, is->N);
    size_t widest = 0;
    for (size_t l = 0; l <= victim->net.layers; l++)
        widest = victim->net.size[l] > widest ? victim->net.size[l] : widest;
    is->dz = call_scratch(call, widest);
    is->da = call_scratch(call, widest);
    is->a[0] = call_scratch(call, widest);
    for (size_t l = 0; l < victim->net.layers; l++) {
        is->dw[l] = call_scratch(call, victim->net.size[l] * victim->net.size[l + 1]);
        is->db[l] = call_scratch(call, victim->net.size[l + 1]);
        is->a[l + 1] = call_scratch(call, widest);
        is->slope[l] = call_scratch(call, widest);
    }
}

static void record(const struct training *is, real *const w[], real *const b[], size_t t)
{
    const struct perceptron *net = &is->victim.net;
    for (size_t l = 0; l < net->layers; l++) {
        size_t O = net->size[l + 1], IO = net->size[l] * O;
        for (size_t i = 0; i < IO; i++)
            w[l][t * IO + i] = net->w[l][i];
        for (size_t i = 0; i < O; i++)
            b[l][t * O + i] = net->b[l][i];
    }
}

static void train(struct call *call)
{
    static const char names[][2][10] = {{"w1_after", "b1_after"}, {"w2_after", "b2_after"}};
    struct training is = {0};
    read(call, &is);
    size_t n = is.N * is.D;
    real *adversarial = call_output(call, "adversarial", "TNa");
    real *clean_loss = call_output(call, "clean_loss", "T");
    real *adversarial_loss = call_output(call, "adversarial_loss", "T");
    real *w[PERCEPTRON_LAYERS], *b[PERCEPTRON_LAYERS];
    for (size_t l = 0; l < is.victim.net.layers && l < 2; l++) {
        const char shape_w[] = {'T', (char)('a' + l), (char)('b' + l), 0};
        const char shape_b[] = {'T', (char)('b' + l), 0};
        w[l] = call_output(call, names[l][0], shape_w);
        b[l] = call_output(call, names[l][1], shape_b);
    }
    for (size_t t = 0; t < is.T; t++) {
        real *x = &adversarial[t * n];
        aim(call, &is, t);
        make_examples(call, &is, x, t);
        for (size_t i = 0; is.mistake == MADE_ONCE && i < n; i++)
            x[i] = adversarial[i];
        const real *used = is.mistake == ONE_UPDATE_OLD && t > 0 ? x - n : x;
        clean_loss[t] = pass(&is, is.victim.x, t, 0);
        adversarial_loss[t] = pass(&is, used, t, 1);
        descend(&is);
        record(&is, w, b, t);
        if (is.mistake == LOSSES_AFTER) {
            is.mistake = CLEAN_ALONE; /* gradients are thrown away */
            clean_loss[t] = pass(&is, is.victim.x, t, 0);
            adversarial_loss[t] = pass(&is, x, t, 1);
            is.mistake = LOSSES_AFTER;
            for (size_t l = 0; l < is.victim.net.layers; l++) {
                size_t O = is.victim.net.size[l + 1], IO = is.victim.net.size[l] * O;
                for (size_t i = 0; i < IO; i++)
                    is.dw[l][i] = 0;
                for (size_t i = 0; i < O; i++)
                    is.db[l][i] = 0;
            }
        }
    }
}

static const struct fork table[] = {
    {.info = {"one_batch", FORK_TWIN, "",
              "Clean samples and examples as one weighted batch, sample by sample; examples by "
              "tangents.",
              NULL},
     .answer = train},
    {.info = {"made_once", FORK_BUG, "", "The examples are made against the first model alone.",
              NULL},
     .answer = train,
     .variant = MADE_ONCE},
    {.info = {"one_update_old", FORK_BUG, "", "Learns the examples of the update before.", NULL},
     .answer = train,
     .variant = ONE_UPDATE_OLD},
    {.info = {"clean_alone", FORK_BUG, "", "Examples are made, and not learnt.", NULL},
     .answer = train,
     .variant = CLEAN_ALONE},
    {.info = {"examples_alone", FORK_CONVENTION, "", "The clean data is not learnt.", NULL},
     .answer = train,
     .variant = EXAMPLES_ALONE},
    {.info = {"weights_swapped", FORK_BUG, "", "clean_weight is the weight of the examples.", NULL},
     .answer = train,
     .variant = WEIGHTS_SWAPPED},
    {.info = {"weights_forgotten", FORK_BUG, "", "Both means are added.", NULL},
     .answer = train,
     .variant = WEIGHTS_FORGOTTEN},
    {.info = {"summed", FORK_BUG, "251", "The sum over the samples in place of their mean.", NULL},
     .answer = train,
     .variant = SUMMED},
    {.info = {"gradients_kept", FORK_BUG, "",
              "What the attack left in the parameters' gradients is not cleared.", NULL},
     .answer = train,
     .variant = GRADIENTS_KEPT},
    {.info = {"easy_examples", FORK_BUG, "250", "Examples go down the loss.", NULL},
     .answer = train,
     .variant = EASY_EXAMPLES},
    {.info = {"start_ignored", FORK_CONVENTION, "", "Attacks start at the inputs.", NULL},
     .answer = train,
     .variant = START_IGNORED},
    {.info = {"attacked_inverted", FORK_BUG, "", "The other samples are replaced.", NULL},
     .answer = train,
     .variant = ATTACKED_INVERTED},
    {.info = {"last_sample_lost", FORK_BUG, "", "The last sample is not learnt.", NULL},
     .answer = train,
     .variant = LAST_SAMPLE_LOST},
    {.info = {"first_block_alone", FORK_BUG, "", "One machine's samples.", NULL},
     .answer = train,
     .variant = FIRST_BLOCK_ALONE},
    {.info = {"uphill", FORK_BUG, "", "The weights follow the gradient upwards.", NULL},
     .answer = train,
     .variant = UPHILL},
    {.info = {"biases_fixed", FORK_BUG, "", "Biases are not learnt.", NULL},
     .answer = train,
     .variant = BIASES_FIXED},
    {.info = {"first_layer_fixed", FORK_BUG, "", "The first layer is not learnt.", NULL},
     .answer = train,
     .variant = FIRST_LAYER_FIXED},
    {.info = {"losses_after", FORK_BUG, "", "Losses of the updated model.", NULL},
     .answer = train,
     .variant = LOSSES_AFTER},
    {.info = {"predicted_once", FORK_BUG, "250", "Classes that the first model predicted.", NULL},
     .answer = train,
     .variant = PREDICTED_ONCE},
    {.info = {"labels_leaked", FORK_CONVENTION, "250", "Examples are made with the labels.", NULL},
     .answer = train,
     .variant = EXAMPLES_AS_LABELLED},
    {.info = {"half_clean", FORK_CONVENTION, "", "Half the weight for either.", NULL},
     .number = {"clean_weight", 0.5}},
    {.info = {"weighted", FORK_CONVENTION, "", "Weights where samples are to be replaced.", NULL},
     .instead = {"mixture", "weighted"}},
    {.info = {"attack_of_mean", FORK_CONVENTION, "251",
              "The attack's gradients are of the mean loss.", NULL},
     .instead = {"reduction", "mean"}},
    {.info = {"attack_of_sum", FORK_CONVENTION, "251",
              "The attack's gradients are of the summed loss.", NULL},
     .instead = {"reduction", "sum"}},
};

const struct fork_list adversarial_training_forks = {sizeof table / sizeof *table, table};
