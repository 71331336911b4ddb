// SPDX-License-Identifier: MIT
#include "../fork.h"
#include "jacobian_forks.h"

enum mistake {
    NONE,
    COMPOUNDS,
    FROM_ONE,
    TO_ZERO,
    GRADIENT_RAW,
    GRADIENT_SIGN,
    FACTORS_SWAPPED,
    DIVIDED,
    JUDGED_AFTER,
    LAST_SUCCESS,
    FIRST_SUCCESS,
    DISTANCE_OF_INPUT,
    QUANTISED_DOWN,
    QUANTISED_LEVELS,
    QUANTISED_CHANGE,
    CLIPPED_BEFORE,
    NOT_CLIPPED,
    CAP_OF_BOX,
    TARGET_UPHILL,
    NORM_SHARED,
    CHANGE_FORGOTTEN,
    UNCLIPPED_CHANGE_KEPT
};

struct walk {
    enum mistake mistake;
    struct victim victim;
    struct jacobian at;
    int quantised, capped, constant;
    size_t T, levels;
    real norm, gamma, rate, last;
    real *x, *d, *g, *dz, *e, *best; /* (N,D) twice, (D), (K), (N) twice */
};

static struct walk read_walk(struct call *call)
{
    static const char *const quantisations[] = {"never", "every", "end", NULL};
    static const char *const caps[] = {"none", "worst", NULL};
    static const char *const anneals[] = {"cosine", "none", NULL};
    struct walk walk = {.mistake = (enum mistake)call_variant(call)};
    victim_read(call, &walk.victim);
    victim_read_goal(call, &walk.victim);
    walk.at = jacobian_create(call, &walk.victim);
    walk.quantised = call_choice(call, "quantised", quantisations);
    walk.capped = call_choice(call, "cap", caps);
    walk.constant = call_choice(call, "anneal", anneals);
    walk.T = call_count_or(call, "steps", 100, 1, 1 << 20);
    walk.levels = call_count_or(call, "levels", 256, 2, 1 << 20);
    walk.norm = call_number_or(call, "norm", R(1.0));
    walk.gamma = call_number_or(call, "gamma", R(0.05));
    walk.rate = call_number_or(call, "rate", R(1.0));
    walk.last = call_number_or(call, "last", R(0.01));
    call_bind(call, 'T', walk.T);
    size_t N = walk.victim.N, D = walk.victim.D;
    walk.x = call_scratch(call, N * D);
    walk.d = call_scratch(call, N * D);
    walk.g = call_scratch(call, D);
    walk.dz = call_scratch(call, walk.victim.K);
    walk.e = call_scratch(call, N);
    walk.best = call_scratch(call, N);
    return walk;
}

static real length(const real *y, size_t D)
{
    real square = 0;
    for (size_t d = D; d-- > 0;)
        square = square + y[d] * y[d];
    return real_sqrt(square);
}

/* g: the direction of length 1 that raises the loss, or lowers that of a target. Returns whether
 * the change succeeds. */
static int look(struct walk *walk, size_t n)
{
    const struct victim *victim = &walk->victim;
    size_t D = victim->D, K = victim->K, y = (size_t)victim->answer[n];
    jacobian_fill(&walk->at, &walk->x[n * D]);
    const real *z = walk->at.z;
    size_t top = jacobian_class(&walk->at), class = K == 1 ? *z > 0 : top;
    real way = victim->goal == VICTIM_TARGET && walk->mistake != TARGET_UPHILL ? -1 : 1, sum = 0;
    for (size_t k = K; k-- > 0;)
        sum = sum + (k == y ? 0 : real_exp(z[k] - z[top]));
    for (size_t k = 0; k < K && K > 1; k++)
        walk->dz[k] = k == y ? -way * sum : way * real_exp(z[k] - z[top]);
    if (K == 1)
        *walk->dz = y == 1 ? -way : way;
    jacobian_combine(&walk->at, walk->g, walk->dz);
    real size = length(walk->g, D), whole = sum + real_exp(z[K == 1 ? 0 : y] - z[top]);
    for (size_t d = 0; d < D; d++) {
        real g = walk->g[d];
        walk->g[d] = walk->mistake == GRADIENT_RAW ? g / whole : g / size;
        if (walk->mistake == GRADIENT_SIGN)
            walk->g[d] = (real)((g > 0) - (g < 0));
    }
    return (class == y) == (victim->goal == VICTIM_TARGET);
}

static real rate_of(const struct walk *walk, size_t k, real before)
{
    const real pi = R(3.14159265358979323846264338327950288);
    real from = walk->mistake == COMPOUNDS ? before : walk->rate, i = real_count(k);
    real last = walk->mistake == TO_ZERO ? 0 : walk->last;
    i = walk->mistake == FROM_ONE ? i + 1 : i;
    /* cos(a) = 2 cos(a / 2)^2 - 1, so that (1 + cos(a)) / 2 is a square */
    real half = real_cos(pi * i / (2 * real_count(walk->T)));
    return walk->constant ? walk->rate : last + (from - last) * half * half;
}

static real quantise(const struct walk *walk, real y)
{
    const struct victim *victim = &walk->victim;
    real steps = real_count(walk->levels - (walk->mistake == QUANTISED_LEVELS ? 0 : 1));
    real unit = (victim->high - victim->low) / steps, level = 0;
    if (y < victim->low || y > victim->high)
        return y;
    real half = walk->mistake == QUANTISED_DOWN ? 0 : unit / 2;
    while ((level + 1) * unit <= y - victim->low + half)
        level = level + 1;
    return victim->low + level * unit;
}

static real clip(const struct walk *walk, real x)
{
    const struct victim *victim = &walk->victim;
    if (!victim->boxed || walk->mistake == NOT_CLIPPED)
        return x;
    return x < victim->low ? victim->low : x > victim->high ? victim->high : x;
}

static void resize(struct walk *walk, int success, size_t n)
{
    const struct victim *victim = &walk->victim;
    real *e = &walk->e[walk->mistake == NORM_SHARED ? 0 : n], square = 0;
    if (walk->mistake == FACTORS_SWAPPED)
        success = !success;
    real smaller = walk->mistake == DIVIDED ? *e / (1 + walk->gamma) : *e - *e * walk->gamma;
    *e = success ? smaller : *e + *e * walk->gamma;
    for (size_t d = victim->D; d-- > 0;) {
        real x = victim->x[n * victim->D + d], up = victim->high - x, down = x - victim->low;
        real far = walk->mistake == CAP_OF_BOX ? victim->high - victim->low : up > down ? up : down;
        square = square + far * far;
    }
    *e = walk->capped && *e * *e > square ? real_sqrt(square) : *e;
    walk->e[n] = *e;
}

static void move(struct walk *walk, real rate, int success, size_t n)
{
    size_t D = walk->victim.D;
    real *d = &walk->d[n * D], *x = &walk->x[n * D];
    for (size_t i = 0; i < D; i++)
        d[i] = (walk->mistake == CHANGE_FORGOTTEN ? 0 : d[i]) + rate * walk->g[i];
    resize(walk, success, n);
    real size = length(d, D);
    for (size_t i = 0; i < D; i++) {
        real start = walk->victim.x[n * D + i];
        if (walk->mistake == CLIPPED_BEFORE)
            d[i] = clip(walk, start + d[i]) - start;
    }
    size = walk->mistake == CLIPPED_BEFORE ? length(d, D) : size;
    for (size_t i = 0; i < D; i++) {
        real start = walk->victim.x[n * D + i], change = d[i] / size * walk->e[n];
        x[i] = start + change;
        if (walk->quantised == 1)
            x[i] = walk->mistake == QUANTISED_CHANGE
                       ? start + quantise(walk, change + walk->victim.low) - walk->victim.low
                       : quantise(walk, x[i]);
        x[i] = walk->mistake == CLIPPED_BEFORE ? x[i] : clip(walk, x[i]);
        d[i] = walk->mistake == UNCLIPPED_CHANGE_KEPT ? change : x[i] - start;
    }
}

static void judge(struct walk *walk, real *adversarial, real *found, size_t n, size_t k)
{
    size_t D = walk->victim.D;
    int from_origin = walk->mistake == DISTANCE_OF_INPUT;
    real now = length(from_origin ? &walk->x[n * D] : &walk->d[n * D], D);
    if (found[n] > 0 && now >= walk->best[n] && walk->mistake != LAST_SUCCESS)
        return;
    if (found[n] > 0 && walk->mistake == FIRST_SUCCESS)
        return;
    walk->best[n] = now;
    found[n] = real_count(k + 1);
    for (size_t i = 0; i < D; i++)
        adversarial[i] = walk->x[n * D + i];
}

static void take(struct call *call)
{
    struct walk walk = read_walk(call);
    size_t N = walk.victim.N, D = walk.victim.D;
    real *iterates = call_output(call, "iterates", "TNa");
    real *norms = call_output(call, "norms", "TN"), *rates = call_output(call, "rates", "T");
    real *adversarial = call_output(call, "adversarial", "Na");
    real *distance = call_output(call, "distance", "N");
    real *found = call_output_integers(call, "found", "N"), before = walk.rate;
    for (size_t n = 0; n < N; n++)
        walk.e[n] = walk.norm;
    for (size_t i = 0; i < N * D; i++)
        adversarial[i] = walk.x[i] = walk.victim.x[i];
    for (size_t k = 0; k < walk.T; k++) {
        before = rates[k] = rate_of(&walk, k, before);
        for (size_t n = 0; n < N; n++) {
            int success = look(&walk, n);
            if (success && walk.mistake != JUDGED_AFTER)
                judge(&walk, &adversarial[n * D], found, n, k);
            move(&walk, rates[k], success, n);
            if (walk.mistake == JUDGED_AFTER && look(&walk, n))
                judge(&walk, &adversarial[n * D], found, n, k);
            norms[k * N + n] = walk.e[n];
            for (size_t i = 0; i < D; i++)
                iterates[(k * N + n) * D + i] = walk.x[n * D + i];
        }
    }
    for (size_t i = 0; i < N * D; i++) {
        adversarial[i] = walk.quantised == 2 ? quantise(&walk, adversarial[i]) : adversarial[i];
        walk.d[i] = adversarial[i] - (walk.mistake == DISTANCE_OF_INPUT ? 0 : walk.victim.x[i]);
    }
    for (size_t n = 0; n < N; n++)
        distance[n] = length(&walk.d[n * D], D);
}

static const struct fork table[] = {
    {.info = {"unit_directions", FORK_TWIN, "",
              "Directions from unnormalised probabilities, slopes forwards, squared half cosines.",
              NULL},
     .answer = take},
    {.info = {"never_capped", FORK_CONVENTION, "", "No cap.", NULL}, .instead = {"cap", "none"}},
    {.info = {"always_capped", FORK_CONVENTION, "", "Capped at the farthest corner.", NULL},
     .instead = {"cap", "worst"}},
    {.info = {"not_quantised", FORK_CONVENTION, "", "No levels.", NULL},
     .instead = {"quantised", "never"}},
    {.info = {"annealed", FORK_CONVENTION, "", "Cosine annealing.", NULL},
     .instead = {"anneal", "cosine"}},
    {.info = {"not_annealed", FORK_CONVENTION, "", "A constant rate.", NULL},
     .instead = {"anneal", "none"}},
    {.info = {"levels_256", FORK_CONVENTION, "", "256 levels.", NULL}, .number = {"levels", 256}},
    {.info = {"gamma_fixed", FORK_CONVENTION, "", "gamma is 0.05.", NULL},
     .number = {"gamma", 0.05}},
    {.info = {"annealing_compounds", FORK_BUG, "255",
              "Each rate is annealed from the one before, not from the first.", NULL},
     .answer = take,
     .variant = COMPOUNDS},
    {.info = {"annealing_from_one", FORK_BUG, "", "The first rate is annealed.", NULL},
     .answer = take,
     .variant = FROM_ONE},
    {.info = {"annealing_to_zero", FORK_CONVENTION, "", "The rates end at 0.", NULL},
     .answer = take,
     .variant = TO_ZERO},
    {.info = {"gradient_not_normalised", FORK_BUG, "251", "The gradient's own length.", NULL},
     .answer = take,
     .variant = GRADIENT_RAW},
    {.info = {"sign_of_gradient", FORK_BUG, "", "Signs in place of a direction.", NULL},
     .answer = take,
     .variant = GRADIENT_SIGN},
    {.info = {"factors_swapped", FORK_BUG, "", "Norms grow after a success.", NULL},
     .answer = take,
     .variant = FACTORS_SWAPPED},
    {.info = {"divided", FORK_CONVENTION, "", "Divides by 1 + gamma after a success.", NULL},
     .answer = take,
     .variant = DIVIDED},
    {.info = {"judged_after", FORK_CONVENTION, "", "What follows the step is judged.", NULL},
     .answer = take,
     .variant = JUDGED_AFTER},
    {.info = {"last_success", FORK_BUG, "", "The last success, not the smallest.", NULL},
     .answer = take,
     .variant = LAST_SUCCESS},
    {.info = {"first_success", FORK_BUG, "", "The first success, not the smallest.", NULL},
     .answer = take,
     .variant = FIRST_SUCCESS},
    {.info = {"distance_from_origin", FORK_BUG, "256", "|x + d|, not |d|.", NULL},
     .answer = take,
     .variant = DISTANCE_OF_INPUT},
    {.info = {"quantised_down", FORK_BUG, "", "Levels are cut off, not rounded.", NULL},
     .answer = take,
     .variant = QUANTISED_DOWN},
    {.info = {"one_level_more", FORK_BUG, "", "Steps of 1 / levels.", NULL},
     .answer = take,
     .variant = QUANTISED_LEVELS},
    {.info = {"change_quantised", FORK_BUG, "", "The change has levels, not the input.", NULL},
     .answer = take,
     .variant = QUANTISED_CHANGE},
    {.info = {"clipped_before_resizing", FORK_BUG, "243", "The box first, then the norm.", NULL},
     .answer = take,
     .variant = CLIPPED_BEFORE},
    {.info = {"not_clipped", FORK_BUG, "", "Leaves the box.", NULL},
     .answer = take,
     .variant = NOT_CLIPPED},
    {.info = {"cap_of_box", FORK_CONVENTION, "", "The diagonal of the box is the cap.", NULL},
     .answer = take,
     .variant = CAP_OF_BOX},
    {.info = {"target_uphill", FORK_BUG, "250", "Away from the target.", NULL},
     .answer = take,
     .variant = TARGET_UPHILL},
    {.info = {"norm_shared", FORK_BUG, "", "One norm for all samples.", NULL},
     .answer = take,
     .variant = NORM_SHARED},
    {.info = {"change_forgotten", FORK_BUG, "", "Each direction is the gradient alone.", NULL},
     .answer = take,
     .variant = CHANGE_FORGOTTEN},
    {.info = {"unclipped_change_kept", FORK_BUG, "", "The change goes on outside the box.", NULL},
     .answer = take,
     .variant = UNCLIPPED_CHANGE_KEPT},
};

const struct fork_list decoupled_direction_norm_forks = {sizeof table / sizeof *table, table};
