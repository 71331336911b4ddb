# SPDX-License-Identifier: MIT
"""Numbers and small lists as words, the same way in HTML, PDF and Markdown."""
from __future__ import annotations

import math

NOT_RECORDED = "not recorded"
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
THIN = "\u2009"
NO_BREAK = "\u00a0"


def power_of_ten(exponent):
    return "10" + str(exponent).translate(SUPERSCRIPTS)


def ratio(value):
    """Two significant digits: 0.31, 4.2, 310, 5.1 × 10⁶. 0 is exact agreement."""
    if value is None:
        return "–"
    if math.isinf(value):
        return "∞"
    if value == 0:
        return "0"
    # Rounding down here would turn a failure of 1.004 into a 1.0 that passes.
    if 1 < value < 1.05:
        return "> 1"
    if 0.001 <= value < 9.95:
        return f"{value:.1f}" if value >= 0.995 else f"{value:#.2g}"
    if 9.95 <= value < 999.5:
        return f"{value:.0f}"
    mantissa, exponent = f"{value:.1e}".split("e")
    return f"{mantissa}{THIN}×{THIN}{power_of_ten(int(exponent))}"


def figure(value, digits=3):
    """A number as it comes, to three significant digits: −0.031, 512, 4.2 × 10⁻⁷."""
    if value is None:
        return "–"
    text = f"{value:.{digits}g}"
    if float(text) != 0 and not 1e-3 <= abs(float(text)) < 1e5:
        mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
        mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
        power = power_of_ten(int(exponent))
        text = power if mantissa == "1" else "−" + power if mantissa == "-1" \
            else f"{mantissa}{THIN}×{THIN}{power}"
    elif "e" in text:
        text = f"{float(text):.0f}"
    return "0" if text in ("-0", "0") else text.replace("-", "−")


def digits(value):
    if value is None:
        return "–"
    # The comparison stops counting at 32, which is an exact answer.
    return "all" if value >= 32 else f"{value:.1f}"


def percent(fraction):
    if fraction is None:
        return NOT_RECORDED
    return f"{100 * fraction:.2f}".rstrip("0").rstrip(".") + NO_BREAK + "%"


def seconds(value):
    """A time of a step with its unit: 92.1 µs, 1.33 ms."""
    for scale, unit in ((1, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if value >= scale:
            return f"{value / scale:.3g}{NO_BREAK}{unit}"
    return f"{value / 1e-9:.3g}{NO_BREAK}ns"


def duration(value):
    if value is None:
        return NOT_RECORDED
    whole = round(value)
    if whole < 60:
        return f"{whole}{NO_BREAK}s"
    if whole < 3600:
        return f"{whole // 60}{NO_BREAK}min {whole % 60}{NO_BREAK}s"
    return f"{whole // 3600}{NO_BREAK}h {whole % 3600 // 60}{NO_BREAK}min"


def times(value):
    if value is None:
        return NOT_RECORDED
    return f"{value:.{2 if value < 9.95 else 1 if value < 99.5 else 0}f}{NO_BREAK}×"


def short_hash(value):
    return value[:12] if value else NOT_RECORDED


def plural(count, noun, many=None):
    return f"{count}{NO_BREAK}{noun if count == 1 else many or noun + 's'}"


def listing(words):
    """a; a and b; a, b and c. Semicolons where the words have commas of their own."""
    words = [str(word) for word in words]
    if len(words) < 2:
        return "".join(words)
    if any("," in word for word in words):
        return "; ".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]
