# SPDX-License-Identifier: MIT
"""What differs between two runs of the claims, as values."""
from __future__ import annotations

from . import changes, numbers
from .kinds_of_change import change


def kinds(a, b):
    """What happened to a claim. Within a version, as many replicas promise the same bits."""
    if a is None or b is None:
        return ["claim_only"]
    if a.was_run != b.was_run:
        return ["new_run" if b.was_run else "lost_run"]
    other = a.verdict != b.verdict
    if a.version != b.version:
        return ["version_verdict" if other else "version"]
    found = (["rule"] if a.rule_hash != b.rule_hash else []) + (["verdict"] if other else [])
    if a.replicas == b.replicas:
        return found + (["bits_of_version"] if a.hash != b.hash else [])
    return found or ["sample"]


def described(claim):
    if claim is None:
        return "–"
    figures = f", figures {numbers.short_hash(claim.hash)}" if claim.was_run else ""
    replicas = numbers.plural(claim.replicas, "replica")
    return f"{claim.verdict}, version {claim.version}, {replicas}{figures}"


def compare(old, new):
    """All changes between two Findings."""
    return [change(kind, "", name, described(a), described(b))
            for name, a, b in changes.matched(old.everything, new.everything, lambda c: c.id)
            for kind in kinds(a, b)]
