"""A problem that a plugin names by a column is about the field as people know it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops import Refused

if TYPE_CHECKING:
    from officeops.testing import OfficeFactory

PLUGIN = '''"""Runs of machines."""

from __future__ import annotations

from officeops import Migration, Plugin, Problem, Record, field, hookimpl, ref

PLUGIN = Plugin("runs", summary="Runs, for tests", api=2)


class Run(Record, key="runs.run", display="name"):
    """A run of a machine."""
    name: str = field()
    place_id: int | None = ref("core.location", default=None, indexed=False)

    def check(self, office):
        """Refuse every run."""
        yield Problem("runs already", "place_id")
        yield Problem("is a run", "name")

@hookimpl
def records():
    return [Run]

MIGRATIONS = [Migration("0001_run", """
CREATE TABLE runs_run (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    name TEXT NOT NULL,
    place_id INTEGER REFERENCES core_location(id)
) STRICT;
""")]

@hookimpl
def migrations():
    return MIGRATIONS
'''


def test_the_refusal_says_place_and_not_place_id(office_factory: OfficeFactory) -> None:
    office = office_factory(files={"runs": PLUGIN})
    run = office.records["runs.run"]
    with office.acting("test.add"), pytest.raises(Refused) as refused:
        office.add(run(name="First"))
    assert [problem.field for problem in refused.value.problems] == ["place", "name"]
