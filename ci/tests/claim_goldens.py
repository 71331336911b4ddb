#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prints suites/claims/statistics_goldens.h: what SciPy, NumPy, statsmodels, and exact counting in
Python's integers say to the questions of suites/claims/statistics_test.c.

    python3 -m venv V && V/bin/pip install numpy==2.4.6 scipy==1.17.1 statsmodels==0.15.0
    V/bin/python ci/tests/claim_goldens.py | clang-format >suites/claims/statistics_goldens.h

Random resampling is replayed with a Philox of its own, written here from the paper. Nothing of
Assay is called. Takes about a minute.
"""

import fractions
import itertools
import math
import random
import sys

import numpy as np
import scipy
import scipy.stats as stats
import statsmodels
from statsmodels.stats.multitest import multipletests

INFINITE = float("inf")


def number(x):
    x = float(x)
    if math.isinf(x):
        return "-INFINITY" if x < 0 else "INFINITY"
    return repr(x)


def numbers(values):
    return "{" + ", ".join(number(v) for v in values) + "}"


def table(comment, kind, name, rows):
    print(f"\n/* {comment} */\nstatic const struct {kind} {name}[] = {{")
    for row in rows:
        print("    {" + ", ".join(row) + "},")
    print("};")


def array(comment, name, values):
    print(f"\n/* {comment} */\nstatic const double {name}[] = {numbers(values)};")


# --- inputs: made here, so that the test needs no copy of them -----------------------------------
def continuous(seed, n, centre):
    source = random.Random(seed)
    return [round(source.gauss(centre, 1), 4) for _ in range(n)]


def counts(seed, n, centre):
    source = random.Random(seed)
    return [float(round(source.gauss(centre, 2))) for _ in range(n)]


DIFFERENCES = {
    # Hollander and Wolfe 1973, table 3.1, depression scale, first less second visit.
    "depression": [
        round(a - b, 3)
        for a, b in zip(
            (1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30),
            (0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29),
        )
    ],
    "one": [0.25],
    "two": [1.0, -2.0],
    "negative": [-1.0, -2.0, -3.0, -4.0, -5.0],
    "ties": [1.0, 1.0, -1.0, 2.0, 2.0, 3.0, -2.0, 1.0],
    "all_equal": [2.0] * 6,
    "zeros": [0.0, 0.0, 1.0, -1.0, 2.0, 3.0, 0.0, 4.0, 4.0, -0.0],
    "only_zeros": [0.0, 0.0, -0.0],
    "lost": [-INFINITE, INFINITE, INFINITE, 0.5, 1.5, -0.25],
    "continuous_12": continuous(1, 12, 0.4),
    "continuous_20": continuous(2, 20, 0.6),
    "counts_12": counts(3, 12, 1),
    "counts_14": counts(4, 14, 0.5),
    "counts_20": counts(5, 20, 1),
    "continuous_53": continuous(6, 53, 0.3),
    "continuous_54": continuous(7, 54, 0.2),
    "counts_200": counts(8, 200, 0.4),
    "continuous_200": continuous(9, 200, -0.05),
    "continuous_500": continuous(10, 500, 0.1),
}


# --- signed ranks --------------------------------------------------------------------------------
def doubled_ranks(d, pratt):
    kept = [x for x in d if pratt or x != 0]
    if not kept:
        return [], []
    ranks = stats.rankdata(np.abs(kept))
    return [(int(2 * r), x > 0) for r, x in zip(ranks, kept) if x != 0], ranks


def exact_p(pairs):
    """Counts sign patterns in integers: the polynomial prod (1 + x^rank), packed into one."""
    ranks = [r for r, _ in pairs]
    rest = sum(ranks) - sum(r for r, positive in pairs if positive)
    bits, polynomial = len(ranks) + 2, 1
    for r in ranks:
        polynomial += polynomial << bits * r
    tail = polynomial & ((1 << bits * (rest + 1)) - 1)
    return float(fractions.Fraction(tail % ((1 << bits) - 1), 1 << len(ranks)))


def enumerated_p(pairs):
    ranks = [r for r, _ in pairs]
    observed = sum(r for r, positive in pairs if positive)
    large = sum(
        sum(r for r, s in zip(ranks, signs) if s) >= observed
        for signs in itertools.product((0, 1), repeat=len(ranks))
    )
    return large / 2 ** len(ranks)


def signed_rank(d, shift, pratt):
    moved = [x - shift for x in d]
    pairs, _ = doubled_ranks(moved, pratt)
    p = exact_p(pairs)
    if len(pairs) <= 14:
        assert p == enumerated_p(pairs)
    sizes = sorted(abs(x) for x in moved)
    tied = any(a == b for a, b in zip(sizes, sizes[1:])) or 0 in sizes
    if not tied and len(d) <= 200:
        said = stats.wilcoxon(moved, alternative="greater", method="exact")
        assert math.isclose(p, said.pvalue, rel_tol=1e-12), (p, said)
    elif 1 < len(pairs) <= 12 and not any(map(math.isinf, moved)):
        said = stats.wilcoxon(
            moved,
            zero_method="pratt" if pratt else "wilcox",
            alternative="greater",
            method=stats.PermutationMethod(n_resamples=10**6),
        )
        assert math.isclose(p, said.pvalue, rel_tol=1e-12), (p, said)
    return p, sum(r for r, positive in pairs if positive) / 2, len(pairs)


def signed_rank_rows():
    for name, d in DIFFERENCES.items():
        for shift, pratt in ((0.0, False), (0.0, True), (0.5, False)):
            if len(d) == 500 and (pratt or shift):
                continue
            if pratt and 0.0 not in d:
                continue
            p, statistic, count = signed_rank(d, shift, pratt)
            yield (
                f"D({name})",
                number(shift),
                "ZEROS_RANKED" if pratt else "ZEROS_DROPPED",
                number(p),
                number(statistic),
                str(count),
            )


def equivalence_rows():
    for name, margin in (
        ("depression", 1.0),
        ("counts_20", 2.0),
        ("continuous_20", 1.25),
        ("continuous_200", 0.5),
    ):
        d = DIFFERENCES[name]
        above = signed_rank(d, -margin, False)[0]
        below = signed_rank([-x for x in d], -margin, False)[0]
        yield f"D({name})", number(margin), number(above), number(below)


# --- intervals -----------------------------------------------------------------------------------
def pair_means(d):
    return sorted((a + b) / 2 for i, a in enumerate(d) for b in d[: i + 1])


def interval_rows():
    """The c-th values from both ends; c and coverage by counting."""
    for name in ("negative", "depression", "continuous_12", "counts_20", "continuous_54"):
        for level in (0.9, 0.95, 0.99):
            d = sorted(DIFFERENCES[name])
            n, means = len(d), pair_means(d)
            sums = np.zeros(n * (n + 1) // 2 + 1, dtype=object)
            sums[0] = 1
            for r in range(1, n + 1):
                sums[r:] = sums[r:] + sums[:-r].copy()
            coins = [math.comb(n, k) for k in range(n + 1)]
            for values, ways, kind in ((means, sums, "pseudo_median"), (d, coins, "median")):
                c, missed = 0, 0
                while (
                    fractions.Fraction(int(missed + ways[c]), 2**n)
                    <= (1 - fractions.Fraction(level)) / 2
                ):
                    missed += ways[c]
                    c += 1
                if kind == "median":
                    assert math.isclose(
                        stats.binom.cdf(c - 1, n, 0.5) * 2**n,
                        int(missed),
                        rel_tol=1e-9,
                        abs_tol=1e-9,
                    )
                yield (
                    f"D({name})",
                    f"{kind}_interval",
                    number(level),
                    number(values[c - 1] if c else -INFINITE),
                    number(values[len(values) - c] if c else INFINITE),
                    number(1 - 2 * float(fractions.Fraction(int(missed), 2**n))),
                )


def summary_rows():
    for name, d in DIFFERENCES.items():
        if any(map(math.isinf, d)) or len(d) > 200:
            continue
        deviation = number(np.std(d, ddof=1)) if len(d) > 1 else "NAN"
        quantiles = np.quantile(d, (0, 0.1, 0.25, 0.95, 1), method="linear")
        yield (
            f"D({name})",
            number(np.mean(d)),
            deviation,
            number(np.median(d)),
            number(np.median(pair_means(d))),
            numbers(quantiles),
        )


# --- binomial ------------------------------------------------------------------------------------
def binomial_rows():
    for k, n, p in (
        (0, 5, 0.3),
        (5, 5, 0.3),
        (3, 5, 0.5),
        (17, 20, 0.5),
        (3, 20, 0.01),
        (99, 200, 0.4),
        (1, 200, 0.25),
        (180, 200, 0.25),
        (2, 1000, 0.001),
        (5200, 10000, 0.5),
        (1, 1, 0.75),
    ):
        greater = stats.binomtest(k, n, p, alternative="greater").pvalue
        less = stats.binomtest(k, n, p, alternative="less").pvalue
        exact = fractions.Fraction(p)
        if n <= 200:  # SciPy's are good to about 13 digits
            counted = [math.comb(n, i) * exact**i * (1 - exact) ** (n - i) for i in range(n + 1)]
            assert math.isclose(greater, sum(counted[k:]), rel_tol=1e-11)
            greater, less = float(sum(counted[k:])), float(sum(counted[: k + 1]))
        yield str(k), str(n), number(p), number(greater), number(less)


def clopper_pearson_rows():
    for k, n, level in (
        (0, 20, 0.95),
        (20, 20, 0.95),
        (1, 20, 0.95),
        (10, 20, 0.9),
        (187, 200, 0.99),
        (3, 100000, 0.95),
        (0, 1, 0.5),
    ):
        interval = stats.binomtest(k, n).proportion_ci(level, method="exact")  # to 12 places only
        low = stats.beta.ppf((1 - level) / 2, k, n - k + 1) if k else 0
        high = stats.beta.ppf((1 + level) / 2, k + 1, n - k) if k < n else 1
        assert abs(low - interval.low) + abs(high - interval.high) < 1e-11
        yield str(k), str(n), number(level), number(low), number(high)


def sign_rows():
    for name in ("depression", "zeros", "only_zeros", "lost", "counts_20", "continuous_200"):
        d = DIFFERENCES[name]
        for shift in (0.0, 0.5):
            above, count = sum(x > shift for x in d), sum(x != shift for x in d)
            p = stats.binomtest(above, count, 0.5, alternative="greater").pvalue if count else 1
            yield f"D({name})", number(shift), number(p)


# --- replay of random resampling -----------------------------------------------------------------
def philox(counter, key):
    """Philox4x32-10: Salmon, Moraes, Dror, Shaw 2011. Arrays of uint64 that hold 32 bits."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    low, shift = np.uint64(0xFFFFFFFF), np.uint64(32)
    for _ in range(10):
        p0, p1 = np.uint64(0xD2511F53) * c0, np.uint64(0xCD9E8D57) * c2
        c0, c1, c2, c3 = (
            (p1 >> shift) ^ c1 ^ np.uint64(k0),
            p1 & low,
            (p0 >> shift) ^ c3 ^ np.uint64(k1),
            p0 & low,
        )
        k0, k1 = (k0 + 0x9E3779B9) & 0xFFFFFFFF, (k1 + 0xBB67AE85) & 0xFFFFFFFF
    return c0, c1, c2, c3


def known_answer():
    """The third of the known answers that the authors publish (kat_vectors)."""
    words = [
        np.array([w], dtype=np.uint64) for w in (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344)
    ]
    answer = [int(w[0]) for w in philox(words, (0xA4093822, 0x299F31D0))]
    assert answer == [0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1], answer


def bits(seed, stream, index):
    index = np.asarray(index, dtype=np.uint64)
    low, shift = np.uint64(0xFFFFFFFF), np.uint64(32)
    full = np.full_like(index, stream)
    out = philox(
        (index & low, index >> shift, full & low, full >> shift), (seed & 0xFFFFFFFF, seed >> 32)
    )
    return out[1] << shift | out[0]


def below(n, seed, stream, index):
    """The high 64 bits of bits n, for n below 2^32."""
    drawn, shift = bits(seed, stream, index), np.uint64(32)
    low = (drawn & np.uint64(0xFFFFFFFF)) * np.uint64(n) >> shift
    return ((drawn >> shift) * np.uint64(n) + low >> shift).astype(np.int64)


def bootstrap_rows():
    for name, level, seed, stream in (
        ("continuous_20", 0.95, 1, 2),
        ("counts_20", 0.9, 2**40 + 7, 2**33 + 1),
        ("one", 0.95, 3, 4),
    ):
        d = np.array(DIFFERENCES[name])
        samples = d[below(len(d), seed, stream, np.arange(10000 * len(d)))].reshape(10000, len(d))
        for statistic, function in (("mean_of", np.mean), ("median_of", np.median)):
            ends = np.quantile(
                function(samples, axis=1), ((1 - level) / 2, (1 + level) / 2), method="linear"
            )
            yield f"D({name})", statistic, number(level), str(seed), str(stream), *map(number, ends)


def permutation_rows():
    for name in (
        "one",
        "negative",
        "depression",
        "ties",
        "zeros",
        "only_zeros",
        "continuous_12",
        "counts_14",
        "counts_20",
        "continuous_20",
    ):
        d = np.array(DIFFERENCES[name])
        p = (
            stats.permutation_test(
                (d,),
                np.mean,
                permutation_type="samples",
                n_resamples=2**20,
                alternative="greater",
                vectorized=False,
            ).pvalue
            if 1 < len(d) <= 14
            else None
        )
        signs = (np.arange(2 ** len(d))[:, None] >> np.arange(len(d)) & 1) * 2 - 1
        counted = np.mean(signs @ d >= d.sum() - 1e-11)
        assert p is None or math.isclose(p, counted, rel_tol=1e-12), (name, p, counted)
        yield f"D({name})", "0", "0", number(counted)
    for name, seed, stream in (("continuous_53", 5, 6), ("counts_200", 7, 8)):
        d = np.array(DIFFERENCES[name])
        words = (len(d) + 63) // 64
        drawn = bits(seed, stream, np.arange(99999 * words)).reshape(99999, words)
        flips = np.concatenate(
            [drawn[:, [i // 64]] >> np.uint64(i % 64) & np.uint64(1) for i in range(len(d))], axis=1
        ).astype(bool)
        large = np.sum(np.where(flips, d, 0).sum(axis=1) <= 1e-11)
        yield f"D({name})", str(seed), str(stream), number((1 + large) / 100000)


def replicas(d, minimum, alpha, seed, stream):
    moved = np.array(d) + (1.5 * minimum - np.median(d) if minimum > 0 else 0)
    for size in (20, 30, 40, 60, 80, 120, 160, 200):
        passed = 0
        for r in range(200):
            sample = moved[below(len(d), seed, stream, (200 * size + r) * 200 + np.arange(size))]
            passed += (
                np.median(sample) >= minimum and exact_p(doubled_ranks(sample, False)[0]) < alpha
            )
        if passed >= 160:
            return size
    return 0


def replicas_rows():
    for name, minimum, alpha, seed, stream in (
        ("continuous_20", 1.0, 0.01, 1, 1),
        ("continuous_20", 0.5, 0.01, 1, 1),
        ("continuous_20", 0.5, 0.0001, 1, 2),
        ("continuous_20", 0.1, 0.01, 1, 1),
        ("continuous_20", 0.1, 0.9, 1, 1),
        ("counts_20", 0.0, 0.01, 3, 1),
        ("negative", 0.0, 0.01, 1, 1),
        ("two", 1.0, 0.01, 1, 1),
    ):
        needed = (
            replicas(DIFFERENCES[name], minimum, alpha, seed, stream)
            if len(DIFFERENCES[name]) >= 5
            else 0
        )
        yield f"D({name})", number(minimum), number(alpha), str(seed), str(stream), str(needed)


# --- correlation, lines, families ----------------------------------------------------------------
def pair_rows():
    source = random.Random(11)
    for n, decimals in ((2, 3), (10, 3), (30, 0), (45, 1)):
        x = [round(source.gauss(0, 2), decimals) for _ in range(n)]
        y = [round(-0.7 * a + source.gauss(1, 1), decimals) for a in x]
        line = stats.linregress(x, y)
        yield n, x, y, stats.spearmanr(x, y).statistic, line.slope, line.intercept, line.rvalue**2


def main():
    known_answer()
    print("// SPDX-License-Identifier: MIT")
    print(
        "/* Made by ci/tests/claim_goldens.py, which says how; not to be edited. Python "
        f"{sys.version.split()[0]}, NumPy\n * {np.__version__}, SciPy {scipy.__version__}, "
        "statsmodels "
        f"{statsmodels.__version__}. */"
    )
    print('#pragma once\n\n#include "statistics.h"\n\n#include <math.h>\n')
    for name, d in DIFFERENCES.items():
        print(f"static const double {name}[] = {numbers(d)};")
    print("""
/* An array of these, with its length. */
#define D(name) #name, name, sizeof name / sizeof *name

struct signed_rank_golden {
    const char *name;
    const double *d;
    size_t n;
    double shift;
    enum zeros zeros;
    double p, statistic;
    size_t count;
};
struct equivalence_golden {
    const char *name;
    const double *d;
    size_t n;
    double margin, above, below;
};
struct interval_golden {
    const char *name;
    const double *d;
    size_t n;
    struct interval (*function)(const double *, size_t, double);
    double level, lower, upper, coverage;
};
struct summary_golden {
    const char *name;
    const double *d;
    size_t n;
    double mean, deviation, median, pseudo_median, quantile[5];
};
struct binomial_golden {
    size_t k, n;
    double p, upper, lower;
};
struct clopper_pearson_golden {
    size_t k, n;
    double level, lower, upper;
};
struct sign_golden {
    const char *name;
    const double *d;
    size_t n;
    double shift, p;
};
struct bootstrap_golden {
    const char *name;
    const double *d;
    size_t n;
    double (*statistic)(const double *, size_t);
    double level;
    uint64_t seed, stream;
    double lower, upper;
};
struct permutation_golden {
    const char *name;
    const double *d;
    size_t n;
    uint64_t seed, stream;
    double p;
};
struct replicas_golden {
    const char *name;
    const double *d;
    size_t n;
    double minimum, alpha;
    uint64_t seed, stream;
    size_t needed;
};
struct pairs_golden {
    const char *name;
    const double *x;
    size_t n;
    const double *y;
    double spearman, slope, intercept, determination;
};""")
    table(
        "Counted in integers; the same as itertools over all signs, and "
        "scipy.stats.wilcoxon(d - shift,\n"
        ' * alternative="greater"), exact without ties, method=PermutationMethod with them.',
        "signed_rank_golden",
        "signed_rank_goldens",
        signed_rank_rows(),
    )
    table(
        "The same, twice: d above -margin, -d above -margin.",
        "equivalence_golden",
        "equivalence_goldens",
        equivalence_rows(),
    )
    table(
        "Counted in integers; for the median also scipy.stats.binom.cdf.",
        "interval_golden",
        "interval_goldens",
        interval_rows(),
    )
    table(
        'numpy.mean, std(ddof=1), median, median of all pairs\' means, '
        'quantile(method="linear") at 0,\n'
        " * 0.1, 0.25, 0.95, 1.",
        "summary_golden",
        "summary_goldens",
        summary_rows(),
    )
    table(
        "scipy.stats.binomtest(k, n, p, alternative), in fractions up to n = 200.",
        "binomial_golden",
        "binomial_goldens",
        binomial_rows(),
    )
    table(
        'scipy.stats.beta.ppf; the same as binomtest(k, n).proportion_ci(level, method="exact").',
        "clopper_pearson_golden",
        "clopper_pearson_goldens",
        clopper_pearson_rows(),
    )
    table("scipy.stats.binomtest of the signs.", "sign_golden", "sign_goldens", sign_rows())
    table(
        "numpy.quantile of the resamples, replayed.",
        "bootstrap_golden",
        "bootstrap_goldens",
        bootstrap_rows(),
    )
    table(
        'scipy.stats.permutation_test(permutation_type="samples", alternative="greater") '
        'up to n = 14,\n'
        " * all signs up to 20, replayed beyond.",
        "permutation_golden",
        "permutation_goldens",
        permutation_rows(),
    )
    table("Replayed.", "replicas_golden", "replicas_goldens", replicas_rows())
    rows = []
    for n, x, y, *answers in pair_rows():
        print(
            f"\nstatic const double x_{n}[] = {numbers(x)};\n"
            f"static const double y_{n}[] = {numbers(y)};"
        )
        rows.append((f"D(x_{n})", f"y_{n}", *map(number, answers)))
    table("scipy.stats.spearmanr, linregress.", "pairs_golden", "pairs_goldens", rows)
    family = (0.01, 0.04, 0.03, 0.005, 0.02, 0.02, 0.9, 0.6, 0.0, 1.0, 0.0049)
    array(
        'A family of p-values, and multipletests(family, method="holm") of statsmodels.',
        "family",
        family,
    )
    array("Adjusted.", "family_holm", multipletests(family, method="holm")[1])


main()
