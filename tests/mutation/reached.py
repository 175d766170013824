"""Which tests reach which lines of a module, and how long each takes: what runs first against a mutant."""

from __future__ import annotations

import json
import sys
import threading
import time
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from types import FrameType
    from typing import Any


class Reach(NamedTuple):
    """A test: its node id, the seconds that it takes, and the lines that it reaches."""

    name: str
    seconds: float
    lines: frozenset[int]


class Recorder:
    """A plugin of pytest that writes down what each test reaches in one file, without a fault."""

    def __init__(self, source: Path, report: Path) -> None:
        self._source, self._report = str(source), report
        self._lines: set[int] = set()
        self._tests: list[tuple[str, float, list[int]]] = []

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Follow one test, its fixtures included."""
        self._lines = set()
        threading.settrace(self._call)
        sys.settrace(self._call)
        began = time.monotonic()
        try:
            return (yield)
        finally:
            sys.settrace(None)
            threading.settrace(None)
            seconds = time.monotonic() - began
            self._tests.append((item.nodeid, seconds, sorted(self._lines)))

    def pytest_sessionfinish(self) -> None:
        """Write the report for the process that asked."""
        self._report.write_text(json.dumps(self._tests))

    def _call(self, frame: FrameType, event: str, arg: object) -> Any:  # noqa: ANN401 - a trace function
        del event, arg
        return self._line if frame.f_code.co_filename == self._source else None

    def _line(self, frame: FrameType, event: str, arg: object) -> Any:  # noqa: ANN401 - a trace function
        del event, arg
        self._lines.add(frame.f_lineno)
        return self._line


class Chosen:
    """A plugin of pytest that runs the tests named, in the order named, and no others."""

    def __init__(self, names: Sequence[str]) -> None:
        self._places = {name: place for place, name in enumerate(names)}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Keep and order the tests."""
        others = [item for item in items if item.nodeid not in self._places]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item.nodeid in self._places]
        items.sort(key=lambda item: self._places[item.nodeid])


def read(report: Path) -> list[Reach]:
    """Return the tests of a report."""
    return [
        Reach(name, seconds, frozenset(lines))
        for name, seconds, lines in json.loads(report.read_text())
    ]


def reaching(tests: Sequence[Reach], lines: range) -> list[str]:
    """Return the tests that reach one of the lines, the quickest first."""
    quickest = sorted(tests, key=lambda test: test.seconds)
    return [test.name for test in quickest if not test.lines.isdisjoint(lines)]
