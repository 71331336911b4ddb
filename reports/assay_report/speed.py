# SPDX-License-Identifier: MIT
"""The engine's times beside those of libraries: a record of ci/peers/speed.py as a section of the
report of `make bench`, and as a page and Markdown of its own."""
from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Optional

from markupsafe import Markup

from . import figures, html, markdown, numbers, palette, record as records

FORMAT, VERSION = "assay-speed", 1
OURS = ("reproducible", "fast", "limit")
# Libraries in the order of columns: how they are called, and marks that differ without colour too.
LIBRARIES = {"pytorch": ("PyTorch", palette.VERMILLION, "s"), "jax": ("JAX", palette.PURPLE, "^"),
             "tensorflow": ("TensorFlow", palette.ORANGE, "D"),
             "scikit_learn": ("scikit-learn", palette.BLUE, "v")}
TITLE = "The same work in other libraries"


@dataclass(frozen=True)
class Time:
    median: float
    lower: float
    upper: float
    repetitions: int
    layout: str  # of the engine on several cores: ranks or threads


@dataclass(frozen=True)
class Line:
    """One workload on so many cores; times by contender: reproducible, fast, limit, "jax loop"."""
    work: str
    what: str
    cores: int
    limit_is: str
    times: dict
    excluded: dict
    goal: float

    @property
    def ours(self):
        return self.times["reproducible"].median

    @property
    def peers(self):
        return {name: time for name, time in self.times.items() if name not in OURS}

    @property
    def fastest(self) -> Optional[str]:
        return min(self.peers, key=lambda name: self.peers[name].median, default=None)

    @property
    def advantage(self):
        return self.peers[self.fastest].median / self.ours if self.peers else None

    @property
    def to_fast(self):
        return self.ours / self.times["fast"].median

    @property
    def to_limit(self):
        return self.ours / self.times["limit"].median

    @property
    def met(self):
        return self.advantage is None or self.advantage >= self.goal

    def of(self, library):
        """[(its way, Time)], fastest first."""
        found = [(name.partition(" ")[2], time) for name, time in self.peers.items()
                 if name.partition(" ")[0] == library]
        return sorted(found, key=lambda pair: pair[1].median)


@dataclass(frozen=True)
class Speed:
    lines: list
    environment: dict
    date: str
    seconds: float
    mean: float    # reproducible over fast: geometric mean, largest
    worst: float
    mean_goal: float
    worst_goal: float

    @property
    def libraries(self):
        return [name for name in LIBRARIES if any(line.of(name) for line in self.lines)]

    @property
    def cores(self):
        return sorted({line.cores for line in self.lines})

    @property
    def differing(self):
        """[(line, contender, why)] of what was not timed for a reason."""
        return [(line, name, why) for line in self.lines for name, why in line.excluded.items()
                if not why.startswith("slower")]


def is_speed(value):
    return isinstance(value, dict) and value.get("format") == FORMAT


def read(value):
    """The record, or RecordError."""
    try:
        if value["version"] != VERSION:
            raise records.RecordError(f"has version {value['version']}; this program reads {VERSION}")
        lines = [Line(l["work"], l["what"], int(l["cores"]), l["limit_is"],
                      {name: Time(float(t["median"]), float(t["lower"]), float(t["upper"]),
                                  int(t["repetitions"]), str(t.get("layout", "")))
                       for name, t in l["times"].items()},
                      dict(l["excluded"]), float(l["goal"])) for l in value["lines"]]
        overall = value["overall"]
        made = Speed(lines, dict(value["environment"]), str(value["date"]),
                     float(value["seconds"]), float(overall["reproducible_to_fast_mean"]),
                     float(overall["reproducible_to_fast_worst"]),
                     float(overall["targets"]["reproducible_to_fast_mean"]),
                     float(overall["targets"]["reproducible_to_fast_worst"]))
        complete = all(time.median > 0 for line in lines for time in line.times.values()) and all(
            set(OURS) <= line.times.keys() for line in lines)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise records.RecordError(f"is no record of make speed: {type(error).__name__}: {error}; "
                                  "make it again") from None
    if not lines or not complete:
        raise records.RecordError("is no record of make speed: it lacks times; make it again")
    return made


# --- in words -------------------------------------------------------------------------------------

def name_of(contender):
    library, _, way = contender.partition(" ")
    return " ".join(word for word in (LIBRARIES.get(library, (library,))[0], way)
                    if word != LIBRARIES.get(library, ("",))[0])


def verdict(speed):
    compared = [line for line in speed.lines if line.peers]
    ahead = sum(line.advantage >= 1 for line in compared)
    met = sum(line.met for line in compared)
    said = []
    if compared:
        said.append(f"The engine's reproducible arithmetic is at least as fast as the fastest library "
                    f"in {ahead} of {numbers.plural(len(compared), 'line')}; {met} of them meet "
                    "their goals.")
    said.append(f"Its price against the fast arithmetic is {numbers.times(speed.mean)} on average "
                f"(geometric mean; goal {numbers.times(speed.mean_goal)}) and "
                f"{numbers.times(speed.worst)} at most (goal {numbers.times(speed.worst_goal)}).")
    return " ".join(said)


def all_met(speed):
    return (all(line.met for line in speed.lines) and speed.mean <= speed.mean_goal
            and speed.worst <= speed.worst_goal)


def machine(speed):
    e = speed.environment
    versions = [f"{name} {version}" for name, version in e.get("libraries", {}).items()]
    return (f"{e.get('cpu') or numbers.NOT_RECORDED}, {e.get('system', '')}; "
            f"{numbers.listing(versions) if versions else 'no library is installed'}")


def caption(speed):
    return ("Times divided by the engine's in reproducible arithmetic, which is at 1: further right "
            "is slower. Medians, on a logarithmic axis. Vertical bar: the limit.")


# --- the figure -----------------------------------------------------------------------------------

def layout(speed):
    """[(y, line or None, cores)] from top to bottom; None is the heading of a group."""
    rows, y = [], 0.0
    for cores in speed.cores:
        rows.append((y, None, cores))
        for line in speed.lines:
            if line.cores == cores:
                y += 1
                rows.append((y, line, cores))
        y += 1.3
    return rows, y - 0.5


def draw(width, speed):
    narrow = width == figures.NARROW
    rows, height = layout(speed)
    pitch = 44 if narrow else 27
    figure = figures.canvas(width, pitch * (height + 0.5) + (120 if narrow else 92))
    axes = figures.axes_at(figure, 8 if narrow else 330, 62 if narrow else 34, 14, 54)
    axes.set_ylim(height, -0.5)
    axes.set_xscale("log")
    edge = axes.get_yaxis_transform()
    for y, line, cores in rows:
        label = line.work if line else numbers.plural(cores, "core").replace(numbers.NO_BREAK, " ")
        axes.text(0 if narrow else -0.02, y - (0.4 if narrow and line else 0), label,
                  transform=edge, va="center", ha="left" if narrow else "right",
                  fontsize=10 if narrow else 11.5, color=palette.INK if line else palette.GREY,
                  fontweight="normal" if line else "bold",
                  bbox={"facecolor": palette.PAPER, "edgecolor": "none", "pad": 1})
        if line:
            draw_line(axes, line, y)
    axes.axvline(1, color=palette.GREEN, linewidth=1.4)
    axes.legend(handles=marks(axes, speed), loc="lower left", bbox_to_anchor=(-0.02, 1),
                ncol=2 if narrow else 6, handletextpad=0.2, columnspacing=1, borderaxespad=0.2)
    axes.set_yticks([])
    axes.set_xlabel("time ÷ the engine's" if narrow
                    else "time ÷ the engine's reproducible time (logarithmic)")
    axes.xaxis.set_major_formatter(lambda x, _: f"{x:g}")
    axes.grid(axis="x", color=palette.RULE, linewidth=0.6)
    figures.plain(axes)
    return figure


def draw_line(axes, line, y):
    limit = line.times["limit"].median / line.ours
    axes.plot([limit, limit], [y - 0.28, y + 0.28], color=palette.INK, linewidth=2)
    axes.plot(line.times["fast"].median / line.ours, y, "o", color=palette.PAPER,
              markeredgecolor=palette.GREEN, markersize=6)
    for library, (_, colour, mark) in LIBRARIES.items():
        for i, (_, time) in enumerate(line.of(library)):
            axes.plot(time.median / line.ours, y, mark, color=colour if i == 0 else palette.PAPER,
                      markeredgecolor=colour, markersize=6)


def marks(axes, speed):
    shown = [("engine, fast", palette.PAPER, palette.GREEN, "o")]
    shown += [(LIBRARIES[l][0], LIBRARIES[l][1], LIBRARIES[l][1], LIBRARIES[l][2])
              for l in speed.libraries]
    made = [axes.plot([], [], mark, color=fill, markeredgecolor=edge, markersize=6, label=name)[0]
            for name, fill, edge, mark in shown]
    return made + [axes.plot([], [], color=palette.INK, linewidth=2, marker="|", markersize=9,
                             linestyle="none", markeredgewidth=2, label="limit")[0]]


def plot(speed):
    return figures.plot(draw, "speed", "Marks: the time of each library by workload. "
                        + caption(speed), speed)


# --- the page and Markdown ------------------------------------------------------------------------

def values(speed):
    """What the templates need."""
    return {"speed": speed, "speed_plot": plot(speed), "speed_caption": caption(speed),
            "speed_verdict": verdict(speed), "speed_machine": machine(speed),
            "speed_met": all_met(speed), "libraries": LIBRARIES, "name_of": name_of}


def page(speed):
    templates = html.environment()
    style = templates.get_template("style.css").render(
        palette=palette, font=Markup(palette.FONT), running="speed report")
    return templates.get_template("speed_page.html.j2").render(
        style=Markup(style), for_print=False, title=TITLE, **values(speed))


def row(line, libraries):
    cells = [line.work, line.cores, numbers.seconds(line.ours),
             numbers.times(line.to_fast), numbers.times(line.to_limit)]
    for library in libraries:
        cells.append("; ".join(f"{way} {numbers.seconds(time.median)}"
                               for way, time in line.of(library)) or "–")
    if line.peers:
        cells += [numbers.times(line.advantage),
                  f"{line.goal:g}" + ("" if line.met else " missed")]
    else:
        cells += ["–", f"{line.goal:g}"]
    return cells


def markdown_parts(speed):
    header = ["work", "cores", "engine", "to fast", "to the limit",
              *(LIBRARIES[l][0] for l in speed.libraries), "fastest library ÷ engine", "goal"]
    rows = [row(line, speed.libraries) for line in speed.lines]
    parts = [verdict(speed), markdown.table(header, rows, "lrrrr" + "l" * len(speed.libraries)
                                            + "rr"),
             "Engine: reproducible arithmetic, binary32, "
             "one rank on each core or one thread on each core, whichever is faster. Medians."]
    if speed.differing:
        parts.append("Not timed: " + "; ".join(
            f"{name_of(name)} on {line.work}, {numbers.plural(line.cores, 'core')}: {why}"
            for line, name, why in speed.differing))
    return parts


def summary(speed):
    commit = str(speed.environment.get("commit") or "")
    origin = (f"<sub>{speed.date} · {machine(speed)} · commit `{numbers.short_hash(commit)}`"
              f"{' with uncommitted changes' if speed.environment.get('dirty') else ''} · "
              "`make speed`</sub>")
    return "\n\n".join([f"## {TITLE}", *markdown_parts(speed), origin]).replace(
        numbers.NO_BREAK, " ") + "\n"


def files(speed):
    return {"report.html": page(speed).encode(), "report.md": summary(speed).encode()}


def write(value, folder):
    """The reports beside a record that was just made."""
    for name, content in files(read(value)).items():
        with open(os.path.join(folder, name), "wb") as file:
            file.write(content)
