// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* N samples of K elements in [0, 1), J latents; logits, means and log-variances are uniform up to
 * the sizes given. What is 0 or NULL is not stated. */
static const struct row {
    struct case_head head;
    size_t N, K, J, block;
    const char *likelihood, *over, *reduction;
    double logits, means, log_variances, beta, dloss;
    int hard, prior; /* targets 0 or 1; every other log-variance 0 */
} rows[] = {
    /* clang-format off */
    {{"bernoulli", "bounded", "LOS-27 AEN-10 LOS-11",
      "The bound itself: sums over pixels and latents, the mean over samples.", 0},
     .N = 7, .K = 5, .J = 3, .block = 2, .logits = 3, .means = 1.5, .log_variances = 1.5},
    {{"stated", "bounded", "LOS-27 AEN-10", "The defaults stated, with an upstream gradient.", 0},
     .N = 6, .K = 4, .J = 2, .block = 4, .likelihood = "bernoulli", .over = "sum",
      .reduction = "mean",
     .logits = 3, .means = 1.5, .log_variances = 1.5, .beta = 1, .dloss = -1.5},
    {{"summed", "bounded", "LOS-27", "Summed over samples as well.", 0},
     .N = 7, .K = 4, .J = 3, .block = 2, .reduction = "sum", .logits = 2, .means = 1,
      .log_variances = 1, .dloss = 0.5},
    {{"gaussian", "bounded", "LOS-27 AEN-10",
      "A Gaussian likelihood of variance 1: half the squared error.", 0},
     .N = 7, .K = 5, .J = 2, .block = 2, .likelihood = "gaussian", .logits = 2, .means = 1.5,
      .log_variances = 1.5},
    {{"squared", "bounded", "LOS-27", "Squared errors without the half, as much code has them.", 0},
     .N = 7, .K = 5, .J = 2, .block = 2, .likelihood = "squared", .logits = 2, .means = 1.5,
      .log_variances = 1.5},
    {{"means", "bounded", "LOS-27", "Means over pixels and over latents.", 0},
     .N = 7, .K = 6, .J = 3, .block = 2, .over = "mean", .logits = 2, .means = 1.5,
      .log_variances = 1.5},
    {{"mean_reconstruction", "bounded", "LOS-27",
      "The reconstruction averaged over pixels, the divergence summed: stated, it is a convention.",
       0},
     .N = 7, .K = 6, .J = 3, .block = 2, .over = "mean_reconstruction", .logits = 2, .means = 1.5,
      .log_variances = 1.5},
    {{"beta_four", "bounded", "LOS-27",
      "beta 4: it multiplies the divergence and its gradients alone.", 0},
     .N = 5, .K = 4, .J = 3, .block = 2, .beta = 4, .logits = 2, .means = 1.5, .log_variances = 1.5,
      .dloss = 0.75},
    {{"narrow_posterior", "bounded", "LOS-27",
      "Log-variances down to -20: e^v is nearly nothing, and -v is not.", 0},
     .N = 5, .K = 3, .J = 4, .block = 2, .logits = 2, .means = 3, .log_variances = 20},
    {{"near_the_prior", "bounded", "LOS-27",
      "Posteriors within 1e-3 of the prior: e^v - 1 - v has no digits where e^v is formed first.",
       0},
     .N = 5, .K = 3, .J = 4, .block = 2, .logits = 2, .means = 1e-3, .log_variances = 1e-3},
    {{"hard_pixels", "bounded", "LOS-27 LOS-11",
      "Black and white pixels with logits up to 60: sure and wrong must stay finite.", 0},
     .N = 5, .K = 6, .J = 2, .block = 2, .logits = 60, .means = 1, .log_variances = 1, .hard = 1},
    {{"at_the_prior_variance", "bounded", "LOS-27",
      "Every other posterior has the prior's variance: there the gradient of v is exactly 0.", 0},
     .N = 8, .K = 3, .J = 3, .block = 2, .likelihood = "gaussian", .logits = 2, .means = 1.5,
     .log_variances = 1.5, .prior = 1, .dloss = 0.5},
    {{"many_blocks", "bounded", "LOS-27 DST-02", "23 samples in blocks of 2.", 0},
     .N = 23, .K = 2, .J = 3, .block = 2, .logits = 2, .means = 1.5, .log_variances = 1.5},
    {{"wide", "bounded", "LOS-27", "37 pixels and 5 latents, which no vector width divides.", 0},
     .N = 3, .K = 37, .J = 5, .block = 1, .logits = 3, .means = 1.5, .log_variances = 1.5},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"beta_negative", "stated", NUMBER_SET, "beta", -1, NULL, 0,
     "The divergence would be maximised."},
    {"target_above_one", "bernoulli", ELEMENT_SET, "t", 1.5, NULL, 3, "No chance is 1.5."},
    {"target_negative", "bernoulli", ELEMENT_SET, "t", -0.25, NULL, 34, "No chance is negative."},
    {"likelihood_unknown", "stated", CHOICE_SET, "likelihood", 0, "poisson", 0,
     "There is no such likelihood."},
    {"over_unknown", "stated", CHOICE_SET, "over", 0, "median", 0, "There is no such mean."},
    {"reduction_unknown", "stated", CHOICE_SET, "reduction", 0, "none", 0,
     "There is no such reduction."},
    {"variances_missing", "stated", INPUT_GONE, "log_variance", 0, NULL, 0,
     "A posterior without variances."},
    {"variances_short", "stated", INPUT_SHORTER, "log_variance", 0, NULL, 1,
     "A latent without a variance."},
    {"targets_short", "stated", INPUT_SHORTER, "t", 0, NULL, 0, "A sample without pixels."},
    /* clang-format on */
};

static void fill(struct assay_case *test, const struct row *row)
{
    size_t N = row->N, K = row->K, J = row->J;
    case_uniform(test, "y", DIMS(N, K), -row->logits, row->logits);
    if (row->hard)
        case_dyadic(test, "t", DIMS(N, K), 0, 1, 1);
    else
        case_uniform(test, "t", DIMS(N, K), 0, 1);
    case_uniform(test, "mean", DIMS(N, J), -row->means, row->means);
    case_uniform(test, "log_variance", DIMS(N, J), -row->log_variances,
                 row->log_variances < 2 ? row->log_variances : 2);
    for (size_t i = 0; row->prior && i < N * J; i += 2)
        case_input(test, "log_variance")[i] = 0;
}

void evidence_lower_bound_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        if (row->likelihood)
            case_choice(test, "likelihood", row->likelihood);
        if (row->over)
            case_choice(test, "over", row->over);
        if (row->reduction)
            case_choice(test, "reduction", row->reduction);
        if (row->beta > 0)
            case_number(test, "beta", row->beta);
        fill(test, row);
        if (row->dloss < 0 || row->dloss > 0)
            case_constant(test, "dloss", SCALAR, row->dloss);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
