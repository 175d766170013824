"""A record or field that a migration removed, and made anew under its name, is another one to undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.history import renaming_tools as version
from tests.history.test_renamed import begin

from officeops.history.undo import undo
from officeops.model.errors import Refused
from officeops.office.crud import add_record

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office

    Grow = Callable[..., Office]

#: The loans were dropped with their table, and a table of the same name begins at 1 again.
LOANS_ANEW = version.ONE.replace(
    "@hookimpl\ndef records()",
    f"""STEPS += [
    Migration("0002_loans", "DROP TABLE lockers_loan"),
    Migration("0003_loans", '''
CREATE TABLE lockers_loan (
    {version.COLUMNS},
    what TEXT NOT NULL,
    key_id INTEGER REFERENCES lockers_key(id)
) STRICT;
CREATE INDEX lockers_loan_key_id ON lockers_loan(key_id) WHERE key_id IS NOT NULL
'''),
]
@hookimpl
def records()""",
    1,
)
#: The note was dropped, and a field of the same name counts something.
NOTE_ANEW = (
    version.DROPPED.replace(
        "STEPS += [",
        'AGAIN = Migration("0003_note", "ALTER TABLE lockers_key ADD COLUMN note INTEGER")\n'
        "STEPS += [",
    )
    .replace("''')]\n\nclass Key", "'''), AGAIN]\n\nclass Key")
    .replace("    retention", "    note: int | None = field(default=None)\n    retention", 1)
)


def test_an_undo_does_not_reach_a_later_record_of_the_same_number(grow: Grow) -> None:
    actions = begin(grow)
    office = grow(LOANS_ANEW)
    loan = add_record(office, office.records["lockers.loan"], {"what": "Second floor"})
    assert loan.id == 1
    with pytest.raises(Refused) as refused:
        undo(office, actions["loan"])
    assert "lockers" in str(refused.value.problems[0])
    assert office.rows("SELECT what, archived_at FROM lockers_loan") == [("Second floor", None)]


def test_an_undo_does_not_put_text_into_a_later_field_of_numbers(grow: Grow) -> None:
    actions = begin(grow)
    office = grow(NOTE_ANEW)
    with pytest.raises(Refused) as refused:
        undo(office, actions["note"])
    [problem] = refused.value.problems
    assert (problem.field, problem.code) == ("note", "field-of-another-kind")
    assert office.value("SELECT note FROM lockers_key WHERE id = 1") is None
    undo(office, actions["holder"])
    assert office.value("SELECT holder FROM lockers_key WHERE id = 1") == "Ann"
