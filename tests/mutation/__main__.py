"""Put faults into stock, purchasing and money, one by one, and say which no test finds.

    python3 dev.py mutate                      every mutant of every target
    python3 dev.py mutate --sample 20 --seed 7 twenty of them
    python3 dev.py mutate --only rule amounts  those of some modules

Ends with 1 where a mutant lives that `equivalent.txt` does not list with its reason, or where that list names none.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from typing import TYPE_CHECKING

from tests.mutation.equivalent import kept, stale
from tests.mutation.runner import Runner
from tests.mutation.targets import TARGETS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.mutation.mutants import Mutant
    from tests.mutation.targets import Target

    Chosen = list[tuple[Target, Mutant]]


def main(words: list[str]) -> int:
    """Run what was asked for and return the exit code."""
    asked = argparse.ArgumentParser(
        prog="mutate", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("--sample", type=int, help="this many, chosen by --seed; all unless said")
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("--only", nargs="*", default=[], help="modules, by the end of their name")
    asked.add_argument(
        "--tests", nargs="*", default=[], help="tests to run in place of the targets' own"
    )
    given = asked.parse_args(words)
    targets = [
        target
        for target in TARGETS
        if not given.only or target.module.rpartition(".")[2] in given.only
    ]
    if given.tests:
        targets = [target._replace(tests=tuple(given.tests)) for target in targets]
    runner = Runner()
    chosen = list(_mutants(runner, targets))
    if given.sample is not None:
        chosen = random.Random(given.seed).sample(chosen, min(given.sample, len(chosen)))  # noqa: S311 - no secret
    listed = [line for target in targets for line in stale(target)]
    for line in listed:
        print(f"equivalent.txt lists what is no mutant: {line}")
    return 1 if _survivors(runner, chosen) or listed else 0


def _mutants(runner: Runner, targets: Iterable[Target]) -> Iterable[tuple[Target, Mutant]]:
    for target in targets:
        reasons = kept(target.module)
        for mutant in runner.mutants(target):
            if mutant.key not in reasons:
                yield target, mutant


def _survivors(runner: Runner, chosen: Chosen) -> int:
    """Run the mutants, print those that live, and return how many."""
    began, alive = time.monotonic(), 0
    for number, (target, mutant) in enumerate(chosen, 1):
        if runner.survives(target, mutant):
            alive += 1
            print(f"SURVIVED {target.module}:{mutant.line}: {mutant.key}", flush=True)
        if sys.stderr.isatty() or number % 25 == 0:
            print(
                f"  {number} of {len(chosen)}, {alive} alive, {time.monotonic() - began:.0f} s",
                file=sys.stderr,
            )
    print(f"{len(chosen)} mutants, {len(chosen) - alive} found by the tests, {alive} alive.")
    return alive


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
