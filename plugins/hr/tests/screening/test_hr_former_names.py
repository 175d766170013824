"""A name that somebody had is compared for ever, whichever way it was changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from hypothesis import given
from hypothesis import strategies as st
from plugins.hr.tests.screening.test_hr_check import list_file
from tests.effort import tried

from officeops.history.undo import next_to_undo, redo, undo
from officeops.history.verify import verify
from officeops.model.errors import NotFound, OfficeError
from officeops.office.crud import edit_record
from officeops_hr.hiring.candidate import Candidate
from officeops_hr.hiring.opening import Opening
from officeops_hr.hiring.screened import screened_as
from officeops_hr.overview.screened import everybody
from officeops_hr.people.kept_names import correct_name
from officeops_hr.people.person import Person

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from officeops.office.office import Office
    from officeops.testing import Cli

NAMES: Final = ("Ben Stone", "Ben Rock", "Ben Sand", "Benjamin Lee")
#: A version counts saves that change something.
_SQL: Final = "UPDATE {} SET name = ?, version = version + 1 WHERE id = ? AND name <> ?"
STEPS: Final = st.lists(
    st.tuples(
        st.sampled_from(("edit", "legal", "file", "sql", "merge", "undo", "redo")),
        st.sampled_from(NAMES),
    ),
    min_size=1,
    max_size=8,
)


def _named(office: Office, person: Person) -> set[str]:
    """Every name by which a person is compared."""
    [screened] = [
        one for one in everybody(office) if (one.record, one.id) == ("hr.person", person.id)
    ]
    return set(screened.names)


def _undo(office: Office) -> None:
    """Undo the last thing, unless it entered the people: they are there in every example."""
    if next_to_undo(office).verb in {"test.setup", "test.add"}:
        raise NotFound("nothing to undo")
    undo(office)


def _rename(
    office: Office,
    cli: Cli,
    person: Person,
    way: str,
    name: str,
) -> None:
    now = office.get(Person, person.id)
    if way == "file":
        cli("person", "import", "-", "--update", typed=f"name,number\n{name},{person.number}\n")
    elif way == "sql":
        with office.acting("test.sql"):
            office.store.db.execute(
                _SQL.format("hr_person"),
                (name, person.id, name),
            )
    elif way == "merge":
        with office.acting("test.merge"):
            office.merge(now, office.add(Person(name=f"{name} II")))
    elif way == "undo":
        _undo(office)
    elif way == "redo":
        redo(office)
    else:
        with office.acting("test.edit"):
            field = "legal_name" if way == "legal" else "name"
            changes: dict[str, Any] = {field: name}
            office.edit(now, **changes)


@given(steps=STEPS)
@tried(12)
def test_no_name_that_somebody_had_is_lost_by_any_road(
    office: Office,
    cli: Cli,
    crew: dict[str, Person],
    steps: list[tuple[str, str]],
) -> None:
    ben = crew["ben"]
    known = _named(office, ben)
    for way, name in steps:
        try:
            _rename(office, cli, ben, way, name)
        except OfficeError:
            continue
        now = _named(office, ben)
        # What an undo takes back was a name as well, but one that only a merge brought.
        lost = {name for name in known - now if not name.endswith("II")}
        assert not lost, (way, name)
        known = now


@given(
    steps=st.lists(
        st.tuples(st.sampled_from(("name", "both", "sql", "undo", "redo")), st.sampled_from(NAMES)),
        min_size=1,
        max_size=8,
    )
)
@tried(12)
def test_a_candidate_is_compared_by_each_name_and_a_rename_is_undone(
    office: Office,
    steps: list[tuple[str, str]],
) -> None:
    with office.acting("test.add"):
        opening = office.add(Opening(title="Aide", role_id=1))
        candidate = office.add(Candidate(name="Kit Ash", opening_id=opening.id))
    known = {"Kit Ash"}
    for way, name in steps:
        try:
            _rename_candidate(office, candidate.id, way, name)
        except OfficeError:
            continue
        now = set(screened_as(office, office.get(Candidate, candidate.id)).names)
        # Former names are a text: who types others in their place means those.
        lost = {name for name in known - now if not name.endswith(" I")}
        assert not lost, (way, name)
        known = now
    assert not verify(office)


def _rename_candidate(
    office: Office,
    number: int,
    way: str,
    name: str,
) -> None:
    candidate = office.get(Candidate, number)
    if way == "undo":
        # Of each rename: what an edit keeps beside it does not stand in its way.
        _undo(office)
    elif way == "redo":
        redo(office)
    elif way == "sql":
        with office.acting("test.sql"):
            office.store.db.execute(
                _SQL.format("hr_candidate"),
                (name, number, name),
            )
    else:
        changes = {"former_names": f"{name} I"} if way == "both" else {}
        edit_record(office, candidate, {"name": name, **changes})


def test_a_typing_error_is_no_former_name_and_says_why(
    office: Office, crew: dict[str, Any]
) -> None:
    ben = office.get(Person, crew["ben"].id)
    office.do(correct_name, ben, name="Benn Stone", reason="Typed twice")
    assert _named(office, ben) == {"Benn Stone"}


def test_a_name_that_changed_makes_the_check_due_again(
    cli: Cli,
    crew: dict[str, Person],  # noqa: ARG001 - they are there
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "hr,vendors")
    cli("opening", "add", "--title", "MA", "--role", "MA")
    cli("opening", "post", "MA")
    cli("candidate", "add", "--name", "Cal Stone", "--opening", "MA")
    cli("vendor", "add", "--name", "Stone Supplies")
    file = tmp_path / "UPDATED.csv"
    entries = [
        {"firstname": "CYD", "lastname": "STONE"},
        {"firstname": "CAL", "lastname": "STONE"},
        {"busname": "STONE SUPPLIES"},
    ]

    def check(*rows: dict[str, str]) -> str:
        list_file(file, *rows)
        cli("dataset", "load", "leie", str(file), "--fewer")
        return cli("check-exclusions").err

    def due() -> list[str]:
        lines = json.loads(cli("today", "--json", login="hana").out)
        return [line["what"] for line in lines if "exclusion check" in line["what"].lower()]

    check({"firstname": "NO", "lastname": "BODY"})
    assert due() == []
    for noun, name in {
        "person": "Cyd Stone",
        "candidate": "C-1",
        "vendor": "Stone Supplies",
    }.items():
        assert cli(noun, "edit", name, "--name", f"Ana {noun}").code == 0
    [line] = due()
    assert line.startswith("3 names came after the exclusion check of ")
    assert "3 hits, 3 new" in check(*entries)
    assert due() == []
