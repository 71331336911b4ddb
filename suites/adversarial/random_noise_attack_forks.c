// SPDX-License-Identifier: MIT
#include "../../reference/adversarial/random_noise_attack.h"
#include "../fork.h"
#include "attack_forks.h"

enum mistake {
    NONE,
    ROOT_FORGOTTEN,
    ROOT_OF_2,
    POSITIVE_ALONE,
    NORM_OF_BATCH,
    ABSOLUTE_LOG_FORGOTTEN,
    EXTRA_FORGOTTEN,
    NOT_CLIPPED,
    RADIUS_HALVED,
    SAME_DRAW,
    CRAFTED_AGAINST_NOISE,
    CRAFTED_RANDOM,
    SHARE_OF_ONE,
    ANY_DRAW,
    LABELS_COUNTED
};

struct noise {
    enum mistake mistake;
    struct victim victim;
    struct attack attack; /* its rules and radius */
    struct tangents tangents;
    int drawn;
    size_t N, D, R;
    const real *uniform, *normal, *radius;
};

static real squared(real x)
{
    return x * x;
}

/* What perturbs feature d in row i of the draws. */
static real draw(const struct noise *is, size_t i, size_t d)
{
    size_t D = is->D, all = is->N * D;
    if (is->mistake == SAME_DRAW)
        i = i % is->N;
    real epsilon = is->attack.epsilon, sum = 0;
    const real *u = is->uniform ? &is->uniform[i * D] : NULL;
    if (is->normal) {
        const real *g = &is->normal[i * D];
        for (size_t j = D; j-- > 0;)
            sum = sum + squared(g[j]);
        if (is->mistake == NORM_OF_BATCH) {
            sum = 0;
            for (size_t j = 0; j < all; j++)
                sum = sum + squared(is->normal[i / is->N * all + j]);
        }
        real root = 1, power = is->mistake == ROOT_OF_2 ? 2 : real_count(D);
        if (is->radius)
            root = is->mistake == ROOT_FORGOTTEN ? is->radius[i]
                                                 : real_exp(real_log(is->radius[i]) / power);
        return epsilon * root * g[d] / real_sqrt(sum);
    }
    real w = (u[d] - R(0.5)) * 2;
    if (is->mistake == POSITIVE_ALONE)
        w = u[d];
    if (is->attack.rules.norm == NORM_L1 && is->drawn != 2) {
        for (size_t j = D; j-- > 0;)
            sum = sum - real_log(real_abs(2 * u[j] - 1));
        if (is->radius && is->mistake != EXTRA_FORGOTTEN)
            sum = sum - real_log(is->radius[i]);
        real e = is->mistake == ABSOLUTE_LOG_FORGOTTEN ? real_abs(w) : -real_log(real_abs(w));
        return epsilon * rival_sign(w) * e / sum;
    }
    return epsilon * (is->drawn == 1 ? rival_sign(w) : w);
}

static void constrain(const struct noise *is, real *x, const real *from)
{
    if (!is->normal && (is->attack.rules.norm == NORM_LINF || is->drawn == 2))
        rival_project(&is->attack.rules, x, from, is->attack.epsilon);
    for (size_t d = 0; d < is->D && is->mistake != NOT_CLIPPED; d++)
        x[d] = rival_clip(&is->victim, x[d]);
}

static int reached(const struct noise *is, size_t n)
{
    int yes = rival_reached(&is->attack, &is->tangents, n);
    return is->mistake == LABELS_COUNTED ? !yes : yes;
}

static void read(struct call *call, struct noise *is)
{
    static const char *const drawns[] = {"ball", "surface", "box", NULL};
    is->mistake = (enum mistake)call_variant(call);
    victim_read(call, &is->victim);
    victim_read_goal(call, &is->victim);
    perturbation_read(call, &is->attack.rules, is->victim.D);
    is->attack.victim = &is->victim;
    is->attack.epsilon = fast_gradient_sign_radius(call, "epsilon");
    if (is->mistake == RADIUS_HALVED)
        is->attack.epsilon = is->attack.epsilon / 2;
    is->drawn = call_choice(call, "drawn", drawns);
    is->N = is->victim.N;
    is->D = is->victim.D;
    if (is->attack.rules.norm == NORM_L2 && is->drawn != 2)
        is->normal = call_input(call, "normal", "RNa");
    else
        is->uniform = call_input(call, "uniform", "RNa");
    if (is->drawn == 0 && is->attack.rules.norm != NORM_LINF)
        is->radius = call_input(call, "radius", "RN");
    is->R = call_size(call, 'R');
    is->tangents = tangents_create(call, &is->victim);
}

/* The crafted step, as element (n, d). */
static real crafted_step(const struct noise *is, const real *g, size_t n, size_t d)
{
    real move = rival_direction(&is->attack.rules, &g[n * is->D], d);
    if (is->mistake == CRAFTED_RANDOM)
        return draw(is, n, d);
    int down = is->victim.goal == VICTIM_TARGET;
    if (is->mistake == CRAFTED_AGAINST_NOISE)
        down = !down;
    return is->attack.epsilon * (down ? -move : move);
}

static void attack(struct call *call)
{
    struct noise is = {0};
    read(call, &is);
    size_t N = is.N, D = is.D, all = N * D, count = 0, crafted_count = 0;
    call_bind(call, 'T', 2);
    real *noisy = call_output(call, "noisy", "RNa");
    real *noisy_loss = call_output(call, "noisy_loss", "RN");
    real *fooled = call_output_integers(call, "fooled", "RN");
    real *crafted = call_output(call, "crafted", "Na");
    real *crafted_loss = call_output(call, "crafted_loss", "N");
    real *crafted_fooled = call_output_integers(call, "crafted_fooled", "N");
    real *share = call_output(call, "fooled_share", "T");
    real *spare = call_scratch(call, all), *g = call_scratch(call, all);
    int *any = call_scratch_integers(call, N);
    const real *x = is.victim.x;
    for (size_t r = 0; r < is.R; r++) {
        real *to = &noisy[r * all];
        for (size_t i = 0; i < all; i++)
            to[i] = x[i] + draw(&is, r * N + i / D, i % D);
        for (size_t n = 0; n < N; n++)
            constrain(&is, &to[n * D], &x[n * D]);
        tangents_gradient(&is.tangents, &noisy_loss[r * N], spare, to, is.victim.answer);
        for (size_t n = 0; n < N; n++) {
            fooled[r * N + n] = reached(&is, n) ? 1 : 0;
            count += (size_t)reached(&is, n);
            any[n] |= reached(&is, n);
        }
    }
    tangents_gradient(&is.tangents, crafted_loss, g, x, is.victim.answer);
    for (size_t i = 0; i < all; i++)
        crafted[i] = rival_clip(&is.victim, x[i] + crafted_step(&is, g, i / D, i % D));
    tangents_gradient(&is.tangents, crafted_loss, spare, crafted, is.victim.answer);
    size_t some = 0;
    for (size_t n = 0; n < N; n++) {
        crafted_fooled[n] = reached(&is, n) ? 1 : 0;
        crafted_count += (size_t)reached(&is, n);
        some += (size_t)any[n];
    }
    share[0] = real_count(count) / real_count(is.R) / real_count(N);
    if (is.mistake == SHARE_OF_ONE)
        share[0] = real_count(count) / real_count(N);
    if (is.mistake == ANY_DRAW)
        share[0] = real_count(some) / real_count(N);
    share[1] = real_count(crafted_count) / real_count(N);
}

static const struct fork table[] = {
    {.info = {"element_wise", FORK_TWIN, "", "Draws element by element; gradients by tangents.",
              NULL},
     .answer = attack},
    {.info = {"root_forgotten", FORK_BUG, "246",
              "The radius itself in place of its D-th root: too near to the middle.", NULL},
     .answer = attack,
     .variant = ROOT_FORGOTTEN},
    {.info = {"root_of_two", FORK_BUG, "246", "The square root, as in a plane.", NULL},
     .answer = attack,
     .variant = ROOT_OF_2},
    {.info = {"norm_of_batch", FORK_BUG, "246", "One norm of all samples' deviates.", NULL},
     .answer = attack,
     .variant = NORM_OF_BATCH},
    {.info = {"positive_alone", FORK_BUG, "246", "Draws in [0, epsilon).", NULL},
     .answer = attack,
     .variant = POSITIVE_ALONE},
    {.info = {"uniform_not_exponential", FORK_BUG, "246", "L1 by |w| in place of -log |w|.", NULL},
     .answer = attack,
     .variant = ABSOLUTE_LOG_FORGOTTEN},
    {.info = {"always_on_surface", FORK_BUG, "246", "The L1 ball without its last exponential.",
              NULL},
     .answer = attack,
     .variant = EXTRA_FORGOTTEN},
    {.info = {"not_clipped", FORK_BUG, "242", "Noise leaves the box.", NULL},
     .answer = attack,
     .variant = NOT_CLIPPED},
    {.info = {"radius_halved", FORK_BUG, "240", "The radius is taken for a diameter.", NULL},
     .answer = attack,
     .variant = RADIUS_HALVED},
    {.info = {"same_draw", FORK_BUG, "", "The first draw is used again.", NULL},
     .answer = attack,
     .variant = SAME_DRAW},
    {.info = {"crafted_other_way", FORK_BUG, "250", "The crafted step helps the model.", NULL},
     .answer = attack,
     .variant = CRAFTED_AGAINST_NOISE},
    {.info = {"crafted_at_random", FORK_BUG, "", "The crafted step is noise.", NULL},
     .answer = attack,
     .variant = CRAFTED_RANDOM},
    {.info = {"share_of_one", FORK_BUG, "", "Not divided by the number of draws.", NULL},
     .answer = attack,
     .variant = SHARE_OF_ONE},
    {.info = {"any_draw", FORK_CONVENTION, "", "A sample counts once if any draw fools it.", NULL},
     .answer = attack,
     .variant = ANY_DRAW},
    {.info = {"rights_counted", FORK_BUG, "", "Accuracy in place of the share that is fooled.",
              NULL},
     .answer = attack,
     .variant = LABELS_COUNTED},
    {.info = {"raw_units", FORK_BUG, "259", "48 of 255 is taken for 48.", NULL},
     .instead = {"units", "raw"}},
};

const struct fork_list random_noise_attack_forks = {sizeof table / sizeof *table, table};
