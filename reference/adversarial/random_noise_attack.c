// SPDX-License-Identifier: MIT
#include "random_noise_attack.h"

enum drawn { DRAWN_BALL, DRAWN_SURFACE, DRAWN_BOX };

struct noise {
    struct victim victim;
    struct perturbation rules;
    enum drawn drawn;
    real epsilon;
    size_t N, D, R;
    const real *uniform, *normal, *radius; /* NULL: not needed */
};

static const real *read_unit(struct call *call, const char *name, const char *shape, size_t n)
{
    const real *value = call_input(call, name, shape);
    for (size_t i = 0; i < n; i++) {
        if (!(value[i] > 0 && value[i] < 1))
            call_fail(call, "element %zu of input '%s' must be in (0, 1)", i, name);
    }
    return value;
}

static void read_draws(struct call *call, struct noise *is)
{
    int normals = is->rules.norm == NORM_L2 && is->drawn != DRAWN_BOX;
    const char *name = normals ? "normal" : "uniform";
    const real *draws = call_input(call, name, "RNa");
    is->R = call_size(call, 'R');
    if (is->R == 0)
        call_fail(call, "input '%s' holds no draw", name);
    size_t n = is->N * is->D;
    if (normals)
        is->normal = draws;
    else
        is->uniform = read_unit(call, "uniform", "RNa", is->R * n);
    if (is->drawn == DRAWN_BALL && is->rules.norm != NORM_LINF)
        is->radius = read_unit(call, "radius", "RN", is->R * is->N);
    int divides = is->drawn == DRAWN_SURFACE || (is->rules.norm == NORM_L1 && !is->drawn);
    for (size_t i = 0; is->uniform && divides && i < is->R * n; i++) {
        if (is->uniform[i] == R(0.5))
            call_fail(call, "element %zu of input 'uniform' is 1/2, which has no sign", i);
    }
    for (size_t i = 0; normals && i < is->R * n; i += is->D) {
        if (!(perturbation_norm(&is->rules, &draws[i]) > 0))
            call_fail(call, "element %zu of input 'normal' and all others of its row are 0", i);
    }
}

static real sign(real w)
{
    return w < 0 ? R(-1.0) : 1;
}

static void draw_l1(const struct noise *is, real *v, const real *u, real radius)
{
    real sum = 0;
    for (size_t d = 0; d < is->D; d++) {
        v[d] = -real_log(real_abs(2 * u[d] - 1));
        sum = sum + v[d];
    }
    if (is->drawn == DRAWN_BALL)
        sum = sum + -real_log(radius);
    for (size_t d = 0; d < is->D; d++)
        v[d] = sign(2 * u[d] - 1) * (is->epsilon * (v[d] / sum));
}

static void draw_l2(const struct noise *is, real *v, const real *normal, real radius)
{
    real size = perturbation_norm(&is->rules, normal), far = is->epsilon;
    if (is->drawn == DRAWN_BALL)
        far = far * real_exp(real_log(radius) / real_count(is->D));
    for (size_t d = 0; d < is->D; d++)
        v[d] = normal[d] / size * far;
}

/* The perturbation of one sample in one draw; i = r N + n. */
static void draw(const struct noise *is, real *v, size_t i)
{
    real radius = is->radius ? is->radius[i] : 0;
    const real *u = is->uniform ? &is->uniform[i * is->D] : NULL;
    if (is->normal) {
        draw_l2(is, v, &is->normal[i * is->D], radius);
    } else if (is->rules.norm == NORM_L1 && is->drawn != DRAWN_BOX) {
        draw_l1(is, v, u, radius);
    } else {
        for (size_t d = 0; d < is->D; d++) {
            real w = 2 * u[d] - 1;
            v[d] = is->epsilon * (is->drawn == DRAWN_SURFACE ? sign(w) : w);
        }
        perturbation_project(&is->rules, v, is->epsilon, 1);
    }
}

/* Losses (N) of x and whether goals are reached; returns how many are. */
static size_t judge(struct call *call, struct noise *is, real *loss, real *fooled, const real *x)
{
    struct victim *victim = &is->victim;
    int *class = call_scratch_integers(call, is->N);
    const real *z = victim_logits(victim, x);
    size_t count = 0;
    victim_loss(victim, loss, victim->dz, z, victim->answer);
    victim_predict(victim, class, z);
    victim_prediction_decisions(call, victim, z);
    victim_rival_decisions(call, victim, z, victim->answer);
    for (size_t n = 0; n < is->N; n++) {
        int same = class[n] == victim->answer[n];
        fooled[n] = same == (victim->goal == VICTIM_TARGET) ? 1 : 0;
        count += fooled[n] > 0;
    }
    return count;
}

void random_noise_attack_answer(struct call *call)
{
    static const char *const drawns[] = {"ball", "surface", "box", NULL};
    struct noise is = {0};
    struct victim *victim = &is.victim;
    victim_read(call, victim);
    victim_read_goal(call, victim);
    perturbation_read(call, &is.rules, victim->D);
    is.N = victim->N;
    is.D = victim->D;
    is.epsilon = fast_gradient_sign_radius(call, "epsilon");
    is.drawn = (enum drawn)call_choice(call, "drawn", drawns);
    if (is.drawn == DRAWN_BOX && is.rules.norm == NORM_LINF)
        call_fail(call, "convention 'drawn' is box, which for linf is the ball");
    read_draws(call, &is);
    size_t N = is.N, n = N * is.D, count = 0;
    call_bind(call, 'T', 2);
    real *noisy = call_output(call, "noisy", "RNa");
    real *noisy_loss = call_output(call, "noisy_loss", "RN");
    real *fooled = call_output_integers(call, "fooled", "RN");
    real *crafted = call_output(call, "crafted", "Na");
    real *crafted_loss = call_output(call, "crafted_loss", "N");
    real *crafted_fooled = call_output_integers(call, "crafted_fooled", "N");
    real *share = call_output(call, "fooled_share", "T");
    for (size_t i = 0; i < is.R * N; i++) {
        real *x = &noisy[i * is.D];
        draw(&is, x, i);
        for (size_t d = 0; d < is.D; d++)
            x[d] = victim->x[i % N * is.D + d] + x[d];
    }
    victim_clip(victim, noisy, is.R * n);
    for (size_t r = 0; r < is.R; r++)
        count += judge(call, &is, &noisy_loss[r * N], &fooled[r * N], &noisy[r * n]);
    share[0] = real_count(count) / real_count(is.R * N);
    real *g = call_scratch(call, n);
    victim_gradient(victim, crafted_loss, g, victim->x);
    victim_decisions(call, victim);
    victim_rival_decisions(call, victim, victim->batch.z[victim->net.layers - 1], victim->answer);
    perturbation_decisions(call, &is.rules, g, N);
    perturbation_direction(&is.rules, g, g, N);
    fast_gradient_sign_move(victim, crafted, victim->x, g, is.epsilon);
    victim_clip(victim, crafted, n);
    share[1] = real_count(judge(call, &is, crafted_loss, crafted_fooled, crafted)) / real_count(N);
}
