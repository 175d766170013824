"""Runs the tests of a target against one mutant, in a process that has the mutant in memory in the module's place."""

from __future__ import annotations

import importlib.abc
import importlib.util
import os
import signal
import sys
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.mutation.mutants import mutants

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

    from tests.mutation.mutants import Mutant
    from tests.mutation.targets import Target

ROOT: Final = Path(__file__).parents[2]
#: pytest's exit codes for "all passed" and "some failed".
PASSED, FAILED = 0, 1
#: How often as long as without a fault the tests may take; a mutant that goes on for ever is found.
PATIENCE: Final = 8


class Runner:
    """Runs mutants. What all of them need is imported once; nothing of officeops is."""

    def __init__(self) -> None:
        import hypothesis
        import pytest  # noqa: F401 - imported for the processes to come

        # The same examples every time, and none made smaller: a mutant lives or not, whoever asks.
        phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
        hypothesis.settings.register_profile(
            "mutants", phases=phases, derandomize=True, database=None, deadline=None
        )
        self._seconds: dict[Target, float] = {}

    @staticmethod
    @cache
    def mutants(target: Target) -> list[Mutant]:
        """Return every mutant of a target."""
        return mutants(_source(target.module), target.only)

    def survives(self, target: Target, mutant: Mutant) -> bool:
        """Whether every test of the target passes with the fault in it."""
        code, _ = _run(
            target, mutant.of(_source(target.module)), PATIENCE * self._usual(target) + 20
        )
        return code == PASSED

    def _usual(self, target: Target) -> float:
        """Return how long the tests take without a fault, in seconds. Raises SystemExit where they do not pass."""
        if target not in self._seconds:
            code, seconds = _run(target, None, 3600)
            if code != PASSED:
                raise SystemExit(
                    f"The tests of {target.module} do not pass without a fault: {' '.join(target.tests)}"
                )
            self._seconds[target] = seconds
        return self._seconds[target]


def _file(module: str) -> Path:
    parts = module.split(".")
    folder = (
        ROOT / "src"
        if parts[0] == "officeops"
        else ROOT / "plugins" / parts[0].partition("_")[2] / "src"
    )
    return folder.joinpath(*parts).with_suffix(".py")


@cache
def _source(module: str) -> bytes:
    """Return a module's source as it is when it is first asked for: what is edited during a run is another's."""
    return _file(module).read_bytes()


def _run(target: Target, source: bytes | None, seconds: float) -> tuple[int, float]:
    """Run a target's tests in a process of their own; return pytest's exit code, or -1 for one that was stopped."""
    began = time.monotonic()
    sys.stdout.flush()
    child = os.fork()
    if not child:
        os.setpgid(0, 0)
        _tests(target, source)
    while time.monotonic() - began < seconds:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status), time.monotonic() - began
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return -1, seconds


def _tests(target: Target, source: bytes | None) -> None:
    """Become the process that runs the tests. Never returns."""
    silent = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silent, stream)
    code = FAILED
    try:
        import hypothesis
        import pytest

        os.chdir(ROOT)
        hypothesis.settings.load_profile("mutants")
        faults = [] if source is None else [_Mutated(target.module, source)]
        options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
        # hypothesis is there already, as the faults need it to be.
        options += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
        code = int(pytest.main([*options, *target.tests], plugins=faults))
    finally:
        os._exit(code)


class _Mutated(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module's source another text, from before the first test is read."""

    def __init__(self, module: str, source: bytes) -> None:
        self._module, self._source = module, source

    def pytest_load_initial_conftests(self) -> None:
        """Come before pytest's own finder, which rewrites assertions and so would read the file."""
        sys.meta_path.insert(0, self)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Answer for the one module."""
        del path, target
        if fullname != self._module:
            return None
        return importlib.util.spec_from_loader(fullname, self, origin=str(_file(fullname)))

    def exec_module(self, module: ModuleType) -> None:
        """Run the mutated source."""
        file = str(_file(self._module))
        module.__file__ = file
        exec(compile(self._source, file, "exec"), module.__dict__)  # noqa: S102 - that is what a loader does
