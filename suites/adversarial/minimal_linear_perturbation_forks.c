// SPDX-License-Identifier: MIT
#include "../../reference/adversarial/hyperplane.h"
#include "../fork.h"

enum mistake {
    NONE,
    PRIMAL_NORM,
    SQUARE_FORGOTTEN,
    ALONG_SECOND,
    OWN_WEIGHTS_ALONE,
    BIAS_FORGOTTEN,
    SIGN_TURNED,
    OVERSHOOT_ON_INPUT,
    OVERSHOOT_IN_CHANGE,
    DISTANCE_OF_INPUT,
    DISTANCE_SQUARED,
    STRICTLY_ABOVE,
    LABEL_FORGIVEN,
    MEAN_NORM
};

struct model {
    enum mistake mistake;
    size_t N, D, K;
    int binary, by_label, is_signed, last;
    enum hyperplane_norm norm;
    const real *x, *w, *b;
    const int *labels, *targets;
    real *z, *v;
};

static struct model read_model(struct call *call)
{
    static const char *const models[] = {"binary", "multi_class", NULL};
    static const char *const owns[] = {"prediction", "label", NULL};
    static const char *const wrongs[] = {"zero", "signed", NULL};
    static const char *const ties[] = {"first", "last", NULL};
    static const char *const targets[] = {"nearest", "given", NULL};
    struct model m = {.mistake = (enum mistake)call_variant(call)};
    m.binary = call_choice(call, "model", models) == 0;
    m.is_signed = call_choice(call, "wrong", wrongs);
    m.last = call_choice(call, "ties", ties);
    m.norm = hyperplane_norm(call);
    m.x = call_input(call, "x", "ND");
    m.w = call_input(call, "w", m.binary ? "D" : "DK");
    m.b = call_input(call, "b", m.binary ? "" : "K");
    m.N = call_size(call, 'N');
    m.D = call_size(call, 'D');
    m.K = m.binary ? 2 : call_size(call, 'K');
    if (call_choice(call, "own", owns))
        m.labels = call_integers(call, "labels", "N", 0, (int)m.K - 1);
    if (call_choice(call, "target", targets))
        m.targets = call_integers(call, "targets", "N", 0, (int)m.K - 1);
    m.z = call_scratch(call, m.K);
    m.v = call_scratch(call, m.D);
    return m;
}

/* A binary model is one of two classes with outputs -f / 2 and f / 2. */
static real weight(const struct model *m, size_t d, size_t k)
{
    if (m->binary)
        return k == 1 ? m->w[d] / 2 : -m->w[d] / 2;
    return m->w[d * m->K + k];
}

static size_t own_class(const struct model *m, const real *x, size_t n)
{
    size_t c = m->binary && m->mistake != STRICTLY_ABOVE ? 1 : 0;
    for (size_t k = 0; k < m->K; k++) {
        m->z[k] = m->binary ? (k == 1 ? *m->b / 2 : -*m->b / 2) : m->b[k];
        m->z[k] = m->mistake == BIAS_FORGOTTEN ? 0 : m->z[k];
        for (size_t d = m->D; d-- > 0;)
            m->z[k] = m->z[k] + x[d] * weight(m, d, k);
    }
    for (size_t k = 0; k < m->K; k++)
        c = m->z[k] > m->z[c] ? k : c;
    return m->labels ? (size_t)m->labels[n] : c;
}

static void toward(const struct model *m, size_t c, size_t k)
{
    for (size_t d = 0; d < m->D; d++)
        m->v[d] = weight(m, d, k) - (m->mistake == OWN_WEIGHTS_ALONE ? 0 : weight(m, d, c));
}

static real dual(const struct model *m)
{
    real sum = 0, square = 0, largest = 0;
    for (size_t d = m->D; d-- > 0;) {
        real size = real_abs(m->v[d]);
        sum = sum + size;
        square = square + size * size;
        largest = size > largest ? size : largest;
    }
    if (m->mistake == MEAN_NORM)
        return sum / real_count(m->D);
    if (m->norm == HYPERPLANE_L2)
        return m->mistake == SQUARE_FORGOTTEN ? square : real_sqrt(square);
    return (m->norm == HYPERPLANE_L1) == (m->mistake == PRIMAL_NORM) ? sum : largest;
}

static size_t nearest(const struct model *m, size_t c)
{
    size_t best = m->K;
    real least = 0;
    for (size_t k = 0; k < m->K; k++) {
        if (k == c)
            continue;
        toward(m, c, k);
        real distance = m->z[c] - m->z[k];
        if (m->mistake != ALONG_SECOND)
            distance = distance / dual(m);
        if (best == m->K || distance < least) {
            best = k;
            least = distance;
        }
    }
    return best;
}

/* r: the distance along the direction of length 1 in the norm. */
static void reach(const struct model *m, real *r, real distance)
{
    size_t place = 0, D = m->D;
    for (size_t d = 0; d < D; d++) {
        real gap = real_abs(m->v[d]) - real_abs(m->v[place]);
        place = gap > 0 || (gap == 0 && m->last) ? d : place;
    }
    real length = dual(m);
    for (size_t d = 0; d < D; d++) {
        real sign = (real)((m->v[d] > 0) - (m->v[d] < 0));
        r[d] = m->norm == HYPERPLANE_L2 ? m->v[d] / length * distance : sign * distance;
        if (m->norm == HYPERPLANE_L1 && d != place)
            r[d] = 0;
        r[d] = m->mistake == SIGN_TURNED ? -r[d] : r[d];
    }
}

static real length_of(const struct model *m, const real *y)
{
    real square = 0;
    for (size_t d = 0; d < m->D; d++)
        square = square + y[d] * y[d];
    return real_sqrt(square);
}

static void answer_linear(struct call *call)
{
    struct model m = read_model(call);
    real more = call_number_or(call, "overshoot", R(0.0));
    real *distance = call_output(call, "distance", "N");
    real *class = call_output_integers(call, "class", "N");
    real *perturbation = call_output(call, "perturbation", "ND");
    real *boundary = call_output(call, "boundary", "ND");
    for (size_t n = 0; n < m.N; n++) {
        const real *x = &m.x[n * m.D];
        real *r = &perturbation[n * m.D], *end = &boundary[n * m.D];
        size_t c = own_class(&m, x, n), k = m.targets ? (size_t)m.targets[n] : nearest(&m, c);
        toward(&m, c, k);
        real margin = m.z[c] - m.z[k];
        if (margin < 0 && !m.is_signed)
            margin = m.mistake == LABEL_FORGIVEN ? -margin : 0;
        distance[n] = margin / dual(&m);
        class[n] = real_count(k);
        reach(&m, r, distance[n]);
        for (size_t d = 0; d < m.D; d++) {
            end[d] = x[d] + (1 + more) * r[d];
            if (m.mistake == OVERSHOOT_ON_INPUT)
                end[d] = (1 + more) * (x[d] + r[d]);
            if (m.mistake == OVERSHOOT_IN_CHANGE)
                r[d] = (1 + more) * r[d];
        }
        if (m.mistake == DISTANCE_OF_INPUT)
            distance[n] = length_of(&m, end);
        if (m.mistake == DISTANCE_SQUARED)
            distance[n] = distance[n] * distance[n];
    }
}

static const struct fork table[] = {
    {.info = {"unit_directions", FORK_TWIN, "",
              "Differences of logits, and the distance along a direction of length 1.", NULL},
     .answer = answer_linear},
    {.info = {"always_l2", FORK_CONVENTION, "", "The smallest in L2.", NULL},
     .instead = {"norm", "l2"}},
    {.info = {"always_l_infinity", FORK_CONVENTION, "", "The smallest largest change.", NULL},
     .instead = {"norm", "l_infinity"}},
    {.info = {"always_l1", FORK_CONVENTION, "", "The smallest sum of changes.", NULL},
     .instead = {"norm", "l1"}},
    {.info = {"from_prediction", FORK_CONVENTION, "250",
              "The own class is the prediction, not the label.", NULL},
     .instead = {"own", "prediction"}},
    {.info = {"margins_signed", FORK_CONVENTION, "252",
              "Beyond the boundary the distance is negative.", NULL},
     .instead = {"wrong", "signed"}},
    {.info = {"margins_cut", FORK_CONVENTION, "252", "Beyond the boundary the distance is 0.",
              NULL},
     .instead = {"wrong", "zero"}},
    {.info = {"ties_first", FORK_CONVENTION, "", "The first of equal weights moves.", NULL},
     .instead = {"ties", "first"}},
    {.info = {"ties_last", FORK_CONVENTION, "", "The last of equal weights moves.", NULL},
     .instead = {"ties", "last"}},
    {.info = {"target_ignored", FORK_BUG, "250", "The nearest class in place of the target.", NULL},
     .instead = {"target", "nearest"}},
    {.info = {"overshoot_ignored", FORK_BUG, "252", "Stops on the boundary.", NULL},
     .number = {"overshoot", 0}},
    {.info = {"primal_norm", FORK_BUG, "", "Divides by the norm itself in place of its dual.",
              NULL},
     .answer = answer_linear,
     .variant = PRIMAL_NORM},
    {.info = {"square_as_distance", FORK_BUG, "", "|f| / |w|^2 is taken for the distance.", NULL},
     .answer = answer_linear,
     .variant = SQUARE_FORGOTTEN},
    {.info = {"mean_of_weights", FORK_BUG, "248", "Divides by the mean of |w|.", NULL},
     .answer = answer_linear,
     .variant = MEAN_NORM},
    {.info = {"second_largest_class", FORK_BUG, "",
              "Goes to the class with the next largest output.", NULL},
     .answer = answer_linear,
     .variant = ALONG_SECOND},
    {.info = {"own_weights_alone", FORK_BUG, "",
              "The direction is the other class's weights, not a difference.", NULL},
     .answer = answer_linear,
     .variant = OWN_WEIGHTS_ALONE},
    {.info = {"bias_forgotten", FORK_BUG, "", "The boundary goes through the origin.", NULL},
     .answer = answer_linear,
     .variant = BIAS_FORGOTTEN},
    {.info = {"away_from_boundary", FORK_BUG, "", "The change has the other sign.", NULL},
     .answer = answer_linear,
     .variant = SIGN_TURNED},
    {.info = {"overshoot_on_input", FORK_BUG, "252", "The overshoot multiplies the input too.",
              NULL},
     .answer = answer_linear,
     .variant = OVERSHOOT_ON_INPUT},
    {.info = {"overshoot_in_change", FORK_CONVENTION, "252",
              "The perturbation has the overshoot in it.", NULL},
     .answer = answer_linear,
     .variant = OVERSHOOT_IN_CHANGE},
    {.info = {"distance_from_origin", FORK_BUG, "256",
              "The length of what is reached, not of the change.", NULL},
     .answer = answer_linear,
     .variant = DISTANCE_OF_INPUT},
    {.info = {"distance_squared", FORK_BUG, "", "The square of the distance.", NULL},
     .answer = answer_linear,
     .variant = DISTANCE_SQUARED},
    {.info = {"class_above_0", FORK_CONVENTION, "", "f = 0 is class 0.", NULL},
     .answer = answer_linear,
     .variant = STRICTLY_ABOVE},
    {.info = {"already_wrong_moves", FORK_BUG, "252",
              "An input of another class is pushed on, by |f|.", NULL},
     .answer = answer_linear,
     .variant = LABEL_FORGIVEN},
};

const struct fork_list minimal_linear_perturbation_forks = {sizeof table / sizeof *table, table};
