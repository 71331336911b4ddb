// SPDX-License-Identifier: MIT
#include "../../reference/distributed/pipeline_parallelism.h"
#include "../fork.h"

enum rival {
    TWIN,
    MEAN_OF_MEANS,
    SUMMED,
    LAST_MICRO_LOST,
    OVERWRITTEN,
    STEP_EVERY_MICRO,
    NOT_STASHED,
    NEVER_LATE,
    ONE_LATER,
    LATE_FROM_THE_OTHER_END,
    STALE_FLUSH,
    FIRST_RATE,
    DECAY_EVERY_MICRO,
    LOSS_AT_NEWEST,
    NO_WARM_UP,
    ONE_WARMER,
    TWO_SLOTS_BACKWARDS,
    BUBBLES_FORWARDS_ONLY,
    ALL_HELD
};

/* Points the layers of a network into w (P). */
static void point(const struct pipeline *p, struct perceptron *net, real *w)
{
    for (size_t l = 0; l < net->layers; l++) {
        net->w[l] = &w[pipeline_begin(p, l)];
        net->b[l] = net->w[l] + net->size[l] * net->size[l + 1];
    }
}

/* Adds `share` times the gradient of micro-batch i to G, sample by sample from the last one back:
 * forwards at w, backwards through the weights `back`. Returns the loss. */
static real add_gradient(struct pipeline *p, real *w, real *back, size_t i, real share, real *G)
{
    struct replicas *r = &p->r;
    struct perceptron net = r->net, behind = r->net;
    size_t first = (size_t)r->first[i], count = (size_t)r->size[i], K = net.size[net.layers];
    real loss = 0, part = 1 / real_count(count);
    point(p, &net, w);
    point(p, &behind, back);
    for (size_t n = first + count; n-- > first;) {
        const real *x = &r->x[n * net.size[0]];
        perceptron_forward(&net, &r->space, x, 1);
        loss += part * perceptron_loss(&net, &r->space, r->labels ? &r->labels[n] : NULL,
                                       r->targets ? &r->targets[n * K] : NULL, 1, r->block);
        perceptron_backward(&behind, &r->space, NULL, x, 1, r->block);
        for (size_t l = 0; l < net.layers; l++) {
            size_t at = pipeline_begin(p, l), weights = net.size[l] * net.size[l + 1];
            for (size_t k = 0; k < weights; k++)
                G[at + k] += share * part * r->space.dw[l][k];
            for (size_t k = 0; k < net.size[l + 1]; k++)
                G[at + weights + k] += share * part * r->space.db[l][k];
        }
    }
    return loss;
}

static size_t version_of(const struct pipeline *p, size_t i, size_t l, size_t newest,
                         enum rival rival)
{
    size_t L = p->r.net.layers, late = L - 1 - l, version = pipeline_version(p, i, l);
    int flushes = p->U == p->r.R && p->micro == p->r.V && p->schedule < PIPELINE_STASHED;
    if (flushes)
        return rival == STALE_FLUSH && version ? version - 1 : version;
    if (rival == NEVER_LATE)
        return newest;
    if (rival == ONE_LATER)
        return version ? version - 1 : 0;
    late = rival == LATE_FROM_THE_OTHER_END ? l : late;
    late = p->schedule == PIPELINE_VERTICAL ? L - 1 : late;
    return i > late ? i - late : 0;
}

/* The weights that micro-batch i sees. */
static void look(const struct pipeline *p, real *w, const real *history, size_t i, size_t newest,
                 enum rival rival)
{
    for (size_t l = 0; l < p->r.net.layers; l++) {
        size_t version = version_of(p, i, l, newest, rival);
        for (size_t at = pipeline_begin(p, l); at < pipeline_begin(p, l + 1); at++)
            w[at] = history[version * p->r.P + at];
    }
}

/* The order of a stage: forwards while it is not too far ahead of its backwards. */
static void order_of(const struct pipeline *p, size_t l, int *order, enum rival rival)
{
    size_t M = p->micro, f = 0, b = 0, ahead = p->r.net.layers - 1 - l;
    ahead = rival == NO_WARM_UP ? 0 : rival == ONE_WARMER ? ahead + 1 : ahead;
    for (size_t i = 0; i < 2 * M; i++) {
        int all = p->schedule == PIPELINE_GPIPE;
        if (f < M && (all || f <= ahead + b))
            order[i] = (int)++f;
        else
            order[i] = all && !p->first_first ? -(int)(M - b++) : -(int)++b;
    }
}

/* Slot in which pass i of stage l starts: sweeps until nothing moves. at (L,2M), room for pass m
 * forwards and, M further, backwards. */
static size_t sweep(const struct pipeline *p, const int *order, int *at, enum rival rival)
{
    size_t L = p->r.net.layers, M = p->micro, moved = 0;
    int long_one = rival == TWO_SLOTS_BACKWARDS ? 2 : 1;
    for (size_t i = 0; i < L * 2 * M; i++) {
        size_t l = i / (2 * M), k = i % (2 * M);
        int pass = order[i], m = (pass < 0 ? -pass : pass) - 1, start = 0, need = 0;
        int *row = &at[l * 2 * M];
        if (k) {
            int last = order[i - 1];
            start = last > 0 ? row[last - 1] + 1 : row[M + (size_t)(-last - 1)] + long_one;
        }
        if (pass > 0 && l)
            need = at[(l - 1) * 2 * M + (size_t)m] + 1;
        if (pass < 0)
            need = l + 1 < L ? at[(l + 1) * 2 * M + M + (size_t)m] + long_one : row[m] + 1;
        int now = start > need ? start : need, *mine = &row[(pass < 0 ? M : 0) + (size_t)m];
        moved += *mine != now;
        *mine = now;
    }
    return moved;
}

static void write_schedule(struct call *call, const struct pipeline *p, enum rival rival)
{
    size_t L = p->r.net.layers, M = p->micro, S = 0;
    int *order = call_scratch_integers(call, L * 2 * M),
        *at = call_scratch_integers(call, L * 2 * M);
    int length = rival == TWO_SLOTS_BACKWARDS ? 2 : 1;
    for (size_t l = 0; l < L; l++)
        order_of(p, l, &order[l * 2 * M], rival);
    for (size_t rounds = 0; sweep(p, order, at, rival) && rounds < 8 * L * M;)
        rounds++;
    for (size_t i = 0; i < L * 2 * M; i++)
        S = (size_t)(at[i] + length) > S ? (size_t)(at[i] + length) : S;
    call_bind(call, 'S', S);
    real *timeline = call_output_integers(call, "timeline", "LS");
    real *bubbles = call_output_integers(call, "bubbles", "L");
    real *held = call_output_integers(call, "held", "L");
    for (size_t l = 0; l < L; l++) {
        for (size_t k = 0; k < M; k++) {
            real *row = &timeline[l * S];
            row[at[l * 2 * M + k]] = (real)(k + 1);
            for (int i = 0; i < length; i++)
                row[at[l * 2 * M + M + k] + i] = -(real)(k + 1);
        }
        real now = 0;
        for (size_t s = 0; s < S; s++) {
            real pass = timeline[l * S + s];
            int again = s && pass < 0 && timeline[l * S + s - 1] == pass;
            bubbles[l] += pass == 0;
            now += pass > 0 ? 1 : pass < 0 && !again ? -1 : 0;
            held[l] = now > held[l] ? now : held[l];
        }
        bubbles[l] = rival == BUBBLES_FORWARDS_ONLY ? real_count(L - 1) : bubbles[l];
        held[l] = rival == ALL_HELD ? real_count(M) : held[l];
    }
}

/* The share of micro-batch i in its update. */
static real share_of(const struct pipeline *p, size_t i, size_t each, enum rival rival)
{
    size_t M = p->r.V, samples = 0, m = i % M;
    if (each == 1)
        return R(1.0);
    for (size_t k = i - m; k < i - m + M; k++)
        samples += (size_t)p->r.size[k];
    if ((rival == LAST_MICRO_LOST && m + 1 == M) || (rival == OVERWRITTEN && m + 1 < M))
        return 0;
    if (rival == MEAN_OF_MEANS)
        return 1 / real_count(M);
    return rival == SUMMED ? R(1.0) : (real)p->r.size[i] / real_count(samples);
}

static void rival(struct call *call)
{
    struct pipeline p;
    enum rival rival = (enum rival)call_variant(call);
    pipeline_read(call, &p);
    size_t P = p.r.P, M = p.r.V, each = p.schedule < PIPELINE_STASHED ? M : 1;
    real *history = call_scratch(call, (p.U + 1) * P), *start = replicas_start(&p.r);
    real *w = call_scratch(call, P), *v = call_scratch(call, P), *G = call_scratch(call, P);
    real *loss = call_output(call, "loss", "RV");
    struct replicas_record record = replicas_record_make(&p.r, 'U');
    struct replicas_rules rules = p.rules;
    rules.decay = rival == DECAY_EVERY_MICRO ? rules.decay * real_count(each) : rules.decay;
    for (size_t i = 0; i < P; i++)
        history[i] = start[i];
    for (size_t u = 0; u < p.U; u++) {
        real *next = &history[(u + 1) * P], *newest = &history[u * P];
        real rate = p.rate[rival == FIRST_RATE ? 0 : u];
        for (size_t k = 0; k < P; k++) {
            G[k] = 0;
            next[k] = newest[k];
        }
        for (size_t i = u * each; i < (u + 1) * each; i++) {
            look(&p, w, history, i, u, rival);
            real *at = rival == STEP_EVERY_MICRO && each > 1 ? next : w;
            real *back = rival == NOT_STASHED ? newest : at, share = share_of(&p, i, each, rival);
            loss[i] = add_gradient(&p, at, back, i, share, G);
            if (rival == LOSS_AT_NEWEST)
                loss[i] = add_gradient(&p, newest, newest, i, R(0.0), G);
            if (at != next)
                continue;
            replicas_step(&rules, next, v, G, rate, P);
            for (size_t k = 0; k < P; k++)
                G[k] = 0;
        }
        if (rival != STEP_EVERY_MICRO || each == 1)
            replicas_step(&rules, next, v, G, rate, P);
        replicas_record_row(&p.r, &record, u, next);
    }
    write_schedule(call, &p, rival);
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"sample_by_sample", FORK_TWIN, "",
     "Without stages: a network, sample by sample, and the schedule as the longest way.", NULL},
     .answer = rival, .variant = TWIN},
    {.info = {"mean_of_means", FORK_BUG, "33 122", "Micro-batches count alike.", NULL},
     .answer = rival, .variant = MEAN_OF_MEANS},
    {.info = {"summed", FORK_BUG, "122", "Means of micro-batches are added and not divided.", NULL},
     .answer = rival, .variant = SUMMED},
    {.info = {"last_micro_lost", FORK_BUG, "", "The last micro-batch comes too late for the flush.",
     NULL},
     .answer = rival, .variant = LAST_MICRO_LOST},
    {.info = {"overwritten", FORK_BUG, "122", "The last micro-batch replaces those before.", NULL},
     .answer = rival, .variant = OVERWRITTEN},
    {.info = {"step_every_micro", FORK_BUG, "122", "There is an update for each micro-batch.",
     NULL},
     .answer = rival, .variant = STEP_EVERY_MICRO},
    {.info = {"not_stashed", FORK_BUG, "218",
     "Backward passes go through the newest weights, not those of the forward pass.", NULL},
     .answer = rival, .variant = NOT_STASHED},
    {.info = {"never_late", FORK_BUG, "",
     "Every stage sees the newest weights, as if there were no pipeline.", NULL},
     .answer = rival, .variant = NEVER_LATE},
    {.info = {"one_later", FORK_BUG, "", "Versions are one too old.", NULL},
     .answer = rival, .variant = ONE_LATER},
    {.info = {"late_from_the_other_end", FORK_BUG, "", "The last stage is late, not the first.",
     NULL},
     .answer = rival, .variant = LATE_FROM_THE_OTHER_END},
    {.info = {"stale_flush", FORK_BUG, "",
     "The next batch enters before the flush has updated the weights.", NULL},
     .answer = rival, .variant = STALE_FLUSH},
    {.info = {"first_rate_for_all", FORK_BUG, "", "Every update uses the first rate.", NULL},
     .answer = rival, .variant = FIRST_RATE},
    {.info = {"decay_every_micro", FORK_BUG, "82", "Every micro-batch adds the decay.", NULL},
     .answer = rival, .variant = DECAY_EVERY_MICRO},
    {.info = {"decay_ignored", FORK_BUG, "84", "There is no weight decay.", NULL},
     .number = {"weight_decay", 0}},
    {.info = {"no_momentum", FORK_BUG, "", "Momentum is 0 whatever is asked for.", NULL},
     .number = {"momentum", 0}},
    {.info = {"loss_at_newest", FORK_BUG, "116", "Losses are those at the newest weights.", NULL},
     .answer = rival, .variant = LOSS_AT_NEWEST},
    {.info = {"alternating", FORK_CONVENTION, "", "One forward, one backward, then a flush.", NULL},
     .instead = {"schedule", "one_forward_one_backward"}},
    {.info = {"first_first", FORK_CONVENTION, "", "Backward passes follow the forward ones.", NULL},
     .instead = {"backward_order", "first_first"}},
    {.info = {"vertical", FORK_CONVENTION, "", "All stages see the version of the first.", NULL},
     .instead = {"schedule", "pipedream_vertical"}},
    {.info = {"not_vertical", FORK_CONVENTION, "", "Each stage sees a version of its own.", NULL},
     .instead = {"schedule", "pipedream"}},
    {.info = {"no_warm_up", FORK_BUG, "", "No stage goes ahead: most of them wait.", NULL},
     .answer = rival, .variant = NO_WARM_UP},
    {.info = {"one_warmer", FORK_BUG, "", "Each stage holds one micro-batch more than it must.",
     NULL},
     .answer = rival, .variant = ONE_WARMER},
    {.info = {"two_slots_backwards", FORK_CONVENTION, "",
     "A backward pass takes two slots, as it has twice the products.", NULL},
     .answer = rival, .variant = TWO_SLOTS_BACKWARDS},
    {.info = {"bubbles_forwards_only", FORK_BUG, "", "Only the bubbles of one direction count.",
     NULL},
     .answer = rival, .variant = BUBBLES_FORWARDS_ONLY},
    {.info = {"all_held", FORK_CONVENTION, "", "Memory is counted for all micro-batches.", NULL},
     .answer = rival, .variant = ALL_HELD},
};
/* clang-format on */

const struct fork_list pipeline_parallelism_forks = {sizeof table / sizeof *table, table};
