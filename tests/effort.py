"""Effort: how much the random tests try, and how long any test waits for what must come. `OFFICEOPS_TIMES=100` makes a hundred times as much of it, for a soak.

A failing example is printed with the line that repeats it; `--hypothesis-seed=N` repeats a whole run, `OFFICEOPS_SEED=N` what is not Hypothesis's.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

TIMES = int(os.environ.get("OFFICEOPS_TIMES", "1"))

#: Seconds to wait for what must come, on a machine that is busy with other things. How fast it comes is for `benchmarks/`.
PATIENCE = 120.0


def tried(examples: int) -> settings:
    """Settings of a test that makes so many examples in the quick tier."""
    return settings(
        max_examples=examples * TIMES,
        deadline=None,
        print_blob=True,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
    )
