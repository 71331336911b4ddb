// SPDX-License-Identifier: MIT
#include "../fork.h"
#include "jacobian_forks.h"

enum mistake {
    NONE,
    ONE_SIDED,
    TWO_FORGOTTEN,
    SUMMED,
    FIRST_DIRECTION,
    DIRECTIONS_OF_START,
    DIRECTIONS_SHARED,
    ASKED_IN_BOX,
    DOWNHILL,
    UNCORRECTED,
    MOMENTS_FORGOTTEN,
    CUBE_PER_STEP,
    CUBE_FORGOTTEN,
    BALL,
    BOX_FORGOTTEN,
    ASKED_AT_START,
    TARGET_UPHILL,
    LOSS_AFTER
};

struct probe {
    enum mistake mistake;
    struct victim victim;
    struct jacobian at;
    int update, divided;
    size_t T, S;
    real delta, epsilon, rate, beta1, beta2, tiny;
    const real *directions;
    real *d, *m, *s, *point, *g; /* (D) */
};

static struct probe read_probe(struct call *call)
{
    static const char *const updates[] = {"adam", "plain", "sign", NULL};
    static const char *const estimates[] = {"times", "divided", NULL};
    struct probe is = {.mistake = (enum mistake)call_variant(call)};
    victim_read(call, &is.victim);
    victim_read_goal(call, &is.victim);
    is.at = jacobian_create(call, &is.victim);
    is.directions = call_input(call, "directions", "TSNa");
    is.T = call_size(call, 'T');
    is.S = call_size(call, 'S');
    is.update = call_choice(call, "update", updates);
    is.divided = call_choice(call, "estimate", estimates);
    is.delta = call_number_or(call, "delta", R(0.01));
    is.epsilon = call_number_or(call, "epsilon", R(0.3));
    is.rate = call_number_or(call, "rate", R(0.01));
    is.tiny = call_number_or(call, "tiny", R(1e-8));
    is.beta1 = call_number_or(call, "beta1", R(0.9));
    is.beta2 = call_number_or(call, "beta2", R(0.999));
    real **arrays[] = {&is.d, &is.m, &is.s, &is.point, &is.g};
    for (size_t i = 0; i < 5; i++)
        *arrays[i] = call_scratch(call, is.victim.D);
    return is;
}

static real clip(const struct probe *is, real x)
{
    const struct victim *victim = &is->victim;
    if (!victim->boxed || is->mistake == BOX_FORGOTTEN)
        return x;
    return x < victim->low ? victim->low : x > victim->high ? victim->high : x;
}

/* The loss at x + d + step v. */
static real ask(struct probe *is, const real *x, const real *v, real step, size_t y)
{
    size_t D = is->victim.D, K = is->victim.K, other = K;
    for (size_t d = 0; d < D; d++) {
        real start = is->mistake == ASKED_AT_START && v ? x[d] : x[d] + is->d[d];
        is->point[d] = v ? start + step * v[d] : start;
        is->point[d] = is->mistake == ASKED_IN_BOX ? clip(is, is->point[d]) : is->point[d];
    }
    jacobian_fill(&is->at, is->point);
    const real *z = is->at.z;
    if (K == 1) {
        real gap = y == 1 ? -*z : *z;
        return real_log1p(real_exp(-real_abs(gap))) + (gap > 0 ? gap : 0);
    }
    for (size_t k = K; k-- > 0;)
        other = k != y && (other == K || z[k] >= z[other]) ? k : other;
    if (is->victim.objective == VICTIM_MARGIN)
        return z[other] - z[y];
    real most = z[other] > z[y] ? z[other] : z[y], sum = 0;
    for (size_t k = K; k-- > 0;)
        sum = sum + real_exp(z[k] - most);
    return real_log(sum) + most - z[y];
}

/* g of sample n at step t. */
static void estimate(struct probe *is, size_t n, size_t t)
{
    size_t N = is->victim.N, D = is->victim.D, S = is->mistake == FIRST_DIRECTION ? 1 : is->S;
    const real *x = &is->victim.x[n * D];
    size_t y = (size_t)is->victim.answer[n];
    t = is->mistake == DIRECTIONS_OF_START ? 0 : t;
    for (size_t d = 0; d < D; d++)
        is->g[d] = 0;
    for (size_t s = S; s-- > 0;) {
        size_t of = is->mistake == DIRECTIONS_SHARED ? 0 : n;
        const real *v = &is->directions[((t * is->S + s) * N + of) * D];
        real up = ask(is, x, v, is->delta, y);
        real down =
            is->mistake == ONE_SIDED ? ask(is, x, NULL, 0, y) : ask(is, x, v, -is->delta, y);
        real slope = (up - down) / is->delta;
        if (is->mistake != TWO_FORGOTTEN && is->mistake != ONE_SIDED)
            slope = slope / 2;
        slope = is->mistake == SUMMED ? slope : slope / real_count(S);
        for (size_t d = 0; d < D; d++)
            is->g[d] = is->g[d] + (is->divided ? slope / v[d] : slope * v[d]);
    }
}

static real power(real base, size_t n)
{
    real result = 1;
    while (n-- > 0)
        result = result * base;
    return result;
}

static real update(struct probe *is, size_t d, real g, size_t t)
{
    real rest1 = 1 - power(is->beta1, t + 1), rest2 = 1 - power(is->beta2, t + 1);
    if (is->update != 0)
        return is->update == 1 ? g : (real)((g > 0) - (g < 0));
    if (is->mistake == UNCORRECTED)
        rest1 = rest2 = 1;
    if (is->mistake == MOMENTS_FORGOTTEN) {
        is->m[d] = is->s[d] = 0;
        rest1 = 1 - is->beta1;
        rest2 = 1 - is->beta2;
    }
    is->m[d] = is->m[d] + (1 - is->beta1) * (g - is->m[d]);
    is->s[d] = is->s[d] + (1 - is->beta2) * (g * g - is->s[d]);
    return is->m[d] / (rest1 * (real_sqrt(is->s[d] / rest2) + is->tiny));
}

static real cut(const struct probe *is, real d)
{
    if (is->mistake == CUBE_FORGOTTEN || is->mistake == BALL)
        return d;
    return d < -is->epsilon ? -is->epsilon : d > is->epsilon ? is->epsilon : d;
}

static void move(struct probe *is, const real *x, size_t t)
{
    size_t D = is->victim.D;
    int down = is->victim.goal == VICTIM_TARGET && is->mistake != TARGET_UPHILL;
    real square = 0;
    for (size_t d = 0; d < D; d++) {
        real g = down == (is->mistake == DOWNHILL) ? is->g[d] : -is->g[d];
        real step = is->rate * update(is, d, g, t), to = is->d[d] + step;
        if (is->mistake == CUBE_PER_STEP)
            to = is->d[d] + cut(is, step);
        else
            to = cut(is, to);
        is->d[d] = to;
        square = square + to * to;
    }
    real shrink = real_sqrt(square) > is->epsilon ? is->epsilon / real_sqrt(square) : 1;
    for (size_t d = 0; d < D; d++) {
        is->d[d] = is->mistake == BALL ? is->d[d] * shrink : is->d[d];
        is->d[d] = clip(is, x[d] + is->d[d]) - x[d];
    }
}

static void attack(struct call *call)
{
    struct probe is = read_probe(call);
    size_t N = is.victim.N, D = is.victim.D;
    real *iterates = call_output(call, "iterates", "TNa");
    real *estimates = call_output(call, "estimates", "TNa");
    real *losses = call_output(call, "losses", "TN");
    real *class = call_output_integers(call, "class", "N");
    for (size_t n = 0; n < N; n++) {
        const real *x = &is.victim.x[n * D];
        size_t y = (size_t)is.victim.answer[n];
        for (size_t d = 0; d < D; d++)
            is.d[d] = is.m[d] = is.s[d] = 0;
        for (size_t t = 0; t < is.T; t++) {
            losses[t * N + n] = ask(&is, x, NULL, 0, y);
            estimate(&is, n, t);
            for (size_t d = 0; d < D; d++)
                estimates[(t * N + n) * D + d] = is.g[d];
            move(&is, x, t);
            for (size_t d = 0; d < D; d++)
                iterates[(t * N + n) * D + d] = x[d] + is.d[d];
            if (is.mistake == LOSS_AFTER)
                losses[t * N + n] = ask(&is, x, NULL, 0, y);
        }
        ask(&is, x, NULL, 0, y);
        class[n] = is.victim.K == 1 ? (real)(*is.at.z > 0) : real_count(jacobian_class(&is.at));
    }
}

static const struct fork table[] = {
    {.info = {"one_by_one", FORK_TWIN, "",
              "One sample after the other, directions backwards, moments as gaps.", NULL},
     .answer = attack},
    {.info = {"always_adam", FORK_CONVENTION, "", "By moments.", NULL},
     .instead = {"update", "adam"}},
    {.info = {"always_plain", FORK_CONVENTION, "", "By the estimate.", NULL},
     .instead = {"update", "plain"}},
    {.info = {"always_sign", FORK_CONVENTION, "245", "By signs.", NULL},
     .instead = {"update", "sign"}},
    {.info = {"multiplied", FORK_CONVENTION, "", "Times the direction.", NULL},
     .instead = {"estimate", "times"}},
    {.info = {"divided", FORK_CONVENTION, "", "Divided by the direction.", NULL},
     .instead = {"estimate", "divided"}},
    {.info = {"delta_fixed", FORK_CONVENTION, "", "delta is 0.01.", NULL},
     .number = {"delta", 0.01}},
    {.info = {"beta1_fixed", FORK_BUG, "", "beta1 is 0.9.", NULL}, .number = {"beta1", 0.9}},
    {.info = {"beta2_fixed", FORK_BUG, "", "beta2 is 0.999.", NULL}, .number = {"beta2", 0.999}},
    {.info = {"one_sided", FORK_CONVENTION, "", "A difference to the place itself.", NULL},
     .answer = attack,
     .variant = ONE_SIDED},
    {.info = {"two_forgotten", FORK_BUG, "", "Divided by delta, not by twice that.", NULL},
     .answer = attack,
     .variant = TWO_FORGOTTEN},
    {.info = {"summed", FORK_BUG, "251", "A sum over directions, not their mean.", NULL},
     .answer = attack,
     .variant = SUMMED},
    {.info = {"first_direction", FORK_BUG, "", "One direction alone.", NULL},
     .answer = attack,
     .variant = FIRST_DIRECTION},
    {.info = {"directions_of_start", FORK_BUG, "", "The same directions at every step.", NULL},
     .answer = attack,
     .variant = DIRECTIONS_OF_START},
    {.info = {"directions_shared", FORK_CONVENTION, "", "The same for all samples.", NULL},
     .answer = attack,
     .variant = DIRECTIONS_SHARED},
    {.info = {"asked_in_box", FORK_CONVENTION, "", "Places of questions are clipped.", NULL},
     .answer = attack,
     .variant = ASKED_IN_BOX},
    {.info = {"asked_at_start", FORK_BUG, "", "Questions about x itself at every step.", NULL},
     .answer = attack,
     .variant = ASKED_AT_START},
    {.info = {"downhill", FORK_BUG, "250", "The wrong way.", NULL},
     .answer = attack,
     .variant = DOWNHILL},
    {.info = {"target_uphill", FORK_BUG, "250", "Away from the target.", NULL},
     .answer = attack,
     .variant = TARGET_UPHILL},
    {.info = {"moments_uncorrected", FORK_BUG, "87", "No bias correction.", NULL},
     .answer = attack,
     .variant = UNCORRECTED},
    {.info = {"moments_forgotten", FORK_BUG, "", "Moments begin anew at every step.", NULL},
     .answer = attack,
     .variant = MOMENTS_FORGOTTEN},
    {.info = {"cube_per_step", FORK_BUG, "", "Each step is cut, not the change.", NULL},
     .answer = attack,
     .variant = CUBE_PER_STEP},
    {.info = {"cube_forgotten", FORK_BUG, "", "The change is not cut.", NULL},
     .answer = attack,
     .variant = CUBE_FORGOTTEN},
    {.info = {"ball", FORK_CONVENTION, "", "A ball in L2, not a cube.", NULL},
     .answer = attack,
     .variant = BALL},
    {.info = {"box_forgotten", FORK_BUG, "", "x leaves the box.", NULL},
     .answer = attack,
     .variant = BOX_FORGOTTEN},
    {.info = {"losses_after", FORK_CONVENTION, "", "Losses behind the steps.", NULL},
     .answer = attack,
     .variant = LOSS_AFTER},
};

const struct fork_list simultaneous_perturbation_attack_forks = {sizeof table / sizeof *table,
                                                                 table};
