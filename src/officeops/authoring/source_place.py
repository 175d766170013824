"""The place of a declaration in the source, for sentences to its author."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from officeops.authoring.checks import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def place(thing: Any, *names: str) -> str:  # noqa: ANN401 - a module, class or function
    """Return the file of a thing and the names inside it: `src/x/model.py: Key.tag`.

    The file is as `shown_path` gives it.
    """
    module = sys.modules.get(getattr(thing, "__module__", ""), thing)
    path = Path(str(getattr(module, "__file__", None) or getattr(module, "__name__", "?")))
    shown = shown_path(path)
    return f"{shown}: {'.'.join(names)}" if names else str(shown)


def shown_path(path: Path) -> Path:
    """Return a path from the current folder where it is inside it, else as it is."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def located(here: str, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings, each with the place that it is about."""
    for finding in findings:
        yield finding.at(here)


def found(check: str, sentences: Iterable[str]) -> Iterator[Finding]:
    """Yield sentences as findings of one check."""
    for sentence in sentences:
        yield Finding(check, sentence)


def repeated(names: Iterable[str]) -> list[str]:
    """Return the names that are there more than once, sorted."""
    seen: set[str] = set()
    again: set[str] = set()
    for name in names:
        (again if name in seen else seen).add(name)
    return sorted(again)
