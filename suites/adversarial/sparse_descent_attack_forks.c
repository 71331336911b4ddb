// SPDX-License-Identifier: MIT
#include "../fork.h"
#include "jacobian_forks.h"

enum mistake {
    NONE,
    RATE_FOR_EACH,
    SLOPES_KEPT,
    ALL_SIGNS,
    DOWNHILL,
    TARGET_UPHILL,
    BALL_OF_STEP,
    BALL_FORGOTTEN,
    CUBE,
    THRESHOLD_OF_ALL,
    BOX_FORGOTTEN,
    BOX_FIRST,
    START_EACH_STEP,
    LENGTH_IN_L2,
    DEVIATION_FORGOTTEN,
    LOSS_AFTER
};

struct descent {
    enum mistake mistake;
    struct victim victim;
    struct jacobian at;
    int rescaled, dropped;
    size_t T, features;
    real rate, epsilon;
    real *x, *g, *d, *dz;
};

static struct descent read_descent(struct call *call)
{
    static const char *const balls[] = {"euclidean", "rescaled", NULL};
    static const char *const outwards[] = {"kept", "dropped", NULL};
    struct descent is = {.mistake = (enum mistake)call_variant(call)};
    victim_read(call, &is.victim);
    victim_read_goal(call, &is.victim);
    is.at = jacobian_create(call, &is.victim);
    is.rescaled = call_choice(call, "ball", balls);
    is.dropped = call_choice(call, "outward", outwards);
    is.T = call_count_or(call, "steps", 1, 1, 1 << 16);
    is.features = call_count_or(call, "features", 1, 1, is.victim.D);
    is.rate = call_number_or(call, "rate", R(1.0));
    is.epsilon = call_number_or(call, "epsilon", R(10.0));
    call_bind(call, 'T', is.T);
    is.x = call_scratch(call, is.victim.D);
    is.g = call_scratch(call, is.victim.D);
    is.d = call_scratch(call, is.victim.D);
    is.dz = call_scratch(call, is.victim.K);
    return is;
}

/* The loss of class y at x, and g. */
static real differentiate(struct descent *is, size_t y)
{
    size_t K = is->victim.K, other = K;
    jacobian_fill(&is->at, is->x);
    const real *z = is->at.z;
    for (size_t k = K; k-- > 0;)
        other = k != y && (other == K || z[k] >= z[other]) ? k : other;
    real most = z[other] > z[y] ? z[other] : z[y], others = 0;
    for (size_t k = K; k-- > 0;)
        others = others + (k == y ? 0 : real_exp(z[k] - most));
    real sum = others + real_exp(z[y] - most);
    int margin = is->victim.objective == VICTIM_MARGIN;
    for (size_t k = 0; k < K; k++) {
        is->dz[k] = k == y ? -others / sum : real_exp(z[k] - most) / sum;
        is->dz[k] = margin ? (real)(k == other) - (real)(k == y) : is->dz[k];
    }
    jacobian_combine(&is->at, is->g, is->dz);
    for (size_t d = 0; d < is->victim.D && is->mistake == DEVIATION_FORGOTTEN; d++)
        is->g[d] = is->g[d] * (is->victim.mean ? is->victim.deviation[d] : 1);
    return margin ? z[other] - z[y] : real_log(sum) + (most - z[y]);
}

/* g becomes the step: a feature is chosen when fewer than `features` others are steeper. */
static size_t choose(struct descent *is)
{
    const struct victim *victim = &is->victim;
    size_t D = victim->D, count = 0;
    int down = victim->goal == VICTIM_TARGET && is->mistake != TARGET_UPHILL;
    for (size_t d = 0; d < D; d++) {
        is->g[d] = down == (is->mistake == DOWNHILL) ? is->g[d] : -is->g[d];
        int out = is->g[d] > 0 ? is->x[d] >= victim->high : is->x[d] <= victim->low;
        is->g[d] = is->dropped && out ? 0 : is->g[d];
    }
    for (size_t d = 0; d < D; d++) {
        size_t steeper = 0;
        for (size_t j = 0; j < D; j++)
            steeper += real_abs(is->g[j]) > real_abs(is->g[d]);
        int chosen = is->g[d] != 0 && (steeper < is->features || is->mistake == ALL_SIGNS);
        is->d[d] = chosen ? is->g[d] : 0;
        count += (size_t)chosen;
    }
    for (size_t d = 0; d < D; d++) {
        real way = (real)((is->d[d] > 0) - (is->d[d] < 0));
        is->g[d] = is->mistake == SLOPES_KEPT ? is->d[d] : way;
        if (is->mistake != RATE_FOR_EACH && count > 0)
            is->g[d] = is->g[d] / real_count(count);
    }
    return count;
}

/* |d|_1 after taking theta from every magnitude. */
static real left_over(const struct descent *is, real theta)
{
    real sum = 0;
    for (size_t d = is->victim.D; d-- > 0;) {
        real left = real_abs(is->d[d]) - theta;
        sum = sum + (left > 0 ? left : 0);
    }
    return sum;
}

/* d into the ball: theta is corrected until the features that stay do not change (Newton's way). */
static void project(struct descent *is)
{
    size_t D = is->victim.D;
    real length = left_over(is, 0), theta = 0;
    if (!(length > is->epsilon) || is->mistake == BALL_FORGOTTEN)
        return;
    for (size_t round = 0; round <= D && !is->rescaled; round++) {
        size_t count = 0;
        real sum = 0;
        for (size_t d = D; d-- > 0;) {
            int stays = real_abs(is->d[d]) > theta || is->mistake == THRESHOLD_OF_ALL;
            sum = sum + (stays ? real_abs(is->d[d]) : 0);
            count += (size_t)stays;
        }
        theta = count > 0 ? (sum - is->epsilon) / real_count(count) : theta;
    }
    for (size_t d = 0; d < D; d++) {
        real size = real_abs(is->d[d]), left = size > theta ? size - theta : 0;
        left = is->rescaled ? size / length * is->epsilon : left;
        if (is->mistake == CUBE)
            left = size < is->epsilon ? size : is->epsilon;
        is->d[d] = is->d[d] < 0 ? -left : left;
    }
}

static real clip(const struct descent *is, real x)
{
    const struct victim *victim = &is->victim;
    if (!victim->boxed || is->mistake == BOX_FORGOTTEN)
        return x;
    return x < victim->low ? victim->low : x > victim->high ? victim->high : x;
}

/* Returns the length of the change. */
static real move(struct descent *is, const real *start)
{
    size_t D = is->victim.D;
    real length = 0, square = 0;
    for (size_t d = 0; d < D; d++) {
        real from = is->mistake == START_EACH_STEP ? start[d] : is->x[d];
        real to = from + is->rate * is->g[d];
        to = is->mistake == BOX_FIRST ? clip(is, to) : to;
        is->d[d] = to - (is->mistake == BALL_OF_STEP ? is->x[d] : start[d]);
    }
    project(is);
    for (size_t d = 0; d < D; d++) {
        real to = (is->mistake == BALL_OF_STEP ? is->x[d] : start[d]) + is->d[d];
        is->x[d] = is->mistake == BOX_FIRST ? to : clip(is, to);
        real change = is->x[d] - start[d];
        length = length + real_abs(change);
        square = square + change * change;
    }
    return is->mistake == LENGTH_IN_L2 ? real_sqrt(square) : length;
}

static void attack(struct call *call)
{
    struct descent is = read_descent(call);
    size_t N = is.victim.N, D = is.victim.D;
    real *iterates = call_output(call, "iterates", "TNa");
    real *losses = call_output(call, "losses", "TN");
    real *counts = call_output_integers(call, "counts", "TN");
    real *lengths = call_output(call, "lengths", "TN");
    real *class = call_output_integers(call, "class", "N");
    for (size_t n = 0; n < N; n++) {
        const real *start = &is.victim.x[n * D];
        size_t y = (size_t)is.victim.answer[n];
        for (size_t d = 0; d < D; d++)
            is.x[d] = start[d];
        for (size_t t = 0; t < is.T; t++) {
            losses[t * N + n] = differentiate(&is, y);
            counts[t * N + n] = real_count(choose(&is));
            lengths[t * N + n] = move(&is, start);
            for (size_t d = 0; d < D; d++)
                iterates[(t * N + n) * D + d] = is.x[d];
            if (is.mistake == LOSS_AFTER)
                losses[t * N + n] = differentiate(&is, y);
        }
        jacobian_fill(&is.at, is.x);
        class[n] = real_count(jacobian_class(&is.at));
    }
}

static const struct fork table[] = {
    {.info = {"newton_thresholds", FORK_TWIN, "",
              "The threshold by repeated correction, without sorting; slopes forwards.", NULL},
     .answer = attack},
    {.info = {"always_euclidean", FORK_CONVENTION, "244", "The nearest place of the ball.", NULL},
     .instead = {"ball", "euclidean"}},
    {.info = {"always_rescaled", FORK_CONVENTION, "244", "Scaled into the ball.", NULL},
     .instead = {"ball", "rescaled"}},
    {.info = {"outward_kept", FORK_CONVENTION, "", "Slopes out of the box count.", NULL},
     .instead = {"outward", "kept"}},
    {.info = {"outward_dropped", FORK_CONVENTION, "", "Slopes out of the box do not count.", NULL},
     .instead = {"outward", "dropped"}},
    {.info = {"one_feature", FORK_CONVENTION, "", "The steepest feature alone.", NULL},
     .number = {"features", 1}},
    {.info = {"rate_for_each", FORK_BUG, "", "Each feature moves by the whole rate.", NULL},
     .answer = attack,
     .variant = RATE_FOR_EACH},
    {.info = {"slopes_kept", FORK_BUG, "245", "Slopes in place of signs.", NULL},
     .answer = attack,
     .variant = SLOPES_KEPT},
    {.info = {"all_features", FORK_BUG, "", "All features move.", NULL},
     .answer = attack,
     .variant = ALL_SIGNS},
    {.info = {"downhill", FORK_BUG, "250", "The wrong way.", NULL},
     .answer = attack,
     .variant = DOWNHILL},
    {.info = {"target_uphill", FORK_BUG, "250", "Away from the target.", NULL},
     .answer = attack,
     .variant = TARGET_UPHILL},
    {.info = {"ball_of_step", FORK_BUG, "256", "The ball is around x_t.", NULL},
     .answer = attack,
     .variant = BALL_OF_STEP},
    {.info = {"ball_forgotten", FORK_BUG, "", "No ball.", NULL},
     .answer = attack,
     .variant = BALL_FORGOTTEN},
    {.info = {"cube", FORK_BUG, "", "A cube in place of the ball.", NULL},
     .answer = attack,
     .variant = CUBE},
    {.info = {"threshold_of_all", FORK_BUG, "244", "Features that fall to 0 count for theta.",
              NULL},
     .answer = attack,
     .variant = THRESHOLD_OF_ALL},
    {.info = {"box_forgotten", FORK_BUG, "", "Leaves the box.", NULL},
     .answer = attack,
     .variant = BOX_FORGOTTEN},
    {.info = {"box_first", FORK_CONVENTION, "243", "The box, then the ball.", NULL},
     .answer = attack,
     .variant = BOX_FIRST},
    {.info = {"steps_from_start", FORK_BUG, "", "Every step begins at x.", NULL},
     .answer = attack,
     .variant = START_EACH_STEP},
    {.info = {"length_in_l2", FORK_BUG, "", "Lengths in L2.", NULL},
     .answer = attack,
     .variant = LENGTH_IN_L2},
    {.info = {"deviation_forgotten", FORK_BUG, "259", "Slopes of normalised inputs.", NULL},
     .answer = attack,
     .variant = DEVIATION_FORGOTTEN},
    {.info = {"losses_after", FORK_CONVENTION, "", "Losses behind the steps.", NULL},
     .answer = attack,
     .variant = LOSS_AFTER},
};

const struct fork_list sparse_descent_attack_forks = {sizeof table / sizeof *table, table};
