"""A plugin's check that reads rows of another plugin, by its service: what it says may name any of them."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from tests.access.scope_tools import CREW, crewed, open_as

from officeops.model.errors import Refused
from officeops.selfcheck.content import record_findings

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

#: What the crew tells other plugins: each leave, as somebody who sells something.
SERVICE = """

class Absences:
    def vendors(self, office):
        from officeops.services import VendorFacts

        rows = office.rows("SELECT id, why FROM crew_leave")
        names = "hold_reason lead_days minimum_order free_freight account_number".split()
        blank = dict.fromkeys(names)
        facts = {}
        for number, why in rows:
            facts[number] = VendorFacts(
                id=number, name=why, status="active", order_method="phone", **blank
            )
        return facts


@hookimpl
def services():
    from officeops.services import VendorDirectory

    return {VendorDirectory: Absences()}
"""
#: Two plugins without records: one asks the crew, the other reads places alone.
ASKS = """
from officeops import Plugin, Problem, hookimpl
from officeops.services import VendorDirectory

PLUGIN = Plugin("{name}", "Asks", api=2, after=("crew",))


@hookimpl
def check(office):
    {read}
    yield Problem("{name} says: " + said)
"""
ROSTER = ASKS.format(
    name="roster", read="said = office.service(VendorDirectory).vendors(office)[1].name"
)
PLACES = ASKS.format(name="places", read="said = str(office.value('SELECT name FROM core_office'))")


def said(office: Office, login: str) -> str:
    with closing(open_as(office, login)) as opened, opened.lifted():
        found = [finding.what for finding in record_findings(opened)]
    return " ".join(found)


def test_what_a_check_says_of_rows_that_a_service_read_is_withheld(
    office_factory: OfficeFactory,
) -> None:
    # Two plugins ask the same: the second reads by a statement that SQLite has kept.
    files = {
        "crew": CREW + SERVICE,
        "roster": ROSTER,
        "tally": ROSTER.replace("roster", "tally"),
        "places": PLACES,
    }
    office = crewed(office_factory, files=files)
    owned = said(office, "")
    assert all(f"{name} says: ada holiday 1" in owned for name in ("roster", "tally"))
    shown = said(office, "ben")
    assert "places says: Test" in shown
    assert "ada" not in shown
    for name in ("roster", "tally"):
        assert f"plugin {name} finds something wrong" in shown


FULL = '''

@hookimpl
def validate(office, change):
    """No two are off on one day, and nobody twice."""
    if change.record != "crew.leave" or change.before is None:
        return
    for row in office.all(Leave, "day = ? AND id <> ?", change.after.get("day"), change.id):
        who = office.get(Person, row.person_id).name
        yield Problem(f"{who} is off that day: {row.why}", "day", code="taken")
'''


def test_the_words_of_a_rule_are_of_rows_within_reach_alone(office_factory: OfficeFactory) -> None:
    """A rule sees every row, and refuses by them all; what it says of others stays unsaid."""
    office = crewed(office_factory, files={"crew": CREW + FULL})
    leave: Any = office.records["crew.leave"]
    with closing(open_as(office, "ben")) as opened:
        own, other = opened.all(leave)
        with pytest.raises(Refused) as refused, opened.acting("crew.leave.edit"):
            opened.edit(own, day=other.day)
    problems = refused.value.problems
    assert {(problem.field, problem.code) for problem in problems} == {("day", "taken")}
    said = [problem.message for problem in problems]
    assert len([words for words in said if "Ben is off that day: ben holiday 2" in words]) == 1
    hidden = [words for words in said if "Ben" not in words]
    assert len(hidden) == 5
    assert set(hidden) == {"goes against records that you may not see; ask a person who sees them"}
    with pytest.raises(Refused, match="Eve is off that day"), office.acting("crew.leave.edit"):
        office.edit(office.get(leave, own.id), day=other.day)
