"""An inspection says what there is to show, and never more: each proof has its own line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.access.scope_tools import crewed, open_as

from officeops.access.actions import give_role
from officeops.access.records import User
from officeops.access.role_actions import make_role
from officeops.cli.inspection_text import inspection_text
from officeops.core.inspection_questions import TOPICS, inspection
from officeops.core.records import Location
from officeops.model.errors import Forbidden, Refused, UsageProblem
from officeops.office.crud import add_record
from officeops.office.inspection import confirm, inspection_lines

if TYPE_CHECKING:
    from officeops.office.inspection import InspectionLine
    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

#: Gives a proof for each location whose note says so, as `status|text`, and none otherwise.
PROVING = """
from officeops import Location, Plugin, Proof, hookimpl

PLUGIN = Plugin("proving", "Proofs", api=2)


@hookimpl
def inspect(office, kinds):
    for place in office.all(Location):
        if place.note and "cords-check" in kinds:
            status, _, words = place.note.partition("|")
            what, _, gap = words.partition("|")
            of_place = {"record": "core.location", "record_id": place.id}
            yield Proof("cords-check", status, what, gap=gap, **of_place)
"""
CORDS = "fire.cords"


@pytest.fixture
def office(office_factory: OfficeFactory) -> Office:
    return office_factory(files={"proving": PROVING})


def prove(office: Office, name: str, note: str) -> Any:  # noqa: ANN401 - a location
    return add_record(office, Location, {"name": name, "note": note})


def of_cords(office: Office) -> list[tuple[str, str]]:
    lines = inspection_lines(office, inspection("fire"))
    return [(line.status, line.shown) for line in lines if line.question.key == CORDS]


def others(office: Office) -> list[InspectionLine]:
    lines = inspection_lines(office, inspection("fire"))
    return [line for line in lines if line.question.key != CORDS]


@pytest.mark.parametrize("topic", TOPICS)
def test_every_question_is_complete_and_has_its_source(topic: str) -> None:
    asked = inspection(topic)
    assert 10 <= len(asked.questions) <= 15
    assert len({question.key for question in asked.questions}) == len(asked.questions)
    for question in asked.questions:
        assert all((question.text, question.source, question.proof)), question
        assert not question.text.endswith("."), question


@pytest.mark.parametrize("topic", TOPICS)
def test_a_question_says_which_of_its_sources_was_compared_or_whom_to_ask(topic: str) -> None:
    asked = inspection(topic)
    for question in asked.questions:
        said = asked.comparison(question)
        # A part that is named is a part of the source, word for word.
        assert question.compared in question.source
        assert (str(asked.compared_on) in said) == bool(question.compared), question
        assert (asked.ask in said) == (question.compared != question.source), question


def test_a_question_that_no_plugin_keeps_is_for_the_binder(office: Office) -> None:
    statuses = {line.status for line in inspection_lines(office, inspection("fire"))}
    assert statuses == {"binder"}


def test_exactly_the_line_of_a_proof_changes(office: Office) -> None:
    before = others(office)
    one = prove(office, "Lab", "met|Walked in May")
    prove(office, "Desk", "due|Walked in March")
    assert of_cords(office) == [("met", "Walked in May"), ("due", "Walked in March")]
    with office.acting("core.location.edit"):
        office.edit(one, note="not met|A cord under the rug")
    assert of_cords(office) == [("not met", "A cord under the rug"), ("due", "Walked in March")]
    with office.acting("core.location.edit"):
        office.edit(office.get(Location, one.id), note=None)
    assert of_cords(office) == [("due", "Walked in March")]
    assert others(office) == before


def test_a_confirmation_holds_for_its_wording_alone(
    office: Office,
) -> None:
    asked = inspection("fire")
    confirm(office, asked, ["cords"])
    [line] = [one for one in inspection_lines(office, asked) if one.is_confirmed]
    assert (line.question.key, line.requirement and line.requirement.confirmed_by) == (
        CORDS,
        office.actor,
    )
    reworded = asked.replace(
        questions=tuple(question.replace(text="Other words") for question in asked.questions)
    )
    assert not any(one.is_confirmed for one in inspection_lines(office, reworded))
    with pytest.raises(Refused):
        confirm(office, asked, ["cords"])
    confirm(office, reworded, ["cords"])
    assert any(one.is_confirmed for one in inspection_lines(office, reworded))


def test_a_handout_names_the_day_of_a_comparison_and_doubts_nothing(office: Office) -> None:
    asked = inspection("fire")
    confirm(office, asked, ["cords", "exits"], binder="Binder 3")
    lines = [line for line in inspection_lines(office, asked) if line.is_for_inspector]
    page = "\n".join(inspection_text(office, asked, lines, 300, handout=True))
    exits = next(question for question in asked.questions if question.word == "exits")
    assert f"{exits.wording} (compared {asked.compared_on})\n" in page
    assert "unconfirmed" not in page


def test_what_a_proof_lacks_is_for_the_office_and_not_on_the_handout(office: Office) -> None:
    asked = inspection("fire")
    confirm(office, asked, ["cords"])
    prove(office, "Lab", "due|Walked in May|1 cord to replace")
    assert of_cords(office) == [("due", "Walked in May; 1 cord to replace")]
    shown = [line for line in inspection_lines(office, asked) if line.is_for_inspector]
    lines = [line.for_inspector() for line in shown]
    page = "\n".join(inspection_text(office, asked, lines, 300, handout=True))
    assert "Walked in May" in page
    assert "to replace" not in page


def test_a_question_that_is_not_ours_has_its_reason_and_is_no_gap(office: Office) -> None:
    asked = inspection("fire")
    prove(office, "Lab", "not met|A cord under the rug")
    confirm(office, asked, ["cords"], not_ours="the landlord's")
    assert of_cords(office) == [("not ours", "the landlord's")]
    lines = [line for line in inspection_lines(office, asked) if line.question.key == CORDS]
    assert not any(line.is_gap for line in lines)
    with pytest.raises(UsageProblem, match="cords"):
        confirm(office, asked, ["chords"])


def test_a_plugin_that_fails_leaves_the_rest_unknown(office_factory: OfficeFactory) -> None:
    failing = PROVING.replace("    for place", "    raise ValueError('boom')\n    for place")
    office = office_factory(files={"proving": failing})
    statuses = {line.status for line in inspection_lines(office, inspection("fire"))}
    assert statuses == {"unknown"}


def test_a_kind_that_nobody_asks_for_is_the_plugins_slip(office_factory: OfficeFactory) -> None:
    misspelled = PROVING.replace('Proof("cords-check"', 'Proof("cord-check"')
    office = office_factory(files={"proving": misspelled})
    prove(office, "Lab", "met|Walked in May")
    assert of_cords(office)[0][0] != "met"
    assert "'cord-check'" in office.plugins.troubles[0].why
    # Of another inspection, it is no slip.
    office = office_factory(files={"proving": PROVING.replace('"cords-check" in kinds', "kinds")})
    inspection_lines(office, inspection("osha"))
    assert not office.plugins.troubles


#: Proofs about one person of the crew, and about all of them.
OF_PEOPLE = """
from officeops import Plugin, Proof, hookimpl

PLUGIN = Plugin("proving", "Proofs", api=2)


@hookimpl
def inspect(office, kinds):
    eve = office.value("SELECT id FROM crew_person WHERE name = 'Eve'")
    yield Proof("cords-check", "met", "Eve was trained", record="crew.person", record_id=eve)
    yield Proof("exits-check", "met", "6 people were trained", record="crew.person")
"""


def test_who_may_not_see_a_row_learns_nothing_of_its_proof(office_factory: OfficeFactory) -> None:
    crew = crewed(office_factory, {"proving": OF_PEOPLE})
    asked = inspection("fire")
    with open_as(crew, "max") as office:
        shown = {line.shown for line in inspection_lines(office, asked)}
        assert {"Eve was trained", "6 people were trained"} <= shown
    make_role(crew, "auditor", ["core.inspect.view"])
    crew.do(give_role, crew.first(User, "login = 'cyd'"), role="auditor")
    with open_as(crew, "cyd") as office:
        lines = inspection_lines(office, asked)
        hidden = {line.question.proof for line in lines if line.status == "hidden"}
        assert hidden == {"cords-check", "exits-check"}
        assert not any("trained" in line.shown for line in lines)
    with open_as(crew, "ben") as office, pytest.raises(Forbidden):
        inspection_lines(office, asked)
