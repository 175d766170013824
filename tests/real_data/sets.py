"""The sets of other people's data, read by Python's own reader, and how an import of them must end.

The sets lie beside the repository (`shared/data`, described in its README) and are not copied into it.
"""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from officeops.model.exit_codes import PARTLY
from officeops.testing import Cli

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.testing import Ran

DATA = Path(__file__).parents[3] / "shared" / "data"


def rows_of(name: str, delimiter: str = ",") -> list[dict[str, str]]:
    """The rows of one of the data's files, read by Python's own reader."""
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def done(ran: Ran) -> Ran:
    """A command that must have gone well."""
    assert ran.code == 0, ran.err
    return ran


def taken(ran: Ran) -> Ran:
    """An import that took every row; where columns fit no field it says so and ends with 5."""
    assert ran.code == (PARTLY if "NOT USED" in ran.err else 0), ran.err
    return ran


def counts(ran: Ran) -> tuple[int, ...]:
    """How many rows an import added, changed and left as they were: the numbers of its last line."""
    last = taken(ran).err.strip().splitlines()[-1]
    added, changed, unchanged, *_ = re.findall(r"\d[\d,]*(?= )", last)
    return tuple(int(number.replace(",", "")) for number in (added, changed, unchanged))


def chosen(mapping: dict[str, str]) -> list[str]:
    """The --map options of a mapping."""
    return [word for column, field in mapping.items() for word in ("--map", f"{column}={field}")]


def built(home: Path, build: Callable[[Cli], None]) -> Path:
    """Make an office in a folder, with settings of its own, and return its file: the tests of a module copy it."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
            patch.setenv(name, str(home))
        patch.chdir(home)
        build(Cli(home / "office.db"))
    return home / "office.db"


def copied(office: Path, home: Path) -> Cli:
    """Copy an office into the home of a test."""
    for file in office.parent.glob(f"{office.name}*"):
        shutil.copy(file, home / file.name)
    return Cli(home / office.name)
