# SPDX-License-Identifier: MIT
"""What is timed: each module holds one kind of work, in the engine and in each library as somebody
who knows that library well would write it. The functions `pytorch`, `jax`, `tensorflow` and
`scikit_learn` run in processes of their own (worker.py) and return a Timed."""
from dataclasses import dataclass, field
from typing import Callable, Optional


@dataclass(frozen=True)
class Timed:
    """A library's version of a workload, ready to be timed."""
    run: Callable               # run(n): n rounds, complete when it returns
    result: Callable            # what the rounds since the last restart came to, by name
    restart: Callable = lambda: None


@dataclass(frozen=True)
class Workload:
    """One line of the report. The engine does `rounds` rounds for one order."""
    name: str
    what: str                   # a sentence
    module: str                 # in this package
    variants: dict              # library: its ways of doing it
    engine: Callable            # engine(folder): words after assay-engine; writes the files they name
    data: Callable              # data(engine): arrays for the libraries
    check_rounds: int           # after so many, results are compared
    answer: Callable            # answer(engine): what they came to
    check_engine: Optional[Callable] = None  # what `data` and `answer` ask; None: `engine`
    tolerance: dict = field(default_factory=dict)
    settings: dict = field(default_factory=dict)   # for the libraries
    order: str = "answer"
    rounds: int = 1
    limit: Optional[list] = None    # words of `assay-engine limit`; None: the order "limit"
    limit_what: str = ""
    goal: float = 1.0               # the fastest library's time over the engine's
