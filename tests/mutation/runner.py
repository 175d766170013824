"""Runs the tests of a target against one mutant, in a process that has the mutant in memory in the module's place."""

from __future__ import annotations

import importlib.abc
import importlib.util
import os
import signal
import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.mutation.mutants import mutants, statement
from tests.mutation.reached import Chosen, Recorder, reaching, read

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

    from tests.mutation.mutants import Mutant
    from tests.mutation.reached import Reach
    from tests.mutation.targets import Target

ROOT: Final = Path(__file__).parents[2]
#: pytest's exit codes for "all passed" and "some failed".
PASSED, FAILED = 0, 1
#: How often as long as without a fault the tests may take; a mutant that goes on for ever is found.
PATIENCE: Final = 8


class Unharmed(NamedTuple):
    """How the tests of a target go without a fault."""

    seconds: float
    tests: Sequence[Reach]


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
        self._unharmed: dict[Target, Unharmed] = {}

    @staticmethod
    @cache
    def mutants(target: Target) -> list[Mutant]:
        """Return every mutant of a target."""
        return mutants(_source(target.module), target.only)

    def survives(self, target: Target, mutant: Mutant) -> bool:
        """Whether every test of the target passes with the fault in it.

        The tests that reach the fault's statement go first, the quickest of them foremost: nearly
        every mutant ends there, and only one that outlives them meets all of the target's tests.
        """
        usual = self._usual(target)
        source = _source(target.module)
        faulty = _Mutated(target.module, mutant.of(source))
        patience = PATIENCE * usual.seconds + 20
        near = reaching(usual.tests, statement(source, mutant.line))
        if near and _run(target, [faulty, Chosen(near)], patience)[0] != PASSED:
            return False
        return _run(target, [faulty], patience)[0] == PASSED

    def _usual(self, target: Target) -> Unharmed:
        """Run the tests without a fault. Raises SystemExit where they do not pass."""
        if target not in self._unharmed:
            with tempfile.TemporaryDirectory() as folder:
                report = Path(folder, "reached.json")
                recorder = Recorder(_file(target.module), report)
                code, seconds = _run(target, [recorder], 3600)
                if code != PASSED:
                    raise SystemExit(
                        f"The tests of {target.module} do not pass without a fault: {' '.join(target.tests)}"
                    )
                self._unharmed[target] = Unharmed(seconds, read(report))
        return self._unharmed[target]


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


def _run(target: Target, plugins: Sequence[object], seconds: float) -> tuple[int, float]:
    """Run a target's tests in a process of their own; return pytest's exit code, or -1 for one that was stopped."""
    began = time.monotonic()
    sys.stdout.flush()
    child = os.fork()
    if not child:
        os.setpgid(0, 0)
        _tests(target, plugins)
    while time.monotonic() - began < seconds:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status), time.monotonic() - began
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return -1, seconds


def _tests(target: Target, plugins: Sequence[object]) -> None:
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
        options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
        # hypothesis is there already, as the faults need it to be.
        options += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
        code = int(pytest.main([*options, *target.tests], plugins=plugins))
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
