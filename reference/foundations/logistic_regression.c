// SPDX-License-Identifier: MIT
#include "logistic_regression.h"

void logistic_regression_predict(real *p, real *loss, const real *v,
                                 const struct logistic_problem *problem)
{
    size_t D = problem->D, K = D + 1;
    for (size_t n = 0; n < problem->N; n++) {
        real z = sum_products(v[D], D, &problem->x[n * K], 1, v, 1);
        real e = real_exp(-real_abs(z));
        p[n] = z < 0 ? e / (1 + e) : 1 / (1 + e);
        loss[n] = ((z > 0 ? z : 0) - z * (real)problem->target[n]) + real_log1p(e);
    }
}

/* A sum over samples, or their mean. */
static real reduced(real sum, const struct logistic_problem *problem)
{
    return problem->sum ? sum : sum / real_count(problem->N);
}

real logistic_regression_gradient(real *g, const real *residual, const real *loss, const real *v,
                                  const struct logistic_problem *problem)
{
    size_t N = problem->N, K = problem->D + 1;
    size_t penalised = problem->penalises_bias ? K : K - 1;
    real total = reduced(sum_samples(N, problem->block, loss, 1), problem);
    for (size_t i = 0; i < K; i++)
        g[i] = reduced(sum_sample_products(N, problem->block, residual, 1, &problem->x[i], K),
                       problem);
    for (size_t i = 0; i < penalised && problem->l2 != 0; i++)
        g[i] = g[i] + problem->l2 * v[i];
    if (problem->l2 == 0)
        return total;
    return total + problem->l2 / 2 * sum_products(0, penalised, v, 1, v, 1);
}

void logistic_regression_hessian(real *h, real *scaled, const real *p,
                                 const struct logistic_problem *problem)
{
    size_t N = problem->N, K = problem->D + 1;
    size_t penalised = problem->penalises_bias ? K : K - 1;
    for (size_t i = 0; i < K; i++) {
        for (size_t n = 0; n < N; n++)
            scaled[n] = p[n] * (1 - p[n]) * problem->x[n * K + i];
        for (size_t j = 0; j < K; j++)
            h[i * K + j] = reduced(
                sum_sample_products(N, problem->block, scaled, 1, &problem->x[j], K), problem);
    }
    for (size_t i = 0; i < penalised; i++)
        h[i * K + i] = h[i * K + i] + problem->l2;
}

int logistic_regression_solve(real *g, real *h, size_t K)
{
    for (size_t i = 0; i < K; i++) {
        for (size_t j = 0; j <= i; j++) {
            real rest = -sum_products(-h[i * K + j], j, &h[i * K], 1, &h[j * K], 1);
            if (i == j && !(rest > 0))
                return -1;
            h[i * K + j] = i == j ? real_sqrt(rest) : rest / h[j * K + j];
        }
    }
    for (size_t i = 0; i < K; i++)
        g[i] = -sum_products(-g[i], i, &h[i * K], 1, g, 1) / h[i * K + i];
    for (size_t i = K; i-- > 0;)
        g[i] = -sum_products(-g[i], K - 1 - i, &h[(i + 1) * K + i], K, &g[i + 1], 1) / h[i * K + i];
    return 0;
}

static struct logistic_problem read_problem(struct call *call)
{
    static const char *const solvers[] = {"gradient_descent", "newton", NULL};
    static const char *const reductions[] = {"mean", "sum", NULL};
    static const char *const penalties[] = {"weights", "all", NULL};
    struct logistic_problem problem = {.block = call_block(call)};
    const real *x = call_input(call, "x", "ND");
    size_t N = problem.N = call_size(call, 'N'), D = problem.D = call_size(call, 'D');
    if (N == 0)
        call_fail(call, "input 'x' has no samples; the mean over them is 0 / 0");
    const int *labels = call_integers(call, "labels", "N", -1, 1);
    int *target = call_scratch_integers(call, N);
    real *extended = call_scratch(call, N * (D + 1));
    for (size_t n = 0; n < N; n++) {
        target[n] = labels[n] > 0;
        for (size_t d = 0; d <= D; d++)
            extended[n * (D + 1) + d] = d < D ? x[n * D + d] : 1;
    }
    problem.x = extended;
    problem.target = target;
    problem.newton = call_choice(call, "solver", solvers);
    problem.sum = call_choice(call, "reduction", reductions);
    problem.penalises_bias = call_choice(call, "penalty", penalties);
    problem.rate = call_number_or(call, "rate", R(1.0));
    problem.l2 = call_number_or(call, "l2", R(0.0));
    if (!(problem.rate >= 0))
        call_fail(call, "number 'rate' must not be negative: it would climb");
    if (!(problem.l2 >= 0))
        call_fail(call, "number 'l2' must not be negative: it would reward large weights");
    return problem;
}

void logistic_regression_answer(struct call *call)
{
    struct logistic_problem problem = read_problem(call);
    size_t N = problem.N, D = problem.D, K = D + 1;
    size_t S = call_count(call, "steps", 1, 1 << 20);
    call_bind(call, 'S', S);
    real *v = call_scratch(call, K), *g = call_scratch(call, K), *h = call_scratch(call, K * K);
    real *residual = call_scratch(call, N), *each = call_scratch(call, N);
    for (size_t d = 0; d < D; d++)
        v[d] = call_has(call, "w") ? call_input(call, "w", "D")[d] : 0;
    v[D] = call_has(call, "b") ? *call_input(call, "b", "") : 0;
    real *w_after = call_output(call, "w_after", "SD"),
         *b_after = call_output(call, "b_after", "S");
    real *loss = call_output(call, "loss", "S"), *p = call_output(call, "p", "N");
    for (size_t s = 0; s < S; s++) {
        logistic_regression_predict(p, each, v, &problem);
        for (size_t n = 0; n < N; n++)
            residual[n] = p[n] - (real)problem.target[n];
        loss[s] = logistic_regression_gradient(g, residual, each, v, &problem);
        if (problem.newton) {
            logistic_regression_hessian(h, residual, p, &problem);
            if (logistic_regression_solve(g, h, K) != 0)
                call_fail(call,
                          "the Hessian of step %zu is not positive definite; give more "
                          "samples, or a number 'l2'",
                          s + 1);
        }
        for (size_t d = 0; d < D; d++)
            w_after[s * D + d] = v[d] = v[d] - problem.rate * g[d];
        b_after[s] = v[D] = v[D] - problem.rate * g[D];
    }
    logistic_regression_predict(p, each, v, &problem);
}
