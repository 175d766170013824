"""Effort: how much the random tests try, and how long any test waits for what must come. `OFFICEOPS_TIMES=100` makes a hundred times as much of it, for a soak.

A failing example is printed with the line that repeats it; `--hypothesis-seed=N` repeats a whole run, `OFFICEOPS_SEED=N` what is not Hypothesis's.
"""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING, TypeVar

from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T")
S = TypeVar("S")

TIMES = int(os.environ.get("OFFICEOPS_TIMES", "1"))

#: The seed that a run repeats. Read here, since a test has an environment of its own.
SEED = os.environ.get("OFFICEOPS_SEED")

#: Seconds to wait for what must come, on a machine that is busy with other things. How fast it comes is for `benchmarks/`.
PATIENCE = 120.0


def seed() -> int:
    """Return the seed of this run: `OFFICEOPS_SEED`, or a new one. It is printed, and pytest shows it where a test fails."""
    number = int(SEED or random.SystemRandom().randrange(10**6))
    print(f"OFFICEOPS_SEED={number}")  # noqa: T201 - what repeats the run
    return number


def examples(number: int) -> int:
    """Return how many examples a test makes that makes so many in a soak: a fortieth of them in one run."""
    return number * TIMES if TIMES > 1 else (number + 39) // 40


def tried(number: int) -> settings:
    """Settings of a test that makes so many examples in a soak, and a fortieth of them in one run."""
    return settings(
        max_examples=examples(number),
        deadline=None,
        print_blob=True,
        suppress_health_check=[
            HealthCheck.function_scoped_fixture,
            HealthCheck.too_slow,
            HealthCheck.data_too_large,
        ],
    )


def paired(one: Iterable[T], other: Iterable[S]) -> list[tuple[T, S]]:
    """Return a third of all pairs, each of either side in some; all pairs where OFFICEOPS_TIMES is more than 1."""
    others = list(other)
    step = 3 if TIMES == 1 else 1
    return [(a, b) for n, a in enumerate(one) for m, b in enumerate(others) if (n + m) % step == 0]


def sampled(subjects: Iterable[T], number: int) -> list[T]:
    """Return a tenth of so many subjects of a sweep, in their order, or with OFFICEOPS_TIMES that many times as many."""
    known = list(subjects)
    size = min(number * TIMES if TIMES > 1 else (number + 9) // 10, len(known))
    chosen = set(random.Random(seed()).sample(range(len(known)), size))  # noqa: S311 - no secret
    return [subject for place, subject in enumerate(known) if place in chosen]
