// SPDX-License-Identifier: MIT
#include "pipeline_parallelism.h"

void pipeline_read(struct call *call, struct pipeline *p)
{
    static const char *const schedules[] = {"gpipe", "one_forward_one_backward", "pipedream",
                                            "pipedream_vertical", NULL};
    static const char *const orders[] = {"last_first", "first_first", NULL};
    *p = (struct pipeline){0};
    replicas_read(call, &p->r, 1);
    p->rules = replicas_rules_read(call);
    p->schedule = (enum pipeline_schedule)call_choice(call, "schedule", schedules);
    if (p->schedule == PIPELINE_GPIPE)
        p->first_first = call_choice(call, "backward_order", orders);
    int flushes = p->schedule == PIPELINE_GPIPE || p->schedule == PIPELINE_ALTERNATING;
    p->U = flushes ? p->r.R : p->r.R * p->r.V;
    p->micro = flushes ? p->r.V : p->U;
    call_bind(call, 'U', p->U);
    call_bind(call, 'L', p->r.net.layers);
    p->rate = call_input(call, "rate", "U");
}

size_t pipeline_begin(const struct pipeline *p, size_t l)
{
    size_t at = 0;
    for (size_t i = 0; i < l; i++)
        at += (p->r.net.size[i] + 1) * p->r.net.size[i + 1];
    return at;
}

void pipeline_order(const struct pipeline *p, size_t l, int *order)
{
    int M = (int)p->micro, ahead = (int)(p->r.net.layers - 1 - l), forward = 0, backward = 0;
    size_t n = 0;
    ahead = ahead < M ? ahead : M;
    if (p->schedule == PIPELINE_GPIPE) {
        for (int m = 1; m <= M; m++)
            order[n++] = m;
        for (int m = 1; m <= M; m++)
            order[n++] = p->first_first ? -m : m - M - 1;
        return;
    }
    while (forward < ahead)
        order[n++] = ++forward;
    while (backward < M) {
        if (forward < M)
            order[n++] = ++forward;
        order[n++] = -++backward;
    }
}

size_t pipeline_version(const struct pipeline *p, size_t i, size_t l)
{
    size_t L = p->r.net.layers, late = p->schedule == PIPELINE_VERTICAL ? L - 1 : L - 1 - l;
    if (p->schedule == PIPELINE_GPIPE || p->schedule == PIPELINE_ALTERNATING)
        return i / p->r.V;
    return i > late ? i - late : 0;
}

/* When each pass ends, in slots from 1, 0 where it has not: of L stages and M micro-batches. */
struct ends {
    int *forward, *backward; /* (L,M) */
};

/* Whether a pass (as in the timeline) of stage l can start in slot s, from 0. */
static int is_ready(const struct pipeline *p, const struct ends *ends, size_t l, int pass, int s)
{
    size_t M = p->micro, m = (size_t)(pass < 0 ? -pass : pass) - 1;
    if (pass > 0)
        return l == 0 || (ends->forward[(l - 1) * M + m] && ends->forward[(l - 1) * M + m] <= s);
    if (l + 1 < p->r.net.layers)
        return ends->backward[(l + 1) * M + m] && ends->backward[(l + 1) * M + m] <= s;
    return ends->forward[l * M + m] && ends->forward[l * M + m] <= s;
}

/* Plays the schedule; slots (L, room) gets the passes. Returns the number of slots. */
static size_t play(struct call *call, const struct pipeline *p, int *slots, size_t room)
{
    size_t L = p->r.net.layers, M = p->micro, left = 2 * L * M, s = 0;
    int *order = call_scratch_integers(call, L * 2 * M), *next = call_scratch_integers(call, L);
    struct ends ends = {call_scratch_integers(call, L * M), call_scratch_integers(call, L * M)};
    for (size_t l = 0; l < L; l++)
        pipeline_order(p, l, &order[l * 2 * M]);
    for (; left && s < room; s++)
        for (size_t l = 0; l < L; l++) {
            int pass = (size_t)next[l] < 2 * M ? order[l * 2 * M + (size_t)next[l]] : 0;
            if (!pass || !is_ready(p, &ends, l, pass, (int)s))
                continue;
            slots[l * room + s] = pass;
            size_t m = (size_t)(pass < 0 ? -pass : pass) - 1;
            (pass < 0 ? ends.backward : ends.forward)[l * M + m] = (int)s + 1;
            next[l]++;
            left--;
        }
    return s;
}

static void write_schedule(struct call *call, const struct pipeline *p)
{
    size_t L = p->r.net.layers, M = p->micro, room = 2 * L * M + 2 * L;
    int *slots = call_scratch_integers(call, L * room);
    size_t S = play(call, p, slots, room);
    call_bind(call, 'S', S);
    real *timeline = call_output_integers(call, "timeline", "LS");
    real *bubbles = call_output_integers(call, "bubbles", "L");
    real *held = call_output_integers(call, "held", "L");
    for (size_t l = 0; l < L; l++) {
        int now = 0;
        for (size_t s = 0; s < S; s++) {
            int pass = slots[l * room + s];
            timeline[l * S + s] = (real)pass;
            bubbles[l] += pass == 0;
            now += pass > 0 ? 1 : pass < 0 ? -1 : 0;
            held[l] = now > held[l] ? (real)now : held[l];
        }
    }
}

/* The weights (P) that micro-batch i sees, from history (U+1,P). */
static void look(const struct pipeline *p, real *w, const real *history, size_t i)
{
    for (size_t l = 0; l < p->r.net.layers; l++) {
        const real *seen = &history[pipeline_version(p, i, l) * p->r.P];
        for (size_t at = pipeline_begin(p, l); at < pipeline_begin(p, l + 1); at++)
            w[at] = seen[at];
    }
}

void pipeline_parallelism_answer(struct call *call)
{
    struct pipeline p;
    pipeline_read(call, &p);
    size_t P = p.r.P, M = p.r.V, each = p.U == p.r.R ? M : 1; /* micro-batches of an update */
    real *history = call_scratch(call, (p.U + 1) * P), *start = replicas_start(&p.r);
    real *w = call_scratch(call, P), *v = call_scratch(call, P), *G = call_scratch(call, P);
    real *g = call_scratch(call, M * P), *loss = call_output(call, "loss", "RV");
    struct replicas_record record = replicas_record_make(&p.r, 'U');
    for (size_t i = 0; i < P; i++)
        history[i] = start[i];
    for (size_t u = 0; u < p.U; u++) {
        real *next = &history[(u + 1) * P];
        size_t samples = 0;
        for (size_t m = 0; m < each; m++) {
            size_t i = u * each + m, n = (size_t)p.r.size[i];
            look(&p, w, history, i);
            loss[i] = replicas_row_gradient(&p.r, w, i / M, i % M, &g[m * P]);
            samples += n;
            for (size_t k = 0; k < P; k++)
                g[m * P + k] = each > 1 ? real_count(n) * g[m * P + k] : g[m * P + k];
        }
        replicas_sum(G, g, each, P);
        for (size_t k = 0; k < P; k++) {
            G[k] = each > 1 ? G[k] / real_count(samples) : G[k];
            next[k] = history[u * P + k];
        }
        replicas_step(&p.rules, next, v, G, p.rate[u], P);
        replicas_record_row(&p.r, &record, u, next);
    }
    write_schedule(call, &p);
}
