// SPDX-License-Identifier: MIT
/* Random noise attack; definition in reference/adversarial/random_noise_attack.h.
 *
 * How it is distributed: the samples are sharded with their draws, every rank holds the model.
 * Only the numbers of fooled samples cross the network, whole numbers in any order.
 */
#include "fast_gradient_sign.h"

#include <string.h>

enum drawn { BALL, SURFACE, BOX };

struct noise {
    struct victim *victim;
    struct perturbation rules;
    enum drawn drawn;
    scalar epsilon;
    size_t draws;                            /* R */
    const scalar *uniform, *normal, *radius; /* NULL: not needed */
};

/* Refuses if any rank has found something. Collective. */
static void refuse_any(struct question *q, long long found, const char *name, const char *what)
{
    reduce_integers(question_team(q), &found, 1);
    if (found > 0)
        question_refuse(q, "%lld elements of its input '%s' are %s", found, name, what);
}

static const scalar *read_unit(struct question *q, const char *name, const char *shape, size_t n)
{
    const scalar *value = question_input(q, name, shape);
    long long outside = 0;
    for (size_t i = 0; i < n; i++)
        outside += !(value[i] > 0 && value[i] < 1);
    refuse_any(q, outside, name, "not in (0, 1)");
    return value;
}

static void read_draws(struct question *q, struct noise *is)
{
    const bool normals = is->rules.norm == NORM_L2 && is->drawn != BOX;
    const char *name = normals ? "normal" : "uniform";
    const scalar *draws = question_input(q, name, "R[N]A");
    const size_t rows = is->victim->rows, D = is->victim->D;
    is->draws = question_size(q, 'R');
    const size_t all = is->draws * rows * D;
    if (is->draws == 0)
        question_refuse(q, "its input '%s' holds no draw", name);
    if (normals)
        is->normal = draws;
    else
        is->uniform = read_unit(q, "uniform", "R[N]A", all);
    if (is->drawn == BALL && is->rules.norm != NORM_LINF)
        is->radius = read_unit(q, "radius", "R[N]", is->draws * rows);
    const bool divides = is->drawn == SURFACE || (is->rules.norm == NORM_L1 && is->drawn == BALL);
    long long bad = 0;
    for (size_t i = 0; i < all && !normals && divides; i++)
        bad += draws[i] == (scalar)0.5;
    for (size_t i = 0; i < all && normals; i += D)
        bad += !(perturbation_norm(&is->rules, draws + i) > 0);
    refuse_any(q, bad, name, "without a sign or direction");
}

static void draw_l1(const struct noise *is, scalar *v, const scalar *u, scalar radius)
{
    const struct kernels *kernels = is->victim->team->kernels;
    const size_t D = is->victim->D;
    scalar sum = 0;
    for (size_t d = 0; d < D; d++)
        v[d] = scalar_absolute(2 * u[d] - 1);
    kernels->logarithm(D, v, v);
    for (size_t d = 0; d < D; d++)
        sum += -v[d];
    if (is->drawn == BALL) {
        kernels->logarithm(1, &radius, &radius);
        sum += -radius;
    }
    for (size_t d = 0; d < D; d++) {
        const scalar size = is->epsilon * (-v[d] / sum);
        v[d] = 2 * u[d] - 1 < 0 ? -size : size;
    }
}

static void draw_l2(const struct noise *is, scalar *v, const scalar *normal, scalar radius)
{
    const struct kernels *kernels = is->victim->team->kernels;
    const size_t D = is->victim->D;
    const scalar size = perturbation_norm(&is->rules, normal);
    scalar root = 1;
    if (is->drawn == BALL) {
        kernels->logarithm(1, &root, &radius);
        root /= (scalar)D;
        kernels->exponential(1, &root, &root);
    }
    const scalar far = is->epsilon * root;
    for (size_t d = 0; d < D; d++)
        v[d] = normal[d] / size * far;
}

static void draw(const struct noise *is, scalar *v, size_t i)
{
    const size_t D = is->victim->D;
    const scalar radius = is->radius != NULL ? is->radius[i] : 1;
    if (is->normal != NULL) {
        draw_l2(is, v, is->normal + i * D, radius);
        return;
    }
    const scalar *u = is->uniform + i * D;
    if (is->rules.norm == NORM_L1 && is->drawn != BOX) {
        draw_l1(is, v, u, radius);
        return;
    }
    for (size_t d = 0; d < D; d++) {
        const scalar w = 2 * u[d] - 1;
        v[d] = is->epsilon * (is->drawn == BALL || is->drawn == BOX ? w : w < 0 ? -1 : 1);
    }
    perturbation_project(&is->rules, v, is->epsilon, 1);
}

/* Losses of x and whether goals are reached; returns how many are on this rank. */
static long long judge(struct question *q, struct victim *victim, scalar *loss, scalar *fooled,
                       const scalar *x)
{
    int *class = arena_take(question_arena(q), victim->rows, sizeof *class);
    const scalar *z = victim_logits(victim, x);
    long long count = 0;
    victim_loss(victim, loss, victim->dz, z, victim->answer);
    victim_predict(victim, class, z);
    for (size_t n = 0; n < victim->rows; n++) {
        const bool reached = (class[n] == victim->answer[n]) == (victim->goal == VICTIM_TARGET);
        fooled[n] = reached;
        count += reached;
    }
    return count;
}

static struct noise read_noise(struct question *q)
{
    static const char *const drawns[] = {"ball", "surface", "box", NULL};
    struct noise is = {.victim = victim_read(q)};
    victim_read_goal(q, is.victim);
    is.rules = perturbation_read(q, is.victim->D);
    is.epsilon = fast_gradient_sign_radius(q, "epsilon");
    is.drawn = (enum drawn)question_choice(q, "drawn", drawns);
    if (is.drawn == BOX && is.rules.norm == NORM_LINF)
        question_refuse(q, "its 'drawn' is box, which for linf is the ball");
    read_draws(q, &is);
    return is;
}

void random_noise_attack_run(struct question *q)
{
    struct noise is = read_noise(q);
    struct victim *victim = is.victim;
    const size_t rows = victim->rows, D = victim->D, n = rows * D;
    question_bind(q, 'T', 2);
    scalar *noisy = question_output(q, "noisy", "R[N]A");
    scalar *noisy_loss = question_output(q, "noisy_loss", "R[N]");
    scalar *fooled = question_output(q, "fooled", "R[N]");
    scalar *crafted = question_output(q, "crafted", "[N]A");
    scalar *crafted_loss = question_output(q, "crafted_loss", "[N]");
    scalar *crafted_fooled = question_output(q, "crafted_fooled", "[N]");
    scalar *share = question_output(q, "fooled_share", "T"), *g = question_scratch(q, n);
    long long count[2] = {0, 0};
    for (size_t r = 0; r < is.draws; r++) {
        scalar *x = noisy + r * n;
        for (size_t i = 0; i < rows; i++)
            draw(&is, x + i * D, r * rows + i);
        for (size_t i = 0; i < n; i++)
            x[i] = victim->x[i] + x[i];
        victim_clip(victim, x, n);
        count[0] += judge(q, victim, noisy_loss + r * rows, fooled + r * rows, x);
    }
    victim_gradient(victim, crafted_loss, g, victim->x);
    perturbation_direction(&is.rules, g, g, rows);
    fast_gradient_sign_move(victim, crafted, victim->x, g, is.epsilon);
    victim_clip(victim, crafted, n);
    count[1] = judge(q, victim, crafted_loss, crafted_fooled, crafted);
    reduce_integers(victim->team, count, 2);
    share[0] = (scalar)count[0] / (scalar)(is.draws * victim->N);
    share[1] = (scalar)count[1] / (scalar)victim->N;
}
