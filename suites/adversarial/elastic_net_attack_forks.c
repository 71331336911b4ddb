// SPDX-License-Identifier: MIT
#include "../fork.h"
#include "jacobian_forks.h"

enum mistake {
    NONE,
    SLACK_JUDGED,
    SLACK_ANSWERED,
    SLOPES_AT_X,
    DISTANCE_OF_INPUT,
    SHRINKS_INPUT,
    HARD_THRESHOLD,
    NOT_CUT,
    SLACK_CUT,
    DECAY_LINEAR,
    DECAY_ONE_LATE,
    INERTIA_OF_NESTEROV,
    LAST_SUCCESS,
    KAPPA_IN_HINGE_ALONE,
    SQUARE_HALVED,
    L1_IN_SLOPE,
    BETA_NOT_IN_RULE,
    OTHER_MASKED,
    ONE_CONSTANT,
    ROOT_OF_SQUARE
};

struct net {
    enum mistake mistake;
    struct victim victim;
    struct jacobian at;
    int plain, rule, from_one, scaled, undecayed;
    size_t S;
    real rate, beta, kappa;
    const real *c;
    real *x, *y, *old, *dx, *dz; /* (D) four times, (K) */
};

static struct net read_net(struct call *call)
{
    static const char *const descents[] = {"fista", "ista", NULL};
    static const char *const rules[] = {"elastic_net", "l1", "l2", NULL};
    static const char *const momenta[] = {"from_zero", "from_one", NULL};
    static const char *const thresholds[] = {"beta", "rate_beta", NULL};
    static const char *const decays[] = {"root", "none", NULL};
    struct net net = {.mistake = (enum mistake)call_variant(call)};
    victim_read(call, &net.victim);
    victim_read_goal(call, &net.victim);
    net.at = jacobian_create(call, &net.victim);
    net.c = call_input(call, "c", "N");
    net.plain = call_choice(call, "descent", descents);
    net.rule = call_choice(call, "rule", rules);
    net.from_one = call_choice(call, "momentum", momenta);
    net.scaled = call_choice(call, "threshold", thresholds);
    net.undecayed = call_choice(call, "decay", decays);
    net.S = call_count_or(call, "steps", 1000, 1, 1 << 20);
    net.rate = call_number_or(call, "rate", R(1e-2));
    net.beta = call_number_or(call, "beta", R(1e-2));
    net.kappa = call_number_or(call, "kappa", R(0.0));
    call_bind(call, 'S', net.S);
    size_t D = net.victim.D;
    net.x = call_scratch(call, D);
    net.y = call_scratch(call, D);
    net.old = call_scratch(call, D);
    net.dx = call_scratch(call, D);
    net.dz = call_scratch(call, net.victim.K);
    return net;
}

/* The gap at p (D); dz: of c times the hinge. */
static real find_gap(struct net *net, const real *p, size_t n, real kappa)
{
    size_t K = net->victim.K, y = (size_t)net->victim.answer[n], other = K;
    real c = net->c[net->mistake == ONE_CONSTANT ? 0 : n];
    jacobian_fill(&net->at, p);
    const real *z = net->at.z;
    for (size_t k = K; k-- > 0;) {
        net->dz[k] = 0;
        other = k != y && (other == K || z[k] >= z[other]) ? k : other;
    }
    real way = net->victim.goal == VICTIM_TARGET ? -1 : 1, rival = z[other];
    rival = net->mistake == OTHER_MASKED && rival < 0 ? 0 : rival;
    real gap = way * (z[y] - rival) + kappa;
    if (gap > 0) {
        net->dz[y] = way * c;
        net->dz[other] = rival == z[other] ? -way * c : 0;
    }
    return gap;
}

/* |p - x|_2^2 and |p - x|_1. */
static real measure(const struct net *net, const real *p, size_t n, real *magnitude)
{
    real square = 0;
    *magnitude = 0;
    for (size_t d = net->victim.D; d-- > 0;) {
        real start = net->victim.x[n * net->victim.D + d];
        real change = p[d] - (net->mistake == DISTANCE_OF_INPUT ? 0 : start);
        square = square + change * change;
        *magnitude = *magnitude + real_abs(change);
    }
    return square;
}

static real differentiate(struct net *net, size_t n)
{
    size_t D = net->victim.D;
    const real *p = net->mistake == SLOPES_AT_X ? net->x : net->y, *x = &net->victim.x[n * D];
    real gap = find_gap(net, p, n, net->kappa), magnitude;
    jacobian_combine(&net->at, net->dx, net->dz);
    for (size_t d = 0; d < D; d++) {
        real change = p[d] - (net->mistake == DISTANCE_OF_INPUT ? 0 : x[d]);
        real weight = net->mistake == SQUARE_HALVED ? 1 : 2;
        net->dx[d] = net->dx[d] + weight * change;
        if (net->mistake == L1_IN_SLOPE)
            net->dx[d] = net->dx[d] + net->beta * (real)((change > 0) - (change < 0));
    }
    real c = net->c[net->mistake == ONE_CONSTANT ? 0 : n];
    return measure(net, p, n, &magnitude) + (gap > 0 ? c * gap : 0);
}

static real clip(const struct victim *victim, real x)
{
    if (!victim->boxed)
        return x;
    return x < victim->low ? victim->low : x > victim->high ? victim->high : x;
}

/* x + the change made smaller by the threshold, in the box. */
static real shrink(const struct net *net, real w, real x, real threshold)
{
    real from = net->mistake == SHRINKS_INPUT ? 0 : x, change = w - from;
    real size = real_abs(change) - threshold, sign = change < 0 ? -1 : 1;
    if (!(size > 0))
        return from;
    real to = net->mistake == HARD_THRESHOLD ? w : w - sign * threshold;
    return net->mistake == NOT_CUT ? to : clip(&net->victim, to);
}

static void step(struct net *net, size_t n, size_t k, real *t)
{
    size_t D = net->victim.D;
    real left = real_count(net->S - k - (net->mistake == DECAY_ONE_LATE)) / real_count(net->S);
    real rate = net->rate * (net->mistake == DECAY_LINEAR ? left : real_sqrt(left));
    rate = net->undecayed ? net->rate : rate;
    real q = real_count(k + (size_t)net->from_one), next = (1 + real_sqrt(1 + 4 * *t * *t)) / 2;
    real inertia = net->mistake == INERTIA_OF_NESTEROV ? (*t - 1) / next : q / (q + 3);
    real threshold = net->beta * (net->scaled ? rate : 1);
    *t = next;
    for (size_t d = 0; d < D; d++) {
        real w = net->y[d] - rate * net->dx[d];
        net->old[d] = net->x[d];
        net->x[d] = shrink(net, w, net->victim.x[n * D + d], threshold);
        net->y[d] = net->x[d];
        if (!net->plain)
            net->y[d] = net->x[d] - (net->old[d] - net->x[d]) * inertia;
        if (net->mistake == SLACK_CUT)
            net->y[d] = clip(&net->victim, net->y[d]);
    }
}

static int judge(struct net *net, real *adversarial, real *distance, real *found, size_t n)
{
    const real *p = net->mistake == SLACK_JUDGED ? net->y : net->x;
    real kappa = net->mistake == KAPPA_IN_HINGE_ALONE ? 0 : net->kappa, magnitude;
    if (!(find_gap(net, p, n, kappa) < 0))
        return 0;
    real now = measure(net, net->x, n, &magnitude);
    now = net->mistake == ROOT_OF_SQUARE ? real_sqrt(now) : now;
    if (net->rule == 0 && net->mistake != BETA_NOT_IN_RULE)
        now = now + net->beta * magnitude;
    now = net->rule == 1 ? magnitude : now;
    if (found[n] > 0 && now >= distance[n] && net->mistake != LAST_SUCCESS)
        return 0;
    distance[n] = now;
    for (size_t d = 0; d < net->victim.D; d++)
        adversarial[d] = net->mistake == SLACK_ANSWERED ? net->y[d] : net->x[d];
    return 1;
}

static void attack(struct call *call)
{
    struct net net = read_net(call);
    size_t N = net.victim.N, D = net.victim.D;
    real *iterates = call_output(call, "iterates", "SNa");
    real *slack = call_output(call, "slack", "SNa");
    real *objective = call_output(call, "objective", "SN");
    real *adversarial = call_output(call, "adversarial", "Na");
    real *distance = call_output(call, "distance", "N");
    real *found = call_output_integers(call, "found", "N");
    for (size_t n = 0; n < N; n++) {
        real t = 1;
        for (size_t d = 0; d < D; d++)
            adversarial[n * D + d] = net.x[d] = net.y[d] = net.victim.x[n * D + d];
        for (size_t k = 0; k < net.S; k++) {
            objective[k * N + n] = differentiate(&net, n);
            step(&net, n, k, &t);
            for (size_t d = 0; d < D; d++) {
                iterates[(k * N + n) * D + d] = net.x[d];
                slack[(k * N + n) * D + d] = net.y[d];
            }
            if (judge(&net, &adversarial[n * D], distance, found, n))
                found[n] = real_count(k + 1);
        }
    }
}

static const struct fork table[] = {
    {.info = {"soft_thresholds", FORK_TWIN, "",
              "Changes shrunk by their magnitude, slopes forwards, one sample after the other.",
              NULL},
     .answer = attack},
    {.info = {"always_fista", FORK_CONVENTION, "", "With inertia.", NULL},
     .instead = {"descent", "fista"}},
    {.info = {"always_ista", FORK_CONVENTION, "", "Without inertia.", NULL},
     .instead = {"descent", "ista"}},
    {.info = {"rule_elastic_net", FORK_CONVENTION, "", "The elastic net decides.", NULL},
     .instead = {"rule", "elastic_net"}},
    {.info = {"rule_l1", FORK_CONVENTION, "", "The sum of changes decides.", NULL},
     .instead = {"rule", "l1"}},
    {.info = {"inertia_from_zero", FORK_CONVENTION, "", "k / (k + 3), from 0.", NULL},
     .instead = {"momentum", "from_zero"}},
    {.info = {"inertia_from_one", FORK_CONVENTION, "", "(k + 1) / (k + 4).", NULL},
     .instead = {"momentum", "from_one"}},
    {.info = {"threshold_beta", FORK_CONVENTION, "", "beta, whatever the rate.", NULL},
     .instead = {"threshold", "beta"}},
    {.info = {"threshold_proximal", FORK_CONVENTION, "", "The rate times beta.", NULL},
     .instead = {"threshold", "rate_beta"}},
    {.info = {"rate_decays", FORK_CONVENTION, "", "By the root of what is left.", NULL},
     .instead = {"decay", "root"}},
    {.info = {"rate_constant", FORK_CONVENTION, "", "No decay.", NULL},
     .instead = {"decay", "none"}},
    {.info = {"no_kappa", FORK_BUG, "", "No confidence.", NULL}, .number = {"kappa", 0}},
    {.info = {"slack_judged", FORK_BUG, "254", "Whether y succeeds decides about x.", NULL},
     .answer = attack,
     .variant = SLACK_JUDGED},
    {.info = {"slack_answered", FORK_BUG, "254", "y is the answer.", NULL},
     .answer = attack,
     .variant = SLACK_ANSWERED},
    {.info = {"slopes_at_x", FORK_BUG, "254", "Slopes at x, not at y.", NULL},
     .answer = attack,
     .variant = SLOPES_AT_X},
    {.info = {"distance_from_origin", FORK_BUG, "256", "|y|, not |y - x|.", NULL},
     .answer = attack,
     .variant = DISTANCE_OF_INPUT},
    {.info = {"shrinks_input", FORK_BUG, "", "The input is shrunk to 0, not its change.", NULL},
     .answer = attack,
     .variant = SHRINKS_INPUT},
    {.info = {"hard_threshold", FORK_BUG, "", "What is above the threshold is not shrunk.", NULL},
     .answer = attack,
     .variant = HARD_THRESHOLD},
    {.info = {"not_cut", FORK_BUG, "", "x leaves the box.", NULL},
     .answer = attack,
     .variant = NOT_CUT},
    {.info = {"slack_cut", FORK_CONVENTION, "", "y is cut too.", NULL},
     .answer = attack,
     .variant = SLACK_CUT},
    {.info = {"decay_linear", FORK_BUG, "", "No root over what is left.", NULL},
     .answer = attack,
     .variant = DECAY_LINEAR},
    {.info = {"decay_one_late", FORK_BUG, "", "1 - (k + 1) / steps.", NULL},
     .answer = attack,
     .variant = DECAY_ONE_LATE},
    {.info = {"inertia_of_beck", FORK_CONVENTION, "", "(t - 1) / t' of Beck and Teboulle.", NULL},
     .answer = attack,
     .variant = INERTIA_OF_NESTEROV},
    {.info = {"last_success", FORK_BUG, "", "The last success, not the smallest.", NULL},
     .answer = attack,
     .variant = LAST_SUCCESS},
    {.info = {"success_without_kappa", FORK_BUG, "", "Any other class is a success.", NULL},
     .answer = attack,
     .variant = KAPPA_IN_HINGE_ALONE},
    {.info = {"square_halved", FORK_BUG, "", "The 2 of the square is lost.", NULL},
     .answer = attack,
     .variant = SQUARE_HALVED},
    {.info = {"l1_in_slope", FORK_BUG, "", "beta counts in the slope, too.", NULL},
     .answer = attack,
     .variant = L1_IN_SLOPE},
    {.info = {"beta_not_in_rule", FORK_BUG, "", "The elastic net without its L1 part.", NULL},
     .answer = attack,
     .variant = BETA_NOT_IN_RULE},
    {.info = {"other_masked", FORK_BUG, "253", "The largest other logit is never below 0.", NULL},
     .answer = attack,
     .variant = OTHER_MASKED},
    {.info = {"one_constant", FORK_BUG, "", "The first sample's c for all.", NULL},
     .answer = attack,
     .variant = ONE_CONSTANT},
    {.info = {"root_of_square", FORK_CONVENTION, "", "|.|_2, not its square.", NULL},
     .answer = attack,
     .variant = ROOT_OF_SQUARE},
};

const struct fork_list elastic_net_attack_forks = {sizeof table / sizeof *table, table};
