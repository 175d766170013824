"""Offices of the benchmarks: with a plugin of a benchmark's own, and rounds of writes that are taken back."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from officeops.office.office import open_office

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.office.office import Office


def office_with(folder: Path, name: str, text: str) -> Office:
    """Make an office with one plugin, given by its text."""
    settings = folder / "config" / "officeops.toml"
    plugins = settings.parent / "plugins"
    plugins.mkdir(parents=True)
    settings.write_text("")
    (plugins / f"{name}.py").write_text(text)
    file = folder / f"{name}.db"
    office = open_office(file, config=settings, create=True, actor="benchmark", only=[name])
    assert not office.plugins.troubles, office.plugins.troubles
    return office


class _Back(Exception):
    """Takes a round of writes back."""


def rolled_back(office: Office, run: Callable[[], float]) -> float:
    """Run inside an action that is taken back, and return what the run returns."""
    taken: list[float] = []
    with suppress(_Back), office.acting("benchmark"):
        taken.append(run())
        _back()
    return taken[0]


def _back() -> None:
    raise _Back
