// SPDX-License-Identifier: MIT
#include "../../reference/regularization/l2_penalty.h"
#include "../fork.h"

/* One call. The forks below change a field of it and answer again; `slope` stands for 2 factor. */
struct ridge {
    const real *w, *b; /* b: NULL without biases */
    real *dw, *db, *penalty;
    real factor, slope, samples, dpenalty;
    size_t P, Q, block;
    int included;
};

static real squares_of(const struct ridge *r)
{
    real squares = sum_sample_products(r->P, r->block, r->w, 1, r->w, 1);
    if (r->b && r->included)
        squares += sum_sample_products(r->Q, r->block, r->b, 1, r->b, 1);
    return squares;
}

static void answer(const struct ridge *r)
{
    *r->penalty = r->factor * squares_of(r);
    for (size_t i = 0; i < r->P; i++)
        r->dw[i] = r->slope * r->w[i] * r->dpenalty;
    for (size_t i = 0; r->b && i < r->Q; i++)
        r->db[i] = r->included ? r->slope * r->b[i] * r->dpenalty : 0;
}

static struct ridge read(struct call *call)
{
    static const char *const halves[] = {"no", "yes", NULL};
    static const char *const biases[] = {"excluded", "included", NULL};
    struct ridge r = {.w = call_input(call, "w", "P"), .P = call_size(call, 'P')};
    r.block = call_block(call);
    r.samples = call_number_or(call, "samples", 1);
    real f = call_choice(call, "half", halves) == 1 ? R(0.5) : 1;
    r.factor = f * call_number(call, "lambda") / r.samples;
    r.slope = 2 * r.factor;
    r.included = call_choice(call, "biases", biases);
    r.dpenalty = call_has(call, "dpenalty") ? *call_input(call, "dpenalty", "") : 1;
    r.dw = call_output(call, "dw", "P");
    if (call_has(call, "b")) {
        r.b = call_input(call, "b", "Q");
        r.Q = call_size(call, 'Q');
        r.db = call_output(call, "db", "Q");
    }
    r.penalty = call_output(call, "penalty", "");
    answer(&r);
    return r;
}

/* Each square with its factor, the last parameter first; the gradient by polarisation: the penalty
 * of w + 1 less that of w - 1 is twice its slope. */
static void polarised(struct call *call)
{
    struct ridge r = read(call);
    real penalty = 0, quarter = r.factor * r.dpenalty / 2;
    for (size_t i = r.included && r.b ? r.Q : 0; i-- > 0;) {
        penalty += r.factor * r.b[i] * r.b[i];
        r.db[i] = quarter * (4 * r.b[i]);
    }
    for (size_t i = r.P; i-- > 0;) {
        penalty += r.factor * r.w[i] * r.w[i];
        r.dw[i] = quarter * (4 * r.w[i]);
    }
    *r.penalty = penalty;
}

static void gradient_without_two(struct call *call)
{
    struct ridge r = read(call);
    r.slope = r.factor;
    answer(&r);
}

static void gradient_with_another_two(struct call *call)
{
    struct ridge r = read(call);
    r.slope = 4 * r.factor;
    answer(&r);
}

static void not_divided(struct call *call)
{
    struct ridge r = read(call);
    r.factor = r.factor * r.samples;
    r.slope = 2 * r.factor;
    answer(&r);
}

static void gradient_not_divided(struct call *call)
{
    struct ridge r = read(call);
    r.slope = 2 * r.factor * r.samples;
    answer(&r);
}

static void mean_of_squares(struct call *call)
{
    struct ridge r = read(call);
    r.factor = r.factor / real_count(r.P);
    r.slope = 2 * r.factor;
    answer(&r);
}

static void norm_not_squared(struct call *call)
{
    struct ridge r = read(call);
    real norm = real_sqrt(squares_of(&r));
    *r.penalty = r.factor * norm;
    for (size_t i = 0; i < r.P; i++)
        r.dw[i] = r.factor * r.w[i] / norm * r.dpenalty;
}

static void biases_always(struct call *call)
{
    struct ridge r = read(call);
    r.included = 1;
    answer(&r);
}

static void biases_never(struct call *call)
{
    struct ridge r = read(call);
    r.included = 0;
    answer(&r);
}

static void biases_only_in_value(struct call *call)
{
    struct ridge r = read(call);
    for (size_t i = 0; r.b && i < r.Q; i++)
        r.db[i] = 0;
}

static void upstream_ignored(struct call *call)
{
    struct ridge r = read(call);
    r.dpenalty = 1;
    answer(&r);
}

static void gradient_of_magnitude(struct call *call)
{
    struct ridge r = read(call);
    for (size_t i = 0; i < r.P; i++)
        r.dw[i] = r.slope * real_abs(r.w[i]) * r.dpenalty;
}

static void last_block_lost(struct call *call)
{
    struct ridge r = read(call);
    size_t whole = r.P / r.block * r.block;
    if (r.P <= r.block || whole == r.P)
        return;
    r.P = whole;
    *r.penalty = r.factor * squares_of(&r);
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"polarised", FORK_TWIN, "",
              "Each square with its factor, last parameter first; the gradient from a difference.",
               NULL},
     .answer = polarised},
    {.info = {"with_half", FORK_CONVENTION, "55",
     "Half of the square, where the whole one is asked for.", NULL},
     .instead = {"half", "yes"}},
    {.info = {"without_half", FORK_CONVENTION, "55",
     "The whole square, where half of it is asked for.", NULL},
     .instead = {"half", "no"}},
    {.info = {"gradient_without_two", FORK_BUG, "55", "The gradient is lambda w for lambda |w|^2.",
     NULL},
     .answer = gradient_without_two},
    {.info = {"gradient_with_another_two", FORK_BUG, "55",
     "The factor 2 of the gradient is applied twice.", NULL},
     .answer = gradient_with_another_two},
    {.info = {"not_divided", FORK_BUG, "56", "The penalty is not divided by the number of samples.",
     NULL},
     .answer = not_divided},
    {.info = {"gradient_not_divided", FORK_BUG, "56",
     "The value is divided by the samples, its gradient is not.", NULL},
     .answer = gradient_not_divided},
    {.info = {"mean_of_squares", FORK_CONVENTION, "",
     "The mean of the squares instead of their sum.", NULL},
     .answer = mean_of_squares},
    {.info = {"norm_not_squared", FORK_BUG, "",
     "The norm itself, as its name suggests, not its square.", NULL},
     .answer = norm_not_squared},
    {.info = {"biases_always", FORK_CONVENTION, "",
     "Biases are penalised where they should be spared.", NULL},
     .answer = biases_always},
    {.info = {"biases_never", FORK_CONVENTION, "",
     "Biases are spared where they should be penalised.", NULL},
     .answer = biases_never},
    {.info = {"biases_only_in_value", FORK_BUG, "", "Biases cost something but get no gradient.",
     NULL},
     .answer = biases_only_in_value},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken for 1.", NULL},
     .answer = upstream_ignored},
    {.info = {"gradient_of_magnitude", FORK_BUG, "",
     "The gradient has lost the sign of the weight.", NULL},
     .answer = gradient_of_magnitude},
    {.info = {"last_block_lost", FORK_BUG, "", "A short last block is left out of the sum.", NULL},
     .answer = last_block_lost},
    /* clang-format on */
};

const struct fork_list l2_penalty_forks = {sizeof table / sizeof *table, table};
