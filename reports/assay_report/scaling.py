# SPDX-License-Identifier: MIT
"""The section on simulated clusters: what `make simulation` left in the record."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

MODELS = (("direct", "direct or ring"), ("halving", "halving and doubling"),
          ("doubling", "recursive doubling"))
NAMES = {"fat_tree": "fat tree, 100 Gb/s", "ethernet": "Ethernet, 1 Gb/s"}


@dataclass(frozen=True)
class Row:
    platform: str
    scaling: str
    arithmetic: str
    ranks: int
    batch: int
    step: float
    sum: float
    efficiency: Optional[float]
    same: bool
    models: dict

    @property
    def where(self):
        return NAMES.get(self.platform, self.platform)


@dataclass(frozen=True)
class Scaling:
    what: str
    speed: Optional[float]
    rows: list
    measured: list


def read_row(r):
    return Row(r.text("platform"), r.text("scaling"), r.text("arithmetic"), r.count("ranks", 1),
               r.count("batch"), r.number("step") or 0.0, r.number("sum") or 0.0,
               r.number("efficiency"), r.yes("same"), r.dictionary("models"))


def read(r):
    return r and Scaling(r.text("what"), r.number("speed_calibration"),
                         [read_row(row) for row in r.objects("rows")],
                         [read_row(row) for row in r.objects("measured")])


def shown(record):
    """As other timings, not of an invalid run."""
    return record.simulation if record.valid and record.simulation and record.simulation.rows \
        else None


def curve(rows, platform, scaling, arithmetic):
    return sorted((r for r in rows if (r.platform, r.scaling, r.arithmetic)
                   == (platform, scaling, arithmetic)), key=lambda r: r.ranks)


def caption(simulation):
    ranks = max(r.ranks for r in simulation.rows)
    return (f"Seconds, predicted, to {ranks} ranks, on logarithmic axes. Grey: what the models say "
            "of the sum alone. Crosses: measured on this machine with Open MPI.")
