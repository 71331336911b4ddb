# SPDX-License-Identifier: MIT
"""scipy.stats, where an attack or a defence rests on it; formulas in reference/adversarial/."""
import numpy as np
import scipy.stats


def binomial_confidence(case):
    alpha = case.number("alpha", 0.05)
    method = {"clopper_pearson": "exact", "wilson": "wilson"}[
        case.choice("bound", "clopper_pearson", "wilson")]
    two = case.choice("side", "two", "one") == "two"

    def interval(k, n, alternative):
        test = scipy.stats.binomtest(int(k), int(n), alternative=alternative)
        return test.proportion_ci(1 - alpha, method)

    pairs = list(zip(case["successes"], case["trials"], strict=True))
    return {"lower": np.array([interval(k, n, "two-sided" if two else "greater").low
                               for k, n in pairs]),
            "upper": np.array([interval(k, n, "two-sided" if two else "less").high
                               for k, n in pairs])}
