"""Imports of the inventory: a folder of their own to work in, and a stopped clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(autouse=True)
def _a_day_of_work(
    officeops_home: Path, freeze_today: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    # A file of bad rows is written to the folder that one works in.
    monkeypatch.chdir(officeops_home)
    freeze_today("2026-03-10")
