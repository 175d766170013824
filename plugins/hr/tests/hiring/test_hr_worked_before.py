"""A candidate who worked here before does not become two people unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from officeops.history.undo import undo
from officeops_hr.hiring.hire import hire
from officeops_hr.people.person import Person

if TYPE_CHECKING:
    from plugins.hr.tests.hiring.conftest import Hiring

    from officeops.testing import Cli


@pytest.mark.parametrize(
    "facts",
    [
        {"name": "Eve Stone"},
        {"name": "Eve New", "former_names": "Eve Stone"},
        {"name": "Eve New", "email": "EVE@mail.example"},
    ],
)
def test_a_former_colleague_is_named_on_the_page_and_at_the_hire(
    hiring: Hiring, cli: Cli, facts: dict[str, Any]
) -> None:
    office, eve = hiring.office, hiring.crew["eve"]
    with office.acting("test.email"):
        office.edit(office.get(Person, eve.id), email="eve@mail.example")
    candidate = hiring.apply(**facts)
    assert f"{eve.human_key} {eve.name}, left" in cli("candidate", "show", "C-1").out
    hiring.offered(candidate)
    said = hiring.hire(candidate)
    assert f"hire with --person {eve.human_key}" in said
    undo(office)
    again = office.do(hire, hiring.again(candidate), person_id=eve.id)
    assert "--person" not in str(again)
    assert hiring.again(candidate).person_id == eve.id
    # The next first day, and not the first one of years ago.
    assert "State: future, hired 2026-04-06" in cli("person", "show", eve.human_key).out


def test_nobody_else_is_named(hiring: Hiring, cli: Cli) -> None:
    candidate = hiring.offered(hiring.apply("Ann Apply"))
    assert "Worked here" not in cli("candidate", "show", "C-1").out
    assert "--person" not in hiring.hire(candidate)
