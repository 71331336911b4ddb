# SPDX-License-Identifier: MIT
"""torch.distributions with random numbers of their own; formulas in reference/synthetic_data/."""
import torch

from conventions import drawn_by_library


def gaussian_cloud(case):
    samples, _ = drawn_by_library(case, "z")
    mean = case["mean"]
    if "deviation" in case:
        cloud = torch.distributions.Normal(mean, case["deviation"])
    else:
        case.choice("factor", "lower")
        cloud = torch.distributions.MultivariateNormal(mean, case["covariance"])
    return {"x": cloud.sample((samples,))}
