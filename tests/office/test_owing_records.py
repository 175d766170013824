"""What is not settled is archived by no road without a reason, which the history keeps."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pytest

from officeops.model.errors import Refused
from officeops.model.records import Record

if TYPE_CHECKING:
    from officeops.testing import Cli, OfficeFactory

#: Kinds with a life, or kept by law, on which nothing is owed, and why.
SETTLED: Final = {
    "core.practice-document": "a gap of the inspection shows that it is missing",
    "hr.acknowledgment": "the policy asks the person again",
    "hr.assessment": "a test of a candidate, who has the decision",
    "hr.check-paper": "a paper that the file check misses",
    "hr.goal": "a goal is no duty of law",
    "hr.interview": "`keep` asks for its scorecards",
    "hr.medical-paper": "a paper that the file check misses",
    "hr.paper": "a paper that the file check misses",
    "hr.risk-analysis": "a gap of the inspection shows that it is missing",
    "hr.training": "a gap of the training shows that it is missing",
    "hr.vaccine-offer": "Today asks for the offer again",
    "maintenance.control-lot": "a lot of controls ends by its date",
    "vendors.document": "a gap of the inspection shows that it is missing",
}


def test_each_kind_with_a_life_says_what_is_owed_or_why_nothing_is(
    office_factory: OfficeFactory,
) -> None:
    office = office_factory("inventory", "vendors", "maintenance", "hr")
    silent = set()
    for kind in office.records.values():
        has_story = kind.life or kind.retention or kind.expiry
        says = kind.keep is not Record.keep or kind.owes is not Record.owes
        if has_story and kind.meta.editable and not kind.meta.child and not says:
            silent.add(kind.meta.key)
    assert silent == SETTLED.keys()


def test_what_is_owed_is_archived_by_no_road_without_a_reason(
    office_factory: OfficeFactory, cli: Cli
) -> None:
    office = office_factory("hr")
    cli("incident", "add", "--what", "Needlestick", "--kind", "sharps")
    added = office.value("SELECT max(id) FROM core_action")
    # Undone at once, it was a mistake; a day's work later it is no more.
    assert cli("undo").code == 0
    assert cli("redo").code == 0
    cli("incident", "add", "--what", "Splash", "--kind", "splash")
    for command in (("incident", "archive", "IN-1"), ("undo", str(added))):
        refused = cli(*command)
        assert refused.code == 1, command
        assert "it is open: close it first" in refused.err
        assert "officeops incident archive IN-1 --reason WHY" in refused.err
    sql = "UPDATE hr_incident SET archived_at = '2026-03-02T08:00:00.000Z', version = version + 1"
    with pytest.raises(Refused, match="it is open"), office.acting("test.raw"):
        office.store.db.execute(sql)
    done = cli("incident", "archive", "IN-1", "--reason", "Entered twice, see IN-2")
    assert done.code == 0, done.err
    history = json.loads(cli("history", "--json", "--limit", "1").out)
    assert "Entered twice, see IN-2" in json.dumps(history)
